"""Names of languages (ISO 639-2/B codes as in MARC): those found in Indonesian libraries, as plain facts."""

from django.utils.translation import gettext_lazy as _

LANGUAGES = {
    "ind": _("Indonesian"), "eng": _("English"), "jav": _("Javanese"), "sun": _("Sundanese"), "ban": _("Balinese"),
    "mad": _("Madurese"), "min": _("Minangkabau"), "bug": _("Buginese"), "mak": _("Makassarese"),
    "ace": _("Acehnese"), "btk": _("Batak"), "bjn": _("Banjarese"), "sas": _("Sasak"), "may": _("Malay"),
    "msa": _("Malay"), "ara": _("Arabic"), "chi": _("Chinese"), "zho": _("Chinese"), "jpn": _("Japanese"),
    "kor": _("Korean"), "dut": _("Dutch"), "nld": _("Dutch"), "ger": _("German"), "deu": _("German"),
    "fre": _("French"), "fra": _("French"), "spa": _("Spanish"), "rus": _("Russian"), "san": _("Sanskrit"),
    "lat": _("Latin"), "mul": _("several languages"),
}


def language_name(code: str) -> str:
    """`ind` → Indonesian; an unknown code stays as it is."""
    return str(LANGUAGES.get(code, code))

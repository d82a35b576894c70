"""The monthly report as PDF: a signed version from its snapshot, or a draft from the records of now."""

from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils import formats
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from simpul.core import clock
from simpul.core.phones import for_reading
from simpul.files.papers import code_picture, pdf
from simpul.indicators import coverage as covering
from simpul.indicators.periods import Period
from simpul.libraries.models import Library
from simpul.months.figures import Amount, sentence_of
from simpul.months.models import Signature
from simpul.months.queries.month import WORTH_SAYING
from simpul.months.queries.month import month as read_month
from simpul.months.signed import SignedVersion, signed_version, told_text
from simpul.months.unusual import shown

TEMPLATE = Path(__file__).parent / "month.typ"
#: who acknowledges a report, by kind of library: the head of what it belongs to
ACKNOWLEDGES = {
    Library.Kind.VILLAGE: "Lurah", Library.Kind.NEIGHBOURHOOD: "Ketua RW", Library.Kind.TBM: "Ketua TBM",
    Library.Kind.DISTRICT: "Camat", Library.Kind.SCHOOL: "Kepala Sekolah", Library.Kind.WORSHIP: "Ketua DKM",
    Library.Kind.PRISON: "Kepala Lapas", Library.Kind.CORNER: "Lurah", Library.Kind.CITY: "Kepala Dinas",
    Library.Kind.MOBILE: "Kepala Dinas",
}


def paper_of(request: HttpRequest, library: Library, period: Period, *, version: int | None) -> bytes:
    """`version` None: the standing one, or a draft with "not signed yet" across its pages. Raises Http404."""
    rows = Signature.objects.filter(library=library, month=period.first)
    row = (rows.filter(version=version) if version is not None else rows.standing()).first()
    if version is not None and row is None:
        raise Http404
    if row is None:
        return pdf(TEMPLATE, draft_values(library, period))
    row.library = library
    address = request.build_absolute_uri(reverse("months:verify", args=[row.code]))
    return pdf(TEMPLATE, signed_values(row, address), pictures={"code.svg": code_picture(address)})


def signed_values(row: Signature, address: str) -> dict[str, Any]:
    """What the template is given of a signed version: its snapshot, never what the records say now."""
    signed, period = signed_version(row), row.period
    told = {one["id"]: one for one in row.figures}
    sentences = []
    for one in shown():
        if one.indicator in told:
            figure = told[one.indicator]
            amounts = [_amount(figure["before"], Period.of_month(_day_before(period))),
                       _amount(figure["year_before"], period.year_before())]
            value = _number(figure["value"])
            if value or any((amount.value or 0) >= WORTH_SAYING for amount in amounts):
                sentences.append(sentence_of(one, value, *amounts))
    return _values(row.library, period, signed, [text for text in sentences if text],
                   sentence=next((str(one["value"]) for one in row.snapshot["told"]
                                  if one["name"] == "sentence" and one["value"]), "")) | {
        "watermark": "", "code": "code.svg", "address": address, "signer": row.signer,
        "signed": _("Signed by %(name)s on %(day)s, version %(n)s") % {
            "name": row.signer or "–", "day": formats.date_format(row.signed_on, "j F Y"), "n": row.version},
        "digest": row.digest[:16], "day": formats.date_format(row.signed_on, "j F Y"),
        "place": f"{_town(row.library)}, {formats.date_format(row.signed_on, 'j F Y')}",
    }


def draft_values(library: Library, period: Period) -> dict[str, Any]:
    """The same from the records of now, marked as not signed."""
    now = read_month(library, period, clock.now(), with_lists=True)
    lines = [[one.name, _with_unit(one.now.text, one.unit, one.now.value is not None), one.before.text,
              one.year_before.text, one.label] for one in now.figures]
    covered = SignedVersion((), (), (), tuple(now.lists), str(covering.STATES[now.coverage]), now.days.open,
                            now.days.recorded, len(now.days.silent), {}, is_whole=True)
    told = [[str(one.question.label), told_text({"name": one.question.name, "value": one.value,
                                                 "is_unknown": one.is_unknown})] for one in now.told if one.row]
    unusual = [[one.unusual.sentence, one.answer.said if one.answer else _("not explained")] for one in now.findings]
    values = _values(library, period, covered, [text for text, _one in now.sentences], sentence=now.sentence)
    return values | {
        "figures": lines, "told": told, "unusual": unusual, "watermark": _("not signed yet"), "code": "", "address": "",
        "signed": "", "signer": "", "digest": "", "place": f"{_town(library)}, {formats.date_format(now.today, 'j F Y')}"}


def _values(library: Library, period: Period, signed: SignedVersion, sentences: list[str], *, sentence: str) -> dict[str, Any]:
    lines = [library.address, library.region.full_name,
             " · ".join(filter(None, (f"NPP {library.npp}" if library.npp else "",
                                      for_reading(library.phone) if library.phone else "")))]
    before = Period.of_month(_day_before(period))
    where = signed.library.get("region")
    return {
        "language": get_language() or "id", "title": _("Monthly report"), "month": period.label, "library": library.name,
        "lines": [line for line in (lines[0], where or lines[1], lines[2]) if line and line not in library.name],
        "sentence": sentence, "sentences": sentences,
        "coverage": signed.days,
        "head": [_("Figure"), period.label, before.label, period.year_before().label, _("Definition")],
        "figures": [[capfirst(one.name), _with_unit(one.now, one.unit, one.now[:1].isdigit()), one.before, one.year_before,
                     one.definition] for one in signed.lines],
        "figures_title": _("Figures"), "lists": [dict(one) for one in signed.lists], "none": _("None this month."),
        "told_title": _("What nobody could record"), "told": [list(one) for one in signed.told],
        "unusual_title": _("What is unusual, and why"),
        "unusual": [[capfirst(what), why or _("not explained")] for what, why in signed.unusual],
        "known": _("Acknowledged by"), "acknowledges": ACKNOWLEDGES.get(Library.Kind(library.kind), "Lurah"),
        "signs": _("Librarian"), "verify": _("What was signed can be read here, without persons:"),
        "foot": f"{library.name} · {period.label}",
    }


def _with_unit(text: str, unit: str, is_number: bool) -> str:
    return f"{text} {unit}" if is_number else text


def _day_before(period: Period) -> date:
    return period.first - timedelta(days=1)


def _amount(told: dict[str, Any], period: Period) -> Amount:
    return Amount(period, _number(told["value"]), told["state"], "")


def _number(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


def _town(library: Library) -> str:
    return library.region.name

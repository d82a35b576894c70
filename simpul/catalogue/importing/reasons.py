"""Why a record was refused, in words that help; the codes are stable and English."""

from django.utils.translation import gettext_lazy as _

REASONS = {
    "truncated": _("The record is cut off. Export it again from the old system."),
    "too_large": _("More than 8 MB without an end of record: this part is skipped."),
    "garbage": _("Something that is no record stands between two records."),
    "empty_record": _("The record is empty."),
    "not_marc": _("This is no MARC record."),
    "no_fields": _("The record holds no fields."),
    "directory_broken": _("The record's directory does not fit its fields."),
    "directory_missing": _("The record has no directory."),
    "xml_not_well_formed": _("The XML of this record is broken."),
    "document_type": _("The file brings a document type declaration. It is not read, for safety."),
    "no_records": _("No record was found in this file. Is it the right file?"),
    "no_title": _("The record has no title."),
    "unimarc": _("This looks like UNIMARC. Please export as MARC 21."),
    "authority_record": _("This is an authority record, not a title."),
    "holdings_record": _("This is a holdings record without its title."),
    "classification_record": _("This is a classification record, not a title."),
    "community_record": _("This is a community information record, not a title."),
    "too_many_columns": _("The row has more columns than the heading."),
    "too_few_columns": _("The row has too few columns, or a quotation mark is missing."),
    "no_heading": _("The heading row was not found. Download the template and use its headings."),
    "not_a_sheet": _("The file cannot be opened as a sheet."),
    "copy_code_taken": _("The copy's code is already used by another title of this library; the copy was left out."),
    "copy_code_repeated": _("The copy's code stands twice in this file; the second copy was left out."),
    "item_without_title": _("No title in the file of titles belongs to this copy."),
    "not_stored": _("The database did not take this record."),
    "unexpected": _("This record could not be read."),
}


def reason(code: str) -> str:
    """The sentence of a code in the active language."""
    return str(REASONS.get(code, REASONS["unexpected"]))


def excerpt_of(data: bytes | str) -> str:
    """How the record begins, as one printable line of at most 120 characters."""
    text = data if isinstance(data, str) else data[:400].decode("utf-8", "replace")
    text = text[:400]
    return (text if text.isprintable() else "".join(c if c.isprintable() else " " for c in text)).strip()[:120]

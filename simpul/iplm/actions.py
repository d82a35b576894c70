"""The city's list, what institutions answered, the choice of normaliser, published values, signed papers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from django.db.models import Q
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from simpul.core import clock
from simpul.core.actor import Actor
from simpul.core.change import change, note
from simpul.core.ids import derived_id
from simpul.core.refusal import NotAllowed, Refusal
from simpul.files.actions import store_document, store_picture
from simpul.files.models import StoredFile
from simpul.files.pictures import Prepared
from simpul.iplm.lines import BY_KEY
from simpul.iplm.models import Institution, Link, Normalising, Published, Return, SignedPaper
from simpul.iplm.permissions import can_keep
from simpul.libraries.models import City, Region

MOST = 10**13  # more rupiah than any library has
FIRST_YEAR = 2025


class InstitutionRefused(Refusal):
    code = "institution_refused"


class ReturnRefused(Refusal):
    code = "return_refused"


class LinkOver(Refusal):
    """The link was withdrawn, or its day is over."""

    code = "link_over"


class ValueRefused(Refusal):
    code = "value_refused"


@dataclass(frozen=True)
class Described:
    """An institution as somebody describes it."""

    name: str
    kind: str
    region: Region
    npsn: str = ""
    npp: str = ""


def _must_keep(by: Actor) -> None:
    if not can_keep(by):
        raise NotAllowed(_("Only the coordinator may do this."))


@change("institution.listed", says=_("{by} put {result} on the list of the IPLM"))
def list_institution(*, described: Described, by: Actor, at: datetime, id: UUID) -> Institution:
    """Put a school or library outside this node on the city's list. Raises NotAllowed, InstitutionRefused."""
    _must_keep(by)
    return _listed(described, at, id)


def _listed(described: Described, at: datetime, id: UUID) -> Institution:
    name, npsn = " ".join(described.name.split())[:160], described.npsn.strip()
    if not name:
        raise InstitutionRefused(_("Write the name."), field="name")
    if described.kind not in Institution.Kind.values:
        raise InstitutionRefused(_("Choose what kind it is."), field="kind")
    if npsn and not (npsn.isascii() and npsn.isalnum() and len(npsn) == 8):
        raise InstitutionRefused(_("The NPSN has eight characters."), field="npsn")
    same = Q(npsn=npsn) if npsn else Q(npsn="", name=name, region=described.region)
    if Institution.objects.filter(same).exists():
        raise InstitutionRefused(_("It is on the list already."), field="npsn" if npsn else "name")
    return Institution.objects.create(id=id, name=name, kind=described.kind, region=described.region, npsn=npsn,
                                      npp=described.npp.strip()[:30], recorded_at=at)


@change("institution.closed", says=_("{by} took {institution} off the list of the IPLM"))
def close_institution(*, institution: Institution, on: date, by: Actor, at: datetime, id: UUID) -> Institution:
    """It is asked for the year of `on` and before, not for later years."""
    _must_keep(by)
    institution.closed_on = on
    institution.save(update_fields=["closed_on"])
    return institution


@change("institution.reopened", says=_("{by} put {institution} back on the list of the IPLM"))
def reopen_institution(*, institution: Institution, by: Actor, at: datetime, id: UUID) -> Institution:
    _must_keep(by)
    institution.closed_on = None
    institution.save(update_fields=["closed_on"])
    return institution


@change("iplm_link.made", says=_("{by} made a link for {institution}"))
def make_link(*, institution: Institution, year: int, open_until: date, by: Actor, at: datetime, id: UUID) -> Link:
    """A personal link; an earlier one of the same year ends. Raises NotAllowed, ValueRefused."""
    _must_keep(by)
    _must_be_year(year, at)
    if open_until < clock.local_date(at, "Asia/Jakarta"):
        raise ValueRefused(_("This day is over already."), field="open_until")
    Link.objects.filter(institution=institution, year=year, withdrawn_at__isnull=True).update(withdrawn_at=at)
    return Link.objects.create(id=id, institution=institution, year=year, open_until=open_until, made_at=at)


@change("iplm_link.withdrawn", says=_("{by} ended the link of {institution}"))
def withdraw_link(*, link: Link, by: Actor, at: datetime, id: UUID) -> None:
    _must_keep(by)
    note(institution=link.institution)
    Link.objects.filter(pk=link.pk, withdrawn_at__isnull=True).update(withdrawn_at=at)


@change("iplm_return.told", says=_("{by} told the year of {institution}"))
def tell_return(*, institution: Institution, year: int, answers: Mapping[str, int], by: Actor, at: datetime,
                id: UUID) -> Return:
    """Entered by the city. Raises NotAllowed, ReturnRefused."""
    _must_keep(by)
    return _keep(institution, year, answers, Return.How.DESK, at, id)


@change("iplm_return.answered", says=_("{institution} answered by its link"))
def answer_by_link(*, link: Link, answers: Mapping[str, int], by: Actor, at: datetime, id: UUID) -> Return:
    """Whoever holds the link. Raises LinkOver, ReturnRefused."""
    fresh = Link.objects.select_related("institution").get(pk=link.pk)
    if not fresh.is_open(clock.local_date(at, "Asia/Jakarta")):
        raise LinkOver(_("This link is no longer open. The library service of the city can make a new one."))
    note(institution=fresh.institution)
    return _keep(fresh.institution, fresh.year, answers, Return.How.LINK, at, id)


def _must_be_year(year: int, at: datetime) -> None:
    if not FIRST_YEAR <= year <= clock.local_date(at, "Asia/Jakarta").year:
        raise ValueRefused(_("The questionnaire is asked for the years from 2025 to this one."), field="year")


def _keep(institution: Institution, year: int, answers: Mapping[str, int], how: str, at: datetime, id: UUID) -> Return:
    _must_be_year(year, at)
    if not institution.is_counted:
        raise ReturnRefused(_("The province counts senior secondary schools; the city does not."))
    checked = check_answers(answers)
    Return.objects.filter(institution=institution, year=year, voided_at__isnull=True).update(voided_at=at)
    return Return.objects.create(id=id, institution=institution, year=year, answers=checked, how=how, recorded_at=at)


#: no library has more titles than copies of them
TITLES_AND_COPIES = (("koleksi.1", "koleksi.2"), ("koleksi.3", "koleksi.4"), ("koleksi.5", "koleksi.6"),
                     ("koleksi.7", "koleksi.8"))


def check_answers(answers: Mapping[str, int]) -> dict[str, int]:
    """The answers in the order of the form. Raises ReturnRefused beside the field that is impossible."""
    found: dict[str, int] = {}
    for key, item in BY_KEY.items():
        value = answers.get(key)
        if value is None:
            continue
        if type(value) is not int or not 0 <= value <= MOST:
            raise ReturnRefused(_("%(line)s: write a whole number, 0 or more.") % {"line": item.label}, field=key)
        found[key] = value
    if not found:
        raise ReturnRefused(_("Nothing is filled in yet."))
    for titles, copies in TITLES_AND_COPIES:
        if titles in found and copies in found and found[titles] > found[copies]:
            raise ReturnRefused(_("There cannot be more titles than copies of them."), field=titles)
    return found


@dataclass(frozen=True)
class SheetRow:
    """A row of the yearly sheet, checked: `institution_id` None where it is new."""

    institution_id: UUID | None
    described: Described
    answers: Mapping[str, int]


@change("iplm_sheet.brought", says=_("{by} brought in a sheet: {new} institutions, {told} answers"))
def bring_sheet(*, year: int, rows: Sequence[SheetRow], by: Actor, at: datetime, id: UUID) -> int:
    """The rows of a sheet in one change; what is the same already changes nothing. How many answers were kept."""
    _must_keep(by)
    _must_be_year(year, at)
    known = Institution.objects.in_bulk([row.institution_id for row in rows if row.institution_id])
    now = dict(Return.objects.filter(year=year, voided_at__isnull=True, institution__in=known).values_list(
        "institution_id", "answers"))
    new = told = 0
    for n, row in enumerate(rows):
        institution = known.get(row.institution_id) if row.institution_id else None
        if institution is None:
            institution = _listed(row.described, at, derived_id(id, f"institution {n}"))
            new += 1
        if row.answers and dict(row.answers) != now.get(institution.pk) and institution.is_counted:
            _keep(institution, year, row.answers, Return.How.SHEET, at, derived_id(id, f"return {n}"))
            told += 1
    note(new=new, told=told)
    return told


@change("iplm_normalising.chosen", says=_("{by} chose how the simulation of the IPLM normalises"))
def choose_normalising(*, year: int, way: str, targets: Mapping[str, int], by: Actor, at: datetime, id: UUID) -> Normalising:
    """`targets` by item key; asked where the way compares with targets. Raises NotAllowed, ValueRefused."""
    _must_keep(by)
    _must_be_year(year, at)
    if way not in Normalising.Way.values:
        raise ValueRefused(_("Choose one of the ways."), field="way")
    kept = {key: value for key, value in targets.items() if key in BY_KEY and type(value) is int and 0 < value <= MOST}
    if way != Normalising.Way.MIN_MAX and not kept:
        raise ValueRefused(_("This way compares with targets: set at least one."), field="way")
    Normalising.objects.filter(year=year, voided_at__isnull=True).update(voided_at=at)
    return Normalising.objects.create(id=id, year=year, way=way, targets=kept, recorded_at=at)


@change("published_index.told", says=_("{by} entered the published {result}"))
def tell_published(*, region: Region, name: str, year: int, value: Decimal, source: str, by: Actor, at: datetime,
                   id: UUID) -> Published:
    """An index as an office published it. Raises NotAllowed, ValueRefused."""
    _must_keep(by)
    if name not in Published.Name.values:
        raise ValueRefused(_("Choose which index it is."), field="name")
    if not 2015 <= year <= clock.local_date(at, "Asia/Jakarta").year:
        raise ValueRefused(_("This year cannot be right."), field="year")
    if not Decimal(0) <= value <= Decimal(100):
        raise ValueRefused(_("An index lies between 0 and 100."), field="value")
    if not source.strip():
        raise ValueRefused(_("Say where the number comes from."), field="source")
    Published.objects.filter(region=region, name=name, year=year, voided_at__isnull=True).update(voided_at=at)
    return Published.objects.create(id=id, region=region, name=name, year=year, value=value.quantize(Decimal("0.01")),
                                    source=" ".join(source.split())[:160], recorded_at=at)


@change("signed_paper.kept", says=_("{by} kept the signed {result}"))
def keep_signed(*, form: str, region: Region, year: int, file: Prepared, signed_on: date, by: Actor, at: datetime,
                id: UUID) -> SignedPaper:
    """The scan (PDF or photo) of a signed berita acara. Raises NotAllowed, ValueRefused."""
    _must_keep(by)
    today = clock.local_date(at, "Asia/Jakarta")
    if signed_on > today:
        raise ValueRefused(_("It cannot have been signed after %(day)s.") % {"day": date_format(today, "j F Y")},
                           field="signed_on")
    store = store_picture if file.kind == StoredFile.Kind.PICTURE else store_document
    kept = store(upload=file, library_id=City.objects.get().pk, at=at, id=derived_id(id, "file"))
    return SignedPaper.objects.create(id=id, form=form, region=region, year=year, file=kept, signed_on=signed_on,
                                      brought_by_id=by.id, recorded_at=at)


@change("signed_paper.voided", says=_("{by} took back the signed {paper}"))
def void_signed(*, paper: SignedPaper, by: Actor, at: datetime, id: UUID) -> None:
    _must_keep(by)
    SignedPaper.objects.filter(pk=paper.pk, voided_at__isnull=True).update(voided_at=at)


@change("signed_paper.restored", says=_("{by} put back the signed {paper}"))
def restore_signed(*, paper: SignedPaper, by: Actor, at: datetime, id: UUID) -> None:
    _must_keep(by)
    SignedPaper.objects.filter(pk=paper.pk).update(voided_at=None)

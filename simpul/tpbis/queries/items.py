"""What is to be entered in SIM, item by item in the order of entry, with text ready to copy and what was entered already.

SIM's screens are not published: the fields are a safe superset. A fixed number of questions for any number of items.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Prefetch, Q, QuerySet
from django.urls import reverse
from django.utils import formats
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from simpul.activities.kinds import GROUPS
from simpul.activities.measures import held
from simpul.activities.models import Activity, Photo
from simpul.activities.queries import SheetRow, sheet_rows
from simpul.advocacy.models import Publicity, Result, Talk
from simpul.core.models import parse_reference, reference
from simpul.libraries.models import Library
from simpul.people.models import AgeGroup
from simpul.plans.wording import rupiah
from simpul.stories.models import Audience, Story
from simpul.surveys.queries import withheld_counts
from simpul.tpbis.models import Entered
from simpul.tpbis.parts import ORDER, Part

TAUGHT = ("skills", "ict", "economy")  # groups of activities in which a skill is taught


@dataclass(frozen=True)
class Block:
    """One field of the form: its name and the text to paste."""

    name: str
    label: str
    text: str


@dataclass(frozen=True)
class Difference:
    """What is no longer as it was entered. `before` is empty where only a fingerprint was kept."""

    label: str
    before: str
    now: str


@dataclass(frozen=True)
class Picture:
    """A picture to attach: its address for the library's staff."""

    label: str
    url: str


@dataclass(frozen=True)
class Item:
    """`told` is what an entry keeps of it; `entered` the entry that stands; `differences` what changed since."""

    part: Part
    reference: str
    day: date
    title: str
    url: str
    blocks: tuple[Block, ...]
    told: Mapping[str, Any]
    labels: Mapping[str, str]
    pictures: tuple[Picture, ...] = ()
    entered: Entered | None = None
    differences: tuple[Difference, ...] = ()

    @property
    def key(self) -> str:
        """A name for its place on the page."""
        return self.reference.rpartition(":")[2]

    @property
    def text(self) -> str:
        return "\n".join(f"{block.label}: {block.text}" for block in self.blocks)

    @property
    def is_entered(self) -> bool:
        return self.entered is not None

    @property
    def has_changed(self) -> bool:
        return bool(self.differences)


@dataclass(frozen=True)
class Gone:
    """An entry whose item is no longer to be reported: taken back, cancelled, or its consent withdrawn."""

    entered: Entered


@dataclass(frozen=True)
class Items:
    """Of one library; the oldest first, in the order of entry within a day."""

    items: tuple[Item, ...]
    gone: tuple[Gone, ...] = field(default=())

    @property
    def waiting(self) -> list[Item]:
        return [one for one in self.items if not one.is_entered]

    @property
    def done(self) -> list[Item]:
        return [one for one in self.items if one.is_entered]

    @property
    def changed(self) -> list[Item]:
        return [one for one in self.items if one.has_changed]

    def of(self, part: str) -> list[Item]:
        return [one for one in self.items if one.part == part]


def items_of(library: Library, first: date, last: date, today: date, *, is_own: bool = True) -> Items:
    """Everything of these days. `is_own` False: small groups are withheld and nothing said in talks is told."""
    days = Q(local_date__gte=first, local_date__lte=last)
    found = [
        *_activities(Q(gathering__first_on__gte=first, gathering__first_on__lte=last), library, is_own),
        *_advocacy(library, days, is_own), *_publicity(library, days),
        *_stories(Story.objects.filter(verified_on__gte=first, verified_on__lte=last), library, today)]
    rows = Entered.objects.standing().filter(library=library).filter(
        Q(item_on__gte=first, item_on__lte=last) | Q(reference__in=[one.reference for one in found])).select_related("account")
    entries = {row.reference: row for row in rows}
    kept = tuple(sorted((_compared(one, entries.get(one.reference)) for one in found),
                        key=lambda one: (one.day, ORDER.index(one.part), one.reference)))
    there = {one.reference for one in kept}
    return Items(kept, tuple(Gone(row) for key, row in entries.items()
                             if key not in there and first <= row.item_on <= last))


def items_by_reference(library: Library, references: Iterable[str], today: date) -> dict[str, Item]:
    """Those of this library that are to be reported, by their reference; unknown ones are left out."""
    ids: dict[str, list[UUID]] = {}
    for one in references:
        try:
            label, key = parse_reference(one)
        except ValueError:
            continue
        ids.setdefault(label, []).append(key)

    def of(model: Any) -> Q:
        return Q(pk__in=ids.get(model._meta.label, []))

    found = [*_activities(of(Activity), library, True),
             *_talks(Talk.objects.filter(of(Talk)), library, True), *_results(Result.objects.filter(of(Result)), library),
             *_publicity(library, of(Publicity)), *_stories(Story.objects.filter(of(Story)), library, today)]
    return {one.reference: one for one in found}


def _compared(item: Item, entry: Entered | None) -> Item:
    if entry is None:
        return item
    texts = {block.name: block for block in item.blocks}
    changes = []
    for name, now in item.told.items():
        before = entry.told.get(name)
        if before != now and name in entry.told:
            now_text = texts[name].text if name in texts else _("nothing")
            changes.append(Difference(item.labels[name], str(before) if isinstance(before, int) else "", now_text))
    return replace(item, entered=entry, differences=tuple(changes))


def kept_of(value: Any) -> Any:
    """What an entry keeps: whole numbers as they are, everything else as a keyed fingerprint."""
    if value is None or (isinstance(value, int) and not isinstance(value, bool)):
        return value
    return salted_hmac("simpul.tpbis.entered", str(value)).hexdigest()[:16]


def _item(part: Part, row: Any, day: date, title: str, url: str, fields: Sequence[tuple[str, str, Any, str | None]],
          pictures: tuple[Picture, ...] = ()) -> Item:
    """`fields`: name, label, raw value, text (None: the value's own); fields without a value are left out of the text."""
    blocks = tuple(Block(name, label, str(value) if text is None else text) for name, label, value, text in fields
                   if value not in (None, "", 0) or name in ("participants", "who"))
    return Item(part, reference(row), day, title, url, blocks, {name: kept_of(value) for name, _label, value, _text in fields},
                {name: label for name, label, _value, _text in fields}, pictures)


def _on(day: date) -> str:
    return formats.date_format(day, "l, j F Y")


def _activities(condition: Q, library: Library, is_own: bool) -> list[Item]:
    pictures = Prefetch("photos", queryset=Photo.objects.order_by("added_at"), to_attr="pictures")
    began = held().filter(condition, library=library).order_by().values("pk")
    rows = Activity.objects.filter(pk__in=began).prefetch_related(pictures, "books__title").order_by("gathering__first_on", "pk")
    return [_activity(row, library, is_own) for row in sheet_rows(rows)]


def _activity(row: SheetRow, library: Library, is_own: bool) -> Item:
    one = row.activity
    first, last = one.gathering.first_on, one.gathering.last_on
    assert first  # held activities have days
    span = _on(first) if first == last or not last else f"{_on(first)} – {_on(last)}"
    sex, ages = _people(row, is_own)
    ready = [photo for photo in getattr(one, "pictures", []) if not photo.shows_children or photo.guardians_agreed]
    fields = [
        ("day", _("Date"), f"{first} {last}", span),
        ("strategy", _("Strategy"), one.strategy, one.get_strategy_display()),
        ("kind", _("Kind"), one.kind, one.get_kind_display()),
        ("field", _("Subject area"), one.what_kind.group, str(GROUPS[one.what_kind.group])),
        ("title", _("Title"), one.gathering.title, None),
        ("place", _("Place"), row.places, None),
        ("aim", _("Aim"), one.objective, None),
        ("idea", _("Where the idea came from"), row.wanted,
         _("asked for by residents: %(n)s people") % {"n": row.wanted}),
        ("speakers", _("Speaker"), row.speakers, None),
        ("partners", _("Partner"), row.partners, None),
        ("support", _("Worth of their support"), row.given, rupiah(row.given)),
        ("participants", _("Participants (participations, not different people)"), row.present, None),
        ("sex", _("Male and female"), f"{row.male} {row.female}", sex),
        ("ages", _("By age"), str(row.ages), ages),
        *([("disability", _("With a disability"), row.disability, None)] if is_own else []),
        ("books", _("Books and sources used"),
         "; ".join(used.title.title for used in one.books.all()), None),
        ("skill", _("Skill"), one.theme or (one.kind if one.what_kind.group in TAUGHT else ""),
         one.theme or one.get_kind_display()),
        ("funds", _("Source of money"), one.funds, one.get_funds_display()),
        ("cost", _("Money spent"), one.cost, rupiah(one.cost) if one.cost else ""),
        ("result", _("Result"), one.result, None),
        ("follow_up", _("Next"), one.follow_up, None),
        ("photos", _("Photos"), len(ready), _("%(n)s, with people told that pictures are taken") % {"n": len(ready)}
         if one.has_photo_notice else str(len(ready))),
    ]
    return _item(Part(one.strategy), one, first, one.gathering.title, one.desk_address() if is_own else "",
                 [each for each in fields if each[0] not in ("sex", "ages") or each[3]],
                 tuple(Picture(photo.caption or _("Photo %(n)s") % {"n": n},
                               reverse("activities:photo", args=[library.code, one.pk, photo.pk]))
                       for n, photo in enumerate(ready, 1)) if is_own else ())


def _people(row: SheetRow, is_own: bool) -> tuple[str, str]:
    """Sexes and ages in words; for readers outside the library only where no group is small."""
    unknown = row.present - row.male - row.female
    if not is_own and None in withheld_counts([row.male, row.female, unknown]):
        sex = ""
    else:
        sex = _("%(male)s male, %(female)s female") % {"male": row.male, "female": row.female} if row.present else ""
    groups = [str(AgeGroup(group).label) for group in AgeGroup.values if group]
    every = [*row.ages, row.present - sum(row.ages)]
    counts: Sequence[int | None] = every if is_own else withheld_counts(every)
    ages = "; ".join(f"{label}: {n}" for label, n in zip(groups, counts[:-1], strict=True) if n)
    return sex, ages


def _advocacy(library: Library, condition: Q, is_own: bool) -> list[Item]:
    return [*_talks(Talk.objects.filter(condition), library, is_own), *_results(Result.objects.filter(condition), library)]


def _talks(rows: QuerySet[Any], library: Library, is_own: bool) -> list[Item]:
    found = []
    for one in rows.filter(library=library, voided_at__isnull=True).select_related("approach").order_by("local_date"):
        url = reverse("advocacy:approach", args=[library.code, one.approach_id]) if is_own else ""
        found.append(_item(Part.ADVOCACY, one, one.local_date, f"{one.get_way_display()}: {one.office}", url, [
            ("day", _("Date"), str(one.local_date), _on(one.local_date)),
            ("aim", _("Aim"), one.approach.aim, None),
            ("target", _("Target"), one.approach.target, f"{one.approach.get_target_display()} – {one.office}"),
            ("way", _("How"), one.way, one.get_way_display()),
            ("message", _("Message"), one.approach.message, None),
            *([("said", _("What was said"), one.said, None)] if is_own else []),
        ]))
    return found


def _results(rows: QuerySet[Any], library: Library) -> list[Item]:
    found = []
    for one in rows.filter(library=library, voided_at__isnull=True).select_related("approach").order_by("local_date"):
        url = reverse("advocacy:approach", args=[library.code, one.approach_id])
        pictures = (Picture(_("Document"), reverse("advocacy:result_document", args=[library.code, one.pk])),) if (
            one.document_id) else ()
        found.append(_item(Part.ADVOCACY, one, one.local_date, f"{one.get_kind_display()}: {one.what}", url, [
            ("day", _("Date"), str(one.local_date), _on(one.local_date)),
            ("aim", _("Aim"), one.approach.aim, None),
            ("target", _("Target"), one.approach.target, f"{one.approach.get_target_display()} – {one.approach.office}"),
            ("kind", _("Result"), one.kind, one.get_kind_display()),
            ("what", _("What it brought"), one.what, None),
            ("worth", _("Worth"), one.worth, rupiah(one.worth) if one.worth else ""),
        ], pictures))
    return found


def _publicity(library: Library, condition: Q) -> list[Item]:
    found = []
    for one in Publicity.objects.counting().filter(condition, library=library).order_by("local_date"):
        channel = one.get_channel_display()
        found.append(_item(Part.PUBLICITY, one, one.local_date, one.title or channel,
                           reverse("advocacy:publicity", args=[library.code]), [
            ("day", _("Date"), str(one.local_date), _on(one.local_date)),
            ("title", _("Title"), one.title, None),
            ("channel", _("Channel"), one.channel, channel),
            ("link", _("Link"), one.link, None),
            ("reach", _("Reach (people, as the channel tells)"), one.reach, None),
        ]))
    return found


def _stories(rows: QuerySet[Story], library: Library, today: date) -> list[Item]:
    """Only those whose consent for the national report is in force today."""
    allowed = Story.objects.published_for(Audience.NATIONAL, today).filter(library=library, pk__in=rows.order_by().values("pk"))
    return [_story(one, library) for one in allowed.shown(today).order_by("verified_on", "pk")]


def _story(one: Story, library: Library) -> Item:
    day = one.verified_on or one.local_date
    income = _("from %(before)s to %(after)s a month") % {
        "before": rupiah(one.income_before), "after": rupiah(one.income_after)} if (
        one.income_before is not None and one.income_after is not None) else ""
    url = reverse("stories:story", args=[library.code, one.pk])
    pictures = tuple(Picture(photo.caption or _("Photo %(n)s") % {"n": n},
                             reverse("stories:photo", args=[library.code, one.pk, photo.pk]))
                     for n, photo in enumerate(one.shown_pictures, 1))
    return _item(Part.STORY, one, day, one.headline, url, [
        ("kind", _("Kind"), one.kind, one.get_kind_display()),
        ("day", _("Checked on"), str(day), _on(day)),
        ("who", _("Who"), one.name if one.consent and one.consent.with_name else one.alias, one.shown_name),
        ("title", _("Title"), one.title, None),
        ("before", _("Before"), one.before, None),
        ("helped", _("What the library did"), one.helped, None),
        ("after", _("After"), one.after, None),
        ("quote", _("In her own words"), one.quote, None),
        ("change", _("Change"), one.change, one.get_change_display()),
        ("income", _("Income"), f"{one.income_before} {one.income_after}" if income else "", income),
    ], pictures)

"""What people say it brought them: answers of many activities added up, with n, response rate and interval.

A tally counts one activity; tallies add up like anything else of the cascade. What fewer than five people of one activity
answered at one moment is left out of everything that outsiders read, sums too, so that no difference leads to it.
"""

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count, Q
from django.utils.translation import gettext as _

from simpul.gatherings.models import Attendance, Registration
from simpul.stories.models import Audience, Story
from simpul.stories.models import Evidence as StoryEvidence
from simpul.surveys.models import Invitation, Response
from simpul.surveys.queries import SMALL
from simpul.surveys.results import OUTCOMES, WAVES, Moment, Outcome, Share, Wave

AFTER = "outcomes-after"
#: which outcome a box of the picture names
NAMED = "application"

#: ("n" | "replied" | "asked", moment) and ("k" | "of", moment, outcome) → how many
Tally = Counter[tuple[str, ...]]


@dataclass(frozen=True)
class Brought:
    """The tally of a branch in words; `n`: who answered right after, `rate` of those who were asked then, `share` of them
    who agree (None: nobody, or too few to be told)."""

    n: int
    rate: Share | None
    share: Share | None
    moments: tuple[Moment, ...]
    outcomes: tuple[Outcome, ...]

    @property
    def is_empty(self) -> bool:
        return not any(moment.n for moment in self.moments)

    @property
    def short(self) -> str:
        """For a box of the picture."""
        if not self.n:
            return _("not asked yet")
        if self.share is None:
            return f"n = {self.n}"
        return f"{self.share.percent}% ({self.share.low}–{self.share.high}), n = {self.n}"


def brought(tally: Tally) -> Brought:
    """Read a tally."""
    names = dict(zip(WAVES, (_("before"), _("right after"), _("six weeks later")), strict=True))
    return Brought(
        tally["n", AFTER], _share(tally["replied", AFTER], tally["asked", AFTER]),
        _share(tally["k", AFTER, NAMED], tally["of", AFTER, NAMED]),
        tuple(Moment(names[wave], tally["n", wave], _share(tally["replied", wave], tally["asked", wave])) for wave in WAVES),
        tuple(Outcome(str(label), tuple(Wave(names[wave], _share(tally["k", wave, key], tally["of", wave, key]))
                                        for wave in WAVES)) for key, label in OUTCOMES.items()))


def _share(k: int, n: int) -> Share | None:
    return Share(k, n) if n else None


def tallies_of(gatherings: Collection[UUID] | None, own: Collection[UUID]) -> dict[UUID, Tally]:
    """The tally of each of these gatherings (None: of all); those of other libraries than `own` as outsiders may know
    them. Four questions, one where nobody answered."""
    rows = Response.objects.filter(about_id__isnull=False, voided_at__isnull=True, version__survey__ready__in=WAVES)
    rows = rows if gatherings is None else rows.filter(about_id__in=list(gatherings))
    counted = {f"{letter}_{key}": Count("pk", filter=Q(**{f"answers__{key}__gte": least}))
               for key in OUTCOMES for letter, least in (("k", 4), ("of", 1))}
    found: dict[UUID, Tally] = {}
    told: Any = rows.order_by().values("about_id", "library_id", "version__survey__ready").annotate(
        n=Count("pk"), **counted)
    for row in told:
        key, wave = row["about_id"], row["version__survey__ready"]
        if row["n"] < SMALL and row["library_id"] not in own:
            continue
        tally = found.setdefault(key, Counter())
        tally["n", wave] += row["n"]
        for outcome in OUTCOMES:
            tally["k", wave, outcome] += row[f"k_{outcome}"]
            tally["of", wave, outcome] += row[f"of_{outcome}"]
    for (key, wave), asked in _asked(found).items():
        tally, n = found[key], found[key]["n", wave]
        if 0 < n <= asked:  # more may answer than were asked by name: walk-ins over the QR code; then no rate is told
            tally["replied", wave], tally["asked", wave] = n, asked
    return found


def _asked(gatherings: Collection[UUID]) -> dict[tuple[UUID, str], int]:
    """How many were asked at each moment: who registered, who was there, who stands on the follow-up list."""
    if not gatherings:
        return {}
    ids = list(gatherings)
    registered = Registration.objects.filter(gathering__in=ids).order_by().values_list("gathering").annotate(n=Count("pk"))
    present = Attendance.objects.present().filter(session__gathering__in=ids, registration__isnull=False).order_by()
    invited = Invitation.objects.filter(about_id__in=ids).order_by().values_list("about_id").annotate(n=Count("pk"))
    came = present.values_list("session__gathering").annotate(n=Count("registration", distinct=True))
    return {(key, wave): n for wave, rows in zip(WAVES, (registered, came, invited), strict=True) for key, n in rows}


@dataclass(frozen=True)
class StoryLine:
    """A story that may be shown to the city; `code` opens it where everybody may read it, else ""."""

    title: str
    library: str
    code: str


def stories_of(activities: Iterable[UUID], day: date, most: int = 12) -> list[StoryLine]:
    """Stories with these activities as evidence, the latest first; two questions."""
    told = StoryEvidence.objects.filter(activity_id__in=list(activities)).values("story_id")
    rows = Story.objects.published_for(Audience.CITY, day).filter(pk__in=told).select_related("library").order_by(
        "-verified_on", "pk")[:most]
    public = set(Story.objects.published_for(Audience.PUBLIC, day).filter(pk__in=[one.pk for one in rows]).values_list(
        "pk", flat=True))
    return [StoryLine(one.title, one.library.name if one.library else "", one.code if one.pk in public else "") for one in rows]

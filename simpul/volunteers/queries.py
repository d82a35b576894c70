"""The roster of days, hours of helpers, counts of libraries."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta
from uuid import UUID

from django.db.models import Count, Q, Sum

from simpul.core.actor import Actor, ActorKind
from simpul.core.secrets import fingerprint
from simpul.libraries.models import Library
from simpul.libraries.queries import fetch_hours, is_closed_by_choice
from simpul.volunteers.kinds import Work
from simpul.volunteers.models import Duty, Handover, Helper, Letter, Pattern, Service, Thanks, hours_in_words

NOTE_DAYS = timedelta(days=7)  # a note that nobody read is old news after that


@dataclass(frozen=True)
class Turn:
    """What the roster shows: who serves on a day from when to when. A gap has no helper; `absent` is who cannot come."""

    day: date
    starts: time
    ends: time
    helper: Helper | None
    pattern: Pattern | None = None
    duty: Duty | None = None

    @property
    def is_gap(self) -> bool:
        return self.helper is None

    @property
    def absent(self) -> Helper | None:
        return self.duty.absent if self.duty else None

    @property
    def hours(self) -> str:
        return hours_in_words(self.starts, self.ends)


def turns_between(library: Library, first: date, last: date) -> list[Turn]:
    """The roster from `first` to `last`, both included, earliest first, without days on which the library is closed
    (turns of their own stay). Two queries, and the library's hours."""
    fetch_hours(library)
    patterns = list(Pattern.objects.filter(library=library, from_on__lte=last).filter(
        Q(until_on__isnull=True) | Q(until_on__gt=first)).select_related("helper"))
    duties = list(Duty.objects.filter(library=library, day__gte=first, day__lte=last).select_related("helper", "absent"))
    changed = {(duty.pattern_id, duty.day): duty for duty in duties if duty.pattern_id}
    found = [_of_duty(duty) for duty in duties if duty.pattern_id is None and not duty.is_off]
    for n in range((last - first).days + 1):
        day = first + timedelta(days=n)
        here = [pattern for pattern in patterns if pattern.holds_on(day)]
        if not here or is_closed_by_choice(library, day):
            continue
        for pattern in here:
            duty = changed.get((pattern.pk, day))
            if duty is None:
                found.append(Turn(day, pattern.starts, pattern.ends, pattern.helper, pattern))
            elif not duty.is_off:
                found.append(_of_duty(duty, pattern))
    return sorted(found, key=lambda turn: (turn.day, turn.starts, turn.helper.name if turn.helper else ""))


def _of_duty(duty: Duty, pattern: Pattern | None = None) -> Turn:
    return Turn(duty.day, duty.starts, duty.ends, duty.helper, pattern, duty)


def gaps_of(library: Library, first: date, last: date) -> list[Duty]:
    """Turns that need somebody, earliest first. One query."""
    return list(Duty.objects.filter(library=library, day__gte=first, day__lte=last, helper__isnull=True, is_off=False
                                    ).select_related("absent"))


def helper_of(library: Library, actor: Actor) -> Helper | None:
    """The actor's own row as a helper here, also if she stopped."""
    if actor.kind != ActorKind.ACCOUNT or actor.id is None:
        return None
    return Helper.objects.filter(library=library, account_id=actor.id).first()


def running_of(helper: Helper) -> Service | None:
    """What she began and has not ended."""
    return Service.objects.running().filter(helper=helper).first()


def minutes_by_work(helper: Helper, first: date, last: date) -> dict[str, int]:
    """Her minutes of a period by kind of work, most first. One query."""
    rows = Service.objects.counting().filter(helper=helper).between(first, last).order_by().values("work").annotate(
        n=Sum("minutes"))
    return dict(sorted(((row["work"], row["n"]) for row in rows), key=lambda pair: (-pair[1], pair[0])))


def minutes_of(helpers: Sequence[UUID], first: date, last: date) -> dict[UUID, int]:
    """Minutes of a period, helper by helper. One query."""
    rows = Service.objects.counting().filter(helper_id__in=list(helpers)).between(first, last).order_by()
    return {row["helper_id"]: row["n"] for row in rows.values("helper_id").annotate(n=Sum("minutes"))}


@dataclass(frozen=True)
class Help:
    """What volunteers gave a library in a period: how many helped, how many minutes."""

    active: int = 0
    minutes: int = 0

    @property
    def hours(self) -> int:
        return round(self.minutes / 60)


def help_of(libraries: Iterable[UUID] | None, first: date, last: date) -> dict[UUID, Help]:
    """Active volunteers and their minutes, library by library; None is every library. One query."""
    rows = Service.objects.counting().between(first, last)
    if libraries is not None:
        rows = rows.filter(library_id__in=list(libraries))
    found = rows.order_by().values("library_id").annotate(active=Count("helper_id", distinct=True), minutes=Sum("minutes"))
    return {row["library_id"]: Help(row["active"], row["minutes"]) for row in found}


def unread_notes(library: Library, day: date) -> list[Handover]:
    """Notes of the last week that nobody read yet, the newest first."""
    return list(Handover.objects.filter(
        library=library, read_at__isnull=True, happened_at__date__gte=day - NOTE_DAYS).select_related("by"))


def thanks_for(helper: Helper, since: date) -> list[Thanks]:
    """What she was thanked for, alone or with all, the newest first."""
    return list(Thanks.objects.filter(Q(helper=helper) | Q(helper__isnull=True), library_id=helper.library_id,
                                      taken_back_at__isnull=True, happened_at__date__gte=since).select_related("by")[:5])


def letter_by_token(token: str) -> Letter | None:
    """The letter behind a public address."""
    return Letter.objects.select_related("library").filter(token_hash=fingerprint(token)).first()


def work_rows(minutes: dict[str, int]) -> list[tuple[str, int]]:
    """Kinds of work with their minutes, in words, most first."""
    known = dict(Work.choices)
    rows = sorted(minutes.items(), key=lambda pair: (-pair[1], pair[0]))
    return [(str(known.get(work, work)), n) for work, n in rows]


def by_weekday(patterns: Iterable[Pattern]) -> dict[int, list[Pattern]]:
    """Patterns under their weekday."""
    found: dict[int, list[Pattern]] = defaultdict(list)
    for pattern in patterns:
        found[pattern.weekday].append(pattern)
    return dict(sorted(found.items()))

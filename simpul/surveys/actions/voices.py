"""Voices: left by anybody, read and answered by the library, told to those who spoke."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from simpul.core import clock, phones
from simpul.core.actor import Actor, ActorKind
from simpul.core.change import change, note
from simpul.core.ids import derived_id
from simpul.core.refusal import NotAllowed
from simpul.libraries.models import Library
from simpul.surveys import themes
from simpul.surveys.actions.refusals import (
    EmptyVoice,
    NeedsAWord,
    TooManyVoices,
    UnknownTheme,
    WrongDay,
    WrongPhone,
)
from simpul.surveys.models import Meeting, Voice
from simpul.surveys.permissions import can_listen
from simpul.surveys.queries import voices_lately

AN_HOUR = 60  # unread voices of one library over the public page within an hour


@dataclass(frozen=True)
class MeetingNeed:
    """A need as the meeting told it, and how many stood behind it."""

    text: str
    theme: str
    people: int
    neighbourhood: str = ""


@change("voice.left", says=_("A voice about a need reached {library}"))
def leave_voice(*, library: Library, text: str, theme: str, neighbourhood: str = "", phone: str = "",
                source: str = Voice.Source.PAGE, by: Actor, at: datetime, id: UUID) -> Voice:
    """Somebody says what she would like to learn or have here; no account. What staff enter from paper or by word of
    mouth has been read already and is noted at once.
    The same words within an hour are the same voice. Raises EmptyVoice, UnknownTheme, WrongPhone, TooManyVoices."""
    said = checked(text, theme)
    number = checked_phone(phone)
    is_staff = can_listen(by, library.pk) and by.kind != ActorKind.DEVICE
    if source == Voice.Source.PAPER and not is_staff:
        raise NotAllowed(_("Only the staff of this library enters what others said."))
    same = Voice.objects.filter(library=library, text=said, theme=theme, phone=number,
                                happened_at__gt=at - timedelta(hours=1)).first() if not is_staff else None
    if same is not None:
        return same
    if source == Voice.Source.PAGE and voices_lately(library.pk, at, timedelta(hours=1)) >= AN_HOUR:
        if not by.is_replay:
            raise TooManyVoices(_("Very many have written in this hour. Please try again later."))
        note(flags=[TooManyVoices.code])
    return Voice.objects.create(
        id=derived_id(id, "voice"), library=library, text=said, theme=theme, neighbourhood=neighbourhood.strip()[:80],
        phone=number, source=source, happened_at=at, local_date=clock.local_date(at, library.time_zone),
        state=Voice.State.ACCEPTED if source == Voice.Source.PAPER else Voice.State.NEW)


@change("meeting.recorded", says=_("{by} entered a community meeting of {library} with {n} needs"))
def record_meeting(*, library: Library, title: str, held_on: date, people: int, needs: Sequence[MeetingNeed],
                   by: Actor, at: datetime, id: UUID) -> Meeting:
    """A rembug warga with its needs and the number of people behind each. Raises NotAllowed, WrongDay, EmptyVoice,
    UnknownTheme."""
    if not can_listen(by, library.pk):
        raise NotAllowed(_("You do not work at this library."))
    today = clock.local_date(at, library.time_zone)
    if held_on > today:
        raise WrongDay(_("This day has not come yet."), field="held_on")
    if not needs:
        raise EmptyVoice(_("Write down at least one need."))
    if any(need.people > people or need.people < 1 for need in needs):
        raise EmptyVoice(_("Behind a need stand at least one and at most all who came."), field="people")
    meeting = Meeting.objects.create(id=derived_id(id, "meeting"), library=library, title=title.strip(), held_on=held_on,
                                     people=people)
    Voice.objects.bulk_create([Voice(
        id=derived_id(id, f"voice {n}"), library=library, meeting=meeting, text=checked(need.text, need.theme),
        theme=need.theme, neighbourhood=need.neighbourhood.strip()[:80], people=need.people,
        source=Voice.Source.MEETING, state=Voice.State.ACCEPTED, happened_at=at, local_date=held_on)
        for n, need in enumerate(needs)])
    note(n=len(needs))
    return meeting


SETTABLE = (Voice.State.ACCEPTED, Voice.State.PLANNED, Voice.State.ANSWERED, Voice.State.DECLINED,
            Voice.State.REMOVED, Voice.State.NEW)


@change("voices.answered", says=_("{by} marked {n} voices of {library} as {state}"))
def answer_need(*, library: Library, voices: Sequence[UUID], state: str, word: str = "", answered_by: str = "",
                is_shown: bool = True, by: Actor, at: datetime, id: UUID) -> int:
    """Say what becomes of these voices of a library: noted, planned, done, not possible (with a word of why),
    removed (spam), or unread again. `answered_by` names the row that answers them ("activities.Activity:<uuid>").
    How many it were; ids of other libraries are passed over. Raises NotAllowed, NeedsAWord."""
    if not can_listen(by, library.pk):
        raise NotAllowed(_("You do not work at this library."))
    if state not in SETTABLE:
        raise NeedsAWord(_("Choose what becomes of it."), field="state")
    if state == Voice.State.DECLINED and not word.strip():
        raise NeedsAWord(_("Say in a few words why it is not possible."), field="word")
    more: dict[str, str] = {}
    if word.strip() or state in (Voice.State.NEW, Voice.State.REMOVED):
        more["word"] = word.strip()[:200]
    if answered_by or state not in (Voice.State.PLANNED, Voice.State.ANSWERED):
        more["answered_by"] = answered_by[:90]  # what is only noted, or not possible, is answered by nothing
    n = Voice.objects.filter(library=library, pk__in=list(voices)).update(state=state, is_shown=is_shown, **more)
    note(n=n, state=state)
    return n


@change("voice.told", says=_("{by} told somebody what became of her voice at {library}"))
def mark_told(*, voice: Voice, by: Actor, at: datetime, id: UUID) -> Voice:
    """She was told: her number is erased."""
    if not can_listen(by, voice.library_id):
        raise NotAllowed(_("You do not work at this library."))
    note(library=voice.library_id, n=1)
    voice.told_at, voice.phone = at, ""
    voice.save(update_fields=["told_at", "phone"])
    return voice


def checked(text: str, theme: str) -> str:
    """The words without superfluous spaces; refused if they say nothing or the theme is unknown."""
    said = " ".join(text.replace("\x00", "").split())[:500]
    if len(said) < 3:
        raise EmptyVoice(_("Write in a few words what you would like."), field="text")
    if theme not in themes.BY_KEY:
        raise UnknownTheme(_("Tap what it is about."), field="theme")
    return said


def checked_phone(phone: str) -> str:
    """E.164, or "" for none; a number that cannot be one is refused."""
    if not phone.strip():
        return ""
    number = phones.normalise(phone)
    if number is None:
        raise WrongPhone(_("This is no phone number. Write it like 0812 3456 7890, or leave it empty."), field="phone")
    return number

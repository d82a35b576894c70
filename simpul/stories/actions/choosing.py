"""Rounds of the most significant change: opened for a period, chosen upwards with reasons, closed."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from simpul.core.actor import Actor
from simpul.core.change import change, note
from simpul.core.ids import derived_id
from simpul.core.refusal import NotAllowed
from simpul.libraries.models import Library, Region
from simpul.stories.actions.refusals import NoCandidate, NotToldYet, RoundClosed, WrongDay
from simpul.stories.models import Choice, Round, Story
from simpul.stories.permissions import can_choose_in_group, can_choose_in_library, can_run_rounds
from simpul.stories.queries import candidates, libraries_in


@change("round.opened", says=_("{by} opened round {result}"))
def open_round(*, title: str, first_on: date, last_on: date, by: Actor, at: datetime, id: UUID) -> Round:
    """Stories verified in this period are compared. Raises NotAllowed, NotToldYet, WrongDay."""
    if not can_run_rounds(by):
        raise NotAllowed(_("The coordinator opens and closes rounds."))
    if not title.strip():
        raise NotToldYet(_("Give the round a name."), field="title")
    if last_on < first_on:
        raise WrongDay(_("The last day stands before the first."), field="last_on")
    return Round.objects.create(id=derived_id(id, "round"), title=title.strip()[:120], first_on=first_on, last_on=last_on,
                                made_at=at)


@change("round.chosen", says=_("{by} chose a most significant change in round {round}"))
def choose(*, round: Round, level: str, theme: str, story: Story, reason: str, library: Library | None = None,
           region: Region | None = None, day: date, by: Actor, at: datetime, id: UUID) -> Choice:
    """The most significant of the stories of a library (with `library`), a kecamatan (with `region`) or the city, and
    why. Choosing again replaces. `day` is the local day on which consents must stand. Raises NotAllowed, RoundClosed,
    NoCandidate, NotToldYet."""
    place = _place(round, level, library, region, by)
    row = Round.objects.select_for_update().get(pk=round.pk)
    if row.closed_at is not None:
        raise RoundClosed(_("This round is closed."))
    if len(reason.strip()) < 10:
        raise NotToldYet(_("Say why this change is the most significant: the libraries will read it."), field="reason")
    found = Story.objects.select_for_update().filter(pk=story.pk).first()
    if found is None or story.pk not in {one.pk for one in candidates(row, level, theme, day, library=library,
                                                                       region=region)}:
        raise NoCandidate(_("This story is not among those to choose from."), field="story")
    if library is not None:
        note(library=library.pk)
    Choice.objects.filter(round=row, level=level, theme=theme, place=place).delete()
    return Choice.objects.create(
        id=derived_id(id, "choice"), round=row, level=level, theme=theme, library=library, region=region, place=place,
        story=found, reason=reason.strip()[:600], chosen_at=at)


def _place(round: Round, level: str, library: Library | None, region: Region | None, by: Actor) -> Any:
    """The id of what is chosen for, if this actor may choose there."""
    if level == Choice.Level.LIBRARY and library is not None and can_choose_in_library(by, library.pk):
        return library.pk
    if level == Choice.Level.GROUP and region is not None and can_choose_in_group(by, libraries_in(region)):
        return region.pk
    if level == Choice.Level.CITY and can_run_rounds(by):
        return round.pk
    raise NotAllowed(_("Somebody else chooses here."))


@change("round.closed", says=_("{by} closed round {round}"))
def close_round(*, round: Round, by: Actor, at: datetime, id: UUID) -> Round:
    """The choices stand; the libraries read what was chosen and why. Raises NotAllowed."""
    if not can_run_rounds(by):
        raise NotAllowed(_("The coordinator opens and closes rounds."))
    round.closed_at = at
    round.save(update_fields=["closed_at"])
    return round


@change("round.reopened", says=_("{by} opened round {round} again"))
def reopen_round(*, round: Round, by: Actor, at: datetime, id: UUID) -> Round:
    if not can_run_rounds(by):
        raise NotAllowed(_("The coordinator opens and closes rounds."))
    round.closed_at = None
    round.save(update_fields=["closed_at"])
    return round

"""What the pages of this room share."""

from collections.abc import Callable
from datetime import date
from functools import wraps
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.formats import date_format

from simpul.core import clock
from simpul.core.forms import ChangeForm
from simpul.core.refusal import NotAllowed, Refusal
from simpul.core.say import say
from simpul.libraries.models import Library
from simpul.libraries.pages import counts, library_page, works_at
from simpul.stories.forms import FORMS, STEPS, HelpedForm, initial_of
from simpul.stories.models import Story
from simpul.stories.queries import offered

View = Callable[..., HttpResponse]
MOST_OFFERED = 8


def today(library: Library | None = None) -> date:
    return clock.local_date(clock.now(), library.time_zone if library else "Asia/Jakarta")


def unkept(response: HttpResponse) -> HttpResponse:
    """No browser, proxy or worker shows this page again without asking: it may have been withdrawn meanwhile."""
    response["Cache-Control"] = "no-store"
    return response


def _page(allowed: Any) -> Callable[[View], View]:
    def decorate(view: View) -> View:
        @library_page(allowed)
        @wraps(view)
        def page(request: HttpRequest, library: Library, id: UUID, **rest: Any) -> HttpResponse:
            day = today(library)
            story = Story.objects.visible_to(request.actor, day).filter(  # type: ignore[attr-defined]
                library=library, pk=id).shown(day).first()
            if story is None:
                raise Http404
            return unkept(view(request, library=library, story=story, **rest))

        return page

    return decorate


#: a story of the library in the address, for its staff; and for those who check it besides
story_page, checked_page = _page(works_at), _page(counts)


def do(request: HttpRequest, action: Callable[[], Any], said: Any, *to: Any, undo: str = "") -> HttpResponse:
    """A button: run the action, say what happened or why not, and go on."""
    try:
        action()
        say(request, said, undo=undo)
    except NotAllowed:
        raise
    except Refusal as refusal:
        say(request, str(refusal), level=messages.ERROR)
    return redirect(*to)


def prompt(story: Story, step: int, data: Any = None) -> ChangeForm:
    """The form of one of the story's prompts. Raises Http404 for a number that it has not."""
    if step not in STEPS[Story.Kind(story.kind)]:
        raise Http404
    more: dict[str, Any] = {}
    initial = initial_of(story, step)
    if step == 3:
        rows = offered(story, today(story.library), most=MOST_OFFERED).activities
        more["activities"] = [(str(one.pk), f"{one.gathering.title}, {_day(one.gathering.first_on)}") for one, _hers in rows]
        initial["activities"] = [str(pk) for pk in story.evidence.filter(
            activity__isnull=False).values_list("activity", flat=True)]
    return FORMS[step](data, initial=initial, **more)


def _day(day: date | None) -> str:
    return date_format(day, "j M Y") if day else ""


def chosen_activities(form: ChangeForm, story: Story) -> list[UUID] | None:
    """The activities that the third prompt ticked, and those behind it that it did not offer; None where it did not ask."""
    if not isinstance(form, HelpedForm) or "activities" not in form.fields:
        return None
    offered_ = {key for key, _label in form.fields["activities"].choices}  # type: ignore[attr-defined]
    kept = [pk for pk in story.evidence.filter(activity__isnull=False).values_list("activity", flat=True)
            if str(pk) not in offered_]
    return [*kept, *(UUID(key) for key in form.cleaned_data["activities"])]


def next_step(story: Story, step: int) -> int | None:
    """The prompt after this one, None after the last."""
    return next((one for one in STEPS[Story.Kind(story.kind)] if one > step), None)


def progress(story: Story, step: int) -> dict[str, int | None]:
    """Which of how many, and the one before."""
    steps = STEPS[Story.Kind(story.kind)]
    n = steps.index(step)
    return {"n": n + 1, "of": len(steps), "before": steps[n - 1] if n else None}


def uuids(values: list[str]) -> list[UUID]:
    """Those of the values that are ids."""
    found = []
    for value in values:
        try:
            found.append(UUID(value))
        except ValueError:
            continue
    return found


def share_text(story: Story, address: str) -> str:
    """What is sent on by WhatsApp."""
    said = f"“{story.quote}”\n" if story.quote else ""
    return f"*{story.headline}*\n{said}{story.shown_name}, {story.library.name}\n{address}"

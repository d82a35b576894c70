"""Her own pages, opened by her link, no account: telling, agreeing, reading what she agreed to, withdrawing."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from simpul.core import clock
from simpul.core.actor import Actor, ActorKind
from simpul.core.forms import change_id_of
from simpul.core.say import say
from simpul.files.responses import file_response
from simpul.stories.actions import add_story_photo, give_consent, withdraw, write_story
from simpul.stories.forms import STEPS, ConsentForm, PhotoForm, told_by
from simpul.stories.models import Story, story_of
from simpul.stories.views.pages import (
    chosen_activities,
    do,
    next_step,
    progress,
    prompt,
    today,
    unkept,
)
from simpul.stories.wordings import by_version, current


def own_page(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Turns the link into `story`, as she may see it, and `by`, who acts with it."""

    @wraps(view)
    def page(request: HttpRequest, token: str, **rest: Any) -> HttpResponse:
        found = story_of(token.replace("\x00", ""))
        if found is None:
            raise Http404
        row = Story.objects.filter(pk=found.pk).shown(today(found.library)).get()
        by = Actor(kind=ActorKind.LINK, id=row.pk)
        # the house's Referrer-Policy (same-origin) tells her address nobody else; a stricter one would have the browser
        # send its forms without an origin, which are then refused
        return unkept(view(request, story=row, by=by, **rest))

    return page


@require_safe
@own_page
def own(request: HttpRequest, story: Story, by: Actor) -> HttpResponse:
    """A draft goes on where it stopped; a story that is told shows what she agreed to, and the way out."""
    if story.state == Story.State.GONE:
        return render(request, "stories/mine_gone.html", {"story": story, "consents": list(story.consents.all())})
    consent = story.consent
    if story.is_open and (consent is None or consent.words != story.words):
        return render(request, "stories/mine_start.html", {"story": story, "first": _first_missing(story),
                                                           "is_told": bool(story.quote and story.theme)})
    return render(request, "stories/mine.html", {
        "story": story, "consent": consent, "pictures": story.shown_pictures,
        "wording": by_version(consent.wording) if consent else None, "photo_form": PhotoForm()})


FILLED = {1: "name", 2: "before", 3: "helped", 4: "after", 5: "quote"}


def _first_missing(story: Story) -> int:
    """The first prompt without an answer; an alias is as good as a name."""
    for step in STEPS[Story.Kind(story.kind)]:
        if not getattr(story, FILLED[step]) and not (step == 1 and story.alias):
            return step
    return STEPS[Story.Kind(story.kind)][-1]


@own_page
def step(request: HttpRequest, story: Story, by: Actor, step: int) -> HttpResponse:
    if not story.is_open:
        return redirect("stories:mine", story.token)
    form = prompt(story, step, request.POST or None)
    if request.method == "POST" and form.is_valid():
        done = form.attempt(lambda: write_story(story=story, told=told_by(form, step), by=by, at=clock.now(),
                                                activities=chosen_activities(form, story), id=form.change_id))
        if done is not None:
            after = next_step(story, step)
            return redirect("stories:mine_step", story.token, after) if after else redirect(
                "stories:mine_consent", story.token)
    return render(request, "stories/step.html", {"story": story, "form": form, "step": step, "is_mine": True,
                                                 **progress(story, step)}, status=422 if form.errors else 200)


@own_page
def consent(request: HttpRequest, story: Story, by: Actor) -> HttpResponse:
    if story.state == Story.State.GONE:
        return redirect("stories:mine", story.token)
    form = ConsentForm(request.POST or None, story=story, day=today(story.library), is_link=True)
    if request.method == "POST" and form.is_valid():
        done = form.attempt(lambda: give_consent(story=story, by=by, at=clock.now(), id=form.change_id, **form.given))
        if done is not None:
            say(request, _("Thank you. Keep this link: here you read what you agreed to, and withdraw it with one tap."))
            return redirect("stories:mine", story.token)
    return render(request, "stories/consent.html", {
        "story": story, "form": form, "wording": current(), "is_mine": True,
        "sentence": current().sentence(is_child=story.is_child)}, status=422 if form.errors else 200)


@require_POST
@own_page
def photo_new(request: HttpRequest, story: Story, by: Actor) -> HttpResponse:
    form = PhotoForm(request.POST, request.FILES)
    if form.is_valid():
        return do(request, lambda: add_story_photo(
            story=story, picture=form.cleaned_data["picture"], caption=form.cleaned_data["caption"], by=by, at=clock.now(),
            id=form.change_id), _("The picture is added."), "stories:mine", story.token)
    say(request, " ".join(str(error) for errors in form.errors.values() for error in errors), level=40)
    return redirect("stories:mine", story.token)


@require_safe
@own_page
def photo(request: HttpRequest, story: Story, by: Actor, photo: UUID) -> HttpResponse:
    for one in story.shown_pictures:
        if one.pk == photo:
            return file_response(one.file)  # type: ignore[return-value]
    raise Http404


@require_POST
@own_page
def leave(request: HttpRequest, story: Story, by: Actor) -> HttpResponse:
    """One tap."""
    return do(request, lambda: withdraw(story=story, by=by, at=clock.now(), id=change_id_of(request.POST)),
              _("Your story is deleted: words, pictures and name."), "stories:mine", story.token)

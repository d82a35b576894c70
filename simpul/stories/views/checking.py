"""Sending on, checking, hiding: buttons of a story's page."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from simpul.core import clock
from simpul.core.forms import ChangeForm, change_id_of
from simpul.core.say import say
from simpul.libraries.models import Library
from simpul.stories.actions import hide, send_back, show, submit, verify
from simpul.stories.forms import BackForm, VerifyForm
from simpul.stories.models import Story
from simpul.stories.views.pages import checked_page, do, story_page


@require_POST
@story_page
def send(request: HttpRequest, library: Library, story: Story) -> HttpResponse:
    return do(request, lambda: submit(story=story, by=request.actor, at=clock.now(),  # type: ignore[attr-defined]
                                      id=change_id_of(request.POST)),
              _("Sent. Your mentor or the coordinator checks it with her."), "stories:story", library.code, story.pk)


def _wrong(request: HttpRequest, form: ChangeForm, story: Story) -> HttpResponse:
    say(request, " ".join(str(error) for errors in form.errors.values() for error in errors), level=40)
    return redirect("stories:story", story.library.code, story.pk)


@require_POST
@checked_page
def check(request: HttpRequest, library: Library, story: Story) -> HttpResponse:
    form = VerifyForm(request.POST)
    if not form.is_valid():
        return _wrong(request, form, story)
    return do(request, lambda: verify(
        story=story, how=form.cleaned_data["how"], checked_on=form.cleaned_data["checked_on"],
        by=request.actor, at=clock.now(), id=form.change_id),  # type: ignore[attr-defined]
        _("Verified. It is shown to those she agreed to."), "stories:story", library.code, story.pk)


@require_POST
@checked_page
def back(request: HttpRequest, library: Library, story: Story) -> HttpResponse:
    form = BackForm(request.POST)
    if not form.is_valid():
        return _wrong(request, form, story)
    return do(request, lambda: send_back(story=story, word=form.cleaned_data["word"], by=request.actor, at=clock.now(),  # type: ignore[attr-defined]
                                         id=form.change_id),
              _("Sent back with your word."), "stories:city")


@require_POST
@checked_page
def down(request: HttpRequest, library: Library, story: Story) -> HttpResponse:
    return do(request, lambda: hide(story=story, by=request.actor, at=clock.now(), id=change_id_of(request.POST)),  # type: ignore[attr-defined]
              _("Nobody outside sees it now."), "stories:story", library.code, story.pk,
              undo=reverse("stories:show", args=[library.code, story.pk]))


@require_POST
@checked_page
def up(request: HttpRequest, library: Library, story: Story) -> HttpResponse:
    return do(request, lambda: show(story=story, by=request.actor, at=clock.now(), id=change_id_of(request.POST)),  # type: ignore[attr-defined]
              _("It is shown again."), "stories:story", library.code, story.pk)

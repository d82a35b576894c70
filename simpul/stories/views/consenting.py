"""Recording consent: the sheet to sign, its photo, a witness; and withdrawing at the desk."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from simpul.core import clock
from simpul.core.forms import ChangeForm
from simpul.core.say import say
from simpul.files.papers import pdf_response
from simpul.files.responses import file_response
from simpul.libraries.models import Library
from simpul.stories.actions import give_consent, withdraw
from simpul.stories.forms import ConsentForm
from simpul.stories.models import Story
from simpul.stories.sheets import consent_sheet
from simpul.stories.views.pages import story_page, today
from simpul.stories.wordings import current


@story_page
def consent(request: HttpRequest, library: Library, story: Story) -> HttpResponse:
    """Read the story aloud, tick what she wants, keep the proof."""
    form = ConsentForm(request.POST or None, request.FILES or None, story=story, day=today(library))
    if request.method == "POST" and form.is_valid():
        done = form.attempt(lambda: give_consent(story=story, by=request.actor, at=clock.now(),  # type: ignore[attr-defined]
                                                 id=form.change_id, **form.given))
        if done is not None:
            say(request, _("Her consent is recorded."))
            return redirect("stories:story", library.code, story.pk)
    return render(request, "stories/consent.html", {
        "library": library, "story": story, "form": form, "wording": current(),
        "sentence": current().sentence(is_child=story.is_child)}, status=422 if form.errors else 200)


@require_safe
@story_page
def sheet(request: HttpRequest, library: Library, story: Story) -> HttpResponse:
    """The consent as a sheet to print and sign, with the story on it."""
    return pdf_response(consent_sheet(story, made_at=clock.now()), f"persetujuan-{story.code}")


@require_safe
@story_page
def proof(request: HttpRequest, library: Library, story: Story) -> HttpResponse:
    """The signed sheet of the consent in force."""
    consent = story.consent
    if consent is None or consent.evidence is None:
        raise Http404
    return file_response(consent.evidence)  # type: ignore[return-value]


@story_page
def leave(request: HttpRequest, library: Library, story: Story) -> HttpResponse:
    """She came or called: say what will happen, then do it. It cannot be undone, so it is asked."""
    form = ChangeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        form.attempt(lambda: withdraw(story=story, by=request.actor, at=clock.now(), id=form.change_id))  # type: ignore[attr-defined]
        if not form.errors:
            say(request, _("The story is withdrawn and deleted: words, pictures and name."))
            return redirect("stories:list", library.code)
    return render(request, "stories/withdraw.html", {"library": library, "story": story, "form": form})

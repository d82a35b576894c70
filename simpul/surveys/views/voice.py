"""The one-minute voice: for everybody, on the own phone or at the tablet, without an account."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from simpul.core import clock
from simpul.core.crowd import admit
from simpul.libraries.models import Library
from simpul.surveys.actions import disclose, leave_voice
from simpul.surveys.forms import VoiceForm
from simpul.surveys.models import Survey, Voice
from simpul.surveys.queries import hotlines
from simpul.surveys.views.pages import LEFT_SECONDS, THANKS_SECONDS, back_to_the_door, is_kiosk, public_library, today

SHOWN = 20


def voice(request: HttpRequest, code: str) -> HttpResponse:
    """Say what you would like; below stands what others said and what became of it."""
    library = public_library(code)
    form = VoiceForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if not form.is_trap:
            form.attempt(lambda: _take(request, library, form))
        if not form.errors:
            return redirect("surveys:voice_thanks", code=library.code)
    rows = Voice.objects.shown().filter(library=library).order_by("-happened_at")[:SHOWN]
    surveys = Survey.objects.filter(library=library, is_listed=True, is_by_invitation=False).open_on(today(library))
    at_kiosk = is_kiosk(request)
    response = render(request, "surveys/voice.html", {
        "library": library, "form": form, "voices": rows, "at_kiosk": at_kiosk, "surveys": surveys.order_by("title"),
        "hotlines": hotlines()},
        status=422 if form.errors else 200)
    return back_to_the_door(response, LEFT_SECONDS) if at_kiosk else response


def _take(request: HttpRequest, library: Library, form: VoiceForm) -> None:
    told = form.cleaned_data
    admit(request, form.change_id, trap="", at=clock.now())
    who = {"neighbourhood": told["neighbourhood"], "phone": told["phone"], "by": request.actor,  # type: ignore[attr-defined]
           "at": clock.now(), "id": form.change_id}
    if told["is_about_safety"]:
        disclose(library_id=library.pk, text=told["text"], **who)
    else:
        leave_voice(library=library, text=told["text"], theme=told["theme"],
                    source=Voice.Source.KIOSK if is_kiosk(request) else Voice.Source.PAGE, **who)


@require_safe
def voice_thanks(request: HttpRequest, code: str) -> HttpResponse:
    """Thank you; the same words for everybody, so that nobody looking on learns what it was about."""
    library = public_library(code)
    at_kiosk = is_kiosk(request)
    response = render(request, "surveys/voice_thanks.html", {"library": library, "at_kiosk": at_kiosk, "hotlines": hotlines()})
    return back_to_the_door(response, THANKS_SECONDS) if at_kiosk else response

"""What a library heard: read, grouped, answered, told."""

from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from simpul.core import clock, phones
from simpul.core.forms import change_id_of
from simpul.core.refusal import NotAllowed, Refusal
from simpul.core.say import say
from simpul.libraries.models import Library
from simpul.libraries.pages import counts, library_page, works_at
from simpul.surveys import themes
from simpul.surveys.actions import answer_need, leave_voice, mark_told, pass_on, record_meeting
from simpul.surveys.forms import AnswerForm, MeetingForm, SpokenForm
from simpul.surveys.models import Meeting, Voice
from simpul.surveys.permissions import can_listen
from simpul.surveys.queries import needs_of, spellings_of, withheld_needs
from simpul.surveys.views.pages import outside, qr, today, uuids

PAGE = 20
STATES = {"baru": Voice.State.NEW, "dicatat": Voice.State.ACCEPTED, "rencana": Voice.State.PLANNED,
          "selesai": Voice.State.ANSWERED, "tidak": Voice.State.DECLINED, "dibuang": Voice.State.REMOVED}


@require_safe
@library_page(counts)
def needs(request: HttpRequest, library: Library) -> HttpResponse:
    """What people want, by theme and neighbourhood. Words and numbers for the library's own staff only."""
    is_own = can_listen(request.actor, library.pk)  # type: ignore[attr-defined]
    groups = needs_of(library.pk)
    context: dict[str, Any] = {
        "library": library, "is_own": is_own, "people": sum(group.people for group in groups),
        "groups": groups[:PAGE] if is_own else [], "more": max(len(groups) - PAGE, 0),
        "bars": _bars(groups) if is_own else withheld_needs(groups)}
    if is_own:
        context |= _list(request, library)
    return render(request, "surveys/needs.html", context)


def _bars(groups: list[Any]) -> list[dict[str, Any]]:
    totals: dict[str, int] = {}
    for group in groups:
        totals[group.theme] = totals.get(group.theme, 0) + group.people
    return [{"label": themes.label_of(key), "value": n, "href": f"?tema={key}&keadaan=semua#suara"}
            for key, n in sorted(totals.items(), key=lambda pair: -pair[1])]


def _list(request: HttpRequest, library: Library) -> dict[str, Any]:
    """The voices that the address asks for: unread ones first of all, else those noted."""
    rows = Voice.objects.filter(library=library)
    waiting = rows.waiting().count()
    asked = request.GET.get("keadaan", "")
    if asked not in (*STATES, "semua"):
        asked = "baru" if waiting else "semua"
    theme, place = request.GET.get("tema", ""), request.GET.get("lingkungan", "")[:80]
    rows = rows.counting() if asked == "semua" else rows.filter(state=STATES[asked])
    rows = rows.filter(theme=theme) if theme in themes.BY_KEY else rows
    rows = rows.filter(neighbourhood__in=spellings_of(library.pk, place)) if place else rows
    page = Paginator(rows.select_related("meeting").order_by("-happened_at", "-pk"), PAGE).get_page(
        request.GET.get("page"))
    return {"page": page, "asked": asked, "waiting": waiting, "theme": theme, "place": place,
            "theme_label": themes.label_of(theme) if theme in themes.BY_KEY else "",
            "rows": [(voice, _link(voice, library), _activity_url(voice, library)) for voice in page],
            "tabs": [("baru", _("To read")), ("dicatat", _("Noted")), ("rencana", _("Planned")), ("selesai", _("Done")),
                     ("tidak", _("Not possible")), ("dibuang", _("Removed")), ("semua", _("All"))],
            "form": AnswerForm(ids=[])}


def _activity_url(voice: Voice, library: Library) -> str:
    """The page of the activity that answers it, made on a floor above; "" where none does."""
    kind, _colon, id = voice.answered_by.partition(":")
    return reverse("activities:activity", args=[library.code, id]) if kind == "activities.Activity" else ""


def _link(voice: Voice, library: Library) -> str:
    """A WhatsApp message ready to be sent to who spoke; "" while there is nothing to tell or nobody to tell it."""
    if not voice.phone or voice.state not in (Voice.State.PLANNED, Voice.State.ANSWERED, Voice.State.DECLINED):
        return ""
    told = {Voice.State.PLANNED: _("we are planning it"), Voice.State.ANSWERED: _("it is here now"),
            Voice.State.DECLINED: _("it is not possible at the moment")}[Voice.State(voice.state)]
    text = _("Hello, this is %(library)s. You told us what you would like: “%(text)s”. Our answer: %(told)s.") % {
        "library": library.name, "text": voice.text, "told": told}
    return phones.whatsapp_link(voice.phone, f"{text} {voice.word}".strip())


@require_POST
@library_page(works_at)
def answer(request: HttpRequest, library: Library) -> HttpResponse:
    """One state and one word for all voices that are ticked; a button of a single line names its voice."""
    form = AnswerForm(request.POST, ids=request.POST.getlist("voices"))
    back = redirect(f"{reverse('surveys:needs', args=[library.code])}?{request.GET.urlencode()}#suara")
    if not form.is_valid():
        say(request, _("Tick at least one voice and choose what becomes of it."), level=40)
        return back
    told = form.cleaned_data
    ids = uuids(told["voices"])
    try:
        n = answer_need(library=library, voices=ids, state=told["state"], word=told["word"], by=request.actor,  # type: ignore[attr-defined]
                        at=clock.now(), id=form.change_id)
    except Refusal as refusal:
        say(request, refusal, level=40)
        return back
    undo = reverse("surveys:unread", args=[library.code, ids[0]]) if len(ids) == 1 else ""
    say(request, _("%(n)s marked: %(state)s.") % {"n": n, "state": Voice.State(told["state"]).label}, undo=undo)
    return back




def _voice(request: HttpRequest, library: Library, id: UUID) -> Voice:
    row = Voice.objects.visible_to(request.actor).filter(library=library, pk=id).first()  # type: ignore[attr-defined]
    if row is None:
        raise Http404
    return row


@require_POST
@library_page(works_at)
def unread(request: HttpRequest, library: Library, id: UUID) -> HttpResponse:
    """Undo: the voice is to be read again."""
    voice = _voice(request, library, id)
    answer_need(library=library, voices=[voice.pk], state=Voice.State.NEW, by=request.actor, at=clock.now(),  # type: ignore[attr-defined]
                id=change_id_of(request.POST))
    return redirect("surveys:needs", code=library.code)


@require_POST
@library_page(works_at)
def safety(request: HttpRequest, library: Library, id: UUID) -> HttpResponse:
    """Hand a voice that discloses harm to the safeguarding person; it leaves this page for good."""
    try:
        pass_on(voice_id=id, by=request.actor, at=clock.now(), id=change_id_of(request.POST))  # type: ignore[attr-defined]
    except NotAllowed:
        raise  # another library's voice: the page is not there
    except Refusal as refusal:
        say(request, refusal, level=40)
    else:
        say(request, _("Passed on. Only the safeguarding person reads it now."))
    return redirect("surveys:needs", code=library.code)


@require_POST
@library_page(works_at)
def told(request: HttpRequest, library: Library, id: UUID) -> HttpResponse:
    mark_told(voice=_voice(request, library, id), by=request.actor, at=clock.now(), id=change_id_of(request.POST))  # type: ignore[attr-defined]
    say(request, _("Told. The number is erased."))
    return redirect(f"{reverse('surveys:needs', args=[library.code])}?{request.GET.urlencode()}#suara")


@library_page(works_at)
def spoken(request: HttpRequest, library: Library) -> HttpResponse:
    """Write down what somebody said at the desk or left on paper."""
    form = SpokenForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        done = form.attempt(lambda: leave_voice(
            library=library, text=data["text"], theme=data["theme"], neighbourhood=data["neighbourhood"],
            phone=data["phone"], source=Voice.Source.PAPER, by=request.actor, at=clock.now(), id=form.change_id))  # type: ignore[attr-defined]
        if done:
            say(request, _("Noted. The next one?"), undo=reverse("surveys:unread", args=[library.code, done.pk]))
            return redirect("surveys:spoken", code=library.code)
    return render(request, "surveys/spoken.html", {"library": library, "form": form}, status=422 if form.errors else 200)


@library_page(works_at)
def meetings(request: HttpRequest, library: Library) -> HttpResponse:
    """Enter a community meeting; those entered before stand below."""
    form = MeetingForm(request.POST or None, initial={"held_on": today(library)})
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        done = form.attempt(lambda: record_meeting(
            library=library, title=data["title"], held_on=data["held_on"], people=data["people"], needs=form.needs,
            by=request.actor, at=clock.now(), id=form.change_id))  # type: ignore[attr-defined]
        if done:
            say(request, _("The meeting is entered."))
            return redirect("surveys:meetings", code=library.code)
    rows = Meeting.objects.filter(library=library).prefetch_related("voices").order_by("-held_on", "-pk")
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    return render(request, "surveys/meetings.html", {"library": library, "form": form, "page": page},
                  status=422 if form.errors else 200)


@require_safe
@library_page(works_at)
def poster(request: HttpRequest, library: Library) -> HttpResponse:
    """A QR poster (A4) that leads to the voice page."""
    address = outside(request, reverse("surveys:voice", args=[library.code]))
    return render(request, "surveys/poster.html", {"library": library, "address": address, "code": qr(address)})

"""A library's stories: the list, writing them down, pictures, and what stands behind them."""

from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from simpul.catalogue.models import Title
from simpul.core import clock
from simpul.core.forms import change_id_of
from simpul.core.phones import whatsapp_link
from simpul.core.say import say
from simpul.files.responses import file_response
from simpul.gatherings.models import Registration
from simpul.libraries.models import Library
from simpul.libraries.pages import library_page, works_at
from simpul.stories.actions import (
    add_story_photo,
    begin_story,
    discard_draft,
    remove_story_photo,
    set_evidence,
    take_back,
    write_story,
)
from simpul.stories.forms import BackForm, BeginForm, PhotoForm, VerifyForm, told_by
from simpul.stories.models import Audience, Story
from simpul.stories.permissions import can_check, can_tell
from simpul.stories.queries import may_tell, offered, proofs_of, tabs_of
from simpul.stories.views.pages import (
    checked_page,
    chosen_activities,
    do,
    next_step,
    progress,
    prompt,
    story_page,
    today,
    unkept,
    uuids,
)

PAGE = 20
TABS = {"tulis": (Story.State.DRAFT, Story.State.BACK), "periksa": (Story.State.WAITING,), "tampil": (Story.State.VERIFIED,)}


@require_safe
@library_page(works_at)
def stories(request: HttpRequest, library: Library) -> HttpResponse:
    """Those being written, those that wait, those that are told."""
    day, counts = today(library), tabs_of(library)
    numbers = {key: sum(counts.get(state, 0) for state in states) for key, states in TABS.items()}
    asked = request.GET.get("tampil", "")
    if asked not in TABS:
        asked = next((key for key in ("tulis", "periksa", "tampil") if numbers[key]), "tulis")
    rows = Story.objects.filter(library=library, state__in=TABS[asked]).shown(day).order_by("-touched_at", "-pk")
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    return unkept(render(request, "stories/list.html", {
        "library": library, "page": page, "rows": list(page.object_list), "asked": asked, "day": day,
        "tabs": [("tulis", _("Being written"), numbers["tulis"]), ("periksa", _("With the mentor"), numbers["periksa"]),
                 ("tampil", _("Verified"), numbers["tampil"])], "is_empty": not any(numbers.values())}))


@library_page(works_at)
def new(request: HttpRequest, library: Library) -> HttpResponse:
    """Who tells, in which form; beside it those who came six weeks ago and agreed to be asked."""
    asked = may_tell(library, today(library))
    start = asked.filter(pk__in=uuids([request.GET.get("peserta", "")])).first()
    form = BeginForm(request.POST or None, initial={"name": start.name} if start else {})
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        story = form.attempt(lambda: begin_story(
            library=library, kind=told["kind"], name=told["name"], alias=told["alias"], is_child=told["is_child"],
            activity=_activity_of(start), by=request.actor, at=clock.now(), id=form.change_id))  # type: ignore[attr-defined]
        if story is not None:
            step = 5 if story.is_testimony else 2
            return redirect("stories:step", library.code, story.pk, step)
    return render(request, "stories/new.html", {
        "library": library, "form": form, "start": start, "asked": list(asked[:10])}, status=422 if form.errors else 200)


def _activity_of(registration: Registration | None) -> Any:
    return getattr(registration.gathering, "activity", None) if registration else None


@require_safe
@checked_page
def story(request: HttpRequest, library: Library, story: Story) -> HttpResponse:
    """Where it stands and what is next; for the mentor the check, for the staff what stands behind it."""
    actor = request.actor  # type: ignore[attr-defined]
    is_own = can_tell(actor, library.pk)
    link = request.build_absolute_uri(reverse("stories:mine", args=[story.token]))
    consent = story.consent
    return render(request, "stories/story.html", {
        "library": library, "story": story, "consent": consent, "is_own": is_own, "link": link if is_own else "",
        "can_check": can_check(actor, library.pk) and story.state == Story.State.WAITING,
        "words_changed": consent is not None and consent.words != story.words,
        "is_public": Story.objects.published_for(Audience.PUBLIC, today(library)).filter(pk=story.pk).exists(),
        "proofs": proofs_of(story) if is_own else None, "pictures": story.shown_pictures, "photo_form": PhotoForm(),
        "verify_form": VerifyForm(initial={"checked_on": today(library)}), "back_form": BackForm(),
        "whatsapp": whatsapp_link(None, _("This is your own page for your story at %(library)s. Here you write, agree, "
                                          "read what you agreed to, and can withdraw it at any time: %(link)s") % {
                                              "library": library.name, "link": link}) if is_own else ""})


@story_page
def step(request: HttpRequest, library: Library, story: Story, step: int) -> HttpResponse:
    if not story.is_open:
        return redirect("stories:story", library.code, story.pk)
    form = prompt(story, step, request.POST or None)
    if request.method == "POST" and form.is_valid():
        done = form.attempt(lambda: write_story(
            story=story, told=told_by(form, step), activities=chosen_activities(form, story),
            by=request.actor, at=clock.now(), id=form.change_id))  # type: ignore[attr-defined]
        if done is not None:
            after = next_step(story, step)
            if after and "later" not in request.POST:
                return redirect("stories:step", library.code, story.pk, after)
            return redirect("stories:story", library.code, story.pk)
    return render(request, "stories/step.html", {"library": library, "story": story, "form": form, "step": step,
                                                 **progress(story, step)}, status=422 if form.errors else 200)


@story_page
def evidence(request: HttpRequest, library: Library, story: Story) -> HttpResponse:
    """Activities, titles, loans and answers behind it; titles are found by their words (`q`)."""
    if request.method == "POST":
        told = {name: uuids(request.POST.getlist(name)) for name in ("activities", "titles", "loans", "responses")}
        return do(request, lambda: set_evidence(story=story, by=request.actor, at=clock.now(),  # type: ignore[attr-defined]
                                                id=change_id_of(request.POST), **told),
                  _("Saved."), "stories:story", library.code, story.pk)
    text = request.GET.get("q", "")[:80].replace("\x00", "").strip()
    there = story.evidence.filter(title__isnull=False).values("title")
    found = Title.objects.filter(title__icontains=text).order_by("title")[:10] if len(text) > 2 else ()
    chosen = {pk for row in story.evidence.values_list("activity", "title", "loan", "response") for pk in row if pk}
    return render(request, "stories/evidence.html", {
        "library": library, "story": story, "offered": offered(story, today(library)), "text": text, "chosen": chosen,
        "titles": list(Title.objects.filter(pk__in=there)), "found": [one for one in found if one.pk not in chosen]})


@require_POST
@story_page
def photo_new(request: HttpRequest, library: Library, story: Story) -> HttpResponse:
    form = PhotoForm(request.POST, request.FILES)
    if form.is_valid():
        return do(request, lambda: add_story_photo(
            story=story, picture=form.cleaned_data["picture"], caption=form.cleaned_data["caption"],
            by=request.actor, at=clock.now(), id=form.change_id),  # type: ignore[attr-defined]
            _("The picture is added."), "stories:story", library.code, story.pk)
    say(request, " ".join(str(error) for errors in form.errors.values() for error in errors), level=40)
    return redirect("stories:story", library.code, story.pk)


@require_safe
@checked_page
def photo(request: HttpRequest, library: Library, story: Story, photo: UUID) -> HttpResponse:
    for one in story.shown_pictures:
        if one.pk == photo:
            return file_response(one.file)  # type: ignore[return-value]
    raise Http404


@require_POST
@story_page
def photo_remove(request: HttpRequest, library: Library, story: Story, photo: UUID) -> HttpResponse:
    return do(request, lambda: remove_story_photo(
        photo_id=photo, story=story, by=request.actor, at=clock.now(), id=change_id_of(request.POST)),  # type: ignore[attr-defined]
        _("The picture is removed."), "stories:story", library.code, story.pk)


@require_POST
@story_page
def reopen(request: HttpRequest, library: Library, story: Story) -> HttpResponse:
    return do(request, lambda: take_back(story=story, by=request.actor, at=clock.now(),  # type: ignore[attr-defined]
                                         id=change_id_of(request.POST)),
              _("It is a draft again and shown to nobody."), "stories:story", library.code, story.pk)


@require_POST
@story_page
def discard(request: HttpRequest, library: Library, story: Story) -> HttpResponse:
    return do(request, lambda: discard_draft(story=story, by=request.actor, at=clock.now(),  # type: ignore[attr-defined]
                                             id=change_id_of(request.POST)),
              _("The draft is thrown away."), "stories:list", library.code)

"""Stories, their consents, pictures and evidence; rounds and choices."""

import hashlib
from datetime import date
from typing import Self

from django.core.signing import BadSignature, Signer
from django.db import models
from django.db.models import Exists, OuterRef, Prefetch, Q
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from simpul.accounts.models import Account
from simpul.activities.models import Activity
from simpul.catalogue.models import Title
from simpul.circulation.models import Loan
from simpul.core import clock
from simpul.core.actor import Actor
from simpul.core.models import Row
from simpul.files.models import StoredFile
from simpul.libraries.models import Library, Region
from simpul.people.models import Person
from simpul.stories.kinds import Change, Theme
from simpul.surveys.models import Response


class Audience(models.TextChoices):
    """For whom a story may be read."""

    LIBRARY = "library", _("this library only")
    CITY = "city", _("the city's libraries and officials")
    PUBLIC = "public", _("everybody, on the web")
    NATIONAL = "national", _("the national report (SIM)")


#: audience → the field of the consent that opens it
OPENS = {Audience.CITY: "for_city", Audience.PUBLIC: "for_public", Audience.NATIONAL: "for_national"}


class StoryQuerySet(models.QuerySet["Story"]):
    def present(self) -> Self:
        """Those that were not withdrawn."""
        return self.exclude(state=Story.State.GONE)

    def agreed(self, day: date, audience: str = Audience.LIBRARY) -> Self:
        """With a consent in force on `day`, for this audience."""
        rows = StoryConsent.objects.in_force(day).filter(story=OuterRef("pk"))
        if audience in OPENS:
            rows = rows.filter(**{OPENS[Audience(audience)]: True})
        return self.filter(Exists(rows))

    def published_for(self, audience: str, day: date) -> Self:
        """The one door: verified stories, not hidden, with a consent in force for this audience on this local day.
        Every page, list, report, export and selection asks here, so that a withdrawn story is nowhere at once."""
        return self.filter(state=Story.State.VERIFIED, is_hidden=False).agreed(day, audience)

    def checked_on(self, day: date) -> Self:
        """What mentors and the city may read on `day`: sent to them, with a consent that reaches beyond the library."""
        rows = StoryConsent.objects.in_force(day).filter(
            Q(for_city=True) | Q(for_public=True) | Q(for_national=True), story=OuterRef("pk"))
        return self.filter(state__in=(Story.State.WAITING, Story.State.VERIFIED)).filter(Exists(rows))

    def visible_to(self, actor: Actor, day: date) -> Self:
        """All of the actor's own libraries; of a mentor's libraries or the city those that may be checked."""
        if actor.is_node:
            return self.present()
        rows = self.present().filter(library_id__in=actor.staff_of)
        if actor.is_coordinator:
            return rows | self.checked_on(day)
        if actor.mentor_of:
            return rows | self.checked_on(day).filter(library_id__in=actor.mentor_of)
        return rows

    def shown(self, day: date) -> Self:
        """Each with its library, place, consent in force and pictures: three queries for any number."""
        return self.select_related("library__region__parent", "verified_by").prefetch_related(
            Prefetch("consents", queryset=StoryConsent.objects.in_force(day), to_attr="in_force"),
            Prefetch("photos", queryset=StoryPhoto.objects.select_related("file"), to_attr="pictures"))


class Story(Row):
    """Somebody's change. `name` is hers and for the library's staff; what others read is `shown_name`."""

    is_about_reader = True  # outsiders do not read of it in the journal

    class Kind(models.TextChoices):
        STORY = "story", _("story of change")
        TESTIMONY = "testimony", _("testimony")

    class State(models.TextChoices):
        DRAFT = "draft", _("being written")
        WAITING = "waiting", _("waits to be checked")
        BACK = "back", _("sent back")
        VERIFIED = "verified", _("verified")
        GONE = "gone", _("taken back by her")

    class How(models.TextChoices):
        VISIT = "visit", _("visited her")
        PHONE = "phone", _("talked on the phone")
        MEETING = "meeting", _("met her at the library")

    library = models.ForeignKey(Library, on_delete=models.PROTECT, related_name="stories")
    person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    code = models.CharField(max_length=8, unique=True)
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.STORY)
    state = models.CharField(max_length=8, choices=State, default=State.DRAFT)
    name = models.CharField(max_length=80, blank=True)
    alias = models.CharField(max_length=80, blank=True)
    is_child = models.BooleanField(default=False)
    title = models.CharField(max_length=120, blank=True)
    theme = models.CharField(max_length=12, choices=Theme, blank=True)
    before = models.TextField(max_length=1500, blank=True)
    helped = models.TextField(max_length=1500, blank=True)
    after = models.TextField(max_length=1500, blank=True)
    quote = models.CharField(max_length=400, blank=True)
    change = models.CharField(max_length=12, choices=Change, blank=True)
    income_before = models.PositiveBigIntegerField(null=True, blank=True)  # rupiah a month
    income_after = models.PositiveBigIntegerField(null=True, blank=True)   # rupiah a month
    is_hidden = models.BooleanField(default=False)  # the library takes it down for a while
    word = models.CharField(max_length=300, blank=True)  # why it was sent back
    verified_by = models.ForeignKey(Account, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    verified_how = models.CharField(max_length=8, choices=How, blank=True)
    verified_on = models.DateField(null=True, blank=True)  # the day it was checked with her
    happened_at = models.DateTimeField()
    local_date = models.DateField()
    touched_at = models.DateTimeField()
    recorded_at = models.DateTimeField(default=clock.now)
    gone_at = models.DateTimeField(null=True, blank=True)

    objects = StoryQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["library", "state", "-local_date"], name="story_by_state"),
            models.Index(fields=["state", "-verified_on"], name="story_by_verified"),
        ]
        constraints = [models.CheckConstraint(
            condition=~Q(state="gone") | Q(name="", alias="", title="", before="", helped="", after="", quote="", word="",
                                           person__isnull=True, income_before__isnull=True, income_after__isnull=True),
            name="story_gone_is_empty")]

    @property
    def is_testimony(self) -> bool:
        return self.kind == self.Kind.TESTIMONY

    @property
    def is_open(self) -> bool:
        """May its words still change?"""
        return self.state in (self.State.DRAFT, self.State.BACK)

    @property
    def is_verified(self) -> bool:
        return self.state == self.State.VERIFIED

    @property
    def consent(self) -> "StoryConsent | None":
        """The consent in force, where `shown()` brought it."""
        found: list[StoryConsent] = getattr(self, "in_force", [])
        return found[0] if found else None

    @property
    def shown_name(self) -> str:
        """Her name where she wants it to be read, else the alias, else what she is."""
        consent = self.consent
        if consent is not None and consent.with_name and self.name:
            return self.name
        return self.alias or str(_now("A child of the neighbourhood") if self.is_child else _now("A resident"))

    @property
    def shown_pictures(self) -> "list[StoryPhoto]":
        """Pictures, where the consent in force allows them."""
        consent = self.consent
        return list(getattr(self, "pictures", [])) if consent is not None and consent.with_photo else []

    @property
    def headline(self) -> str:
        words = self.title or self.quote or self.after
        return words if len(words) <= 120 else f"{words[:117]}…"

    @property
    def words(self) -> str:
        """A fingerprint of all that she agrees to; another one means other words."""
        told = (self.name, self.alias, self.title, self.before, self.helped, self.after, self.quote, self.change,
                self.income_before, self.income_after, self.is_child)
        return hashlib.sha256(repr(told).encode()).hexdigest()

    @property
    def token(self) -> str:
        """Her personal address: signed, so that nothing secret is kept."""
        return signer().sign(self.pk.hex)

    def journal_label(self, reader: Actor) -> str:
        if self.state == self.State.GONE:
            return _now("(withdrawn)")
        return self.headline if self.headline and reader.works_at(self.library_id) else _now("a story")


def signer() -> Signer:
    return Signer(salt="simpul.stories.own", sep=".")


def story_of(token: str) -> Story | None:
    """The story behind a personal address, withdrawn ones too, or None."""
    try:
        pk = signer().unsign(token)
    except BadSignature:
        return None
    return Story.objects.filter(pk=pk).first()


class StoryConsentQuerySet(models.QuerySet["StoryConsent"]):
    def in_force(self, day: date) -> Self:
        return self.filter(ended_at__isnull=True, until_on__gte=day)

    def over(self, day: date) -> Self:
        """Their time has passed."""
        return self.filter(ended_at__isnull=True, until_on__lt=day)


class StoryConsent(Row):
    """What she (or a child's guardian) agreed to. After it ended only that and what it was about stays."""

    is_about_reader = True

    class How(models.TextChoices):
        SHEET = "sheet", _("signed sheet")
        WITNESS = "witness", _("in person, with a witness")
        LINK = "link", _("by her own link")

    class Ended(models.TextChoices):
        WITHDRAWN = "withdrawn", _("taken back by her")
        EXPIRED = "expired", _("its time was over")
        REPLACED = "replaced", _("replaced by a newer one")
        ERASED = "erased", _("the person was erased")
        RUNNING = "", _("in force")

    story = models.ForeignKey(Story, on_delete=models.CASCADE, related_name="consents")
    for_city = models.BooleanField(default=False)
    for_public = models.BooleanField(default=False)
    for_national = models.BooleanField(default=False)
    with_photo = models.BooleanField(default=False)
    with_name = models.BooleanField(default=False)
    until_on = models.DateField()  # the last day
    how = models.CharField(max_length=8, choices=How)
    witness = models.CharField(max_length=80, blank=True)
    guardian = models.CharField(max_length=80, blank=True)
    relation = models.CharField(max_length=40, blank=True)
    evidence = models.ForeignKey(StoredFile, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    wording = models.CharField(max_length=40)
    words = models.CharField(max_length=64)  # fingerprint of the story as it was agreed to
    given_at = models.DateTimeField()
    recorded_at = models.DateTimeField(default=clock.now)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended = models.CharField(max_length=10, choices=Ended, blank=True)

    objects = StoryConsentQuerySet.as_manager()

    class Meta:
        ordering = ["-given_at"]
        indexes = [models.Index(fields=["until_on"], name="story_consent_by_end", condition=Q(ended_at__isnull=True))]
        constraints = [models.UniqueConstraint(fields=["story"], condition=Q(ended_at__isnull=True),
                                               name="story_consent_in_force_once")]

    @property
    def audiences(self) -> list[str]:
        """For whom, in words."""
        told = [str(Audience(key).label) for key, field in OPENS.items() if getattr(self, field)]
        return told or [str(Audience.LIBRARY.label)]

    @property
    def reaches_city(self) -> bool:
        return self.for_city or self.for_public or self.for_national

    def journal_label(self, reader: Actor) -> str:
        return ""


class StoryPhoto(Row):
    """A picture of a story, written anew without the camera's place and time."""

    is_about_reader = True

    story = models.ForeignKey(Story, on_delete=models.CASCADE, related_name="photos")
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    caption = models.CharField(max_length=160, blank=True)
    added_at = models.DateTimeField()

    class Meta:
        ordering = ["added_at", "id"]

    def journal_label(self, reader: Actor) -> str:
        return ""


class Evidence(Row):
    """One thing the system knows that stands behind a story. Loans and answers are for the library's staff only."""

    is_about_reader = True

    story = models.ForeignKey(Story, on_delete=models.CASCADE, related_name="evidence")
    activity = models.ForeignKey(Activity, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    title = models.ForeignKey(Title, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    loan = models.ForeignKey(Loan, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    response = models.ForeignKey(Response, null=True, blank=True, on_delete=models.CASCADE, related_name="+")

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(name="evidence_is_one_thing", condition=(
                Q(activity__isnull=False, title__isnull=True, loan__isnull=True, response__isnull=True)
                | Q(activity__isnull=True, title__isnull=False, loan__isnull=True, response__isnull=True)
                | Q(activity__isnull=True, title__isnull=True, loan__isnull=False, response__isnull=True)
                | Q(activity__isnull=True, title__isnull=True, loan__isnull=True, response__isnull=False))),
            *(models.UniqueConstraint(fields=["story", name], name=f"evidence_{name}_once")
              for name in ("activity", "title", "loan", "response")),
        ]

    def journal_label(self, reader: Actor) -> str:
        return ""


class RoundQuerySet(models.QuerySet["Round"]):
    def open(self) -> Self:
        return self.filter(closed_at__isnull=True)


class Round(Row):
    """A period whose stories are compared: library by library, kecamatan by kecamatan, then in the whole city."""

    title = models.CharField(max_length=120)
    first_on = models.DateField()
    last_on = models.DateField()
    made_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)

    objects = RoundQuerySet.as_manager()

    class Meta:
        ordering = ["-last_on", "-id"]
        constraints = [models.CheckConstraint(condition=Q(last_on__gte=models.F("first_on")), name="round_has_days")]

    def journal_label(self, reader: Actor) -> str:
        return self.title


class Choice(Row):
    """The most significant change of a library, a kecamatan or the city in one domain, and why."""

    class Level(models.TextChoices):
        LIBRARY = "library", _("library")
        GROUP = "group", _("kecamatan")
        CITY = "city", _("city")

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="choices")
    level = models.CharField(max_length=8, choices=Level)
    theme = models.CharField(max_length=12, choices=Theme)
    library = models.ForeignKey(Library, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    region = models.ForeignKey(Region, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    place = models.UUIDField()  # the library's, the kecamatan's or the round's id: one choice each
    story = models.ForeignKey(Story, on_delete=models.CASCADE, related_name="choices")
    reason = models.CharField(max_length=600)
    chosen_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["round", "level", "theme", "place"], name="choice_once")]

    def journal_label(self, reader: Actor) -> str:
        return str(self.get_theme_display())

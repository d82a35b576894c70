"""Voices, meetings, disclosures; surveys with their versions, questions, responses and invitations."""

from datetime import date
from typing import Any, Self

from django.core.signing import BadSignature, Signer
from django.db import models
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from simpul.core import clock
from simpul.core.actor import Actor
from simpul.core.models import Row
from simpul.libraries.models import Library
from simpul.surveys import themes


class Meeting(Row):
    """A community meeting (rembug warga) that told its needs."""

    library = models.ForeignKey(Library, on_delete=models.PROTECT, related_name="meetings")
    title = models.CharField(max_length=120)
    held_on = models.DateField()
    people = models.PositiveIntegerField()
    recorded_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(people__gt=0), name="meeting_has_people")]

    def journal_label(self, reader: Actor) -> str:
        return self.title if reader.counts(self.library_id) else ""


class VoiceQuerySet(models.QuerySet["Voice"]):
    def counted_by(self, actor: Actor) -> Self:
        if actor.is_node or actor.is_coordinator or actor.is_administrator:
            return self
        return self.filter(library_id__in=actor.staff_of | actor.mentor_of)

    def visible_to(self, actor: Actor) -> Self:
        """Voices of the actor's own libraries, word for word and with the phone."""
        return self if actor.is_node else self.filter(library_id__in=actor.staff_of)

    def counting(self) -> Self:
        """All that are needs: not taken out as spam."""
        return self.exclude(state=Voice.State.REMOVED)

    def waiting(self) -> Self:
        """Nobody has read them yet."""
        return self.filter(state=Voice.State.NEW)

    def shown(self) -> Self:
        """Read by somebody of the library and fit for everybody."""
        return self.filter(state__in=(Voice.State.ACCEPTED, Voice.State.PLANNED, Voice.State.ANSWERED,
                                      Voice.State.DECLINED), is_shown=True)


class Voice(Row):
    """A need as `people` persons voiced it: one who wrote, or as many as stood behind it at a meeting."""

    class State(models.TextChoices):
        NEW = "new", _("not read yet")
        ACCEPTED = "accepted", _("noted")
        PLANNED = "planned", _("planned")
        ANSWERED = "answered", _("done")
        DECLINED = "declined", _("not possible")
        REMOVED = "removed", _("removed")

    class Source(models.TextChoices):
        PAGE = "page", _("own phone")
        KIOSK = "kiosk", _("tablet at the door")
        PAPER = "paper", _("said or written on paper")
        MEETING = "meeting", _("community meeting")

    library = models.ForeignKey(Library, on_delete=models.PROTECT, related_name="voices")
    meeting = models.ForeignKey(Meeting, null=True, blank=True, on_delete=models.PROTECT, related_name="voices")
    text = models.CharField(max_length=500)
    theme = models.CharField(max_length=12)  # themes.THEMES
    neighbourhood = models.CharField(max_length=80, blank=True)
    people = models.PositiveIntegerField(default=1)
    phone = models.CharField(max_length=20, blank=True)
    source = models.CharField(max_length=8, choices=Source)
    state = models.CharField(max_length=8, choices=State, default=State.NEW)
    is_shown = models.BooleanField(default=True)  # word for word on the public page, once read
    word = models.CharField(max_length=200, blank=True)  # what the library says to it
    answered_by = models.CharField(max_length=90, blank=True)  # "activities.Activity:<uuid>", made above this floor
    happened_at = models.DateTimeField()
    local_date = models.DateField()
    recorded_at = models.DateTimeField(default=clock.now)
    told_at = models.DateTimeField(null=True, blank=True)

    objects = VoiceQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["library", "state", "-happened_at"], name="voice_by_state"),
            models.Index(fields=["local_date", "library"], name="voice_by_day"),
            models.Index(fields=["happened_at"], name="voice_with_phone", condition=~Q(phone="")),
        ]
        constraints = [models.CheckConstraint(condition=Q(people__gt=0), name="voice_of_somebody")]

    @property
    def theme_label(self) -> str:
        return themes.label_of(self.theme)

    def journal_label(self, reader: Actor) -> str:
        return self.theme_label


class Disclosure(Row):
    """A voice about somebody's safety. Another table, so that no list of voices can show it by mistake."""

    library = models.ForeignKey(Library, on_delete=models.PROTECT, related_name="+")
    text = models.CharField(max_length=500)
    neighbourhood = models.CharField(max_length=80, blank=True)
    phone = models.CharField(max_length=20, blank=True)
    happened_at = models.DateTimeField()
    handled_at = models.DateTimeField(null=True, blank=True)

    def journal_label(self, reader: Actor) -> str:
        return ""


class SurveyQuerySet(models.QuerySet["Survey"]):
    def counted_by(self, actor: Actor) -> Self:
        if actor.is_node or actor.is_coordinator or actor.is_administrator:
            return self
        return self.filter(library_id__in=actor.staff_of | actor.mentor_of)

    def open_on(self, day: date) -> Self:
        """Published, not closed, and the last day not past."""
        return self.filter(versions__published_at__isnull=False, closed_at__isnull=True).filter(
            Q(closes_on__isnull=True) | Q(closes_on__gte=day)).distinct()


class Survey(Row):
    """A set of questions of one library. `code` is its public address and stands on paper."""

    class Purpose(models.TextChoices):
        NEED = "need", _("needs")
        FEEDBACK = "feedback", _("feedback")
        TEST = "test", _("test")
        READING = "reading", _("reading habits")
        OUTCOMES = "outcomes", _("outcomes")

    library = models.ForeignKey(Library, on_delete=models.PROTECT, related_name="surveys")
    title = models.CharField(max_length=120)
    title_en = models.CharField(max_length=120, blank=True)
    purpose = models.CharField(max_length=8, choices=Purpose)
    ready = models.CharField(max_length=40, blank=True)  # which file of surveys/ready it was made from
    code = models.CharField(max_length=8, unique=True)
    is_by_invitation = models.BooleanField(default=False)  # only with a personal link, one answer each
    is_listed = models.BooleanField(default=False)  # shown on the library's voice page and at the kiosk
    invited = models.PositiveIntegerField(null=True, blank=True)  # how many were asked, where nobody is asked by name
    closes_on = models.DateField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    recorded_at = models.DateTimeField(default=clock.now)

    objects = SurveyQuerySet.as_manager()

    def is_open(self, day: date) -> bool:
        """Whether answers are taken on this local day, apart from being published."""
        return self.closed_at is None and (self.closes_on is None or day <= self.closes_on)

    @property
    def label(self) -> str:
        return self.title_en if self.title_en and get_language() == "en" else self.title

    def journal_label(self, reader: Actor) -> str:
        return self.label


class Version(Row):
    """The questions as they stood from a moment on. A draft has no `published_at`; one draft a survey."""

    survey = models.ForeignKey(Survey, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    intro = models.CharField(max_length=300, blank=True)
    intro_en = models.CharField(max_length=300, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["survey", "number"], name="version_number"),
            models.UniqueConstraint(fields=["survey"], condition=Q(published_at__isnull=True), name="one_draft"),
        ]

    @property
    def intro_label(self) -> str:
        return self.intro_en if self.intro_en and get_language() == "en" else self.intro

    @property
    def code(self) -> str:
        """What stands on its paper: `K7QM2X-2`."""
        return f"{self.survey.code}-{self.number}"

    def journal_label(self, reader: Actor) -> str:
        return str(self.number)


class Question(Row):
    """One question of a version. `key` stays the same from version to version, so that answers can be compared."""

    class Kind(models.TextChoices):
        ONE = "one", _("one choice")
        SEVERAL = "several", _("several choices")
        LIKERT4 = "likert4", _("agreement, 1 to 4")
        LIKERT5 = "likert5", _("agreement, 1 to 5")
        NUMBER = "number", _("number")
        TEXT = "text", _("short text")
        YES_NO = "yes_no", _("yes or no")

    version = models.ForeignKey(Version, on_delete=models.CASCADE, related_name="questions")
    position = models.PositiveIntegerField()
    key = models.CharField(max_length=40)
    kind = models.CharField(max_length=8, choices=Kind)
    text = models.CharField(max_length=300)
    text_en = models.CharField(max_length=300, blank=True)
    choices = models.JSONField(default=list)     # words of the answers of ONE and SEVERAL; the answer is the place, from 1
    choices_en = models.JSONField(default=list)
    is_required = models.BooleanField(default=True)

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["version", "key"], name="question_key")]

    @property
    def label(self) -> str:
        return self.text_en if self.text_en and get_language() == "en" else self.text

    @property
    def options(self) -> list[tuple[int, str]]:
        """(1, words), … of every kind that has a fixed set of answers; empty for numbers and text."""
        if self.kind in SCALES:
            return [(n, str(word)) for n, word in enumerate(SCALES[self.kind], 1)]
        if self.kind == self.Kind.YES_NO:
            return [(1, str(_("yes"))), (2, str(_("no")))]
        use_en = get_language() == "en" and len(self.choices_en) == len(self.choices)
        return list(enumerate(self.choices_en if use_en else self.choices, 1))

    def journal_label(self, reader: Actor) -> str:
        return self.label


SCALES: dict[str, tuple[Any, ...]] = {
    Question.Kind.LIKERT4: (_("strongly disagree"), _("disagree"), _("agree"), _("strongly agree")),
    Question.Kind.LIKERT5: (_("strongly disagree"), _("disagree"), _("neither"), _("agree"), _("strongly agree")),
}


class PersonalLinkQuerySet(models.QuerySet["Invitation"]):
    def visible_to(self, actor: Actor) -> Self:
        return self if actor.is_node else self.filter(survey__library_id__in=actor.staff_of)

    def waiting(self) -> Self:
        """Not answered, and not called off."""
        return self.filter(answered_at__isnull=True, dropped_at__isnull=True)

    def due_by(self, day: date) -> Self:
        return self.waiting().filter(due_on__lte=day)


class Invitation(Row):
    """Somebody who agreed to be asked on a day: what the staff calls her, and how she is reached."""

    class Channel(models.TextChoices):
        WHATSAPP = "whatsapp", _("WhatsApp")
        PHONE = "phone", _("phone call")
        KIOSK = "kiosk", _("when she comes in")
        MAIL = "mail", _("e-mail")  # sent by itself on its day

    survey = models.ForeignKey(Survey, on_delete=models.PROTECT, related_name="invitations")
    label = models.CharField(max_length=80, blank=True)
    phone = models.CharField(max_length=20, blank=True)
    email = models.EmailField(blank=True)
    about = models.CharField(max_length=120, blank=True)  # the activity she took part in
    about_id = models.UUIDField(null=True, blank=True)    # its gathering, above this floor
    due_on = models.DateField()
    channel = models.CharField(max_length=8, choices=Channel)
    sent_at = models.DateTimeField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    dropped_at = models.DateTimeField(null=True, blank=True)

    objects = PersonalLinkQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["survey", "due_on"], name="invitation_by_due")]

    @property
    def token(self) -> str:
        """Her personal address: signed, so that nothing secret is kept."""
        return signer().sign(self.pk.hex)

    def journal_label(self, reader: Actor) -> str:
        return ""


def signer() -> Signer:
    return Signer(salt="simpul.surveys.invitation", sep=".")


def invitation_of(token: str) -> Invitation | None:
    """The invitation behind a personal address, or None."""
    try:
        pk = signer().unsign(token)
    except BadSignature:
        return None
    return Invitation.objects.select_related("survey__library").filter(pk=pk).first()


class Response(Row):
    """One filled sheet: `answers` maps a question's key to a place (from 1), a list of places, a number or a text."""

    class Channel(models.TextChoices):
        LINK = "link", _("link or QR")
        KIOSK = "kiosk", _("tablet at the door")
        PAPER = "paper", _("paper")
        PHONE = "phone", _("phone call")

    library = models.ForeignKey(Library, on_delete=models.PROTECT, related_name="+")
    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="responses")
    invitation = models.OneToOneField(Invitation, null=True, blank=True, on_delete=models.PROTECT,
                                      related_name="response")
    about_id = models.UUIDField(null=True, blank=True)  # the gathering it tells of, above this floor; not of whom
    answers = models.JSONField(default=dict)
    channel = models.CharField(max_length=8, choices=Channel)
    happened_at = models.DateTimeField()
    local_date = models.DateField()
    recorded_at = models.DateTimeField(default=clock.now)
    voided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["local_date", "library"], name="response_by_day"),
            models.Index(fields=["about_id"], name="response_about", condition=Q(about_id__isnull=False)),
        ]

    def journal_label(self, reader: Actor) -> str:
        return ""



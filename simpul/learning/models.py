"""Learning paths, their steps, and how often a path was opened."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from simpul.activities.kinds import CHOICES
from simpul.activities.models import Activity
from simpul.catalogue.models import DigitalResource, Title
from simpul.core.actor import Actor
from simpul.core.models import Row
from simpul.libraries.models import Library
from simpul.surveys.themes import label_of


class PathQuerySet(models.QuerySet["Path"]):
    def published(self) -> Self:
        """What everybody sees."""
        return self.filter(state=Path.State.PUBLISHED)

    def visible_to(self, actor: Actor) -> Self:
        """Paths of the actor's own libraries, drafts too; those of all for the city."""
        return self if actor.is_node or actor.is_coordinator else self.filter(library_id__in=actor.staff_of)


class Path(Row):
    """What helps to learn one thing, step by step."""

    class State(models.TextChoices):
        DRAFT = "draft", _("draft")
        PUBLISHED = "published", _("published")

    library = models.ForeignKey(Library, on_delete=models.PROTECT, related_name="paths")
    slug = models.SlugField(max_length=80, unique=True)
    title = models.CharField(max_length=120)
    theme = models.CharField(max_length=16)                  # a key of surveys.themes
    audience = models.CharField(max_length=160, blank=True)  # for whom
    outcome = models.CharField(max_length=400, blank=True)   # what she can do afterwards
    cover = models.CharField(max_length=60, blank=True)      # the few words on its picture; empty: the title
    is_city = models.BooleanField(default=False)             # meant for the whole city
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    published_at = models.DateTimeField(null=True, blank=True)
    copied_from = models.ForeignKey("self", null=True, blank=True, on_delete=models.SET_NULL, related_name="copies")
    recorded_at = models.DateTimeField()

    objects = PathQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["state", "theme"], name="path_by_theme")]

    def get_absolute_url(self) -> str:
        return reverse("learning:path", args=[self.slug])

    @property
    def theme_name(self) -> str:
        return label_of(self.theme)

    @property
    def is_published(self) -> bool:
        return self.state == self.State.PUBLISHED

    def journal_label(self, reader: Actor) -> str:
        return f"“{self.title}”"


class Step(Row):
    """One step: a title, a resource, an activity (or coming ones of a kind), or words."""

    class Kind(models.TextChoices):
        BOOK = "book", _("book")
        MATERIAL = "material", _("material")
        ACTIVITY = "activity", _("activity")
        TEXT = "text", _("words")

    path = models.ForeignKey(Path, on_delete=models.CASCADE, related_name="steps")
    position = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=8, choices=Kind)
    title = models.ForeignKey(Title, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    resource = models.ForeignKey(DigitalResource, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    activity = models.ForeignKey(Activity, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    activity_kind = models.CharField(max_length=16, choices=CHOICES, blank=True)
    heading = models.CharField(max_length=120, blank=True)
    text = models.CharField(max_length=600, blank=True)  # what to do here, in one or two sentences
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["position", "id"]
        constraints = [models.CheckConstraint(name="step_has_its_thing", condition=(
            Q(kind="book", title__isnull=False) | Q(kind="material", resource__isnull=False)
            | (Q(kind="activity") & ~Q(activity_kind="")) | (Q(kind="text") & ~Q(heading="", text=""))))]

    journal_related = ("path",)

    def journal_label(self, reader: Actor) -> str:
        return self.heading or str(self.get_kind_display())


class PathUse(Row):
    """A path was opened, once; by whom is written nowhere."""

    path = models.ForeignKey(Path, on_delete=models.PROTECT, related_name="uses")
    library = models.ForeignKey(Library, on_delete=models.PROTECT, related_name="path_uses", db_index=False)
    happened_at = models.DateTimeField()
    local_date = models.DateField()
    recorded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        indexes = [models.Index(fields=["library", "local_date"], name="path_use_by_day")]

    def journal_label(self, reader: Actor) -> str:
        return str(_("opened"))

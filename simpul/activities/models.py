"""Activities, who speaks, what partners give, which books, which pictures."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from simpul.activities.kinds import CHOICES, KINDS, LITERACY_KINDS, STRATEGIES, Kind
from simpul.catalogue.models import Title
from simpul.core import clock
from simpul.core.actor import Actor
from simpul.core.models import Row
from simpul.files.models import StoredFile
from simpul.gatherings.models import Gathering
from simpul.libraries.models import Library


class ActivityQuerySet(models.QuerySet["Activity"]):
    def visible_to(self, actor: Actor) -> Self:
        """Activities of the actor's own libraries, drafts too."""
        return self if actor.is_node else self.filter(library_id__in=actor.staff_of)

    def announced(self) -> Self:
        """What everybody may see."""
        return self.filter(gathering__in=Gathering.objects.announced())

    def literacy(self) -> Self:
        """Those that the index counts as reading and literacy."""
        return self.filter(kind__in=LITERACY_KINDS)


class Activity(Row):
    """The content of a gathering: why it is done, with whom, what it costs, what came of it."""

    class Funds(models.TextChoices):
        NONE = "none", _("no money needed")
        OWN = "own", _("the library's own")
        APBD = "apbd", _("city budget (APBD)")
        KELURAHAN = "kelurahan", _("kelurahan funds")
        CSR = "csr", _("company (CSR)")
        COMMUNITY = "community", _("contributions of residents")
        OTHER = "other", _("other")
        UNKNOWN = "", _("not said")

    gathering = models.OneToOneField(Gathering, on_delete=models.CASCADE, related_name="activity")
    library = models.ForeignKey(Library, on_delete=models.PROTECT, related_name="activities")
    kind = models.CharField(max_length=16, choices=CHOICES)
    strategy = models.CharField(max_length=12, choices=STRATEGIES)
    theme = models.CharField(max_length=80, blank=True)
    objective = models.TextField(blank=True, max_length=600)
    target_group = models.CharField(max_length=120, blank=True)
    funds = models.CharField(max_length=10, choices=Funds, blank=True)
    cost = models.PositiveBigIntegerField(null=True, blank=True)  # rupiah, as it was in the end
    checklist = models.JSONField(default=list, blank=True)        # [{"text": "…", "done": false}, …]
    result = models.TextField(blank=True, max_length=2000)
    follow_up = models.TextField(blank=True, max_length=1000)
    reported_at = models.DateTimeField(null=True, blank=True)     # its result was written down
    has_photo_notice = models.BooleanField(default=False)         # people were told that pictures are taken
    copied_from = models.ForeignKey("self", null=True, blank=True, on_delete=models.SET_NULL, related_name="copies")
    template = models.CharField(max_length=16, blank=True)        # a day of the year it was planned for
    recorded_at = models.DateTimeField(default=clock.now)

    objects = ActivityQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["kind"], name="activity_by_kind")]

    @property
    def what_kind(self) -> Kind:
        return KINDS[self.kind]

    @property
    def is_literacy(self) -> bool:
        return self.kind in LITERACY_KINDS

    def journal_label(self, reader: Actor) -> str:
        return self.gathering.title


class Speaker(Row):
    """A narasumber: her name stands on the poster because she agreed to speak."""

    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="speakers")
    name = models.CharField(max_length=120)
    institution = models.CharField(max_length=120, blank=True)

    class Meta:
        ordering = ["id"]


class Contribution(Row):
    """What a partner gives: money, goods, people or a place, worth so many rupiah."""

    class Kind(models.TextChoices):
        MONEY = "money", _("money")
        GOODS = "goods", _("goods")
        PEOPLE = "people", _("people")
        PLACE = "place", _("place")

    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="contributions")
    partner = models.CharField(max_length=120)
    kind = models.CharField(max_length=8, choices=Kind)
    what = models.CharField(max_length=160, blank=True)
    worth = models.PositiveBigIntegerField(null=True, blank=True)  # rupiah

    class Meta:
        ordering = ["id"]


class BookUsed(Row):
    """A title that was read, discussed or used."""

    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="books")
    title = models.ForeignKey(Title, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["activity", "title"], name="book_used_once")]


class Photo(Row):
    """A picture of an activity, written anew without location and time of the camera."""

    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="photos")
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    caption = models.CharField(max_length=160, blank=True)
    shows_children = models.BooleanField(default=False)      # recognisable ones
    guardians_agreed = models.BooleanField(default=False)
    is_public = models.BooleanField(default=False)
    added_at = models.DateTimeField()

    class Meta:
        ordering = ["added_at", "id"]
        constraints = [models.CheckConstraint(
            condition=Q(is_public=False) | Q(shows_children=False) | Q(guardians_agreed=True),
            name="photo_of_children_with_consent")]

"""Activities, who speaks, what partners give, which books, which pictures, who answered a report."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from simpul.accounts.models import Account
from simpul.activities.kinds import CHOICES, KINDS, LITERACY_KINDS, STRATEGIES, Kind
from simpul.advocacy.models import Partner
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

    def reported(self) -> Self:
        """Something came of it and it was written down."""
        return self.filter(reported_at__isnull=False, gathering__state=Gathering.State.PUBLISHED)

    def unanswered(self) -> Self:
        """Reports to which nobody has said a word yet."""
        return self.reported().filter(replies__isnull=True)


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

    class Place(models.TextChoices):
        LIBRARY = "", _("in the library")
        RW_HALL = "rw_hall", _("RW hall")
        POSYANDU = "posyandu", _("posyandu")
        SCHOOL = "school", _("school")
        MOBILE = "mobile", _("mobile library")
        WORSHIP = "worship", _("house of worship")
        ELSEWHERE = "elsewhere", _("elsewhere")

    gathering = models.OneToOneField(Gathering, on_delete=models.CASCADE, related_name="activity")
    library = models.ForeignKey(Library, on_delete=models.PROTECT, related_name="activities")
    kind = models.CharField(max_length=16, choices=CHOICES)
    strategy = models.CharField(max_length=12, choices=STRATEGIES)
    theme = models.CharField(max_length=80, blank=True)
    objective = models.TextField(blank=True, max_length=600)
    target_group = models.CharField(max_length=120, blank=True)
    place_kind = models.CharField(max_length=10, choices=Place, blank=True)
    materials = models.TextField(blank=True, max_length=600)      # besides books: sheets, links, tools
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
        indexes = [models.Index(fields=["kind"], name="activity_by_kind"),
                   models.Index(fields=["reported_at"], name="activity_by_report",
                                condition=Q(reported_at__isnull=False))]

    @property
    def what_kind(self) -> Kind:
        return KINDS[self.kind]

    @property
    def is_literacy(self) -> bool:
        return self.kind in LITERACY_KINDS

    journal_related = ("gathering", "library")

    def desk_address(self) -> str:
        """Its page for those who work at the library."""
        return reverse("activities:activity", args=[self.library.code, self.pk])

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
    partner = models.ForeignKey(Partner, on_delete=models.PROTECT, related_name="contributions")
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


class Reply(Row):
    """What somebody of the city says to a report: a sentence or two. Read when the library says so."""

    class As(models.TextChoices):
        MENTOR = "mentor", _("mentor")
        COORDINATOR = "coordinator", _("city coordinator")
        CITY_LIBRARY = "city", _("city library")

    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="replies")
    text = models.CharField(max_length=400)
    by_account = models.ForeignKey(Account, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    said_as = models.CharField(max_length=12, choices=As)
    said_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["said_at", "id"]

    def journal_label(self, reader: Actor) -> str:
        return self.activity.gathering.title


class SharedPicture(Row):
    """A picture that a phone shared and that belongs to no activity yet. Its address holds a secret; whoever waits
    longer than a day shares it again."""

    token_hash = models.CharField(max_length=64, unique=True)
    account = models.ForeignKey(Account, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    content = models.BinaryField()
    media_type = models.CharField(max_length=60)
    given_name = models.CharField(max_length=160, blank=True)
    shared_at = models.DateTimeField(db_index=True)

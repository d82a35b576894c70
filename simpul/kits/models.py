"""Kits, their releases and items; what is said differently here; trusted keys, waiting files, who uses what."""

from typing import Any, Self

from django.db import models
from django.db.models import Count, Q
from django.utils.translation import gettext_lazy as _

from simpul.core.actor import Actor
from simpul.core.models import Row
from simpul.kits.package.manifest import fingerprint
from simpul.libraries.models import Library

KINDS = {
    "stage": (_("stage"), _("Stages")), "task": (_("task"), _("Tasks")), "session": (_("session"), _("Sessions")),
    "material": (_("material"), _("Materials")), "test": (_("test"), _("Tests")), "form": (_("form"), _("Forms")),
    "indicator": (_("indicator of the house"), _("Indicators")), "own_indicator": (_("added indicator"), _("Added indicators")),
    "activity": (_("activity template"), _("Activity templates")), "badge": (_("badge"), _("Badges")),
    "texts": (_("translation"), _("Translations"))}


class KitQuerySet(models.QuerySet["Kit"]):
    def with_counts(self) -> Self:
        """`n_libraries` that use it now, `n_conflicts` that wait for somebody to decide."""
        return self.annotate(
            n_libraries=Count("adoptions__library", filter=Q(adoptions__ended_on=None), distinct=True),
            n_conflicts=Count("items__conflicts", filter=Q(items__conflicts__decided_at=None), distinct=True))


class Kit(Row):
    """A programme known here, as its installed release says."""

    uri = models.CharField(max_length=200, unique=True)
    title = models.CharField(max_length=160)
    summary = models.TextField(max_length=800, blank=True)
    version = models.CharField(max_length=14)
    licence = models.CharField(max_length=20)
    told = models.JSONField()        # kit.json of the installed release
    installed_at = models.DateTimeField()

    objects = KitQuerySet.as_manager()

    @property
    def credits(self) -> list[dict[str, str]]:
        return list(self.told["credits"])

    @property
    def credit_line(self) -> str:
        """Who made it, in one line, each name once."""
        return ", ".join(dict.fromkeys(one["name"] for one in self.credits))

    def journal_label(self, reader: Actor) -> str:
        return f"“{self.title}” {self.version}"


class Release(Row):
    """A version as it came: the file itself, whose key signed it, what its installation did."""

    kit = models.ForeignKey(Kit, on_delete=models.PROTECT, related_name="releases")
    version = models.CharField(max_length=14)
    hash = models.CharField(max_length=64)
    x = models.CharField(max_length=43)        # the public key that signed it, base64url
    signer = models.CharField(max_length=160)
    archive = models.BinaryField()
    report = models.JSONField()                # what was added, changed, kept; see merging in actions/installing.py
    installed_at = models.DateTimeField()

    class Meta:
        ordering = ["-installed_at"]
        constraints = [models.UniqueConstraint(fields=["kit", "version"], name="release_once")]

    journal_related = ("kit",)

    @property
    def fingerprint(self) -> str:
        return fingerprint(self.x)

    def journal_label(self, reader: Actor) -> str:
        return f"“{self.kit.title}” {self.version}"


class ItemQuerySet(models.QuerySet["Item"]):
    def shown(self) -> Self:
        """What the kit holds here: of the installed version, written here, or kept because it was adapted."""
        return self.filter(Q(gone_in="") | Q(adaptations__ended_at=None, adaptations__isnull=False)).distinct()


class Item(Row):
    """One object of a kit. `content` is the origin's; what reads differently here are its adaptations."""

    kit = models.ForeignKey(Kit, on_delete=models.PROTECT, related_name="items")
    object_id = models.UUIDField()
    kind = models.CharField(max_length=20)
    path = models.CharField(max_length=200)
    position = models.PositiveIntegerField(default=0)
    content = models.JSONField()
    hash = models.CharField(max_length=64)
    origin = models.JSONField()                            # kit, version and hash where it was first written so
    is_own = models.BooleanField(default=False)            # written at this node
    gone_in = models.CharField(max_length=14, blank=True)  # the version that no longer has it

    objects = ItemQuerySet.as_manager()

    class Meta:
        ordering = ["position", "id"]
        constraints = [models.UniqueConstraint(fields=["kit", "object_id"], name="item_once")]

    journal_related = ("kit",)

    @property
    def kind_label(self) -> Any:
        return KINDS[self.kind][0]

    def journal_label(self, reader: Actor) -> str:
        return f"“{self.content['title']}”"


class AdaptationQuerySet(models.QuerySet["Adaptation"]):
    def standing(self) -> Self:
        return self.filter(ended_at__isnull=True)


class Adaptation(Row):
    """A field that reads differently here. `field` is a path ("steps/opening/how"); ended, never deleted."""

    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="adaptations")
    field = models.CharField(max_length=120)
    value = models.JSONField()
    was = models.JSONField(null=True, blank=True)  # what the origin said when it was written
    written_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = AdaptationQuerySet.as_manager()

    class Meta:
        ordering = ["written_at", "id"]
        constraints = [models.UniqueConstraint(fields=["item", "field"], condition=Q(ended_at__isnull=True),
                                               name="one_adaptation_a_field")]

    journal_related = ("item",)

    def journal_label(self, reader: Actor) -> str:
        return self.field


class Conflict(Row):
    """A field that the new version and this city both changed. This city's words stand until somebody decides."""

    class Decision(models.TextChoices):
        OURS = "ours", _("ours stays")
        THEIRS = "theirs", _("the new version's")

    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="conflicts")
    adaptation = models.ForeignKey(Adaptation, on_delete=models.PROTECT, related_name="conflicts")
    release = models.ForeignKey(Release, on_delete=models.PROTECT, related_name="conflicts")
    field = models.CharField(max_length=120)
    base = models.JSONField(null=True, blank=True)
    theirs = models.JSONField(null=True, blank=True)
    ours = models.JSONField(null=True, blank=True)
    decision = models.CharField(max_length=6, choices=Decision, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["id"]

    journal_related = ("item",)

    def journal_label(self, reader: Actor) -> str:
        return self.field


class TrustedKey(Row):
    """A public key whose kits the coordinator takes; compared by its fingerprint."""

    x = models.CharField(max_length=43, unique=True)
    name = models.CharField(max_length=160)  # the office it belongs to, as it calls itself
    trusted_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    @property
    def fingerprint(self) -> str:
        return fingerprint(self.x)

    def journal_label(self, reader: Actor) -> str:
        return f"{self.name} ({self.fingerprint[:9]})"


class Parcel(Row):
    """A file that was brought and waits, a week at most, to be looked at and installed."""

    archive = models.BinaryField()
    uri = models.CharField(max_length=200)
    title = models.CharField(max_length=160)
    version = models.CharField(max_length=14)
    brought_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True, blank=True)

    def journal_label(self, reader: Actor) -> str:
        return f"“{self.title}” {self.version}"


class Adoption(Row):
    """A library works with a kit, at the version it took."""

    library = models.ForeignKey(Library, on_delete=models.PROTECT, related_name="kit_adoptions")
    kit = models.ForeignKey(Kit, on_delete=models.PROTECT, related_name="adoptions")
    version = models.CharField(max_length=14)
    used_by = models.CharField(max_length=90, blank=True)  # what made it so: "training.Workshop:<uuid>"
    from_on = models.DateField()
    ended_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["-from_on", "id"]
        constraints = [models.UniqueConstraint(fields=["library", "kit"], condition=Q(ended_on__isnull=True),
                                               name="one_adoption_of_a_kit")]

    journal_related = ("kit", "library")

    def journal_label(self, reader: Actor) -> str:
        return self.version


class PartDone(Row):
    """A part of a kit that a library carried out: what it says of itself, so that faithful and free are told apart."""

    library = models.ForeignKey(Library, on_delete=models.PROTECT, related_name="kit_parts")
    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="done")
    done_on = models.DateField()
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["library", "item"], name="kit_part_once")]

    journal_related = ("item", "library")

    def journal_label(self, reader: Actor) -> str:
        return f"“{self.item.content['title']}”"


class Edition(Row):
    """What this node gave out: its own version of a kit, signed by its key."""

    kit = models.ForeignKey(Kit, on_delete=models.PROTECT, related_name="editions")
    uri = models.CharField(max_length=200)
    title = models.CharField(max_length=160)
    version = models.CharField(max_length=14)
    hash = models.CharField(max_length=64)
    archive = models.BinaryField()
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["-made_at"]
        constraints = [models.UniqueConstraint(fields=["uri", "version"], name="edition_once")]

    journal_related = ("kit",)

    def journal_label(self, reader: Actor) -> str:
        return f"“{self.title}” {self.version}"

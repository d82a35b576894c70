"""What was read of SIM and what was entered there; the city's weights of the simulation."""

from datetime import date
from typing import Any, Self, TypeVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from simpul.accounts.models import Account
from simpul.core import clock
from simpul.core.actor import Actor
from simpul.core.models import Row
from simpul.libraries.models import Library
from simpul.tpbis.parts import Colour, Part

T = TypeVar("T", bound=models.Model)


class Standing(models.QuerySet[T]):
    """Rows that may be taken back."""

    def standing(self) -> Self:
        return self.filter(withdrawn_at__isnull=True)


class Told(Row):
    """Something that was true in SIM on a day; the latest day counts. `together`: the change that brought it, so that a
    whole table can be taken back."""

    told_on = models.DateField()
    account = models.ForeignKey(Account, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    together = models.UUIDField(db_index=True)
    recorded_at = models.DateTimeField(default=clock.now)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        abstract = True


class SimAccountQuerySet(Standing["SimAccount"]):
    pass


class SimAccount(Told):
    """Has the library an account in SIM, since when (`told_on`)?"""

    class State(models.TextChoices):
        YES = "yes", _("has an account")
        ASKED = "asked", _("asked for, not there yet")
        NO = "no", _("no account")

    library = models.ForeignKey(Library, on_delete=models.PROTECT, related_name="sim_accounts")
    state = models.CharField(max_length=5, choices=State)

    objects = SimAccountQuerySet.as_manager()

    class Meta:
        ordering = ["-told_on", "-recorded_at"]
        indexes = [models.Index(fields=["library", "-told_on"], name="sim_account_by_library")]

    def journal_label(self, reader: Actor) -> str:
        return str(self.get_state_display())


class SimColourQuerySet(Standing["SimColour"]):
    pass


class SimColour(Told):
    """The colour that SIM showed on a day (`told_on`), as somebody read it there."""

    library = models.ForeignKey(Library, on_delete=models.PROTECT, related_name="sim_colours")
    colour = models.CharField(max_length=6, choices=Colour)

    objects = SimColourQuerySet.as_manager()

    class Meta:
        ordering = ["-told_on", "-recorded_at"]
        indexes = [models.Index(fields=["library", "-told_on"], name="sim_colour_by_library")]

    def journal_label(self, reader: Actor) -> str:
        return str(self.get_colour_display())


class EnteredQuerySet(models.QuerySet["Entered"]):
    def standing(self) -> Self:
        return self.filter(removed_at__isnull=True)

    def between(self, first: date, last: date) -> Self:
        """Of items of these days."""
        return self.filter(item_on__gte=first, item_on__lte=last)


class Entered(Row):
    """An item stands in SIM: which, when, by whom. `told` keeps what was entered, field by field: whole numbers and days
    as they were, everything else as a fingerprint, so that a change is seen and no story is copied."""

    library = models.ForeignKey(Library, on_delete=models.PROTECT, related_name="sim_entries")
    reference = models.CharField(max_length=90)  # "activities.Activity:<uuid>"
    part = models.CharField(max_length=12, choices=Part)
    item_on = models.DateField()
    told: Any = models.JSONField(default=dict)
    account = models.ForeignKey(Account, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    together = models.UUIDField(db_index=True)                  # the change that marked it
    entered_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True, blank=True)
    removed_by = models.UUIDField(null=True, blank=True)        # the change that took it away

    objects = EnteredQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["library", "item_on"], name="sim_entry_by_day")]
        constraints = [models.UniqueConstraint(fields=["reference"], condition=Q(removed_at__isnull=True),
                                               name="sim_entry_once")]

    def journal_label(self, reader: Actor) -> str:
        return str(self.get_part_display())


class WeightingQuerySet(Standing["Weighting"]):
    def in_force(self, day: date) -> "Weighting | None":
        """The one that holds on a day; None: our defaults."""
        return self.standing().filter(from_on__lte=day).order_by("-from_on", "-recorded_at").first()


class Weighting(Row):
    """How the city simulates the score from a day on: weights (together 100), how many a month are enough, from how many
    points the colours begin."""

    from_on = models.DateField()
    weights: Any = models.JSONField(default=dict)   # code of a count → whole number
    a_month: Any = models.JSONField(default=dict)   # code of a count → decimal number as text
    green_from = models.PositiveSmallIntegerField()
    yellow_from = models.PositiveSmallIntegerField()
    reason = models.CharField(max_length=200)
    account = models.ForeignKey(Account, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    recorded_at = models.DateTimeField(default=clock.now)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = WeightingQuerySet.as_manager()

    class Meta:
        ordering = ["-from_on", "-recorded_at"]
        constraints = [models.CheckConstraint(condition=Q(green_from__lte=100, yellow_from__lt=models.F("green_from")),
                                              name="weighting_colours_in_order")]

    def journal_label(self, reader: Actor) -> str:
        return self.reason

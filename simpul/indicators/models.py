"""Roll-ups, marks, sealed people, dated facts of regions."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from simpul.core.actor import Actor
from simpul.core.models import Row
from simpul.libraries.models import Region


class StaleDay(models.Model):
    """A mark: records of this library and day changed and are not rolled up yet. Written by the database's own
    triggers in the transaction of the change; desks only ever add, so that they never wait for each other. `taken`:
    which rebuild is counting it; what is recorded after that is marked again."""

    id = models.BigAutoField(primary_key=True)
    library_id = models.UUIDField()
    local_date = models.DateField()
    taken = models.BigIntegerField(null=True)

    class Meta:
        indexes = [models.Index(fields=["library_id", "local_date"], name="stale_by_library"),
                   models.Index(fields=["local_date"], name="stale_by_day")]


class RolledUp(models.Model):
    """What is rolled up of a library: the row that two refreshers queue at, when it was done, and how often."""

    library_id = models.UUIDField(primary_key=True)
    refreshed_at = models.DateTimeField()
    generation = models.BigIntegerField(default=0)


class DayCount(models.Model):
    """How many of a measure a library had on a day; days without any have no row."""

    id = models.BigAutoField(primary_key=True)
    library_id = models.UUIDField()
    local_date = models.DateField()
    measure = models.CharField(max_length=40)
    n = models.BigIntegerField()
    first_recorded_at = models.DateTimeField(null=True)  # when the first of its records was written down

    class Meta:
        constraints = [models.UniqueConstraint(fields=["measure", "local_date", "library_id"], name="day_count_once")]
        indexes = [models.Index(fields=["library_id", "local_date"], name="day_count_by_library")]


class MonthCount(models.Model):
    """How many of a measure a library had in a month, whole (`by` is "") and by each of its margins: `by` names the
    disaggregations ("sex", "sex+age_group"), `value` their values ("P", "P|6-12"). Days from `until_on` on are not in
    it: the days to come and the day that is not over are always counted from the records. One row a month with the
    measure ANYTHING says that the library had any record at all."""

    ANYTHING = "*"

    id = models.BigAutoField(primary_key=True)
    library_id = models.UUIDField()
    month = models.DateField()
    measure = models.CharField(max_length=40)
    by = models.CharField(max_length=40, blank=True)
    value = models.CharField(max_length=80, blank=True)
    n = models.BigIntegerField()
    until_on = models.DateField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["measure", "by", "month", "library_id", "value"],
                                               name="month_count_once")]
        indexes = [models.Index(fields=["library_id", "month"], name="month_count_by_library")]


class ToldBlock(models.Model):
    """What readers outside a library were told of a measure in a month that is over, by one disaggregation: cells that
    are no small group, and the rest. It changes only where the change is no small group itself."""

    id = models.BigAutoField(primary_key=True)
    library_id = models.UUIDField()
    month = models.DateField()
    measure = models.CharField(max_length=40)
    by = models.CharField(max_length=40)
    cells = models.JSONField()
    rest = models.BigIntegerField(null=True)
    told_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["measure", "by", "month", "library_id"], name="told_block_once")]
        indexes = [models.Index(fields=["library_id", "month"], name="told_block_by_library")]


class SealedPeople(models.Model):
    """Unique people of a library in a period, counted before they were unlinked from what they did. `linked` is the
    number of records that knew who it was, `unlinked` that of those that never did."""

    id = models.BigAutoField(primary_key=True)
    library_id = models.UUIDField()
    measure = models.CharField(max_length=40)
    first_on = models.DateField()
    last_on = models.DateField()
    people = models.PositiveBigIntegerField()
    linked = models.PositiveBigIntegerField()
    unlinked = models.PositiveBigIntegerField()
    sealed_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["library_id", "measure", "first_on", "last_on"],
                                               name="sealed_once")]


class RegionFactQuerySet(models.QuerySet["RegionFact"]):
    def valid(self) -> Self:
        return self.filter(voided_at__isnull=True)


class RegionFact(Row):
    """A number about a region from a day on, with its source: the denominators of what is reached."""

    class Name(models.TextChoices):
        POPULATION = "population", _("population")
        MALE = "population_male", _("male population")
        FEMALE = "population_female", _("female population")
        AGE_TO_5 = "population_age_0-5", _("population of 0 to 5 years")
        AGE_TO_12 = "population_age_6-12", _("population of 6 to 12 years")
        AGE_TO_17 = "population_age_13-17", _("population of 13 to 17 years")
        AGE_TO_59 = "population_age_18-59", _("population of 18 to 59 years")
        AGE_OLDER = "population_age_60+", _("population of 60 years and more")

    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="facts")
    name = models.CharField(max_length=40, choices=Name)
    value = models.PositiveBigIntegerField()
    from_on = models.DateField()
    source = models.CharField(max_length=160)
    recorded_at = models.DateTimeField()
    voided_at = models.DateTimeField(null=True, blank=True)

    objects = RegionFactQuerySet.as_manager()

    class Meta:
        ordering = ["name", "-from_on"]
        constraints = [models.UniqueConstraint(fields=["region", "name", "from_on"],
                                               condition=Q(voided_at__isnull=True), name="region_fact_once_a_day")]

    def journal_label(self, reader: Actor) -> str:
        return str(self.get_name_display())

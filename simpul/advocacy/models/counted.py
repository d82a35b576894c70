"""What counted rows share."""

from typing import Self

from django.db import models

from simpul.core import clock
from simpul.core.models import Row


class Counted(Row):
    """A row that is counted on its local day: never edited, only taken back."""

    happened_at = models.DateTimeField()
    local_date = models.DateField()
    recorded_at = models.DateTimeField(default=clock.now)
    voided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        abstract = True


class CountedQuerySet(models.QuerySet[models.Model]):
    def counting(self) -> Self:
        """Not taken back."""
        return self.filter(voided_at__isnull=True)

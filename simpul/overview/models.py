"""What cannot be counted: the words before an annual report."""

from django.db import models

from simpul.core.actor import Actor
from simpul.core.models import Row
from simpul.libraries.models import Library


class Preface(Row):
    """The words of the head before the annual report of a library, or of the city where `library` is empty."""

    library = models.ForeignKey(Library, null=True, blank=True, on_delete=models.PROTECT, related_name="prefaces")
    year = models.PositiveSmallIntegerField()
    text = models.TextField(max_length=2400)
    signer = models.CharField(max_length=120, blank=True)   # name as it stands below the words
    signs_as = models.CharField(max_length=120, blank=True)
    written_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["library", "year"], name="preface_once_a_year"),
            models.UniqueConstraint(fields=["year"], condition=models.Q(library__isnull=True),
                                    name="preface_of_city_once_a_year"),
        ]

    def journal_label(self, reader: Actor) -> str:
        return str(self.year)

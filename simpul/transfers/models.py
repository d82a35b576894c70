"""Batches and refused records."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from simpul.core.actor import Actor
from simpul.core.models import Row


class Batch(Row):
    """One run of an import over one file."""

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting")
        RUNNING = "running", _("running")
        DONE = "done", _("done")
        FAILED = "failed", _("stopped")

    library_id = models.UUIDField()
    kind = models.CharField(max_length=20)  # marc, slims, sheet, members …
    file_name = models.CharField(max_length=200)
    file_sha256 = models.CharField(max_length=64, blank=True)
    state = models.CharField(max_length=8, choices=State, default=State.WAITING)
    is_dry_run = models.BooleanField(default=False)
    read = models.PositiveIntegerField(default=0)
    added = models.PositiveIntegerField(default=0)
    updated = models.PositiveIntegerField(default=0)
    unchanged = models.PositiveIntegerField(default=0)
    refused = models.PositiveIntegerField(default=0)
    done_bytes = models.PositiveBigIntegerField(default=0)  # progress
    total_bytes = models.PositiveBigIntegerField(default=0)
    message = models.CharField(max_length=255, blank=True)
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["library_id", "-started_at"], name="batch_by_library")]

    def journal_label(self, reader: Actor) -> str:
        return self.file_name


class RefusedRecord(models.Model):
    """A record that was not taken: where it stood and why."""

    id = models.BigAutoField(primary_key=True)
    batch = models.ForeignKey(Batch, on_delete=models.CASCADE, related_name="refused_records")
    position = models.PositiveIntegerField()  # 1 is the first record (or data row) of the file
    code = models.CharField(max_length=40)    # stable English reason
    reason = models.CharField(max_length=255)
    excerpt = models.CharField(max_length=255, blank=True)

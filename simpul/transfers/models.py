"""Batches and refused records."""

from pathlib import Path
from typing import Self
from uuid import UUID

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from simpul.core.actor import Actor
from simpul.core.models import Row


class BatchQuerySet(models.QuerySet["Batch"]):
    def of(self, library_id: UUID) -> Self:
        """Runs of one library, the latest first."""
        return self.filter(library_id=library_id).order_by("-started_at")

    def waiting(self) -> Self:
        """Runs that the schedule should take up, in the order in which they came."""
        return self.filter(state=Batch.State.WAITING).order_by("started_at")


class Batch(Row):
    """One run of an import over one file (or over a file and the one that belongs to it)."""

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
    by_kind = models.CharField(max_length=12, blank=True)   # who asked for it: the schedule runs it in their name
    by_id = models.UUIDField(null=True, blank=True)
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

    objects = BatchQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["library_id", "-started_at"], name="batch_by_library"),
                   models.Index(fields=["state"], name="batch_by_state")]

    def journal_label(self, reader: Actor) -> str:
        return self.file_name

    @property
    def is_over(self) -> bool:
        return self.state in (Batch.State.DONE, Batch.State.FAILED)

    @property
    def percent(self) -> int:
        """How far the run has come, 0 to 100; 99 until it is done."""
        if self.state == Batch.State.DONE:
            return 100
        return min(99, self.done_bytes * 100 // self.total_bytes) if self.total_bytes else 0

    @property
    def folder(self) -> Path:
        """Where the uploaded files and the refusals of this run lie, in the data folder."""
        return Path(settings.DATA) / "transfers" / str(self.pk)

    @property
    def refusals_path(self) -> Path:
        return self.folder / "refusals.csv"


class RefusedRecord(models.Model):
    """A record that was not taken: where it stood and why. The first thousand of a run; the file has all."""

    id = models.BigAutoField(primary_key=True)
    batch = models.ForeignKey(Batch, on_delete=models.CASCADE, related_name="refused_records")
    position = models.PositiveIntegerField()  # 1 is the first record (or data row) of the file
    code = models.CharField(max_length=40)    # stable English reason
    reason = models.CharField(max_length=255)
    excerpt = models.CharField(max_length=255, blank=True)

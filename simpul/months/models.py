"""Reports of months, their signed versions, answers to what is unusual, told facts, restatements."""

from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from simpul.accounts.models import Account
from simpul.core.actor import Actor
from simpul.core.models import Row
from simpul.files.models import StoredFile
from simpul.indicators.periods import Period
from simpul.libraries.models import Library


class MonthReport(Row):
    """A library's month, made when somebody first does something about it; `month` is its first day."""

    library = models.ForeignKey(Library, on_delete=models.PROTECT, related_name="months")
    month = models.DateField()
    prepared_by = models.ForeignKey(Account, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    prepared_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["library", "month"], name="month_report_once")]
        indexes = [models.Index(fields=["month"], name="month_report_by_month")]

    @property
    def period(self) -> Period:
        return Period.of_month(self.month)

    def journal_label(self, reader: Actor) -> str:
        return self.period.label


class SignatureQuerySet(models.QuerySet["Signature"]):
    def standing(self) -> Self:
        """The version that holds: no later one took its place."""
        return self.filter(superseded_at__isnull=True)


class Signature(Row):
    """A signed version of a month with all its figures; `code` stands in the QR of its paper.

    `rolled_up` and `print` say which roll-up the figures were last compared with, `definitions` by which versions of the
    definitions they were made: only what differs there is counted again.
    """

    report = models.ForeignKey(MonthReport, on_delete=models.PROTECT, related_name="signatures")
    library = models.ForeignKey(Library, on_delete=models.PROTECT, related_name="+", db_index=False)
    month = models.DateField()
    version = models.PositiveSmallIntegerField()
    code = models.CharField(max_length=10, unique=True)
    signed_by = models.ForeignKey(Account, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    signer = models.CharField(max_length=120)
    signed_at = models.DateTimeField()
    signed_on = models.DateField()
    is_closed_month = models.BooleanField(default=False)
    snapshot = models.JSONField()
    digest = models.CharField(max_length=64)
    superseded_at = models.DateTimeField(null=True, blank=True)
    scan = models.ForeignKey(StoredFile, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    scanned_at = models.DateTimeField(null=True, blank=True)
    rolled_up = models.BigIntegerField(default=0)
    print = models.CharField(max_length=64, blank=True)
    definitions = models.CharField(max_length=64, blank=True)

    objects = SignatureQuerySet.as_manager()

    class Meta:
        ordering = ["-version"]
        constraints = [
            models.UniqueConstraint(fields=["report", "version"], name="signature_version_once"),
            models.UniqueConstraint(fields=["report"], condition=Q(superseded_at__isnull=True), name="signature_stands_once"),
        ]
        indexes = [models.Index(fields=["library", "month"], name="signature_by_month"),
                   models.Index(fields=["month"], name="signature_by_time")]

    @property
    def period(self) -> Period:
        return Period.of_month(self.month)

    @property
    def figures(self) -> list[dict[str, Any]]:
        """What was signed: see `snapshot.snapshot_of`."""
        found: list[dict[str, Any]] = self.snapshot["figures"]
        return found

    def journal_label(self, reader: Actor) -> str:
        return self.period.label


class AnswerQuerySet(models.QuerySet["Answer"]):
    def holding(self) -> Self:
        return self.filter(withdrawn_at__isnull=True)


class Answer(Row):
    """"It is so": something unusual, explained. `key` names what was pointed out, with its days."""

    class Reason(models.TextChoices):
        EVENT = "event", _("a special day")
        OUTSIDE = "outside", _("a group or activity from outside")
        HOLIDAY = "holiday", _("school holiday or feast day")
        WEATHER = "weather", _("rain, flood or power cut")
        NOBODY = "nobody", _("nobody could open")
        NOT_WRITTEN = "not_written", _("was not written down")
        OTHER = "other", _("other reason")

    report = models.ForeignKey(MonthReport, on_delete=models.PROTECT, related_name="answers")
    key = models.CharField(max_length=80)
    reason = models.CharField(max_length=12, choices=Reason)
    words = models.CharField(max_length=200, blank=True)
    answered_by = models.ForeignKey(Account, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    answered_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = AnswerQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["report", "key"], condition=Q(withdrawn_at__isnull=True),
                                               name="answer_once")]

    @property
    def said(self) -> str:
        return f"{self.get_reason_display()}: {self.words}" if self.words else str(self.get_reason_display())

    def journal_label(self, reader: Actor) -> str:
        return str(self.get_reason_display())


class Told(Row):
    """What nobody could record, told for a month: one of `asked.ASKED`. `is_unknown`: "I do not know" was said."""

    report = models.ForeignKey(MonthReport, on_delete=models.PROTECT, related_name="told")
    name = models.CharField(max_length=20)
    value = models.JSONField(null=True, blank=True)  # whole number or text
    is_unknown = models.BooleanField(default=False)
    told_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["report", "name"], name="told_once")]


class RestatementQuerySet(models.QuerySet["Restatement"]):
    def open(self) -> Self:
        """Noticed, the numbers have not come back, and nobody signed again."""
        return self.filter(settled_at__isnull=True)


class Restatement(Row):
    """The records of a signed month say something else now: each figure's difference (see `restating.Difference`),
    noticed once for each new difference."""

    signature = models.ForeignKey(Signature, on_delete=models.PROTECT, related_name="restatements")
    library = models.ForeignKey(Library, on_delete=models.PROTECT, related_name="+")
    month = models.DateField()
    noticed_at = models.DateTimeField()
    differences = models.JSONField()
    digest = models.CharField(max_length=64)
    seen_at = models.DateTimeField(null=True, blank=True)     # the library has read it
    settled_at = models.DateTimeField(null=True, blank=True)  # signed again, noticed anew, or the numbers came back

    objects = RestatementQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["signature"], condition=Q(settled_at__isnull=True),
                                               name="restatement_open_once")]
        indexes = [models.Index(fields=["month"], name="restatement_by_month")]

    def journal_label(self, reader: Actor) -> str:
        return Period.of_month(self.month).label

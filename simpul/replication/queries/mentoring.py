"""Whom a mentor should call today, and why; what her libraries and she agreed."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Count, Max
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from simpul.accounts.models import Account
from simpul.activities.models import Activity
from simpul.core.actor import Role
from simpul.core.phones import whatsapp_link
from simpul.libraries.models import Library, StaffRole
from simpul.plans.models import Step
from simpul.plans.queries import follow_ups_due
from simpul.replication.models import Agreed, Contact
from simpul.replication.queries.silence import Quiet, quiet_of

QUIET_CONTACT = timedelta(days=60)  # a mentor and her library hear of each other at least every two months


@dataclass(frozen=True)
class Why:
    """A reason to call: lower weight is more urgent."""

    weight: int
    text: str
    url: str = ""


@dataclass(frozen=True)
class Call:
    """One library of a mentor: why she should call it today (most urgent first), whom she reaches, since when not."""

    library: Library
    reasons: tuple[Why, ...]
    quiet: Quiet
    name: str = ""
    phone: str = ""
    last_on: date | None = None

    @property
    def is_due(self) -> bool:
        return bool(self.reasons)

    @property
    def whatsapp(self) -> str:
        """With a friendly first sentence."""
        if not self.phone:
            return ""
        return whatsapp_link(self.phone, _("Good day from your mentor. How is %(library)s? Can I help with anything?") % {
            "library": self.library.name})


def calls(libraries: Sequence[Library], today: date) -> list[Call]:
    """Every library, those to call first; a fixed number of questions. Fetch them `with_hours()`."""
    ids = [one.pk for one in libraries]
    quiet = quiet_of(libraries, today)
    reasons = _reasons(libraries, today)
    last = dict(Contact.objects.done().filter(library_id__in=ids).order_by().values_list("library_id").annotate(
        last=Max("done_on")))
    people = contacts_at(ids, today)
    found = []
    for library in libraries:
        told = list(reasons.get(library.pk, []))
        state = quiet[library.pk]
        heard = last.get(library.pk)
        if state.wants_greeting:
            told.append(Why(2, state.rhythm.reason[:1].upper() + state.rhythm.reason[1:]))
        if state.pause is None and (heard is None or heard < today - QUIET_CONTACT):
            text = _("No contact written down yet") if heard is None else ngettext(
                "%(n)s day since your last contact", "%(n)s days since your last contact", (today - heard).days) % {
                    "n": (today - heard).days}
            told.append(Why(7, text))
        account = people.get(library.pk)
        found.append(Call(library, tuple(sorted(told, key=lambda why: why.weight)), state,
                          account.name if account else "", library.phone or (account.phone if account else "") or "", heard))
    return sorted(found, key=lambda call: (call.reasons[0].weight if call.reasons else 9, -len(call.reasons), call.library.name))


def _reasons(libraries: Sequence[Library], today: date) -> dict[UUID, list[Why]]:
    """What is due: planned contacts, follow-ups, overdue rows, reports without a word, promises; five questions."""
    codes = {one.pk: one.code for one in libraries}
    found: dict[UUID, list[Why]] = defaultdict(list)
    for contact in Contact.objects.planned().filter(library_id__in=codes, planned_on__lte=today).order_by("planned_on"):
        found[contact.library_id].append(Why(1, _("Planned with you: %(how)s") % {"how": contact.get_how_display()}, reverse(
            "replication:contact_done", args=[codes[contact.library_id], contact.pk])))
    for row in follow_ups_due(today, libraries=list(codes)):
        found[row.library_id].append(Why(3, _("The plan is to be looked at again, after %(n)s months") % {"n": row.months},
                                         reverse("plans:follow_up", args=[codes[row.library_id], row.plan_id, row.pk])))
    late = Step.objects.of_running_plans().open().due_before(today).filter(library_id__in=codes)
    for library, n in late.order_by().values_list("library_id").annotate(n=Count("pk")):
        found[library].append(Why(4, ngettext("%(n)s row of the plan is overdue", "%(n)s rows of the plan are overdue", n) % {
            "n": n}, reverse("plans:list", args=[codes[library]])))
    since = datetime.combine(today - timedelta(days=60), datetime.min.time(), ZoneInfo("Asia/Jakarta"))
    waiting = Activity.objects.unanswered().filter(library_id__in=codes, reported_at__gte=since).order_by()
    for library, n in waiting.values_list("library_id").annotate(n=Count("pk", distinct=True)):
        found[library].append(Why(5, ngettext("%(n)s report waits for your word", "%(n)s reports wait for your word", n) % {
            "n": n}, reverse("activities:city_reports")))
    open_ = Agreed.objects.filter(contact__library_id__in=codes, contact__withdrawn_at__isnull=True, due_on__lt=today,
                                  step__isnull=True, due_on__gte=today - timedelta(days=90))
    for library, n in open_.order_by().values_list("contact__library_id").annotate(n=Count("pk")):
        text = ngettext("Ask after %(n)s thing you agreed on", "Ask after %(n)s things you agreed on", n) % {"n": n}
        found[library].append(Why(6, text, reverse("replication:journey", args=[codes[library]]) + "#pendampingan"))
    return found


def contacts_at(ids: Sequence[UUID], today: date) -> dict[UUID, Account]:
    """Whom one reaches at each library: a librarian before a volunteer, who has served longest. One question."""
    rows = StaffRole.objects.on(today).filter(library_id__in=list(ids), role__in=(Role.LIBRARIAN, Role.VOLUNTEER),
                                              account__is_active=True).select_related("account")
    found: dict[UUID, Account] = {}
    for row in sorted(rows, key=lambda one: (one.role != Role.LIBRARIAN, one.starts_on)):
        if row.library_id and row.account.phone:
            found.setdefault(row.library_id, row.account)
    return found


def mentor_of(library_id: UUID, today: date) -> Account | None:
    """The library's mentor, who has looked after it longest. One question."""
    row = StaffRole.objects.on(today).filter(library_id=library_id, role=Role.MENTOR, account__is_active=True).select_related(
        "account").order_by("starts_on", "pk").first()
    return row.account if row else None


def contacts_of(library: Library, most: int = 20) -> list[Contact]:
    """Planned ones first, then the latest, each with what was agreed; two questions."""
    rows = Contact.objects.standing().filter(library=library).select_related("account").prefetch_related("agreed__step")
    planned = rows.filter(done_on__isnull=True).order_by("planned_on")
    return [*planned, *rows.filter(done_on__isnull=False).order_by("-done_on", "-recorded_at")[:most]]

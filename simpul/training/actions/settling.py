"""What each participant earned: by the workshop's rule, or waived with a reason; then the certificates."""

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from simpul.certificates.actions import Award, Event, Material, prepare_batch
from simpul.certificates.models import Batch, Certificate
from simpul.certificates.queries import city, service_name
from simpul.core import clock
from simpul.core.actor import Actor
from simpul.core.change import change, note
from simpul.core.ids import derived_id
from simpul.training.actions.refusals import NotEarned, NotOpen, ReasonMissing, need_office, need_running
from simpul.training.models import Lesson, Participant, Workshop
from simpul.training.queries import Standing, lessons_of, standings
from simpul.training.wording import missing_words

Outcome = Participant.Outcome
USUAL = ("issuer_name", "pattern", "signed_in", "signer_role", "signer_name", "signer_number")


@change("participant.waived", says=_("{by} waived the rule for {participant}"))
def waive(*, participant: Participant, reason: str, by: Actor, at: datetime, id: UUID) -> Participant:
    """She gets the certificate though something is missing, for a reason that stays readable. Never for somebody who
    was at no lesson. Raises NotAllowed, ReasonMissing, NotEarned."""
    need_office(by)
    note(library=participant.library_id)
    if not reason.strip():
        raise ReasonMissing(_("Why is the rule waived? A sentence is enough."), field="reason")
    if not participant.presence.valid().exists():
        raise NotEarned(_("She was at no lesson; no certificate can be given."), field="reason")
    participant.waived_at, participant.waiver = at, reason.strip()[:300]
    participant.save(update_fields=["waived_at", "waiver"])
    return participant


@change("participant.unwaived", says=_("{by} took the waiver for {participant} back"))
def unwaive(*, participant: Participant, by: Actor, at: datetime, id: UUID) -> Participant:
    need_office(by)
    note(library=participant.library_id)
    participant.waived_at, participant.waiver = None, ""
    participant.save(update_fields=["waived_at", "waiver"])
    return participant


@change("workshop.settled", says=_("{by} settled what the participants of “{workshop}” earned: {n} certificates"))
def settle(*, workshop: Workshop, by: Actor, at: datetime, id: UUID) -> Batch:
    """Write down each outcome and prepare the batch of certificates and letters of attendance; again at any time, drafts
    follow. Possible from the last day on, before the closing. Raises NotAllowed, NotOpen, NotEarned (nobody came)."""
    need_office(by)
    need_running(workshop)
    day = clock.local_date(at, workshop.library.time_zone)
    first, last = workshop.gathering.first_on, workshop.gathering.last_on
    if first is None or last is None or day < last:
        raise NotOpen(_("Certificates are prepared from the last day on."))
    rows = list(workshop.participants.filter(state=Participant.State.CONFIRMED).select_related("library"))
    found = standings(workshop, rows)
    lessons = lessons_of(workshop)
    total = sum(one.jp for one in lessons)
    for one in found:
        row = one.participant
        row.outcome = one.outcome
        row.jp = total if row.outcome == Outcome.CERTIFICATE else one.jp
        row.completed_on = last if row.outcome == Outcome.CERTIFICATE else None
    Participant.objects.bulk_update(rows, ["outcome", "jp", "completed_on"])
    workshop.settled_at = at
    workshop.save(update_fields=["settled_at"])
    earned = [one for one in found if one.outcome != Outcome.ABSENT and one.participant.name]
    if not earned:
        raise NotEarned(_("Nobody was present yet, so there is nothing to prepare."))
    with override("id"):  # what is printed is Indonesian, whoever prepares it
        awards = [_award(workshop, one, lessons) for one in earned]
        event = _event(workshop)
    note(n=sum(one.outcome == Outcome.CERTIFICATE for one in earned))
    return prepare_batch(event=event, awards=awards, source=workshop.origin, library_id=workshop.library_id, by=by,
                         at=at, id=derived_id(id, "batch"))


def need_earned(standing: Standing) -> None:
    """Refuses who asks for a certificate that was not earned, with what is missing."""
    if standing.outcome == Outcome.CERTIFICATE:
        return
    raise NotEarned(_("No certificate yet. Missing: %(what)s.") % {"what": missing_words(standing)})


def _event(workshop: Workshop) -> Event:
    """As the last event had it, so that the head's name is typed once."""
    last = Batch.objects.filter(source=workshop.origin).first() or Batch.objects.order_by("-made_at").first()
    usual = {name: getattr(last, name) for name in USUAL} if last else {
        "issuer_name": workshop.organiser or service_name(), "signed_in": city().name}
    gathering = workshop.gathering
    assert gathering.first_on is not None
    assert gathering.last_on is not None
    return Event(title=gathering.title, first_on=gathering.first_on, last_on=gathering.last_on,
                 place=(workshop.venue or workshop.library.name)[:120], **usual)


def _award(workshop: Workshop, one: Standing, lessons: list[Lesson]) -> Award:
    is_whole = one.outcome == Outcome.CERTIFICATE
    return Award(
        name=one.participant.name, key=one.participant.reference, library_id=one.participant.library_id,
        achievement=((is_whole and workshop.achievement) or workshop.gathering.title)[:200],
        criteria=_criteria(workshop) if is_whole else _now("Took part in a part of the workshop."),
        kind=Certificate.Kind.CERTIFICATE if is_whole else Certificate.Kind.ATTENDANCE, jp=one.participant.jp,
        materials=tuple(Material(lesson.title, lesson.jp) for lesson in lessons if lesson.counts)[:40],
        evidence={"workshop": str(workshop.pk), "lessons_present": one.present, "lessons": one.lessons,
                  "post_test": one.after is not None, "plan": one.has_plan, "waived": one.is_waived,
                  "missing": list(one.missing)})


def _criteria(workshop: Workshop) -> str:
    """The rule of this workshop, then what the kit's badge asks."""
    rule = _now("Present at %(percent)s%% of the lessons at least, post-test taken and follow-up plan handed in as "
                "the organiser's rule asks.") % {"percent": workshop.min_present}
    return f"{rule} {workshop.criteria}".strip()[:400]

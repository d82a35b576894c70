"""Answers, and whom to ask again."""

from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from simpul.core import clock
from simpul.core.actor import Actor
from simpul.core.change import change, note
from simpul.core.ids import derived_id
from simpul.core.refusal import NotAllowed
from simpul.messages.actions import put_message
from simpul.messages.addresses import normalise_address, site
from simpul.surveys.actions.refusals import AlreadyAnswered, CannotChange, SurveyClosed, WrongAnswer
from simpul.surveys.actions.voices import checked_phone
from simpul.surveys.models import Invitation, Question, Response, Survey, Version
from simpul.surveys.permissions import can_enter

LARGEST = 1_000_000_000


@change("survey.answered", says=_("An answer to {survey} arrived"))
def answer_survey(*, version: Version, answers: dict[str, Any], channel: str, invitation: Invitation | None = None,
                  about_id: UUID | None = None, by: Actor, at: datetime, id: UUID) -> Response:
    """One sheet is filled: over a link, at the tablet, or entered by staff from paper or the phone (then empty
    answers are allowed: paper comes as it is). `answers` maps question keys to places, lists, numbers, texts;
    `about_id` is the gathering it tells of, where it does not follow from the invitation.
    Raises SurveyClosed, AlreadyAnswered, WrongAnswer, NotAllowed."""
    survey = version.survey
    is_entered = channel in (Response.Channel.PAPER, Response.Channel.PHONE)
    if is_entered and not can_enter(by, survey.library_id):
        raise NotAllowed(_("Only the staff of this library enters sheets."))
    note(library=survey.library_id, survey=survey)
    day = clock.local_date(at, survey.library.time_zone)
    if version.published_at is None:
        raise SurveyClosed(_("This survey is not open yet."))
    # paper that was filled in time is entered later
    if not is_entered and not survey.is_open(day):
        if not by.is_replay:
            raise SurveyClosed(_("This survey is closed. Thank you for wanting to answer."))
        note(flags=[SurveyClosed.code])
    if survey.is_by_invitation and invitation is None and not is_entered:
        raise SurveyClosed(_("This survey is answered with a personal link."))
    if invitation is not None:
        _spend(invitation, survey, at)
    told = checked_answers(list(version.questions.all()), answers, is_complete=not is_entered)
    return Response.objects.create(
        id=derived_id(id, "response"), library_id=survey.library_id, version=version, invitation=invitation,
        about_id=invitation.about_id if invitation is not None else about_id, answers=told, channel=channel,
        happened_at=at, local_date=day)


def _spend(invitation: Invitation, survey: Survey, at: datetime) -> None:
    """A personal link answers once."""
    if invitation.survey_id != survey.pk:
        raise WrongAnswer(_("This link belongs to another survey."))
    spent = Invitation.objects.waiting().filter(pk=invitation.pk).update(answered_at=at)
    if not spent:
        raise AlreadyAnswered(_("This link was answered already. Thank you."))


def checked_answers(questions: list[Question], answers: dict[str, Any], *, is_complete: bool) -> dict[str, Any]:
    """What is kept: known keys only, each of its kind. `is_complete`: required questions must be answered."""
    told: dict[str, Any] = {}
    for question in questions:
        value = _checked(question, answers.get(question.key))
        if value is None:
            if is_complete and question.is_required:
                raise WrongAnswer(_("Please answer this question."), field=f"q_{question.key}")
            continue
        told[question.key] = value
    if not told:
        raise WrongAnswer(_("The sheet is empty."))
    return told


def _checked(question: Question, value: Any) -> Any:
    if value in (None, "", []):
        return None
    wrong = WrongAnswer(_("This is none of the answers."), field=f"q_{question.key}")
    if question.kind == Question.Kind.TEXT:
        return " ".join(str(value).replace("\x00", "").split())[:500] or None
    if question.kind == Question.Kind.SEVERAL:
        values = sorted({int(one) for one in value if isinstance(one, int)}) if isinstance(value, list | tuple) else []
        if not values or not values[0] >= 1 or values[-1] > len(question.choices):
            raise wrong
        return values
    if not isinstance(value, int) or isinstance(value, bool):
        raise wrong
    if question.kind == Question.Kind.NUMBER:
        if not 0 <= value <= LARGEST:
            raise wrong
        return value
    if not 1 <= value <= len(question.options):
        raise wrong
    return value


@change("response.voided", says=_("{by} took an answer to {survey} out"))
def void_response(*, response: Response, by: Actor, at: datetime, id: UUID) -> Response:
    """A sheet entered by mistake no longer counts; its row stays."""
    if not can_enter(by, response.library_id):
        raise NotAllowed(_("Only the staff of this library enters sheets."))
    note(library=response.library_id, survey=response.version.survey)
    response.voided_at = at
    response.save(update_fields=["voided_at"])
    return response


@change("invitation.made", says=_("{by} put somebody on the list for {survey}, due on {due_on}"))
def invite(*, survey: Survey, label: str, phone: str = "", email: str = "", about: str = "",
           about_id: UUID | None = None, due_on: date, channel: str, by: Actor, at: datetime, id: UUID) -> Invitation:
    """Somebody agreed to be asked on a day. `label` is what the staff calls her. The rooms above call it with the
    registration of an activity. Raises NotAllowed, WrongPhone, WrongAnswer."""
    if not can_enter(by, survey.library_id):
        raise NotAllowed(_("You do not work at this library."))
    if not label.strip():
        raise WrongAnswer(_("Write whom to ask."), field="label")
    if channel not in Invitation.Channel.values:
        raise WrongAnswer(_("Choose how she is reached."), field="channel")
    number, address = checked_phone(phone), normalise_address(email) if email else ""
    if channel == Invitation.Channel.MAIL:
        if not address:
            raise WrongAnswer(_("An e-mail address is needed for this."), field="email")
    elif not number and channel != Invitation.Channel.KIOSK:
        raise WrongAnswer(_("A phone number is needed for this."), field="phone")
    note(library=survey.library_id, due_on=due_on)
    return Invitation.objects.create(
        id=derived_id(id, "invitation"), survey=survey, label=label.strip()[:80], phone=number,
        email=address or "", about=about.strip()[:120], about_id=about_id, due_on=due_on, channel=channel)


@change("invitation.sent", says=_("{by} sent somebody the link of {survey}"))
def mark_sent(*, invitation: Invitation, by: Actor, at: datetime, id: UUID) -> Invitation:
    _own(invitation, by)
    invitation.sent_at = at
    invitation.save(update_fields=["sent_at"])
    return invitation


@change("invitations.mailed", says=_("{by} put {n} e-mails with survey links in the outbox"))
def mail_invitations(*, by: Actor, at: datetime, id: UUID) -> int:
    """Up to 100 who gave an e-mail address and whose day has come; how many. Each once."""
    if not by.is_node:
        raise NotAllowed(_("Only the schedule of the node does this."))
    rows = list(mails_due(at)[:100])
    for row in rows:
        put_message(key=f"surveys.invitation:{row.pk}", to=row.email, **_mail(row), library_id=row.survey.library_id,
                    expires_at=at + timedelta(days=7), at=at, id=id)
    Invitation.objects.filter(pk__in=[row.pk for row in rows]).update(sent_at=at)
    note(n=len(rows))
    return len(rows)


def mails_due(at: datetime) -> QuerySet[Invitation]:
    """Who is to be asked by e-mail now."""
    return Invitation.objects.due_by(clock.local_date(at, "Asia/Jakarta")).filter(
        channel=Invitation.Channel.MAIL, sent_at__isnull=True).exclude(email="").select_related("survey__library")


def _mail(row: Invitation) -> dict[str, str]:
    with translation.override("id"):
        link = site() + reverse("surveys:fill_invited", args=[row.token])
        about = gettext("about “%(about)s”") % {"about": row.about} if row.about else gettext("about the activity")
        return {"subject": row.survey.title, "text": gettext(
            "Hello, this is %(library)s. You agreed to be asked once more %(about)s. It takes two minutes: %(link)s") % {
                "library": row.survey.library.name, "about": about, "link": link}}


@change("invitation.dropped", says=_("{by} took somebody off the list of {survey}"))
def drop_invitation(*, invitation: Invitation, by: Actor, at: datetime, id: UUID) -> Invitation:
    """She does not want to be asked, or cannot be reached: name and number are erased now."""
    _own(invitation, by)
    if invitation.answered_at is not None:
        raise CannotChange(_("She has answered already."))
    invitation.dropped_at, invitation.label, invitation.phone, invitation.email = at, "", "", ""
    invitation.save(update_fields=["dropped_at", "label", "phone", "email"])
    return invitation


def _own(invitation: Invitation, by: Actor) -> None:
    if not can_enter(by, invitation.survey.library_id):
        raise NotAllowed(_("You do not work at this library."))
    note(library=invitation.survey.library_id, survey=invitation.survey)

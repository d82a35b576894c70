"""One library's day with one row of every kind, for tests that try every address."""

from datetime import time, timedelta
from typing import Any

from simpul.accounts.actions.devices import offer_device, pair_device
from simpul.accounts.actions.tokens import make_token
from simpul.accounts.models import Account
from simpul.activities.actions import (
    Details,
    add_photo,
    add_speaker,
    answer_report,
    choose_needs,
    plan_activity,
    receive_picture,
    write_result,
)
from simpul.activities.models import Reply
from simpul.advocacy.actions import (
    add_partner,
    begin_proposal,
    keep_agreement,
    plan_approach,
    record_publicity,
    record_result,
    record_support,
    record_talk,
    take_evidence,
)
from simpul.catalogue.actions import Offer, add_resource
from simpul.certificates.actions import Award, Event, issue_batch, prepare_batch
from simpul.certificates.models import Certificate
from simpul.circulation.actions import lend_copy, note_reminder, record_in_house_use, return_copy
from simpul.circulation.models import Charge
from simpul.core import clock
from simpul.core.actor import COMMAND, Actor, ActorKind, Role
from simpul.core.ids import new_id
from simpul.files.pictures import prepare_picture
from simpul.gatherings.actions import SessionGiven, ask_outcomes, enter_sheet, mark_attendance, publish_gathering, register
from simpul.gatherings.tokens import registration_token
from simpul.iplm import actions as iplm
from simpul.kits.actions import adapt_item, adopt_kit, bring_kit, install_kit, publish_own, trust_key
from simpul.kits.models import Conflict
from simpul.kits.tests.making import KEY, SESSION, STAGE, kit, x_of
from simpul.learning.actions import PathWords, add_step, create_path, publish_path
from simpul.libraries.actions import add_space, declare_closure
from simpul.libraries.actions.staff import invite
from simpul.libraries.models import DatedFact, Library, Stop
from simpul.messages.addresses import stop_token
from simpul.months import actions as months
from simpul.people.actions import (
    ConsentGiven,
    GuardianGiven,
    ask_consent_by_link,
    enrol_member,
    link_token,
    make_consent_sheet,
    record_consent,
)
from simpul.people.models import Consent
from simpul.plans.actions import (
    PlanGiven,
    Proof,
    StepGiven,
    acknowledge_plan,
    add_evidence,
    hand_in_plan,
    write_plan,
)
from simpul.plans.actions import add_step as add_row
from simpul.replication import actions as replication
from simpul.standards import actions as standards
from simpul.stories.actions import (
    add_story_photo,
    begin_story,
    choose,
    give_consent,
    open_round,
    submit,
    verify,
    write_story,
)
from simpul.surveys.actions import invite as ask_somebody
from simpul.surveys.actions import leave_voice, new_draft, open_ready_survey
from simpul.sync.actions import Delivered, offer_phone, pair_phone, receive
from simpul.sync.models import Event as TakenEvent
from simpul.sync.tests.phone import Key, PhoneInTests
from simpul.tpbis import actions as tpbis
from simpul.tpbis.models import Entered
from simpul.tpbis.parts import COUNTS
from simpul.training.actions import add_photo as add_workshop_photo
from simpul.training.actions import (
    announce_workshop,
    begin_plan,
    confirm_participant,
    invite_libraries,
    name_participant,
    plan_workshop,
    write_speaker,
)
from simpul.training.tokens import participant_token
from simpul.transfers.actions import begin_batch
from simpul.visits.actions import record_sheet, record_visit
from simpul.visits.models import Cell
from simpul.volunteers.actions import (
    HelperGiven,
    add_duty,
    add_helper,
    issue_letter,
    join,
    leave_note,
    record_service,
    set_pattern,
    thank,
)
from simpul.volunteers.tokens import letter_token

#: what nobody but the library's own staff may ever read
SECRETS = ("Zubaidah Rahmawati", "Kurniawan Zulkarnain", "81399887766", "81355443322", "Jalan Rahasia 7", "zubaidah")


def picture() -> Any:
    from io import BytesIO

    from PIL import Image

    out = BytesIO()
    out.name = "halaman.jpg"  # type: ignore[attr-defined]
    Image.new("RGB", (40, 30), "white").save(out, "JPEG")
    out.seek(0)
    return prepare_picture(out)


def live_a_day(library: Library, librarian: Account, make_copy: Any) -> dict[str, Any]:
    """Everything that a library's page may be about, and the secrets of its links, by what addresses call it."""
    by = Actor(kind=ActorKind.ACCOUNT, id=librarian.pk, librarian_of=frozenset({library.pk}))
    now = clock.now()

    def who(ago: int = 0) -> dict[str, Any]:
        return {"by": by, "at": now - timedelta(days=ago), "id": new_id()}

    adult = enrol_member(library=library, name=SECRETS[0], birth_year=1980, sex="P", **who(60))
    child = enrol_member(library=library, name=SECRETS[1], birth_year=now.year - 10, sex="L", phone="0813-9988-7766",
                         address=SECRETS[4], email="zubaidah@contoh.id",
                         guardian=GuardianGiven(SECRETS[0], "0813-5544-3322", "ibu"), **who(50))
    sheet = make_consent_sheet(library=library, persons=[child.person], **who(3))
    asked = ask_consent_by_link(person=child.person, **who(2))
    record_consent(library=library, given=[ConsentGiven(child.person_id)], how=Consent.How.SHEET, evidence=picture(),
                   sheet=sheet, **who(1))
    late, copy = make_copy("Bumi Manusia", library=library), make_copy("Laskar Pelangi", library=library)
    old = return_copy(copy=late, received_at=library, **who(1)) if lend_copy(copy=late, to=adult, **who(40)) else None
    charge = Charge.objects.filter(loan=old).first() or Charge.objects.create(
        library=library, loan=old, amount=5000, happened_at=now, local_date=now.date())
    loan = lend_copy(copy=copy, to=child, **who())
    note_reminder(library=library, member=child, **who())
    use = record_in_house_use(copy=make_copy("Si Kancil", library=library), **who())
    visit = record_visit(library=library, sex="P", age_group="18-59", **who())
    record_visit(library=library, card=adult.number, **who())
    page = record_sheet(library=library, day=now.date() - timedelta(days=2), cells=[Cell("L", "6-12", 4)],
                        photo=picture(), **who())
    invited = invite(role=Role.VOLUNTEER, library=library, for_name="Calon", **who())
    offered = offer_device(library_id=library.pk, name="Tablet", kind="kiosk", **who())
    device, cookie = pair_device(code=offered.code, at=now, id=new_id())
    token = make_token(name="Sistem lain", library_id=library.pk, **who())
    batch = begin_batch(library_id=library.pk, kind="members", file_name="anggota.xlsx", **who())
    space = add_space(library=library, name="Ruang baca", kind="reading", seats=4, area_m2=None, **who())
    closure = declare_closure(library=library, first_on=now.date(), last_on=now.date(), reason="Rapat", **who())
    stop = Stop.objects.create(library=library, name="Lapangan", weekday=1)
    fact = DatedFact.objects.create(library=library, name="wifi", value=True, from_on=now.date(), recorded_at=now)
    consent = child.person.consents.get(evidence__isnull=False)
    certificate = a_certificate(library)
    activity, session, registration, mark, speaker, photo = _an_activity(library, who)
    reply, asked_for = _what_came_of_it(activity, who)
    survey, question, voice, asks = _a_survey(library, who)
    way = create_path(library=library, words=PathWords("Menjahit dari nol", outcome="Menjahit tas sendiri."), **who())
    step = add_step(path=way, title=copy.title, **who())
    publish_path(path=way, **who())
    material = add_resource(title=copy.title, library=library, offer=Offer(), file=picture(), **who())
    story, round_, story_photo = _a_story(library, adult.person, who)
    return {
        "advocacy": _advocacy(library, who), "kits": _kits(library, who),
        "sync": _a_phone(library, librarian, who), "sha256": "0" * 64,
        "replication": _a_journey(library, activity, who), "months": _a_month(library, who), **_official(library, activity, who),
        "reports": {"form": "iplm-2025"}, "iplm": _the_index(library, who),
        "plans": _a_plan(library, who), "volunteers": _volunteers(library, librarian, who),
        "training": _a_workshop(library, who),
        "story": story.code, "story_link": story.token, "story_photo": story_photo.pk,
        "resource_id": material.pk, "slug": way.slug, "step": step.pk,
        "survey": survey.code, "question": question.pk, "response": question.pk, "survey_link": asks.token,
        "shared": receive_picture(picture=picture(), account_id=librarian.pk, at=now), "reply": reply.pk,
        "voice": asked_for.pk, "session": session.pk, "registration": registration.pk, "mark": mark.pk,
        "part": speaker.pk, "photo": photo.pk,
        "gathering": activity.gathering_id, "signed": _signed(session, who), "ticket": registration_token(registration.pk),
        "stop": stop_token("zubaidah@contoh.id"),
        "adult": adult, "child": child, "loan": loan, "cookie": cookie, "api": token.secret,
        "certificate": certificate, "thumbprint": certificate.key.thumbprint, "form": "jwt",
        "link": invited.token, "consent_link": link_token(asked.pk), "librarian": librarian,
        # by the name of the part of an address; `id` by the name of the page
        "member": child.pk, "guardian": child.person.guardians.get().pk, "consent": consent.pk,
        "person": adult.person_id, "evidence": consent.evidence_id, "batch": batch.pk, "batch_id": batch.pk, "sheet": sheet.code,
        "title_id": copy.title_id, "copy_id": copy.pk, "section": "tik", "region": "36.71", "kind": "xlsx",
        "id": {
            "circulation:member": child.pk, "circulation:receipt": child.pk, "circulation:remind": child.pk,
            "circulation:copy": copy.pk, "circulation:undo_in_house": use.pk, "circulation:pay_charge": charge.pk,
            "circulation:waive_charge": charge.pk, "circulation:undo_return": old.pk, "circulation": loan.pk,
            "visits:photo": page.entry_id, "visits": visit.entry_id,
            "libraries:role_end": librarian.roles.get().pk, "libraries:role_restore": librarian.roles.get().pk,
            "libraries:invitation_revoke": invited.invitation.pk, "libraries:reset_link": librarian.pk,
            "libraries:second_factor_take_away": librarian.pk, "libraries:device_revoke": device.pk,
            "libraries:token_revoke": token.token.pk, "libraries:closure_withdraw": closure.pk,
            "libraries:closure_restore": closure.pk, "libraries:space_close": space.pk,
            "libraries:space_reopen": space.pk, "libraries:stop_close": stop.pk, "libraries:stop_reopen": stop.pk,
            "libraries:fact_void": fact.pk, "libraries:fact_restore": fact.pk, "catalogue": copy.title_id,
            "learning": way.pk, "catalogue:resource": material.pk, "catalogue:resource_content": material.pk,
            "catalogue:resource_download": material.pk,
            "surveys": survey.pk, "surveys:unread": voice.pk, "surveys:safety": voice.pk, "surveys:told": voice.pk,
            "surveys:due_sent": asks.pk, "surveys:due_script": asks.pk, "surveys:due_drop": asks.pk,
            "certificates": certificate.batch_id, "certificates:certificate": certificate.pk,
            "certificates:correct": certificate.pk, "certificates:revoke": certificate.pk,
            "certificates:forget": certificate.pk,
            "activities": activity.pk, "activities:public": activity.gathering_id,
            "activities:calendar": activity.gathering_id, "activities:poster": activity.gathering_id,
            "activities:public_photo": activity.gathering_id, "activities:public_report": activity.gathering_id,
            "activities:reply_withdraw": reply.pk,
            "stories": story.pk, "stories:round": round_.pk, "stories:city_round": round_.pk,
            "stories:compare": round_.pk, "stories:round_close": round_.pk, "stories:round_reopen": round_.pk,
        },
    }


def _an_activity(library: Library, who: Any) -> tuple[Any, ...]:
    """An announced activity of today that a resident with a secret name registered for and came to."""
    begins = clock.now() + timedelta(minutes=5)
    activity = plan_activity(
        library=library, title="Kelas menjahit", details=Details(kind="skills"),
        sessions=[SessionGiven(begins, begins + timedelta(hours=1)), SessionGiven(
            begins + timedelta(days=7), begins + timedelta(days=7, hours=1))], **who())
    publish_gathering(gathering=activity.gathering, **who())
    session = activity.gathering.sessions.first()
    registration = register(gathering=activity.gathering, name=SECRETS[1], phone="0813-9988-7766", **who())
    mark = mark_attendance(session=session, registration=registration, **who())
    speaker = add_speaker(activity=activity, name="Bu Sri", **who())
    ask_outcomes(gathering=activity.gathering, is_wanted=True, **who())
    photo = add_photo(activity=activity, picture=picture(), has_photo_notice=True, is_public=True, **who())
    return activity, session, registration, mark, speaker, photo


def _what_came_of_it(activity: Any, who: Any) -> tuple[Reply, Any]:
    """It was asked for by somebody with a number, it is reported, and the mentor answered."""
    voice = leave_voice(library=activity.library, text="Belajar menjahit tas", theme="skills", phone="0812-1111-2222",
                        source="paper", **who())
    choose_needs(activity=activity, voices=[voice.pk], **who())
    write_result(activity=activity, result="Dua tas selesai.", has_photo_notice=True, **who())
    mentor = Actor(kind=ActorKind.ACCOUNT, mentor_of=frozenset({activity.library_id}))
    return answer_report(activity=activity, text="Terima kasih!", **(who() | {"by": mentor})), voice


def _signed(session: Any, who: Any) -> Any:
    """The photo of its signed attendance list."""
    enter_sheet(session=session, present=[], photo=picture(), others_absent=False, **who())
    return session.sheets.get().pk


def _a_survey(library: Library, who: Any) -> tuple[Any, ...]:
    """A survey with a published version and a draft, a voice with a secret number, somebody to be asked."""
    survey = open_ready_survey(library=library, ready="feedback", **who(1))
    draft = new_draft(survey=survey, **who())
    voice = leave_voice(library=library, text="Kelas menjahit", theme="skills", phone="0812-1111-2222", **who())
    asks = ask_somebody(survey=survey, label="Ibu di kelas menjahit", phone="0812-1111-2222", due_on=clock.now().date(),
                        channel="whatsapp", **who())
    return survey, draft.questions.first(), voice, asks


def _a_story(library: Library, person: Any, who: Any) -> tuple[Any, ...]:
    """A member's story under another name: agreed to for everybody, verified, with a picture, chosen in a round."""
    story = begin_story(library=library, name=SECRETS[0], alias="Ibu penjahit", person=person, **who(2))
    write_story(story=story, told={"before": "Dulu malu.", "helped": "Kelas menjahit.", "after": "Kini berani.",
                                   "change": "confidence", "quote": "Saya berani.", "theme": "confidence"}, **who(2))
    today = clock.now().date()
    give_consent(story=story, until_on=today + timedelta(days=300), how="sheet", evidence=picture(), for_city=True,
                 for_public=True, with_photo=True, **who(1))
    photo = add_story_photo(story=story, picture=picture(), **who(1))
    submit(story=story, **who(1))
    city = who() | {"by": COMMAND}
    verify(story=story, how="visit", checked_on=today - timedelta(days=1), **city)
    round_ = open_round(title="Cerita", first_on=today - timedelta(days=30), last_on=today, **city | {"id": new_id()})
    choose(round=round_, level="library", theme="confidence", story=story, reason="Ia berani berbicara.", library=library,
           day=today, **who())
    return story, round_, photo


def a_certificate(library: Library) -> Certificate:
    """The node issued a certificate of a workshop; another one is a draft."""
    who = {"by": COMMAND, "at": clock.now()}
    today = clock.now().date()
    event = Event(title="Bimtek", first_on=today, last_on=today, issuer_name="Dinas Perpustakaan")
    awards = [Award(name="Peserta Bimtek", key="one", achievement="Bimtek", criteria="Hadir", library_id=library.pk)]
    batch = prepare_batch(event=event, awards=awards, id=new_id(), **who)
    issue_batch(batch=batch, id=new_id(), **who)
    late = [*awards, Award(name="Peserta Susulan", key="two", achievement="Bimtek", criteria="Hadir")]
    prepare_batch(event=event, awards=late, batch=batch, id=new_id(), **who)
    return Certificate.objects.select_related("key").get(source="one")


def _kits(library: Library, who: Any) -> dict[str, Any]:
    """A kit that was adapted and upgraded with a conflict, is used here and was given out; another one waits."""
    city = {"by": COMMAND}
    trusted = trust_key(x=x_of(KEY), name="Dinas A", **who(9) | city)
    row = install_kit(content=kit(), **who(9) | city).kit
    item = row.items.get(kind="stage")
    adapt_item(item=item, texts={"aim": "Lain di sini."}, **who(8) | city)
    adoption = adopt_kit(library=library, kit=row, **who(7))
    install_kit(content=kit("1.1.0", {"siapkan": ("stage", STAGE | {"aim": "Baru."}), "advokasi": ("session", SESSION)}),
                **who(6) | city)
    row.refresh_from_db()
    edition = publish_own(kit=row, uri="urn:simpul:kit:kami", version="1.0.0", title="Kit kami", **who(5) | city)
    parcel = bring_kit(content=kit("1.2.0"), **who() | city)
    rows = {"kit": row, "item": item, "adaptation": item.adaptations.get(), "conflict": Conflict.objects.get(),
            "trusted": trusted, "parcel": parcel, "edition": edition, "adoption": adoption}
    return {name: one.pk for name, one in rows.items()} | {"shipped": "bimtek-tpbis"}


def _a_phone(library: Library, carrier: Account, who: Any) -> dict[str, Any]:
    """A paired phone that told of a loan of a book that nobody knows; it waits for a person."""
    offered = offer_phone(library=library, account=carrier, name="HP relawan", **who())
    phone = PhoneInTests(key=Key(), device=offered.phone.pk, library=library.pk, account=carrier.pk, clock=clock.now())
    pair_phone(code=offered.code, algorithm="Ed25519", public_key=phone.key.public, app="1.0.0", at=clock.now(), id=new_id())
    told = phone.record("loan.lent", copy="TANPA-LABEL", card="ENTAH")
    receive([Delivered(told["event"], told["sig"])], at=clock.now())
    event = TakenEvent.objects.get(phone=phone.device).pk
    return dict.fromkeys(("revoke", "restore", "prolong"), phone.device) | dict.fromkeys(
        ("take", "ignore", "settle", "reopen"), event)


def _a_plan(library: Library, who: Any) -> dict[str, Any]:
    """A plan of two months ago with a proved row, its flip chart, its signed paper and a follow-up that is due."""
    today = clock.now().date()
    head = PlanGiven("RTL taman baca", today - timedelta(days=60), today + timedelta(days=120))
    plan = write_plan(library=library, kind="rtl", given=head, flip_chart=picture(), **who(60),
                      steps=[StepGiven("Kelas menjahit", today - timedelta(days=3))])
    hand_in_plan(plan=plan, **who(60))
    acknowledge_plan(plan=plan, office="Lurah", on=today - timedelta(days=50), paper=picture(), **who(40))
    row = plan.steps.select_related("plan", "library").get()
    proof = add_evidence(step=row, proof=Proof(file=picture()), **who(1))
    return {"id": plan.pk, "step": row.pk, "evidence": proof.pk, "follow_up": plan.follow_ups.first().pk}


def _volunteers(library: Library, librarian: Account, who: Any) -> dict[str, Any]:
    """The librarian helps herself, a helper with a secret name has turns, hours, a letter; a note, thanks."""
    today = clock.now().date()
    join(library=library, **who(9))
    helper = add_helper(library=library, given=HelperGiven(SECRETS[0], today - timedelta(days=90), "0813-9988-7766", True),
                        **who(9))
    pattern = set_pattern(helper=helper, weekday=(today.weekday() + 1) % 7, starts=time(8), ends=time(9),
                          from_on=today - timedelta(days=30), **who(9))
    duty = add_duty(library=library, day=today + timedelta(days=2), starts=time(8), ends=time(9), **who())
    service = record_service(helper=helper, minutes=60, **who(2))
    letter = issue_letter(helper=helper, first_on=today - timedelta(days=30), last_on=today - timedelta(days=1),
                          signer="Ketua", **who())
    note = leave_note(library=library, text=f"Kunci di {SECRETS[0]}", **who())
    thanks = thank(library=library, helper=helper, text="Terima kasih", **who())
    rows = {"note_read": note, "note_unread": note, "thanks_back": thanks, "correct": service, "void": service,
            "restore": service, "pattern_end": pattern, "pattern_restore": pattern, "absent": pattern,
            "letter_paper": letter, "letter_withdraw": letter, "letter_restore": letter}
    rows |= {f"duty_{name}": duty for name in ("absent", "take", "untake", "back", "drop", "restore")}
    return {"id": helper.pk, "day": (today + timedelta(days=1)).isoformat(), "token": letter_token(letter.pk)} | {
        name: row.pk for name, row in rows.items()}


def _advocacy(library: Library, who: Any) -> dict[str, Any]:
    """A partner with a secret contact, its gift and agreement; an approach with talk, result and figure; a proposal. Of
    the city: a partner and an agreement."""
    today = clock.now().date()
    paper: dict[str, Any] = {"kind": "pks", "title": "Buku", "from_on": today, "document": picture()}
    partner = add_partner(library=library, name="PKK", contact_name=SECRETS[0], contact_phone="0813-9988-7766", **who(9))
    gift = record_support(partner=partner, library=library, kind="goods", what="Rak", on=today, **who())
    agreement = keep_agreement(library=library, partner=partner, **paper, **who())
    approach = plan_approach(library=library, aim="Ruang baca", target="lurah", office="Kelurahan", partner=partner, **who(9))
    talk = record_talk(approach=approach, on=today, ours=SECRETS[0], said=SECRETS[1], **who())
    result = record_result(approach=approach, kind="decree", what="SK", on=today, document=picture(), **who())
    figure = take_evidence(approach=approach, measure="visits", first=today, last=today, **who())
    begin_proposal(library=library, year=2027, **who())
    told = record_publicity(library=library, channel="website", link="https://contoh.id/a", on=today, **who())
    city = add_partner(library=None, name="PT Maju", **who(9) | {"by": COMMAND})
    of_city = keep_agreement(library=None, partner=city, **paper, **who() | {"by": COMMAND})
    rows = {"partner": partner, "support": gift, "agreement": agreement, "approach": approach, "talk": talk, "result": result,
            "figure": figure, "publicity": told, "city_partner": city, "city_agreement": of_city}
    return {name: row.pk for name, row in rows.items()} | {"year": 2027, "step": "office"}


def _a_workshop(library: Library, who: Any) -> dict[str, Any]:
    """A workshop of today, its library invited, somebody named and present, her plan begun; a speaker, a picture."""
    at = who() | {"by": COMMAND}

    def office(**more: Any) -> dict[str, Any]:
        return at | {"id": new_id()} | more

    made = plan_workshop(library=library, programme="replication", first_on=clock.now().date(), **office())
    announce_workshop(workshop=made, **office())
    invite_libraries(workshop=made, libraries=[library.pk], **office())
    person = confirm_participant(participant=name_participant(
        workshop=made, library=library, name="Peserta Uji", phone="0812-7777-1111", **office()), **office())
    plan = begin_plan(participant=person, **office())
    step = add_row(plan=plan, given=StepGiven("Kelas menjahit", clock.now().date()), **office())
    speaker = write_speaker(workshop=made, name="Narasumber", **office())
    shown = add_workshop_photo(workshop=made, picture=picture(), **office())
    lesson = made.lessons.first()
    return {"id": made.pk, "lesson": lesson.pk, "day": lesson.day_id, "participant": person.pk, "step": step.pk,
            "speaker": speaker.pk, "photo": shown.pk, "line": made.budget.first().pk, "moment": "before", "shown": "x",
            "invitation": made.invitations.get().pk, "token": participant_token(person.pk)}


def _a_journey(library: Library, activity: Any, who: Any) -> dict[str, Any]:
    """A paper with its file, a word by hand, a note, a planned visit, a pause, a meeting, a price."""
    today = clock.now().date()
    city = who() | {"by": COMMAND}

    def node() -> dict[str, Any]:
        return city | {"id": new_id()}

    paper = replication.keep_document(library=library, kind="commitment", dated_on=today, file=picture(), **node())
    word = replication.confirm_step(library=library, stage="chosen", said_on=today, reason="SK lisan", **node())
    done = replication.record_contact(library=library, how="phone", done_on=today, word="Ramai", **node())
    planned = replication.plan_contact(library=library, how="visit", planned_on=today, **node())
    pause = replication.pause_silence(library=library, until_on=today + timedelta(days=9), reason="Pengelola cuti", **node())
    meeting = replication.plan_meeting(library=library, given=replication.MeetingGiven("PLM", today), **node())
    sent = replication.send_delegate(meeting=meeting, library=library, name="Ani Lestari", phone="081211110009", **node())
    cost = replication.tell_cost(what="Bimtek", unit="library", amount=1, source="SBU", **node())
    rows = {"document_file": paper, "document_out": paper, "document_back": paper, "confirmation_out": word,
            "contact_done": planned, "contact_off": done, "contact_back": done, "contact_read": done, "pause_end": pause,
            "share": meeting, "part_of_plan": activity, "cost_out": cost, "cost_back": cost}
    rows |= {f"meeting{name}": meeting for name in ("", "_edit", "_off", "_back", "_paper", "_invite", "_presence", "_walk_in",
                                                   "_mark", "_unmark")}
    rows |= {"delegate_send": meeting, "delegate_leaves": meeting, "delegate": sent}
    return {name: row.pk for name, row in rows.items()}


def _official(library: Library, activity: Any, who: Any) -> dict[str, Any]:
    """What stands in SIM, told and entered; weights, an own assessment, grades, a paper of the shelf."""
    today, marked, told, assessed = clock.now().date(), new_id(), new_id(), new_id()
    node = who() | {"by": COMMAND}
    tpbis.mark_entered(library=library, references=[f"activities.Activity:{activity.pk}"], **(node | {"id": marked}))
    tpbis.tell_account(told=tpbis.Told(library, "yes", today, "green", today), **(node | {"id": told}))
    weights = tpbis.set_weights(from_on=today, weights={one.code: one.weight for one in COUNTS}, a_month={}, green_from=75,
                                yellow_from=40, reason="Rapat", **(node | {"id": new_id()}))
    standards.assess(library=library, fulfilled={"staff": 3}, **(node | {"id": assessed}))
    grades = standards.set_grades(from_on=today, a_from=90, b_from=75, c_from=60, source="Surat", **(node | {"id": new_id()}))
    paper = replication.keep_document(library=library, kind="service", dated_on=today, file=picture(),
                                      **(node | {"id": new_id()}))
    entered = Entered.objects.get(together=marked)
    return {"tpbis": {"marks_back": marked, "account_back": told, "table_back": told, "unmark": entered.pk,
                      "weights_out": weights.pk, "weights_back": weights.pk},
            "standards": {"assessment_back": assessed, "grades_out": grades.pk, "grades_back": grades.pk,
                          "paper_out": paper.pk, "paper_back": paper.pk}}


def _the_index(library: Library, who: Any) -> dict[str, Any]:
    """A school outside with its link, a signed berita acara."""
    year, today = clock.now().year, clock.now().date()

    def node() -> dict[str, Any]:
        return who() | {"by": COMMAND, "id": new_id()}

    school = iplm.list_institution(described=iplm.Described("SDN Uji", "sd", library.region, "20699999"), **node())
    link = iplm.make_link(institution=school, year=year, open_until=today + timedelta(days=9), **node())
    paper = iplm.keep_signed(form="lppd", region=library.region, year=year, file=picture(), signed_on=today, **node())
    return {"id": school.pk, "link": link.pk, "token": link.token,
            **{f"id of {view}": paper.pk for view in ("signed_file", "signed_void", "signed_restore")}}


def _a_month(library: Library, who: Any) -> dict[str, Any]:
    """Last month: something explained, a fact told, signed, its paper back."""
    month = (clock.now().date().replace(day=1) - timedelta(days=1)).replace(day=1)
    told = months.answer_unusual(library=library, month=month, key="silent:x", reason="event", **who())
    months.tell_month(library=library, month=month, told={"wifi_outside": 3}, **who())
    signed = months.sign_month(library=library, month=month, **who())
    months.attach_scan(signature=signed, file=picture(), **who())
    return {"month": f"{month:%Y-%m}", "answer": told.pk, "version": 1, "short": signed.code}


def part(day: dict[str, Any], page: str, name: str) -> str:
    """What stands for the part `name` of the address of `page`."""
    room, _colon, view = page.partition(":")
    if room == "advocacy":
        return str(day[room][f"city_{name}" if view.startswith("city") else name])
    if room in ("training", "kits", "months", "reports", "iplm") or name == "delegate":
        return str(day[room].get(f"{name} of {view}") or day[room][name])
    if room == "replication" and name == "id":
        of_training = {"cascade_workshop": "id", "cascade_speaker": "speaker", "cascade_participant": "participant"}
        return str(day["training"][of_training[view]] if view in of_training else day[room][view])
    if room in ("tpbis", "standards", "sync") and name in ("id", "together"):
        return str(day[room][view])
    if room == "volunteers" and name == "id":
        return str(day[room].get(view, day[room]["id"]))
    if room in ("plans", "volunteers") and name in day[room]:
        return str(day[room][name])
    if name == "id":
        rows = day["id"]
        return str(rows.get(page) or rows.get(page.split(":")[0]))
    if page.startswith("stories") and name == "step":
        return "1"
    if page.startswith("stories") and name in ("photo", "token"):
        return str(day["story_photo" if name == "photo" else "story_link"])
    if name == "token" and page.startswith("certificates"):
        return str(day["certificate"].check_token if page == "certificates:check" else day["certificate"].own_token)
    if name == "token":
        links = {"activities": "shared", "surveys": "survey_link", "gatherings": "ticket", "outbox": "stop", "libraries": "link"}
        return str(day[links.get(room, "consent_link")])
    return str({"name": "loans", "short": "loans.L001.2026-03"}.get(name) or day[name])

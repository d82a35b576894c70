"""From drafts to numbers, signatures, corrections and revocations."""

import hashlib
import os
from collections.abc import Callable
from datetime import date, datetime, timedelta
from io import BytesIO
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from simpul.certificates import vault
from simpul.certificates.actions import (
    Material,
    attach_signed_file,
    attach_signed_files,
    correct,
    forget_drafts,
    forget_name,
    issue_batch,
    prepare_batch,
    revoke,
    rotate_key,
    withdraw_key,
)
from simpul.certificates.actions.batches import clean_name
from simpul.certificates.actions.keys import export_keys
from simpul.certificates.actions.refusals import NotGiven, NothingToIssue, NumberTaken, WrongDetails, WrongFile
from simpul.certificates.actions.signed import prepare_signed
from simpul.certificates.badges import keyfile
from simpul.certificates.badges.baking import credentials_in
from simpul.certificates.badges.verifying import verify
from simpul.certificates.measures import MEASURES
from simpul.certificates.models import Batch, Certificate, SigningKey
from simpul.certificates.printing import badge, batch_pdf, batch_zip, days, single_pdf
from simpul.certificates.queries import checked, match_signed, next_ordinal, numbered, own, slug
from simpul.certificates.schedule import run as forget_by_itself
from simpul.certificates.tests.conftest import EVENT, NAMES, award
from simpul.core.actor import COMMAND, SCHEDULE, Actor
from simpul.core.erasure import empty_everywhere, told_of
from simpul.core.ids import new_id
from simpul.core.models import JournalLine
from simpul.core.refusal import NotAllowed
from simpul.files import storage
from simpul.files.pictures import Prepared, UploadRefused
from simpul.libraries.models import City, Library
from simpul.people.models import Person

Prepare = Callable[..., Batch]
Issued = Callable[..., list[Certificate]]
BASE = "https://contoh.go.id/"


def pdf_file(name: str = "421-9-001-dpad-2024.pdf", content: bytes = b"%PDF-1.7\nscan\n%%EOF") -> Prepared:
    upload = BytesIO(content)
    upload.name = name
    return prepare_signed(upload)


def state_of(row: Certificate, at: datetime, **given: Any) -> tuple[str, str]:
    """What somebody without the node learns now."""
    keys = keyfile.read(export_keys(by=COMMAND, at=at).encode())
    verdict = verify(Certificate.objects.get(pk=row.pk).credential.encode(), keys, **({"now": at} | given))
    return verdict.state.value, verdict.reason


# --- preparing -------------------------------------------------------------------------------------------

def test_a_batch_is_prepared_again_without_doubling(prepare: Prepare, by_coordinator: Actor, at: datetime) -> None:
    first = prepare(source="training.Workshop:1")
    ids = set(first.certificates.values_list("pk", flat=True))
    again = prepare(source="training.Workshop:1")
    assert again.pk == first.pk
    assert set(again.certificates.values_list("pk", flat=True)) == ids
    changed = prepare_batch(event=EVENT, source="training.Workshop:1", by=by_coordinator, at=at, id=new_id(), awards=[
        award("Zubaidah", jp=3), award("Cici")])
    assert [(row.name, row.jp) for row in changed.certificates.order_by("name")] == [("Cici", 7), ("Zubaidah", 3)]
    assert Batch.objects.count() == 1


def test_what_was_issued_stays_when_the_list_is_brought_up_to_date(issued: Issued, prepare: Prepare) -> None:
    rows = issued(source="w")
    batch = prepare("Cici", source="w", event=EVENT.__class__(**(EVENT.__dict__ | {"title": "Lain"})))
    assert batch.event == EVENT.title
    assert batch.certificates.count() == len(rows) + 1
    assert batch.certificates.get(state="draft").name == "Cici"


def test_only_the_coordinator_makes_certificates(prepare: Prepare, by_librarian: Actor, by_mentor: Actor,
                                                 at: datetime) -> None:
    for actor in (by_librarian, by_mentor):
        with pytest.raises(NotAllowed):
            prepare(by=actor)
        with pytest.raises(NotAllowed):
            rotate_key(by=actor, at=at, id=new_id())
    assert Batch.objects.count() == 0


@pytest.mark.parametrize("wrong", [
    {"name": ""}, {"name": "   "}, {"name": "a" * 121}, {"name": "<b>Siti</b>"}, {"name": "{by.x}"},
    {"achievement": " "}, {"achievement": "a" * 201}, {"criteria": "a" * 401}, {"kind": "phd"}, {"jp": -1}, {"key": ""},
    {"materials": (Material("x"),) * 41}, {"materials": (Material(""),)}])
def test_what_cannot_be_printed_is_refused(prepare: Prepare, wrong: dict[str, Any]) -> None:
    with pytest.raises(WrongDetails):
        prepare(awards=[award("Siti", **wrong)])
    assert Certificate.objects.count() == 0


@pytest.mark.parametrize("pattern", ["", "421.9", "{n}{n}", "{x}", "{n:3}", "{n:03} {", "{n.__class__}",
                                     "a" * 70 + "{n}", "a\n{n}"])
def test_a_pattern_without_exactly_one_n_is_refused(prepare: Prepare, pattern: str) -> None:
    with pytest.raises(WrongDetails):
        prepare(event=EVENT.__class__(**(EVENT.__dict__ | {"pattern": pattern})))


def test_two_of_one_key_and_a_last_day_before_the_first_are_refused(prepare: Prepare) -> None:
    with pytest.raises(WrongDetails):
        prepare("Siti", "Siti")
    with pytest.raises(WrongDetails):
        prepare(event=EVENT.__class__(**(EVENT.__dict__ | {"last_on": EVENT.first_on - timedelta(days=1)})))


def test_names_are_kept_as_they_are_written() -> None:
    assert clean_name("  R.A.  Siti\tNur’aini, S.Pd. ") == "R.A. Siti Nur’aini, S.Pd."
    assert clean_name("\u202eSi\x00ti") == "Si ti"


# --- issuing ---------------------------------------------------------------------------------------------

def test_numbers_follow_the_names_without_a_gap(issued: Issued) -> None:
    assert [(row.name, row.number) for row in issued()] == [
        ("Ani Lestari, S.Pd.", "421.9/001-DPAD/2024"), ("Budi", "421.9/002-DPAD/2024"), ("Zubaidah", "421.9/003-DPAD/2024")]


def test_the_next_event_goes_on_where_the_last_ended_and_the_first_number_can_be_set(
        issued: Issued, prepare: Prepare, by_coordinator: Actor, at: datetime) -> None:
    issued()
    assert [row.ordinal for row in issued("Cici", "Dodi")] == [4, 5]
    third = prepare("Eka")
    with pytest.raises(NumberTaken) as refused:
        issue_batch(batch=third, starts_at=5, by=by_coordinator, at=at, id=new_id())
    assert refused.value.field == "starts_at"
    issue_batch(batch=third, pattern="{n}/SK/2026", starts_at=90, by=by_coordinator, at=at, id=new_id())
    assert third.certificates.get().number == "90/SK/2026"
    assert (next_ordinal("{n}/SK/2026"), numbered("{n:05}/X", 12)) == (91, "00012/X")


def test_late_names_are_numbered_after_the_others(issued: Issued, prepare: Prepare, by_coordinator: Actor,
                                                  at: datetime) -> None:
    issued(source="w")
    batch = prepare(*NAMES, "Cici", source="w")
    assert issue_batch(batch=batch, by=by_coordinator, at=at, id=new_id()) == 1
    assert batch.certificates.get(name="Cici").ordinal == 4


def test_issuing_twice_is_once_and_nobody_left_is_refused(prepare: Prepare, by_coordinator: Actor, at: datetime) -> None:
    batch, id = prepare(), new_id()
    assert issue_batch(batch=batch, by=by_coordinator, at=at, id=id) == 3
    assert issue_batch(batch=batch, by=by_coordinator, at=at, id=id) == 3
    with pytest.raises(NothingToIssue):
        issue_batch(batch=batch, by=by_coordinator, at=at, id=new_id())
    assert Certificate.objects.filter(state="issued").count() == 3


def test_the_database_lets_no_number_be_given_twice(issued: Issued) -> None:
    one, two, _three = issued()
    with pytest.raises(IntegrityError), transaction.atomic():
        Certificate.objects.filter(pk=two.pk).update(number=one.number)


def test_each_credential_is_valid_for_its_own_name(issued: Issued, at: datetime) -> None:
    for row in issued():
        assert state_of(row, at, name=row.name) == ("valid", "valid")
        assert state_of(row, at, name="Orang Lain") == ("not_trusted", "other_name")
        assert row.name not in row.credential
        assert row.credential_sha256 == hashlib.sha256(row.credential.encode()).hexdigest()
    assert SigningKey.objects.count() == 1


def test_the_journal_names_nobody(issued: Issued) -> None:
    issued()
    lines = "\n".join(str(row) for row in JournalLine.objects.values())
    assert [name for name in NAMES if name in lines] == []


def test_the_private_key_is_a_file_for_its_owner_only(issued: Issued) -> None:
    issued()
    path = next(vault.folder().iterdir())
    assert os.stat(path).st_mode & 0o777 == 0o600
    assert os.stat(vault.folder()).st_mode & 0o777 == 0o700
    private = vault.load(SigningKey.objects.get().thumbprint).as_dict(private=True)["d"]  # type: ignore[union-attr]
    assert private not in str(list(SigningKey.objects.values()))


# --- keys ------------------------------------------------------------------------------------------------

def test_a_rotated_key_stays_good_for_what_it_signed(issued: Issued, at: datetime, tuesday_morning: Any) -> None:
    old = issued()[0]
    later = at + timedelta(days=1)
    rotate_key(by=COMMAND, at=later, id=new_id())
    tuesday_morning.move_to(later)
    new = issued("Cici")[0]
    assert old.key_id != new.key_id
    assert [state_of(row, later) for row in (old, new)] == [("valid", "valid")] * 2


def test_a_withdrawn_key_signs_nothing_more_and_what_it_signed_since_is_signed_anew(
        prepare: Prepare, issued: Issued, by_coordinator: Actor, at: datetime) -> None:
    before = issued()[0]
    late = prepare("Cici")
    issue_batch(batch=late, by=by_coordinator, at=at + timedelta(days=2), id=new_id())
    key, now = SigningKey.objects.get(), at + timedelta(days=3)
    stolen = vault.load(key.thumbprint)
    withdraw_key(key=key, since=at + timedelta(days=1), because="laptop dicuri", by=COMMAND, at=now, id=new_id())
    assert stolen is not None
    assert vault.load(key.thumbprint) is None
    assert Certificate.objects.get(pk=before.pk).credential == before.credential
    assert late.certificates.get().key_id != key.pk
    assert [state_of(row, now) for row in (before, late.certificates.get())] == [("valid", "valid")] * 2
    with pytest.raises(WrongDetails):
        withdraw_key(key=SigningKey.objects.get(pk=key.pk), since=at, because="lagi", by=COMMAND, at=now, id=new_id())


def test_a_node_without_its_key_file_makes_a_new_key(issued: Issued, at: datetime) -> None:
    old = issued()[0]
    vault.destroy(old.key.thumbprint)  # type: ignore[union-attr]
    new = issued("Cici")[0]
    assert new.key_id != old.key_id
    assert [state_of(row, at) for row in (old, new)] == [("valid", "valid")] * 2


def test_a_public_name_makes_a_key_of_its_own(issued: Issued, settings: Any, at: datetime) -> None:
    old = issued()[0]
    settings.HOST, settings.IS_HTTPS = "perpus.contoh.go.id", True
    new = issued("Cici")[0]
    assert new.key is not None
    assert new.key.kid == f"https://perpus.contoh.go.id/sertifikat/penerbit/kunci/{new.key.thumbprint}/"
    assert [state_of(row, at) for row in (old, new)] == [("valid", "valid")] * 2


# --- what comes back -------------------------------------------------------------------------------------

def test_signed_files_find_their_certificates(issued: Issued, by_coordinator: Actor, at: datetime) -> None:
    rows = issued()
    batch = rows[0].batch
    inside = pdf_file("scan.pdf", single_pdf(rows[2], BASE))
    matched = match_signed(batch, [
        pdf_file("421-9-001-dpad-2024_signed.pdf"), pdf_file("Sertifikat 421.9_002-DPAD_2024 (1).pdf"), inside,
        pdf_file("421-9-001-dpad-2024.pdf"), pdf_file("421-9-0011-dpad-2024.pdf"), pdf_file("1.pdf")])
    assert [row.ordinal for row, _file in matched.files] == [1, 2, 3]
    assert matched.doubled == ["421-9-001-dpad-2024.pdf"]
    assert matched.unmatched == ["421-9-0011-dpad-2024.pdf", "1.pdf"]
    n = attach_signed_files(batch=batch, files={row.pk: file for row, file in matched.files}, by=by_coordinator, at=at,
                            id=new_id())
    assert n == 3
    assert batch.certificates.filter(state="returned", official__isnull=False).count() == 3


def test_a_signed_file_is_kept_byte_for_byte_and_can_be_brought_again(issued: Issued, by_coordinator: Actor,
                                                                      at: datetime) -> None:
    row, content = issued()[0], single_pdf(issued("Cici")[0], BASE)
    with pytest.raises(WrongFile):
        attach_signed_file(certificate=row, file=pdf_file("x.pdf", content), by=by_coordinator, at=at, id=new_id())
    mine = single_pdf(row, BASE)
    for content in (b"%PDF-1.7 tangan\n%%EOF", mine):
        attach_signed_file(certificate=row, file=pdf_file("x.pdf", content), by=by_coordinator, at=at, id=new_id())
        kept = Certificate.objects.get(pk=row.pk).official
        assert kept is not None
        assert storage.path_of(kept.pk).read_bytes() == content


def test_only_a_pdf_comes_back_and_only_for_a_standing_certificate(issued: Issued, prepare: Prepare,
                                                                   by_coordinator: Actor, at: datetime) -> None:
    for content in (b"GIF89a", b"%PDF-1.7 /JavaScript %%EOF", b"%PDF-1.7\n<</Type/EmbeddedFile>>stream\nMZ\nendstream %%EOF"):
        with pytest.raises(UploadRefused):
            pdf_file("x.pdf", content)
    draft = prepare("Cici").certificates.get()
    gone = revoke(certificate=issued()[0], reason="error", by=by_coordinator, at=at, id=new_id())
    for row in (draft, gone):
        with pytest.raises(NotGiven):
            attach_signed_file(certificate=row, file=pdf_file(), by=by_coordinator, at=at, id=new_id())


# --- ending ----------------------------------------------------------------------------------------------

def test_a_revoked_one_is_on_the_list_with_its_day_and_a_code(issued: Issued, by_coordinator: Actor, at: datetime) -> None:
    row = issued()[0]
    revoke(certificate=row, reason="unearned", because="Ternyata tidak hadir", by=by_coordinator, at=at, id=new_id())
    text = export_keys(by=COMMAND, at=at)
    told = keyfile.read(text.encode()).revoked[row.credential_uri]
    assert (told.at, told.reason) == (at, "unearned")
    assert state_of(row, at) == ("revoked", "revoked")
    assert checked(row.check_token).state == "revoked"
    with pytest.raises(NotGiven):
        revoke(certificate=row, reason="error", by=by_coordinator, at=at, id=new_id())


def test_a_corrected_name_is_a_new_certificate_with_the_next_number(issued: Issued, by_coordinator: Actor,
                                                                    at: datetime) -> None:
    old = issued()[0]
    new = correct(certificate=old, name="Ani Lestari, M.Pd.", by=by_coordinator, at=at, id=new_id())
    old = Certificate.objects.get(pk=old.pk)
    assert (new.number, new.name, new.source, new.materials) == (
        "421.9/004-DPAD/2024", "Ani Lestari, M.Pd.", old.source, old.materials)
    assert (old.state, old.replaced_by_id, old.name) == ("replaced", new.pk, "Ani Lestari, S.Pd.")
    assert (state_of(old, at), state_of(new, at)) == (("revoked", "revoked"), ("valid", "valid"))
    assert checked(old.check_token).state == "replaced"
    for name, error in (("Ani Lestari, M.Pd.", WrongDetails), ("", WrongDetails)):
        with pytest.raises(error):
            correct(certificate=new, name=name, by=by_coordinator, at=at, id=new_id())
    with pytest.raises(NotGiven):
        correct(certificate=old, name="Lain", by=by_coordinator, at=at, id=new_id())


def test_a_draft_is_just_spelled_right(prepare: Prepare, by_coordinator: Actor, at: datetime) -> None:
    row = prepare("Ciici").certificates.get()
    assert correct(certificate=row, name="Cici", by=by_coordinator, at=at, id=new_id()).pk == row.pk
    assert Certificate.objects.get().name == "Cici"


def test_a_forgotten_name_is_nowhere_but_the_number_stays(issued: Issued, by_coordinator: Actor, at: datetime) -> None:
    row = issued()[0]
    taken_along = row.credential
    forget_name(certificate=row, by=by_coordinator, at=at, id=new_id())
    row.refresh_from_db()
    assert (row.name, row.credential, row.evidence, row.salt, row.number) == ("", "", {}, "", "421.9/001-DPAD/2024")
    assert (checked(row.check_token).state, own(row.own_token)) == ("unknown", None)
    keys = keyfile.read(export_keys(by=COMMAND, at=at).encode())
    assert verify(taken_along.encode(), keys, now=at).state == "valid"


def test_an_erased_members_certificates_forget_her_and_she_reads_of_them_before(
        prepare: Prepare, by_coordinator: Actor, at: datetime, make_person: Callable[..., Person]) -> None:
    person = make_person("Zubaidah")
    batch = prepare(awards=[award("Zubaidah", person_id=person.pk)])
    issue_batch(batch=batch, by=by_coordinator, at=at, id=new_id())
    prepare(awards=[award("Zubaidah", person_id=person.pk)])
    part = next(one for one in told_of(person) if "421.9/001-DPAD/2024" in str(one.rows))
    assert len(part.rows) == 2
    empty_everywhere(person)
    row = Certificate.objects.get()
    assert (row.name, row.person_id, row.credential) == ("", None, "")


def test_drafts_are_forgotten_after_half_a_year(prepare: Prepare, issued: Issued, by_coordinator: Actor,
                                                at: datetime) -> None:
    prepare()
    issued("Cici")
    assert forget_by_itself(at + timedelta(days=179)) == 0
    assert forget_by_itself(at + timedelta(days=181)) == 3
    assert Certificate.objects.get().name == "Cici"
    with pytest.raises(NotAllowed):
        forget_drafts(by=by_coordinator, at=at, id=new_id())
    assert JournalLine.objects.filter(verb="certificates.drafts_forgotten", by_kind=SCHEDULE.kind).count() == 1


def test_revoked_and_replaced_ones_are_not_counted(issued: Issued, library: Library, by_coordinator: Actor,
                                                   at: datetime) -> None:
    rows = issued(awards=[award(name, library_id=library.pk) for name in NAMES])
    correct(certificate=rows[0], name="Ani", by=by_coordinator, at=at, id=new_id())
    revoke(certificate=rows[1], reason="error", by=by_coordinator, at=at, id=new_id())
    measure = MEASURES[0]
    assert measure.by(measure.rows(), "library_id") == [{"library_id": library.pk, "n": 2}]


# --- paper -----------------------------------------------------------------------------------------------

def test_a_single_pdf_carries_its_credential_and_the_printers_do_not(issued: Issued, at: datetime) -> None:
    rows = issued()
    assert credentials_in(single_pdf(rows[0], BASE)) == [rows[0].credential]
    everything = batch_pdf(rows[0].batch, rows, BASE)
    assert credentials_in(everything) == []
    assert b"/Count 6" in everything
    assert credentials_in(badge(rows[0])) == [rows[0].credential]


def test_the_zip_holds_one_pdf_each_named_by_its_number(issued: Issued) -> None:
    import zipfile

    rows = issued()
    with zipfile.ZipFile(BytesIO(batch_zip(rows[0].batch, rows, BASE))) as archive:
        assert archive.namelist() == [f"421-9-00{n}-dpad-2024.pdf" for n in (1, 2, 3)]
        assert [credentials_in(archive.read(name)) for name in archive.namelist()] == [[row.credential] for row in rows]


@pytest.mark.parametrize("kind", Certificate.Kind.values)
def test_every_kind_is_printed_whatever_somebody_typed(prepare: Prepare, kind: str, city: City) -> None:
    batch = prepare(awards=[award('#panic() $x$ *tebal* `x` @a "kutip" \\ ' + kind, kind=kind, materials=(
        Material("#eval(\"1\")"),) * 40, criteria="[#]")])
    rows = list(batch.certificates.all())
    assert batch_pdf(batch, rows, BASE).startswith(b"%PDF-")


def test_days_are_written_as_people_say_them() -> None:
    assert days(date(2024, 5, 20), date(2024, 5, 21)) == "20–21 Mei 2024"
    assert days(date(2024, 4, 30), date(2024, 5, 2)) == "30 April – 2 Mei 2024"
    assert days(date(2023, 12, 31), date(2024, 1, 1)) == "31 Desember 2023 – 1 Januari 2024"
    assert days(date(2024, 5, 20), date(2024, 5, 20)) == "20 Mei 2024"
    assert slug("421.9/001-DPAD/2024") == "421-9-001-dpad-2024"

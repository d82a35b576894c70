"""One occasion is one message; sent, too late or given up, nobody's address stays."""

import smtplib
from datetime import datetime, timedelta
from threading import Barrier, Thread
from typing import Any

import pytest
from django.core import mail as sent_mail
from django.core.mail.backends.locmem import EmailBackend
from django.db import connection
from django.test import Client

from simpul.core.ids import new_id
from simpul.messages.actions import BadAddress, stop_mail
from simpul.messages.addresses import hash_of, normalise_address, stop_token
from simpul.messages.models import Message, Stop
from simpul.messages.queries import is_set_up, is_stopped, outbox
from simpul.messages.schedule import DUE, is_waiting
from simpul.messages.sending import WAITS, send_due


def told(row: Message) -> tuple[str, str, str, str]:
    row.refresh_from_db()
    return row.state, row.to, row.subject, row.text


def test_a_message_goes_out_once_and_nothing_about_her_stays(mail: Any, put: Any, at: datetime) -> None:
    row = put()
    assert put().pk == row.pk
    assert send_due(at) == 1
    assert send_due(at + timedelta(days=1)) == 0
    letter = sent_mail.outbox[0]
    stop = f"https://perpus.test/surel/berhenti/{stop_token('siti@contoh.id')}/"
    assert (len(sent_mail.outbox), letter.to, letter.subject) == (1, ["siti@contoh.id"], "Kelas menjahit")
    assert letter.body.startswith("Halo Siti\n\n-- \n")
    assert letter.body.rstrip().endswith(stop)
    assert letter.extra_headers["List-Unsubscribe"] == f"<{stop}>"
    assert told(row) == ("sent", "", "", "")
    assert put().pk == row.pk  # the occasion is over
    assert send_due(at) == 0


def test_without_a_mail_server_nothing_is_put_in(put: Any, at: datetime) -> None:
    assert (is_set_up(), put(), Message.objects.count(), send_due(at), is_waiting()) == (False, None, 0, 0, False)


@pytest.mark.parametrize("address", [
    "", "siti", "siti@", "siti@contoh.id\nBcc: semua@contoh.id", "siti@contoh.id\r\n", "a@b.id,c@d.id", "<a@b.id>",
    "a b@c.id", "x" * 250 + "@b.id", "siti@contoh.id\x00"])
def test_what_is_no_address_or_another_header_is_refused(address: str, mail: Any, put: Any) -> None:
    if address.strip() == "siti@contoh.id":
        assert normalise_address(address) == "siti@contoh.id"  # a line break at the end was typed, not smuggled
        return
    with pytest.raises(BadAddress):
        put(to=address)
    assert Message.objects.count() == 0


def test_a_title_cannot_begin_another_header(mail: Any, put: Any, at: datetime) -> None:
    put(subject="Kelas\r\nBcc: semua@contoh.id\x00\x1b", to=" Siti@Contoh.ID ")
    send_due(at)
    letter = sent_mail.outbox[0].message()
    assert (letter["Subject"], letter["To"], letter["Bcc"]) == ("Kelas Bcc: semua@contoh.id", "siti@contoh.id", None)


def test_what_is_too_late_is_erased_unsent(mail: Any, put: Any, at: datetime) -> None:
    row = put(expires_at=at + timedelta(hours=1))
    assert send_due(at + timedelta(hours=1)) == 0
    assert told(row) == ("expired", "", "", "")


def fails_with(problem: Exception) -> Any:
    def fail(self: EmailBackend, letters: Any) -> int:
        raise problem

    return fail


def test_a_server_that_is_away_is_tried_again_ever_later_and_then_given_up(
        mail: Any, put: Any, at: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    row, now = put(expires_at=at + timedelta(days=9)), at
    with monkeypatch.context() as patch:
        patch.setattr(EmailBackend, "send_messages", fails_with(ConnectionRefusedError()))
        for n, wait in enumerate(WAITS[:-1]):
            assert send_due(now) == 0
            assert send_due(now + wait - timedelta(seconds=1)) == 0
            row.refresh_from_db()
            assert (row.tries, row.state, row.problem) == (n + 1, "waiting", "ConnectionRefusedError")
            now += wait
        send_due(now)
    assert told(row) == ("failed", "", "", "")
    assert outbox(now).problems == (("ConnectionRefusedError", 1),)


def test_a_server_that_cannot_be_reached_puts_all_of_them_off(
        mail: Any, put: Any, at: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    put(), put(key="uji:2")

    def away(self: EmailBackend) -> None:
        raise TimeoutError

    with monkeypatch.context() as patch:
        patch.setattr(EmailBackend, "open", away)
        assert send_due(at) == 0
    assert list(Message.objects.values_list("tries", "problem")) == [(1, "TimeoutError")] * 2
    assert send_due(at + WAITS[0]) == 2


@pytest.mark.parametrize(("code", "state"), [(550, "failed"), (451, "waiting")])
def test_what_the_server_never_takes_is_not_tried_again(
        code: int, state: str, mail: Any, put: Any, at: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    row = put()
    with monkeypatch.context() as patch:
        patch.setattr(EmailBackend, "send_messages",
                      fails_with(smtplib.SMTPRecipientsRefused({"siti@contoh.id": (code, b"no such user siti")})))
        send_due(at)
    row.refresh_from_db()
    assert (row.state, row.problem, "siti" in str(Message.objects.values().get())) == (
        state, f"SMTP {code}", state == "waiting")


@pytest.mark.django_db(transaction=True)
def test_two_schedules_send_it_once(mail: Any, put: Any, at: datetime) -> None:
    for n in range(6):
        put(key=f"uji:{n}", to=f"warga{n}@contoh.id")
    start, sent = Barrier(2), []

    def schedule() -> None:
        start.wait()
        try:
            sent.append(send_due(at))
        finally:
            connection.close()

    threads = [Thread(target=schedule) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(sent) == 6
    assert sorted(letter.to[0] for letter in sent_mail.outbox) == [f"warga{n}@contoh.id" for n in range(6)]


def test_her_own_link_stops_further_mail_and_lets_it_come_again(mail: Any, put: Any, at: datetime) -> None:
    mail.ALLOWED_HOSTS = ["*"]
    row = put()
    token, browser = stop_token("siti@contoh.id"), Client(enforce_csrf_checks=True)
    address = f"/surel/berhenti/{token}/"
    assert browser.get(address).status_code == 200
    assert not is_stopped("siti@contoh.id")  # a mail program looked at the link
    assert browser.post(address, {"List-Unsubscribe": "One-Click"}).status_code == 302
    assert browser.post(address).status_code == 302
    assert (told(row), put(key="uji:2"), send_due(at)) == (("stopped", "", "", ""), None, 0)
    assert Stop.objects.get().address_hash == hash_of("siti@contoh.id")
    assert Client().post(f"/surel/lanjut/{token}/", {"change": new_id()}).status_code == 302
    assert put(key="uji:2").to == "siti@contoh.id"


def test_who_stops_between_putting_and_sending_gets_nothing(mail: Any, put: Any, at: datetime) -> None:
    row = put()
    Stop.objects.create(address_hash=hash_of("siti@contoh.id"), stopped_at=at)
    assert (send_due(at), told(row)) == (0, ("stopped", "", "", ""))


@pytest.mark.parametrize("token", ["x", "0" * 64, "0" * 64 + ".palsu", "a\x00b"])
def test_a_link_that_was_made_up_opens_nothing(token: str, db: None, at: datetime) -> None:
    from simpul.core.actor import VISITOR
    from simpul.messages.actions import UnknownLink

    assert Client().get("/surel/berhenti/x/").status_code == 404
    assert Client().post("/surel/lanjut/x/").status_code == 404
    with pytest.raises(UnknownLink):
        stop_mail(token=token, by=VISITOR, at=at, id=new_id())


def test_old_rows_go_and_the_schedule_knows_what_waits(mail: Any, put: Any, at: datetime) -> None:
    put()
    assert [due.name for due in DUE] == ["messages.send"]
    send_due(at)
    assert outbox(at).sent == 1
    send_due(at + timedelta(days=91))
    assert Message.objects.count() == 0


def test_the_city_sees_numbers_and_nobodys_address(
        mail: Any, put: Any, coordinator: Any, librarian: Any, mentor: Any, sign_in: Any, client: Any, at: datetime,
        monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("simpul.messages.views.clock.now", lambda: at)
    assert "Tidak ada surel dalam tiga puluh hari terakhir" in sign_in(coordinator).get("/kota/surel/").content.decode()
    put()
    put("lain")
    page = sign_in(coordinator).get("/kota/surel/").content.decode()
    assert ("2 surel menunggu dikirim." in page, "siti@contoh.id" in page, "Kelas menjahit" in page) == (True, False, False)
    assert [sign_in(one).get("/kota/surel/").status_code for one in (librarian, mentor)] == [404, 404]
    assert client.get("/kota/surel/").status_code == 302
    assert "Surel keluar" in sign_in(coordinator).get("/kota/lainnya/").content.decode()

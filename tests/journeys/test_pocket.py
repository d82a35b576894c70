"""Recording without a signal: after each mishap, the records on the node are the records that were made."""

import base64
import json
from pathlib import Path
from typing import Any

import pytest
import segno
import segno.encoder
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from simpul.core import clock
from simpul.core.ids import new_id
from simpul.sync.actions import revoke_phone, take_event
from simpul.sync.models import Event
from simpul.sync.models import Phone as PhoneRow
from simpul.visits.models import Visit
from tests.journeys.pocket import EVENTS, arrived, make_phone, no_answer, photo

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
__all__ = ["make_phone"]
GAPLESS = [(1, "applied"), (2, "applied"), (3, "applied")]


@pytest.fixture(autouse=True)
def _own_files(tmp_path: Path, settings: Any) -> None:
    settings.FILES_ROOT = tmp_path / "files"


def test_recorded_without_a_signal_read_again_after_a_reload_then_safe_at_the_city(make_phone: Any) -> None:
    phone = make_phone(workers="allow")
    page = phone.page
    page.evaluate("""navigator.serviceWorker.ready.then(() => navigator.serviceWorker.controller || new Promise(
        (done) => navigator.serviceWorker.addEventListener("controllerchange", done)))""")
    phone.context.set_offline(True)
    phone.go("pengunjung")
    phone.visit()
    phone.says("1 catatan menunggu sinyal")
    page.reload()
    phone.says("1 catatan menunggu sinyal")
    phone.go("hari-ini")
    assert page.locator(".records > li").count() == 1
    phone.context.set_offline(False)
    phone.send()
    phone.says("1 dari 1 tersimpan di kota")
    assert (arrived(), Visit.objects.valid().count()) == ([(1, "applied")], 1)


def test_records_of_one_moment_cost_one_request(make_phone: Any) -> None:
    phone = make_phone()
    page, sent = phone.page, []
    page.on("request", lambda request: sent.append(1) if request.url.endswith("/api/sync/events") else None)
    page.wait_for_load_state("networkidle")  # names were fetched; nothing is being sent
    phone.go("pengunjung")
    for age in ("6–12", "13–17", "60+"):
        phone.visit(age)
    page.get_by_text("3 catatan baru, segera dikirim").wait_for()
    assert (len(sent), arrived()) == (0, [])
    phone.go("hari-ini")  # who looks after them does not wait
    page.get_by_text("3 dari 3 tersimpan di kota").first.wait_for()
    assert (len(sent), arrived()) == (1, GAPLESS)

    phone.go("pengunjung")
    phone.visit()
    page.evaluate("""() => { Object.defineProperty(document, "hidden", { value: true, configurable: true });
        document.dispatchEvent(new Event("visibilitychange")); }""")  # nor who puts the phone away
    page.get_by_text("4 dari 4 tersimpan di kota").wait_for()
    assert len(sent) == 2

    page.evaluate("() => { window.real = setTimeout; window.setTimeout = (work, ms) => real(work, ms > 20000 ? ms / 100 : ms); }")
    phone.visit()
    page.get_by_text("5 dari 5 tersimpan di kota").wait_for()  # nor anybody longer than half a minute


def test_a_node_that_fails_then_an_answer_that_is_lost(make_phone: Any) -> None:
    phone = make_phone()
    phone.page.route(EVENTS, lambda route: route.fulfill(status=500, body="<h1>Maaf</h1>"))
    phone.go("pengunjung")
    phone.visit()
    phone.says("1 catatan menunggu sinyal")
    assert arrived() == []
    phone.page.unroute_all(behavior="wait")
    phone.page.route(EVENTS, no_answer)
    phone.visit("13–17")
    phone.visit("60+")
    phone.says("3 catatan menunggu sinyal")
    phone.page.unroute_all(behavior="wait")
    phone.send()
    phone.says("3 dari 3 tersimpan di kota")
    assert (arrived(), Visit.objects.valid().count()) == (GAPLESS, 3)


def test_a_phone_that_dies_in_mid_send_goes_on_where_it_was(make_phone: Any) -> None:
    phone = make_phone()
    held = []
    phone.page.route(EVENTS, lambda route: held.append(route))  # no answer, ever
    phone.go("pengunjung")
    phone.visit()
    with phone.page.expect_request(EVENTS):
        phone.send()
    phone.visit("60+")
    phone.says("2 catatan")
    phone.page.close()
    page = phone.tab()
    page.goto("/telepon/")
    phone.says("2 dari 2 tersimpan di kota", page)
    assert (len(held), arrived()) == (1, GAPLESS[:2])


def test_two_tabs_at_once_make_one_chain(make_phone: Any) -> None:
    phone = make_phone()
    phone.page.route("**/api/sync/**", lambda route: route.abort())
    other = phone.tab()
    other.route("**/api/sync/**", lambda route: route.abort())
    other.goto("/telepon/#/pengunjung")
    phone.go("pengunjung")
    many = """() => { const buttons = [...document.querySelectorAll(".cell-button")];
        for (let n = 0; n < 10; n++) for (const button of buttons) button.click(); }"""
    phone.page.evaluate(many)
    other.evaluate(many)
    phone.says("200 catatan menunggu sinyal")
    phone.says("200 catatan menunggu sinyal", other)
    other.close()
    phone.find_signal()
    phone.says("200 dari 200 tersimpan di kota")
    assert arrived() == [(n, "applied") for n in range(1, 201)]
    assert Visit.objects.valid().count() == 200


def test_storage_taken_away_in_mid_send_is_told_honestly(make_phone: Any) -> None:
    phone = make_phone()
    other = phone.tab()
    other.goto("/telepon/sw.js")  # the same storage, without the app

    def evicted(route: Any) -> None:
        answer = route.fetch()
        other.evaluate("new Promise((done) => { indexedDB.deleteDatabase('simpul-telepon').onsuccess = done; })")
        route.fulfill(response=answer)

    phone.page.route(EVENTS, evicted)
    phone.go("pengunjung")
    phone.visit()
    phone.send()
    phone.page.get_by_text("Peramban menghapus penyimpanan telepon ini.").wait_for()
    assert phone.page.get_by_role("heading", name="Pasangkan telepon ini").is_visible()
    phone.page.reload()
    phone.page.get_by_text("Telepon ini pernah terpasang pada Perpustakaan Kelurahan Sukasari").wait_for()
    assert (arrived(), Visit.objects.valid().count()) == ([(1, "applied")], 1)


def test_a_phone_that_is_let_go_sends_what_waits_and_forgets_all(make_phone: Any, by_librarian: Any) -> None:
    phone = make_phone()
    phone.lose_signal()
    phone.go("pengunjung")
    phone.visit()
    phone.says("1 catatan menunggu sinyal")
    revoke_phone(phone=PhoneRow.objects.get(), by=by_librarian, at=clock.now(), id=new_id())
    phone.find_signal()
    phone.page.get_by_text("Perpustakaan melepaskan telepon ini.").wait_for()
    left = phone.page.evaluate("""new Promise((done) => { indexedDB.open("simpul-telepon").onsuccess = async (event) => {
        const names = [...event.target.result.objectStoreNames];
        const found = event.target.result.transaction(names);
        let n = 0, open = names.length;
        for (const name of names) found.objectStore(name).count().onsuccess = (counted) => {
            n += counted.target.result; if (!--open) done(n); };
    }; })""")
    assert (left, arrived()) == (0, [(1, "applied")])  # recorded before it was let go


SHIFT = """const Real = Date; window.shift = 0;
Date = class extends Real { constructor(...given) { if (given.length) super(...given); else super(Real.now() + window.shift); }
  static now() { return Real.now() + window.shift; } };"""
THREE_YEARS = 3 * 365 * 24 * 3600 * 1000


def test_a_clock_set_back_three_years_is_said_in_the_event(make_phone: Any) -> None:
    phone = make_phone(script=SHIFT)
    phone.lose_signal()
    phone.go("pengunjung")
    phone.visit()
    phone.page.evaluate("shift => { window.shift = shift; }", -THREE_YEARS)
    phone.visit("60+")
    phone.says("2 catatan menunggu sinyal")
    phone.find_signal()
    phone.says("tersimpan di kota")
    first, second = [json.loads(event.text) for event in Event.objects.order_by("seq")]
    assert first["clock_error_ms"] < 2000
    assert abs(second["clock_error_ms"] - THREE_YEARS) < 60_000
    assert second["occurred_at"] < first["occurred_at"]
    assert Visit.objects.valid().count() == 2


def without_now(route: Any) -> None:
    answer = route.fetch()
    route.fulfill(response=answer, json={**answer.json(), "now": None})


def test_a_clock_wrong_by_three_years_that_was_never_measured_is_corrected_at_the_delivery(make_phone: Any) -> None:
    phone = make_phone(script=f"{SHIFT} window.shift = -{THREE_YEARS};", routes={
        "**/api/sync/pair": without_now, "**/api/sync/hello": lambda route: route.abort()})
    phone.go("pengunjung")
    phone.visit()
    phone.says("1 catatan menunggu sinyal")
    phone.context.unroute_all(behavior="wait")
    phone.says("1 dari 1 tersimpan di kota")
    [event] = Event.objects.all()
    told, visit = json.loads(event.text), Visit.objects.valid().get()
    assert (told["clock_offset_ms"], told["occurred_at"][:4]) == (None, str(clock.now().year - 3))
    assert abs((visit.happened_at - clock.now()).total_seconds()) < 300
    assert event.state in ("applied", "applied_flagged")


def test_a_code_from_one_phone_is_carried_by_another(make_phone: Any, nothing_wrong: Any, monkeypatch: Any) -> None:
    phone = make_phone(height=1900)
    phone.lose_signal()
    phone.go("pengunjung")
    for age in ("6–12", "13–17", "60+"):
        phone.visit(age)
    phone.says("3 catatan menunggu sinyal")
    phone.go("telepon")
    phone.page.get_by_role("button", name="Tampilkan kode").click()
    phone.page.get_by_role("img", name="Kode 1 dari").wait_for()
    phone.page.get_by_role("button", name="Kode berikutnya").click()
    phone.page.get_by_role("img", name="Kode 2 dari").wait_for()
    nothing_wrong(phone.page)
    codes = phone.page.evaluate("async () => (await import('/static/pocket/rescue.js')).asCodes()")
    assert all(len(code) <= 858 and code.startswith("SIMPUL1:") for code in codes)
    assert_codes_are_those_of_segno(phone.page, codes, monkeypatch)

    other = make_phone()
    other.go("telepon")
    form = other.page.get_by_label("Kode atau pesan")
    form.fill("SIMPUL1:rusak")
    form.press("Enter")
    other.page.get_by_text("Ini bukan kode telepon yang utuh").wait_for()
    form.fill("\n".join(codes))
    form.press("Enter")
    other.page.get_by_text("3 catatan dari telepon lain diterima.").wait_for()
    other.page.get_by_text("catatan dari telepon lain menunggu").wait_for(state="detached")
    assert (arrived(), Visit.objects.valid().count()) == (GAPLESS, 3)
    phone.find_signal()
    phone.says("3 dari 3 tersimpan di kota")
    assert Visit.objects.valid().count() == 3  # the same again counts once


def assert_codes_are_those_of_segno(page: Any, codes: list[str], monkeypatch: Any) -> None:
    """Module by module: versions 1 to 20, full, one short of full and one over; and what the phone shows."""
    # segno adds a word of nothing where the text ends on a whole word; readers do not mind, comparing does
    monkeypatch.setattr(segno.encoder, "write_padding_bits", lambda buff, version, length: buff.extend([0] * (-length % 8)))
    full = [17, 32, 53, 78, 106, 134, 154, 192, 230, 271, 321, 367, 425, 458, 520, 586, 644, 718, 792, 858]
    texts = [*codes, *(("kode-QR/" * 108)[:n + more] for n in full for more in (-1, 0, 1) if n + more <= 858)]
    made = page.evaluate("""async (texts) => { const { matrix } = await import("/static/pocket/qr.js");
        return texts.map((text) => matrix(text)); }""", texts)
    for text, code in zip(texts, made, strict=True):
        wanted = segno.make(text, version=code["version"], mask=code["mask"], error="l", mode="byte", micro=False,
                            boost_error=False)
        assert [list(row) for row in wanted.matrix] == code["rows"], len(text)
        assert segno.make(text, error="l", mode="byte", micro=False, boost_error=False).version == code["version"]
    with pytest.raises(Exception, match="too long"):
        page.evaluate("async () => (await import('/static/pocket/qr.js')).matrix('x'.repeat(859))")


def test_full_storage_keeps_what_was_typed_and_says_what_helps(make_phone: Any, nothing_wrong: Any) -> None:
    phone = make_phone()
    page = phone.page
    phone.go("anggota")
    page.get_by_label("Nama", exact=True).fill("Siti Aminah")
    page.get_by_label("Tahun lahir").fill("1990")
    page.evaluate("""() => { window.kept = IDBObjectStore.prototype.add;
        IDBObjectStore.prototype.add = () => { throw new DOMException("full", "QuotaExceededError"); }; }""")
    page.get_by_role("button", name="Daftarkan").click()
    page.get_by_text("catatan terakhir BELUM tersimpan").wait_for()
    assert page.get_by_label("Nama", exact=True).input_value() == "Siti Aminah"
    nothing_wrong(page)
    page.evaluate("() => { IDBObjectStore.prototype.add = window.kept; }")
    page.get_by_role("button", name="Daftarkan").click()
    phone.says("1 dari 1 tersimpan di kota")
    assert [seq for seq, _ in arrived()] == [1]

    page.evaluate("""() => { window.put = IDBObjectStore.prototype.put;
        IDBObjectStore.prototype.put = function (value, key) {
            if (value?.sealed?.byteLength > 130_000) throw new DOMException("full", "QuotaExceededError");
            return key === undefined ? window.put.call(this, value) : window.put.call(this, value, key); }; }""")
    phone.go("laporan/baru")
    page.get_by_label("Apa nama kegiatannya?").fill("Membaca nyaring")
    page.locator("[name=summary]").fill("Anak-anak menirukan suara kancil.")
    page.locator("#laporan-foto").set_input_files([{"name": "foto.jpg", "mimeType": "image/jpeg", "buffer": photo()}])
    page.locator(".thumbs canvas").wait_for()
    page.get_by_text("Ya, sudah diberi tahu").click()
    page.get_by_role("button", name="Simpan laporan").click()
    page.get_by_text("Laporan: Membaca nyaring").wait_for()  # with a smaller photo
    phone.says("2 dari 2 tersimpan di kota")
    told = json.loads(Event.objects.get(seq=2).text)
    assert told["payload"]["photos"][0]["size"] <= 110_000


def test_the_text_of_an_event_is_canonical_and_proves_itself(make_phone: Any) -> None:
    phone = make_phone()
    value = {"b": [1, None, True, {"z": "é 😀 \\ \" \n", "a": ""}], "a": -3, "A": "x"}
    canonical = phone.page.evaluate("async (value) => (await import('/static/pocket/envelope.js')).canonical(value)", value)
    assert json.loads(canonical) == value
    assert canonical == json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    for wrong in ("1.5", "undefined", "2 ** 60"):
        with pytest.raises(Exception, match="TypeError"):
            phone.page.evaluate(f"async () => (await import('/static/pocket/envelope.js')).canonical({{ n: {wrong} }})")
    made = phone.page.evaluate("""async () => { const { makeKeys, sign } = await import("/static/pocket/envelope.js");
        const keys = await makeKeys();
        let out = "extractable";
        try { await crypto.subtle.exportKey("pkcs8", keys.privateKey); } catch { out = "stays"; }
        const sig = await sign("teks ujian", keys.privateKey, keys.algorithm);
        return { out, sig, algorithm: keys.algorithm, key: keys.publicKey }; }""")
    assert (made["out"], made["algorithm"]) == ("stays", "Ed25519")
    raw, sig = [base64.urlsafe_b64decode(made[name] + "==") for name in ("key", "sig")]
    Ed25519PublicKey.from_public_bytes(raw).verify(sig, b"teks ujian")  # raises where it does not fit


def test_what_a_person_decides_later_is_told_on_the_phone(make_phone: Any, make_copy: Any, by_librarian: Any) -> None:
    phone = make_phone()
    phone.go("kembali")
    phone.page.keyboard.type("TIDAK-ADA\n")  # no such book: a person has to look
    phone.says("1 dari 1 tersimpan di kota")
    phone.go("hari-ini")
    event = Event.objects.get()
    words = {"held": "di kota, menunggu", "quarantined": "di kota, disisihkan"}[event.state]
    phone.page.get_by_text(words).wait_for()
    make_copy("Laskar Pelangi", code="TIDAK-ADA")
    take_event(event=event, by=by_librarian, at=clock.now(), id=new_id())
    event.refresh_from_db()
    assert event.state in ("applied", "applied_flagged")
    phone.page.reload()
    phone.page.get_by_text("tersimpan di kota").nth(2).or_(phone.page.get_by_text("tersimpan, dengan catatan")).first.wait_for()
    phone.page.get_by_text(words).wait_for(state="detached")

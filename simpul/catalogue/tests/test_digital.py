"""Digital titles: what is taken, who may open it, what is counted, when it disappears."""

import json
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client

from simpul.catalogue.actions import (
    Offer,
    add_resource,
    correct_resource,
    enter_digital_title,
    restore_resource,
    withdraw_resource,
)
from simpul.catalogue.actions.digital import index_ended
from simpul.catalogue.actions.refusals import MaterialNeeded, RightsUnclear
from simpul.catalogue.digital.counting import use_id
from simpul.catalogue.digital.models import DigitalResource, DigitalUse
from simpul.catalogue.importing.drafts import Description
from simpul.catalogue.search import Query, index_titles, search
from simpul.core import clock
from simpul.core.ids import new_id
from simpul.core.measure import discover
from simpul.core.refusal import NotAllowed
from simpul.files.materials import prepare_material
from simpul.files.tests.test_materials import PDF, upload, zipped

MP4 = b"\x00\x00\x00\x20ftypisom\x00\x00\x02\x00isomiso2mp41" + bytes(range(256)) * 8
PEOPLE = {"HTTP_USER_AGENT": "Mozilla/5.0 (Linux; Android 13) Chrome/126"}


def body(response: Any) -> bytes:
    content = b"".join(response.streaming_content) if response.streaming else response.content
    for close in response._resource_closers:
        close()
    return content


@pytest.fixture(autouse=True)
def disk(settings: Any, tmp_path: Any) -> None:
    settings.FILES_ROOT = tmp_path


@pytest.fixture
def offer(library: Any, by_librarian: Any, make_title: Any) -> Callable[..., DigitalResource]:
    """Something offered now; `content` its bytes, or `url`."""

    def made(content: bytes | None = PDF, *, title: Any = None, url: str = "", **said: Any) -> DigitalResource:
        resource = add_resource(
            title=title or make_title("Menjahit Tas"), library=library, offer=Offer(**said), url=url,
            file=prepare_material(upload(content)) if content and not url else None,
            by=by_librarian, at=clock.now(), id=new_id())
        return resource

    return made


@pytest.fixture
def reader() -> Client:
    return Client(**PEOPLE)


def test_a_pdf_is_opened_in_one_tap_and_counted_once_a_minute(offer: Any, reader: Client, time_machine: Any) -> None:
    time_machine.move_to("2026-03-10T03:00:05Z", tick=False)
    one = offer(label="Pola")
    page = reader.get(f"/katalog/{one.title_id}/").content.decode()
    assert (page.count(f"/katalog/bahan/{one.pk}/\""), page.count("5,0") + page.count("4,9")) == (1, 1)
    for _click in range(3):
        assert reader.get(f"/katalog/bahan/{one.pk}/").url == f"/katalog/bahan/{one.pk}/isi/"
    response = reader.get(f"/katalog/bahan/{one.pk}/isi/")
    assert (response["Content-Type"], body(response)) == ("application/pdf", PDF)
    assert "default-src 'none'" in response["Content-Security-Policy"]
    assert [use.how for use in DigitalUse.objects.all()] == ["opened"]
    time_machine.move_to("2026-03-10T03:01:05Z", tick=False)
    reader.get(f"/katalog/bahan/{one.pk}/")
    body(Client(**PEOPLE).get(f"/katalog/bahan/{one.pk}/unduh/"))
    assert sorted(DigitalUse.objects.values_list("how", "local_date")) == [
        ("downloaded", date(2026, 3, 10)), ("opened", date(2026, 3, 10)), ("opened", date(2026, 3, 10))]


@pytest.mark.parametrize("headers", [
    {"HTTP_USER_AGENT": "Googlebot/2.1"}, {"HTTP_USER_AGENT": "WhatsApp/2.23"}, {"HTTP_USER_AGENT": ""},
    {**PEOPLE, "HTTP_SEC_PURPOSE": "prefetch;prerender"}])
def test_robots_and_looking_ahead_are_no_use(offer: Any, headers: dict[str, str]) -> None:
    one = offer()
    assert Client(**headers).get(f"/katalog/bahan/{one.pk}/").status_code == 302
    assert Client(**PEOPLE).head(f"/katalog/bahan/{one.pk}/").status_code == 302
    assert DigitalUse.objects.count() == 0


def test_a_use_is_one_change_whoever_repeats_it(at: Any) -> None:
    what = new_id()
    assert use_id("a" * 16, what, "opened", at) == use_id("a" * 16, what, "opened", at + timedelta(seconds=50))
    assert len({use_id("a" * 16, what, "opened", at), use_id("b" * 16, what, "opened", at),
                use_id("a" * 16, what, "downloaded", at), use_id("a" * 16, new_id(), "opened", at),
                use_id("a" * 16, what, "opened", at + timedelta(minutes=1))}) == 5


def test_a_film_plays_in_parts(offer: Any, reader: Client) -> None:
    film = offer(MP4)
    assert (film.kind, film.file.media_type) == ("video", "video/mp4")
    assert f'src="/katalog/bahan/{film.pk}/isi/"' in reader.get(f"/katalog/bahan/{film.pk}/").content.decode()
    address = f"/katalog/bahan/{film.pk}/isi/"
    for asked, status, part in (
            ("bytes=0-9", 206, MP4[:10]), ("bytes=2000-", 206, MP4[2000:]), ("bytes=-5", 206, MP4[-5:]),
            ("bytes=10-99999", 206, MP4[10:]), ("bytes=5-2", 416, b""), ("bytes=99999-", 416, b""), ("bytes=-0", 416, b""),
            ("bytes=0-1,4-5", 200, MP4), ("bytes=-", 200, MP4), ("seconds=1-2", 200, MP4)):
        response = reader.get(address, headers={"Range": asked, "Accept-Encoding": "gzip"})
        assert (asked, response.status_code, body(response)) == (asked, status, part)
    response = reader.get(address, headers={"Range": "bytes=0-9", "If-Range": '"older"'})
    assert (response.status_code, body(response)) == (200, MP4)
    assert "sandbox" in response["Content-Security-Policy"]
    assert DigitalUse.objects.count() == 1


EPUB = zipped({"mimetype": b"application/epub+zip", "META-INF/container.xml": b"<container/>"})
H5P = zipped({"h5p.json": json.dumps({"mainLibrary": "H5P.QuestionSet"}).encode(), "content/content.json": b"{}"})


@pytest.mark.parametrize(("content", "kind"), [
    (PDF, "pdf"), (EPUB, "epub"), (H5P, "h5p"), (MP4, "video"), (b"ID3\x03" + b"\0" * 90, "audio"),
    (b"\0\0\0\x20ftypM4A \0\0\0\0" + b"\0" * 50, "audio"), (b"OggS" + b"\0" * 24 + b"\x01vorbis" + b"\0" * 40, "audio"),
    (b"\x1aE\xdf\xa3" + b"\0" * 20 + b"webm" + b"\0" * 60, "video")])
def test_what_a_file_is_its_bytes_say(offer: Any, content: bytes, kind: str) -> None:
    assert offer(content).kind == kind


def test_a_link_leads_out_and_counts(offer: Any, reader: Client) -> None:
    link = offer(url="https://contoh.id/buku", rights="linked")
    assert reader.get(f"/katalog/bahan/{link.pk}/").url == "https://contoh.id/buku"
    assert (link.kind, DigitalUse.objects.get().how) == ("link", "opened")
    assert [reader.get(f"/katalog/bahan/{link.pk}/{part}/").status_code for part in ("isi", "unduh")] == [404, 404]


def test_rights_are_said_whole(offer: Any, make_title: Any) -> None:
    title = make_title()
    for said, field in (
            ({"rights": "cc"}, "licence"), ({"rights": "contract", "holder": "Penerbit"}, "valid_until"),
            ({"rights": "letter"}, "holder"), ({"rights": "linked"}, "rights"), ({"rights": "x"}, "rights"),
            ({"access": "x"}, "rights")):
        with pytest.raises(RightsUnclear) as refused:
            offer(title=title, **said)
        assert (said, refused.value.field) == (said, field)
    free = offer(title=title, rights="cc", licence="by-sa", holder=" Rumah  Baca ", valid_until=date(2020, 1, 1))
    assert (free.rights_line, free.valid_until) == ("CC BY-SA 4.0 · Rumah Baca", None)


def test_a_file_or_a_link_never_both_never_neither(offer: Any, library: Any, by_librarian: Any, make_title: Any) -> None:
    for file, url in ((None, ""), (prepare_material(upload(PDF)), "https://contoh.id/")):
        with pytest.raises(MaterialNeeded):
            add_resource(title=make_title(), library=library, offer=Offer(), file=file, url=url, by=by_librarian,
                         at=clock.now(), id=new_id())


def test_ended_and_withdrawn_hide_at_once(offer: Any, reader: Client, by_librarian: Any) -> None:
    today = clock.local_date(clock.now(), "Asia/Jakarta")
    one = offer(rights="contract", holder="Penerbit", valid_until=today)
    index_titles([one.title_id])
    title, opened = f"/katalog/{one.title_id}/", f"/katalog/bahan/{one.pk}/"
    assert (len(reader.get(title).context["resources"]), reader.get(opened).status_code) == (1, 302)
    assert search(Query(is_online=True)).count == 1
    DigitalResource.objects.update(valid_until=today - timedelta(days=1))
    assert (len(reader.get(title).context["resources"]), reader.get(opened).status_code,
            reader.get(opened + "isi/").status_code, reader.get(opened + "unduh/").status_code) == (0, 404, 404, 404)
    assert (index_ended(at=clock.now()), search(Query(is_online=True)).count) == (1, 0)
    one.refresh_from_db()
    correct_resource(resource=one, offer=Offer(rights="own"), by=by_librarian, at=clock.now(), id=new_id())
    assert (reader.get(opened).status_code, search(Query(is_online=True)).count) == (302, 1)
    withdraw_resource(resource=one, by=by_librarian, at=clock.now(), id=new_id())
    assert (reader.get(opened).status_code, search(Query(is_online=True)).count) == (404, 0)
    restore_resource(resource=one, by=by_librarian, at=clock.now(), id=new_id())
    assert (reader.get(opened).status_code, search(Query(is_online=True)).count) == (302, 1)


def test_members_open_with_their_card(offer: Any, reader: Client, make_member: Any, make_library: Any) -> None:
    one = offer(access="members")
    make_member(card="K7777777")
    opened = f"/katalog/bahan/{one.pk}/"
    assert (reader.get(opened).status_code, reader.get(opened + "isi/").url, reader.get(opened + "unduh/").url) == (
        200, opened, opened)
    assert reader.post(opened, {"card": "K0000000"}).status_code == 422
    assert reader.post(opened, {"card": "k777 7777"}).url == opened
    assert reader.get(opened).url == opened + "isi/"
    assert body(reader.get(opened + "isi/")) == PDF
    assert DigitalUse.objects.count() == 1
    assert "K7777777" not in str(reader.cookies)


def test_guessing_cards_is_slowed_down(offer: Any, reader: Client, make_member: Any) -> None:
    one = offer(access="members")
    make_member(card="K7777777")
    for n in range(5):
        reader.post(f"/katalog/bahan/{one.pk}/", {"card": f"K000000{n}"})
    assert reader.post(f"/katalog/bahan/{one.pk}/", {"card": "K7777777"}).status_code == 422


def test_the_card_of_another_library_opens_nothing_here(
        offer: Any, reader: Client, make_member: Any, make_person: Any, other_library: Any) -> None:
    one = offer(access="members")
    make_member(card="K8888888", library=other_library)
    assert reader.post(f"/katalog/bahan/{one.pk}/", {"card": "K8888888"}).status_code == 422


def test_what_is_for_the_staff_nobody_else_learns_of(
        offer: Any, reader: Client, librarian: Any, stranger: Any, sign_in: Any) -> None:
    one = offer(access="staff")
    opened = f"/katalog/bahan/{one.pk}/"
    assert [browser.get(opened).status_code for browser in (reader, sign_in(stranger), sign_in(librarian))] == [404, 404, 302]
    assert (len(reader.get(f"/katalog/{one.title_id}/").context["resources"]), search(Query(is_online=True)).count) == (0, 0)


def test_search_narrows_to_what_is_online(offer: Any, make_copy: Any, library: Any) -> None:
    both, online, paper = offer(), offer(title=None), make_copy("Memasak")
    make_copy(both.title)
    index_titles([both.title_id, paper.title_id])
    hits = search(Query(is_available=True), with_facets=True)
    assert (hits.count, hits.facets.online, hits.facets.available, hits.facets.library) == (3, 2, 3, [("L001", 3)])
    assert set(search(Query(is_online=True, library="L001")).title_ids) == {both.title_id, online.title_id}
    assert search(Query(is_online=True, library="L002")).count == 0
    assert set(search(Query("menjahit", is_online=True)).title_ids) == {both.title_id, online.title_id}


def test_a_loan_leaves_what_is_online_in_the_index(offer: Any, make_copy: Any) -> None:
    from simpul.catalogue.actions import set_copy_state

    one = offer()
    copy = make_copy(one.title)
    index_titles([one.title_id])
    set_copy_state(copy, "on_loan")
    assert (search(Query(is_online=True)).count, search(Query(is_available=True)).count) == (1, 1)


def test_the_page_of_a_title_costs_one_question_more(offer: Any, reader: Client, django_assert_num_queries: Any) -> None:
    one = offer()
    for _n in range(2):
        with django_assert_num_queries(4):
            reader.get(f"/katalog/{one.title_id}/")
        offer(MP4, title=one.title)


def test_figures_for_the_index(offer: Any, reader: Client, library: Any) -> None:
    one = offer()
    two = offer(url="https://contoh.id/a", rights="linked", title=one.title)
    offer()
    for resource in (one, two):
        reader.get(f"/katalog/bahan/{resource.pk}/")
    body(reader.get(f"/katalog/bahan/{one.pk}/unduh/"))
    found = {name: measure.total(measure.rows()) for name, measure in discover().items() if name.startswith("digital_")}
    assert found == {"digital_titles": 2, "digital_copies": 3, "digital_titles_added": 2, "digital_copies_added": 3,
                     "digital_uses": 3, "digital_titles_used": 1, "digital_copies_used": 2}
    used = discover()["digital_titles_used"]
    assert used.by(used.rows(), "resource__kind") == [{"resource__kind": "link", "n": 1}, {"resource__kind": "pdf", "n": 1}]


def test_a_digital_title_in_a_minute(librarian: Any, sign_in: Any, library: Any, by_librarian: Any) -> None:
    browser, address = sign_in(librarian), f"/perpustakaan/{library.code}/digital/baru/"
    assert browser.get(address).status_code == 200
    wrong = browser.post(address, {"title": "<img src=x onerror=alert(1)>", "change": str(new_id()), "rights": "own",
                                   "access": "everybody", "file": upload(b"<html>")})
    assert (wrong.status_code, b"<img src=x" in wrong.content) == (422, False)
    given = {"title": "Panduan Pupuk", "makers": "KWT Melati", "change": str(new_id()), "rights": "cc:by", "access": "everybody"}
    for _twice in range(2):
        done = browser.post(address, {**given, "file": upload(PDF, "../../etc/pupuk.html")})
    one = DigitalResource.objects.get()
    assert done.url == f"/katalog/{one.title_id}/"
    assert (one.title.format, one.licence, one.file.given_name, one.title.contributors_line) == (
        "digital", "by", "pupuk.html", "KWT Melati")
    kept = browser.get(f"/katalog/bahan/{one.pk}/unduh/")
    assert (kept["Content-Disposition"], body(kept)) == ('attachment; filename="pupuk.pdf"', PDF)


def test_pages_of_the_staff(offer: Any, librarian: Any, sign_in: Any, library: Any, django_assert_max_num_queries: Any) -> None:
    browser, one = sign_in(librarian), offer()
    base = f"/perpustakaan/{library.code}"
    assert browser.get(f"{base}/buku/{one.title_id}/digital/").status_code == 200
    done = browser.post(f"{base}/buku/{one.title_id}/digital/", {
        "url": "https://contoh.id/", "rights": "linked", "access": "everybody", "change": str(new_id())})
    assert (done.status_code, DigitalResource.objects.count()) == (302, 2)
    assert browser.post(f"{base}/buku/{one.title_id}/digital/", {
        "url": "javascript:alert(1)", "rights": "linked", "access": "everybody", "change": str(new_id())}).status_code == 422
    edit = f"{base}/digital/{one.pk}/"
    assert browser.get(edit).status_code == 200
    assert browser.post(edit, {"rights": "contract", "access": "staff", "change": str(new_id())}).status_code == 422
    browser.post(edit, {"rights": "own", "access": "members", "label": "Pola", "change": str(new_id())})
    one.refresh_from_db()
    assert (one.access, one.label) == ("members", "Pola")
    for shown, count in (("", 2), ("berakhir", 0), ("ditarik", 0), ("x", 2)):
        assert len(browser.get(f"{base}/digital/?tampil={shown}").context["page"]) == count
    browser.post(edit + "tarik/", {"change": str(new_id())})
    assert len(browser.get(f"{base}/digital/?tampil=ditarik").context["page"]) == 1
    browser.post(edit + "pulihkan/", {"change": str(new_id())})
    assert len(browser.get(f"{base}/digital/").context["page"]) == 2


def test_strangers_change_nothing(offer: Any, by_stranger: Any, library: Any, at: Any) -> None:
    one = offer()
    for do in (lambda: withdraw_resource(resource=one, by=by_stranger, at=at, id=new_id()),
               lambda: restore_resource(resource=one, by=by_stranger, at=at, id=new_id()),
               lambda: correct_resource(resource=one, offer=Offer(), by=by_stranger, at=at, id=new_id()),
               lambda: enter_digital_title(description=Description("A"), library=library, offer=Offer(), url="https://a.id/",
                                           by=by_stranger, at=at, id=new_id())):
        with pytest.raises(NotAllowed):
            do()


def test_a_link_offered_again_is_the_same_one(offer: Any, by_librarian: Any) -> None:
    one = offer(url="https://contoh.id/a", rights="linked")
    withdraw_resource(resource=one, by=by_librarian, at=clock.now(), id=new_id())
    again = offer(url="https://contoh.id/a", rights="public_domain", title=one.title)
    assert (again.pk, again.withdrawn_at, again.rights) == (one.pk, None, "public_domain")


def test_the_api_shows_what_can_be_opened(offer: Any, reader: Client) -> None:
    one = offer(label="Pola", rights="cc", licence="by")
    told = reader.get(f"/api/v1/titles/{one.title_id}").json()
    assert [(r["kind"], r["size"], r["licence"], r["url"]) for r in told["resources"]] == [
        ("pdf", len(PDF), "by", f"/katalog/bahan/{one.pk}/")]
    found = reader.get("/api/v1/titles?online=true").json()
    assert [(item["is_online"], item["is_available"]) for item in found["items"]] == [(True, False)]


def imported(tmp_path: Any, library: Any, by: Any, *links: tuple[str, dict[str, str]], place: str = "x") -> None:
    from simpul.catalogue.importing import import_file
    from simpul.catalogue.tests.marc import field, record

    path = tmp_path / f"{new_id()}.mrc"
    path.write_bytes(record(
        ("001", "b1"), ("008", "080101s2005    io            000 1 ind d"), field("020", a="9789793062792"),
        field("245", a="Laskar Pelangi"), field("260", a=place),
        *(field("856", indicators, **said) for indicators, said in links)))
    import_file(kind="marc", paths=[path], library=library, by=by, at=clock.now(), id=new_id())


def test_an_imported_record_brings_its_safe_links(
        tmp_path: Any, library: Any, by_librarian: Any, other_library: Any, by_stranger: Any) -> None:
    links = (("40", {"u": "https://contoh.id/buku", "y": "Teks lengkap"}), ("41", {"u": "https://contoh.id/buku"}),
             ("42", {"u": "https://contoh.id/resensi"}), ("40", {"u": "http://contoh.id/tua"}),
             ("40", {"u": "javascript:alert(1)"}), ("40", {"u": "https://nama:rahasia@contoh.id/"}))
    imported(tmp_path, library, by_librarian, *links)
    one = DigitalResource.objects.get()
    assert (one.url, one.label, one.kind, one.rights, one.origin, one.library, one.access, one.language) == (
        "https://contoh.id/buku", "Teks lengkap", "link", "linked", "import", library, "everybody", "ind")
    assert search(Query(is_online=True, library="L001")).title_ids == [one.title_id]
    withdraw_resource(resource=one, by=by_librarian, at=clock.now(), id=new_id())
    imported(tmp_path, library, by_librarian, *links, place="Yogyakarta")  # a changed record
    assert DigitalResource.objects.held().count() == 0
    imported(tmp_path, other_library, by_stranger, *links)
    assert [(held.title_id, held.library) for held in DigitalResource.objects.held()] == [(one.title_id, other_library)]
    assert search(Query(is_online=True, library="L002")).count == 1


def test_a_picture_is_written_anew(offer: Any, reader: Client) -> None:
    from tests.a_day import picture

    one = offer(picture().content)
    assert (one.kind, one.file.media_type) == ("picture", "image/jpeg")
    shown = reader.get(f"/katalog/bahan/{one.pk}/isi/")
    assert (shown["Content-Type"], body(shown)[:3]) == ("image/jpeg", b"\xff\xd8\xff")
    assert "<img" in reader.get(f"/katalog/bahan/{one.pk}/").content.decode()


def test_titles_entered_in_haste_take_their_resources_along(
        offer: Any, reader: Client, library: Any, by_librarian: Any, make_title: Any) -> None:
    from simpul.catalogue.actions import merge_title

    one = offer()
    reader.get(f"/katalog/bahan/{one.pk}/")
    one.title.is_provisional = True
    one.title.save()
    into = make_title("Menjahit Tas")
    merge_title(title=one.title, into=into, library=library, by=by_librarian, at=clock.now(), id=new_id())
    one.refresh_from_db()
    assert (one.title_id, DigitalUse.objects.get().title_id, search(Query(is_online=True)).title_ids) == (
        into.pk, into.pk, [into.pk])

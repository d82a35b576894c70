"""Every address of the house with real rows behind it, tried by those who have no business there, and with input
that nobody types by accident. New pages are found by themselves."""

import html
import os
import re
from collections.abc import Callable, Iterable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.apps import apps
from django.conf import settings
from django.contrib.messages import get_messages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models import F
from django.test import Client

from simpul.accounts.models import Account
from simpul.circulation.actions import return_copy
from simpul.circulation.models import Charge, Loan
from simpul.core import clock
from simpul.core.actor import Actor
from simpul.core.ids import new_id
from simpul.core.models import JournalLine
from simpul.files.actions import sweep
from simpul.files.models import StoredFile
from simpul.libraries.models import Library
from simpul.people.actions import erase_person
from simpul.people.models import Card
from simpul.visits.actions import record_visit
from simpul.visits.models import Visit
from tests.a_day import SECRETS, live_a_day, part
from tests.test_every_page import NOTHING, patterns

ADDRESSES = sorted((name, route, pattern) for name, route, pattern in patterns())
OF_A_LIBRARY = [one for one in ADDRESSES if "perpustakaan/<str:code>/" in one[1]]
#: what the mentor and the coordinator write about a library, not its own staff
OF_THE_MENTOR = {f"replication:{name}" for name in ("confirm", "contact_done", "contact_new", "contact_plan", "pause", "score")}
#: signing out or taking the session's own rights away ends the try for the addresses after it
LAST = {"accounts:sign_out", "accounts:sessions_end", "libraries:role_end", "libraries:reset_link",
        "people:erase", "people:end", "libraries:close"}
IN_ORDER = sorted(ADDRESSES, key=lambda one: one[0] in LAST)

NUL, LONG, RIGHT_TO_LEFT = "a\x00b", "x" * 10_000, "\u202egnirts\u2066"
HOSTILE = (
    NUL, LONG, RIGHT_TO_LEFT, "<img src=x onerror=alert(1)>", '=HYPERLINK("http://evil.example")',
    "'; DROP TABLE people_person; --", "../../../../etc/passwd", "a\r\nSet-Cookie: x=y", "9" * 40, "-1", "-0", "1e400",
    "NaN", "0001-01-01", "9999-12-31", "2026-02-30", "%00", "\ud800".encode("utf-8", "surrogatepass").decode("latin-1"),
    "{{7*7}}", "{by.__class__}", "%s%n", "00000000-0000-0000-0000-000000000000", "\u0661\u0662", "²",
)
PARAMETERS = (
    "q", "page", "from", "to", "by", "format", "library", "kelas", "bahasa", "tahun", "tampil", "cari", "id", "kode",
    "isbn", "kapan", "member", "copy", "waiting", "done", "picks", "text", "urut", "hari", "day", "musim", "next",
    "dari", "sampai", "periode", "n", "tanpa", "wilayah", "jenis", "kecamatan", "kind", "month", "menurut",
)


#: each field meets each of them on some page, and each page this many rounds; EVERY_MONSTER=1 has all meet all
ROUNDS = len(HOSTILE) if os.environ.get("EVERY_MONSTER") else 2


def monsters(fields: Iterable[str], page: int) -> Iterator[dict[str, str]]:
    """Rounds of input for the `page`-th address: neighbouring fields hold different texts, pages go through all."""
    names = sorted(fields)
    for turn in range(ROUNDS):
        yield {name: HOSTILE[(page * ROUNDS + turn + n * 7) % len(HOSTILE)] for n, name in enumerate(names)}


def address(route: str, pattern: Any, page: str, day: dict[str, Any], code: str) -> str:
    """The page's address with the day's rows in it; a kind of row that the day lacks is looked for in vain."""
    values = {}
    for name, converter in pattern.pattern.converters.items():
        try:
            values[name] = code if name == "code" else part(day, page, name)
        except KeyError:
            values[name] = str(NOTHING) if "uuid" in type(converter).__name__.lower() else "1"
    return "/" + re.sub(r"<(?:\w+:)?(\w+)>", lambda found: values[found[1]], route)


def let_go(response: Any) -> None:
    """Close the file behind an answer; `close()` would close the test's database too."""
    for close in response._resource_closers:
        close()


def body_of(response: Any) -> str:
    raw = b"".join(response.streaming_content) if response.streaming else response.content
    let_go(response)
    return html.unescape(raw.decode("utf-8", "replace"))


def told(response: Any) -> list[str]:
    """Which secrets an answer holds; the headers count too."""
    text = body_of(response) + repr(response.headers)
    return [secret for secret in SECRETS if secret.lower() in text.lower()]


@pytest.fixture
def day(library: Library, librarian: Account, make_copy: Any, settings: Any, tmp_path: Any) -> dict[str, Any]:
    settings.FILES_ROOT = tmp_path / "files"
    return live_a_day(library, librarian, make_copy)


def test_the_day_is_found_by_its_own_librarian(day: dict[str, Any], library: Library,
                                               sign_in: Callable[[Account], Client]) -> None:
    """Otherwise the tests below would find nothing because there is nothing."""
    browser, found = sign_in(day["librarian"]), set()
    answers = {name: browser.get(address(route, pattern, name, day, library.code))
               for name, route, pattern in OF_A_LIBRARY}
    missing = {name for name, answer in answers.items() if answer.status_code == 404}
    for answer in answers.values():
        found |= set(told(answer))
    # closing and moving are the city's; stops are a mobile library's; the batch has refused nothing; no table is called 1
    assert missing == {"libraries:stops", "libraries:close", "libraries:move", "libraries:reopen", "people:refusals",
                       "catalogue:batch", "catalogue:refusals", "operations:past_template"} | OF_THE_MENTOR
    assert found == set(SECRETS)


@pytest.mark.parametrize("who", ["nobody", "stranger", "mentor", "coordinator"])
def test_names_and_loans_reach_no_outsider(who: str, day: dict[str, Any], library: Library, request: Any,
                                           sign_in: Callable[[Account], Client]) -> None:
    def come() -> Client:
        return Client() if who == "nobody" else sign_in(request.getfixturevalue(who))

    leaks, browser = {}, come()
    for name, route, pattern in IN_ORDER:
        if name.startswith("people:answer"):
            continue  # the guardian's own page
        browser = come() if name in LAST else browser
        for ask in (browser.get, browser.post):
            answer = ask(address(route, pattern, name, day, library.code))
            assert answer.status_code < 500, name
            if told(answer):
                leaks[name] = told(answer)
    assert leaks == {}


#: what an address of one library may show although it is not that library's
OF_ALL = {
    "catalogue:edit", "catalogue:copies", "catalogue:merge", "catalogue:resources",  # titles belong to the city
    "libraries:facts",  # sections of facts are the same for all
    "learning:copy", "stories:round",  # a published path is copied by all, a round is the city's: each chooses of its own
    "advocacy:road", "advocacy:step_date", "advocacy:step_done", "advocacy:step_open", "advocacy:proposal_begin",  # a year
    "replication:share", "replication:delegate_send",  # a meeting belongs to the city; each library speaks for itself
    "kits:library_kit", "kits:library_item", "kits:library_guide", "kits:adopt",  # a kit is read and adopted by all,
    "kits:as_survey", "kits:as_activity", "kits:part_done", "kits:part_undone",  # and each makes its own drafts of it
    "months:month", "months:paper", "months:prepare", "months:sign", "months:told", "months:answer", "months:seen",
    "reports:form",  # a month and a form are every library's own
}


def test_rows_of_another_library_are_not_there(day: dict[str, Any], other_library: Library, stranger: Account,
                                               sign_in: Callable[[Account], Client]) -> None:
    """The stranger's own library in the address, the rows of the first one behind it."""
    browser, opened, tried = sign_in(stranger), {}, 0
    for name, route, pattern in OF_A_LIBRARY:
        if len(pattern.pattern.converters) < 2 or name in OF_ALL:
            continue
        for ask in (browser.get, browser.post):
            answer = ask(address(route, pattern, name, day, other_library.code))
            if answer.status_code not in (404, 405) or told(answer):
                opened[name] = (answer.status_code, told(answer))
            tried += 1
    assert (opened, tried > 200) == ({}, True)


def browse(address: str, browser: Client, data: Any = None, *, post: bool = False) -> tuple[int, str]:
    """Status and text of an answer; a file's handle is closed."""
    answer = browser.post(address, data) if post else browser.get(address, data)
    text = "" if answer.streaming else body_of(answer)
    let_go(answer)
    return answer.status_code, text


@pytest.mark.parametrize("who", ["librarian", "coordinator"])
def test_no_parameter_breaks_a_page(who: str, day: dict[str, Any], library: Library, request: Any,
                                    sign_in: Callable[[Account], Client]) -> None:
    browser = sign_in(request.getfixturevalue(who))
    browser.raise_request_exception = False
    broken = []
    for n, (name, route, pattern) in enumerate(ADDRESSES):
        if ("code" in pattern.pattern.converters) != (who == "librarian"):
            continue
        at = address(route, pattern, name, day, library.code)
        for sent in monsters(PARAMETERS, n):
            if browse(at, browser, sent)[0] >= 500:
                broken += [(name, one, text[:20]) for one, text in sent.items()
                           if browse(at, browser, {one: text})[0] >= 500] or [(name, "together", "")]
    assert broken == []


FIELD = re.compile(r'<(?:input|select|textarea)[^>]*\bname="([^"]+)"')


def test_no_form_breaks(day: dict[str, Any], library: Library, coordinator: Account,
                        sign_in: Callable[[Account], Client]) -> None:
    """Every field that a page shows, filled with the same monster; each address is posted to blindly too."""
    broken, browsers = [], {True: sign_in(day["librarian"]), False: sign_in(coordinator)}
    for n, (name, route, pattern) in enumerate(IN_ORDER):
        if name == "accounts:sign_in":
            continue
        if name in LAST:
            browsers = {True: sign_in(day["librarian"]), False: sign_in(coordinator)}
        browser = browsers["code" in pattern.pattern.converters]
        browser.raise_request_exception = False
        at = address(route, pattern, name, day, library.code)
        status, page = browse(at, browser)
        fields = set(FIELD.findall(page)) if status == 200 else set()
        fields |= {"text", "into", "amount", "because", "next", "pick", "why", "cell", "card", "id", "answer"}
        fields -= {"csrfmiddlewaretoken", "change"}
        for turn, sent in enumerate(monsters(fields, n)):
            sent["change"] = HOSTILE[n % len(HOSTILE)] if turn == 0 and n % 8 == 0 else str(uuid4())
            if browse(at, browser, sent, post=True)[0] >= 500:
                broken.append((name, {one: text[:20] for one, text in sent.items()}))
    assert broken == []


BODIES = (
    (b"\xff\xfe\xfa=%ff&change=%ff", "application/x-www-form-urlencoded"),
    (b"--b\r\nContent-Disposition: form-data; name=\"text\"\r\n\r\n\xff\xfe\r\n", "multipart/form-data; boundary=b"),
    (b"no boundary at all", "multipart/form-data"),
    (b"{\"text\": 1}", "application/json"),
    (b"<a/>", "text/xml"),
    (b"text=" + b"x" * 3_000_000, "application/x-www-form-urlencoded"),
    (b"&".join(b"a%d=1" % n for n in range(2000)), "application/x-www-form-urlencoded"),
)


def test_no_body_breaks(day: dict[str, Any], library: Library, sign_in: Callable[[Account], Client]) -> None:
    browser = sign_in(day["librarian"])
    browser.raise_request_exception = False
    broken = []
    for name, route, pattern in ADDRESSES:
        for n, (body, kind) in enumerate(BODIES):
            answer = browser.generic("POST", address(route, pattern, name, day, library.code), body, kind)
            let_go(answer)
            if answer.status_code >= 500:
                print(name, n, flush=True)
                broken.append((name, n))
    assert broken == []


def test_no_upload_breaks(day: dict[str, Any], library: Library, sign_in: Callable[[Account], Client]) -> None:
    browser = sign_in(day["librarian"])
    browser.raise_request_exception = False
    broken = []
    for name, route, pattern in ADDRESSES:
        at = address(route, pattern, name, day, library.code)
        page = browser.get(at)
        text = body_of(page) if page.status_code == 200 else ""
        if 'type="file"' not in text:
            continue
        for file in ("../../evil.xlsx", "a\r\nb.csv", "x" * 300 + ".csv", ".xlsx", "f.svg"):
            fields = {one: SimpleUploadedFile(file, b"PK\x03\x04 not a zip \x00\xff") for one in re.findall(
                r'<input type="file" name="([^"]+)"', text)}
            sent = dict.fromkeys(set(FIELD.findall(text)) - set(fields) - {"csrfmiddlewaretoken"}, "1")
            if browser.post(at, sent | fields | {"change": str(uuid4())}).status_code >= 500:
                broken.append((name, file))
    assert broken == []


def everything_kept() -> str:
    """All rows of all tables and all files of the data folder, as one text."""
    rows = [str(value) for model in apps.get_models() for row in model._base_manager.values() for value in row.values()]
    files = [path.read_bytes().decode("latin-1") for path in Path(settings.FILES_ROOT).rglob("*") if path.is_file()]
    return "\n".join(rows + files).lower()


def test_the_journal_names_nobody(day: dict[str, Any], stranger: Account) -> None:
    """After a day in which everything happened, the journal's own rows hold no name, number or address."""
    lines = "\n".join(str(row) for row in JournalLine.objects.values()).lower()
    assert JournalLine.objects.count() > 15
    assert [word for word in (*SECRETS, "rina", "zulkarnain", "0813-9988", "0813-5544", "+62") if word.lower() in lines] == []


def test_an_erased_person_is_nowhere(day: dict[str, Any], by_librarian: Actor) -> None:
    at = clock.now()
    child = day["child"].person
    return_copy(copy=day["loan"].copy, by=by_librarian, at=at, id=new_id())
    Loan.objects.filter(pk=day["loan"].pk).update(lent_although=f"ibu {SECRETS[0]} menunggu")
    record_visit(library=child.library, card=Card.objects.get(member=day["child"]).code, is_sure=True, by=by_librarian,
                 at=at, id=new_id())
    assert [secret for secret in SECRETS if secret.lower() not in everything_kept()] == []
    erase_person(person=child, by=by_librarian, at=at, id=new_id())
    # the adult has the same name as the child's guardian: she goes too
    Charge.objects.update(waived=F("amount"), waived_because=f"{SECRETS[0]} sakit")
    erase_person(person=day["adult"].person, by=by_librarian, at=at, id=new_id())
    kept = everything_kept()
    assert [secret for secret in SECRETS if secret.lower() in kept] == []
    assert (Loan.objects.filter(member__isnull=False).count(), Visit.objects.filter(person__isnull=False).count()) == (0, 0)
    sweep(at=at + timedelta(days=3))
    assert StoredFile.objects.filter(pk=day["evidence"]).count() == 0
    assert [path for path in Path(settings.FILES_ROOT).rglob(str(day["evidence"]))] == []


def test_a_refusal_that_a_page_forgot_is_said_where_she_came_from(librarian: Account, library: Library,
                                                                  sign_in: Callable[[Account], Client]) -> None:
    browser, id = sign_in(librarian), str(uuid4())
    for key in ("a", "b"):  # the same change with other contents
        answer = browser.post("/akun/peramban/keluar/", {"key": key, "change": id}, headers={"Referer": "http://testserver/akun/"})
        assert answer["Location"] in ("/akun/", "http://testserver/akun/")
    assert [str(one) for one in get_messages(answer.wsgi_request)][-1].startswith("Catatan ini sudah tersimpan")

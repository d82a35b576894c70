"""What leaves the server with every kind of answer: policy, type, frame, referrer; and cookies under HTTPS."""

from collections.abc import Callable
from uuid import uuid4

import pytest
from django.test import Client

from simpul.accounts.models import Account
from simpul.libraries.models import Library

ANSWERS = {
    "/": 200, "/masuk/": 200, "/katalog/": 200, "/tidak-ada/": 404, "/angka/visits/": 302, "/sw.js": 200,
    "/manifest.webmanifest": 200, "/luring/": 200, "/api/v1/titles": 200, "/api/v1/loans": 401,
    "/api/v1/openapi.json": 200, "/api/v1/titles/x": 422, "/undangan/x/": 410, "/persetujuan/x/": 404, "/keluar/": 405,
    "/kios/": 302, "/kios/pemasangan/": 200,
}


@pytest.mark.parametrize(("address", "status"), ANSWERS.items())
def test_every_kind_of_answer_carries_its_headers(address: str, status: int, library: Library) -> None:
    answer = Client(raise_request_exception=False).get(address)
    assert answer.status_code == status
    policy = answer["Content-Security-Policy"]
    assert ("default-src 'none'" in policy, "unsafe" in policy, "frame-ancestors 'none'" in policy) == (True, False, True)
    assert (answer["X-Content-Type-Options"], answer["X-Frame-Options"]) == ("nosniff", "DENY")
    assert answer["Referrer-Policy"] in ("same-origin", "no-referrer")


def test_errors_carry_them_too(library: Library, monkeypatch: pytest.MonkeyPatch, settings: object) -> None:
    def broken(*_args: object, **_given: object) -> None:
        raise RuntimeError

    monkeypatch.setattr("simpul.web.views.public.render", broken)
    strict = Client(enforce_csrf_checks=True, raise_request_exception=False)
    assert strict.post("/api/v1/visits", b"{}", "application/json").status_code == 401
    monkeypatch.undo()
    for answer in (strict.post("/masuk/", {"name": "x"}), Client().get("/", headers={"Host": "a b"})):
        assert answer.status_code in (400, 403)
        assert "default-src 'none'" in answer["Content-Security-Policy"]


def test_every_post_but_the_apis_needs_the_token_of_its_page(librarian: Account, library: Library) -> None:
    from tests.test_every_page import filled, patterns

    browser = Client(enforce_csrf_checks=True)
    browser.force_login(librarian, backend="django.contrib.auth.backends.ModelBackend")
    open_ones = [name for name, route, pattern in patterns() if not route.startswith("api/")
                 and browser.post(filled(route, pattern, library.code), {"change": str(uuid4())}).status_code != 403]
    # a mail program's one click and a phone's share sheet know no page of ours: the one holds a secret of its own, the
    # other only keeps a picture for whoever then signs in and says where it belongs
    assert sorted(open_ones) == ["activities:share", "outbox:stop"]


@pytest.mark.parametrize("to", ["https://evil.example/", "//evil.example", "/\\evil.example", "https:evil.example",
                                "javascript:alert(1)", "\x01//evil.example", "http:///evil.example", "///evil.example"])
def test_no_page_sends_anybody_elsewhere(to: str, librarian: Account, library: Library,
                                         sign_in: Callable[[Account], Client]) -> None:
    browser = sign_in(librarian)
    for answer in (browser.get("/masuk/", {"next": to}), browser.post("/bahasa/", {"next": to, "language": "id"}),
                   browser.post(f"/perpustakaan/{library.code}/pinjaman/{uuid4()}/kembali/", {"next": to}),
                   Client().post("/masuk/", {"name": librarian.phone, "password": "kata-sandi-uji", "next": to})):
        assert "evil" not in answer.headers.get("Location", "")

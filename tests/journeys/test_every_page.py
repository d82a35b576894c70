"""Every page that opens with a plain GET: axe finds nothing, nothing hangs over the side, it is light."""

from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Page

from tests.test_every_page import LIBRARY_PAGES, patterns

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

#: pages with only a library's code, and pages without any part, that are meant for a reader
ONLY_CODE = [name for name, _route, pattern in LIBRARY_PAGES if set(pattern.pattern.converters) == {"code"}]
PLAIN = [name for name, _route, pattern in patterns() if not pattern.pattern.converters]


def addresses(names: list[str], *args: str) -> list[str]:
    return sorted({reverse(name, args=args) for name in names})


def look(page: Page, address: str, nothing_wrong: Callable[[Page], None]) -> None:
    """Open and check; what answers with something else than a page (a download, POST only, not for her) is left."""
    response = page.request.get(address, max_redirects=0)
    if response.status != 200 or "text/html" not in response.headers.get("content-type", ""):
        return
    page.goto(address)
    nothing_wrong(page)


@pytest.mark.parametrize(("width", "dark"), [(360, False), (1280, True)])
def test_the_librarians_pages(width: int, dark: bool, open_page: Callable[..., Page], librarian: Any, library: Any,
                              make_copy: Any, make_member: Any, nothing_wrong: Callable[[Page], None]) -> None:
    make_copy()
    make_member()
    page = open_page(librarian, width=width, dark=dark)
    for address in addresses(ONLY_CODE, library.code):
        look(page, address, nothing_wrong)


@pytest.mark.parametrize(("width", "dark"), [(320, True), (1280, False)])
def test_the_citys_and_the_public_pages(width: int, dark: bool, open_page: Callable[..., Page], coordinator: Any,
                                        library: Any, make_copy: Any, nothing_wrong: Callable[[Page], None]) -> None:
    copy = make_copy()
    for account in (None, coordinator):
        page = open_page(account, width=width, dark=dark)
        for address in [*addresses(PLAIN), f"/perpustakaan/{library.code}/", f"/katalog/{copy.title_id}/"]:
            look(page, address, nothing_wrong)


def test_pages_ask_for_little(open_page: Callable[..., Page], librarian: Any, library: Any) -> None:
    """At most 8 requests a page; `benchmarks/pages.py` weighs them as the production server sends them."""
    page = open_page(librarian)
    seen: list[str] = []
    page.on("request", lambda request: seen.append(request.url))
    for address in addresses(ONLY_CODE, library.code):
        response = page.request.get(address, max_redirects=0)
        if response.status != 200 or "text/html" not in response.headers.get("content-type", ""):
            continue
        seen.clear()
        page.goto(address, wait_until="networkidle")
        assert len([url for url in seen if not url.startswith("data:")]) <= 8, (address, seen)

"""A real browser for journeys: Debian's chromium, driven by Playwright; every page it leaves is checked by axe."""

import os
import shutil
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, Page, sync_playwright

# Playwright's sync API runs an event loop; Django would refuse the database inside it
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
QUIET = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
         "--disable-component-update", "--disable-sync"]
WCAG = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    if CHROMIUM is None:
        pytest.skip("chromium is not installed")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield browser
        browser.close()


@pytest.fixture
def open_page(browser: Browser, live_server: Any) -> Iterator[Callable[..., Page]]:
    """A fresh browser window: `open_page(account, width=360, dark=True, scripts=False)`; signed in as the account."""
    contexts = []

    def window(account: Any = None, *, width: int = 360, height: int = 740, dark: bool = False,
               scripts: bool = True) -> Page:
        context = browser.new_context(
            base_url=live_server.url, viewport={"width": width, "height": height}, locale="id-ID",
            color_scheme="dark" if dark else "light", java_script_enabled=scripts,
            service_workers="block", reduced_motion="reduce")
        context.set_default_timeout(10_000)
        contexts.append(context)
        if account is not None:
            client = Client()
            client.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
            context.add_cookies([{
                "name": settings.SESSION_COOKIE_NAME, "value": client.cookies[settings.SESSION_COOKIE_NAME].value,
                "url": live_server.url}])
        page = context.new_page()
        page.on("pageerror", lambda error: pytest.fail(f"script error: {error}"))
        return page

    yield window
    for context in contexts:
        context.close()


@pytest.fixture
def page(open_page: Callable[..., Page]) -> Page:
    """A phone's browser, not signed in."""
    return open_page()


@pytest.fixture
def signed_in_page(open_page: Callable[..., Page]) -> Callable[..., Page]:
    return open_page


@pytest.fixture
def nothing_wrong() -> Callable[[Page], None]:
    """Axe finds nothing (WCAG 2.2 AA), nothing hangs over the side, the language is right."""

    def check(page: Page) -> None:
        found = Axe().run(page, options=WCAG).response["violations"]
        told = [f"{v['id']}: {v['nodes'][0]['html'][:160]} ({v['help']})" for v in found]
        assert told == [], f"{page.url}: " + "; ".join(told)
        wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide <= 0, f"{page.url} hangs {wide} px over the side"
        assert page.evaluate("document.documentElement.lang") == "id"

    return check

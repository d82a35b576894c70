"""A real phone for journeys: the app in a browser of its own, paired with the node, with a hand on its signal."""

from collections.abc import Callable, Iterator
from io import BytesIO
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import Browser, BrowserContext, Page, Route

from simpul.accounts.models import Account
from simpul.core import clock
from simpul.core.actor import Actor
from simpul.core.ids import new_id
from simpul.libraries.models import Library
from simpul.sync.actions import offer_phone
from simpul.sync.models import Event

EVENTS = "**/api/sync/events"


class Phone:
    """`page` shows the app; another tab of the same phone is `tab()`."""

    def __init__(self, context: BrowserContext) -> None:
        self.context = context
        self.page = self.tab()

    def tab(self) -> Page:
        page = self.context.new_page()
        page.on("pageerror", lambda error: pytest.fail(f"script error: {error}"))
        return page

    def pair(self, code: str) -> None:
        self.page.goto(f"/telepon/#pasang={code}", timeout=30_000)
        self.page.get_by_role("button", name="Pasangkan telepon ini").click()
        self.page.get_by_role("link", name="Anggota baru").wait_for()

    def go(self, place: str, page: Page | None = None) -> None:
        page = page or self.page
        page.evaluate("place => { location.hash = place; }", f"#/{place}")
        page.locator(f'#isi > .screen[data-place="{place}"]').wait_for()

    def visit(self, age: str = "6–12", page: Page | None = None) -> None:
        """A visit by one tap; the screen of visits must be open."""
        (page or self.page).locator(".cell-button", has_text=age).first.click()
        (page or self.page).locator("#urungan:not([hidden])").wait_for()

    def says(self, text: str, page: Page | None = None) -> None:
        """Tries to send what waits, then waits until the line at the top holds `text`."""
        self.send(page)
        (page or self.page).locator("#kebenaran-kata", has_text=text).wait_for()

    def send(self, page: Page | None = None) -> None:
        (page or self.page).evaluate("window.dispatchEvent(new Event('online'))")

    def lose_signal(self) -> None:
        self.page.route("**/api/sync/**", lambda route: route.abort())

    def find_signal(self) -> None:
        self.page.unroute_all(behavior="wait")
        self.send()


def no_answer(route: Route) -> None:
    """The node hears it, the phone hears nothing."""
    route.fetch()
    route.abort()


def photo(width: int = 2400) -> bytes:
    """A picture of a phone: large, with a place in its EXIF."""
    picture = Image.effect_noise((width, width * 3 // 4), 60).convert("RGB")
    exif = Image.Exif()
    exif[0x010F] = "Kamera Rahasia"
    out = BytesIO()
    picture.save(out, "JPEG", quality=92, exif=exif)
    return out.getvalue()


@pytest.fixture
def make_phone(browser: Browser, live_server: Any, library: Library, by_librarian: Actor, volunteer: Account) -> Iterator[
        Callable[..., Phone]]:
    """A phone that the volunteer carries for the library, paired."""
    contexts = []

    def make(*, workers: str = "block", width: int = 360, height: int = 740, script: str = "",
             routes: dict[str, Callable[[Route], None]] | None = None) -> Phone:
        context = browser.new_context(
            base_url=live_server.url, viewport={"width": width, "height": height}, locale="id-ID", timezone_id="Asia/Jakarta",
            service_workers=workers, reduced_motion="reduce", accept_downloads=True)  # type: ignore[arg-type]
        context.set_default_timeout(10_000)
        if script:
            context.add_init_script(script)
        for pattern, answer in (routes or {}).items():
            context.route(pattern, answer)
        contexts.append(context)
        offered = offer_phone(library=library, account=volunteer, name="HP Budi", by=by_librarian, at=clock.now(), id=new_id())
        phone = Phone(context)
        phone.pair(offered.code)
        return phone

    yield make
    for context in contexts:
        context.close()


def arrived() -> list[tuple[int, str]]:
    """(sequence, state) of what the node keeps."""
    return list(Event.objects.order_by("seq").values_list("seq", "state"))

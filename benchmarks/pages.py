"""How heavy pages are: requests and KiB over the wire, first visit, as the production server sends them.

    bin/demo                                    in one terminal
    python benchmarks/pages.py [ADDRESS]        in another; JSON on standard output

Signs in as the demonstration's librarian. Needs chromium and the test dependencies.
"""

import json
import shutil
import sys
from typing import Any

from playwright.sync_api import Browser, sync_playwright

MOST_REQUESTS, MOST_KIB = 8, 60
PHONE, PASSWORD = "08120000001", "simpul-demonstrasi"
PUBLIC = ["/", "/katalog/", "/katalog/?q=kue", "/perpustakaan/", "/privasi/", "/masuk/"]
DESK = ["hari-ini", "kunjungan", "pinjam", "anggota", "jatuh-tempo", "lainnya", "profil", "catatan"]


def weigh(browser: Browser, base: str, address: str, cookies: list[Any]) -> dict[str, Any]:
    """One page in a fresh browser with an empty cache."""
    context = browser.new_context(base_url=base, viewport={"width": 360, "height": 740}, service_workers="block")
    context.add_cookies(cookies)
    page = context.new_page()
    wire = context.new_cdp_session(page)
    wire.send("Network.enable")
    done: list[float] = []
    wire.on("Network.loadingFinished", lambda event: done.append(event["encodedDataLength"]))
    page.goto(address, wait_until="networkidle")
    context.close()
    return {"address": address, "requests": len([n for n in done if n]), "kib": round(sum(done) / 1024, 1)}


def main(base: str) -> None:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"])
        context = browser.new_context(base_url=base)
        page = context.new_page()
        page.goto("/masuk/")
        page.locator("main form input:visible").first.fill(PHONE)
        page.locator("input[type=password]").first.fill(PASSWORD)
        page.keyboard.press("Enter")
        page.wait_for_url("**/hari-ini/")
        home = page.url.removeprefix(base).removesuffix("hari-ini/")
        cookies = context.cookies()
        pages = [weigh(browser, base, address, []) for address in PUBLIC]
        pages += [weigh(browser, base, f"{home}{name}/", cookies) for name in DESK]
        browser.close()
    heaviest = max(pages, key=lambda page: page["kib"])
    print(json.dumps({
        "pages": pages, "most_requests": max(page["requests"] for page in pages), "heaviest": heaviest,
        "holds": heaviest["kib"] <= MOST_KIB and all(page["requests"] <= MOST_REQUESTS for page in pages),
    }, indent=2))


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "http://127.0.0.1:8000")

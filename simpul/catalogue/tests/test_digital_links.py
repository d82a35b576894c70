"""Which links are offered, and which are not."""

import pytest

from simpul.catalogue.digital.links import LinkRefused, safe_link


@pytest.mark.parametrize("link", [
    "http://contoh.id/buku", "javascript:alert(1)", "data:text/html,x", "https://", "//contoh.id", "contoh.id",
    "https://nama:rahasia@contoh.id/", "https://contoh.id@jahat.example/", "https://127.0.0.1/", "https://192.168.1.1/a",
    "https://[::1]/", "https://localhost/", "https://server.local/", "https://2130706433/", "https://0x7f.1/",
    "https://contoh.id:8443/", "https://contoh.id/a b", "https://contoh.id/\\evil", "https://contoh.id/\n", "https://kantor/",
    "https://contoh.id/" + "x" * 1000, "ftp://contoh.id/a", "https://con\u202etoh.id/", "https://a..id/", "https://x.lan/"])
def test_links_that_are_not_offered(link: str) -> None:
    if link == "https://contoh.id/\n":
        assert safe_link(link) == "https://contoh.id/"
        return
    with pytest.raises(LinkRefused):
        safe_link(link)


@pytest.mark.parametrize("link", ["https://contoh.id/buku?x=1#y", "https://perpustakaan.tangerangkota.go.id/", "https://bücher.example/"])
def test_links_that_are(link: str) -> None:
    assert safe_link(link) == link

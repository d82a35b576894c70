"""Which links are offered: https, to a named public host, nothing hidden in them. They are never fetched."""

import ipaddress
from urllib.parse import urlsplit

from django.utils.translation import gettext as _

from simpul.core.refusal import Refusal

LONGEST = 1000
#: names of one machine or one network; what stands there is nobody else's
NEAR = ("localhost", "local", "internal", "lan", "home", "intranet", "home.arpa", "localdomain", "test", "invalid", "onion")


class LinkRefused(Refusal):
    """A link that is not offered, and what to do instead."""

    code = "link_refused"


def safe_link(text: str) -> str:
    """The link as it is kept. Raises LinkRefused (field `url`)."""
    link = text.strip()
    if len(link) > LONGEST:
        raise _refused("too_long", _("This link is too long. Look for a shorter one of the same page."))
    if any(ch <= " " or ch == "\\" or not ch.isprintable() for ch in link):
        raise _refused("odd_signs", _("The link holds spaces or odd signs. Copy it once more from the address line."))
    try:
        parts = urlsplit(link)
        port, host = parts.port, (parts.hostname or "").rstrip(".").lower()
    except ValueError:
        raise _refused("broken", _("This is no complete link. It begins with https://")) from None
    if parts.scheme != "https" or not host:
        raise _refused("not_https", _("A link begins with https:// – pages without it can be changed on their way."))
    if "@" in parts.netloc:
        raise _refused("userinfo", _("The link holds a user name. Take the part before “@” away."))
    if port not in (None, 443) or not _is_public(host):
        raise _refused("private", _("This address is not open to everybody. Use the page's public address."))
    return link


def is_safe(text: str) -> bool:
    try:
        safe_link(text)
    except LinkRefused:
        return False
    return True


def _is_public(host: str) -> bool:
    try:
        ipaddress.ip_address(host.strip("[]"))
    except ValueError:
        pass
    else:
        return False  # a number is no address to give to people
    try:
        name = host.encode("idna").decode()
    except UnicodeError:
        return False
    labels = name.split(".")
    return (len(labels) > 1 and not labels[-1].replace("0x", "").isdigit() and name not in NEAR
            and not any(name.endswith(f".{near}") for near in NEAR)
            and all(label and set(label) <= set("abcdefghijklmnopqrstuvwxyz0123456789-_") for label in labels))


def _refused(code: str, message: str) -> LinkRefused:
    return LinkRefused(message, field="url", code=code)

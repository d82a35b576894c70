"""Every address of the house, found in the URL configuration itself, tried by a stranger and by nobody.

A page that is added and forgets to ask who is there fails here.
"""

from collections.abc import Callable, Iterator
from typing import Any
from uuid import UUID

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from simpul.accounts.models import Account
from simpul.libraries.models import Library

NOTHING = UUID(int=0)
#: pages of a library that everybody may open
PUBLIC = {"libraries:detail", "surveys:voice", "surveys:voice_thanks"}


def patterns(resolver: Any = None, prefix: str = "", names: tuple[str, ...] = ()) -> Iterator[tuple[str, str, Any]]:
    """(namespaced name, route, pattern) of every address but the API's, which has keys of its own."""
    for one in (resolver or get_resolver()).url_patterns:
        route = prefix + str(one.pattern)
        if isinstance(one, URLResolver):
            if not route.startswith("api/"):
                space = (*names, one.namespace) if one.namespace else names
                yield from patterns(one, route, space)
        elif isinstance(one, URLPattern):
            yield ":".join((*names, one.name or "?")), route, one


def filled(route: str, pattern: Any, code: str) -> str:
    """The route with the library's code and, for every other part, something that is not there."""
    values = {"code": code}
    for name, converter in pattern.pattern.converters.items():
        values.setdefault(name, str(NOTHING) if "uuid" in type(converter).__name__.lower() else "1")
    for name in pattern.pattern.converters:
        start = route.index(f":{name}>")
        opening = route.rindex("<", 0, start)
        route = route[:opening] + values[name] + route[start + len(name) + 2:]
    return "/" + route


LIBRARY_PAGES = sorted((name, route, pattern) for name, route, pattern in patterns()
                       if "code" in pattern.pattern.converters and name not in PUBLIC)


def test_the_list_is_not_empty() -> None:
    assert len(LIBRARY_PAGES) > 20


@pytest.mark.parametrize(("name", "route", "pattern"), LIBRARY_PAGES, ids=[name for name, _r, _p in LIBRARY_PAGES])
def test_a_stranger_finds_nothing_and_a_visitor_is_asked_to_sign_in(
        name: str, route: str, pattern: Any, library: Library, stranger: Account,
        sign_in: Callable[[Account], Client]) -> None:
    address = filled(route, pattern, library.code)
    browser = sign_in(stranger)
    assert browser.get(address).status_code in (404, 405)
    assert browser.post(address).status_code in (404, 405)
    nobody = Client()
    assert nobody.get(address).status_code in (302, 404, 405)
    assert nobody.post(address).status_code in (302, 404, 405)


def test_an_address_with_a_broken_code_is_not_there(librarian: Account, sign_in: Callable[[Account], Client]) -> None:
    for code in ("L999", "'; DROP TABLE", "..", "%00"):
        assert sign_in(librarian).get(f"/perpustakaan/{code}/hari-ini/").status_code in (400, 404)

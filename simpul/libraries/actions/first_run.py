"""The first run of a node: a code from the terminal opens the page that sets up the city, once."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from simpul.core.actor import Actor
from simpul.core.change import change
from simpul.core.ids import derived_id
from simpul.core.models import NodeSetting
from simpul.core.refusal import Refusal
from simpul.core.secrets import fingerprint, new_code
from simpul.libraries.actions.city import FIRST_RUN_CODE, set_up_city
from simpul.libraries.actions.regions import load_regions
from simpul.libraries.actions.sheet import take_library_sheet
from simpul.libraries.models import City, Region
from simpul.libraries.sheets import SheetRow

TRIES = "first_run_tries"
MOST_TRIES = 10
PAUSE = timedelta(minutes=15)


class TooManyTries(Refusal):
    """Guessing is slowed down."""

    code = "too_many_tries"


@dataclass(frozen=True)
class NodeSetUp:
    """What the first run made; `sheet` as `take_library_sheet` answers, None without a sheet."""

    city: City
    sheet: dict[str, Any] | None


def first_run_code(*, by: Actor, at: datetime, id: UUID) -> str | None:
    """A fresh code to print on the terminal, as "ABCD-EFGH"; None once the city is set up. The code before it is
    void, and so are failed tries. Only its hash is kept."""
    if City.objects.exists():
        return None
    code = new_code(8)
    _keep_code(code_hash=fingerprint(code), by=by, at=at, id=id)
    return f"{code[:4]}-{code[4:]}"


@change("first_run.code_made", says=_("{by} printed a set-up code on the terminal"))
def _keep_code(*, code_hash: str, by: Actor, at: datetime, id: UUID) -> None:
    NodeSetting.objects.update_or_create(name=FIRST_RUN_CODE, defaults={"value": code_hash})
    NodeSetting.objects.filter(name=TRIES).delete()


@change("first_run.tried", says=_("{by} entered a set-up code"))
def try_first_run_code(*, code_hash: str, by: Actor, at: datetime, id: UUID) -> bool:
    """Is it the hash (of `code_hash_of`) of the code on the terminal? Counts what is wrong.
    Raises TooManyTries after ten wrong codes, for a quarter of an hour."""
    tries, _new = NodeSetting.objects.select_for_update().get_or_create(
        name=TRIES, defaults={"value": {"n": 0, "since": at.isoformat()}})
    if at - datetime.fromisoformat(tries.value["since"]) > PAUSE:
        tries.value = {"n": 0, "since": at.isoformat()}
    if tries.value["n"] >= MOST_TRIES:
        raise TooManyTries(_("Too many wrong codes. Wait a quarter of an hour, or start the server again for a new "
                             "code."), field="code")
    is_right = NodeSetting.objects.filter(name=FIRST_RUN_CODE, value=code_hash).exists()
    if not is_right:
        tries.value["n"] += 1
    tries.save()
    return is_right


def code_hash_of(typed: str) -> str:
    """The hash of a code as typed: with or without the dash, in small letters too."""
    return fingerprint("".join(ch for ch in typed.upper() if ch.isalnum()))


def set_up_node(*, region_code: str, with_libraries: bool, rows: list[SheetRow] | None, by: Actor, at: datetime,
                id: UUID) -> NodeSetUp:
    """Load the city's regions, set it up, and take the sheet if there is one; each step is a change of its own and
    the same id again goes on where it stopped. The rest of Indonesia is loaded afterwards."""
    load_regions(within=region_code, by=by, at=at, id=derived_id(id, "regions"))
    region = Region.objects.current().get(code=region_code)
    city = set_up_city(region=region, with_libraries=with_libraries, by=by, at=at, id=derived_id(id, "city"))
    sheet = take_library_sheet(rows=rows, by=by, at=at, id=derived_id(id, "sheet")) if rows else None
    return NodeSetUp(city, sheet)

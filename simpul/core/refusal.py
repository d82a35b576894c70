"""Why a change was not made."""

from collections.abc import Mapping
from typing import Any


class Refusal(Exception):
    """A change that is not made, with a message fit to be read out at the desk (translated, says what to do).

    `is_policy` tells a rule of the house (a limit, a block) from an impossibility. A person at a page is refused
    by both; a replayed fact that only breaks policy is recorded and flagged, because it happened.
    `field` names the form field it belongs to, `code` is stable and English for machines.
    """

    is_policy = False
    code = "refused"

    def __init__(self, message: Any, *, field: str | None = None, code: str | None = None,
                 facts: Mapping[str, Any] | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.field = field
        self.code = code or type(self).code
        self.facts = dict(facts or {})

    def __str__(self) -> str:
        return str(self.message)


class NotAllowed(Refusal):
    """The actor may not do this. Pages answer 404 to strangers, so that a guessed address tells nothing."""

    code = "not_allowed"


class ChangeIdReused(Refusal):
    """The id of a change came back with other arguments."""

    code = "change_id_reused"

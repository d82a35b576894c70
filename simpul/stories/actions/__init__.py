"""Changes about stories."""

from simpul.stories.actions.checking import hide, send_back, show, submit, verify
from simpul.stories.actions.choosing import choose, close_round, open_round, reopen_round
from simpul.stories.actions.consenting import expire, give_consent, withdraw
from simpul.stories.actions.writing import (
    add_story_photo,
    begin_story,
    discard_draft,
    remove_story_photo,
    set_evidence,
    take_back,
    write_story,
)

__all__ = [
    "add_story_photo", "begin_story", "choose", "close_round", "discard_draft", "expire", "give_consent", "hide",
    "open_round", "remove_story_photo", "reopen_round", "send_back", "set_evidence", "show", "submit", "take_back",
    "verify", "withdraw", "write_story",
]

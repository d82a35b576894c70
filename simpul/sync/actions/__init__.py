"""Phones are offered, paired, revoked; what they send is received, replayed, decided, forgotten."""

from simpul.sync.actions.deciding import ignore_event, reopen_event, settle_event, take_event
from simpul.sync.actions.pairing import (
    Offered,
    WrongCode,
    leave,
    note_contact,
    offer_phone,
    pair_phone,
    prolong_phone,
    restore_phone,
    revoke_phone,
)
from simpul.sync.actions.photos import NotThatPhoto, UnknownEvent, receive_photo
from simpul.sync.actions.receiving import Delivered, Receipt, TooManyStrangers, receive
from simpul.sync.actions.retention import empty_events, try_again

__all__ = [
    "Delivered", "NotThatPhoto", "Offered", "Receipt", "TooManyStrangers", "UnknownEvent", "WrongCode", "empty_events",
    "ignore_event", "leave", "note_contact", "offer_phone", "pair_phone", "prolong_phone", "receive", "receive_photo",
    "reopen_event", "restore_phone", "revoke_phone", "settle_event", "take_event", "try_again",
]

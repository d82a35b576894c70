"""What the volunteer reads about an event: a sentence for each state and reason."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as __

from simpul.sync.models import Event

#: reason of a held or quarantined event → what is said of it
REASONS: dict[str, Any] = {
    "gap": __("It waits for an earlier record of this phone."),
    "photos": __("It waits for its pictures."),
    "expired": __("This phone was not seen for three months. The librarian prolongs it, then it is recorded."),
    "unknown_kind": __("This node does not know this kind of record yet. It is recorded after the next update."),
    "unknown_schema": __("This node does not know this version of the record yet. It is recorded after the next update."),
    "refused": __("It could not be recorded. Somebody of the library looks at it."),
    "revoked": __("It came after this phone was reported lost. Somebody of the library looks at it."),
    "bad_signature": __("Its signature does not belong to this phone. It is kept; somebody of the library looks at it."),
    "fork": __("Another record of this phone has the same number. Somebody of the library looks at it."),
    "other_bytes": __("A record with the same mark but other contents is here. Somebody of the library looks at it."),
    "wrong_library": __("It belongs to another library than this phone. Somebody of the library looks at it."),
    "unknown_device": __("This phone is not known here. It is kept; the coordinator of the city can help."),
    "broken": __("This is no record that can be read. It is kept."),
    "ignored": __("Somebody of the library decided to leave it out."),
    "undone": __("It was taken back on the phone."),
    "erased": __("It told of somebody whose data was erased."),
}
#: flag → what is said of a recorded event
FLAGS: dict[str, Any] = {
    "implied_return": __("The book was out; the earlier loan counts as returned."),
    "limit_reached": __("More books than the rule allows."),
    "reference_only": __("This book is read here only."),
    "damaged": __("This book is marked as being mended."),
    "withdrawn": __("This book was withdrawn from the collection."),
    "no_consent": __("A child borrowed before a guardian has agreed."),
    "blocked": __("This member is blocked."),
    "membership_ended": __("This membership has ended."),
    "membership_expired": __("This membership has expired."),
    "not_lent": __("The book was not out. It lies on its shelf now."),
    "clock": __("The phone's clock was wrong: returned before it was lent."),
    "time_uncertain": __("The phone's clock was wrong or unknown; the moment is an estimate."),
    "wrong_moment": __("The phone's clock was wrong; the moment is an estimate."),
    "closed_day": __("The library was closed on this day."),
    "unknown_card": __("The card is not known; counted as a visitor."),
    "already_in": __("The same card twice within ten minutes."),
    "please_check": __("A very large number."),
    "unknown_ticket": __("The ticket or card is not known; counted as a walk-in."),
    "session_cancelled": __("This day of the activity had been cancelled."),
    "not_yet": __("The day of the activity had not come."),
    "card_taken": __("The card belongs to somebody already; a new number was given."),
    "bad_phone": __("The telephone number cannot be right and was left out."),
    "bad_birth_year": __("The birth year cannot be right and was left out."),
    "maybe_same": __("A member with a similar name and the same birth year is here already."),
    "photo_missing": __("A picture is missing."),
    "late_undo": __("It was taken back later than usual."),
    "revoked": __("It came after this phone was reported lost."),
}


def said_of(event: Event) -> str:
    """One or a few sentences in the active language; "" where all is well."""
    if event.state == Event.State.APPLIED:
        return ""
    if event.state == Event.State.FLAGGED:
        codes = list(dict.fromkeys([*event.flags, *([event.reason] if event.reason not in event.flags else [])]))
        return " ".join(str(FLAGS.get(code, _("Look at it once."))) for code in codes if code)
    if event.reason == "refused" and event.said:
        return event.said
    return str(REASONS.get(event.reason, _("It is kept; somebody of the library looks at it.")))

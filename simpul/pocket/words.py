"""What the app says while it works; the shell holds the rest. `{name}` is filled in on the phone."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

#: key → sentence, or a function of n
WORDS: dict[str, Any] = {
    # the line at the top
    "safe": _("{safe} of {all} safe at the city, {hour}"),
    "safe_none": _("Nothing recorded today yet."),
    "waits": (lambda n: ngettext("{n} record waits for a signal", "{n} records wait for a signal", n)),
    "waits_photos": (lambda n: ngettext("{n} photo waits for a signal", "{n} photos wait for a signal", n)),
    "soon": (lambda n: ngettext("{n} new record, sent in a moment", "{n} new records, sent in a moment", n)),
    "sends_photos": (lambda n: ngettext("{n} photo is being sent", "{n} photos are being sent", n)),
    "sends": (lambda n: ngettext("{n} record is being sent", "{n} records are being sent", n)),
    "last_saved": _("last saved {hour}"),
    "attention": (lambda n: ngettext(
        "{n} record waits for a word of the librarian", "{n} records wait for a word of the librarian", n)),
    # undo
    "undo": _("Undo"),
    "taken_back": _("Taken back: {what}"),
    "sure_undone": _("undone"),
    # what was recorded
    "visit": _("Visitor: {who}"),
    "visit_card": _("Visitor with card: {who}"),
    "tally": (lambda n: ngettext("Counted: {n} person", "Counted: {n} people", n)),
    "lent": _("Lent: {book} to {who}"),
    "returned": _("Returned: {book}"),
    "enrolled": _("New member: {who}"),
    "present": _("Present: {who}"),
    "absent": _("Not present: {who}"),
    "excused": _("Excused: {who}"),
    "scanned": _("Card scanned: {what}"),
    "walked_in": _("Came along: {who}"),
    "counted": (lambda n: ngettext("Headcount: {n} person", "Headcount: {n} people", n)),
    "reported": _("Report: {what}"),
    # soft warnings
    "card_unknown": _("This card is not known on this phone. It is recorded all the same; the library looks it up."),
    "book_out": _("As this phone knows, this book is out: {title}, with {who}, due {day}. It is recorded all the same."),
    "book_lent": _("This phone has lent this book to {who}. It is recorded all the same."),
    "book_in": _("This phone knows of no open loan of this book. It is recorded all the same."),
    "book_scan": _("Scan or type the number of the book."),
    "card_scan": _("Scan or type the card."),
    "somebody": _("somebody"),
    "again": _("Another book for {who}"),
    "namesake": _("{who} is a member already (card {card}). Is it somebody else? Then go on."),
    # forms
    "name_missing": _("Write the name."),
    "year_wrong": _("Write four digits, such as 2014."),
    "count_missing": _("Count at least one person."),
    "summary_missing": _("Tell in a sentence what happened."),
    "title_missing": _("What was it called?"),
    "notice_missing": _("Did the people know of the photos? Answer before photos are kept."),
    "photo_unreadable": _("{name} could not be read as a picture."),
    "photo_more": _("Six photos are enough for a report."),
    "photo_remove": _("Remove photo {n}"),
    "photo_alt": _("Photo {n}"),
    "total": (lambda n: ngettext("Record {n} person", "Record {n} people", n)),
    "total_none": _("Record"),
    # sessions
    "no_people": _("Nobody is registered, or the names are not on this phone. Record who comes along below, or count."),
    "present_of": _("{present} of {all} present"),
    "no_sessions": _("No session is planned in these days. You can still report an activity."),
    "today": _("Today"),
    "state_excused": _("excused"),
    "save_file": _("Save as a file"),
    # list of today
    "state_": _("on this phone"),
    "state_applied": _("saved at the city"),
    "state_applied_flagged": _("saved, with a note"),
    "state_held": _("at the city, waits"),
    "state_quarantined": _("at the city, kept apart"),
    "nothing_today": _("Nothing yet. Whatever you record stands here, with what became of it."),
    # this phone
    "size": _("{size} on this phone"),
    "kept": _("The browser has promised to keep the records."),
    "not_kept": _(
        "The browser may delete records when the phone is full. Put the app on the home screen and send "
        "often."),
    "private": _(
        "This seems to be a private window. Records are lost when it closes before they are sent. Open the "
        "app in the ordinary browser."),
    "expires": _("Paired until {day}; renewed whenever it sends."),
    "nothing_waits": _("Nothing waits."),
    "saved_file": _("Saved: {name}. Hand it in at the library, or send it to the librarian."),
    "copied": _("Copied"),
    "text_too_long": _("A text is possible for up to five records without photos. Save the file instead."),
    "code": _("Code of the records that wait"),
    "code_of": _("Code {n} of {all}"),
    "code_next": _("Next code"),
    "code_help": _("On the other phone: This phone, Take over from another phone. Then aim its camera here."),
    "taken_over": (lambda n: ngettext(
        "{n} record of another phone is taken over.", "{n} records of another phone are taken over.", n)),
    "carried": (lambda n: ngettext(
        "{n} record of another phone waits here for a signal.", "{n} records of another phone wait here for a signal.", n)),
    "not_code": _("This is no whole code of a phone. It begins with SIMPUL1."),
    "leave_waits": _("Records still wait. Send them or save the file first; then the phone can be let go."),
    # faults
    "full": _(
        "This phone's storage is full: the last record was NOT kept. What you typed is still here. Delete some "
        "photos or videos, or save the waiting records as a file, then try again."),
    "broken": _("This was not kept. What you typed is still here; try again."),
    "unpaired": _(
        "This phone is no longer paired; this was not kept. What you typed is still here: note it down, then "
        "pair the phone again."),
    "left_self": _("This phone was let go. Names, records and keys are deleted from it."),
    "left_revoked": _(
        "The library has let this phone go. What it had recorded was sent; names, records and keys are deleted "
        "from it."),
    "left_evicted": _(
        "The browser has deleted this phone's storage. What the city has confirmed is safe there; {n} unsent "
        "records are lost with it. Pair the phone again."),
    "left_evicted_none": _(
        "The browser has deleted this phone's storage. Everything recorded had reached the city. Pair the phone "
        "again."),
    "left_evicted_unknown": _(
        "This phone was paired with {library}, but the browser has deleted its storage. What the city has "
        "confirmed is safe there. Pair the phone again."),
    "revoked": _(
        "The library has let this phone go. What you record now is still sent, but a person decides whether it "
        "counts."),
    "expired": _("The pairing has run out. Records are still kept and sent; pair the phone again to see names."),
    "pair_offline": _("Pairing needs a signal for a moment. Nothing is lost; try again where there is one."),
    "pair_waits": _("This phone still keeps records of {library} that were not sent. Send them first, then pair anew."),
    "pair_failed": _("This could not be done. Ask the librarian for a new code."),
    "pair_old": _("This browser is too old to keep records safely. Update it, or use another phone."),
    "camera_open": _("Camera"),
    "camera_close": _("Close the camera"),
    "camera_refused": _("The camera may not be used. Allow it in the browser, or type."),
    "camera_aim": _("Hold the code in front of the camera."),
}


def words() -> dict[str, str | list[str]]:
    """Key -> sentence, or [for one, for many], in the active language. Read by static/pocket/words.js."""
    return {key: [said(1), said(2)] if callable(said) else str(said) for key, said in WORDS.items()}

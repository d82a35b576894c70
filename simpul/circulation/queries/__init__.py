"""Questions of the desk, the due list and the Today page."""

from simpul.circulation.queries.desk import (
    Done,
    MemberAtDesk,
    at_desk,
    find_member,
    what_was_done,
)
from simpul.circulation.queries.due import (
    WINDOWS,
    DueMember,
    due_loans,
    due_member_ids,
    due_members,
    receipt_text,
    window_counts,
)
from simpul.circulation.queries.figures import DeskFigures, desk_figures, keeps_person
from simpul.circulation.queries.terms import DEFAULT_TERMS, Terms, due_day, fine_for, open_days, terms_for

__all__ = [
    "DEFAULT_TERMS", "WINDOWS", "DeskFigures", "Done", "DueMember", "MemberAtDesk", "Terms", "at_desk",
    "desk_figures", "due_day", "due_loans", "due_member_ids", "due_members", "find_member", "fine_for",
    "keeps_person", "open_days", "receipt_text", "terms_for", "what_was_done", "window_counts",
]

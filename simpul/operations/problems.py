"""Errors of the machine as sentences that say what to do."""

import errno

from django.conf import settings
from django.utils.translation import gettext as _

from simpul.operations.console import Problem

#: what SQLite, PostgreSQL and the file system say when the disk is full
FULL = ("database or disk is full", "no space left on device", "disk full", "could not extend file",
        "file too large")


def is_disk_full(error: BaseException | None) -> bool:
    """Does this error, or one that caused it, say that nothing more can be written?"""
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        if isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
            return True
        if any(sign in str(error).lower() for sign in FULL):
            return True
        error = error.__cause__ or error.__context__
    return False


def not_set_up() -> Problem:
    return Problem(
        _("The data folder %(folder)s is not set up for this version.") % {"folder": settings.DATA},
        _("Run “bin/simpul setup” (or “bin/demo” for the demonstration city) first. "
          "Another folder is chosen with SIMPUL_DATA."),
        code="not_set_up")


def problem_of(error: BaseException) -> Problem | None:
    """The problem behind an error that a user can cause or mend; None where it is a mistake of ours."""
    text = str(error).lower()
    if is_disk_full(error):
        return Problem(_("The disk is full; nothing was written."),
                       _("Free some space, then try again: old backups are in %(folder)s.")
                       % {"folder": settings.BACKUPS_ROOT}, code="disk_full")
    if isinstance(error, FileNotFoundError):
        return Problem(_("There is no file %(name)s.") % {"name": error.filename},
                       _("Check the name, and the folder you are in."), code="file_missing")
    if isinstance(error, PermissionError):
        return Problem(_("%(name)s may not be read or written by this user.") % {"name": error.filename},
                       _("Run the command as the user who owns the data folder."), code="no_permission")
    if isinstance(error, IsADirectoryError):
        return Problem(_("%(name)s is a folder, not a file.") % {"name": error.filename}, code="is_a_folder")
    if "no such table" in text or "does not exist" in text or "no such column" in text:
        return not_set_up()
    if "database is locked" in text:
        return Problem(_("The database was busy for too long."), _("Try again in a minute."), code="busy")
    if "readonly database" in text or "unable to open database" in text:
        return Problem(_("The database in %(folder)s may not be written by this user.") % {"folder": settings.DATA},
                       _("Run the command as the user who owns the data folder."), code="no_permission")
    if "connection" in text and ("refused" in text or "failed" in text):
        return Problem(_("The database does not answer."), _("Start PostgreSQL, and check DATABASE_URL."),
                       code="no_database")
    if "malformed" in text or "not a database" in text:
        return Problem(_("The database file is damaged."),
                       _("Restore the latest backup: bin/simpul restore FILE --replace"), code="damaged")
    return None

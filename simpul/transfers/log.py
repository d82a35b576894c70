"""SQLite's write-ahead log during an import: emptied between two transactions, not inside a commit."""

from django.db import connection

OFTEN = 300   # records between two visits: some 4 MB of log


class WriteAheadLog:
    """By itself SQLite copies its log into the database within the commit that fills 4 MB, which an import does
    several times a second. Done beside the commits, passively, it makes nobody wait. Nothing to do on PostgreSQL,
    and nothing within another transaction."""

    def __init__(self) -> None:
        self._is_ours = False
        self._before = 0
        self._records = 0

    def take_over(self) -> None:
        """From now on this connection's commits leave the log alone."""
        if connection.vendor != "sqlite" or connection.in_atomic_block:
            return
        with connection.cursor() as cursor:
            self._before = cursor.execute("PRAGMA wal_autocheckpoint").fetchone()[0]
            cursor.execute("PRAGMA wal_autocheckpoint=0")
        self._is_ours = True

    def tidy(self, records: int) -> None:
        """After a transaction of so many records: copy what is in the log, if there may be much."""
        self._records += records
        if self._is_ours and self._records >= OFTEN:
            self._records = 0
            with connection.cursor() as cursor:
                cursor.execute("PRAGMA wal_checkpoint(PASSIVE)")

    def give_back(self) -> None:
        """As it was."""
        if self._is_ours:
            self._is_ours = False
            with connection.cursor() as cursor:
                cursor.execute(f"PRAGMA wal_autocheckpoint={int(self._before)}")

"""Which records a file has already brought, kept on disk so that a large file needs no large memory."""

import sqlite3
from hashlib import blake2b


class Seen:
    """Gives each record of a file its external id.

    A record that comes twice, byte for byte, is one. Two different records with one number (exports put together
    from several systems) are two: the second is `number#2`, the third `number#3`, on every run alike.
    """

    def __init__(self) -> None:
        self._db = sqlite3.connect("")  # a private file that SQLite deletes by itself
        self._db.execute("PRAGMA journal_mode=OFF")
        self._db.execute("PRAGMA synchronous=OFF")
        self._db.execute("CREATE TABLE seen (number BLOB, print BLOB, PRIMARY KEY (number, print)) WITHOUT ROWID")

    def place(self, external_id: str, fingerprint: str) -> str | None:
        """The external id to use, or None where this very record has been read before."""
        number = blake2b(external_id.encode("utf-8", "replace"), digest_size=16).digest()
        prints = [row[0] for row in self._db.execute("SELECT print FROM seen WHERE number = ?", (number,))]
        print_ = bytes.fromhex(fingerprint)
        if print_ in prints:
            return None
        self._db.execute("INSERT INTO seen VALUES (?, ?)", (number, print_))
        return f"{external_id}#{len(prints) + 1}" if prints else external_id

    def close(self) -> None:
        self._db.close()

"""Uploads may show persons; what they are is said by the row they belong to."""

from simpul.core.personal import Basis, Personal, Sees

PERSONAL = {
    "storedfile.given_name": Personal(
        "shows staff which file they uploaded; people put names into file names", Basis.PUBLIC_TASK,
        "removed with the row the file belongs to", frozenset({Sees.OWN_STAFF})),
}
NOT_PERSONAL = {"storedfile.kind", "storedfile.media_type", "storedfile.sha256", "storedfile.size",
                "storedfile.stored_at"}

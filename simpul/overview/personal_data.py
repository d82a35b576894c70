"""Who signs a preface."""

from simpul.core.personal import Basis, Personal, Sees

PERSONAL = {
    "preface.signer": Personal("whose name stands below the words of a public report", Basis.PUBLIC_TASK,
                               "as long as the report of its year is kept", frozenset({Sees.OWN_STAFF, Sees.COORDINATOR})),
}
NOT_PERSONAL = {"preface.text", "preface.signs_as", "preface.written_at"}

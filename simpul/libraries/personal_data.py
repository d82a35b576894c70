"""Personal data of libraries: contacts that may be a person's, and who served where."""

from simpul.core.personal import Basis, Personal, Sees

EVERYBODY = frozenset(Sees) - {Sees.NOBODY}
STAFF = frozenset({Sees.OWN_STAFF, Sees.COORDINATOR, Sees.ADMINISTRATOR, Sees.HERSELF})

PERSONAL = {
    "library.phone": Personal("how readers reach the library; public, so the form asks for no private number",
                              Basis.LEGITIMATE_INTEREST, "until the library changes or empties it", EVERYBODY),
    "library.email": Personal("how readers reach the library; public", Basis.LEGITIMATE_INTEREST,
                              "until the library changes or empties it", EVERYBODY),
    "library.address": Personal("where readers come to; of a TBM it may be somebody's home", Basis.LEGITIMATE_INTEREST,
                                "until the library changes or empties it", EVERYBODY),
    "library.latitude": Personal("where readers come to; of a TBM it may be somebody's home", Basis.LEGITIMATE_INTEREST,
                                 "until the library changes or empties it", EVERYBODY),
    "library.longitude": Personal("where readers come to; of a TBM it may be somebody's home",
                                  Basis.LEGITIMATE_INTEREST, "until the library changes or empties it", EVERYBODY),
    "staffrole.account": Personal("who may record and change what, and who served when", Basis.PUBLIC_TASK,
                                  "as long as the node keeps its journal", STAFF),
    "staffrole.role": Personal("what the account may do", Basis.PUBLIC_TASK, "as long as the node keeps its journal",
                               STAFF),
    "staffrole.starts_on": Personal("since when she serves", Basis.PUBLIC_TASK,
                                    "as long as the node keeps its journal", STAFF),
    "staffrole.ends_on": Personal("until when she served", Basis.PUBLIC_TASK, "as long as the node keeps its journal",
                                  STAFF),
    "staffrole.granted_by_id": Personal("who answers for the role", Basis.PUBLIC_TASK,
                                        "as long as the node keeps its journal", STAFF),
}

NOT_PERSONAL = {
    "region.code", "region.name", "region.valid_from", "region.valid_until",
    "city.name",
    "library.code", "library.name", "library.kind", "library.npp", "library.npsn", "library.rt_rw",
    "library.postal_code", "library.time_zone", "library.opened_on", "library.closed_on",
    "placement.from_on", "placement.until_on",
    "datedfact.name", "datedfact.value", "datedfact.from_on", "datedfact.source", "datedfact.recorded_at",
    "datedfact.voided_at",
    "openinghours.season", "openinghours.from_on", "openinghours.until_on",
    "closure.first_on", "closure.last_on", "closure.reason", "closure.withdrawn_at",
    "space.name", "space.kind",
    "stop.name",
}

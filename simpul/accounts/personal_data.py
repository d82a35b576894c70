"""What accounts keep about people, and why."""

from simpul.core.personal import Basis, Personal, Sees

COLLEAGUES = frozenset({Sees.HERSELF, Sees.OWN_STAFF, Sees.COORDINATOR, Sees.ADMINISTRATOR})
WHILE_SERVING = "while the account exists; accounts that recorded something stay as the author of their records"

PERSONAL = {
    "account.name": Personal("Colleagues know who serves and who recorded what", Basis.PUBLIC_TASK, WHILE_SERVING,
                             COLLEAGUES),
    "account.phone": Personal("Signing in; colleagues and the coordinator reach her", Basis.PUBLIC_TASK,
                              "while the account exists", COLLEAGUES),
    "account.email": Personal("Signing in", Basis.PUBLIC_TASK, "while the account exists", frozenset({Sees.HERSELF})),
    "account.language": Personal("Pages in her language in every browser", Basis.PUBLIC_TASK,
                                 "while the account exists", frozenset({Sees.HERSELF})),
    "account.password": Personal("Signing in; an Argon2 hash", Basis.PUBLIC_TASK, "until it is changed",
                                 frozenset({Sees.NOBODY})),
    "account.joined_at": Personal("Who could act since when", Basis.PUBLIC_TASK, WHILE_SERVING,
                                  frozenset({Sees.HERSELF})),
    "account.last_login": Personal("Written by the framework at each sign-in", Basis.PUBLIC_TASK,
                                   "until the next sign-in", frozenset({Sees.NOBODY})),
    "invitation.for_name": Personal("The inviter tells her links apart", Basis.PUBLIC_TASK,
                                    "with the invitation, as proof of who was brought in", COLLEAGUES),
    "invitation.account": Personal("Whose password the link may set", Basis.PUBLIC_TASK, "with the invitation",
                                   frozenset({Sees.NOBODY})),
    "invitation.invited_by_id": Personal("Who brought somebody in; her links end with her role", Basis.PUBLIC_TASK,
                                         "with the invitation", frozenset({Sees.NOBODY})),
    "invitation.spent_by": Personal("Who came in by the link", Basis.PUBLIC_TASK, "with the invitation",
                                    frozenset({Sees.NOBODY})),
    "session.account": Personal("Signed in until she signs out", Basis.PUBLIC_TASK,
                                "two weeks after the last day of use", frozenset({Sees.HERSELF})),
    "session.session_data": Personal("What the browser was doing", Basis.PUBLIC_TASK,
                                     "two weeks after the last day of use", frozenset({Sees.NOBODY})),
    "session.browser": Personal("She recognises her browsers and ends a strange one", Basis.LEGITIMATE_INTEREST,
                                "two weeks after the last day of use", frozenset({Sees.HERSELF})),
    "session.began_at": Personal("She recognises her browsers", Basis.LEGITIMATE_INTEREST,
                                 "two weeks after the last day of use", frozenset({Sees.HERSELF})),
    "session.seen_on": Personal("She recognises her browsers", Basis.LEGITIMATE_INTEREST,
                                "two weeks after the last day of use", frozenset({Sees.HERSELF})),
    "session.expire_date": Personal("A forgotten browser is signed out", Basis.PUBLIC_TASK,
                                    "two weeks after the last day of use", frozenset({Sees.NOBODY})),
    "session.session_key": Personal("A hash of the cookie", Basis.PUBLIC_TASK, "two weeks after the last day of use",
                                    frozenset({Sees.NOBODY})),
    "signinfailures.key": Personal("Slows guessing down; a keyed hash of name and browser, no name",
                                   Basis.LEGITIMATE_INTEREST, "24 hours", frozenset({Sees.NOBODY})),
    "signinfailures.first_at": Personal("Slows guessing down", Basis.LEGITIMATE_INTEREST, "24 hours",
                                        frozenset({Sees.NOBODY})),
    "signinfailures.last_at": Personal("Slows guessing down", Basis.LEGITIMATE_INTEREST, "24 hours",
                                       frozenset({Sees.NOBODY})),
    "signinfailures.locked_until": Personal("Slows guessing down", Basis.LEGITIMATE_INTEREST, "24 hours",
                                            frozenset({Sees.NOBODY})),
    "signinfailures.count": Personal("Slows guessing down", Basis.LEGITIMATE_INTEREST, "24 hours",
                                     frozenset({Sees.NOBODY})),
}

NOT_PERSONAL = {
    "invitation.token_hash", "invitation.role", "invitation.library_id", "invitation.made_at", "invitation.expires_at",
    "invitation.spent_at", "invitation.revoked_at",
    "device.kind", "device.library_id", "device.name", "device.offered_at", "device.pairing_hash",
    "device.pairing_expires_at", "device.token_hash", "device.paired_at", "device.revoked_at",
    "apitoken.name", "apitoken.token_hash", "apitoken.library_id", "apitoken.made_at", "apitoken.last_used_on",
    "apitoken.revoked_at",
}

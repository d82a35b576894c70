"""Who may come in: accounts, invitations, second factor, paired devices, API tokens.

Words: an *account* is a person of the staff who signs in; an *invitation* is a link that makes or widens one;
a *device* is a kiosk or phone paired to one library; a *token* lets another system in.

Rules
1. Secrets are shown once and kept as hashes.
2. A known and an unknown phone number get the same answer in the same time.
3. A link is spent by POST, once, within 72 hours; a GET (a WhatsApp preview) never spends it.
4. Failures are counted per account and browser, never per address, and never in one process's memory.
5. Here a library is a plain id: roles live in `libraries`.
"""

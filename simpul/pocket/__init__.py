"""The app on the volunteer's phone: recording without a signal.

It has no tables. The node's side of what it sends and fetches is `simpul/sync`; what both say to each other stands in
docs/sync-protocol.md. The app is one page (`/telepon/`), rendered once and kept by its service worker, and small
modules under static/pocket (no build step; served without comments and indentation, `lean.py`):

    bytes, envelope, clock, store, vault, ledger    what is kept: signed, chained, encrypted, appended
    node, sender, snapshot, pairing                 what goes over the wire
    rescue, qr, relay                               what goes by hand: a file, a code, another phone
    page, scan, pictures, words, screens, app       what is seen

Rules
1. Recording goes to the phone first, always; no signal is nothing unusual: no spinner, no error page.
2. An event is deleted only by the receipt that names it.
3. Two tabs cannot fork the chain: a Web Lock, and a transaction that compares the head.
4. What names somebody is encrypted on the phone and deleted when the phone is let go.
5. Nothing that was recorded or answered is read as markup.
"""

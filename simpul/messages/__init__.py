"""E-mail that leaves the node: an outbox.

Words: a *message* is one e-mail about one occasion; a *stop* is an address whose owner wants no more of them, kept as
a keyed hash.

Rules
1. Putting a message in the outbox is a row of the change it tells about; sending it is the schedule's work, so that no
   change waits for a mail server or fails with it.
2. One occasion is one message: its key is unique.
3. Once a message was sent, or is no longer worth sending, address, subject and text are erased.
4. Without the settings of a mail server nothing is put in: the rooms above offer ready WhatsApp links instead.
5. Every message says how to stop further ones, and a stopped address gets none.
"""

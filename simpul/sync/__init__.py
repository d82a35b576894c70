"""Phones that record without a signal: paired, believed by their signature, replayed, answered.

What a phone and the node say to each other stands in docs/sync-protocol.md. A phone records *events*; the node keeps
each one as it came, replays it through the action that the page would call, and answers a *receipt*: applied, applied
and flagged, held, quarantined. All four mean that the node has it.

Words: a phone (telepon) belongs to one library and one carrier; an event (catatan) is one thing that happened; its text
is the bytes that were signed; a decision is what a person says to an event that could not be taken by itself.

Rules
1. An event proves itself: its text, its signature and its number decide, never the road by which it came.
2. Nothing that arrives is thrown away, and its text never changes; retention empties it whole and keeps its hash.
3. Facts win: what happened is recorded and flagged. Only what is impossible is held, and a person decides.
4. Order is the sequence of the phone; the clock only says when, and what it said is checked against what is known.
5. The same event again gets the answer it has; nothing is recorded twice, whoever races.
"""

"""What every room of the house stands on.

Words: a *change* is one thing somebody did, with its own id; the *journal* holds one line for each change;
an *actor* is who did it; a *refusal* says why a change was not made, in words fit for the desk; a *measure*
says what can be counted; a *personal* declaration says why a field about a person exists.

Rules
1. No app writes to its tables outside a function marked `@change`.
2. No action asks the clock: the moment a thing happened is an argument.
3. The caller makes the id of a change; the same id again gives the first answer again.
4. A journal line holds ids, never names.
5. This app imports no other app of the house.
"""

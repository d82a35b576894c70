"""What an activity, a workshop and a peer learning meeting share: people come together at a time and place.

Words: a *gathering* is what is announced and registered for; a *session* is one date of it; a *registration* is
somebody's wish to come, without an account; *attendance* is who was there, by name, by card or as a number.

Rules
1. Of the last place the database decides: who registers gets a place or a place in the waiting list, in order.
2. Who leaves a place gives it to the first who waits, in the same change.
3. Presence is also a visit, once a person and half of a day at that library (see `actions.presence`).
4. Registrants become counts thirty days after the last session unless they agreed to be asked again.
5. A session that is moved or cancelled stays visible, with when it was meant to be.
"""

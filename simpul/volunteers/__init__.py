"""Volunteers: who helps, when, how many hours, and how a library thanks them.

Words: a *helper* helps at a library, with an account or without; a *pattern* is her weekday and hours in the roster; a
*duty* is a change of one day (a turn of its own, a turn that needs somebody, one taken over); a *turn* is what the
roster shows of a day; a *service* is time she gave; a *handover* is a note from one duty to the next; a *letter* is the
paper with her hours.

Rules
1. Hours are never edited: a correction voids and replaces.
2. Who cannot come says so in one tap and gives no reason; the gap is everybody's.
3. A child helps only with a guardian's consent, written down with its day.
4. A letter's public page tells initials, period and hours, and whether it holds; nothing else.
5. A library without helpers is asked for nothing.
"""

"""Workshops (bimtek): who is taught what, who was there, what it changed, what each library will do with it.

Words: a *workshop* is a gathering of the city's library with a programme; a *lesson* (sesi) is one part of a day, worth
so many JP of 45 minutes; an *invitation* asks a library for people; a *participant* comes for a library; *presence* is
a lesson she attended; a *test sheet* is hers before or after.

Rules
1. A place is a registration of the gathering: the database decides of the last one, who waits moves up in order.
2. A code on the screen lives for half a minute and proves nothing without the participant's own link.
3. A certificate follows from the workshop's own rule; a waiver has a reason; everybody sees what is missing.
4. Numbers of identity, tax and bank accounts are written by hand on the print. No field holds them.
5. Names are forgotten five years after the last day; how many were trained, for which library, stays.
"""

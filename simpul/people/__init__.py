"""Persons, members, cards, guardians, consent.

Words: a *person* belongs to one library; a *member* is a person registered to borrow; a *card* carries a random
code; a *guardian* answers for a child; *consent* is who agreed to what, when, how, and its withdrawal.

Rules
1. NIK, religion and mother's maiden name are never asked.
2. Only the library's own staff see names; mentors and coordinators see counts.
3. A child (under 18) borrows only with a guardian's consent; named without it, she is erased after 30 days.
4. A card code is random, replaceable, and signs nobody in.
5. Consent is never edited: it is given, and it is withdrawn.
"""

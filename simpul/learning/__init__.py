"""Learning: paths that lead from a first book to a skill.

Words: a *path* gathers, in order, what helps to learn one thing; a *step* is a book, a material, an activity or a few
words of the library; *opening* a path is counted like a digital use, without persons.

Rules
1. A path belongs to one library; one for the whole city belongs to the library that keeps it.
2. Steps point down to titles, resources and activities and own nothing of them; what is no longer there is left out.
3. A step that names an activity falls back to coming activities of its kind when that one is over, cancelled or gone.
4. A copied path is a draft of its own and says whose it was.
5. The address of a path never changes once it was made: it has been sent on.
"""

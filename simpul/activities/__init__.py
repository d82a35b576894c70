"""Activities: what a library does with its neighbourhood.

Words: an *activity* is the content of a gathering (kind, aim, who helps, what came of it); a *speaker* (narasumber)
speaks at it; a *contribution* is what a partner gives; a *book used* is a title that stood at its centre.

Rules
1. An activity is one to one with a gathering; times, places, registration and attendance live there.
2. Its kind decides which official count it enters (`kinds.py`); nothing else does.
3. Planning asks few things first; everything else may come later, or never.
4. A picture is published only where the notice was given, and of children only where their guardians agreed.
5. The report for the WhatsApp group is written from the records, not typed.
"""

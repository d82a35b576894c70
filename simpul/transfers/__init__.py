"""Import and export: what a run read, added, updated, left unchanged and refused.

Words: a *batch* is one run over one file; a *refused record* has its position and its reason.

Rules
1. read = added + updated + unchanged + refused, always.
2. The same file again adds nothing.
3. No input stops a run half-way: what cannot be taken is refused with position and reason.
4. Writes happen in short transactions; the desk goes on.
5. A dry run works on a copy of the database and says what would happen.
"""

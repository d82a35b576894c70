"""Where things happen and who serves there: regions, the city, libraries, dated facts, hours, staff roles.

Words: a *region* is a province, regency/city, district or village with its official code; the *city* is what
this node serves; a *library* is any of ten kinds, a TBM as much as the city library; a *dated fact* is what
is true of a library from a day on (computers, floor area, a ramp); a *role* binds an account to a library or
the city.

Rules
1. Region codes change: regions have their own ids, validity and successors; a library's code never derives
   from one.
2. A library's facts are dated and replaced, never edited.
3. A mentor's libraries are dated assignments.
4. Nobody grants a role above their own.
5. A library closed or silent keeps its history; libraries are never deleted.
"""

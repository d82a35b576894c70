"""Replication kits: a programme as a signed, versioned file that another city installs, adapts and upgrades.

Words: a *kit* is a programme known here; a *release* one version of it as it came; an *item* one object of it (stage,
task, session, material, test, form, indicator, activity, badge, texts); an *adaptation* what this city says
differently in one field; a *conflict* a field that both changed; a *parcel* a file that waits to be installed;
an *adoption* a library that works with a kit at a version; an *edition* what this node gave out.

Rules
1. A file is taken whole or refused whole, with one reason; a valid signature by an unknown key is not trusted.
2. The preview is the installation itself, rolled back.
3. What was written here is a difference on the origin and is never deleted; where both changed, a person decides.
4. Indicators of the house are named by id and version; a kit may add some, never redefine one.
5. Nobody of this city is in a kit: phone numbers, e-mail addresses and long numbers are refused.
"""

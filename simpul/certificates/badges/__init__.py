"""Open Badges 3.0 as VC-JWT: made, signed, baked and verified. Nothing here knows Django, a database or a network, so
that a certificate can be verified on any computer."""

"""Certificates: who earned what, on paper, on a public page and as an Open Badges 3.0 credential.

Words: a *batch* is the certificates of one event, numbered together; a *certificate* is one person's; a *credential* is
the same as a signed text (VC-JWT) that proves its origin without internet; a *signing key* makes credentials; the
*official file* is the PDF that came back from the head's signature.

Rules
1. A certificate that was issued never changes: a wrong name is corrected by a new one that replaces it.
2. Numbers of the service's register are given at issue, without a gap, once.
3. Whoever holds the paper can check it at its QR code; whoever holds the credential can check it without the node.
4. The QR code and the credential prove data. Neither is a certified electronic signature, and both say so.
5. The private key never enters the database or a backup; a stolen one can be withdrawn from a moment.
"""

"""What personal data is and why it is here.

Each app declares in its `personal_data.py`: `PERSONAL = {"model.field": Personal(…)}` for each field about a
person, and `NOT_PERSONAL = {"model.field", …}` for text, dates and files that are not. A field in neither fails
the build (`tests/test_personal_data.py`).
"""

from dataclasses import dataclass
from enum import StrEnum


class Basis(StrEnum):
    """Lawful bases of UU 27/2022 Art. 20."""

    CONSENT = "consent"
    CONTRACT = "contract"      # membership and lending
    LEGAL_DUTY = "legal_duty"
    PUBLIC_TASK = "public_task"
    LEGITIMATE_INTEREST = "legitimate_interest"


class Sees(StrEnum):
    OWN_STAFF = "own_staff"    # staff of the library that holds the row
    COORDINATOR = "coordinator"
    ADMINISTRATOR = "administrator"
    HERSELF = "herself"
    NOBODY = "nobody"          # hashes and keys


@dataclass(frozen=True)
class Personal:
    """Purpose and retention in plain English; `basis` and `sees` as declared above."""

    purpose: str
    basis: Basis
    retention: str
    sees: frozenset[Sees]

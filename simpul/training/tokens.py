"""Secrets: a participant's own link, the code on the screen, the pass from one to the other."""

from datetime import datetime
from uuid import UUID

from django.core import signing
from django.utils.crypto import constant_time_compare, salted_hmac

WINDOW = 30     # seconds that one code stands on the screen
GRACE = 1       # windows that it may be late: who scans at the last moment still comes in; dead a minute later
PASS_LIVES = 120  # seconds from opening the scanned page to the tap


def participant_token(id: UUID) -> str:
    """It follows from the node's key: the same link can be sent again while only its hash is kept."""
    return salted_hmac("simpul.training.participant", str(id), algorithm="sha256").hexdigest()[:40]


def screen_code(lesson_id: UUID, at: datetime) -> str:
    """What the QR on the screen holds now: the window's number and a signature over lesson and window."""
    return _code(lesson_id, int(at.timestamp()) // WINDOW)


def is_fresh(lesson_id: UUID, code: str, at: datetime) -> bool:
    """Was this code on the screen within the last half minute or the one before?"""
    now = int(at.timestamp()) // WINDOW
    return any(constant_time_compare(code, _code(lesson_id, now - n)) for n in range(GRACE + 1))


def _code(lesson_id: UUID, window: int) -> str:
    return salted_hmac("simpul.training.screen", f"{lesson_id}:{window}", algorithm="sha256").hexdigest()[:20]


def entrance(lesson_id: UUID, participant_id: UUID, browser: str, at: datetime) -> str:
    """After a fresh code: this participant in this browser may say for two minutes that she is there."""
    return signing.dumps([lesson_id.hex, participant_id.hex, browser, int(at.timestamp())], salt="simpul.training.entrance")


def is_entrance(text: str, lesson_id: UUID, participant_id: UUID, browser: str, at: datetime) -> bool:
    try:
        lesson, participant, where, moment = signing.loads(text, salt="simpul.training.entrance")
    except (signing.BadSignature, ValueError):
        return False
    return ((lesson, participant, where) == (lesson_id.hex, participant_id.hex, browser)
            and 0 <= at.timestamp() - moment <= PASS_LIVES)

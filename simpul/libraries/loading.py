"""Work that goes on behind a page."""

import logging
import threading

from django.db import connection

from simpul.core import clock
from simpul.core.actor import SCHEDULE
from simpul.core.ids import new_id
from simpul.core.models import NodeSetting
from simpul.libraries.actions import load_regions

PROGRESS = "regions_progress"
log = logging.getLogger(__name__)


def load_all_regions() -> None:
    """All of Indonesia, with its progress kept where every process of the server reads it."""
    def tell(done: int, total: int) -> None:
        NodeSetting.objects.update_or_create(name=PROGRESS, defaults={"value": [done, total]})

    load_regions(by=SCHEDULE, at=clock.now(), id=new_id(), progress=tell)
    NodeSetting.objects.filter(name=PROGRESS).delete()


def begin_loading_all_regions() -> threading.Thread:
    """Load in the background, beside the pages; what one run leaves undone the next one does."""
    thread = threading.Thread(target=_load_and_close, name="regions", daemon=True)
    thread.start()
    return thread


def _load_and_close() -> None:
    try:
        load_all_regions()
    except Exception:
        log.exception("loading the regions stopped; `bin/simpul doctor` tells how to go on")
    finally:
        connection.close()


def regions_progress() -> tuple[int, int] | None:
    """(done, total) while regions are being loaded; None otherwise."""
    row = NodeSetting.objects.filter(name=PROGRESS).first()
    return (row.value[0], row.value[1]) if row else None

"""What falls due by itself: kit files that nobody installed."""

from datetime import datetime, timedelta

from simpul.core.actor import SCHEDULE
from simpul.core.ids import new_id
from simpul.core.schedule import Due
from simpul.kits.actions.parcels import KEPT, forget_parcels
from simpul.kits.models import Parcel


def run(at: datetime) -> int:
    """Nothing due writes no journal line."""
    is_due = Parcel.objects.filter(settled_at__isnull=True, brought_at__lt=at - KEPT).exists()
    return forget_parcels(by=SCHEDULE, at=at, id=new_id()) if is_due else 0


DUE = (Due("kits.forget_parcels", every=timedelta(days=1), run=run),)

"""What a library should do about SIM: enter what has waited for more than a month."""

from datetime import date, timedelta

from django.urls import reverse
from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from simpul.activities.measures import held
from simpul.activities.models import Activity
from simpul.core.next_step import Step
from simpul.libraries.models import Library
from simpul.tpbis.models import Entered, SimAccount

WAITED = timedelta(days=30)   # the programme asks for it every month
BACK = timedelta(days=180)    # what is older than that is left in peace
MINUTES = 3                   # to copy one activity, field by field


def items_wait_long(library: Library, day: date) -> Step | None:
    """Activities of the last half year that ended a month ago and are not in SIM, where the library has an account.
    Three questions."""
    told = SimAccount.objects.standing().filter(library=library, told_on__lte=day).first()
    if told is None or told.state != SimAccount.State.YES:
        return None
    first, last = day - BACK, day - WAITED
    days = dict(held().filter(library=library, gathering__first_on__range=(first, last)).order_by().values_list(
        "pk", "gathering__first_on"))
    entered = set(Entered.objects.standing().filter(library=library).between(first, last).values_list("reference", flat=True))
    waiting = [on for pk, on in days.items() if on is not None and f"{Activity._meta.label}:{pk}" not in entered]
    if not waiting:
        return None
    oldest, n = min(waiting), len(waiting)
    heading = ngettext("%(n)s activity waits to be entered in SIM", "%(n)s activities wait to be entered in SIM", n) % {"n": n}
    why = _("The oldest is of %(day)s. Each field is ready to copy.") % {"day": formats.date_format(oldest, "j F Y")}
    address = f"{reverse('tpbis:items', args=[library.code])}?periode={oldest.year}"
    return Step(heading, why, _("Copy and enter"), address, minutes=min(30, MINUTES * n), urgency=7)


AT_LAST = (items_wait_long,)

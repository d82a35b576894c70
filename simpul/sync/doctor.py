"""What `bin/simpul doctor` looks at here."""

from datetime import timedelta

from django.utils.translation import gettext as _

from simpul.core import clock
from simpul.sync.models import Event

TOO_LONG = timedelta(days=14)


def phones() -> tuple[str, bool, str, str]:
    """Name, is it well, what was seen, what to do: do records of phones wait too long for a person?"""
    waiting = Event.objects.to_decide()
    n, old = waiting.count(), waiting.filter(received_at__lt=clock.now() - TOO_LONG).count()
    if old:
        return "phones", False, _("%(n)d records of phones wait for longer than two weeks") % {"n": old}, _(
            "Remind the libraries: the city's page “Phones” shows where they wait.")
    return "phones", True, _("%(n)d records of phones wait for a look") % {"n": n}, ""


CHECKS = (phones,)

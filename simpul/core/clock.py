"""The only places that look at a clock or a calendar. Pages and commands ask here; actions are told."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.utils import timezone

JAKARTA = ZoneInfo("Asia/Jakarta")  # the clock of pages that belong to no one library


def now() -> datetime:
    """This moment, aware, in UTC."""
    return timezone.now()


def local_date(at: datetime, time_zone: str) -> date:
    """The calendar day of moment `at` where the library stands (WIB, WITA, WIT as IANA names)."""
    return at.astimezone(ZoneInfo(time_zone)).date()


def start_of_week(day: date) -> date:
    """The Monday of the week that holds `day`."""
    return day - timedelta(days=day.weekday())

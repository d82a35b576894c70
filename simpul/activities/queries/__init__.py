"""Questions about activities: lists, needs behind them, reports that wait for a word."""

from simpul.activities.queries.lists import (
    SHOWN,
    Line,
    Report,
    TodayLine,
    activities_around,
    announced,
    lines,
    listed,
    near_me,
    own,
    public_photos,
    regions_with_activities,
    report_of,
    today_lines,
    with_gathering,
    without_attendance,
    without_report,
)
from simpul.activities.queries.needs import (
    NeedBehind,
    NeedChoice,
    alike,
    needs_behind,
    needs_to_choose,
    voices_behind,
    voices_to_tell,
)
from simpul.activities.queries.replies import (
    ReportLine,
    report_lines,
    reports_for,
    serves_city_library,
    unread_reply,
)
from simpul.activities.queries.sheet import SheetRow, narrowed, sheet_rows

__all__ = [
    "SHOWN", "Line", "NeedBehind", "NeedChoice", "Report", "ReportLine", "SheetRow", "TodayLine",
    "activities_around", "alike", "announced", "lines", "listed", "narrowed", "near_me", "needs_behind",
    "needs_to_choose", "own", "public_photos", "regions_with_activities", "report_lines", "report_of",
    "reports_for", "serves_city_library", "sheet_rows", "today_lines", "unread_reply", "voices_behind",
    "voices_to_tell", "with_gathering", "without_attendance", "without_report"]

"""The activities of the past, and who came to them, from tables.

Rules
1. Only what is over comes in; what is planned is planned on its page.
2. A `kode` binds lines together: several days of one activity, and the attendance of each.
3. Names are not read. A member known by her number stays linked for a year, as with all attendance.
4. Who is on an attendance list is not counted again in the number that the activity was told with.
5. No visits follow: the guest book of the past is imported by itself.
"""

from simpul.activities.importing import attendance, past
from simpul.activities.importing.attendance import import_attendance
from simpul.activities.importing.past import import_activities

__all__ = ["attendance", "import_activities", "import_attendance", "past"]

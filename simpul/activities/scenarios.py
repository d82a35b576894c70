"""Activities as scenarios of indicators give them."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from simpul.activities.actions import Details, plan_activity
from simpul.gatherings.actions import HeadCell, SessionGiven, count_heads, publish_gathering


def activities(scene: Any, given: Mapping[str, Any]) -> None:
    """An activity of a `kind` on the day, with n participants by sex and age group who were counted."""
    begins = scene.at(given)
    activity = plan_activity(library=scene.library(given), title="Kegiatan", details=Details(kind=given["kind"]),
                             sessions=[SessionGiven(begins, begins + timedelta(hours=1))], **scene.who(given))
    publish_gathering(gathering=activity.gathering, **scene.who(given))
    if given.get("n"):
        count_heads(session=activity.gathering.sessions.get(), cells=[
            HeadCell(given.get("sex", ""), given.get("age_group", ""), False, given["n"])], **scene.who(given))


SCENARIOS = {"activities": activities}

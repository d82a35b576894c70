"""A recount of every measure by hand: plain rows of the tables, plain Python. Shares no code with the engine, so that
both would have to be wrong in the same way."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

from django.db import connection

Row = dict[str, Any]
#: library (hex), day, how many, disaggregation → text
Counted = tuple[str, date, int, dict[str, str]]
LITERACY = {"reading_aloud", "storytelling", "book_talk", "reading_group", "writing", "contest", "literacy"}


class Tables:
    """Every table as it is, a dictionary a row."""

    def __init__(self, today: date) -> None:
        self.today, self._rows, self._by_id = today, {}, {}  # type: ignore[var-annotated]

    def rows(self, table: str) -> list[Row]:
        if table not in self._rows:
            with connection.cursor() as cursor:
                cursor.execute(f'SELECT * FROM "{table}"')
                names = [one[0] for one in cursor.description]
                self._rows[table] = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
        return self._rows[table]  # type: ignore[no-any-return]

    def at(self, table: str, key: Any) -> Row:
        if table not in self._by_id:
            self._by_id[table] = {row["id"]: row for row in self.rows(table)}
        return self._by_id[table][key]  # type: ignore[no-any-return]

    def standing_sessions(self, gathering: Any) -> list[Row]:
        return [one for one in self.rows("gatherings_session") if one["gathering_id"] == gathering and not one["cancelled_at"]]


def day_of(value: Any) -> date:
    return value if isinstance(value, date) else date.fromisoformat(str(value)[:10])


def day_of_moment(value: Any) -> date:
    """The day in Jakarta, seven hours ahead of UTC."""
    moment = value if isinstance(value, datetime) else datetime.fromisoformat(str(value))
    moment = moment.astimezone(UTC).replace(tzinfo=None) if moment.tzinfo else moment
    return (moment + timedelta(hours=7)).date()


def text_of(value: Any) -> str:
    return "" if value is None else str(value)


def flag_of(value: Any) -> str:
    return "" if value is None else str(bool(value))


def hex_of(value: Any) -> str:
    return str(value).replace("-", "")


def simply(table: str, day: str, is_counted: Callable[[Row], bool] = lambda row: True, amount: str = "",
           **dims: Callable[[Tables, Row], str] | str) -> Callable[[Tables], Iterator[Counted]]:
    """Rows of one table; a disaggregation is a column's name or a function."""
    def count(tables: Tables) -> Iterator[Counted]:
        for row in tables.rows(table):
            if is_counted(row) and row[day] is not None and row["library_id"] is not None:
                yield (hex_of(row["library_id"]), (day_of_moment if day.endswith("_at") else day_of)(row[day]),
                       int(row[amount] or 0) if amount else 1,
                       {name: dim(tables, row) if callable(dim) else text_of(row[dim]) for name, dim in dims.items()})
    return count


def _flag(column: str) -> Callable[[Tables, Row], str]:
    return lambda _tables, row: flag_of(row[column])


def _through(key: str, table: str, column: str) -> Callable[[Tables, Row], str]:
    return lambda tables, row: text_of(tables.at(table, row[key])[column])


def _stands(row: Row) -> bool:
    return row["voided_at"] is None


def _age(tables: Tables, row: Row) -> str:
    born = tables.at("people_person", row["person_id"])["birth_year"]
    if born is None:
        return ""
    age = day_of(row["since_on"]).year - born
    return "0-5" if age <= 5 else "6-12" if age <= 12 else "13-17" if age <= 17 else "18-59" if age <= 59 else "60+"


def activities(tables: Tables, kinds: frozenset[str] = frozenset(), *, with_partner: bool = False) -> Iterator[Counted]:
    """Announced, begun, at least one session that was not called off; on the first day."""
    given = {row["activity_id"] for row in tables.rows("activities_contribution")}
    for row in tables.rows("activities_activity"):
        gathering = tables.at("gatherings_gathering", row["gathering_id"])
        if (gathering["state"] == "published" and gathering["first_on"] and day_of(gathering["first_on"]) <= tables.today
                and tables.standing_sessions(gathering["id"]) and (not kinds or row["kind"] in kinds)
                and (not with_partner or row["id"] in given)):
            yield (hex_of(row["library_id"]), day_of(gathering["first_on"]), 1,
                   {"kind": row["kind"], "strategy": text_of(row["strategy"])})


def gifts(tables: Tables, *, is_worth: bool) -> Iterator[Counted]:
    begun = {(one, day) for one, day, _n, _dims in activities(tables)}
    for row in tables.rows("activities_contribution"):
        activity = tables.at("activities_activity", row["activity_id"])
        gathering = tables.at("gatherings_gathering", activity["gathering_id"])
        library, day = hex_of(activity["library_id"]), gathering["first_on"] and day_of(gathering["first_on"])
        if (library, day) in begun and gathering["state"] == "published":
            yield library, day, int(row["worth"] or 0) if is_worth else 1, {"gives": row["kind"]}


def attendance(tables: Tables, *, of_activities: bool = False) -> Iterator[Counted]:
    activity_of = {row["gathering_id"]: row for row in tables.rows("activities_activity")}
    for row in tables.rows("gatherings_attendance"):
        activity = activity_of.get(tables.at("gatherings_session", row["session_id"])["gathering_id"])
        if row["voided_at"] is None and row["state"] == "present" and (activity or not of_activities):
            dims = {"sex": row["sex"], "age_group": row["age_group"], "how": row["how"]}
            dims |= {"kind": activity["kind"], "strategy": text_of(activity["strategy"])} if of_activities and activity else {
                "disability": flag_of(row["has_disability"])}
            yield hex_of(row["library_id"]), day_of(row["local_date"]), row["count"], dims


def sessions(tables: Tables) -> Iterator[Counted]:
    for row in tables.rows("gatherings_session"):
        state = tables.at("gatherings_gathering", row["gathering_id"])["state"]
        if state == "published" and not row["cancelled_at"] and day_of(row["local_date"]) <= tables.today:
            yield hex_of(row["library_id"]), day_of(row["local_date"]), 1, {}


def titles_added(tables: Tables) -> Iterator[Counted]:
    """A title counts on the day on which its library received the first copy of it."""
    first: dict[tuple[Any, Any], date] = {}
    for row in tables.rows("catalogue_copy"):
        if row["received_on"]:
            key = row["library_id"], row["title_id"]
            first[key] = min(day_of(row["received_on"]), first.get(key, date.max))
    for (library, _title), day in first.items():
        yield hex_of(library), day, 1, {}


PEOPLE: dict[str, Any] = {"sex": "sex", "age_group": "age_group"}
VISITS: dict[str, Any] = {**PEOPLE, "how": "how", "purpose": "purpose"}
_FEED: dict[str, Any] = {"kind": "kind"}
BY_HAND: dict[str, Callable[[Tables], Iterator[Counted]]] = {
    "visits": simply("visits_visit", "local_date", _stands, "count", **VISITS, ict=_flag("uses_ict")),
    "ict_visits": simply("visits_visit", "local_date", lambda row: _stands(row) and bool(row["uses_ict"]), "count", **VISITS),
    "loans": simply("circulation_loan", "local_date", _stands, **PEOPLE),
    "returns": simply("circulation_loan", "returned_on", _stands, **PEOPLE),
    "renewals": simply("circulation_renewal", "local_date", _stands, sex=_through("loan_id", "circulation_loan", "sex"),
                       age_group=_through("loan_id", "circulation_loan", "age_group")),
    "in_house_uses": simply("circulation_inhouseuse", "local_date", _stands, "count"),
    "new_members": simply("people_member", "since_on", sex=_through("person_id", "people_person", "sex"), age_group=_age),
    "activities": activities,
    "cooperations": lambda tables: activities(tables, with_partner=True),
    "partner_gifts": lambda tables: gifts(tables, is_worth=False),
    "partner_gifts_worth": lambda tables: gifts(tables, is_worth=True),
    "participants": attendance,
    "activity_participants": lambda tables: attendance(tables, of_activities=True),
    "sessions": sessions,
    "voices": simply("surveys_voice", "local_date", lambda row: row["state"] != "removed", "people", theme="theme",
                     state="state", how="source"),
    "survey_answers": simply("surveys_response", "local_date", _stands, how="channel"),
    "copies": simply("catalogue_copy", "recorded_at", lambda row: row["state"] != "withdrawn", acquisition="acquisition",
                     state="state"),
    "copies_added": simply("catalogue_copy", "received_on", acquisition="acquisition", state="state"),
    "copies_withdrawn": simply("catalogue_copy", "withdrawn_on", lambda row: row["state"] == "withdrawn",
                               acquisition="acquisition"),
    "titles_added": titles_added,
    "volunteer_minutes": simply("volunteers_service", "local_date",
                                lambda row: _stands(row) and row["minutes"] is not None, "minutes", work="work"),
    "new_volunteers": simply("volunteers_helper", "since_on"),
    "plans": simply("plans_plan", "starts_on", lambda row: row["state"] != "draft", **_FEED, state="state"),
    "publicity": simply("advocacy_publicity", "local_date", _stands, channel="channel"),
    "partner_support": simply("advocacy_support", "local_date", lambda row: _stands(row) and row["worth"] is not None,
                              "worth", **_FEED),
    "new_partners": simply("advocacy_partner", "since_on", **_FEED),
    "agreements": simply("advocacy_agreement", "from_on", _stands, **_FEED),
    "advocacy_talks": simply("advocacy_talk", "local_date", _stands, how="way",
                             target=_through("approach_id", "advocacy_approach", "target")),
    "advocacy_worth": simply("advocacy_result", "local_date",
                             lambda row: _stands(row) and row["worth"] is not None and row["kind"] != "promise", "worth",
                             **_FEED, target=_through("approach_id", "advocacy_approach", "target")),
    "advocacy_results": simply("advocacy_result", "local_date", _stands, **_FEED,
                               target=_through("approach_id", "advocacy_approach", "target")),
    "regulations": simply("advocacy_result", "local_date",
                          lambda row: _stands(row) and row["kind"] in ("decree", "regulation"), **_FEED),
}


def copies_on(tables: Tables, library: str, day: date) -> int:
    """The shelf of a library at the end of a day."""
    return sum(1 for row in tables.rows("catalogue_copy") if hex_of(row["library_id"]) == library
               and (day_of(row["received_on"]) if row["received_on"] else day_of_moment(row["recorded_at"])) <= day
               and (row["state"] != "withdrawn" or (row["withdrawn_on"] and day_of(row["withdrawn_on"]) > day)))


def members_on(tables: Tables, library: str, day: date) -> int:
    return sum(1 for row in tables.rows("people_member") if hex_of(row["library_id"]) == library
               and day_of(row["since_on"]) <= day and not (row["ended_on"] and day_of(row["ended_on"]) <= day)
               and not (row["until_on"] and day_of(row["until_on"]) < day))

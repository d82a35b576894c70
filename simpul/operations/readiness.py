"""Is the database of this data folder ready?"""

from pathlib import Path

from django.conf import settings
from django.db import connection
from django.db.migrations.executor import MigrationExecutor


def has_tables() -> bool:
    """Looks without creating: opening a missing SQLite file would make an empty one."""
    database = settings.DATABASES["default"]
    if database["ENGINE"].endswith("sqlite3") and not Path(str(database["NAME"])).exists():
        return False
    return "core_journalline" in connection.introspection.table_names()


def pending_migrations() -> list[str]:
    """Migrations of the code that the database has not seen, as "app.name"."""
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [f"{migration.app_label}.{migration.name}" for migration, _backwards in plan]

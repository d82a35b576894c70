"""What the ORM has no word for: the full-text index of each database engine, and its weights.

Whoever regenerates 0001 moves this file away while `makemigrations` runs.
"""

from django.db import migrations

from simpul.catalogue.search.engines import postgresql, sqlite


def create(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(postgresql.CREATE)
    else:
        schema_editor.execute(sqlite.CREATE)
        schema_editor.execute(sqlite.RANK)


def drop(apps, schema_editor):
    schema_editor.execute(postgresql.DROP if schema_editor.connection.vendor == "postgresql" else sqlite.DROP)


class Migration(migrations.Migration):

    dependencies = [("catalogue", "0001_initial")]

    operations = [migrations.RunPython(create, drop)]

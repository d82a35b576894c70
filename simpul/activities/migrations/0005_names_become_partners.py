"""Names that were written freely become partners of their library, one for each way of writing that folds alike."""

from typing import Any

from django.db import migrations

from simpul.core.ids import derived_id
from simpul.people.queries import fold_name


def carry_over(apps: Any, schema_editor: Any) -> None:
    contribution, partner = apps.get_model("activities", "Contribution"), apps.get_model("advocacy", "Partner")
    known: dict[tuple[Any, str], Any] = {}
    rows = contribution.objects.filter(partner__isnull=True).select_related("activity").order_by("pk")
    for row in rows.iterator(chunk_size=500):
        name = " ".join(row.partner_name.split())[:120] or "–"
        key = fold_name(name)[:120] or name.casefold()[:120]
        where = (row.activity.library_id, key)
        if where not in known:
            known[where] = partner.objects.get_or_create(
                library_id=row.activity.library_id, name_key=key,
                defaults={"id": derived_id(row.pk, "partner"), "name": name})[0].pk
        contribution.objects.filter(pk=row.pk).update(partner_id=known[where])


def write_names(apps: Any, schema_editor: Any) -> None:
    contribution = apps.get_model("activities", "Contribution")
    for row in contribution.objects.select_related("partner").iterator(chunk_size=500):
        contribution.objects.filter(pk=row.pk).update(partner_name=row.partner.name)


class Migration(migrations.Migration):

    dependencies = [("activities", "0004_partner_of_the_register")]

    operations = [migrations.RunPython(carry_over, write_names)]

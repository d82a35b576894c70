"""Every contribution has its partner; the name is the partner's."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [("activities", "0005_names_become_partners")]

    operations = [
        migrations.AlterField(
            model_name="contribution", name="partner",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="contributions",
                                    to="advocacy.partner")),
        migrations.AlterField(model_name="contribution", name="partner_name",
                              field=models.CharField(max_length=120, default="")),
        migrations.RemoveField(model_name="contribution", name="partner_name"),
    ]

"""What a partner gives points to the register of partners; the name that was written stays until it is carried over."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("activities", "0003_what_the_city_answers"),
        ("advocacy", "0001_initial"),
    ]

    operations = [
        migrations.RenameField(model_name="contribution", old_name="partner", new_name="partner_name"),
        migrations.AddField(
            model_name="contribution", name="partner",
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT,
                                    related_name="contributions", to="advocacy.partner")),
    ]

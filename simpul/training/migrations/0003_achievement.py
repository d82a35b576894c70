from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("training", "0002_guides_and_handouts")]

    operations = [
        migrations.AddField("workshop", "achievement", models.CharField(blank=True, default="", max_length=200),
                            preserve_default=False),
        migrations.AddField("workshop", "criteria", models.TextField(blank=True, default="", max_length=800),
                            preserve_default=False),
    ]

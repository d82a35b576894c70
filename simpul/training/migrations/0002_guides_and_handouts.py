from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("training", "0001_initial")]

    operations = [
        migrations.AddField("lesson", "guide", models.TextField(blank=True, default="", max_length=12_000), preserve_default=False),
        migrations.AddField("workshop", "handouts", models.JSONField(blank=True, default=list)),
        migrations.AddField("presence", "has_answered", models.BooleanField(default=False)),
    ]

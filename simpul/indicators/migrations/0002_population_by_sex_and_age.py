from django.db import migrations, models

RENAMED = {"population_L": "population_male", "population_P": "population_female"}


def rename(apps, schema_editor):
    facts = apps.get_model("indicators", "RegionFact")
    for old, new in RENAMED.items():
        facts.objects.filter(name=old).update(name=new)


class Migration(migrations.Migration):

    dependencies = [("indicators", "0001_initial")]

    operations = [
        migrations.AlterField(
            model_name="regionfact",
            name="name",
            field=models.CharField(choices=[
                ("population", "population"), ("population_male", "male population"),
                ("population_female", "female population"), ("population_age_0-5", "population of 0 to 5 years"),
                ("population_age_6-12", "population of 6 to 12 years"),
                ("population_age_13-17", "population of 13 to 17 years"),
                ("population_age_18-59", "population of 18 to 59 years"),
                ("population_age_60+", "population of 60 years and more")], max_length=40),
        ),
        migrations.RunPython(rename, migrations.RunPython.noop),
    ]

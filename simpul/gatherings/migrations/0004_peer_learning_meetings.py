from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('gatherings', '0003_times_changed'),
    ]

    operations = [
        migrations.AlterField(
            model_name='gathering',
            name='purpose',
            field=models.CharField(choices=[('activity', 'activity'), ('workshop', 'workshop'), ('peer', 'peer learning meeting')], max_length=10),
        ),
    ]

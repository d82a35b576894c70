import django.db.models.deletion
import simpul.core.ids
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('files', '0002_materials'),
        ('libraries', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Institution',
            fields=[
                ('id', models.UUIDField(default=simpul.core.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('name', models.CharField(max_length=160)),
                ('kind', models.CharField(choices=[('sd', 'primary school (SD/MI)'), ('smp', 'junior secondary school (SMP/MTs)'), ('sma', 'senior secondary school (SMA/MA)'), ('smk', 'vocational school (SMK)'), ('public', 'public library'), ('district', 'kecamatan library'), ('village', 'kelurahan or village library'), ('tbm', 'community reading garden (TBM)')], max_length=10)),
                ('npsn', models.CharField(blank=True, max_length=12)),
                ('npp', models.CharField(blank=True, max_length=30)),
                ('closed_on', models.DateField(blank=True, null=True)),
                ('recorded_at', models.DateTimeField()),
                ('region', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='libraries.region')),
            ],
            options={
                'ordering': ['name', 'id'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('npsn', ''), _negated=True), fields=('npsn',), name='institution_npsn_once'), models.UniqueConstraint(condition=models.Q(('npsn', '')), fields=('name', 'region'), name='institution_once')],
            },
        ),
        migrations.CreateModel(
            name='Link',
            fields=[
                ('id', models.UUIDField(default=simpul.core.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('year', models.PositiveSmallIntegerField()),
                ('open_until', models.DateField()),
                ('made_at', models.DateTimeField()),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                ('institution', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='links', to='iplm.institution')),
            ],
            options={
                'ordering': ['-made_at'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('withdrawn_at__isnull', True)), fields=('institution', 'year'), name='link_once_a_year')],
            },
        ),
        migrations.CreateModel(
            name='Normalising',
            fields=[
                ('id', models.UUIDField(default=simpul.core.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('year', models.PositiveSmallIntegerField()),
                ('way', models.CharField(choices=[('target', 'against target values that the city set'), ('min_max', "between the lowest and the highest of the city's libraries"), ('per_capita', 'per resident, against target values for each thousand residents')], default='min_max', max_length=10)),
                ('targets', models.JSONField(blank=True, default=dict)),
                ('recorded_at', models.DateTimeField()),
                ('voided_at', models.DateTimeField(blank=True, null=True)),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('voided_at__isnull', True)), fields=('year',), name='normalising_once_a_year')],
            },
        ),
        migrations.CreateModel(
            name='Published',
            fields=[
                ('id', models.UUIDField(default=simpul.core.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('name', models.CharField(choices=[('iplm', 'IPLM'), ('tgm', 'TGM/TKM')], max_length=4)),
                ('year', models.PositiveSmallIntegerField()),
                ('value', models.DecimalField(decimal_places=2, max_digits=6)),
                ('source', models.CharField(max_length=160)),
                ('recorded_at', models.DateTimeField()),
                ('voided_at', models.DateTimeField(blank=True, null=True)),
                ('region', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='libraries.region')),
            ],
            options={
                'ordering': ['-year', 'name'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('voided_at__isnull', True)), fields=('region', 'name', 'year'), name='published_once_a_year')],
            },
        ),
        migrations.CreateModel(
            name='Return',
            fields=[
                ('id', models.UUIDField(default=simpul.core.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('year', models.PositiveSmallIntegerField()),
                ('answers', models.JSONField()),
                ('how', models.CharField(choices=[('sheet', 'sheet'), ('link', 'by its link'), ('desk', 'entered by the city')], max_length=6)),
                ('recorded_at', models.DateTimeField()),
                ('voided_at', models.DateTimeField(blank=True, null=True)),
                ('institution', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='returns', to='iplm.institution')),
            ],
            options={
                'ordering': ['-year', '-recorded_at'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('voided_at__isnull', True)), fields=('institution', 'year'), name='return_once_a_year')],
            },
        ),
        migrations.CreateModel(
            name='SignedPaper',
            fields=[
                ('id', models.UUIDField(default=simpul.core.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('form', models.CharField(max_length=40)),
                ('year', models.PositiveSmallIntegerField()),
                ('signed_on', models.DateField()),
                ('brought_by_id', models.UUIDField(blank=True, null=True)),
                ('recorded_at', models.DateTimeField()),
                ('voided_at', models.DateTimeField(blank=True, null=True)),
                ('file', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='files.storedfile')),
                ('region', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='libraries.region')),
            ],
            options={
                'ordering': ['-recorded_at'],
            },
        ),
    ]

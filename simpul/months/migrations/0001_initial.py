import django.db.models.deletion
import simpul.core.ids
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '__first__'),
        ('files', '0002_materials'),
        ('libraries', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='MonthReport',
            fields=[
                ('id', models.UUIDField(default=simpul.core.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('month', models.DateField()),
                ('prepared_at', models.DateTimeField(blank=True, null=True)),
                ('library', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='months', to='libraries.library')),
                ('prepared_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(fields=['month'], name='month_report_by_month')],
                'constraints': [models.UniqueConstraint(fields=('library', 'month'), name='month_report_once')],
            },
        ),
        migrations.CreateModel(
            name='Answer',
            fields=[
                ('id', models.UUIDField(default=simpul.core.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('key', models.CharField(max_length=80)),
                ('reason', models.CharField(choices=[('event', 'a special day'), ('outside', 'a group or activity from outside'), ('holiday', 'school holiday or feast day'), ('weather', 'rain, flood or power cut'), ('nobody', 'nobody could open'), ('not_written', 'was not written down'), ('other', 'other reason')], max_length=12)),
                ('words', models.CharField(blank=True, max_length=200)),
                ('answered_at', models.DateTimeField()),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                ('answered_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('report', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='answers', to='months.monthreport')),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('withdrawn_at__isnull', True)), fields=('report', 'key'), name='answer_once')],
            },
        ),
        migrations.CreateModel(
            name='Signature',
            fields=[
                ('id', models.UUIDField(default=simpul.core.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('month', models.DateField()),
                ('version', models.PositiveSmallIntegerField()),
                ('code', models.CharField(max_length=10, unique=True)),
                ('signer', models.CharField(max_length=120)),
                ('signed_at', models.DateTimeField()),
                ('signed_on', models.DateField()),
                ('is_closed_month', models.BooleanField(default=False)),
                ('snapshot', models.JSONField()),
                ('digest', models.CharField(max_length=64)),
                ('superseded_at', models.DateTimeField(blank=True, null=True)),
                ('scanned_at', models.DateTimeField(blank=True, null=True)),
                ('rolled_up', models.BigIntegerField(default=0)),
                ('print', models.CharField(blank=True, max_length=64)),
                ('definitions', models.CharField(blank=True, max_length=64)),
                ('library', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='libraries.library')),
                ('report', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='signatures', to='months.monthreport')),
                ('scan', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='files.storedfile')),
                ('signed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-version'],
                'indexes': [models.Index(fields=['library', 'month'], name='signature_by_month'), models.Index(fields=['month'], name='signature_by_time')],
                'constraints': [models.UniqueConstraint(fields=('report', 'version'), name='signature_version_once'), models.UniqueConstraint(condition=models.Q(('superseded_at__isnull', True)), fields=('report',), name='signature_stands_once')],
            },
        ),
        migrations.CreateModel(
            name='Restatement',
            fields=[
                ('id', models.UUIDField(default=simpul.core.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('month', models.DateField()),
                ('noticed_at', models.DateTimeField()),
                ('differences', models.JSONField()),
                ('digest', models.CharField(max_length=64)),
                ('seen_at', models.DateTimeField(blank=True, null=True)),
                ('settled_at', models.DateTimeField(blank=True, null=True)),
                ('library', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='libraries.library')),
                ('signature', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='restatements', to='months.signature')),
            ],
            options={
                'indexes': [models.Index(fields=['month'], name='restatement_by_month')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('settled_at__isnull', True)), fields=('signature',), name='restatement_open_once')],
            },
        ),
        migrations.CreateModel(
            name='Told',
            fields=[
                ('id', models.UUIDField(default=simpul.core.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('name', models.CharField(max_length=20)),
                ('value', models.JSONField(blank=True, null=True)),
                ('is_unknown', models.BooleanField(default=False)),
                ('told_at', models.DateTimeField()),
                ('report', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='told', to='months.monthreport')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('report', 'name'), name='told_once')],
            },
        ),
    ]

import django.db.models.deletion
import simpul.core.clock
import simpul.core.ids
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '__first__'),
        ('libraries', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Helper',
            fields=[
                ('id', models.UUIDField(default=simpul.core.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('name', models.CharField(max_length=120)),
                ('phone', models.CharField(blank=True, max_length=20)),
                ('phone_agreed_on', models.DateField(blank=True, null=True)),
                ('likes', models.CharField(blank=True, max_length=300)),
                ('is_minor', models.BooleanField(default=False)),
                ('guardian_name', models.CharField(blank=True, max_length=120)),
                ('guardian_agreed_on', models.DateField(blank=True, null=True)),
                ('since_on', models.DateField()),
                ('ended_on', models.DateField(blank=True, null=True)),
                ('forgotten_at', models.DateTimeField(blank=True, null=True)),
                ('recorded_at', models.DateTimeField(default=simpul.core.clock.now)),
                ('account', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='helping', to=settings.AUTH_USER_MODEL)),
                ('library', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='helpers', to='libraries.library')),
            ],
            options={
                'ordering': ['name'],
                'indexes': [models.Index(condition=models.Q(('ended_on__isnull', False)), fields=['ended_on'], name='helper_by_end')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('account__isnull', False)), fields=('library', 'account'), name='helper_account_once'), models.CheckConstraint(condition=models.Q(('phone', ''), ('phone_agreed_on__isnull', False), _connector='OR'), name='helper_phone_agreed'), models.CheckConstraint(condition=models.Q(('is_minor', False), ('guardian_agreed_on__isnull', False), ('forgotten_at__isnull', False), _connector='OR'), name='helper_child_with_guardian')],
            },
        ),
        migrations.CreateModel(
            name='Letter',
            fields=[
                ('id', models.UUIDField(default=simpul.core.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('number', models.CharField(max_length=60)),
                ('serial', models.PositiveIntegerField()),
                ('year', models.PositiveSmallIntegerField()),
                ('first_on', models.DateField()),
                ('last_on', models.DateField()),
                ('minutes', models.JSONField(default=dict)),
                ('initials', models.CharField(max_length=20)),
                ('signer', models.CharField(max_length=120)),
                ('token_hash', models.CharField(max_length=64, unique=True)),
                ('issued_on', models.DateField()),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                ('reason', models.CharField(blank=True, max_length=200)),
                ('helper', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='letters', to='volunteers.helper')),
                ('library', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='service_letters', to='libraries.library')),
            ],
            options={
                'ordering': ['-issued_on', '-serial'],
                'constraints': [models.UniqueConstraint(fields=('library', 'year', 'serial'), name='letter_serial_once')],
            },
        ),
        migrations.CreateModel(
            name='Pattern',
            fields=[
                ('id', models.UUIDField(default=simpul.core.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('weekday', models.PositiveSmallIntegerField()),
                ('starts', models.TimeField()),
                ('ends', models.TimeField()),
                ('from_on', models.DateField()),
                ('until_on', models.DateField(blank=True, null=True)),
                ('helper', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='patterns', to='volunteers.helper')),
                ('library', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='duty_patterns', to='libraries.library')),
            ],
            options={
                'ordering': ['weekday', 'starts'],
                'constraints': [models.CheckConstraint(condition=models.Q(('ends__gt', models.F('starts'))), name='pattern_ends_after_start'), models.CheckConstraint(condition=models.Q(('weekday__lte', 6)), name='pattern_weekday')],
            },
        ),
        migrations.CreateModel(
            name='Duty',
            fields=[
                ('id', models.UUIDField(default=simpul.core.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('day', models.DateField()),
                ('starts', models.TimeField()),
                ('ends', models.TimeField()),
                ('is_off', models.BooleanField(default=False)),
                ('recorded_at', models.DateTimeField(default=simpul.core.clock.now)),
                ('library', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='duties', to='libraries.library')),
                ('absent', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='volunteers.helper')),
                ('helper', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='duties', to='volunteers.helper')),
                ('pattern', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='duties', to='volunteers.pattern')),
            ],
            options={
                'ordering': ['day', 'starts'],
                'indexes': [models.Index(fields=['library', 'day'], name='duty_by_day')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('pattern__isnull', False)), fields=('pattern', 'day'), name='duty_once_a_turn'), models.CheckConstraint(condition=models.Q(('ends__gt', models.F('starts'))), name='duty_ends_after_start')],
            },
        ),
        migrations.CreateModel(
            name='Service',
            fields=[
                ('id', models.UUIDField(default=simpul.core.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('work', models.CharField(choices=[('desk', 'serving visitors'), ('reading', 'reading aloud and telling stories'), ('teaching', 'teaching and helping with school work'), ('activity', 'activities and events'), ('books', 'caring for books'), ('room', 'tidying the room'), ('word', 'photos, posters and social media'), ('office', 'records and reports'), ('other', 'other')], default='desk', max_length=8)),
                ('minutes', models.PositiveIntegerField(blank=True, null=True)),
                ('happened_at', models.DateTimeField()),
                ('local_date', models.DateField()),
                ('recorded_at', models.DateTimeField(default=simpul.core.clock.now)),
                ('voided_at', models.DateTimeField(blank=True, null=True)),
                ('helper', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='services', to='volunteers.helper')),
                ('library', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='services', to='libraries.library')),
                ('replaces', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='replaced_by', to='volunteers.service')),
            ],
            options={
                'ordering': ['-happened_at'],
                'indexes': [models.Index(fields=['library', 'local_date'], name='service_by_day')],
                'constraints': [models.CheckConstraint(condition=models.Q(('minutes__isnull', True), models.Q(('minutes__gte', 1), ('minutes__lte', 960)), _connector='OR'), name='service_minutes'), models.UniqueConstraint(condition=models.Q(('minutes__isnull', True), ('voided_at__isnull', True)), fields=('helper',), name='service_running_once')],
            },
        ),
        migrations.CreateModel(
            name='Thanks',
            fields=[
                ('id', models.UUIDField(default=simpul.core.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('text', models.CharField(max_length=300)),
                ('happened_at', models.DateTimeField()),
                ('taken_back_at', models.DateTimeField(blank=True, null=True)),
                ('by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('helper', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='thanks', to='volunteers.helper')),
                ('library', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='thanks', to='libraries.library')),
            ],
            options={
                'ordering': ['-happened_at'],
                'indexes': [models.Index(fields=['library', '-happened_at'], name='thanks_by_time')],
            },
        ),
        migrations.CreateModel(
            name='Handover',
            fields=[
                ('id', models.UUIDField(default=simpul.core.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('text', models.CharField(max_length=300)),
                ('happened_at', models.DateTimeField()),
                ('read_at', models.DateTimeField(blank=True, null=True)),
                ('by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('library', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='handovers', to='libraries.library')),
                ('read_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-happened_at'],
                'indexes': [models.Index(fields=['library', '-happened_at'], name='handover_by_time')],
            },
        ),
    ]

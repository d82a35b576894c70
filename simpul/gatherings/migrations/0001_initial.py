import django.db.models.deletion
import simpul.core.clock
import simpul.core.ids
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('libraries', '0001_initial'),
        ('people', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Gathering',
            fields=[
                ('id', models.UUIDField(default=simpul.core.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('purpose', models.CharField(choices=[('activity', 'activity'), ('workshop', 'workshop')], max_length=10)),
                ('title', models.CharField(max_length=160)),
                ('summary', models.TextField(blank=True, max_length=2000)),
                ('capacity', models.PositiveIntegerField(blank=True, null=True)),
                ('takes_registrations', models.BooleanField(default=True)),
                ('registers_from', models.DateTimeField(blank=True, null=True)),
                ('registers_until', models.DateTimeField(blank=True, null=True)),
                ('is_public', models.BooleanField(default=True)),
                ('state', models.CharField(choices=[('draft', 'draft'), ('published', 'published'), ('cancelled', 'cancelled')], default='draft', max_length=10)),
                ('last_number', models.PositiveIntegerField(default=0)),
                ('first_on', models.DateField(blank=True, null=True)),
                ('last_on', models.DateField(blank=True, null=True)),
                ('changed_at', models.DateTimeField(blank=True, null=True)),
                ('recorded_at', models.DateTimeField(default=simpul.core.clock.now)),
                ('library', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='gatherings', to='libraries.library')),
            ],
            options={
                'indexes': [models.Index(fields=['library', 'state', 'first_on'], name='gathering_by_library'), models.Index(fields=['state', 'last_on'], name='gathering_by_day')],
                'constraints': [models.CheckConstraint(condition=models.Q(('capacity__isnull', True), ('capacity__gt', 0), _connector='OR'), name='gathering_holds_somebody')],
            },
        ),
        migrations.CreateModel(
            name='Registration',
            fields=[
                ('id', models.UUIDField(default=simpul.core.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('number', models.PositiveIntegerField()),
                ('name', models.CharField(blank=True, max_length=120)),
                ('name_key', models.CharField(blank=True, max_length=120)),
                ('phone', models.CharField(blank=True, max_length=20)),
                ('sex', models.CharField(blank=True, choices=[('L', 'male'), ('P', 'female'), ('', 'not said')], max_length=1)),
                ('age_group', models.CharField(blank=True, choices=[('0-5', '0–5'), ('6-12', '6–12'), ('13-17', '13–17'), ('18-59', '18–59'), ('60+', '60+'), ('', 'not said')], max_length=5)),
                ('state', models.CharField(choices=[('in', 'has a place'), ('waiting', 'waits'), ('left', 'left')], max_length=8)),
                ('may_follow_up', models.BooleanField(default=False)),
                ('wants_no_photo', models.BooleanField(default=False)),
                ('code', models.CharField(max_length=10, unique=True)),
                ('token_hash', models.CharField(max_length=64, unique=True)),
                ('registered_at', models.DateTimeField()),
                ('moved_up_at', models.DateTimeField(blank=True, null=True)),
                ('left_at', models.DateTimeField(blank=True, null=True)),
                ('told_at', models.DateTimeField(blank=True, null=True)),
                ('forgotten_at', models.DateTimeField(blank=True, null=True)),
                ('gathering', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='registrations', to='gatherings.gathering')),
            ],
            options={
                'ordering': ['number'],
                'indexes': [models.Index(fields=['gathering', 'state', 'number'], name='registration_by_state')],
                'constraints': [models.UniqueConstraint(fields=('gathering', 'number'), name='registration_order'), models.UniqueConstraint(condition=models.Q(('state__in', ['in', 'waiting']), models.Q(('name_key', ''), _negated=True)), fields=('gathering', 'phone', 'name_key'), name='registration_once')],
            },
        ),
        migrations.CreateModel(
            name='Session',
            fields=[
                ('id', models.UUIDField(default=simpul.core.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('starts_at', models.DateTimeField()),
                ('ends_at', models.DateTimeField()),
                ('local_date', models.DateField()),
                ('place', models.CharField(blank=True, max_length=160)),
                ('moved_from_at', models.DateTimeField(blank=True, null=True)),
                ('cancelled_at', models.DateTimeField(blank=True, null=True)),
                ('recorded_at', models.DateTimeField(default=simpul.core.clock.now)),
                ('gathering', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='sessions', to='gatherings.gathering')),
                ('library', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='sessions', to='libraries.library')),
            ],
            options={
                'ordering': ['starts_at', 'id'],
                'indexes': [models.Index(fields=['library', 'local_date'], name='session_by_library_day'), models.Index(fields=['local_date'], name='session_by_day')],
                'constraints': [models.CheckConstraint(condition=models.Q(('ends_at__gt', models.F('starts_at'))), name='session_ends_after_start')],
            },
        ),
        migrations.CreateModel(
            name='Attendance',
            fields=[
                ('id', models.UUIDField(default=simpul.core.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('who_key', models.CharField(blank=True, max_length=64)),
                ('name', models.CharField(blank=True, max_length=120)),
                ('how', models.CharField(choices=[('registered', 'registered'), ('card', 'member with card'), ('walk_in', 'walked in'), ('headcount', 'counted')], max_length=10)),
                ('state', models.CharField(choices=[('present', 'present'), ('absent', 'absent'), ('excused', 'excused')], default='present', max_length=8)),
                ('sex', models.CharField(blank=True, choices=[('L', 'male'), ('P', 'female'), ('', 'not said')], max_length=1)),
                ('age_group', models.CharField(blank=True, choices=[('0-5', '0–5'), ('6-12', '6–12'), ('13-17', '13–17'), ('18-59', '18–59'), ('60+', '60+'), ('', 'not said')], max_length=5)),
                ('has_disability', models.BooleanField(blank=True, null=True)),
                ('count', models.PositiveIntegerField(default=1)),
                ('visit_entry_id', models.UUIDField(blank=True, null=True)),
                ('happened_at', models.DateTimeField()),
                ('local_date', models.DateField()),
                ('recorded_at', models.DateTimeField(default=simpul.core.clock.now)),
                ('voided_at', models.DateTimeField(blank=True, null=True)),
                ('library', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='libraries.library')),
                ('person', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='people.person')),
                ('registration', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='attendance', to='gatherings.registration')),
                ('session', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='attendance', to='gatherings.session')),
            ],
            options={
                'ordering': ['recorded_at', 'id'],
                'indexes': [models.Index(fields=['library', 'local_date'], name='attendance_by_library_day')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('registration__isnull', False), ('voided_at__isnull', True)), fields=('session', 'registration'), name='attendance_once_registered'), models.UniqueConstraint(condition=models.Q(('voided_at__isnull', True), models.Q(('who_key', ''), _negated=True)), fields=('session', 'who_key'), name='attendance_once_card'), models.CheckConstraint(condition=models.Q(('count__gt', 0)), name='attendance_counts_somebody'), models.CheckConstraint(condition=models.Q(('count', 1), ('how', 'headcount'), _connector='OR'), name='attendance_of_one_is_one')],
            },
        ),
    ]

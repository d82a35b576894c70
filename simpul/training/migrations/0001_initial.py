import django.db.models.deletion
import simpul.core.clock
import simpul.core.ids
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('catalogue', '0003_digital_resources'),
        ('files', '0002_materials'),
        ('gatherings', '0003_times_changed'),
        ('libraries', '0001_initial'),
        ('surveys', '0002_answers_about_a_gathering'),
    ]

    operations = [
        migrations.CreateModel(
            name='Workshop',
            fields=[
                ('id', models.UUIDField(default=simpul.core.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('template', models.CharField(blank=True, max_length=40)),
                ('aims', models.TextField(blank=True, max_length=2000)),
                ('background', models.TextField(blank=True, max_length=4000)),
                ('venue', models.CharField(blank=True, max_length=160)),
                ('organiser', models.CharField(blank=True, max_length=160)),
                ('letter_number', models.CharField(blank=True, max_length=60)),
                ('funds', models.CharField(blank=True, max_length=160)),
                ('quota', models.PositiveSmallIntegerField(default=2)),
                ('min_present', models.PositiveSmallIntegerField(default=80)),
                ('late_limit', models.PositiveSmallIntegerField(default=30)),
                ('needs_post_test', models.BooleanField(default=True)),
                ('needs_plan', models.BooleanField(default=True)),
                ('test_key', models.JSONField(blank=True, default=dict)),
                ('minutes', models.TextField(blank=True, max_length=8000)),
                ('report', models.TextField(blank=True, max_length=8000)),
                ('settled_at', models.DateTimeField(blank=True, null=True)),
                ('recorded_at', models.DateTimeField(default=simpul.core.clock.now)),
                ('baseline', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='surveys.survey')),
                ('copied_from', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='copies', to='training.workshop')),
                ('feedback', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='surveys.survey')),
                ('gathering', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='workshop', to='gatherings.gathering')),
                ('library', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='workshops', to='libraries.library')),
                ('test', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='surveys.survey')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('min_present__lte', 100)), name='workshop_percent')],
            },
        ),
        migrations.CreateModel(
            name='Speaker',
            fields=[
                ('id', models.UUIDField(default=simpul.core.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('name', models.CharField(max_length=120)),
                ('office', models.CharField(blank=True, max_length=160)),
                ('biography', models.TextField(blank=True, max_length=1500)),
                ('is_facilitator', models.BooleanField(default=False)),
                ('workshop', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='speakers', to='training.workshop')),
            ],
            options={
                'ordering': ['is_facilitator', 'id'],
            },
        ),
        migrations.CreateModel(
            name='Photo',
            fields=[
                ('id', models.UUIDField(default=simpul.core.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('caption', models.CharField(blank=True, max_length=160)),
                ('file', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='files.storedfile')),
                ('workshop', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='photos', to='training.workshop')),
            ],
            options={
                'ordering': ['id'],
            },
        ),
        migrations.CreateModel(
            name='Participant',
            fields=[
                ('id', models.UUIDField(default=simpul.core.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('name', models.CharField(blank=True, max_length=120)),
                ('name_key', models.CharField(blank=True, max_length=120)),
                ('phone', models.CharField(blank=True, max_length=20)),
                ('email', models.EmailField(blank=True, max_length=254)),
                ('role', models.CharField(blank=True, max_length=80)),
                ('sex', models.CharField(blank=True, choices=[('L', 'male'), ('P', 'female'), ('', 'not said')], max_length=1)),
                ('state', models.CharField(choices=[('named', 'named, not confirmed'), ('confirmed', 'confirmed'), ('declined', 'declined'), ('replaced', 'replaced')], default='named', max_length=10)),
                ('token_hash', models.CharField(max_length=64, unique=True)),
                ('named_at', models.DateTimeField()),
                ('answered_at', models.DateTimeField(blank=True, null=True)),
                ('told_at', models.DateTimeField(blank=True, null=True)),
                ('left_at', models.DateTimeField(blank=True, null=True)),
                ('waived_at', models.DateTimeField(blank=True, null=True)),
                ('waiver', models.CharField(blank=True, max_length=300)),
                ('outcome', models.CharField(blank=True, choices=[('', 'not settled yet'), ('certificate', 'certificate'), ('attendance', 'letter of attendance'), ('absent', 'absent')], max_length=12)),
                ('jp', models.PositiveSmallIntegerField(default=0)),
                ('completed_on', models.DateField(blank=True, null=True)),
                ('forgotten_at', models.DateTimeField(blank=True, null=True)),
                ('library', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='workshop_participants', to='libraries.library')),
                ('registration', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='participant', to='gatherings.registration')),
                ('replaces', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='replaced_by', to='training.participant')),
                ('workshop', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='participants', to='training.workshop')),
            ],
            options={
                'ordering': ['name_key', 'id'],
                'indexes': [models.Index(fields=['workshop', 'state'], name='participant_by_state'), models.Index(fields=['library', 'completed_on'], name='participant_by_library'), models.Index(condition=models.Q(('phone', ''), _negated=True), fields=['phone', 'name_key'], name='participant_same')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('state__in', ['named', 'confirmed']), models.Q(('name_key', ''), _negated=True)), fields=('workshop', 'library', 'phone', 'email', 'name_key'), name='named_once')],
            },
        ),
        migrations.CreateModel(
            name='Lesson',
            fields=[
                ('id', models.UUIDField(default=simpul.core.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('opening', 'opening'), ('pre_test', 'pre-test'), ('topic', 'topic'), ('plan', 'follow-up plan (RTL)'), ('post_test', 'post-test'), ('break', 'break'), ('closing', 'closing')], default='topic', max_length=10)),
                ('title', models.CharField(max_length=160)),
                ('aim', models.CharField(blank=True, max_length=400)),
                ('starts_at', models.DateTimeField()),
                ('ends_at', models.DateTimeField()),
                ('jp', models.PositiveSmallIntegerField(default=0)),
                ('room', models.CharField(blank=True, max_length=120)),
                ('removed_at', models.DateTimeField(blank=True, null=True)),
                ('day', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='lessons', to='gatherings.session')),
                ('materials', models.ManyToManyField(blank=True, related_name='+', to='catalogue.title')),
                ('speaker', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='lessons', to='training.speaker')),
                ('workshop', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='lessons', to='training.workshop')),
            ],
            options={
                'ordering': ['starts_at', 'id'],
                'indexes': [models.Index(fields=['workshop', 'starts_at'], name='lesson_by_time')],
                'constraints': [models.CheckConstraint(condition=models.Q(('ends_at__gt', models.F('starts_at'))), name='lesson_ends_after_start')],
            },
        ),
        migrations.CreateModel(
            name='Invitation',
            fields=[
                ('id', models.UUIDField(default=simpul.core.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('quota', models.PositiveSmallIntegerField(default=2)),
                ('reason', models.CharField(choices=[('never', 'never trained'), ('long_ago', 'trained longest ago'), ('chosen', 'chosen by the office')], default='chosen', max_length=8)),
                ('invited_at', models.DateTimeField()),
                ('told_at', models.DateTimeField(blank=True, null=True)),
                ('declined_at', models.DateTimeField(blank=True, null=True)),
                ('because', models.CharField(blank=True, max_length=200)),
                ('library', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='workshop_invitations', to='libraries.library')),
                ('workshop', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='invitations', to='training.workshop')),
            ],
            options={
                'ordering': ['invited_at', 'id'],
                'constraints': [models.UniqueConstraint(fields=('workshop', 'library'), name='invited_once')],
            },
        ),
        migrations.CreateModel(
            name='BudgetLine',
            fields=[
                ('id', models.UUIDField(default=simpul.core.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('label', models.CharField(max_length=160)),
                ('quantity', models.PositiveIntegerField(default=1)),
                ('unit', models.CharField(blank=True, max_length=30)),
                ('price', models.PositiveBigIntegerField(default=0)),
                ('workshop', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='budget', to='training.workshop')),
            ],
            options={
                'ordering': ['id'],
            },
        ),
        migrations.CreateModel(
            name='Presence',
            fields=[
                ('id', models.UUIDField(default=simpul.core.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('how', models.CharField(choices=[('code', 'code on the screen'), ('tick', 'ticked'), ('paper', 'paper list')], max_length=6)),
                ('late', models.PositiveSmallIntegerField(default=0)),
                ('browser', models.CharField(blank=True, max_length=64)),
                ('happened_at', models.DateTimeField()),
                ('local_date', models.DateField()),
                ('recorded_at', models.DateTimeField(default=simpul.core.clock.now)),
                ('voided_at', models.DateTimeField(blank=True, null=True)),
                ('lesson', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='presence', to='training.lesson')),
                ('library', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='libraries.library')),
                ('participant', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='presence', to='training.participant')),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('voided_at__isnull', True)), fields=('lesson', 'participant'), name='present_once'), models.UniqueConstraint(condition=models.Q(('voided_at__isnull', True), models.Q(('browser', ''), _negated=True)), fields=('lesson', 'browser'), name='one_browser_one_person')],
            },
        ),
        migrations.CreateModel(
            name='Sheet',
            fields=[
                ('id', models.UUIDField(default=simpul.core.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('moment', models.CharField(choices=[('before', 'pre-test'), ('after', 'post-test')], max_length=6)),
                ('points', models.PositiveSmallIntegerField()),
                ('items', models.PositiveSmallIntegerField()),
                ('answered_at', models.DateTimeField()),
                ('voided_at', models.DateTimeField(blank=True, null=True)),
                ('library', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='libraries.library')),
                ('participant', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='sheets', to='training.participant')),
                ('response', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='surveys.response')),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('voided_at__isnull', True)), fields=('participant', 'moment'), name='tested_once')],
            },
        ),
    ]

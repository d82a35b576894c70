import django.db.models.deletion
import simpul.core.clock
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
            name='Plan',
            fields=[
                ('id', models.UUIDField(default=simpul.core.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('rtl', 'follow-up plan (RTL)'), ('yearly', 'yearly work plan')], max_length=8)),
                ('title', models.CharField(max_length=160)),
                ('starts_on', models.DateField()),
                ('ends_on', models.DateField()),
                ('aim', models.TextField(blank=True, max_length=600)),
                ('needs', models.TextField(blank=True, max_length=1000)),
                ('baseline', models.JSONField(blank=True, default=list)),
                ('origin', models.CharField(blank=True, max_length=90)),
                ('written_by', models.CharField(blank=True, max_length=160)),
                ('state', models.CharField(choices=[('draft', 'draft'), ('handed_in', 'handed in'), ('acknowledged', 'acknowledged'), ('closed', 'closed')], default='draft', max_length=12)),
                ('handed_in_at', models.DateTimeField(blank=True, null=True)),
                ('acknowledged_on', models.DateField(blank=True, null=True)),
                ('acknowledged_office', models.CharField(blank=True, max_length=120)),
                ('acknowledged_revision', models.PositiveIntegerField(blank=True, null=True)),
                ('closed_on', models.DateField(blank=True, null=True)),
                ('closing_word', models.CharField(blank=True, max_length=600)),
                ('revision', models.PositiveIntegerField(default=0)),
                ('recorded_at', models.DateTimeField(default=simpul.core.clock.now)),
                ('flip_chart', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='files.storedfile')),
                ('library', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='plans', to='libraries.library')),
                ('signed_paper', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='files.storedfile')),
            ],
            options={
                'indexes': [models.Index(fields=['library', '-starts_on'], name='plan_by_library'), models.Index(condition=models.Q(('origin', ''), _negated=True), fields=['origin'], name='plan_by_origin')],
                'constraints': [models.CheckConstraint(condition=models.Q(('ends_on__gte', models.F('starts_on'))), name='plan_ends_after_start')],
            },
        ),
        migrations.CreateModel(
            name='FollowUp',
            fields=[
                ('id', models.UUIDField(default=simpul.core.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('months', models.PositiveSmallIntegerField()),
                ('due_on', models.DateField()),
                ('done_on', models.DateField(blank=True, null=True)),
                ('word', models.CharField(blank=True, max_length=600)),
                ('steps_done', models.PositiveIntegerField(blank=True, null=True)),
                ('steps_all', models.PositiveIntegerField(blank=True, null=True)),
                ('by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('library', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='plan_follow_ups', to='libraries.library')),
                ('plan', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='follow_ups', to='plans.plan')),
            ],
            options={
                'ordering': ['months'],
                'indexes': [models.Index(condition=models.Q(('done_on__isnull', True)), fields=['library', 'due_on'], name='follow_up_by_due')],
                'constraints': [models.UniqueConstraint(fields=('plan', 'months'), name='follow_up_once')],
            },
        ),
        migrations.CreateModel(
            name='Revision',
            fields=[
                ('id', models.UUIDField(default=simpul.core.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('number', models.PositiveIntegerField()),
                ('at', models.DateTimeField()),
                ('differences', models.JSONField(default=list)),
                ('by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('plan', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='revisions', to='plans.plan')),
            ],
            options={
                'ordering': ['-number'],
                'constraints': [models.UniqueConstraint(fields=('plan', 'number'), name='revision_number_once')],
            },
        ),
        migrations.CreateModel(
            name='Step',
            fields=[
                ('id', models.UUIDField(default=simpul.core.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('number', models.PositiveIntegerField()),
                ('kind', models.CharField(choices=[('activity', 'activity'), ('advocacy', 'advocacy')], default='activity', max_length=8)),
                ('activity', models.CharField(max_length=300)),
                ('aim', models.CharField(blank=True, max_length=300)),
                ('due_on', models.DateField()),
                ('responsible', models.CharField(blank=True, max_length=120)),
                ('indicator', models.CharField(blank=True, max_length=300)),
                ('budget', models.PositiveBigIntegerField(blank=True, null=True)),
                ('funds', models.CharField(blank=True, choices=[('', 'not said'), ('none', 'no money needed'), ('own', "the library's own"), ('apbd', 'city budget (APBD)'), ('kelurahan', 'kelurahan funds'), ('csr', 'company (CSR)'), ('community', 'contributions of residents'), ('other', 'other')], max_length=10)),
                ('target_office', models.CharField(blank=True, max_length=120)),
                ('message', models.CharField(blank=True, max_length=400)),
                ('state', models.CharField(choices=[('planned', 'planned'), ('going', 'going on'), ('done', 'done'), ('not_done', 'not done')], default='planned', max_length=8)),
                ('reason', models.CharField(blank=True, max_length=300)),
                ('done_on', models.DateField(blank=True, null=True)),
                ('removed_at', models.DateTimeField(blank=True, null=True)),
                ('recorded_at', models.DateTimeField(default=simpul.core.clock.now)),
                ('account', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('library', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='plan_steps', to='libraries.library')),
                ('plan', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='steps', to='plans.plan')),
            ],
            options={
                'ordering': ['number'],
                'indexes': [models.Index(fields=['library', 'state', 'due_on'], name='step_by_due'), models.Index(condition=models.Q(('done_on__isnull', False)), fields=['done_on'], name='step_by_done')],
                'constraints': [models.UniqueConstraint(fields=('plan', 'number'), name='step_number_once'), models.CheckConstraint(condition=models.Q(models.Q(('done_on__isnull', False), ('state', 'done')), models.Q(models.Q(('state', 'done'), _negated=True), ('done_on__isnull', True)), _connector='OR'), name='step_done_on_a_day')],
            },
        ),
        migrations.CreateModel(
            name='Evidence',
            fields=[
                ('id', models.UUIDField(default=simpul.core.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('reference', models.CharField(blank=True, max_length=90)),
                ('word', models.CharField(blank=True, max_length=300)),
                ('added_at', models.DateTimeField()),
                ('voided_at', models.DateTimeField(blank=True, null=True)),
                ('file', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='files.storedfile')),
                ('follow_up', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='evidence', to='plans.followup')),
                ('step', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='evidence', to='plans.step')),
            ],
            options={
                'ordering': ['added_at', 'id'],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('reference', ''), _negated=True), models.Q(('word', ''), _negated=True), ('file__isnull', False), _connector='OR'), name='evidence_is_something')],
            },
        ),
    ]

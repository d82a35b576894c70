import django.db.models.deletion
import simpul.core.clock
import simpul.core.ids
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('libraries', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Disclosure',
            fields=[
                ('id', models.UUIDField(default=simpul.core.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('text', models.CharField(max_length=500)),
                ('neighbourhood', models.CharField(blank=True, max_length=80)),
                ('phone', models.CharField(blank=True, max_length=20)),
                ('happened_at', models.DateTimeField()),
                ('handled_at', models.DateTimeField(blank=True, null=True)),
                ('library', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='libraries.library')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Meeting',
            fields=[
                ('id', models.UUIDField(default=simpul.core.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('title', models.CharField(max_length=120)),
                ('held_on', models.DateField()),
                ('people', models.PositiveIntegerField()),
                ('recorded_at', models.DateTimeField(default=simpul.core.clock.now)),
                ('library', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='meetings', to='libraries.library')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('people__gt', 0)), name='meeting_has_people')],
            },
        ),
        migrations.CreateModel(
            name='Survey',
            fields=[
                ('id', models.UUIDField(default=simpul.core.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('title', models.CharField(max_length=120)),
                ('title_en', models.CharField(blank=True, max_length=120)),
                ('purpose', models.CharField(choices=[('need', 'needs'), ('feedback', 'feedback'), ('test', 'test'), ('reading', 'reading habits'), ('outcomes', 'outcomes')], max_length=8)),
                ('ready', models.CharField(blank=True, max_length=40)),
                ('code', models.CharField(max_length=8, unique=True)),
                ('is_by_invitation', models.BooleanField(default=False)),
                ('is_listed', models.BooleanField(default=False)),
                ('invited', models.PositiveIntegerField(blank=True, null=True)),
                ('closes_on', models.DateField(blank=True, null=True)),
                ('closed_at', models.DateTimeField(blank=True, null=True)),
                ('recorded_at', models.DateTimeField(default=simpul.core.clock.now)),
                ('library', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='surveys', to='libraries.library')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Invitation',
            fields=[
                ('id', models.UUIDField(default=simpul.core.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('label', models.CharField(blank=True, max_length=80)),
                ('phone', models.CharField(blank=True, max_length=20)),
                ('about', models.CharField(blank=True, max_length=120)),
                ('due_on', models.DateField()),
                ('channel', models.CharField(choices=[('whatsapp', 'WhatsApp'), ('phone', 'phone call'), ('kiosk', 'when she comes in')], max_length=8)),
                ('sent_at', models.DateTimeField(blank=True, null=True)),
                ('answered_at', models.DateTimeField(blank=True, null=True)),
                ('dropped_at', models.DateTimeField(blank=True, null=True)),
                ('survey', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='invitations', to='surveys.survey')),
            ],
            options={
                'indexes': [models.Index(fields=['survey', 'due_on'], name='invitation_by_due')],
            },
        ),
        migrations.CreateModel(
            name='Version',
            fields=[
                ('id', models.UUIDField(default=simpul.core.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('number', models.PositiveIntegerField()),
                ('intro', models.CharField(blank=True, max_length=300)),
                ('intro_en', models.CharField(blank=True, max_length=300)),
                ('published_at', models.DateTimeField(blank=True, null=True)),
                ('survey', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='versions', to='surveys.survey')),
            ],
            options={
                'ordering': ['number'],
                'constraints': [models.UniqueConstraint(fields=('survey', 'number'), name='version_number'), models.UniqueConstraint(condition=models.Q(('published_at__isnull', True)), fields=('survey',), name='one_draft')],
            },
        ),
        migrations.CreateModel(
            name='Response',
            fields=[
                ('id', models.UUIDField(default=simpul.core.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('answers', models.JSONField(default=dict)),
                ('channel', models.CharField(choices=[('link', 'link or QR'), ('kiosk', 'tablet at the door'), ('paper', 'paper'), ('phone', 'phone call')], max_length=8)),
                ('happened_at', models.DateTimeField()),
                ('local_date', models.DateField()),
                ('recorded_at', models.DateTimeField(default=simpul.core.clock.now)),
                ('voided_at', models.DateTimeField(blank=True, null=True)),
                ('invitation', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='response', to='surveys.invitation')),
                ('library', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='libraries.library')),
                ('version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='responses', to='surveys.version')),
            ],
            options={
                'indexes': [models.Index(fields=['local_date', 'library'], name='response_by_day')],
            },
        ),
        migrations.CreateModel(
            name='Question',
            fields=[
                ('id', models.UUIDField(default=simpul.core.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('position', models.PositiveIntegerField()),
                ('key', models.CharField(max_length=40)),
                ('kind', models.CharField(choices=[('one', 'one choice'), ('several', 'several choices'), ('likert4', 'agreement, 1 to 4'), ('likert5', 'agreement, 1 to 5'), ('number', 'number'), ('text', 'short text'), ('yes_no', 'yes or no')], max_length=8)),
                ('text', models.CharField(max_length=300)),
                ('text_en', models.CharField(blank=True, max_length=300)),
                ('choices', models.JSONField(default=list)),
                ('choices_en', models.JSONField(default=list)),
                ('is_required', models.BooleanField(default=True)),
                ('version', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='questions', to='surveys.version')),
            ],
            options={
                'ordering': ['position'],
                'constraints': [models.UniqueConstraint(fields=('version', 'key'), name='question_key')],
            },
        ),
        migrations.CreateModel(
            name='Voice',
            fields=[
                ('id', models.UUIDField(default=simpul.core.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('text', models.CharField(max_length=500)),
                ('theme', models.CharField(max_length=12)),
                ('neighbourhood', models.CharField(blank=True, max_length=80)),
                ('people', models.PositiveIntegerField(default=1)),
                ('phone', models.CharField(blank=True, max_length=20)),
                ('source', models.CharField(choices=[('page', 'own phone'), ('kiosk', 'tablet at the door'), ('paper', 'said or written on paper'), ('meeting', 'community meeting')], max_length=8)),
                ('state', models.CharField(choices=[('new', 'not read yet'), ('accepted', 'noted'), ('planned', 'planned'), ('answered', 'done'), ('declined', 'not possible'), ('removed', 'removed')], default='new', max_length=8)),
                ('is_shown', models.BooleanField(default=True)),
                ('word', models.CharField(blank=True, max_length=200)),
                ('answered_by', models.CharField(blank=True, max_length=90)),
                ('happened_at', models.DateTimeField()),
                ('local_date', models.DateField()),
                ('recorded_at', models.DateTimeField(default=simpul.core.clock.now)),
                ('told_at', models.DateTimeField(blank=True, null=True)),
                ('library', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='voices', to='libraries.library')),
                ('meeting', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='voices', to='surveys.meeting')),
            ],
            options={
                'indexes': [models.Index(fields=['library', 'state', '-happened_at'], name='voice_by_state'), models.Index(fields=['local_date', 'library'], name='voice_by_day'), models.Index(condition=models.Q(('phone', ''), _negated=True), fields=['happened_at'], name='voice_with_phone')],
                'constraints': [models.CheckConstraint(condition=models.Q(('people__gt', 0)), name='voice_of_somebody')],
            },
        ),
    ]

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
        ('plans', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='PeerMeeting',
            fields=[
                ('id', models.UUIDField(default=simpul.core.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('recorded_at', models.DateTimeField(default=simpul.core.clock.now)),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                ('title', models.CharField(max_length=160)),
                ('held_on', models.DateField()),
                ('place', models.CharField(blank=True, max_length=160)),
                ('word', models.TextField(blank=True, max_length=1000)),
            ],
            options={
                'ordering': ['-held_on'],
            },
        ),
        migrations.CreateModel(
            name='Contact',
            fields=[
                ('id', models.UUIDField(default=simpul.core.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('recorded_at', models.DateTimeField(default=simpul.core.clock.now)),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                ('how', models.CharField(choices=[('visit', 'visit'), ('phone', 'phone call'), ('whatsapp', 'WhatsApp'), ('meeting', 'met elsewhere')], max_length=10)),
                ('planned_on', models.DateField(blank=True, null=True)),
                ('done_on', models.DateField(blank=True, null=True)),
                ('about_silence', models.BooleanField(default=False)),
                ('outcome', models.CharField(blank=True, choices=[('', 'not said'), ('goes_on', 'goes on, will record again'), ('closed', 'was closed; days will be declared'), ('help', 'needs help'), ('changed', 'other people serve now'), ('stopped', 'has stopped for now'), ('no_answer', 'nobody answered')], max_length=10)),
                ('word', models.TextField(blank=True, max_length=1500)),
                ('read_at', models.DateTimeField(blank=True, null=True)),
                ('account', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('library', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='mentoring', to='libraries.library')),
            ],
            options={
                'ordering': ['-done_on', '-planned_on', '-id'],
                'indexes': [models.Index(fields=['library', 'done_on'], name='contact_by_done'), models.Index(condition=models.Q(('done_on__isnull', True)), fields=['planned_on'], name='contact_by_plan')],
                'constraints': [models.CheckConstraint(condition=models.Q(('planned_on__isnull', False), ('done_on__isnull', False), _connector='OR'), name='contact_on_a_day')],
            },
        ),
        migrations.CreateModel(
            name='Agreed',
            fields=[
                ('id', models.UUIDField(default=simpul.core.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('what', models.CharField(max_length=300)),
                ('due_on', models.DateField()),
                ('step', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='plans.step')),
                ('contact', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='agreed', to='replication.contact')),
            ],
            options={
                'ordering': ['due_on', 'id'],
            },
        ),
        migrations.CreateModel(
            name='Document',
            fields=[
                ('id', models.UUIDField(default=simpul.core.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('recorded_at', models.DateTimeField(default=simpul.core.clock.now)),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                ('kind', models.CharField(choices=[('sk_location', 'decree that names the replication libraries'), ('commitment', 'letter of commitment of the lurah or head of the TBM'), ('sk_staff', 'decree of the staff, or structure of the TBM'), ('npp', 'library number (NPP)'), ('place', 'proof of place and internet'), ('budget', 'line of the budget or source of the money'), ('sim', 'account at the national reporting system (SIM)'), ('other', 'another document')], max_length=12)),
                ('number', models.CharField(blank=True, max_length=80)),
                ('dated_on', models.DateField()),
                ('word', models.CharField(blank=True, max_length=200)),
                ('file', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='files.storedfile')),
                ('library', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='journey_documents', to='libraries.library')),
            ],
            options={
                'ordering': ['kind', '-dated_on'],
                'indexes': [models.Index(fields=['library', 'kind'], name='journey_document_by_kind')],
            },
        ),
        migrations.CreateModel(
            name='Pause',
            fields=[
                ('id', models.UUIDField(default=simpul.core.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('recorded_at', models.DateTimeField(default=simpul.core.clock.now)),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                ('until_on', models.DateField()),
                ('reason', models.CharField(max_length=200)),
                ('account', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('library', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='pauses', to='libraries.library')),
            ],
            options={
                'ordering': ['-until_on'],
                'indexes': [models.Index(fields=['library', 'until_on'], name='pause_by_end')],
            },
        ),
        migrations.CreateModel(
            name='Score',
            fields=[
                ('id', models.UUIDField(default=simpul.core.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('recorded_at', models.DateTimeField(default=simpul.core.clock.now)),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                ('axis', models.CharField(choices=[('profile', 'profile'), ('commitment', 'commitment'), ('competence', 'competence'), ('ecosystem', 'ecosystem'), ('monitoring', 'monitoring')], max_length=12)),
                ('points', models.PositiveSmallIntegerField()),
                ('reason', models.CharField(max_length=400)),
                ('scored_on', models.DateField()),
                ('account', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('library', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='readiness', to='libraries.library')),
            ],
            options={
                'ordering': ['-scored_on', '-recorded_at'],
                'indexes': [models.Index(fields=['library', 'axis'], name='score_by_axis')],
                'constraints': [models.CheckConstraint(condition=models.Q(('points__lte', 4)), name='score_of_four')],
            },
        ),
        migrations.CreateModel(
            name='Share',
            fields=[
                ('id', models.UUIDField(default=simpul.core.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('people', models.PositiveIntegerField(blank=True, null=True)),
                ('achievement', models.CharField(blank=True, max_length=400)),
                ('tip', models.CharField(blank=True, max_length=400)),
                ('challenge', models.CharField(blank=True, max_length=400)),
                ('product', models.CharField(blank=True, max_length=200)),
                ('takes_home', models.CharField(blank=True, max_length=300)),
                ('try_by_on', models.DateField(blank=True, null=True)),
                ('recorded_at', models.DateTimeField(default=simpul.core.clock.now)),
                ('library', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='peer_shares', to='libraries.library')),
                ('meeting', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='shares', to='replication.peermeeting')),
                ('step', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='plans.step')),
            ],
            options={
                'ordering': ['library__name'],
                'constraints': [models.UniqueConstraint(fields=('meeting', 'library'), name='share_once_a_library')],
            },
        ),
        migrations.CreateModel(
            name='UnitCost',
            fields=[
                ('id', models.UUIDField(default=simpul.core.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('recorded_at', models.DateTimeField(default=simpul.core.clock.now)),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                ('what', models.CharField(max_length=120)),
                ('unit', models.CharField(choices=[('library', 'each kelurahan'), ('delegate', 'each delegate'), ('once', 'once for the city')], max_length=8)),
                ('amount', models.PositiveBigIntegerField()),
                ('times', models.PositiveSmallIntegerField(default=1)),
                ('source', models.CharField(max_length=200)),
                ('from_on', models.DateField()),
            ],
            options={
                'ordering': ['unit', 'what'],
                'constraints': [models.CheckConstraint(condition=models.Q(('times__gt', 0)), name='unit_cost_times')],
            },
        ),
        migrations.CreateModel(
            name='Confirmation',
            fields=[
                ('id', models.UUIDField(default=simpul.core.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('recorded_at', models.DateTimeField(default=simpul.core.clock.now)),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                ('stage', models.CharField(choices=[('chosen', 'chosen'), ('committed', 'committed'), ('trained', 'trained'), ('baseline', 'baseline measured'), ('plan', 'plan running'), ('reporting', 'reporting by itself'), ('sharing', 'sharing at a peer learning meeting'), ('independent', 'independent'), ('mentor', 'mentor of another library')], max_length=12)),
                ('is_lost', models.BooleanField(default=False)),
                ('said_on', models.DateField()),
                ('reason', models.CharField(max_length=300)),
                ('account', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('library', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='journey_confirmations', to='libraries.library')),
            ],
            options={
                'ordering': ['said_on', 'recorded_at'],
                'indexes': [models.Index(fields=['library', 'stage'], name='confirmation_by_stage')],
            },
        ),
    ]

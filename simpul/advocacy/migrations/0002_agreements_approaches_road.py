import django.db.models.deletion
import simpul.core.clock
import simpul.core.ids
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('advocacy', '0001_initial'),
        ('files', '0002_materials'),
        ('libraries', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Approach',
            fields=[
                ('id', models.UUIDField(default=simpul.core.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('aim', models.CharField(max_length=160)),
                ('target', models.CharField(choices=[('lurah', 'lurah'), ('camat', 'camat'), ('council', 'city council (DPRD)'), ('company', 'company'), ('office', 'government office (OPD)'), ('community', 'RT, RW, LPM'), ('other', 'other')], max_length=10)),
                ('office', models.CharField(max_length=120)),
                ('message', models.TextField(blank=True, max_length=800)),
                ('road_year', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('state', models.CharField(choices=[('planned', 'planned'), ('contacted', 'contacted'), ('met', 'met'), ('promised', 'promised'), ('achieved', 'achieved'), ('not_now', 'not now')], default='planned', max_length=10)),
                ('next_what', models.CharField(blank=True, max_length=160)),
                ('next_on', models.DateField(blank=True, null=True)),
                ('recorded_at', models.DateTimeField(default=simpul.core.clock.now)),
                ('moved_at', models.DateTimeField(default=simpul.core.clock.now)),
                ('library', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='approaches', to='libraries.library')),
                ('partner', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='approaches', to='advocacy.partner')),
            ],
            options={
                'indexes': [models.Index(fields=['library', 'state'], name='approach_by_state'), models.Index(fields=['library', 'next_on'], name='approach_by_next')],
            },
        ),
        migrations.CreateModel(
            name='Proposal',
            fields=[
                ('id', models.UUIDField(default=simpul.core.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('year', models.PositiveSmallIntegerField()),
                ('title', models.CharField(max_length=140)),
                ('addressed_to', models.CharField(max_length=120)),
                ('need', models.TextField(blank=True, max_length=900)),
                ('done', models.TextField(blank=True, max_length=900)),
                ('asked', models.TextField(blank=True, max_length=600)),
                ('expected', models.TextField(blank=True, max_length=900)),
                ('budget', models.JSONField(default=list)),
                ('place', models.CharField(blank=True, max_length=60)),
                ('signs_as', models.CharField(blank=True, max_length=60)),
                ('signer', models.CharField(blank=True, max_length=80)),
                ('known_as', models.CharField(blank=True, max_length=60)),
                ('known_by', models.CharField(blank=True, max_length=80)),
                ('changed_at', models.DateTimeField(default=simpul.core.clock.now)),
                ('library', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='proposals', to='libraries.library')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('library', 'year'), name='proposal_once_a_year')],
            },
        ),
        migrations.CreateModel(
            name='Figure',
            fields=[
                ('id', models.UUIDField(default=simpul.core.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('measure', models.CharField(max_length=60)),
                ('from_on', models.DateField()),
                ('until_on', models.DateField()),
                ('value', models.BigIntegerField()),
                ('computed_at', models.DateTimeField()),
                ('approach', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='evidence', to='advocacy.approach')),
                ('library', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='libraries.library')),
                ('proposal', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='evidence', to='advocacy.proposal')),
            ],
            options={
                'ordering': ['id'],
                'constraints': [models.CheckConstraint(condition=models.Q(('until_on__gte', models.F('from_on'))), name='figure_ends_after_start'), models.CheckConstraint(condition=models.Q(('approach__isnull', True), ('proposal__isnull', True), _connector='XOR'), name='figure_of_one')],
            },
        ),
        migrations.CreateModel(
            name='Result',
            fields=[
                ('id', models.UUIDField(default=simpul.core.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('happened_at', models.DateTimeField()),
                ('local_date', models.DateField()),
                ('recorded_at', models.DateTimeField(default=simpul.core.clock.now)),
                ('voided_at', models.DateTimeField(blank=True, null=True)),
                ('kind', models.CharField(choices=[('promise', 'promise'), ('budget', 'budget'), ('decree', 'decree (SK)'), ('regulation', 'regulation'), ('goods', 'goods or facilities')], max_length=10)),
                ('what', models.CharField(max_length=160)),
                ('worth', models.PositiveBigIntegerField(blank=True, null=True)),
                ('approach', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='results', to='advocacy.approach')),
                ('document', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='files.storedfile')),
                ('library', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='libraries.library')),
            ],
            options={
                'indexes': [models.Index(fields=['local_date', 'library'], name='result_by_day')],
            },
        ),
        migrations.CreateModel(
            name='RoadStep',
            fields=[
                ('id', models.UUIDField(default=simpul.core.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('year', models.PositiveSmallIntegerField()),
                ('step', models.CharField(max_length=12)),
                ('due_on', models.DateField(blank=True, null=True)),
                ('done_on', models.DateField(blank=True, null=True)),
                ('note', models.CharField(blank=True, max_length=200)),
                ('library', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='libraries.library')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('library', 'year', 'step'), name='road_step_once')],
            },
        ),
        migrations.CreateModel(
            name='Support',
            fields=[
                ('id', models.UUIDField(default=simpul.core.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('happened_at', models.DateTimeField()),
                ('local_date', models.DateField()),
                ('recorded_at', models.DateTimeField(default=simpul.core.clock.now)),
                ('voided_at', models.DateTimeField(blank=True, null=True)),
                ('kind', models.CharField(choices=[('money', 'money'), ('goods', 'goods'), ('people', 'people'), ('place', 'place')], max_length=8)),
                ('what', models.CharField(blank=True, max_length=160)),
                ('worth', models.PositiveBigIntegerField(blank=True, null=True)),
                ('library', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='supports', to='libraries.library')),
                ('partner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='supports', to='advocacy.partner')),
            ],
            options={
                'indexes': [models.Index(fields=['local_date', 'library'], name='support_by_day')],
            },
        ),
        migrations.CreateModel(
            name='Talk',
            fields=[
                ('id', models.UUIDField(default=simpul.core.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('happened_at', models.DateTimeField()),
                ('local_date', models.DateField()),
                ('recorded_at', models.DateTimeField(default=simpul.core.clock.now)),
                ('voided_at', models.DateTimeField(blank=True, null=True)),
                ('way', models.CharField(choices=[('met', 'meeting'), ('call', 'call or message'), ('letter', 'letter')], default='met', max_length=8)),
                ('ours', models.CharField(blank=True, max_length=120)),
                ('office', models.CharField(max_length=120)),
                ('said', models.TextField(blank=True, max_length=1000)),
                ('approach', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='talks', to='advocacy.approach')),
                ('library', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='libraries.library')),
            ],
            options={
                'indexes': [models.Index(fields=['local_date', 'library'], name='talk_by_day')],
            },
        ),
        migrations.CreateModel(
            name='Agreement',
            fields=[
                ('id', models.UUIDField(default=simpul.core.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('office', models.CharField(blank=True, max_length=120)),
                ('kind', models.CharField(choices=[('pks', 'cooperation agreement (PKS)'), ('mou', 'memorandum (MoU)'), ('sk', 'decree (SK)'), ('commitment', 'letter of commitment')], max_length=12)),
                ('number', models.CharField(blank=True, max_length=60)),
                ('title', models.CharField(max_length=160)),
                ('from_on', models.DateField()),
                ('until_on', models.DateField(blank=True, null=True)),
                ('recorded_at', models.DateTimeField(default=simpul.core.clock.now)),
                ('voided_at', models.DateTimeField(blank=True, null=True)),
                ('document', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='files.storedfile')),
                ('library', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='agreements', to='libraries.library')),
                ('partner', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='agreements', to='advocacy.partner')),
                ('renews', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='renewals', to='advocacy.agreement')),
            ],
            options={
                'indexes': [models.Index(fields=['library', 'until_on'], name='agreement_by_end')],
                'constraints': [models.CheckConstraint(condition=models.Q(('until_on__isnull', True), ('until_on__gte', models.F('from_on')), _connector='OR'), name='agreement_ends_after_start'), models.UniqueConstraint(condition=models.Q(('voided_at__isnull', True)), fields=('renews',), name='agreement_renewed_once')],
            },
        ),
    ]

import django.db.models.deletion
import simpul.core.clock
import simpul.core.ids
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '__first__'),
        ('activities', '0006_every_gift_has_a_partner'),
        ('catalogue', '0003_digital_resources'),
        ('circulation', '0001_initial'),
        ('files', '0002_materials'),
        ('libraries', '0001_initial'),
        ('people', '0001_initial'),
        ('surveys', '0002_answers_about_a_gathering'),
    ]

    operations = [
        migrations.CreateModel(
            name='Round',
            fields=[
                ('id', models.UUIDField(default=simpul.core.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('title', models.CharField(max_length=120)),
                ('first_on', models.DateField()),
                ('last_on', models.DateField()),
                ('made_at', models.DateTimeField()),
                ('closed_at', models.DateTimeField(blank=True, null=True)),
            ],
            options={
                'ordering': ['-last_on', '-id'],
                'constraints': [models.CheckConstraint(condition=models.Q(('last_on__gte', models.F('first_on'))), name='round_has_days')],
            },
        ),
        migrations.CreateModel(
            name='Story',
            fields=[
                ('id', models.UUIDField(default=simpul.core.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('code', models.CharField(max_length=8, unique=True)),
                ('kind', models.CharField(choices=[('story', 'story of change'), ('testimony', 'testimony')], default='story', max_length=10)),
                ('state', models.CharField(choices=[('draft', 'being written'), ('waiting', 'waits to be checked'), ('back', 'sent back'), ('verified', 'verified'), ('gone', 'taken back by her')], default='draft', max_length=8)),
                ('name', models.CharField(blank=True, max_length=80)),
                ('alias', models.CharField(blank=True, max_length=80)),
                ('is_child', models.BooleanField(default=False)),
                ('title', models.CharField(blank=True, max_length=120)),
                ('theme', models.CharField(blank=True, choices=[('economy', 'Income and work'), ('learning', 'School and learning'), ('reading', 'Love of reading'), ('digital', 'Digital life'), ('health', 'Healthy living'), ('community', 'Family and neighbours'), ('confidence', 'Courage and confidence')], max_length=12)),
                ('before', models.TextField(blank=True, max_length=1500)),
                ('helped', models.TextField(blank=True, max_length=1500)),
                ('after', models.TextField(blank=True, max_length=1500)),
                ('quote', models.CharField(blank=True, max_length=400)),
                ('change', models.CharField(blank=True, choices=[('income', 'more income'), ('skill', 'a new skill'), ('job', 'a job'), ('school', 'better at school'), ('health', 'better health'), ('confidence', 'more confidence'), ('other', 'something else')], max_length=12)),
                ('income_before', models.PositiveBigIntegerField(blank=True, null=True)),
                ('income_after', models.PositiveBigIntegerField(blank=True, null=True)),
                ('is_hidden', models.BooleanField(default=False)),
                ('word', models.CharField(blank=True, max_length=300)),
                ('verified_how', models.CharField(blank=True, choices=[('visit', 'visited her'), ('phone', 'talked on the phone'), ('meeting', 'met her at the library')], max_length=8)),
                ('verified_on', models.DateField(blank=True, null=True)),
                ('happened_at', models.DateTimeField()),
                ('local_date', models.DateField()),
                ('touched_at', models.DateTimeField()),
                ('recorded_at', models.DateTimeField(default=simpul.core.clock.now)),
                ('gone_at', models.DateTimeField(blank=True, null=True)),
                ('library', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='stories', to='libraries.library')),
                ('person', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='people.person')),
                ('verified_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(fields=['library', 'state', '-local_date'], name='story_by_state'), models.Index(fields=['state', '-verified_on'], name='story_by_verified')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('state', 'gone'), _negated=True), models.Q(('after', ''), ('alias', ''), ('before', ''), ('helped', ''), ('income_after__isnull', True), ('income_before__isnull', True), ('name', ''), ('person__isnull', True), ('quote', ''), ('title', ''), ('word', '')), _connector='OR'), name='story_gone_is_empty')],
            },
        ),
        migrations.CreateModel(
            name='Evidence',
            fields=[
                ('id', models.UUIDField(default=simpul.core.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('activity', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='activities.activity')),
                ('loan', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='circulation.loan')),
                ('response', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='surveys.response')),
                ('title', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='catalogue.title')),
                ('story', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='evidence', to='stories.story')),
            ],
            options={
                'ordering': ['id'],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('activity__isnull', False), ('loan__isnull', True), ('response__isnull', True), ('title__isnull', True)), models.Q(('activity__isnull', True), ('loan__isnull', True), ('response__isnull', True), ('title__isnull', False)), models.Q(('activity__isnull', True), ('loan__isnull', False), ('response__isnull', True), ('title__isnull', True)), models.Q(('activity__isnull', True), ('loan__isnull', True), ('response__isnull', False), ('title__isnull', True)), _connector='OR'), name='evidence_is_one_thing'), models.UniqueConstraint(fields=('story', 'activity'), name='evidence_activity_once'), models.UniqueConstraint(fields=('story', 'title'), name='evidence_title_once'), models.UniqueConstraint(fields=('story', 'loan'), name='evidence_loan_once'), models.UniqueConstraint(fields=('story', 'response'), name='evidence_response_once')],
            },
        ),
        migrations.CreateModel(
            name='Choice',
            fields=[
                ('id', models.UUIDField(default=simpul.core.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('level', models.CharField(choices=[('library', 'library'), ('group', 'kecamatan'), ('city', 'city')], max_length=8)),
                ('theme', models.CharField(choices=[('economy', 'Income and work'), ('learning', 'School and learning'), ('reading', 'Love of reading'), ('digital', 'Digital life'), ('health', 'Healthy living'), ('community', 'Family and neighbours'), ('confidence', 'Courage and confidence')], max_length=12)),
                ('place', models.UUIDField()),
                ('reason', models.CharField(max_length=600)),
                ('chosen_at', models.DateTimeField()),
                ('library', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='libraries.library')),
                ('region', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='libraries.region')),
                ('round', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='choices', to='stories.round')),
                ('story', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='choices', to='stories.story')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('round', 'level', 'theme', 'place'), name='choice_once')],
            },
        ),
        migrations.CreateModel(
            name='StoryConsent',
            fields=[
                ('id', models.UUIDField(default=simpul.core.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('for_city', models.BooleanField(default=False)),
                ('for_public', models.BooleanField(default=False)),
                ('for_national', models.BooleanField(default=False)),
                ('with_photo', models.BooleanField(default=False)),
                ('with_name', models.BooleanField(default=False)),
                ('until_on', models.DateField()),
                ('how', models.CharField(choices=[('sheet', 'signed sheet'), ('witness', 'in person, with a witness'), ('link', 'by her own link')], max_length=8)),
                ('witness', models.CharField(blank=True, max_length=80)),
                ('guardian', models.CharField(blank=True, max_length=80)),
                ('relation', models.CharField(blank=True, max_length=40)),
                ('wording', models.CharField(max_length=40)),
                ('words', models.CharField(max_length=64)),
                ('given_at', models.DateTimeField()),
                ('recorded_at', models.DateTimeField(default=simpul.core.clock.now)),
                ('ended_at', models.DateTimeField(blank=True, null=True)),
                ('ended', models.CharField(blank=True, choices=[('withdrawn', 'taken back by her'), ('expired', 'its time was over'), ('replaced', 'replaced by a newer one'), ('erased', 'the person was erased'), ('', 'in force')], max_length=10)),
                ('evidence', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='files.storedfile')),
                ('story', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='consents', to='stories.story')),
            ],
            options={
                'ordering': ['-given_at'],
                'indexes': [models.Index(condition=models.Q(('ended_at__isnull', True)), fields=['until_on'], name='story_consent_by_end')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('ended_at__isnull', True)), fields=('story',), name='story_consent_in_force_once')],
            },
        ),
        migrations.CreateModel(
            name='StoryPhoto',
            fields=[
                ('id', models.UUIDField(default=simpul.core.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('caption', models.CharField(blank=True, max_length=160)),
                ('added_at', models.DateTimeField()),
                ('file', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='files.storedfile')),
                ('story', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='photos', to='stories.story')),
            ],
            options={
                'ordering': ['added_at', 'id'],
            },
        ),
    ]

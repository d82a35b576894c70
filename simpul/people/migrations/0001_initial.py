import django.db.models.deletion
import simpul.core.ids
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('files', '0001_initial'),
        ('libraries', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='MemberType',
            fields=[
                ('id', models.UUIDField(default=simpul.core.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('code', models.CharField(max_length=20)),
                ('name', models.CharField(max_length=60)),
                ('is_retired', models.BooleanField(default=False)),
                ('library', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='member_types', to='libraries.library')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('library', 'code'), name='member_type_code_once'), models.UniqueConstraint(condition=models.Q(('library__isnull', True)), fields=('code',), name='member_type_city_once')],
            },
        ),
        migrations.CreateModel(
            name='NumberSeries',
            fields=[
                ('id', models.UUIDField(default=simpul.core.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('year', models.PositiveSmallIntegerField()),
                ('last', models.PositiveIntegerField(default=0)),
                ('library', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='libraries.library')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('library', 'year'), name='number_series_once')],
            },
        ),
        migrations.CreateModel(
            name='Person',
            fields=[
                ('id', models.UUIDField(default=simpul.core.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('name', models.CharField(max_length=120)),
                ('name_key', models.CharField(db_index=True, max_length=120)),
                ('sex', models.CharField(blank=True, choices=[('L', 'male'), ('P', 'female'), ('', 'not said')], max_length=1)),
                ('birth_year', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('phone', models.CharField(blank=True, max_length=20)),
                ('email', models.EmailField(blank=True, max_length=254)),
                ('address', models.CharField(blank=True, max_length=200)),
                ('occupation', models.CharField(blank=True, max_length=16)),
                ('education', models.CharField(blank=True, max_length=8)),
                ('institution', models.CharField(blank=True, max_length=120)),
                ('help_offered', models.JSONField(blank=True, default=list)),
                ('recorded_at', models.DateTimeField()),
                ('erased_at', models.DateTimeField(blank=True, null=True)),
                ('library', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='persons', to='libraries.library')),
            ],
            options={
                'indexes': [models.Index(fields=['library', 'name_key'], name='person_by_library_name'), models.Index(fields=['library', 'phone'], name='person_by_library_phone'), models.Index(fields=['library', 'birth_year'], name='person_by_library_year')],
            },
        ),
        migrations.CreateModel(
            name='Member',
            fields=[
                ('id', models.UUIDField(default=simpul.core.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('number', models.CharField(max_length=24)),
                ('since_on', models.DateField()),
                ('until_on', models.DateField(blank=True, null=True)),
                ('ended_on', models.DateField(blank=True, null=True)),
                ('blocked_because', models.CharField(blank=True, max_length=120)),
                ('came_from', models.CharField(blank=True, max_length=12)),
                ('number_there', models.CharField(blank=True, max_length=60)),
                ('library', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='members', to='libraries.library')),
                ('type', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='members', to='people.membertype')),
                ('person', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='member', to='people.person')),
            ],
            options={
                'indexes': [models.Index(fields=['library', 'since_on'], name='member_by_library_since'), models.Index(fields=['library', 'number_there'], name='member_by_number_there')],
                'constraints': [models.UniqueConstraint(fields=('library', 'number'), name='member_number_once'), models.UniqueConstraint(condition=models.Q(('came_from', ''), _negated=True), fields=('library', 'came_from', 'number_there'), name='member_source_once')],
            },
        ),
        migrations.CreateModel(
            name='Guardianship',
            fields=[
                ('id', models.UUIDField(default=simpul.core.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('name', models.CharField(max_length=120)),
                ('phone', models.CharField(blank=True, max_length=20)),
                ('relation', models.CharField(blank=True, max_length=40)),
                ('recorded_at', models.DateTimeField()),
                ('ended_at', models.DateTimeField(blank=True, null=True)),
                ('child', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='guardians', to='people.person')),
            ],
            options={
                'ordering': ['recorded_at', 'id'],
            },
        ),
        migrations.CreateModel(
            name='ConsentSheet',
            fields=[
                ('id', models.UUIDField(default=simpul.core.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('code', models.CharField(max_length=8, unique=True)),
                ('wording', models.CharField(max_length=40)),
                ('made_at', models.DateTimeField()),
                ('signed_at', models.DateTimeField(blank=True, null=True)),
                ('library', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='libraries.library')),
                ('persons', models.ManyToManyField(related_name='consent_sheets', to='people.person')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='ConsentRequest',
            fields=[
                ('id', models.UUIDField(default=simpul.core.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('token_hash', models.CharField(max_length=64, unique=True)),
                ('made_at', models.DateTimeField()),
                ('expires_at', models.DateTimeField()),
                ('answered_at', models.DateTimeField(blank=True, null=True)),
                ('is_agreed', models.BooleanField(default=False)),
                ('revoked_at', models.DateTimeField(blank=True, null=True)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='consent_requests', to='people.person')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Consent',
            fields=[
                ('id', models.UUIDField(default=simpul.core.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('purpose', models.CharField(choices=[('child_membership', 'named membership and lending of a child'), ('contact', 'messages about loans and activities')], max_length=20)),
                ('how', models.CharField(choices=[('sheet', 'signed sheet'), ('class_sheet', 'signed sheet of a class'), ('link', 'link opened by the guardian'), ('in_person', 'said at the desk')], max_length=12)),
                ('wording', models.CharField(max_length=40)),
                ('given_at', models.DateTimeField()),
                ('recorded_at', models.DateTimeField()),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                ('evidence', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='files.storedfile')),
                ('guardianship', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='people.guardianship')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='consents', to='people.person')),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('withdrawn_at__isnull', True)), fields=('person', 'purpose'), name='consent_in_force_once')],
            },
        ),
        migrations.CreateModel(
            name='SamePerson',
            fields=[
                ('id', models.UUIDField(default=simpul.core.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('linked_at', models.DateTimeField()),
                ('unlinked_at', models.DateTimeField(blank=True, null=True)),
                ('one', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people.person')),
                ('other', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people.person')),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('unlinked_at__isnull', True)), fields=('one', 'other'), name='same_person_once'), models.CheckConstraint(condition=models.Q(('one', models.F('other')), _negated=True), name='same_person_two')],
            },
        ),
        migrations.CreateModel(
            name='Card',
            fields=[
                ('id', models.UUIDField(default=simpul.core.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('code', models.CharField(max_length=48, unique=True)),
                ('issued_at', models.DateTimeField()),
                ('ended_at', models.DateTimeField(blank=True, null=True)),
                ('member', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='cards', to='people.member')),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('ended_at__isnull', True)), fields=('member',), name='card_one_open')],
            },
        ),
    ]

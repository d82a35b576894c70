import django.db.models.deletion
import simpul.core.clock
import simpul.core.ids
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('files', '0002_materials'),
        ('libraries', '0001_initial'),
        ('people', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Batch',
            fields=[
                ('id', models.UUIDField(default=simpul.core.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('source', models.CharField(blank=True, max_length=90)),
                ('event', models.CharField(max_length=200)),
                ('place', models.CharField(blank=True, max_length=120)),
                ('first_on', models.DateField()),
                ('last_on', models.DateField()),
                ('issuer_name', models.CharField(max_length=160)),
                ('signed_in', models.CharField(blank=True, max_length=60)),
                ('signer_role', models.CharField(blank=True, max_length=160)),
                ('signer_name', models.CharField(blank=True, max_length=120)),
                ('signer_number', models.CharField(blank=True, max_length=40)),
                ('pattern', models.CharField(max_length=60)),
                ('starts_at', models.PositiveIntegerField(default=1)),
                ('made_at', models.DateTimeField()),
                ('issued_at', models.DateTimeField(blank=True, null=True)),
                ('library', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='libraries.library')),
            ],
            options={
                'indexes': [models.Index(fields=['-first_on'], name='batch_by_day')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('source', ''), _negated=True), fields=('source',), name='one_batch_of_a_source'), models.CheckConstraint(condition=models.Q(('last_on__gte', models.F('first_on'))), name='batch_ends_after_it_begins')],
            },
        ),
        migrations.CreateModel(
            name='SigningKey',
            fields=[
                ('id', models.UUIDField(default=simpul.core.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('issuer', models.CharField(max_length=200)),
                ('thumbprint', models.CharField(max_length=43, unique=True)),
                ('x', models.CharField(max_length=43)),
                ('made_at', models.DateTimeField()),
                ('retired_at', models.DateTimeField(blank=True, null=True)),
                ('withdrawn_from', models.DateTimeField(blank=True, null=True)),
                ('withdrawn_because', models.CharField(blank=True, max_length=200)),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('retired_at__isnull', True)), fields=('issuer',), name='one_current_key_of_an_issuer')],
            },
        ),
        migrations.CreateModel(
            name='Certificate',
            fields=[
                ('id', models.UUIDField(default=simpul.core.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('source', models.CharField(blank=True, max_length=90)),
                ('kind', models.CharField(choices=[('certificate', 'certificate'), ('attendance', 'letter of attendance'), ('mentor', "mentor's certificate"), ('speaker', "speaker's certificate")], max_length=12)),
                ('name', models.CharField(blank=True, max_length=120)),
                ('achievement', models.CharField(max_length=200)),
                ('criteria', models.CharField(max_length=400)),
                ('jp', models.PositiveSmallIntegerField(default=0)),
                ('materials', models.JSONField(default=list)),
                ('evidence', models.JSONField(default=dict)),
                ('state', models.CharField(choices=[('draft', 'draft'), ('issued', 'issued'), ('returned', 'signed and returned'), ('revoked', 'revoked'), ('replaced', 'replaced')], default='draft', max_length=8)),
                ('ordinal', models.PositiveIntegerField(blank=True, null=True)),
                ('number', models.CharField(blank=True, max_length=60, null=True, unique=True)),
                ('check_token', models.CharField(max_length=22, unique=True)),
                ('own_token', models.CharField(max_length=43, unique=True)),
                ('salt', models.CharField(max_length=22)),
                ('credential', models.TextField(blank=True)),
                ('credential_sha256', models.CharField(blank=True, max_length=64)),
                ('official_at', models.DateTimeField(blank=True, null=True)),
                ('made_at', models.DateTimeField(default=simpul.core.clock.now)),
                ('issued_at', models.DateTimeField(blank=True, null=True)),
                ('local_date', models.DateField(blank=True, null=True)),
                ('revoked_at', models.DateTimeField(blank=True, null=True)),
                ('reason', models.CharField(blank=True, choices=[('error', 'made by mistake'), ('unearned', 'not earned after all'), ('request', "at the holder's wish"), ('other', 'another reason')], max_length=8)),
                ('because', models.CharField(blank=True, max_length=300)),
                ('batch', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='certificates', to='certificates.batch')),
                ('library', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='libraries.library')),
                ('official', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='files.storedfile')),
                ('person', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='people.person')),
                ('replaced_by', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='replaces', to='certificates.certificate')),
                ('key', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='certificates', to='certificates.signingkey')),
            ],
            options={
                'indexes': [models.Index(fields=['batch', 'ordinal'], name='certificate_in_batch'), models.Index(fields=['local_date', 'library'], name='certificate_by_day'), models.Index(fields=['state', 'revoked_at'], name='certificate_by_state')],
                'constraints': [models.UniqueConstraint(condition=models.Q(models.Q(('source', ''), _negated=True), models.Q(('state', 'replaced'), _negated=True)), fields=('batch', 'source'), name='one_certificate_of_a_source'), models.CheckConstraint(condition=models.Q(('state', 'draft'), models.Q(('issued_at__isnull', False), ('number__isnull', False)), _connector='OR'), name='issued_certificate_has_number')],
            },
        ),
    ]

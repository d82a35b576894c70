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
            name='Phone',
            fields=[
                ('id', models.UUIDField(default=simpul.core.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('name', models.CharField(max_length=80)),
                ('algorithm', models.CharField(blank=True, choices=[('Ed25519', 'Ed25519'), ('ES256', 'ES256')], max_length=8)),
                ('public_key', models.BinaryField(blank=True, default=bytes)),
                ('offered_at', models.DateTimeField()),
                ('pairing_hash', models.CharField(blank=True, max_length=64)),
                ('pairing_expires_at', models.DateTimeField(blank=True, null=True)),
                ('paired_at', models.DateTimeField(blank=True, null=True)),
                ('expires_at', models.DateTimeField(blank=True, null=True)),
                ('revoked_at', models.DateTimeField(blank=True, null=True)),
                ('lost_since', models.DateTimeField(blank=True, null=True)),
                ('cut_off', models.PositiveBigIntegerField(blank=True, null=True)),
                ('last_contact_at', models.DateTimeField(blank=True, null=True)),
                ('app_version', models.CharField(blank=True, max_length=20)),
                ('next_seq', models.PositiveBigIntegerField(default=1)),
                ('last_hash', models.CharField(blank=True, max_length=64)),
                ('sure_at', models.DateTimeField(blank=True, null=True)),
                ('account', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='phones', to=settings.AUTH_USER_MODEL)),
                ('library', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='phones', to='libraries.library')),
            ],
            options={
                'indexes': [models.Index(fields=['library', 'revoked_at'], name='phone_by_library')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('pairing_hash', ''), _negated=True), fields=('pairing_hash',), name='phone_pairing_once')],
            },
        ),
        migrations.CreateModel(
            name='Event',
            fields=[
                ('id', models.UUIDField(default=simpul.core.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('digest', models.CharField(max_length=64, unique=True)),
                ('text_hash', models.CharField(max_length=64)),
                ('text', models.TextField(blank=True)),
                ('signature', models.CharField(blank=True, max_length=120)),
                ('device_id', models.UUIDField(blank=True, null=True)),
                ('event_id', models.UUIDField(blank=True, null=True)),
                ('seq', models.PositiveBigIntegerField(blank=True, null=True)),
                ('previous_hash', models.CharField(blank=True, max_length=64)),
                ('kind', models.CharField(blank=True, max_length=40)),
                ('schema', models.PositiveIntegerField(default=0)),
                ('carrier_id', models.UUIDField(blank=True, null=True)),
                ('is_proven', models.BooleanField(default=False)),
                ('is_first', models.BooleanField(default=False)),
                ('occurred_at', models.DateTimeField(blank=True, null=True)),
                ('at', models.DateTimeField(blank=True, null=True)),
                ('is_time_uncertain', models.BooleanField(default=False)),
                ('clock_offset_ms', models.BigIntegerField(blank=True, null=True)),
                ('clock_error_ms', models.BigIntegerField(blank=True, null=True)),
                ('received_at', models.DateTimeField()),
                ('state', models.CharField(choices=[('applied', 'recorded'), ('applied_flagged', 'recorded, to be looked at'), ('held', 'waits'), ('quarantined', 'set aside')], max_length=16)),
                ('reason', models.CharField(blank=True, max_length=40)),
                ('flags', models.JSONField(default=list)),
                ('said', models.CharField(blank=True, max_length=300)),
                ('record', models.CharField(blank=True, max_length=90)),
                ('subject', models.CharField(blank=True, max_length=48)),
                ('decision', models.CharField(blank=True, choices=[('', ''), ('taken', 'recorded by decision'), ('ignored', 'left out'), ('settled', 'looked at'), ('undone', 'taken back on the phone')], max_length=8)),
                ('decided_because', models.CharField(blank=True, max_length=120)),
                ('decided_at', models.DateTimeField(blank=True, null=True)),
                ('decided_by_id', models.UUIDField(blank=True, null=True)),
                ('emptied_at', models.DateTimeField(blank=True, null=True)),
                ('library', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='libraries.library')),
                ('phone', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='events', to='sync.phone')),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('decided_at__isnull', True), models.Q(('state', 'applied'), _negated=True)), fields=['library', 'received_at'], name='sync_event_to_decide'), models.Index(condition=models.Q(('is_first', False)), fields=['event_id'], name='sync_event_by_claim'), models.Index(condition=models.Q(('emptied_at__isnull', True)), fields=['received_at'], name='sync_event_to_empty')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('is_first', True)), fields=('event_id',), name='sync_event_once'), models.UniqueConstraint(condition=models.Q(('is_first', True)), fields=('phone', 'seq'), name='sync_event_number_once')],
            },
        ),
        migrations.CreateModel(
            name='EventPhoto',
            fields=[
                ('id', models.UUIDField(default=simpul.core.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('sha256', models.CharField(max_length=64)),
                ('arrived_at', models.DateTimeField(blank=True, null=True)),
                ('is_used', models.BooleanField(default=False)),
                ('recorded_at', models.DateTimeField(default=simpul.core.clock.now)),
                ('event', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='photos', to='sync.event')),
                ('file', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='files.storedfile')),
            ],
            options={
                'ordering': ['id'],
                'constraints': [models.UniqueConstraint(fields=('event', 'sha256'), name='event_photo_once')],
            },
        ),
    ]

import django.db.models.deletion
import simpul.core.ids
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('libraries', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Item',
            fields=[
                ('id', models.UUIDField(default=simpul.core.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('object_id', models.UUIDField()),
                ('kind', models.CharField(max_length=20)),
                ('path', models.CharField(max_length=200)),
                ('position', models.PositiveIntegerField(default=0)),
                ('content', models.JSONField()),
                ('hash', models.CharField(max_length=64)),
                ('origin', models.JSONField()),
                ('is_own', models.BooleanField(default=False)),
                ('gone_in', models.CharField(blank=True, max_length=14)),
            ],
            options={
                'ordering': ['position', 'id'],
            },
        ),
        migrations.CreateModel(
            name='Kit',
            fields=[
                ('id', models.UUIDField(default=simpul.core.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('uri', models.CharField(max_length=200, unique=True)),
                ('title', models.CharField(max_length=160)),
                ('summary', models.TextField(blank=True, max_length=800)),
                ('version', models.CharField(max_length=14)),
                ('licence', models.CharField(max_length=20)),
                ('told', models.JSONField()),
                ('installed_at', models.DateTimeField()),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Parcel',
            fields=[
                ('id', models.UUIDField(default=simpul.core.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('archive', models.BinaryField()),
                ('uri', models.CharField(max_length=200)),
                ('title', models.CharField(max_length=160)),
                ('version', models.CharField(max_length=14)),
                ('brought_at', models.DateTimeField()),
                ('settled_at', models.DateTimeField(blank=True, null=True)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='TrustedKey',
            fields=[
                ('id', models.UUIDField(default=simpul.core.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('x', models.CharField(max_length=43, unique=True)),
                ('name', models.CharField(max_length=160)),
                ('trusted_at', models.DateTimeField()),
                ('ended_at', models.DateTimeField(blank=True, null=True)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Adaptation',
            fields=[
                ('id', models.UUIDField(default=simpul.core.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('field', models.CharField(max_length=120)),
                ('value', models.JSONField()),
                ('was', models.JSONField(blank=True, null=True)),
                ('written_at', models.DateTimeField()),
                ('ended_at', models.DateTimeField(blank=True, null=True)),
                ('item', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='adaptations', to='kits.item')),
            ],
            options={
                'ordering': ['written_at', 'id'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('ended_at__isnull', True)), fields=('item', 'field'), name='one_adaptation_a_field')],
            },
        ),
        migrations.AddField(
            model_name='item',
            name='kit',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='items', to='kits.kit'),
        ),
        migrations.CreateModel(
            name='Edition',
            fields=[
                ('id', models.UUIDField(default=simpul.core.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('uri', models.CharField(max_length=200)),
                ('title', models.CharField(max_length=160)),
                ('version', models.CharField(max_length=14)),
                ('hash', models.CharField(max_length=64)),
                ('archive', models.BinaryField()),
                ('made_at', models.DateTimeField()),
                ('kit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='editions', to='kits.kit')),
            ],
            options={
                'ordering': ['-made_at'],
                'constraints': [models.UniqueConstraint(fields=('uri', 'version'), name='edition_once')],
            },
        ),
        migrations.CreateModel(
            name='Adoption',
            fields=[
                ('id', models.UUIDField(default=simpul.core.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('version', models.CharField(max_length=14)),
                ('used_by', models.CharField(blank=True, max_length=90)),
                ('from_on', models.DateField()),
                ('ended_on', models.DateField(blank=True, null=True)),
                ('library', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='kit_adoptions', to='libraries.library')),
                ('kit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='adoptions', to='kits.kit')),
            ],
            options={
                'ordering': ['-from_on', 'id'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('ended_on__isnull', True)), fields=('library', 'kit'), name='one_adoption_of_a_kit')],
            },
        ),
        migrations.CreateModel(
            name='Release',
            fields=[
                ('id', models.UUIDField(default=simpul.core.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('version', models.CharField(max_length=14)),
                ('hash', models.CharField(max_length=64)),
                ('x', models.CharField(max_length=43)),
                ('signer', models.CharField(max_length=160)),
                ('archive', models.BinaryField()),
                ('report', models.JSONField()),
                ('installed_at', models.DateTimeField()),
                ('kit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='releases', to='kits.kit')),
            ],
            options={
                'ordering': ['-installed_at'],
                'constraints': [models.UniqueConstraint(fields=('kit', 'version'), name='release_once')],
            },
        ),
        migrations.CreateModel(
            name='Conflict',
            fields=[
                ('id', models.UUIDField(default=simpul.core.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('field', models.CharField(max_length=120)),
                ('base', models.JSONField(blank=True, null=True)),
                ('theirs', models.JSONField(blank=True, null=True)),
                ('ours', models.JSONField(blank=True, null=True)),
                ('decision', models.CharField(blank=True, choices=[('ours', 'ours stays'), ('theirs', "the new version's")], max_length=6)),
                ('decided_at', models.DateTimeField(blank=True, null=True)),
                ('adaptation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='conflicts', to='kits.adaptation')),
                ('item', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='conflicts', to='kits.item')),
                ('release', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='conflicts', to='kits.release')),
            ],
            options={
                'ordering': ['id'],
            },
        ),
        migrations.AddConstraint(
            model_name='item',
            constraint=models.UniqueConstraint(fields=('kit', 'object_id'), name='item_once'),
        ),
    ]

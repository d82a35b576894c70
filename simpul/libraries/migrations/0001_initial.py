import django.db.models.deletion
import simpul.core.ids
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '__first__'),
    ]

    operations = [
        migrations.CreateModel(
            name='Library',
            fields=[
                ('id', models.UUIDField(default=simpul.core.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('code', models.CharField(max_length=12, unique=True)),
                ('name', models.CharField(max_length=160)),
                ('kind', models.CharField(choices=[('city', 'city library'), ('district', 'kecamatan library'), ('village', 'kelurahan or village library'), ('tbm', 'community reading garden (TBM)'), ('neighbourhood', 'RW library'), ('corner', 'reading corner without staff'), ('mobile', 'mobile library'), ('school', 'school library'), ('worship', 'library of a house of worship'), ('prison', 'prison library')], max_length=16)),
                ('npp', models.CharField(blank=True, max_length=30)),
                ('npsn', models.CharField(blank=True, max_length=12)),
                ('address', models.CharField(blank=True, max_length=255)),
                ('rt_rw', models.CharField(blank=True, max_length=12)),
                ('postal_code', models.CharField(blank=True, max_length=5)),
                ('phone', models.CharField(blank=True, max_length=20)),
                ('email', models.EmailField(blank=True, max_length=254)),
                ('latitude', models.DecimalField(blank=True, decimal_places=6, max_digits=9, null=True)),
                ('longitude', models.DecimalField(blank=True, decimal_places=6, max_digits=9, null=True)),
                ('time_zone', models.CharField(choices=[('Asia/Jakarta', 'WIB'), ('Asia/Makassar', 'WITA'), ('Asia/Jayapura', 'WIT')], default='Asia/Jakarta', max_length=32)),
                ('is_staffed', models.BooleanField(default=True)),
                ('opened_on', models.DateField(blank=True, null=True)),
                ('closed_on', models.DateField(blank=True, null=True)),
                ('is_demonstration', models.BooleanField(default=False)),
                ('parent', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='branches', to='libraries.library')),
            ],
        ),
        migrations.CreateModel(
            name='Region',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('code', models.CharField(max_length=13)),
                ('name', models.CharField(max_length=120)),
                ('level', models.PositiveSmallIntegerField(choices=[(1, 'province'), (2, 'regency or city'), (3, 'district'), (4, 'village or kelurahan')])),
                ('valid_from', models.DateField(blank=True, null=True)),
                ('valid_until', models.DateField(blank=True, null=True)),
                ('parent', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='children', to='libraries.region')),
                ('successors', models.ManyToManyField(blank=True, related_name='predecessors', to='libraries.region')),
            ],
            options={
                'indexes': [models.Index(fields=['code'], name='region_by_code')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('valid_until__isnull', True)), fields=('code',), name='region_code_now')],
            },
        ),
        migrations.CreateModel(
            name='Placement',
            fields=[
                ('id', models.UUIDField(default=simpul.core.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('from_on', models.DateField(blank=True, null=True)),
                ('until_on', models.DateField(blank=True, null=True)),
                ('library', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='placements', to='libraries.library')),
                ('region', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='libraries.region')),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('until_on__isnull', True)), fields=('library',), name='placement_now_once')],
            },
        ),
        migrations.AddField(
            model_name='library',
            name='region',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='libraries', to='libraries.region'),
        ),
        migrations.CreateModel(
            name='City',
            fields=[
                ('id', models.UUIDField(default=simpul.core.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('name', models.CharField(max_length=120)),
                ('is_demonstration', models.BooleanField(default=False)),
                ('region', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, to='libraries.region')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Space',
            fields=[
                ('id', models.UUIDField(default=simpul.core.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('name', models.CharField(max_length=80)),
                ('kind', models.CharField(choices=[('reading', 'reading room'), ('children', "children's corner"), ('activity', 'activity room'), ('computers', 'computer corner'), ('other', 'other')], default='reading', max_length=12)),
                ('seats', models.PositiveIntegerField(blank=True, null=True)),
                ('area_m2', models.PositiveIntegerField(blank=True, null=True)),
                ('is_closed', models.BooleanField(default=False)),
                ('library', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='spaces', to='libraries.library')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='StaffRole',
            fields=[
                ('id', models.UUIDField(default=simpul.core.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('role', models.CharField(choices=[('volunteer', 'volunteer'), ('librarian', 'librarian'), ('mentor', 'mentor'), ('coordinator', 'city coordinator'), ('administrator', 'node administrator')], max_length=16)),
                ('starts_on', models.DateField()),
                ('ends_on', models.DateField(blank=True, null=True)),
                ('granted_by_id', models.UUIDField(blank=True, null=True)),
                ('account', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='roles', to=settings.AUTH_USER_MODEL)),
                ('library', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='staff', to='libraries.library')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('library__isnull', True), ('role__in', ['coordinator', 'administrator'])), models.Q(('library__isnull', False), ('role__in', ['volunteer', 'librarian', 'mentor'])), _connector='OR'), name='role_has_its_place'), models.UniqueConstraint(condition=models.Q(('ends_on__isnull', True)), fields=('account', 'role', 'library'), name='role_once_at_a_library'), models.UniqueConstraint(condition=models.Q(('ends_on__isnull', True), ('library__isnull', True)), fields=('account', 'role'), name='role_once_for_the_city')],
            },
        ),
        migrations.CreateModel(
            name='Stop',
            fields=[
                ('id', models.UUIDField(default=simpul.core.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('name', models.CharField(max_length=120)),
                ('weekday', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('arrives', models.TimeField(blank=True, null=True)),
                ('leaves', models.TimeField(blank=True, null=True)),
                ('is_closed', models.BooleanField(default=False)),
                ('library', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='stops', to='libraries.library')),
                ('region', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='libraries.region')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='DatedFact',
            fields=[
                ('id', models.UUIDField(default=simpul.core.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('name', models.CharField(max_length=40)),
                ('value', models.JSONField()),
                ('from_on', models.DateField()),
                ('source', models.CharField(blank=True, max_length=160)),
                ('recorded_at', models.DateTimeField()),
                ('voided_at', models.DateTimeField(blank=True, null=True)),
                ('library', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='facts', to='libraries.library')),
            ],
            options={
                'ordering': ['name', '-from_on'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('voided_at__isnull', True)), fields=('library', 'name', 'from_on'), name='fact_once_a_day')],
            },
        ),
        migrations.CreateModel(
            name='Closure',
            fields=[
                ('id', models.UUIDField(default=simpul.core.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('first_on', models.DateField()),
                ('last_on', models.DateField()),
                ('reason', models.CharField(max_length=120)),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                ('library', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='closures', to='libraries.library')),
            ],
            options={
                'ordering': ['-first_on'],
                'constraints': [models.CheckConstraint(condition=models.Q(('last_on__gte', models.F('first_on'))), name='closure_ends_after_start')],
            },
        ),
        migrations.CreateModel(
            name='OpeningHours',
            fields=[
                ('id', models.UUIDField(default=simpul.core.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('weekday', models.PositiveSmallIntegerField()),
                ('opens', models.TimeField()),
                ('closes', models.TimeField()),
                ('season', models.CharField(choices=[('usual', 'usual hours'), ('ramadan', 'hours in Ramadan')], default='usual', max_length=8)),
                ('from_on', models.DateField(blank=True, null=True)),
                ('until_on', models.DateField(blank=True, null=True)),
                ('library', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='opening_hours', to='libraries.library')),
            ],
            options={
                'ordering': ['season', 'weekday', 'opens'],
                'constraints': [models.CheckConstraint(condition=models.Q(('closes__gt', models.F('opens'))), name='hours_close_after_open'), models.CheckConstraint(condition=models.Q(('weekday__lte', 6)), name='hours_weekday'), models.UniqueConstraint(condition=models.Q(('until_on__isnull', True)), fields=('library', 'season', 'weekday', 'opens'), name='hours_once')],
            },
        ),
        migrations.AddIndex(
            model_name='library',
            index=models.Index(fields=['name'], name='library_by_name'),
        ),
    ]

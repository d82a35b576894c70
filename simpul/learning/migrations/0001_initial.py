import django.db.models.deletion
import simpul.core.ids
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('activities', '0006_every_gift_has_a_partner'),
        ('catalogue', '0003_digital_resources'),
        ('libraries', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Path',
            fields=[
                ('id', models.UUIDField(default=simpul.core.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('slug', models.SlugField(max_length=80, unique=True)),
                ('title', models.CharField(max_length=120)),
                ('theme', models.CharField(max_length=16)),
                ('audience', models.CharField(blank=True, max_length=160)),
                ('outcome', models.CharField(blank=True, max_length=400)),
                ('cover', models.CharField(blank=True, max_length=60)),
                ('is_city', models.BooleanField(default=False)),
                ('state', models.CharField(choices=[('draft', 'draft'), ('published', 'published')], default='draft', max_length=10)),
                ('published_at', models.DateTimeField(blank=True, null=True)),
                ('recorded_at', models.DateTimeField()),
                ('copied_from', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='copies', to='learning.path')),
                ('library', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='paths', to='libraries.library')),
            ],
            options={
                'indexes': [models.Index(fields=['state', 'theme'], name='path_by_theme')],
            },
        ),
        migrations.CreateModel(
            name='PathUse',
            fields=[
                ('id', models.UUIDField(default=simpul.core.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('happened_at', models.DateTimeField()),
                ('local_date', models.DateField()),
                ('recorded_at', models.DateTimeField(auto_now_add=True)),
                ('library', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='path_uses', to='libraries.library')),
                ('path', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='uses', to='learning.path')),
            ],
            options={
                'indexes': [models.Index(fields=['library', 'local_date'], name='path_use_by_day')],
            },
        ),
        migrations.CreateModel(
            name='Step',
            fields=[
                ('id', models.UUIDField(default=simpul.core.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('position', models.PositiveSmallIntegerField()),
                ('kind', models.CharField(choices=[('book', 'book'), ('material', 'material'), ('activity', 'activity'), ('text', 'words')], max_length=8)),
                ('activity_kind', models.CharField(blank=True, choices=[('reading_aloud', 'reading aloud'), ('storytelling', 'storytelling'), ('book_talk', 'book discussion'), ('contest', 'contest'), ('school_visit', 'school visit'), ('skills', 'skills class'), ('health', 'health'), ('economy', 'small business'), ('ict', 'computer and internet class'), ('culture', 'arts and culture'), ('environment', 'environment'), ('meeting', 'meeting with officials or partners'), ('other', 'other')], max_length=16)),
                ('heading', models.CharField(blank=True, max_length=120)),
                ('text', models.CharField(blank=True, max_length=600)),
                ('removed_at', models.DateTimeField(blank=True, null=True)),
                ('activity', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='activities.activity')),
                ('path', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='steps', to='learning.path')),
                ('resource', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='catalogue.digitalresource')),
                ('title', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='catalogue.title')),
            ],
            options={
                'ordering': ['position', 'id'],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('kind', 'book'), ('title__isnull', False)), models.Q(('kind', 'material'), ('resource__isnull', False)), models.Q(('kind', 'activity'), models.Q(('activity_kind', ''), _negated=True)), models.Q(('kind', 'text'), models.Q(('heading', ''), ('text', ''), _negated=True)), _connector='OR'), name='step_has_its_thing')],
            },
        ),
    ]

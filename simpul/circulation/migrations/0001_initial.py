import django.db.models.deletion
import django.db.models.expressions
import simpul.core.clock
import simpul.core.ids
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('catalogue', '0001_initial'),
        ('libraries', '0001_initial'),
        ('people', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Loan',
            fields=[
                ('id', models.UUIDField(default=simpul.core.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('sex', models.CharField(blank=True, choices=[('L', 'male'), ('P', 'female'), ('', 'not said')], max_length=1)),
                ('age_group', models.CharField(blank=True, choices=[('0-5', '0–5'), ('6-12', '6–12'), ('13-17', '13–17'), ('18-59', '18–59'), ('60+', '60+'), ('', 'not said')], max_length=5)),
                ('lent_at', models.DateTimeField()),
                ('local_date', models.DateField()),
                ('due_on', models.DateField()),
                ('renewals', models.PositiveSmallIntegerField(default=0)),
                ('returned_at', models.DateTimeField(blank=True, null=True)),
                ('returned_on', models.DateField(blank=True, null=True)),
                ('is_implied_return', models.BooleanField(default=False)),
                ('lost_on', models.DateField(blank=True, null=True)),
                ('lent_although', models.CharField(blank=True, max_length=120)),
                ('recorded_at', models.DateTimeField(default=simpul.core.clock.now)),
                ('voided_at', models.DateTimeField(blank=True, null=True)),
                ('copy', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='loans', to='catalogue.copy')),
                ('library', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='loans', to='libraries.library')),
                ('member', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='loans', to='people.member')),
                ('returned_to', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='libraries.library')),
            ],
            options={
                'indexes': [models.Index(fields=['library', 'local_date'], name='loan_by_library_day'), models.Index(fields=['local_date', 'library'], name='loan_by_day'), models.Index(fields=['library', 'returned_on'], name='loan_by_returned'), models.Index(condition=models.Q(('lost_on__isnull', True), ('returned_at__isnull', True), ('voided_at__isnull', True)), fields=['library', 'due_on'], name='loan_open_due'), models.Index(fields=['member', '-lent_at'], name='loan_by_member')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('lost_on__isnull', True), ('returned_at__isnull', True), ('voided_at__isnull', True)), fields=('copy',), name='loan_one_open_a_copy')],
            },
        ),
        migrations.CreateModel(
            name='Charge',
            fields=[
                ('id', models.UUIDField(default=simpul.core.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('fine', 'fine for a late return'), ('replacement', 'replacement of a lost copy')], default='fine', max_length=12)),
                ('amount', models.PositiveIntegerField()),
                ('paid', models.PositiveIntegerField(default=0)),
                ('waived', models.PositiveIntegerField(default=0)),
                ('waived_because', models.CharField(blank=True, max_length=120)),
                ('happened_at', models.DateTimeField()),
                ('local_date', models.DateField()),
                ('recorded_at', models.DateTimeField(default=simpul.core.clock.now)),
                ('voided_at', models.DateTimeField(blank=True, null=True)),
                ('library', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='charges', to='libraries.library')),
                ('loan', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='charges', to='circulation.loan')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('amount__gte', django.db.models.expressions.CombinedExpression(models.F('paid'), '+', models.F('waived')))), name='charge_not_overpaid')],
            },
        ),
        migrations.CreateModel(
            name='LoanRule',
            fields=[
                ('id', models.UUIDField(default=simpul.core.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('copies_at_once', models.PositiveSmallIntegerField(default=3)),
                ('days', models.PositiveSmallIntegerField(default=7)),
                ('renewals', models.PositiveSmallIntegerField(default=1)),
                ('grace_days', models.PositiveSmallIntegerField(default=0)),
                ('fine_per_day', models.PositiveIntegerField(default=0)),
                ('fine_at_most', models.PositiveIntegerField(default=0)),
                ('scope', models.CharField(max_length=80, unique=True)),
                ('changed_at', models.DateTimeField()),
                ('library', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='loan_rules', to='libraries.library')),
                ('member_type', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='loan_rules', to='people.membertype')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Reminder',
            fields=[
                ('id', models.UUIDField(default=simpul.core.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('by_id', models.UUIDField(blank=True, null=True)),
                ('at', models.DateTimeField()),
                ('library', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reminders', to='libraries.library')),
                ('member', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='reminders', to='people.member')),
            ],
            options={
                'indexes': [models.Index(fields=['member', '-at'], name='reminder_by_member')],
            },
        ),
        migrations.CreateModel(
            name='Renewal',
            fields=[
                ('id', models.UUIDField(default=simpul.core.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('happened_at', models.DateTimeField()),
                ('local_date', models.DateField()),
                ('due_before', models.DateField()),
                ('due_after', models.DateField()),
                ('recorded_at', models.DateTimeField(default=simpul.core.clock.now)),
                ('voided_at', models.DateTimeField(blank=True, null=True)),
                ('library', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='libraries.library')),
                ('loan', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='renewal_rows', to='circulation.loan')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='InHouseUse',
            fields=[
                ('id', models.UUIDField(default=simpul.core.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('count', models.PositiveIntegerField(default=1)),
                ('happened_at', models.DateTimeField()),
                ('local_date', models.DateField()),
                ('recorded_at', models.DateTimeField(default=simpul.core.clock.now)),
                ('voided_at', models.DateTimeField(blank=True, null=True)),
                ('copy', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='in_house_uses', to='catalogue.copy')),
                ('library', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='in_house_uses', to='libraries.library')),
                ('title', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='catalogue.title')),
            ],
            options={
                'indexes': [models.Index(fields=['library', 'local_date'], name='in_house_by_library_day')],
                'constraints': [models.CheckConstraint(condition=models.Q(('count__gt', 0)), name='in_house_counts_something')],
            },
        ),
    ]

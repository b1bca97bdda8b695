"""Mentoring: hours that one cooperative teaches another, and what is passed on to a third."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("ledger", "0019_toll_work"),
        ("network", "0010_elected_by"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="contribution",
            name="contribution_kind_known",
        ),
        migrations.RemoveConstraint(
            model_name="contribution",
            name="work_is_never_priced",
        ),
        migrations.RemoveConstraint(
            model_name="contribution",
            name="given_by_resolution",
        ),
        migrations.AddField(
            model_name="contribution",
            name="manuals",
            field=models.PositiveIntegerField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="contribution",
            name="passes_on",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="passed_on",
                to="ledger.contribution",
            ),
        ),
        migrations.AddField(
            model_name="contribution",
            name="trainees",
            field=models.PositiveIntegerField(blank=True, null=True),
        ),
        migrations.AlterField(
            model_name="contribution",
            name="kind",
            field=models.CharField(
                choices=[
                    ("donation", "Donation"),
                    ("housing", "Housing"),
                    ("hospital", "Repair of a hospital or a clinic"),
                    ("event", "Cultural or sports event"),
                    ("goods", "Goods"),
                    ("work", "Hours of work"),
                    ("mentoring", "Mentoring"),
                ],
                max_length=12,
            ),
        ),
        migrations.AddConstraint(
            model_name="contribution",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("kind__in", ["donation", "housing", "hospital", "event", "goods", "work", "mentoring"])
                ),
                name="contribution_kind_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="contribution",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("amount", None),
                        ("charged_to", ""),
                        ("hours__gt", 0),
                        ("kind__in", ("work", "mentoring")),
                        ("paid_from", ""),
                        ("people__gt", 0),
                    ),
                    models.Q(
                        models.Q(("kind__in", ("work", "mentoring")), _negated=True),
                        ("amount__gt", 0),
                        ("charged_to__in", ["5401", "2202", "2201"]),
                        ("paid_from__in", ["1102", "1101", "1301", "1303"]),
                        ("hours", None),
                        ("people", None),
                    ),
                    _connector="OR",
                ),
                name="work_is_never_priced",
            ),
        ),
        migrations.AddConstraint(
            model_name="contribution",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("kind", "mentoring"), ("manuals__gte", 0), ("receiver__isnull", False), ("trainees__gte", 0)
                    ),
                    models.Q(
                        models.Q(("kind", "mentoring"), _negated=True),
                        ("manuals", None),
                        ("passes_on", None),
                        ("trainees", None),
                    ),
                    _connector="OR",
                ),
                name="mentoring_is_counted",
            ),
        ),
        migrations.AddConstraint(
            model_name="contribution",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("resolution__isnull", False),
                    models.Q(("charged_to__in", ["", "5401"]), ("kind__in", ("goods", "work", "mentoring"))),
                    _connector="OR",
                ),
                name="given_by_resolution",
            ),
        ),
    ]

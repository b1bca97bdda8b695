"""Rotating offices that speak for their body, and mandates that came to nothing.

In the neighborhood councils that there are, all rotating offices speak. Delegates of organizations that have left a
body hold nothing there since.
"""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps


def let_them_speak(apps: StateApps, _editor: BaseDatabaseSchemaEditor) -> None:
    seats = apps.get_model("network", "Seat").objects.filter(office="rotating_office")
    seats.filter(organization__kind="neighborhood_council").update(speaks=True)


def end_delegates(apps: StateApps, _editor: BaseDatabaseSchemaEditor) -> None:
    left = apps.get_model("network", "Affiliation").objects.exclude(until=None).order_by("until")
    mandates = apps.get_model("network", "Mandate").objects.filter(ended_on=None)
    for affiliation in left:
        back = left.model.objects.filter(member=affiliation.member_id, body=affiliation.body_id, until=None)
        if not back.exists():
            theirs = mandates.filter(delegate_of=affiliation.member_id, organization=affiliation.body_id)
            theirs.filter(until__gt=affiliation.until).update(ended_on=affiliation.until, ending="home_left")


class Migration(migrations.Migration):
    dependencies = [
        ("network", "0006_duties"),
    ]

    operations = [
        migrations.AddField(
            model_name="seat",
            name="speaks",
            field=models.BooleanField(db_default=False, default=False),
        ),
        migrations.AddConstraint(
            model_name="seat",
            constraint=models.CheckConstraint(
                condition=models.Q(("speaks", False), ("office", "rotating_office"), _connector="OR"),
                name="seat_speaks_where_it_rotates",
            ),
        ),
        # Mandates.
        migrations.RemoveConstraint(
            model_name="mandate",
            name="mandate_end_has_reason",
        ),
        migrations.AddField(
            model_name="mandate",
            name="ended_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="mandate",
            name="reason",
            field=models.CharField(blank=True, db_default="", default="", max_length=200),
        ),
        migrations.AlterField(
            model_name="mandate",
            name="ending",
            field=models.CharField(
                blank=True,
                choices=[
                    ("recalled", "Recalled by the assembly"),
                    ("resigned", "Resigned"),
                    ("replaced", "Replaced by the alternate"),
                    ("moved_up", "Took up another seat"),
                    ("home_left", "The organization that sent them no longer belongs"),
                    ("cancelled", "Cancelled before it began"),
                ],
                max_length=10,
            ),
        ),
        migrations.AddConstraint(
            model_name="mandate",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("end_resolution", None), ("ended_by", None), ("ended_on", None), ("ending", ""), ("reason", "")
                    ),
                    models.Q(
                        ("ended_on__gte", models.F("starts_on")),
                        ("ended_on__lt", models.F("until")),
                        ("ending", "resigned"),
                        ("reason", ""),
                    ),
                    models.Q(("ended_on__lt", models.F("until")), ("ending", "home_left"), ("reason", "")),
                    models.Q(
                        ("end_resolution", None),
                        ("ended_on__lt", models.F("starts_on")),
                        ("ending", "cancelled"),
                        models.Q(("reason", ""), _negated=True),
                    ),
                    models.Q(
                        ("end_resolution__isnull", False),
                        ("ended_on__gte", models.F("starts_on")),
                        ("ended_on__lt", models.F("until")),
                        ("ending__in", ["recalled", "replaced", "moved_up"]),
                        ("reason", ""),
                    ),
                    _connector="OR",
                ),
                name="mandate_end_has_reason",
            ),
        ),
        migrations.RunPython(end_delegates, migrations.RunPython.noop, elidable=True),
        migrations.RunPython(let_them_speak, migrations.RunPython.noop, elidable=True),
    ]

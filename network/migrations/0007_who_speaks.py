"""Rotating offices that speak for their body: in the neighborhood councils that there are, all of them."""

from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps


def let_them_speak(apps: StateApps, _editor: BaseDatabaseSchemaEditor) -> None:
    seats = apps.get_model("network", "Seat").objects.filter(office="rotating_office")
    seats.filter(organization__kind="neighborhood_council").update(speaks=True)


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
        migrations.RunPython(let_them_speak, migrations.RunPython.noop, elidable=True),
    ]

"""Whoever keeps a book has traded until now: that becomes an admission, with a line in its body's book of resolutions."""

from typing import Any

from django.db import migrations
from django.db.models import Max
from django.utils import timezone

TEXT = "Se deja constancia: {name} ya comerciaba en la red cuando se empezaron a asentar las admisiones."


def take_over(apps: Any, schema_editor: Any) -> None:
    """Admit each organization that keeps a book, by the body that it belongs to, or by its own assembly."""
    books = apps.get_model("ledger", "Book").objects
    affiliations = apps.get_model("network", "Affiliation").objects
    resolutions = apps.get_model("network", "Resolution").objects
    admissions = apps.get_model("network", "Admission").objects
    today = timezone.localdate()
    for book in books.select_related("organization").order_by("pk"):
        held = affiliations.filter(member=book.organization, until=None).order_by("starts_on", "pk").first()
        body = held.body_id if held else book.organization_id
        last = resolutions.filter(organization=body).aggregate(last=Max("number"))["last"] or 0
        act = resolutions.create(
            organization_id=body,
            number=last + 1,
            resolved_on=today,
            text=TEXT.format(name=book.organization.name),
            paper="Trama",
            recorded_at=timezone.now(),
        )
        admissions.create(organization=book.organization, starts_on=today, resolution=act)
    if schema_editor.connection.vendor == "postgresql":
        # The keys just written are looked at now: other tables change next.
        schema_editor.execute("SET CONSTRAINTS ALL IMMEDIATE")


class Migration(migrations.Migration):
    dependencies = [
        ("ledger", "0005_days_of_the_past"),
        ("network", "0005_admissions"),
    ]

    operations = [
        migrations.RunPython(take_over, migrations.RunPython.noop),
    ]

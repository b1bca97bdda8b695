"""Assemblies, the book of resolutions, seats; mandates rest on resolutions instead of on words."""

from typing import Any

import django.db.models.deletion
import django.db.models.expressions
from django.conf import settings
from django.db import migrations, models
from django.utils import timezone


def take_over(apps: Any, schema_editor: Any) -> None:
    """Give each act that a mandate names a number in its organization's book of resolutions, in the order of days."""
    mandates = apps.get_model("network", "Mandate").objects
    resolutions = apps.get_model("network", "Resolution").objects
    acts: dict[tuple[int, Any, str], list[tuple[int, str]]] = {}
    for mandate in mandates.order_by("pk"):
        acts.setdefault((mandate.organization_id, mandate.starts_on, mandate.election_text or "-"), []).append(
            (mandate.pk, "resolution_id")
        )
        if mandate.ended_on is not None:
            acts.setdefault((mandate.organization_id, mandate.ended_on, mandate.recall_text), []).append(
                (mandate.pk, "end_resolution_id")
            )
            mandates.filter(pk=mandate.pk).update(ending="recalled")
    last: dict[int, int] = {}
    for (organization, day, text), cited in sorted(acts.items()):
        last[organization] = last.get(organization, 0) + 1
        act = resolutions.create(
            organization_id=organization,
            number=last[organization],
            resolved_on=day,
            text=text,
            paper=text,
            recorded_at=timezone.now(),
        )
        for pk, column in cited:
            mandates.filter(pk=pk).update(**{column: act.pk})
    if schema_editor.connection.vendor == "postgresql":
        # The keys just written are looked at now: the table changes next.
        schema_editor.execute("SET CONSTRAINTS ALL IMMEDIATE")


class Migration(migrations.Migration):
    dependencies = [
        ("network", "0002_register"),
    ]

    operations = [
        migrations.CreateModel(
            name="AgendaItem",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveSmallIntegerField()),
                ("text", models.CharField(max_length=300)),
            ],
            options={
                "verbose_name": "point of the agenda",
                "verbose_name_plural": "points of the agenda",
            },
        ),
        migrations.CreateModel(
            name="Assembly",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("ordinary", "Ordinary assembly"),
                            ("extraordinary", "Extraordinary assembly"),
                            ("council", "Meeting of the council"),
                        ],
                        max_length=16,
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("called", "Called"),
                            ("meeting", "In session"),
                            ("closed", "Closed"),
                            ("lapsed", "Without quorum"),
                            ("cancelled", "Cancelled"),
                        ],
                        default="called",
                        max_length=10,
                    ),
                ),
                ("called_on", models.DateField()),
                ("held_on", models.DateField()),
                ("begins_at", models.TimeField(blank=True, null=True)),
                ("place", models.CharField(blank=True, max_length=120)),
                ("entitled", models.PositiveIntegerField()),
                ("present", models.PositiveIntegerField(blank=True, null=True)),
                ("is_second_call", models.BooleanField(default=False)),
                ("minutes", models.TextField(blank=True)),
            ],
            options={
                "verbose_name": "assembly",
                "verbose_name_plural": "assemblies",
            },
        ),
        migrations.CreateModel(
            name="Bylaws",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("quorum_numerator", models.PositiveSmallIntegerField(default=1)),
                ("quorum_denominator", models.PositiveSmallIntegerField(default=2)),
                ("second_call_minutes", models.PositiveSmallIntegerField(blank=True, default=60, null=True)),
                ("qualified_numerator", models.PositiveSmallIntegerField(default=2)),
                ("qualified_denominator", models.PositiveSmallIntegerField(default=3)),
                ("abstentions_count", models.BooleanField(default=False)),
                ("term_months_max", models.PositiveSmallIntegerField(default=36)),
                ("rotates", models.BooleanField(default=False)),
            ],
            options={
                "verbose_name": "bylaws",
                "verbose_name_plural": "bylaws",
            },
        ),
        migrations.CreateModel(
            name="Motion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("text", models.CharField(max_length=600)),
                (
                    "majority",
                    models.CharField(
                        choices=[("simple", "Simple majority"), ("qualified", "Qualified majority")],
                        default="simple",
                        max_length=10,
                    ),
                ),
                ("in_favour", models.PositiveIntegerField()),
                ("against", models.PositiveIntegerField()),
                ("abstentions", models.PositiveIntegerField()),
                ("is_carried", models.BooleanField()),
            ],
            options={
                "verbose_name": "motion",
                "verbose_name_plural": "motions",
            },
        ),
        migrations.CreateModel(
            name="Resolution",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField()),
                ("resolved_on", models.DateField()),
                ("text", models.CharField(max_length=600)),
                ("paper", models.CharField(blank=True, max_length=80)),
                ("recorded_at", models.DateTimeField()),
            ],
            options={
                "verbose_name": "resolution",
                "verbose_name_plural": "resolutions",
            },
        ),
        migrations.CreateModel(
            name="Seat",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "office",
                    models.CharField(
                        choices=[
                            ("president", "President"),
                            ("secretary", "Secretary"),
                            ("treasurer", "Treasurer"),
                            ("member_at_large", "Member of the council"),
                            ("alternate", "Alternate"),
                            ("internal_auditor", "Internal auditor (síndico)"),
                            ("rotating_office", "Rotating office"),
                        ],
                        max_length=20,
                    ),
                ),
                ("number", models.PositiveSmallIntegerField(default=1)),
                ("title", models.CharField(blank=True, max_length=60)),
            ],
            options={
                "verbose_name": "seat",
                "verbose_name_plural": "seats",
            },
        ),
        migrations.RemoveConstraint(
            model_name="mandate",
            name="mandate_office_known",
        ),
        migrations.RemoveConstraint(
            model_name="mandate",
            name="mandate_recall_has_resolution",
        ),
        migrations.RenameField(model_name="mandate", old_name="recalled_on", new_name="ended_on"),
        migrations.RenameField(model_name="mandate", old_name="recall_resolution", new_name="recall_text"),
        migrations.RenameField(model_name="mandate", old_name="resolution", new_name="election_text"),
        migrations.AddField(
            model_name="mandate",
            name="delegate_of",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="delegates",
                to="network.organization",
            ),
        ),
        migrations.AddField(
            model_name="mandate",
            name="ending",
            field=models.CharField(
                blank=True,
                choices=[
                    ("recalled", "Recalled by the assembly"),
                    ("resigned", "Resigned"),
                    ("replaced", "Replaced by the alternate"),
                    ("moved_up", "Took up another seat"),
                ],
                max_length=10,
            ),
        ),
        migrations.AddField(
            model_name="mandate",
            name="seat",
            field=models.PositiveSmallIntegerField(default=1),
        ),
        migrations.AlterField(
            model_name="mandate",
            name="office",
            field=models.CharField(
                choices=[
                    ("president", "President"),
                    ("secretary", "Secretary"),
                    ("treasurer", "Treasurer"),
                    ("member_at_large", "Member of the council"),
                    ("alternate", "Alternate"),
                    ("internal_auditor", "Internal auditor (síndico)"),
                    ("rotating_office", "Rotating office"),
                ],
                max_length=20,
            ),
        ),
        migrations.AddField(
            model_name="assembly",
            name="called_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="assembly",
            name="closed_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="assembly",
            name="organization",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="assemblies", to="network.organization"
            ),
        ),
        migrations.AddField(
            model_name="agendaitem",
            name="assembly",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="agenda", to="network.assembly"
            ),
        ),
        migrations.AddField(
            model_name="bylaws",
            name="organization",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT, related_name="bylaws", to="network.organization"
            ),
        ),
        migrations.AddField(
            model_name="motion",
            name="assembly",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="motions", to="network.assembly"
            ),
        ),
        migrations.AddField(
            model_name="motion",
            name="item",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="motions", to="network.agendaitem"
            ),
        ),
        migrations.AddField(
            model_name="resolution",
            name="assembly",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="resolutions",
                to="network.assembly",
            ),
        ),
        migrations.AddField(
            model_name="resolution",
            name="motion",
            field=models.OneToOneField(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="resolution",
                to="network.motion",
            ),
        ),
        migrations.AddField(
            model_name="resolution",
            name="organization",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="resolutions", to="network.organization"
            ),
        ),
        migrations.AddField(
            model_name="resolution",
            name="recorded_by",
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
            name="end_resolution",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="recalls",
                to="network.resolution",
            ),
        ),
        migrations.AddField(
            model_name="mandate",
            name="resolution",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="elections",
                to="network.resolution",
            ),
        ),
        migrations.RunPython(take_over, migrations.RunPython.noop),
        migrations.AlterField(
            model_name="mandate",
            name="resolution",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="elections", to="network.resolution"
            ),
        ),
        migrations.RemoveField(model_name="mandate", name="recall_text"),
        migrations.RemoveField(model_name="mandate", name="election_text"),
        migrations.AddField(
            model_name="bylaws",
            name="resolution",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="network.resolution",
            ),
        ),
        migrations.AddIndex(
            model_name="mandate",
            index=models.Index(fields=["organization", "office", "seat", "starts_on"], name="mandate_by_seat"),
        ),
        migrations.AddConstraint(
            model_name="mandate",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "office__in",
                        [
                            "president",
                            "secretary",
                            "treasurer",
                            "member_at_large",
                            "alternate",
                            "internal_auditor",
                            "rotating_office",
                        ],
                    )
                ),
                name="mandate_office_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="mandate",
            constraint=models.CheckConstraint(condition=models.Q(("seat__gte", 1)), name="mandate_seat_from_one"),
        ),
        migrations.AddConstraint(
            model_name="mandate",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("end_resolution", None), ("ended_on", None), ("ending", "")),
                    models.Q(
                        ("ended_on__gte", models.F("starts_on")),
                        ("ended_on__lt", models.F("until")),
                        ("ending", "resigned"),
                    ),
                    models.Q(
                        ("end_resolution__isnull", False),
                        ("ended_on__gte", models.F("starts_on")),
                        ("ended_on__lt", models.F("until")),
                        ("ending__in", ["recalled", "replaced", "moved_up"]),
                    ),
                    _connector="OR",
                ),
                name="mandate_end_has_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="mandate",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("delegate_of", None),
                    models.Q(("delegate_of", models.F("organization")), _negated=True),
                    _connector="OR",
                ),
                name="delegate_of_another",
            ),
        ),
        migrations.AddField(
            model_name="seat",
            name="organization",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="seats", to="network.organization"
            ),
        ),
        migrations.AddIndex(
            model_name="assembly",
            index=models.Index(fields=["organization", "-held_on"], name="assembly_by_day"),
        ),
        migrations.AddConstraint(
            model_name="assembly",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["ordinary", "extraordinary", "council"])), name="assembly_kind_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="assembly",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["called", "meeting", "closed", "lapsed", "cancelled"])),
                name="assembly_state_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="assembly",
            constraint=models.CheckConstraint(
                condition=models.Q(("called_on__lte", models.F("held_on"))), name="assembly_is_called_before"
            ),
        ),
        migrations.AddConstraint(
            model_name="assembly",
            constraint=models.CheckConstraint(condition=models.Q(("entitled__gte", 1)), name="somebody_may_vote"),
        ),
        migrations.AddConstraint(
            model_name="assembly",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("present", None), ("state__in", ["called", "cancelled"])),
                    models.Q(("present__lte", models.F("entitled")), ("state", "lapsed")),
                    models.Q(
                        ("present__gte", 1),
                        ("present__lte", models.F("entitled")),
                        ("state__in", ["meeting", "closed"]),
                    ),
                    _connector="OR",
                ),
                name="those_present_are_counted",
            ),
        ),
        migrations.AddConstraint(
            model_name="agendaitem",
            constraint=models.UniqueConstraint(fields=("assembly", "number"), name="agenda_number_once"),
        ),
        migrations.AddConstraint(
            model_name="bylaws",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("quorum_numerator__gte", 1), ("quorum_numerator__lt", models.F("quorum_denominator"))
                ),
                name="quorum_is_a_part",
            ),
        ),
        migrations.AddConstraint(
            model_name="bylaws",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("qualified_numerator__lte", models.F("qualified_denominator")),
                    (
                        "qualified_denominator__lt",
                        django.db.models.expressions.CombinedExpression(
                            models.F("qualified_numerator"), "*", models.Value(2)
                        ),
                    ),
                ),
                name="qualified_majority_is_more_than_half",
            ),
        ),
        migrations.AddConstraint(
            model_name="bylaws",
            constraint=models.CheckConstraint(condition=models.Q(("term_months_max__gte", 1)), name="term_lasts"),
        ),
        migrations.AddConstraint(
            model_name="motion",
            constraint=models.CheckConstraint(
                condition=models.Q(("majority__in", ["simple", "qualified"])), name="majority_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="motion",
            constraint=models.CheckConstraint(
                condition=models.Q(("is_carried", False), ("in_favour__gt", models.F("against")), _connector="OR"),
                name="carried_by_its_votes",
            ),
        ),
        migrations.AddConstraint(
            model_name="resolution",
            constraint=models.UniqueConstraint(fields=("organization", "number"), name="resolution_number_once"),
        ),
        migrations.AddConstraint(
            model_name="resolution",
            constraint=models.CheckConstraint(
                condition=models.Q(("number__gte", 1)), name="resolution_number_from_one"
            ),
        ),
        migrations.AddConstraint(
            model_name="resolution",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("assembly__isnull", False), ("motion__isnull", False)),
                    models.Q(("assembly", None), ("motion", None), models.Q(("paper", ""), _negated=True)),
                    _connector="OR",
                ),
                name="resolution_is_voted_or_on_paper",
            ),
        ),
        migrations.AddConstraint(
            model_name="seat",
            constraint=models.UniqueConstraint(fields=("organization", "office", "number"), name="seat_once"),
        ),
        migrations.AddConstraint(
            model_name="seat",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "office__in",
                        [
                            "president",
                            "secretary",
                            "treasurer",
                            "member_at_large",
                            "alternate",
                            "internal_auditor",
                            "rotating_office",
                        ],
                    )
                ),
                name="seat_office_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="seat",
            constraint=models.CheckConstraint(condition=models.Q(("number__gte", 1)), name="seat_number_from_one"),
        ),
    ]

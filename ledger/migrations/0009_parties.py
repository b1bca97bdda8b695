"""An agreement has any number of parties: both sides of what is there become rows, and each line names its receiver."""

from typing import Any

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import Case, F, OuterRef, Q, Subquery, When


def take_over(apps: Any, schema_editor: Any) -> None:
    """Make the proposer and the partner parties; who receives is whoever of the two does not give."""
    agreements = apps.get_model("ledger", "Agreement").objects
    party = apps.get_model("ledger", "AgreementParty")
    for side, number in (("proposer", 1), ("partner", 2)):
        rows = agreements.order_by("pk").values_list("pk", side, f"{side}_signed_by", f"{side}_resolution")
        party.objects.bulk_create(
            (
                party(agreement_id=pk, organization_id=who, number=number, signed_by_id=by, resolution_id=resolution)
                for pk, who, by, resolution in rows.iterator(chunk_size=2000)
            ),
            batch_size=2000,
        )
    for name in ("AgreementLine", "Delivery"):
        of_its = agreements.filter(pk=OuterRef("agreement"))
        other = of_its.annotate(
            other=Case(When(proposer=OuterRef("giver"), then=F("partner")), default=F("proposer"))
        ).values("other")
        apps.get_model("ledger", name).objects.update(receiver=Subquery(other))
    apps.get_model("ledger", "Delivery").objects.filter(money__isnull=False).update(act="money")
    apps.get_model("ledger", "DeliveryItem").objects.filter(value__gt=0).update(worth=F("value"))
    if schema_editor.connection.vendor == "postgresql":
        # The keys just written are looked at now: the tables change next.
        schema_editor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def _receiver(**more: Any) -> Any:
    return models.ForeignKey(
        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="network.organization", **more
    )


class Migration(migrations.Migration):
    dependencies = [
        ("ledger", "0008_offers"),
        ("network", "0006_duties"),
    ]

    operations = [
        migrations.CreateModel(
            name="AgreementParty",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveSmallIntegerField()),
                (
                    "agreement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="parties", to="ledger.agreement"
                    ),
                ),
                (
                    "organization",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="network.organization",
                    ),
                ),
                (
                    "resolution",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="network.resolution",
                    ),
                ),
                (
                    "signed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "party",
                "verbose_name_plural": "parties",
                "ordering": ("number",),
                "constraints": [
                    models.UniqueConstraint(fields=("organization", "agreement"), name="party_once"),
                    models.UniqueConstraint(fields=("agreement", "number"), name="party_number_once"),
                ],
            },
        ),
        migrations.AddField("agreementline", "receiver", _receiver(null=True)),
        migrations.AddField("delivery", "receiver", _receiver(null=True, db_index=False)),
        migrations.AddField(
            "delivery",
            "act",
            models.CharField(
                choices=[
                    ("goods", "Goods or work"),
                    ("money", "Payment"),
                    ("return", "Return"),
                    ("shortfall", "Not to be delivered any more"),
                    ("allowance", "Reduction for quality"),
                    ("revaluation", "Today's price of what is owed"),
                    ("change", "Change of what is still to be given"),
                ],
                default="goods",
                max_length=12,
            ),
        ),
        migrations.AlterField(
            "agreementstep",
            "verb",
            models.CharField(
                choices=[
                    ("logged", "wrote it down"),
                    ("revised", "changed the terms"),
                    ("signed", "accepted the terms"),
                    ("asked_change", "asked for a change"),
                    ("refused", "refused it"),
                    ("withdrew", "withdrew it"),
                    ("delivered", "logged a delivery"),
                    ("paid", "logged a payment"),
                    ("adjusted", "asked to put something right"),
                    ("confirmed", "confirmed it was received"),
                    ("rejected", "said it was not received"),
                    ("asked_reversal", "asked to reverse it"),
                    ("kept", "did not agree to reverse it"),
                    ("reversed", "agreed to reverse it"),
                    ("settled", "everything is delivered and nothing is owed"),
                ],
                max_length=16,
            ),
        ),
        migrations.AddField("deliveryitem", "worth", models.BigIntegerField(blank=True, null=True)),
        migrations.AddField("deliveryitem", "difference", models.BigIntegerField(blank=True, null=True)),
        migrations.RunPython(take_over, migrations.RunPython.noop),
        migrations.AlterField("agreementline", "receiver", _receiver()),
        migrations.AlterField("delivery", "receiver", _receiver(db_index=False)),
        migrations.RemoveConstraint("agreement", "agreement_between_two"),
        migrations.RemoveConstraint("agreement", "accepted_by_both"),
        migrations.RemoveIndex("agreement", "agreement_by_partner"),
        *(
            migrations.RemoveField("agreement", name)
            for name in (
                "proposer_signed_by",
                "partner_signed_by",
                "proposer_resolution",
                "partner_resolution",
                "partner",
            )
        ),
        migrations.RemoveConstraint("agreementline", "thing_once_a_side"),
        migrations.AddConstraint(
            "agreementline",
            models.UniqueConstraint(fields=("agreement", "giver", "receiver", "measure"), name="thing_once_a_pair"),
        ),
        migrations.AddConstraint(
            "agreementline",
            models.CheckConstraint(condition=~Q(giver=F("receiver")), name="given_to_another"),
        ),
        migrations.RemoveConstraint("delivery", "money_above_zero"),
        migrations.AddConstraint(
            "delivery",
            models.CheckConstraint(condition=~Q(giver=F("receiver")), name="delivered_to_another"),
        ),
        migrations.AddConstraint(
            "delivery",
            models.CheckConstraint(
                condition=Q(act__in=["goods", "money", "return", "shortfall", "allowance", "revaluation", "change"]),
                name="delivery_act_known",
            ),
        ),
        migrations.AddConstraint(
            "delivery",
            models.CheckConstraint(
                condition=Q(act="money", money__gt=0) | (~Q(act="money") & Q(money=None)), name="money_is_paid"
            ),
        ),
        migrations.RemoveConstraint("delivery", "confirmed_delivery_is_posted"),
        migrations.AddConstraint(
            "delivery",
            models.CheckConstraint(
                condition=Q(state__in=["logged", "rejected"], event=None)
                | Q(state__in=["confirmed", "reversed"], event__isnull=False)
                | Q(state__in=["confirmed", "reversed"], act__in=["shortfall", "change"]),
                name="confirmed_delivery_is_posted",
            ),
        ),
        migrations.RemoveIndex("delivery", "delivery_to_confirm"),
        migrations.AddIndex(
            "delivery",
            models.Index(fields=["receiver"], condition=Q(state="logged"), name="delivery_to_confirm"),
        ),
        migrations.AddConstraint(
            "deliveryitem",
            models.CheckConstraint(condition=Q(worth=None) | Q(worth__gt=0), name="delivered_worth_above_zero"),
        ),
    ]

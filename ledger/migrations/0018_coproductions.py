"""Co-production: several make one product, share what it costs and what it brings."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("ledger", "0017_referrals"),
        ("network", "0006_duties"),
        ("network", "__first__"),
    ]

    operations = [
        migrations.CreateModel(
            name="CoproductionStage",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveSmallIntegerField()),
                ("what", models.CharField(max_length=80)),
                ("part", models.BigIntegerField()),
                ("due_on", models.DateField(blank=True, null=True)),
                (
                    "agreement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="stages", to="ledger.agreement"
                    ),
                ),
                (
                    "party",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="network.organization",
                    ),
                ),
            ],
            options={
                "verbose_name": "stage",
                "verbose_name_plural": "stages",
                "ordering": ("number",),
                "constraints": [
                    models.UniqueConstraint(fields=("agreement", "number"), name="stage_once"),
                    models.CheckConstraint(condition=models.Q(("part__gt", 0)), name="stage_has_a_part"),
                ],
            },
        ),
        migrations.CreateModel(
            name="CoproductionTerms",
            fields=[
                (
                    "agreement",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="coproduction",
                        serialize=False,
                        to="ledger.agreement",
                    ),
                ),
                ("customer", models.CharField(max_length=120)),
                ("price", models.BigIntegerField()),
                ("vat_rate", models.PositiveSmallIntegerField(blank=True, null=True)),
                (
                    "split",
                    models.CharField(
                        choices=[("shares", "in shares of the price"), ("prices", "at a price for each stage")],
                        default="shares",
                        max_length=8,
                    ),
                ),
                ("costs", models.BigIntegerField(default=0)),
                ("costs_vat_rate", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("levy", models.PositiveSmallIntegerField(default=0)),
                (
                    "fund",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="network.organization",
                    ),
                ),
                (
                    "lead",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="network.organization",
                    ),
                ),
            ],
            options={
                "verbose_name": "terms of a co-production",
                "verbose_name_plural": "terms of co-productions",
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("price__gt", 0)), name="coproduced_for_a_price"),
                    models.CheckConstraint(
                        condition=models.Q(("split__in", ["shares", "prices"])), name="coproduction_split_known"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("costs__gte", 0)), name="coproduction_costs_not_below_zero"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("fund", None), ("levy", 0)),
                            models.Q(("levy__gt", 0), ("levy__lt", 10000), ("fund__isnull", False)),
                            _connector="OR",
                        ),
                        name="levy_has_its_fund",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("fund", None), models.Q(("fund", models.F("lead")), _negated=True), _connector="OR"
                        ),
                        name="fund_is_not_the_lead",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SharedAct",
            fields=[
                (
                    "delivery",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="shared",
                        serialize=False,
                        to="ledger.delivery",
                    ),
                ),
                ("what", models.CharField(blank=True, max_length=80)),
                ("amount", models.BigIntegerField()),
                ("vat", models.BigIntegerField(default=0)),
                ("levy", models.BigIntegerField(default=0)),
            ],
            options={
                "verbose_name": "shared act",
                "verbose_name_plural": "shared acts",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("amount__gt", 0), ("vat__gte", 0)), name="shared_amount_above_zero"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("levy__gte", 0), ("levy__lte", models.F("amount"))),
                        name="levy_within_what_was_paid",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SharedPart",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveSmallIntegerField()),
                ("amount", models.BigIntegerField()),
                ("vat", models.BigIntegerField(default=0)),
                (
                    "act",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="parts", to="ledger.sharedact"
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
                    "said_by",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "undone_by",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "part of a shared act",
                "verbose_name_plural": "parts of shared acts",
                "ordering": ("number",),
                "indexes": [
                    models.Index(condition=models.Q(("said_by", None)), fields=["organization"], name="part_to_confirm")
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("act", "organization"), name="part_once"),
                    models.CheckConstraint(
                        condition=models.Q(("amount__gte", 0), ("vat__gte", 0)), name="part_not_below_zero"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="StageProgress",
            fields=[
                (
                    "delivery",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="progress",
                        serialize=False,
                        to="ledger.delivery",
                    ),
                ),
                ("percent", models.PositiveSmallIntegerField()),
                ("what", models.CharField(blank=True, max_length=80)),
                (
                    "stage",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="progress",
                        to="ledger.coproductionstage",
                    ),
                ),
            ],
            options={
                "verbose_name": "progress of a stage",
                "verbose_name_plural": "progress of stages",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("percent__gt", 0), ("percent__lte", 100)), name="progress_is_a_percentage"
                    )
                ],
            },
        ),
        migrations.RemoveConstraint(
            model_name="delivery",
            name="money_is_paid",
        ),
        migrations.RemoveConstraint(
            model_name="delivery",
            name="confirmed_delivery_is_posted",
        ),
        migrations.RemoveConstraint(
            model_name="delivery",
            name="delivery_act_known",
        ),
        migrations.AlterField(
            model_name="agreementstep",
            name="verb",
            field=models.CharField(
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
                    ("hosted", "noted what took place"),
                    ("won", "noted that the tender was won"),
                    ("lost", "noted that the tender was lost"),
                    ("progressed", "noted how far a stage is"),
                    ("shared_cost", "noted a common cost"),
                    ("invoiced", "noted what was invoiced to the customer"),
                    ("collected", "noted what the customer paid"),
                    ("netted", "settled what one owes the other"),
                    ("said_so", "said that it was so"),
                    ("denied", "said that it was not so"),
                    ("ended", "ended it"),
                    ("settled", "everything is delivered and nothing is owed"),
                ],
                max_length=16,
            ),
        ),
        migrations.AlterField(
            model_name="delivery",
            name="act",
            field=models.CharField(
                choices=[
                    ("goods", "Goods or work"),
                    ("money", "Payment"),
                    ("return", "Return"),
                    ("shortfall", "Not to be delivered any more"),
                    ("allowance", "Reduction for quality"),
                    ("revaluation", "Today's price of what is owed"),
                    ("change", "Change of what is still to be given"),
                    ("hosted", "Rooms lent"),
                    ("work", "Work for a customer"),
                    ("progress", "How far a stage is"),
                    ("cost", "Common cost"),
                    ("invoice", "Invoice to the customer"),
                    ("collection", "Collected from the customer"),
                    ("settlement", "Settlement"),
                ],
                default="goods",
                max_length=12,
            ),
        ),
        migrations.AlterField(
            model_name="finding",
            name="check_code",
            field=models.CharField(
                choices=[
                    ("balance", "The kept balance differs from the sum of the entries"),
                    ("claim", "The open claim differs from the sum of its entries"),
                    ("entry", "An entry does not balance"),
                    ("mirror", "Two books do not agree on what one owes the other"),
                    ("numbering", "The journal's numbers have a gap"),
                    ("delivered", "More was delivered than was agreed"),
                    ("settled", "Something is still open of an agreement that is settled"),
                    ("vat", "The VAT of a delivery is not what its value, or its entry, says"),
                    ("shares", "The parts of a co-production are not the whole, or not in the agreed ratio"),
                    ("costs", "What was charged of a common cost is not what it cost"),
                ],
                max_length=16,
            ),
        ),
        migrations.AddConstraint(
            model_name="delivery",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("event", None), ("state__in", ["logged", "rejected"])),
                    models.Q(("event__isnull", False), ("state__in", ["confirmed", "reversed"])),
                    models.Q(
                        ("act__in", ["shortfall", "change", "progress"]), ("state__in", ["confirmed", "reversed"])
                    ),
                    _connector="OR",
                ),
                name="confirmed_delivery_is_posted",
            ),
        ),
        migrations.AddConstraint(
            model_name="delivery",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "act__in",
                        [
                            "goods",
                            "money",
                            "return",
                            "shortfall",
                            "allowance",
                            "revaluation",
                            "change",
                            "hosted",
                            "work",
                            "progress",
                            "cost",
                            "invoice",
                            "collection",
                            "settlement",
                        ],
                    )
                ),
                name="delivery_act_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="delivery",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("act", "money"), ("money__gt", 0)),
                    models.Q(("act", "settlement"), ("money__gte", 0)),
                    models.Q(models.Q(("act__in", ["money", "settlement"]), _negated=True), ("money", None)),
                    _connector="OR",
                ),
                name="money_is_paid",
            ),
        ),
    ]

"""Customers that are shared: referrals, what each taker does, what was invoiced; work passed on is kept per pair."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("ledger", "0016_surplus"),
        ("network", "0006_duties"),
        ("network", "__first__"),
    ]

    operations = [
        migrations.CreateModel(
            name="ReferralTerms",
            fields=[
                (
                    "agreement",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="referral",
                        serialize=False,
                        to="ledger.agreement",
                    ),
                ),
                (
                    "form",
                    models.CharField(
                        choices=[
                            ("customer", "A customer who is referred"),
                            ("order", "An order that is passed on"),
                            ("joint", "A customer who is served together"),
                            ("tender", "A tender together"),
                        ],
                        max_length=12,
                    ),
                ),
                ("customer", models.CharField(max_length=120)),
                ("fee_rate", models.PositiveSmallIntegerField(default=0)),
                ("vat_rate", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("papers", models.CharField(blank=True, max_length=80)),
                ("outcome", models.CharField(blank=True, choices=[("won", "Won"), ("lost", "Lost")], max_length=4)),
                ("decided_on", models.DateField(blank=True, null=True)),
            ],
            options={
                "verbose_name": "terms of a referral",
                "verbose_name_plural": "terms of referrals",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("form__in", ["customer", "order", "joint", "tender"])),
                        name="referral_form_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("customer", ""), _negated=True), name="referral_has_customer"
                    ),
                    models.CheckConstraint(condition=models.Q(("fee_rate__lte", 5000)), name="referral_fee_is_a_part"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("vat_rate", None),
                            models.Q(("fee_rate__gt", 0), ("vat_rate__gt", 0), ("vat_rate__lt", 10000)),
                            _connector="OR",
                        ),
                        name="referral_vat_is_of_a_fee",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("decided_on", None), ("outcome", "")),
                            models.Q(
                                ("decided_on__isnull", False), ("form", "tender"), ("outcome__in", ["won", "lost"])
                            ),
                            _connector="OR",
                        ),
                        name="referral_outcome_of_a_tender",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ReferralShare",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveSmallIntegerField()),
                ("does", models.CharField(blank=True, max_length=80)),
                ("expected", models.BigIntegerField()),
                (
                    "taker",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="network.organization"
                    ),
                ),
                (
                    "terms",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="shares", to="ledger.referralterms"
                    ),
                ),
            ],
            options={
                "verbose_name": "share of a referral",
                "verbose_name_plural": "shares of referrals",
                "ordering": ("number",),
                "constraints": [
                    models.UniqueConstraint(fields=("terms", "taker"), name="taker_once"),
                    models.UniqueConstraint(fields=("terms", "number"), name="referral_share_once"),
                    models.CheckConstraint(
                        condition=models.Q(("expected__gt", 0), ("expected__lte", 1000000000000000)),
                        name="referral_expects_something",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ReferredWork",
            fields=[
                (
                    "delivery",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="work",
                        serialize=False,
                        to="ledger.delivery",
                    ),
                ),
                ("amount", models.BigIntegerField()),
                ("invoice", models.CharField(max_length=40)),
                ("fee", models.BigIntegerField(blank=True, null=True)),
                ("vat", models.BigIntegerField(blank=True, null=True)),
            ],
            options={
                "verbose_name": "referred work",
                "verbose_name_plural": "referred work",
                "indexes": [models.Index(fields=["invoice"], name="referred_by_invoice")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("amount__gt", 0), ("amount__lte", 1000000000000000)),
                        name="referred_amount_above_zero",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("invoice", ""), _negated=True), name="referred_work_is_invoiced"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("fee", None), ("vat", None)),
                            models.Q(("fee__gte", 0), ("vat__gte", 0)),
                            _connector="OR",
                        ),
                        name="referred_fee_with_vat",
                    ),
                ],
            },
        ),
        migrations.RemoveConstraint(
            model_name="account",
            name="role_follows_number",
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
                    ("invoiced", "told what it invoiced the customer"),
                    ("won", "noted that the tender was won"),
                    ("lost", "noted that the tender was lost"),
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
                ],
                default="goods",
                max_length=12,
            ),
        ),
        migrations.AddConstraint(
            model_name="account",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("number__in", ["1103", "1202", "9501"]), ("role", "receivable")),
                    models.Q(("number__in", ["2102", "2302", "9503"]), ("role", "payable")),
                    models.Q(
                        ("role", ""),
                        models.Q(("number__in", ["1103", "1202", "9501", "2102", "2302", "9503"]), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="role_follows_number",
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
                        ],
                    )
                ),
                name="delivery_act_known",
            ),
        ),
    ]

"""What cooperatives give to the community: rooms by the month, money and goods by resolution, hours of work."""

import django.db.models.deletion
import django.db.models.expressions
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("ledger", "0010_agreement_checks"),
        ("network", "0006_duties"),
        ("network", "__first__"),
    ]

    operations = [
        migrations.CreateModel(
            name="Contribution",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.UUIDField(unique=True)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("donation", "Donation"),
                            ("housing", "Housing"),
                            ("hospital", "Repair of a hospital or a clinic"),
                            ("event", "Cultural or sports event"),
                            ("goods", "Goods"),
                            ("work", "Hours of work"),
                        ],
                        max_length=12,
                    ),
                ),
                ("what", models.CharField(max_length=120)),
                ("receiver_name", models.CharField(blank=True, max_length=120)),
                ("happened_on", models.DateField()),
                ("amount", models.BigIntegerField(blank=True, null=True)),
                (
                    "charged_to",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("5401", "The results of the year"),
                            ("2202", "The education fund"),
                            ("2201", "The welfare fund"),
                        ],
                        max_length=8,
                    ),
                ),
                (
                    "paid_from",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("1102", "Bank"),
                            ("1101", "Cash"),
                            ("1301", "Materials from stock"),
                            ("1303", "Products of ours"),
                        ],
                        max_length=8,
                    ),
                ),
                ("hours", models.PositiveIntegerField(blank=True, null=True)),
                ("people", models.PositiveIntegerField(blank=True, null=True)),
                ("receipt", models.CharField(blank=True, max_length=40)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("logged", "Waiting for confirmation"),
                            ("confirmed", "Confirmed"),
                            ("rejected", "Not received"),
                            ("reversed", "Reversed"),
                        ],
                        default="logged",
                        max_length=10,
                    ),
                ),
                ("reason", models.CharField(blank=True, max_length=200)),
                (
                    "event",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="contribution",
                        to="ledger.event",
                    ),
                ),
                (
                    "giver",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="network.organization"
                    ),
                ),
                (
                    "logged_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "receiver",
                    models.ForeignKey(
                        blank=True,
                        null=True,
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
                    "reversal_asked_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="network.organization",
                    ),
                ),
            ],
            options={
                "verbose_name": "contribution",
                "verbose_name_plural": "contributions",
                "indexes": [
                    models.Index(fields=["giver", "happened_on"], name="contribution_by_giver"),
                    models.Index(
                        condition=models.Q(("state", "logged")), fields=["receiver"], name="contribution_to_confirm"
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["donation", "housing", "hospital", "event", "goods", "work"])),
                        name="contribution_kind_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["logged", "confirmed", "rejected", "reversed"])),
                        name="contribution_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("amount", None),
                                ("charged_to", ""),
                                ("hours__gt", 0),
                                ("kind", "work"),
                                ("paid_from", ""),
                                ("people__gt", 0),
                            ),
                            models.Q(
                                models.Q(("kind", "work"), _negated=True),
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
                    models.CheckConstraint(
                        condition=models.Q(
                            ("resolution__isnull", False),
                            models.Q(("charged_to__in", ["", "5401"]), ("kind__in", ("goods", "work"))),
                            _connector="OR",
                        ),
                        name="given_by_resolution",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("receiver", None), models.Q(("receiver_name", ""), _negated=True)),
                            models.Q(
                                ("receiver__isnull", False),
                                ("receiver_name", ""),
                                models.Q(("receiver", models.F("giver")), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="given_to_somebody",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("event", None), ("state__in", ["logged", "rejected"])),
                            models.Q(("event__isnull", False), ("state__in", ["confirmed", "reversed"])),
                            _connector="OR",
                        ),
                        name="confirmed_contribution_is_posted",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("receiver__isnull", False),
                            models.Q(("receipt", ""), _negated=True),
                            models.Q(("state", "confirmed"), _negated=True),
                            _connector="OR",
                        ),
                        name="given_against_a_receipt",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="HostedPeriod",
            fields=[
                (
                    "delivery",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="hosted",
                        serialize=False,
                        to="ledger.delivery",
                    ),
                ),
                ("starts_on", models.DateField()),
                ("ends_on", models.DateField()),
                ("sessions", models.PositiveSmallIntegerField()),
                ("minutes", models.PositiveSmallIntegerField()),
                ("rooms", models.PositiveSmallIntegerField()),
                ("people", models.CharField(max_length=240)),
                ("attendances", models.PositiveIntegerField()),
                ("most", models.PositiveIntegerField()),
            ],
            options={
                "verbose_name": "hosted period",
                "verbose_name_plural": "hosted periods",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("ends_on__gte", models.F("starts_on"))), name="hosted_period_in_order"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("minutes__gt", 0), ("rooms__gt", 0), ("sessions__gt", 0)),
                        name="hosted_something",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("people", ""), _negated=True),
                            ("attendances__gte", models.F("most")),
                            (
                                "attendances__lte",
                                django.db.models.expressions.CombinedExpression(
                                    models.F("most"), "*", models.F("sessions")
                                ),
                            ),
                        ),
                        name="hosted_people_add_up",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="HostedCost",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveSmallIntegerField()),
                ("what", models.CharField(max_length=80)),
                (
                    "account",
                    models.CharField(
                        choices=[
                            ("5301", "Electricity, gas, water, telephone"),
                            ("5201", "Members' work"),
                            ("5302", "Wear of rooms and machines"),
                            ("1301", "Materials from stock"),
                            ("1303", "Products of ours"),
                        ],
                        max_length=8,
                    ),
                ),
                ("quantity", models.BigIntegerField(blank=True, null=True)),
                ("price", models.BigIntegerField(blank=True, null=True)),
                ("amount", models.BigIntegerField()),
                (
                    "period",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="costs", to="ledger.hostedperiod"
                    ),
                ),
            ],
            options={
                "verbose_name": "cost of a hosting",
                "verbose_name_plural": "costs of hostings",
                "constraints": [
                    models.UniqueConstraint(fields=("period", "number"), name="hosted_cost_once"),
                    models.CheckConstraint(
                        condition=models.Q(("account__in", ["5301", "5201", "5302", "1301", "1303"])),
                        name="hosted_cost_account_known",
                    ),
                    models.CheckConstraint(condition=models.Q(("amount__gt", 0)), name="hosted_cost_above_zero"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("price", None), ("quantity", None)),
                            models.Q(("price__gt", 0), ("quantity__gt", 0)),
                            _connector="OR",
                        ),
                        name="hosted_cost_reckoned",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="HostingTerms",
            fields=[
                (
                    "agreement",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="hosting",
                        serialize=False,
                        to="ledger.agreement",
                    ),
                ),
                (
                    "activity",
                    models.CharField(
                        choices=[
                            ("popular_high_school", "Popular high school"),
                            ("clinic", "Health clinic"),
                            ("cultural_center", "Cultural center"),
                            ("soup_kitchen", "Soup kitchen"),
                            ("child_care", "Child care"),
                            ("library", "Library"),
                            ("community_radio", "Community radio"),
                            ("sports_club", "Sports club"),
                            ("housing", "Housing"),
                            ("other", "Other"),
                        ],
                        max_length=24,
                    ),
                ),
                ("rooms", models.PositiveSmallIntegerField()),
                ("weekdays", models.PositiveSmallIntegerField()),
                ("starts_at", models.PositiveSmallIntegerField()),
                ("ends_at", models.PositiveSmallIntegerField()),
                ("since", models.DateField()),
                ("until", models.DateField(blank=True, null=True)),
                ("papers", models.CharField(blank=True, max_length=80)),
            ],
            options={
                "verbose_name": "terms of a hosting",
                "verbose_name_plural": "terms of hostings",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "activity__in",
                                [
                                    "popular_high_school",
                                    "clinic",
                                    "cultural_center",
                                    "soup_kitchen",
                                    "child_care",
                                    "library",
                                    "community_radio",
                                    "sports_club",
                                    "housing",
                                    "other",
                                ],
                            )
                        ),
                        name="hosted_activity_known",
                    ),
                    models.CheckConstraint(condition=models.Q(("rooms__gt", 0)), name="hosted_in_a_room"),
                    models.CheckConstraint(
                        condition=models.Q(("weekdays__gt", 0), ("weekdays__lte", 127)), name="hosted_on_weekdays"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("ends_at__gt", models.F("starts_at")), ("ends_at__lte", 1440)),
                        name="hosted_hours_of_a_day",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("until", None), ("until__gte", models.F("since")), _connector="OR"),
                        name="hosting_ends_after_start",
                    ),
                ],
            },
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
                ],
                default="goods",
                max_length=12,
            ),
        ),
        migrations.AddConstraint(
            model_name="delivery",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "act__in",
                        ["goods", "money", "return", "shortfall", "allowance", "revaluation", "change", "hosted"],
                    )
                ),
                name="delivery_act_known",
            ),
        ),
    ]

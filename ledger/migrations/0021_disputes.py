"""Disputes about what was confirmed: both versions, who mediates, how it ended; resolutions behind reversals."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("ledger", "0020_mentoring"),
        ("network", "0010_elected_by"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="agreementstep",
            name="resolution",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="network.resolution",
            ),
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
                    ("handed", "noted what material was handed over"),
                    ("made", "noted what was made of it, and what became of the material"),
                    ("said_so", "said that it was so"),
                    ("denied", "said that it was not so"),
                    ("contested", "contested it"),
                    ("answered", "told another version"),
                    ("advised", "advised as a mediator"),
                    ("proposed", "proposed how the dispute ends"),
                    ("agreed", "agreed how the dispute ends"),
                    ("ended", "ended it"),
                    ("settled", "everything is delivered and nothing is owed"),
                ],
                max_length=16,
            ),
        ),
        migrations.CreateModel(
            name="Dispute",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.UUIDField(unique=True)),
                ("raised_on", models.DateField()),
                ("version", models.CharField(max_length=600)),
                ("other_version", models.CharField(blank=True, max_length=600)),
                ("answered_on", models.DateField(blank=True, null=True)),
                ("advice", models.CharField(blank=True, max_length=600)),
                ("advised_on", models.DateField(blank=True, null=True)),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("stands", "It stands as it was noted"),
                            ("corrected", "Another act puts it right"),
                            ("reversed", "It is undone"),
                        ],
                        max_length=10,
                    ),
                ),
                ("closed_on", models.DateField(blank=True, null=True)),
                (
                    "answered_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "closed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "correction",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="corrects",
                        to="ledger.delivery",
                    ),
                ),
                (
                    "delivery",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="disputes", to="ledger.delivery"
                    ),
                ),
                (
                    "mediates_for",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="network.organization",
                    ),
                ),
                (
                    "mediator",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "proposed_for",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="network.organization",
                    ),
                ),
                (
                    "raised_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "raised_for",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="network.organization"
                    ),
                ),
            ],
            options={
                "verbose_name": "dispute",
                "verbose_name_plural": "disputes",
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("closed_on", None)), fields=("delivery",), name="disputed_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("version", ""), _negated=True), name="dispute_says_what"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("answered_by", None), ("answered_on", None), ("other_version", "")),
                            models.Q(
                                models.Q(("other_version", ""), _negated=True),
                                ("answered_by__isnull", False),
                                ("answered_on__gte", models.F("raised_on")),
                            ),
                            _connector="OR",
                        ),
                        name="dispute_answered_by_somebody",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("advice", ""), ("advised_on", None), ("mediates_for", None), ("mediator", None)),
                            models.Q(
                                ("advice", ""),
                                ("advised_on", None),
                                ("mediates_for__isnull", False),
                                ("mediator__isnull", False),
                            ),
                            models.Q(
                                models.Q(("advice", ""), _negated=True),
                                ("advised_on__gte", models.F("raised_on")),
                                ("mediates_for__isnull", False),
                                ("mediator__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="dispute_advised_by_its_mediator",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("closed_by", None),
                                ("closed_on", None),
                                ("correction", None),
                                ("outcome", ""),
                                ("proposed_for", None),
                            ),
                            models.Q(
                                ("proposed_for__isnull", False),
                                models.Q(
                                    models.Q(("correction__isnull", False), ("outcome", "corrected")),
                                    models.Q(("correction", None), ("outcome__in", ["stands", "reversed"])),
                                    _connector="OR",
                                ),
                                models.Q(
                                    models.Q(("closed_by", None), ("closed_on", None)),
                                    models.Q(("closed_by__isnull", False), ("closed_on__gte", models.F("raised_on"))),
                                    _connector="OR",
                                ),
                            ),
                            _connector="OR",
                        ),
                        name="dispute_ends_as_proposed",
                    ),
                ],
            },
        ),
    ]

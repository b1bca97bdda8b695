"""The ledger as a Django app; the rules of the database are put in place again after every migrate."""

from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate, pre_migrate
from django.utils.translation import gettext_lazy as _


class LedgerConfig(AppConfig):
    """Label `ledger`."""

    name = "ledger"
    verbose_name = _("Ledger")

    def ready(self) -> None:
        """Bind the rules to migrate: SQLite rebuilds tables and drops their triggers without a word."""
        pre_migrate.connect(_take_rules_away, sender=self)
        post_migrate.connect(_put_rules_in_place, sender=self)


def _take_rules_away(*, using: str, **_: Any) -> None:
    # A trigger that names a table which is being rebuilt makes SQLite refuse the rebuild.
    from network import rules

    rules.drop(using=using)


def _put_rules_in_place(*, using: str, **_: Any) -> None:
    from ledger.actions import surplus, units
    from network import rules

    rules.install(using=using)
    if not rules.missing(using=using):
        units.put_in_place()
        surplus.put_in_place()

"""django-hordak in its own way: a Transaction and its Legs, created one by one in an atomic block."""

from decimal import Decimal
from typing import Any

import django
from django.conf import settings
from django.core.management import call_command
from django.db import connection, transaction

from tests.benchmarks.clients import loop
from tests.benchmarks.world import TODAY, World

KINDS = {"receivable": "AS", "stock": "AS", "payable": "LI", "income": "IN"}


def configure(told: dict[str, Any]) -> None:
    """Set up a Django project that holds nothing but hordak."""
    settings.configure(
        INSTALLED_APPS=[
            "django.contrib.contenttypes",
            "django.contrib.auth",
            "mptt",
            "djmoney",
            "hordak",
        ],
        DATABASES={
            "default": {
                "ENGINE": "django.db.backends.postgresql",
                "NAME": told["database"],
                "USER": "postgres",
                "HOST": told["host"],
                "CONN_MAX_AGE": 60,
            }
        },
        DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
        USE_TZ=True,
        # Hordak reads exchange rates for few currencies; one is as good as another here.
        DEFAULT_CURRENCY="EUR",
        HORDAK_INTERNAL_CURRENCY="EUR",
        CURRENCIES=["EUR"],
        HORDAK_CURRENCIES=["EUR"],
    )
    django.setup()


class Hordak:
    """The accounts by name, and the way to post."""

    def __init__(self, told: dict[str, Any]) -> None:
        self.world = World.of(told)
        self.deals = self.world.deals(client=told["client"])
        self.accounts: dict[str, Any] = {}

    def prepare(self) -> None:
        """Make the tables and the accounts, the latter as hordak's own command for benchmarks does."""
        from hordak.models import Account  # type: ignore[import-not-found]

        call_command("migrate", verbosity=0)
        Account.objects.bulk_create(
            Account(name=name, type=KINDS[name.split(":")[0]], lft=0, rght=0, tree_id=0, level=0, currencies=["EUR"])
            for name in self.world.accounts
        )
        Account.objects.rebuild()

    def look(self) -> None:
        """Read the accounts."""
        from hordak.models import Account  # type: ignore[import-not-found]

        self.accounts = {account.name: account for account in Account.objects.all()}

    def post(self) -> int:
        """Write one event as one transaction with four legs."""
        from hordak.models import Leg, Transaction
        from moneyed import Money

        deal = next(self.deals)
        with transaction.atomic():
            event = Transaction.objects.create(description=f"Entrega {deal.number}", date=TODAY)
            for name, amount in deal.postings:
                money = Money(Decimal(abs(amount)).scaleb(-2), "EUR")
                if amount > 0:
                    Leg.objects.create(transaction=event, account=self.accounts[name], debit=money)
                else:
                    Leg.objects.create(transaction=event, account=self.accounts[name], credit=money)
        return 1


def main() -> None:
    """Prepare the database, or serve."""
    told = loop.options()
    configure(told)
    ledger = Hordak(told)
    if told["job"] == "prepare":
        ledger.prepare()
        ledger.look()
        for _ in range(told["rows"]):
            ledger.post()
        connection.close()
        return
    ledger.look()
    loop.serve(ledger.post)


if __name__ == "__main__":
    main()

"""`manage.py open_book --for CODE [--on DAY] [--unit ARS] [--month 1]`: open an organization's book."""

import datetime as dt
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from ledger.actions import accounts
from ledger.models.units import Unit
from network.errors import DomainError
from network.models.organizations import Organization


class Command(BaseCommand):
    """Open a book with the chart of accounts."""

    help = "Open the book of an organization that the register has, with the chart of accounts."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--for", dest="code", required=True, help="code of the organization")
        parser.add_argument("--on", type=dt.date.fromisoformat, help="first day, YYYY-MM-DD (default: today)")
        parser.add_argument("--unit", default="ARS", help="the money that the book is kept in")
        parser.add_argument(
            "--month", type=int, default=1, choices=range(1, 13), help="month its fiscal year starts in"
        )

    def handle(self, *args: Any, code: str, on: dt.date | None, unit: str, month: int, **options: Any) -> None:
        organization = Organization.objects.filter(code=code).first()
        money = Unit.objects.filter(code=unit, kind="money").first()
        if organization is None:
            raise CommandError(f"There is no organization with the code {code}.")
        if money is None:
            raise CommandError(f"{unit} is not a money that the books know.")
        try:
            accounts.open_book(
                organization=organization, unit=money, on=on or timezone.localdate(), year_starts_month=month
            )
        except DomainError as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(f"The book of {organization.name} is open.")

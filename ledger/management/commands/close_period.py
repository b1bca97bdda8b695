"""`manage.py close_period --for CODE --through DAY --by EMAIL`: close a book up to and including a day."""

import datetime as dt
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from ledger.actions import years
from ledger.models.accounts import Book
from network.errors import DomainError
from network.models.people import User


class Command(BaseCommand):
    """Close a period of one book."""

    help = "From then on the book takes entries of later days only; a closing is never taken back."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--for", dest="code", required=True, help="code of the organization")
        parser.add_argument("--through", type=dt.date.fromisoformat, required=True, help="last closed day, YYYY-MM-DD")
        parser.add_argument("--by", required=True, help="e-mail address of the officer who closes it")

    def handle(self, *args: Any, code: str, through: dt.date, by: str, **options: Any) -> None:
        book = Book.objects.select_related("organization").filter(organization__code=code).first()
        person = User.objects.filter(email__iexact=by).first()
        if book is None:
            raise CommandError(f"No organization with the code {code} keeps a book.")
        if person is None:
            raise CommandError(f"Nobody logs in with {by}.")
        try:
            years.close_period(book=book, through=through, on=timezone.localdate(), by=person)
        except DomainError as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(f"{book} is closed up to {through}.")

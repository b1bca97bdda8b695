"""`manage.py demo_pages`: open the pages of two cooperatives of the demo network, which `manage.py demo` has loaded."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from network.errors import DomainError
from reports.actions import demo_pages


class Command(BaseCommand):
    """Open two pages that anybody reads, and publish a report on one of them."""

    help = "Open the pages of two cooperatives of the demo network, with a report. Twice is the same as once."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            is_new = demo_pages.load(on=timezone.localdate(), clock=timezone.now)
        except DomainError as refusal:
            raise CommandError(str(refusal)) from refusal
        if is_new:
            self.stdout.write("  demo network: two pages are open to anybody, at /open/")

"""`manage.py seal`: seal what is new, here and now, without waiting for the worker."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from ledger.actions import seals


class Command(BaseCommand):
    """Seal new events."""

    help = "Seal new events in blocks and print the heads: height and hash."

    def handle(self, *args: Any, **options: Any) -> None:
        for seal in seals.seal(at=timezone.now()):
            self.stdout.write(f"{seal.height} {seal.hash} {seal.events} events")

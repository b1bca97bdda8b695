"""The head of the chain of seals that a paper carries out of the building (docs/seals.md)."""

import datetime as dt
from dataclasses import dataclass

from django.utils import timezone

from ledger.models import Seal


@dataclass(frozen=True, slots=True)
class Head:
    """The block that sealed the last entry a paper tells of."""

    height: int
    hash: str
    sealed_on: dt.date

    @property
    def line(self) -> str:
        """It as heads are kept outside: `height hash date`, what `manage.py verify --against` takes."""
        return f"{self.height} {self.hash} {self.sealed_on.isoformat()}"

    @property
    def groups(self) -> list[str]:
        """The hash in groups of eight, so that two people can compare it aloud."""
        return [self.hash[at : at + 8] for at in range(0, len(self.hash), 8)]


def covering(*, event: int) -> Head | None:
    """Return the first block that speaks of an event, or None: it is not sealed yet. It is the same for ever after."""
    seal = Seal.objects.filter(last_event__gte=event).order_by("height").first()
    return Head(seal.height, seal.hash, timezone.localdate(seal.sealed_at)) if seal else None

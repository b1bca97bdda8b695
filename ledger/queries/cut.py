"""Up to which event several books are told: what is recorded later changes nothing of it."""

from dataclasses import dataclass

from django.db.models import Q


@dataclass(frozen=True, slots=True)
class Cut:
    """The last event that counts."""

    event: int
    #: Lower numbers whose slower transactions had not committed by then (PostgreSQL gives numbers before it commits).
    late: frozenset[int] = frozenset()

    def told(self, path: str = "event") -> Q:
        """Return the condition that the event reached by `path` is told."""
        return Q(**{f"{path}__lte": self.event}) & ~self._late(path)

    def not_told(self, path: str = "event") -> Q:
        """Return the condition that it is not."""
        return Q(**{f"{path}__gt": self.event}) | self._late(path)

    def _late(self, path: str) -> Q:
        return Q(**{f"{path}__in": self.late})

"""What holds from a day until another (exclusive), or until nobody knows when."""

import datetime as dt
from typing import Self, TypeVar

from django.db import models
from django.db.models import Q

Row = TypeVar("Row", bound=models.Model)


class PeriodQuerySet(models.QuerySet[Row]):
    """Rows with `starts_on` and `until`, chainable."""

    def in_force(self, on: dt.date) -> Self:
        """Return those that hold on that day."""
        return self.filter(Q(until=None) | Q(until__gt=on), starts_on__lte=on)


class Period(models.Model):
    """The two days."""

    starts_on = models.DateField()
    until = models.DateField(null=True, blank=True)

    class Meta:
        abstract = True

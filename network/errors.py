"""The base of every refusal, the only exception class that apps share."""

import datetime as dt
from typing import Any

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


def written(value: Any) -> Any:
    """Return a day as the reader's language writes it, and anything else as it is."""
    return date_format(value, "SHORT_DATE_FORMAT") if isinstance(value, dt.date) else value


class DomainError(Exception):
    """A rule says no. A subclass is named as a sentence and stands beside the action that raises it.

    `message` is what the user reads: a whole sentence that says what to do, with named placeholders.
    """

    message: str | Promise = _("This cannot be done.")

    def __init__(self, **values: Any) -> None:
        """Keep the values that the sentence speaks of."""
        super().__init__()
        self.values = values

    def __str__(self) -> str:
        """Return the sentence in the active language, its days as people write them."""
        told = {name: written(value) for name, value in self.values.items()}
        return str(self.message) % told if told else str(self.message)

    @property
    def code(self) -> str:
        """The name of the refusal, stable across languages."""
        return type(self).__name__

"""Form fields that every app uses."""

import datetime as dt
from typing import Any

from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from network.models.resolutions import Resolution

EARLIEST, LATEST = dt.date(1900, 1, 1), dt.date(2200, 12, 31)


class ActField(forms.ModelChoiceField):  # type: ignore[type-arg]  # generic only for the type checker
    """One of the latest resolutions of a body."""

    def label_from_instance(self, obj: Resolution) -> str:
        return f"{obj.cited}, {date_format(obj.resolved_on, 'SHORT_DATE_FORMAT')}: {obj.text[:60]}"


class BodyActField(ActField):
    """One of the latest resolutions of several bodies."""

    def label_from_instance(self, obj: Resolution) -> str:
        return f"{obj.organization.name}, {super().label_from_instance(obj)}"


class DayField(forms.DateField):
    """A day of these two centuries and the next; browsers show a calendar, and anybody can type it."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("widget", forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
        options.setdefault("input_formats", ["%Y-%m-%d", "%d/%m/%Y", "%d/%m/%y"])
        options.setdefault("error_messages", {"invalid": _("That is not a day. Write it like 31/12/2026.")})
        super().__init__(**options)
        self.validators.append(in_these_centuries)


def in_these_centuries(day: dt.date) -> None:
    """Refuse a day that is a slip of the pen: nobody here reckons with it, and sums of days would end somewhere."""
    if not EARLIEST <= day <= LATEST:
        raise forms.ValidationError(_("Check the year: it goes from 1900 to 2200."), code="year")


class CountField(forms.IntegerField):
    """A number of people, from zero."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("min_value", 0)
        options.setdefault("max_value", 1_000_000)
        options.setdefault("widget", forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}))
        super().__init__(**options)


def whole_number(text: str | None) -> int:
    """Return the number of a row that a page sends or names; 0, which no row has, for anything else."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 18 else 0

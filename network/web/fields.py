"""Form fields that every app uses."""

import datetime as dt
from typing import Any, cast

from django import forms
from django.db.models import QuerySet
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from network.models.resolutions import Resolution
from network.queries import assemblies

EARLIEST, LATEST = dt.date(1900, 1, 1), dt.date(2200, 12, 31)


#: Before what is typed as the number of a resolution, which is no row's number.
TYPED = "#"


class ActSelect(forms.Select):
    """The latest resolutions to choose from; where there may be more, an older one by its number."""

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        chosen, typed = super().value_from_datadict(data, files, name), (data.get(f"{name}-number") or "").strip()
        # Both: neither is guessed (`ActField.to_python`).
        return f"{TYPED}{typed}{TYPED}{chosen or ''}" if typed else chosen

    def optgroups(self, name: str, value: list[str], attrs: dict[str, Any] | None = None) -> Any:
        groups = super().optgroups(name, value, attrs)
        self.may_be_older = len(groups) >= assemblies.LATEST
        return groups

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        typed, chosen = value[1:].split(TYPED, 1) if isinstance(value, str) and value.startswith(TYPED) else ("", value)
        select = super().render(name, chosen, attrs, renderer)
        if not typed and not self.may_be_older:
            return select
        return format_html(
            '{}<p><label for="{id}-number">{}</label> <input id="{id}-number" name="{}-number" value="{}" size="6"'
            ' inputmode="numeric" autocomplete="off"></p>',
            select,
            _("Or an older one, by its number:"),
            name,
            typed,
            id=(attrs or {}).get("id", name),
        )

    def use_required_attribute(self, initial: Any) -> bool:  # noqa: ARG002  # Django's signature
        # The number may stand instead.
        return False


class ActField(forms.ModelChoiceField):  # type: ignore[type-arg]  # generic only for the type checker
    """A resolution of a body: one of the latest, or any other by its number in the book."""

    widget = ActSelect

    def label_from_instance(self, obj: Resolution) -> str:
        return f"{obj.cited}, {date_format(obj.resolved_on, 'SHORT_DATE_FORMAT')}: {obj.text[:60]}"

    def to_python(self, value: Any) -> Any:
        if not (isinstance(value, str) and value.startswith(TYPED)):
            return super().to_python(value)
        typed, chosen = value[1:].split(TYPED, 1)
        if chosen:
            raise forms.ValidationError(_("Choose one of the list, or write the number of another: not both."))
        books = cast("QuerySet[Resolution]", self.queryset).order_by().values_list("organization", flat=True)
        found = list(Resolution.objects.filter(organization__in=books, number=whole_number(typed))[:2])
        if not found:
            raise forms.ValidationError(_("The book has no resolution of that number."))
        if len(found) > 1:
            raise forms.ValidationError(_("More than one book has a resolution of that number: choose it of the list."))
        return found[0]


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

"""The forms of the register."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from network.core import dates
from network.core.countries import PROVINCES
from network.core.organizations import LENGTHS, OF_ITS_OFFICERS, Details
from network.models.history import Happening
from network.models.organizations import Country, Kind, LegalForm, Sector
from network.models.particulars import Activity
from network.queries.register import FIELDS
from network.web.fields import DayField

#: Milestones reach back to the firm's foundation.
HAPPENED_FROM = 1800

EMPTY: list[tuple[str, Any]] = [("", "---------")]


def places() -> list[tuple[str, Any]]:
    """Return provinces and departments by country, each by its whole code: AR-B."""
    return [
        (str(Country(country).label), [(f"{country}-{letter}", name) for letter, name in known.items()])
        for country, known in PROVINCES.items()
    ]


def _text(name: str, *, required: bool = False, help_text: Any = "", length: int | None = None) -> forms.CharField:
    return forms.CharField(
        label=FIELDS[name], required=required, help_text=help_text, max_length=length or LENGTHS[name]
    )


def _choice(name: str, choices: Any, *, required: bool = False) -> forms.ChoiceField:
    return forms.ChoiceField(label=FIELDS[name], choices=choices, required=required)


class OrganizationForm(forms.Form):
    """All that the register says of an organization; officers see what is theirs to write."""

    code = forms.SlugField(
        label=FIELDS["code"],
        max_length=40,
        required=False,
        help_text=_("Small letters, digits and hyphens; it stays for good. Empty: it is made of the name."),
    )
    name = _text("name", required=True)
    kind = _choice("kind", EMPTY + Kind.choices, required=True)
    sector = _choice("sector", EMPTY + Sector.choices)
    legal_form = _choice("legal_form", EMPTY + LegalForm.choices)
    tax_id = _text("tax_id", help_text=_("CUIT in Argentina, NIT in Bolivia."), length=20)
    national_number = _text("national_number", help_text=_("Only for cooperatives and their federations."))
    provincial_number = _text("provincial_number", help_text=_("If there is one beside the national."))
    activity = _choice("activity", EMPTY + Activity.choices)
    district = _text("district", help_text=_("Only for neighborhood councils."))
    households = forms.IntegerField(
        label=FIELDS["households"],
        required=False,
        min_value=1,
        max_value=1_000_000,
        help_text=_("Only for neighborhood councils."),
    )
    country = _choice("country", Country.choices, required=True)
    province = forms.ChoiceField(label=FIELDS["province"], required=False)
    city = _text("city")
    address = _text("address")
    email = forms.EmailField(
        label=FIELDS["email"],
        required=False,
        help_text=_("Of the organization, not of a person: everybody in the network sees it."),
    )
    phone = _text("phone")
    website = _text("website", help_text=_("Like https://example.org"))
    bank_key = _text(
        "bank_key", help_text=_("22 digits. Everybody in the network sees it, nobody outside does."), length=40
    )
    is_public = forms.BooleanField(
        label=_("Anybody may read its profile"),
        required=False,
        help_text=_("Name, kind, sector, town and web site, for directories of other networks. No person, no CBU."),
    )

    def __init__(self, *args: Any, is_new: bool, is_operator: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        province = self.fields["province"]
        if isinstance(province, forms.ChoiceField):
            province.choices = [*EMPTY, *places()]
        if not is_new:
            del self.fields["code"]
        if not is_operator:
            for name in set(self.fields) - set(OF_ITS_OFFICERS):
                del self.fields[name]

    @staticmethod
    def initial_of(details: Details) -> dict[str, Any]:
        """Return what the form shows of an organization."""
        shown = {name: getattr(details, name) for name in Details.__dataclass_fields__}
        shown["province"] = f"{details.country}-{details.province}" if details.province else ""
        return shown

    def values(self) -> dict[str, Any]:
        """Return what was written, by field of the register."""
        written = {name: value for name, value in self.cleaned_data.items() if name != "code"}
        if "province" in written:
            written["province"] = written["province"].removeprefix(f"{written['country']}-")
        return written


class CountForm(forms.Form):
    """How many work there."""

    workers = forms.IntegerField(label=_("How many work there"), min_value=0, max_value=100_000)
    counted_on = DayField(label=_("On which day"))
    source = forms.CharField(
        label=_("Who counted"), max_length=80, help_text=_("The cooperative itself, INAES, a university; not a person.")
    )


class WhenField(forms.CharField):
    """A date that may be known to the year or the month only; the firm may have been founded in the century before."""

    def clean(self, value: Any) -> Any:
        """Return the date as far as it is known."""
        written = super().clean(value)
        try:
            told = dates.parse(written)
        except dates.NotADate:
            message = _("This is not a date. Write it like 15/3/2001, 3/2001 or 2001.")
            raise forms.ValidationError(message, code="invalid") from None
        if told.first.year < HAPPENED_FROM:
            too_early = _("Check the year: it goes from %(first)s on.")
            raise forms.ValidationError(too_early, code="invalid", params={"first": HAPPENED_FROM})
        return told


class MilestoneForm(forms.Form):
    """Something that happened in a recuperation."""

    kind = forms.ChoiceField(label=_("What happened"), choices=EMPTY + Happening.choices)
    happened = WhenField(
        label=_("When"), max_length=10, help_text=_("As much as is known: 15/3/2001, 3/2001 or only 2001.")
    )
    note = forms.CharField(
        label=_("In a few words"), max_length=200, required=False, help_text=_("Without names of persons.")
    )
    paper = forms.CharField(
        label=_("Paper that shows it"),
        max_length=120,
        required=False,
        help_text=_("A law, a file, an act: its number."),
    )
    link = forms.CharField(
        label=_("Or a link"),
        max_length=300,
        required=False,
        help_text=_("A paper or a link: one of the two is needed."),
    )


class SearchForm(forms.Form):
    """What one looks for in the register."""

    q = forms.CharField(label=_("Name, town or CUIT"), max_length=100, required=False)
    kind = forms.ChoiceField(label=_("What it is"), choices=[("", _("Any")), *Kind.choices], required=False)
    sector = forms.ChoiceField(label=_("What it makes"), choices=[("", _("Any")), *Sector.choices], required=False)
    place = forms.ChoiceField(label=_("Province or department"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        place = self.fields["place"]
        if isinstance(place, forms.ChoiceField):
            place.choices = [("", _("Any")), *places()]

    def words(self) -> dict[str, str]:
        """Return what is looked for; what nobody can look for is left out."""
        self.full_clean()
        return {
            "words": self.cleaned_data.get("q", ""),
            **{name: self.cleaned_data.get(name, "") for name in ("kind", "sector", "place")},
        }

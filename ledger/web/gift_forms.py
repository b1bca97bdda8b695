"""What is asked of a gift: money or goods, hours of work, mentoring."""

from typing import Any, ClassVar, cast

from django import forms
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ledger.actions import contributions as actions
from ledger.actions.contributions import Gift
from ledger.models.contributions import BEARERS, WORKED, ChargedTo, Contribution, ContributionKind, PaidFrom
from ledger.models.hosting import HowCounted
from ledger.models.units import Unit
from ledger.queries import contributions, hosting
from ledger.web.access import Desk
from ledger.web.fields import KeyField, NumberField, minor
from network.models.organizations import Organization
from network.models.resolutions import Resolution
from network.queries import assemblies
from network.web.fields import ActField, CountField, DayField


class GivenForm(forms.Form):
    """What every gift is: to whom, what, when."""

    #: What stands folded below the first questions, and what that is called.
    LATER: ClassVar[tuple[str, ...]] = ("happened_on",)
    FOLDED: ClassVar[Promise] = _("Day")

    key = KeyField()
    what = forms.CharField(label=_("What you gave"), max_length=120)
    receiver = forms.ModelChoiceField(
        queryset=Organization.objects.none(),
        label=_("To whom"),
        required=False,
        empty_label=_("somebody who is not in the register"),
    )
    receiver_name = forms.CharField(
        label=_("Their name, if they are not in the register"), max_length=120, required=False
    )
    happened_on = DayField(label=_("Day"))

    def __init__(self, *args: Any, at: Desk, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast("forms.ModelChoiceField[Organization]", self.fields["receiver"]).queryset = self.receivers(at)

    def asked_first(self) -> list[forms.BoundField]:
        """Return the first questions."""
        return [field for field in self.visible_fields() if field.name not in self.LATER]

    def asked_later(self) -> list[forms.BoundField]:
        """Return what is folded."""
        return [self[name] for name in self.LATER]

    def receivers(self, at: Desk) -> Any:
        """Return to whom it can be given."""
        return hosting.bodies().exclude(pk=at.organization.pk)

    def count(self, name: str, unit: Unit) -> None:
        """Turn what was written into minor units of a unit."""
        if self.cleaned_data.get(name) is not None:
            try:
                self.cleaned_data[name] = minor(self.cleaned_data[name], unit)
            except forms.ValidationError as error:
                self.add_error(name, error)

    def gift(self) -> Gift:
        """Return what was written."""
        data = {name: value for name, value in self.cleaned_data.items() if name != "key"}
        return Gift(**data | {"kind": ContributionKind(data.get("kind", ContributionKind.WORK))})


class GiftForm(GivenForm):
    """Money or goods, out of the results or a fund, by a resolution."""

    LATER = ("kind", "attendances", "counted", "has_return", "charged_to", "paid_from", "happened_on")
    FOLDED = _("What for, who came, out of what, day")

    amount = NumberField(label=_("What it is worth, in pesos"))
    kind = forms.ChoiceField(
        label=_("What for"), choices=[each for each in ContributionKind.choices if each[0] not in WORKED]
    )
    resolution = ActField(
        label=_("Resolution that allows it"),
        queryset=Resolution.objects.none(),
        required=False,
        help_text=_("Goods out of the results of the year need none; everything else is decided by the assembly."),
    )
    attendances = CountField(
        label=_("Of an event: how many people came"), min_value=1, max_value=actions.ATTENDANCES_MAX, required=False
    )
    counted = forms.ChoiceField(
        label=_("How you know how many came"), choices=[("", "—"), *HowCounted.choices], required=False
    )
    has_return = forms.BooleanField(
        label=_("Of an event: it brings you something back commercially"),
        required=False,
        help_text=_(
            "Your name on the shirts, a stand where you sell. Then it is advertising: reports tell it apart, and in no"
            " sum of what you gave."
        ),
    )
    charged_to = forms.ChoiceField(label=_("Out of what"), choices=[(each.value, each.label) for each in BEARERS])
    paid_from = forms.ChoiceField(label=_("What went out"), choices=PaidFrom.choices)
    field_order = ["key", "what", "amount", "receiver", "receiver_name", "kind", "resolution"]

    def __init__(self, *args: Any, at: Desk, **kwargs: Any) -> None:
        super().__init__(*args, at=at, **kwargs)
        self.unit = at.book.unit
        acts = cast("forms.ModelChoiceField[Resolution]", self.fields["resolution"])
        acts.queryset = assemblies.latest(at.organization)

    def clean(self) -> dict[str, Any]:
        super().clean()
        self.count("amount", self.unit)
        if self.cleaned_data.pop("has_return", False) and "charged_to" in self.cleaned_data:
            if self.cleaned_data["charged_to"] != ChargedTo.RESULTS:
                self.add_error("charged_to", _("A fund bears no advertising: choose the results of the year."))
            self.cleaned_data["charged_to"] = ChargedTo.SPONSORSHIP.value
        return self.cleaned_data


class WorkForm(GivenForm):
    """Hours of work, counted and never priced."""

    hours = NumberField(label=_("Hours in all"))
    people = CountField(label=_("How many people gave them"), min_value=1, max_value=actions.PEOPLE_MAX)
    field_order = ["key", "what", "hours", "people", "receiver", "receiver_name"]

    def receivers(self, at: Desk) -> Any:
        """Return the community, and sister cooperatives for what they do in their neighborhood."""
        return Organization.objects.exclude(pk=at.organization.pk).order_by("name")

    def clean(self) -> dict[str, Any]:
        super().clean()
        self.count("hours", Unit.objects.get(code="HORA"))
        return self.cleaned_data


class MentoredField(forms.ModelChoiceField):  # type: ignore[type-arg]  # generic only for the type checker
    """One of the mentorings that were received."""

    def label_from_instance(self, obj: Contribution) -> str:
        return f"{obj.giver.name}: {obj.what}, {date_format(obj.happened_on, 'SHORT_DATE_FORMAT')}"


class MentoringForm(WorkForm):
    """What one cooperative taught another: hours, who learned, what they were handed."""

    LATER = ("manuals", "happened_on", "passes_on")
    FOLDED = _("Manuals, day, what you pass on")

    trainees = CountField(label=_("How many learned"), max_value=actions.PEOPLE_MAX, initial=0)
    manuals = CountField(
        label=_("Manuals, patterns or plans that you handed over"), max_value=actions.PEOPLE_MAX, initial=0
    )
    passes_on = MentoredField(
        label=_("What you received yourselves, and pass on by this"),
        queryset=Contribution.objects.none(),
        required=False,
        empty_label=_("nothing: you begin"),
    )
    field_order = ["key", "receiver", "what", "hours", "people", "trainees"]

    def __init__(self, *args: Any, at: Desk, **kwargs: Any) -> None:
        super().__init__(*args, at=at, **kwargs)
        del self.fields["receiver_name"]
        self.fields["what"].label = _("What you taught")
        self.fields["people"].label = _("How many of you taught")
        whom = cast("forms.ModelChoiceField[Organization]", self.fields["receiver"])
        whom.label, whom.required, whom.empty_label = _("Whom"), True, "—"
        mentored = cast("forms.ModelChoiceField[Contribution]", self.fields["passes_on"])
        mentored.queryset = contributions.mentored(at.organization)

    def gift(self) -> Gift:
        data = {name: value for name, value in self.cleaned_data.items() if name != "key"}
        return Gift(**data, kind=ContributionKind.MENTORING)


#: What is given → its form, what its page is called, and what it says first.
FORMS: dict[str, tuple[type[GivenForm], Promise, Promise]] = {
    "gift": (
        GiftForm,
        _("Note something given"),
        _(
            "Money or goods for the neighborhood, as your assembly decided: a donation, housing, the repair of a"
            " hospital or a school, an event."
        ),
    ),
    "work": (
        WorkForm,
        _("Note hours of work given"),
        _(
            "Hours that your people gave the neighborhood, or a sister cooperative for what it does there. They are"
            " counted, never priced, and nobody is named."
        ),
    ),
    "mentoring": (
        MentoringForm,
        _("Note mentoring"),
        _(
            "Hours in which your people taught those of another cooperative, and what you handed them. They are"
            " counted, never priced, and nobody is named."
        ),
    ),
}

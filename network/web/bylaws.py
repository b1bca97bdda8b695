"""What the statute says of assemblies and offices: to read, and to set once an assembly decided it."""

from typing import Any, cast

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from network.actions import bylaws as acting
from network.actions.bylaws import Rules
from network.core.quorum import Share
from network.errors import DomainError
from network.models.bylaws import BINDING_OFFICES, Bylaws, Office
from network.models.resolutions import Resolution
from network.queries import assemblies, councils
from network.web.access import Desk, desk, say_refusals
from network.web.fields import ActField, CountField

#: The offices of which there may be several or none, in the order of the form.
COUNTED = (
    Office.PRESIDENT,
    Office.SECRETARY,
    Office.TREASURER,
    Office.MEMBER_AT_LARGE,
    Office.ALTERNATE,
    Office.INTERNAL_AUDITOR,
)
#: Larger numbers are no rule of a statute.
PART = {"min_value": 1, "max_value": 1_000}


class RulesForm(forms.Form):
    """Quorum, majorities, terms, seats."""

    quorum_numerator = CountField(label=_("Quorum: more than so many"), **PART)
    quorum_denominator = CountField(label=_("of so many who may vote"), **PART)
    second_call_minutes = CountField(
        label=_("Minutes until the second call"),
        max_value=1_440,
        required=False,
        help_text=_("Empty where the statute knows no second call."),
    )
    qualified_numerator = CountField(label=_("Qualified majority: at least so many"), **PART)
    qualified_denominator = CountField(label=_("of so many votes"), **PART)
    abstentions_count = forms.BooleanField(label=_("Who abstains counts as present and weighs against"), required=False)
    term_months_max = CountField(label=_("A mandate lasts at most so many months"), min_value=1, max_value=120)
    rotates = forms.BooleanField(label=_("Offices go round: nobody holds one twice in a row"), required=False)
    titles = forms.CharField(
        label=_("Rotating offices"),
        required=False,
        max_length=4_000,
        help_text=_("One a line, by the name that they have here."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    speaking = forms.CharField(
        label=_("Rotating offices that speak for it"),
        required=False,
        max_length=4_000,
        help_text=_(
            "Of those above, whoever accepts and confirms for the organization, one a line. Empty: in a neighborhood"
            " council all of them, elsewhere none."
        ),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    resolution = ActField(label=_("Resolution"), queryset=Resolution.objects.none())

    def __init__(self, *args: Any, at: Desk, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for office in COUNTED:
            self.fields[office.value] = CountField(label=office.label, max_value=1 if office in BINDING_OFFICES else 50)
        cast("forms.ModelChoiceField[Resolution]", self.fields["resolution"]).queryset = assemblies.latest(
            at.organization
        )
        last = ("titles", "speaking", "resolution")
        self.order_fields([*(name for name in self.fields if name not in last), *last])

    @property
    def rules(self) -> Rules:
        """What was written, as the action takes it.

        :raises ValueError: if a part is larger than its whole.
        """
        given = self.cleaned_data
        return Rules(
            quorum=Share(given["quorum_numerator"], given["quorum_denominator"]),
            qualified=Share(given["qualified_numerator"], given["qualified_denominator"]),
            second_call_minutes=given["second_call_minutes"],
            abstentions_count=given["abstentions_count"],
            term_months_max=given["term_months_max"],
            rotates=given["rotates"],
        )


@login_required
@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, code: str) -> HttpResponse:
    at = desk(request, code)
    bylaws = Bylaws.of(at.organization)
    form = RulesForm(request.POST or None, at=at, initial=_initial(at, bylaws))
    if form.is_valid():
        try:
            acting.set_rules(
                organization=at.organization,
                rules=form.rules,
                seats={office: form.cleaned_data[office.value] for office in COUNTED},
                titles=form.cleaned_data["titles"].splitlines(),
                speaking=form.cleaned_data["speaking"].splitlines(),
                resolution=form.cleaned_data["resolution"],
                by=at.user,
                on=at.on,
            )
        except ValueError:
            form.add_error(None, str(_part_refused(form.cleaned_data)))
        except DomainError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The rules are set, as the assembly decided."))
            return redirect("network:council", code)
    say_refusals(request, at, form)
    return render(request, "network/councils/rules.html", at.context("council") | {"form": form, "bylaws": bylaws})


def _part_refused(given: dict[str, Any]) -> DomainError:
    """Return what is said of the part that is larger than its whole."""
    is_quorum = given["quorum_numerator"] > given["quorum_denominator"]
    return acting.QuorumIsNoPart() if is_quorum else acting.QualifiedIsTooLittle()


def _initial(at: Desk, bylaws: Bylaws) -> dict[str, Any]:
    names = ("quorum_numerator", "quorum_denominator", "second_call_minutes", "qualified_numerator")
    more = ("qualified_denominator", "abstentions_count", "term_months_max", "rotates")
    places = councils.places(at.organization, on=at.on)
    counted = {office.value: sum(place.office == office for place in places) for office in COUNTED}
    rotating = [place for place in places if place.office == Office.ROTATING]
    told = {"titles": rotating, "speaking": [place for place in rotating if place.speaks]}
    titles = {name: "\n".join(place.title or place.name for place in listed) for name, listed in told.items()}
    return {name: getattr(bylaws, name) for name in (*names, *more)} | counted | titles

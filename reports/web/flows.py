"""Who gives what to whom in a period: of one organization, of all below a body; and the entries behind."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, cast
from urllib.parse import urlencode

from django import forms
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from ledger.core import flows as core
from ledger.models.units import Unit
from ledger.queries import flows, owing
from ledger.web.access import Desk, desk
from reports.actions import pictures
from reports.core import periods
from reports.core.periods import Period, Span
from reports.templatetags import paper
from reports.web.owing import UnitChoice

PAGE = 50
#: In an address, what was given in anything.
ANY = "any"


def period_name(period: Period) -> str:
    """Return what a period is called."""
    match period.span:
        case Span.TWELVE:
            return _("the last 12 months")
        case Span.YEAR:
            return _("the year %(year)d") % {"year": period.starts_on.year}
        case Span.QUARTER:
            number = (period.starts_on.month + 2) // 3
            return _("quarter %(n)d of %(year)d") % {"n": number, "year": period.starts_on.year}
        case Span.MONTH:
            return paper.month(period.starts_on)


class FlowsForm(forms.Form):
    """Which period, in which unit, and whether bodies count as one."""

    period = forms.ChoiceField(label=gettext_lazy("Period"), required=False)
    unit = UnitChoice(label=gettext_lazy("Unit"), queryset=Unit.objects.none(), required=False, empty_label=None)
    by = forms.ChoiceField(
        label=gettext_lazy("Count as one"),
        choices=[("", gettext_lazy("each organization")), ("body", gettext_lazy("each body with all below it"))],
        required=False,
    )

    def __init__(self, *args: Any, offered: list[Period], units: list[Unit], oversees: bool, **kwargs: Any) -> None:
        kwargs["initial"] = {"period": offered[0].code, "unit": units[0] if units else None}
        super().__init__(*args, **kwargs)
        period = cast("forms.ChoiceField", self.fields["period"])
        period.choices = [(each.code, period_name(each)) for each in offered]
        unit = cast("forms.ModelChoiceField[Unit]", self.fields["unit"])
        unit.queryset = Unit.objects.filter(pk__in=[each.pk for each in units])
        if not oversees:
            del self.fields["by"]


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody asked to see, and of whom."""

    at: Desk
    oversees: bool
    organizations: set[int]
    unit: Unit | None
    period: Period
    by_body: bool
    form: FlowsForm

    @property
    def groups(self) -> dict[int, int]:
        """Organization → what it counts as."""
        return owing.groups(self.at.organization, on=self.at.on, by_body=True) if self.by_body else {}

    def query(self) -> str:
        """Return what stands after an address, so that the next page is asked the same."""
        asked = {"period": self.period.code, "unit": self.unit.pk if self.unit else ""}
        return urlencode(asked | ({"by": "body"} if self.by_body else {}))

    def behind(self, giver: int, kind: str, receiver: int) -> str:
        """Return the address of what stands behind a figure."""
        address = reverse("reports:flows-behind", args=[self.at.organization.code, giver, kind, receiver])
        return f"{address}?{self.query()}"


def _asked(request: HttpRequest, code: str) -> Asked:
    at = desk(request, code)
    oversees = at.oversees
    organizations = owing.scope(at.organization, on=at.on, oversees=oversees)
    units = flows.units(organizations)
    offered = periods.offered(at.on)
    form = FlowsForm(request.GET or None, offered=offered, units=units, oversees=oversees)
    data = form.cleaned_data if form.is_valid() else {}
    period = next((each for each in offered if each.code == data.get("period")), offered[0])
    unit = data.get("unit") or (units[0] if units else None)
    return Asked(at, oversees, organizations, unit, period, oversees and data.get("by") == "body", form)


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the table: who gave whom how much, in what, in how many exchanges, and where the entries are."""

    giver: str
    kind: str
    receiver: str
    amount: int
    count: int
    address: str


@login_required
@require_GET
def index(request: HttpRequest, code: str) -> HttpResponse:
    asked = _asked(request, code)
    context = asked.at.context("flows") | {
        "asked": asked,
        "form": asked.form,
        "period": period_name(asked.period),
        "query": asked.query(),
    }
    if asked.unit is not None:
        context |= _figures(request, asked, asked.unit)
    return render(request, "reports/flows/index.html", context)


def _figures(request: HttpRequest, asked: Asked, unit: Unit) -> dict[str, Any]:
    period, groups = asked.period, asked.groups
    found = flows.by_month(asked.organizations, unit=unit, starts_on=period.starts_on, ends_on=period.ends_on)
    rolled = core.rolled((flow for _month, flow in found), groups)
    names = names_of(rolled)
    kinds = pictures.kinds_named()
    rows = [
        Row(
            names[flow.giver],
            kinds[flow.kind],
            names[flow.receiver],
            flow.amount,
            flow.count,
            asked.behind(flow.giver, flow.kind, flow.receiver),
        )
        for flow in rolled.between
    ]
    inside = sorted(rolled.inside.items(), key=lambda item: (-item[1], item[0]))
    return {
        "unit": unit,
        "rolled": rolled,
        "all": rolled.between_all + rolled.inside_all,
        "rows": Paginator(rows, PAGE).get_page(request.GET.get("page")),
        "inside": [(names[group], given, asked.behind(group, ANY, group)) for group, given in inside],
        "sankey": pictures.flows(rolled, unit=unit, names=names, title=_("Who gives what to whom"), prefix="sankey"),
        "months": pictures.by_month(found, firsts=period.months, groups=groups, unit=unit),
    }


def names_of(rolled: core.Rolled) -> dict[int, str]:
    """Return group → its name, also of whoever keeps no book."""
    everybody = {side for flow in rolled.between for side in (flow.giver, flow.receiver)} | set(rolled.inside)
    return owing.names(everybody) | {core.WITHOUT_BOOK: _("community and others")}


@login_required
@require_GET
def behind(request: HttpRequest, code: str, giver: int, kind: str, receiver: int) -> HttpResponse:
    """Show the entries behind a figure."""
    asked = _asked(request, code)
    kinds = pictures.kinds_named() | {ANY: _("anything")}
    names = owing.names({giver, receiver}) | {core.WITHOUT_BOOK: _("community and others")}
    if asked.unit is None or kind not in kinds or not {giver, receiver} <= set(names):
        raise Http404
    groups = asked.groups
    sides = _members(groups, giver), _members(groups, receiver)
    found = flows.behind(
        asked.organizations,
        unit=asked.unit,
        starts_on=asked.period.starts_on,
        ends_on=asked.period.ends_on,
        kind=None if kind == ANY else kind,
        sides=sides,
    )
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    seen = flows.entries(list(page.object_list), organizations=asked.organizations)
    context = asked.at.context("flows") | {
        "page": page,
        "rows": [(flow, seen.get(flow.pk)) for flow in page.object_list],
        "giver": names[giver],
        "receiver": names[receiver],
        "is_inside": giver == receiver,
        "kind": kinds[kind],
        "kinds": kinds,
        "unit": asked.unit,
        "period": period_name(asked.period),
        "query": asked.query(),
    }
    return render(request, "reports/flows/behind.html", context)


def _members(groups: Mapping[int, int], group: int) -> set[int]:
    """Return the organizations that count as a group; whoever is in none stands for themselves."""
    return {each for each, its in groups.items() if its == group} or {group}

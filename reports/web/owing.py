"""Who owes whom: of one organization, of all below a body, of bodies among each other; and the entries behind."""

import datetime as dt
from dataclasses import dataclass
from typing import Any, cast
from urllib.parse import urlencode

from django import forms
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from ledger.core import owing as core
from ledger.models.units import Measure, Unit
from ledger.queries import owing
from ledger.queries.owing import Pair
from ledger.web.access import Desk, desk
from network.web.fields import DayField
from reports.actions import pictures
from reports.core import owing as drawn
from reports.templatetags import paper

PAGE = 50
#: So many debts, each with its entries, on the page behind a figure.
BEHIND = 20


class UnitChoice(forms.ModelChoiceField):  # type: ignore[type-arg]  # generic only for the type checker
    """A unit by its name."""

    def label_from_instance(self, obj: Unit) -> str:
        return obj.name


class PegChoice(forms.ModelChoiceField):  # type: ignore[type-arg]  # generic only for the type checker
    """What a debt keeps its value in, by its name."""

    def label_from_instance(self, obj: Measure) -> str:
        return paper.peg(obj)


class OwingForm(forms.Form):
    """As of which day, in which unit and peg, and whether bodies count as one."""

    day = DayField(label=gettext_lazy("As of"), required=False)
    unit = UnitChoice(label=gettext_lazy("Unit"), queryset=Unit.objects.none(), required=False, empty_label=None)
    peg = PegChoice(
        label=gettext_lazy("Kept in"),
        queryset=Measure.objects.none(),
        required=False,
        empty_label=gettext_lazy("anything"),
    )
    by = forms.ChoiceField(
        label=gettext_lazy("Count as one"),
        choices=[("", gettext_lazy("each organization")), ("body", gettext_lazy("each body with all below it"))],
        required=False,
    )

    def __init__(self, *args: Any, on: dt.date, units: list[Unit], oversees: bool, **kwargs: Any) -> None:
        kwargs["initial"] = {"day": on, "unit": units[0] if units else None}
        super().__init__(*args, **kwargs)
        self.on = on
        self.offer("unit", Unit.objects.filter(pk__in=[each.pk for each in units]))
        self.offer("peg", Measure.objects.select_related("unit"))
        if not oversees:
            del self.fields["by"]

    def offer(self, name: str, rows: QuerySet[Any]) -> None:
        """Say what a field offers."""
        cast("forms.ModelChoiceField[Any]", self.fields[name]).queryset = rows

    def clean_day(self) -> dt.date:
        """Refuse a day that has not come."""
        day: dt.date = self.cleaned_data["day"] or self.on
        if day > self.on:
            raise forms.ValidationError(_("That day has not come. Choose today or an earlier one."))
        return day


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody asked to see, and of whom."""

    at: Desk
    oversees: bool
    organizations: set[int]
    units: list[Unit]
    unit: Unit | None
    peg: Measure | None
    day: dt.date
    by_body: bool
    form: OwingForm

    def pairs(self, unit: Unit, peg: int | None) -> list[Pair]:
        """Return what is owed by and to them."""
        return owing.pairs(self.organizations, unit=unit, day=self.day, today=self.at.on, peg=peg)

    @property
    def groups(self) -> dict[int, int]:
        """Organization → what it counts as."""
        return owing.groups(self.at.organization, on=self.at.on, by_body=self.by_body)

    def query(self, **more: Any) -> str:
        """Return what stands after an address, so that the next page is asked the same."""
        asked = {"day": self.day.isoformat(), "unit": self.unit.pk if self.unit else "", **more}
        if self.peg:
            asked.setdefault("peg", self.peg.pk)
        if self.by_body:
            asked["by"] = "body"
        return urlencode(asked)


def _asked(request: HttpRequest, code: str) -> Asked:
    at = desk(request, code)
    oversees = at.oversees
    organizations = owing.scope(at.organization, on=at.on, oversees=oversees)
    units = owing.units(organizations)
    form = OwingForm(request.GET or None, on=at.on, units=units, oversees=oversees)
    data = form.cleaned_data if form.is_valid() else {}
    day = data.get("day") or at.on
    unit = data.get("unit") or (units[0] if units else None)
    by_body = oversees and data.get("by") == "body"
    return Asked(at, oversees, organizations, units, unit, data.get("peg"), day, by_body, form)


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the table: who owes whom how much, and where the entries are."""

    debtor: str
    creditor: str
    owed: core.Owed
    address: str
    peg: Measure | None = None
    quantity: int = 0


@login_required
@require_GET
def index(request: HttpRequest, code: str) -> HttpResponse:
    asked = _asked(request, code)
    context = asked.at.context("owing") | {"asked": asked, "form": asked.form, "day": asked.day}
    if asked.unit is not None:
        context |= _figures(request, asked, asked.unit)
    return render(request, "reports/owing/index.html", context)


def _figures(request: HttpRequest, asked: Asked, unit: Unit) -> dict[str, Any]:
    everything = asked.pairs(unit, None)
    pegs = {each.pk: each for each in owing.pegs(everything)}
    found = [each for each in everything if asked.peg is None or each.peg == asked.peg.pk]
    asked.form.offer("peg", Measure.objects.filter(pk__in=pegs).select_related("unit").order_by("thing", "pk"))
    groups = asked.groups
    rolled = owing.roll(found, _with_others(groups, found, asked))
    names = owing.names({each for pair in rolled.between for each in pair} | set(rolled.inside)) | {
        core.OTHERS: _("outside %(name)s") % {"name": asked.at.organization.name}
    }
    cells = {pair: owed.amount for pair, owed in rolled.between.items() if owed.amount > 0}
    said = pictures.debts(unit, names, len(cells))
    rows = _rows(asked, found, pegs, names, rolled)
    return {
        "unit": unit,
        "rows": Paginator(rows, PAGE).get_page(request.GET.get("page")),
        "rolled": rolled,
        "between": rolled.between_all,
        "inside": [(names[group], owed, _behind(asked, group, group)) for group, owed in _largest(rolled.inside)],
        "inside_all": rolled.inside_all,
        "all": rolled.between_all + rolled.inside_all,
        "matrix": drawn.matrix(cells, words=said, prefix="matrix") if cells else "",
        "bands": drawn.bands(cells, words=said, prefix="bands") if cells else "",
        "query": asked.query(),
        "brackets": [_("up to 30 days"), _("31–60"), _("61–90"), _("over 90")],
    }


def _with_others(groups: dict[int, int], found: list[Pair], asked: Asked) -> dict[int, int]:
    """Return the groups, and on one's own page everybody one has to do with for themselves."""
    if asked.oversees:
        return groups
    return {each: each for pair in found for each in (pair.debtor, pair.creditor)}


def _largest(found: Any) -> list[tuple[Any, core.Owed]]:
    return sorted(found.items(), key=lambda item: (-item[1].amount, item[0]))


def _rows(
    asked: Asked, found: list[Pair], pegs: dict[int, Measure], names: dict[int, str], rolled: core.Rolled
) -> list[Row]:
    """Return the lines of the table: by pair and peg; of bodies by pair alone, since they owe in many things."""
    if asked.by_body:
        return [
            Row(names[debtor], names[creditor], owed, _behind(asked, debtor, creditor))
            for (debtor, creditor), owed in _largest(rolled.between)
        ]
    everybody = owing.names({each for pair in found for each in (pair.debtor, pair.creditor)})
    return [
        Row(
            everybody[each.debtor],
            everybody[each.creditor],
            each.owed,
            _behind(asked, each.debtor, each.creditor, peg=each.peg),
            pegs[each.peg],
            each.quantity,
        )
        for each in sorted(found, key=lambda each: (-each.owed.amount, each.debtor, each.creditor, each.peg))
    ]


def _behind(asked: Asked, debtor: int, creditor: int, **more: Any) -> str:
    address = reverse("reports:owing-behind", args=[asked.at.organization.code, debtor, creditor])
    return f"{address}?{asked.query(**more)}"


@login_required
@require_GET
def behind(request: HttpRequest, code: str, debtor: int, creditor: int) -> HttpResponse:
    """Show the debts behind a figure, each with its entries."""
    asked = _asked(request, code)
    if asked.unit is None:
        raise Http404
    names = owing.names({debtor, creditor}) | {
        core.OTHERS: _("outside %(name)s") % {"name": asked.at.organization.name}
    }
    if not {debtor, creditor} <= set(names):
        raise Http404
    found = owing.behind(
        asked.organizations,
        unit=asked.unit,
        day=asked.day,
        today=asked.at.on,
        peg=asked.peg.pk if asked.peg else None,
        sides=(debtor, creditor),
        groups=asked.groups,
    )
    page = Paginator(found, BEHIND).get_page(request.GET.get("page"))
    claims = list(page.object_list)
    seen = owing.entries(claims, organizations=asked.organizations)
    debts = [(claim, [(move, seen.get((claim.pk, move.event_id))) for move in claim.moves]) for claim in claims]
    context = asked.at.context("owing") | {
        "debts": debts,
        "debtor": names[debtor],
        "creditor": names[creditor],
        "page": page,
        "unit": asked.unit,
        "day": asked.day,
        "peg": paper.peg(asked.peg) if asked.peg else "",
        "query": asked.query(),
    }
    return render(request, "reports/owing/behind.html", context)

"""Page: declare what the social report asks and only the cooperative knows."""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.forms.boundfield import BoundField
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.text import capfirst
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from ledger.web.access import desk
from network.errors import DomainError
from reports.actions import declarations as acting
from reports.models.declarations import ANSWER_MAX, ASKED, Item
from reports.queries import declarations
from reports.queries.declarations import Declared
from reports.web.periods import PeriodForm


class DeclarationsForm(forms.Form):
    """A field for each item, with what was declared so far."""

    def __init__(self, *args: Any, standing: dict[str, Declared], **kwargs: Any) -> None:
        kwargs["initial"] = {what: each.answer for what, each in standing.items()}
        super().__init__(*args, **kwargs)
        for item in Item:
            self.fields[item.value] = forms.CharField(
                label=capfirst(str(item.label)),
                max_length=ANSWER_MAX,
                required=False,
                widget=forms.Textarea(attrs={"rows": 2}),
            )

    @property
    def blocks(self) -> list[tuple[str, list[BoundField]]]:
        """The fields below the titles of the report's blocks."""
        return [(str(block.label), [self[item.value] for item in items]) for block, items in ASKED.items()]


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def index(request: HttpRequest, code: str) -> HttpResponse:
    at = desk(request, code)
    starts_on, ends_on = declarations.last_year(at.book, on=at.on)
    asked = PeriodForm(request.GET or None, initial={"starts_on": starts_on, "ends_on": ends_on})
    period = asked.cleaned_data if asked.is_valid() else asked.initial
    standing = declarations.declared(organization=at.organization, **period)
    form = DeclarationsForm(request.POST if request.method == "POST" else None, standing=standing)
    if form.is_valid() and (asked.is_valid() or not asked.is_bound):
        try:
            new = acting.declare(
                organization=at.organization,
                **period,
                answers=form.cleaned_data,
                by=at.user,
                on=at.on,
                at=timezone.now(),
            )
        except DomainError as refusal:
            form.add_error(None, str(refusal))
        else:
            said = ngettext("%(count)s answer is declared.", "%(count)s answers are declared.", new) % {"count": new}
            messages.success(request, said if new else _("Nothing was changed."))
            return redirect(f"{reverse('reports:declared', args=[code])}?{urlencode(period)}")
    context = at.context("reports") | {
        "asked": asked,
        "form": form,
        "period": period,
        "query": urlencode(period),
        "standing": standing,
        "items": len(Item),
        "periods": declarations.periods(at.organization),
        "language": get_language(),
    }
    return render(request, "reports/declarations/index.html", context)

"""Who invites an organization to belong, and what it says: yes by its officer or its resolution, no with a reason."""

from collections.abc import Iterable
from typing import Any, cast

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from network import permissions
from network.actions import invitations as acting
from network.errors import DomainError
from network.models.invitations import Answer, Invitation
from network.models.resolutions import Resolution
from network.queries import assemblies, invitations
from network.web.access import Desk, desk
from network.web.fields import ActField, whole_number

PAGE = 25


class AcceptForm(forms.Form):
    """By which resolution, where there is one."""

    acceptance = ActField(
        label=_("Resolution"),
        queryset=Resolution.objects.none(),
        required=False,
        help_text=_("By which it accepts, if its assembly or its council resolved so."),
    )

    def __init__(self, *args: Any, acts: QuerySet[Resolution], choices: list[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        acceptance = cast("forms.ModelChoiceField[Resolution]", self.fields["acceptance"])
        acceptance.queryset, acceptance.choices = acts, choices


class DeclineForm(forms.Form):
    """Why not."""

    reason = forms.CharField(label=_("Why not"), max_length=200, help_text=_("The body that invites reads it."))


@login_required
@require_http_methods(["GET", "POST"])
def index(request: HttpRequest, code: str) -> HttpResponse:
    at = desk(request, code)
    acts = assemblies.latest(at.organization)
    # Asked once for all the forms of the page.
    choices = list(cast("Iterable[Any]", ActField(queryset=acts, required=False).choices))

    def asked(answer: str, number: int, sent: QueryDict | None = None) -> AcceptForm | DeclineForm:
        ids = f"{answer}-{number}-%s"
        if answer == Answer.DECLINED:
            return DeclineForm(sent, auto_id=ids)
        return AcceptForm(sent, auto_id=ids, acts=acts, choices=choices)

    form: AcceptForm | DeclineForm | None = None
    chosen, answer = whole_number(request.POST.get("invitation")), request.POST.get("answer", "")
    if request.method == "POST" and answer in Answer.values:
        invitation = get_object_or_404(Invitation, member=at.organization, pk=chosen)
        form = asked(answer, chosen, request.POST)
        if form.is_valid():
            try:
                said = _answered(at, invitation, answer, form.cleaned_data)
            except DomainError as refusal:
                messages.error(request, str(refusal))
            else:
                messages.success(request, said)
                return redirect("network:invitations", code)
    page = Paginator(invitations.of_member(at.organization), PAGE).get_page(request.GET.get("page"))
    can_answer = permissions.can_answer(at.user, at.organization, on=at.on)
    shown = [
        (
            each,
            {
                name: form if form and (each.pk, name) == (chosen, answer) else asked(name, each.pk)
                for name in Answer.values
                if can_answer and not each.answer
            },
        )
        for each in page
    ]
    context = at.context("invitations") | {"page": page, "shown": shown}
    return render(request, "network/invitations/list.html", context, status=422 if form else 200)


def _answered(at: Desk, invitation: Invitation, answer: str, told: dict[str, Any]) -> str:
    if answer == Answer.DECLINED:
        acting.decline(invitation=invitation, by=at.user, on=at.on, **told)
        return str(_("Noted: it does not belong to that body."))
    acting.accept(invitation=invitation, by=at.user, on=at.on, **told)
    return str(_("It belongs to that body now."))

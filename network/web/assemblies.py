"""Assemblies: the list, calling one, and the page of one while it meets and afterwards."""

from typing import cast

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods

from network.actions import assemblies as acting
from network.core.quorum import Votes
from network.errors import DomainError
from network.models.assemblies import AgendaItem, Assembly, AssemblyKind, AssemblyState, Majority
from network.queries import assemblies
from network.web.access import Desk, desk, only_sent, say_refusals
from network.web.fields import CountField, DayField

PAGE = 25
#: Who called, opened, cancelled and closed it.
WHO = ("called_by", "opened_by", "cancelled_by", "closed_by")


class CallForm(forms.Form):
    """When, where, of how many, for what."""

    kind = forms.ChoiceField(label=_("What meets"), choices=AssemblyKind.choices)
    held_on = DayField(label=_("Day"))
    begins_at = forms.TimeField(
        label=_("Hour"), required=False, widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )
    place = forms.CharField(label=_("Place"), max_length=120, required=False)
    entitled = CountField(label=_("How many may vote"), min_value=1)
    agenda = forms.CharField(
        label=_("Agenda"),
        help_text=_("A point a line. Nothing else is decided."),
        max_length=10_000,
        widget=forms.Textarea(attrs={"rows": 6}),
    )


class MeetForm(forms.Form):
    """With how many it begins."""

    present = CountField(label=_("How many are present"))
    is_second_call = forms.BooleanField(label=_("It is the second call"), required=False)


class VoteForm(forms.Form):
    """What was voted, and how."""

    item = forms.ModelChoiceField(label=_("Point of the agenda"), queryset=AgendaItem.objects.none())
    text = forms.CharField(
        label=_("What was put to the vote"), max_length=600, widget=forms.Textarea(attrs={"rows": 3})
    )
    majority = forms.ChoiceField(label=_("Majority that it needs"), choices=Majority.choices)
    in_favour = CountField(label=_("In favor"))
    against = CountField(label=_("Against"))
    abstentions = CountField(label=_("Abstentions"))

    def __init__(self, *args: object, assembly: Assembly, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # passed on as they came
        points = cast("forms.ModelChoiceField[AgendaItem]", self.fields["item"])
        points.queryset = assembly.agenda.order_by("number")


class CloseForm(forms.Form):
    """The minutes."""

    minutes = forms.CharField(
        label=_("Minutes"),
        help_text=_("What was said that is to be kept. People are counted, not named."),
        max_length=50_000,
        widget=forms.Textarea(attrs={"rows": 8}),
    )


@login_required
@require_GET
def index(request: HttpRequest, code: str) -> HttpResponse:
    at = desk(request, code)
    page = Paginator(assemblies.of(at.organization), PAGE).get_page(request.GET.get("page"))
    return render(request, "network/assemblies/list.html", at.context("assemblies") | {"page": page})


@login_required
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest, code: str) -> HttpResponse:
    at = desk(request, code)
    form = CallForm(request.POST or None)
    if form.is_valid():
        given = form.cleaned_data
        try:
            assembly = acting.call(
                organization=at.organization,
                kind=AssemblyKind(given["kind"]),
                held_on=given["held_on"],
                begins_at=given["begins_at"],
                place=given["place"],
                entitled=given["entitled"],
                agenda=given["agenda"].splitlines(),
                by=at.user,
                on=at.on,
            )
        except DomainError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The assembly is called."))
            return redirect("network:assembly", code, assembly.pk)
    unsaved = say_refusals(request, at, form)
    context = at.context("assemblies") | {"form": form, "unsaved": unsaved}
    return render(request, "network/assemblies/new.html", context)


@login_required
@require_GET
def detail(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    at = desk(request, code)
    return _page(request, at, _assembly(at, pk))


@login_required
@only_sent
def meet(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    at = desk(request, code)
    assembly, form = _assembly(at, pk), MeetForm(request.POST)
    if form.is_valid():
        try:
            assembly = acting.meet(
                assembly=assembly,
                present=form.cleaned_data["present"],
                is_second_call=form.cleaned_data["is_second_call"],
                by=at.user,
                on=at.on,
            )
        except DomainError as refusal:
            form.add_error(None, str(refusal))
        else:
            if assembly.state == "meeting":
                messages.success(request, _("The assembly is in session."))
            else:
                messages.warning(request, _("There is no quorum: the assembly lapses. Call another one."))
            return redirect("network:assembly", code, pk)
    return _page(request, at, assembly, meet_form=form)


@login_required
@only_sent
def cancel(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    at = desk(request, code)
    try:
        acting.cancel(assembly=_assembly(at, pk), by=at.user, on=at.on)
    except DomainError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The assembly is cancelled."))
    return redirect("network:assembly", code, pk)


@login_required
@only_sent
def vote(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    at = desk(request, code)
    assembly = _assembly(at, pk)
    form = VoteForm(request.POST, assembly=assembly)
    if form.is_valid():
        given = form.cleaned_data
        try:
            motion = acting.vote(
                assembly=assembly,
                item=given["item"],
                text=given["text"],
                votes=Votes(given["in_favour"], given["against"], given["abstentions"]),
                majority=Majority(given["majority"]),
                by=at.user,
                on=at.on,
                at=timezone.now(),
            )
        except DomainError as refusal:
            form.add_error(None, str(refusal))
        else:
            if motion.is_carried:
                said = _("Carried. It is %(act)s of the book of resolutions.") % {"act": motion.resolution.cited}
                messages.success(request, said)
            else:
                messages.info(request, _("The motion was not carried."))
            return redirect("network:assembly", code, pk)
    return _page(request, at, assembly, vote_form=form)


@login_required
@only_sent
def close(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    at = desk(request, code)
    assembly, form = _assembly(at, pk), CloseForm(request.POST)
    if form.is_valid():
        try:
            acting.close(assembly=assembly, minutes=form.cleaned_data["minutes"], by=at.user, on=at.on)
        except DomainError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The assembly is closed. Nothing in it changes any more."))
            return redirect("network:assembly", code, pk)
    return _page(request, at, assembly, close_form=form)


def _assembly(at: Desk, pk: int) -> Assembly:
    return get_object_or_404(Assembly.objects.select_related("organization", *WHO), organization=at.organization, pk=pk)


def _page(
    request: HttpRequest,
    at: Desk,
    assembly: Assembly,
    *,
    meet_form: MeetForm | None = None,
    vote_form: VoteForm | None = None,
    close_form: CloseForm | None = None,
) -> HttpResponse:
    # Somebody else may have opened, cancelled or closed it meanwhile.
    is_its_day, state = assembly.held_on <= at.on, assembly.state
    unsaved = say_refusals(request, at, meet_form, are_shown=state == AssemblyState.CALLED and is_its_day)
    unsaved += say_refusals(request, at, vote_form, close_form, are_shown=state == AssemblyState.MEETING)
    context = at.context("assemblies") | {
        "unsaved": unsaved,
        "assembly": assembly,
        "agenda": assembly.agenda.order_by("number"),
        "motions": assemblies.motions(assembly),
        "quorum": assemblies.quorum_of(assembly),
        "is_its_day": is_its_day,
        "meet_form": meet_form or MeetForm(),
        "vote_form": vote_form or VoteForm(assembly=assembly, initial={"against": 0, "abstentions": 0}),
        "close_form": close_form or CloseForm(),
    }
    return render(request, "network/assemblies/detail.html", context)

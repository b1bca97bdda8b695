"""An organization's photos of what it gave: add one, look at them, take one away."""

from typing import Any, cast

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.files.uploadedfile import UploadedFile
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from ledger.web.access import desk, only_sent, said
from network.errors import DomainError
from network.web.fields import DayField, whole_number
from reports.actions import files
from reports.actions import open_factory as paper
from reports.actions import photos as acting
from reports.actions.refusals_photos import NotAnActivityOfYours, PhotoIsTooLarge
from reports.models import Photo
from reports.models.photos import CAPTION_MAX, REASON_MAX
from reports.queries import photo_subjects, photos
from reports.queries.given import Deed
from reports.templatetags.paper import day

PAGE = 24
#: Whoever saw a photo may see it so much longer once it is taken away.
KEPT_SECONDS = 300


class PhotoForm(forms.Form):
    """The file, what it shows, and the word that it may be shown."""

    file = forms.FileField(
        label=_("The photo"),
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp"}),
        help_text=_("JPEG, PNG or WebP, of up to 8 MB. Where and with what it was taken is not kept."),
        error_messages={"required": _("Choose a file."), "empty": _("The file is empty.")},
    )
    activity = forms.ChoiceField(
        label=_("What it shows"), error_messages={"invalid_choice": NotAnActivityOfYours.message}
    )
    taken_on = DayField(label=_("The day on which it was taken"))
    caption = forms.CharField(
        label=_("What one sees"),
        max_length=CAPTION_MAX,
        help_text=_("It stands under the photo, and whoever cannot see it hears it. Name no person."),
    )
    is_agreed = forms.BooleanField(
        label=_("Whoever can be recognized agreed to be shown; no patient, pupil or child can be recognized"),
        required=False,
    )

    def __init__(self, *args: Any, activities: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast("forms.ChoiceField", self.fields["activity"]).choices = activities

    def clean_file(self) -> "UploadedFile[bytes]":
        """Refuse by its size what nobody need read."""
        file: UploadedFile[bytes] = self.cleaned_data["file"]
        if (file.size or 0) > acting.FILE_MAX:
            raise forms.ValidationError(str(PhotoIsTooLarge()))
        return file


def _called(deed: Deed) -> str:
    """Return an activity in words, to choose it by."""
    what = deed.what or paper.CATEGORIES[deed.category]
    return f"{what}, {deed.partner} ({day(deed.ends_on)})" if deed.partner else f"{what} ({day(deed.ends_on)})"


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def index(request: HttpRequest, code: str) -> HttpResponse:
    at = desk(request, code)
    activities = {deed.activity: _called(deed) for deed in photo_subjects.subjects(at.book, on=at.on)}
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = PhotoForm(*sent, activities=list(activities.items()), initial={"taken_on": at.on})
    if form.is_valid():
        told = form.cleaned_data
        content = told.pop("file").read()
        try:
            acting.add(organization=at.organization, content=content, by=at.user, on=at.on, at=timezone.now(), **told)
        except DomainError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The photo is added."))
            return redirect("reports:photos", code)
    page = Paginator(photos.noted(at.organization), PAGE).get_page(request.GET.get("page"))
    context = at.context("reports") | {
        "form": form,
        "activities": activities,
        "page": page,
        "rows": [(photo, activities.get(photo.activity, photo.activity)) for photo in page],
        "reason_max": REASON_MAX,
    }
    return render(request, "reports/photos/index.html", context, status=422 if form.errors else 200)


@login_required
@only_sent
def withdraw(request: HttpRequest, code: str) -> HttpResponse:
    at = desk(request, code)
    number = whole_number(request.POST.get("photo"))
    photo = get_object_or_404(photos.noted(at.organization).select_related("organization"), pk=number)
    try:
        acting.withdraw(photo=photo, reason=said(request), by=at.user, on=at.on, at=timezone.now())
    except DomainError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The photo is taken away, and its file deleted."))
    return redirect("reports:photos", code)


@login_required
@require_safe
def show(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Show a photo to those who read the book, also while the page is closed."""
    at = desk(request, code)
    return handed_out(get_object_or_404(photos.standing(at.organization), pk=pk), to="private")


def handed_out(photo: Photo, *, to: str) -> HttpResponse:
    """Return the file of a photo, which `to` (public, private) may keep for a short time; 404 where it is gone."""
    try:
        content = files.photo_of(photo).read_bytes()
    except FileNotFoundError as gone:
        raise Http404 from gone
    return HttpResponse(content, content_type="image/jpeg", headers={"Cache-Control": f"{to}, max-age={KEPT_SECONDS}"})

"""Open to everybody: whether a paper was issued here, is unchanged, and the books behind it are."""

from typing import Any

from django import forms
from django.contrib.auth.decorators import login_not_required
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from reports.actions.kinds import KINDS
from reports.core import identifiers
from reports.queries import issued
from reports.queries.issued import TITLES, Answer

#: Far more than any report of ours.
FILE_MAX = 64 * 2**20


class PaperForm(forms.Form):
    """The file itself, or what stands at the foot of the paper."""

    file = forms.FileField(
        label=_("The PDF file"),
        required=False,
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": "application/pdf,.pdf"}),
        help_text=_("It is compared and not kept."),
    )
    identifier = forms.CharField(
        label=_("Or the identifier at the foot of the paper"),
        required=False,
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        help_text=_("Sixteen letters and digits, as 4F7K-9Q2M-03TX-HB6D."),
    )

    def clean_file(self) -> "UploadedFile[bytes] | None":
        """Refuse what no report of ours can be."""
        file: UploadedFile[bytes] | None = self.cleaned_data["file"]
        if file is not None and not file.size:
            raise forms.ValidationError(_("This file is empty. Choose the PDF once more."))
        if file is not None and (file.size or 0) > FILE_MAX:
            raise forms.ValidationError(_("This file has more than 64 MB: no paper of ours is so large."))
        return file

    def clean_identifier(self) -> str:
        """Return what was written in its one way of writing."""
        written = self.cleaned_data["identifier"]
        read = identifiers.read(written) if written else ""
        if read is None:
            raise forms.ValidationError(_("An identifier has sixteen letters and digits: copy it once more."))
        return read

    def clean(self) -> dict[str, Any]:
        """Want one of the two."""
        found = super().clean() or {}
        if not self.errors and not found.get("file") and not found.get("identifier"):
            raise forms.ValidationError(_("Choose the file, or write the identifier of the paper."))
        return found


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    """Ask for a file or an identifier, and answer."""
    form = PaperForm(request.POST, request.FILES) if request.method == "POST" else PaperForm()
    if not form.is_valid():
        return _shown(request, form, None, status=422 if form.is_bound else 200)
    file = form.cleaned_data["file"]
    answer = issued.of_file(file.read()) if file else issued.of_identifier(form.cleaned_data["identifier"])
    return _shown(request, PaperForm(), answer)


@login_not_required
@require_http_methods(["GET", "HEAD"])
def paper(request: HttpRequest, identifier: str) -> HttpResponse:
    """Tell what was issued under an identifier: where the code on a paper leads."""
    read = identifiers.read(identifier)
    if read is None:
        return _shown(request, PaperForm({"identifier": identifier}), None, status=404)
    answer = issued.of_identifier(read)
    return _shown(request, PaperForm(), answer, status=200 if answer.paper else 404)


def _shown(request: HttpRequest, form: PaperForm, answer: Answer | None, *, status: int = 200) -> HttpResponse:
    context: dict[str, Any] = {"form": form, "answer": answer}
    if answer is not None and answer.paper is not None:
        kind = answer.paper.kind
        context |= {
            "title": KINDS[kind].title if kind in KINDS else TITLES[kind],
            "behind": issued.behind(answer.paper),
            "newer": issued.replaced_by(answer.paper),
        }
    return render(request, "reports/issued/verify.html", context, status=status)

"""What the pages share on which somebody brings a file and repairs its rows."""

import re

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _


class FileForm(forms.Form):
    """The file."""

    file = forms.FileField(
        label=_("Spreadsheet (CSV)"),
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,text/csv"}),
        error_messages={"required": _("Choose a file."), "empty": _("The file is empty.")},
    )


def written(request: HttpRequest) -> tuple[dict[int, dict[str, str]], list[int]]:
    """Return the cells that were sent by row number, and the rows to leave out; fields are named `12.quantity`."""
    cells: dict[int, dict[str, str]] = {}
    left_out = []
    for name, text in request.POST.items():
        number, _point, column = name.partition(".")
        if not re.fullmatch("[0-9]{1,9}", number):
            continue
        if column == "left_out":
            left_out.append(int(number))
        else:
            cells.setdefault(int(number), {})[column] = str(text).replace("\x00", "")[:200]
    return cells, left_out

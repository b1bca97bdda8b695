"""What every paper that is printed on the spot answers: the PDF to take home, or a sentence on the page before."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.text import slugify
from django.utils.translation import get_language

from network.errors import DomainError


def handed_over(request: HttpRequest, compose: Callable[..., bytes], *, name: str, back: str) -> HttpResponse:
    """Print a paper in the reader's language and hand it over; where it is refused, say why at `back`.

    `compose` takes `language`; `name` is the file's, and is made plain.
    """
    try:
        paper = compose(language=get_language() or "es")
    except DomainError as refusal:
        messages.error(request, str(refusal))
        return redirect(back)
    return HttpResponse(
        paper,
        content_type="application/pdf",
        headers={"Content-Disposition": f'attachment; filename="{slugify(name)}.pdf"'},
    )

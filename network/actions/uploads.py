"""Take a table that somebody brings as a file: what makes it no such table, in words."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from django.utils.translation import gettext_lazy as _

from network.core import delimited
from network.core.delimited import CannotBeRead, Headings, Numbered
from network.errors import DomainError

SIZE_MAX = 8 * 1024 * 1024
#: How many rows are written together.
CHUNK = 500


class FileCannotBeRead(DomainError):
    """The file is not the table that it should be."""

    message = _("This file cannot be read: %(reason)s")


class FileIsTooLarge(DomainError):
    """A file has a reasonable size."""

    message = _("The file is larger than %(megabytes)s MB. Bring it in parts.")


REASONS = {
    "empty": _("it is empty."),
    "no_rows": _("it has headings and no rows."),
    "not_text": _("it is not a text file. In the spreadsheet, choose “Save as” and then CSV."),
    "too_long": _("it has more than %(most)s rows. Bring it in parts."),
    "not_a_workbook": _("it is not a spreadsheet that can be opened. Save it again as XLSX, or as CSV."),
    "no_partner_lines": _(
        "no line of it is of an account that names a cooperative of the network, or of that account."
    ),
    "missing_columns": _("these columns are missing: %(columns)s."),
}


def read(content: bytes, *, headings: Headings, required: Sequence[str], rows_max: int) -> tuple[list[Numbered], str]:
    """Return the rows of a file by column, and the separator that it uses.

    :raises FileIsTooLarge, FileCannotBeRead: if the file as a whole is not right.
    """
    with told_in_words(content):
        return delimited.read(content, headings=headings, required=required, rows_max=rows_max)


@contextmanager
def told_in_words(content: bytes) -> Iterator[None]:
    """Refuse a file that is too large, and say in words why one cannot be read.

    :raises FileIsTooLarge, FileCannotBeRead: if the file as a whole is not right.
    """
    if len(content) > SIZE_MAX:
        raise FileIsTooLarge(megabytes=SIZE_MAX // 1024 // 1024)
    try:
        yield
    except CannotBeRead as why:
        raise FileCannotBeRead(reason=REASONS[why.name] % why.values) from None

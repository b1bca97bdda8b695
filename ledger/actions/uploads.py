"""Bring a spreadsheet of barters: a dry run that tells row by row what is wrong, and repair. Nothing is made here."""

import datetime as dt
import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import astuple, dataclass

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from ledger.actions import terms
from ledger.actions.agreements import require_log
from ledger.core import spreadsheet
from ledger.core.spreadsheet import HEADINGS, REQUIRED, ROWS_MAX, Row
from ledger.core.units import to_minor
from ledger.models.loading import LoadedRow, Upload, UploadRow
from ledger.models.units import Unit
from network.actions import uploads as files
from network.actions.uploads import CHUNK
from network.core.delimited import plain
from network.errors import DomainError
from network.models.organizations import Organization
from network.models.people import User
from network.models.uploads import RowState
from network.queries import admissions


class UploadIsLoading(DomainError):
    """What is being loaded is no longer changed."""

    message = _("These rows are already being loaded.")


def upload(
    *, organization: Organization, content: bytes, file_name: str, by: User, on: dt.date, at: dt.datetime
) -> Upload:
    """Keep the rows of a file with what is wrong in each: the dry run. Nothing is made yet.

    :raises NotForYouToDo: if the person is not of the organization.
    :raises FileIsTooLarge, FileCannotBeRead: if the file as a whole is not right.
    """
    require_log(by=by, organization=organization, on=on)
    table = spreadsheet.table(*files.read(content, headings=HEADINGS, required=REQUIRED, rows_max=ROWS_MAX))
    with transaction.atomic():
        kept = Upload.objects.create(
            organization=organization,
            file_name=file_name[:120],
            decimal_comma=table.decimal_comma,
            uploaded_by=by,
            uploaded_at=at,
        )
        rows = [UploadRow(upload=kept, number=number, cells=cells) for number, cells in table.rows]
        _judge(kept, rows, on=on)
        UploadRow.objects.bulk_create(rows, batch_size=CHUNK)
    return kept


@transaction.atomic
def repair(
    *, upload: Upload, cells: Mapping[int, Mapping[str, str]], left_out: Iterable[int], by: User, on: dt.date
) -> None:
    """Write rows anew (by number), leave some out, and look at all of them again.

    :raises UploadIsLoading: if loading has begun.
    """
    require_log(by=by, organization=upload.organization, on=on)
    if upload.job_id is not None:
        raise UploadIsLoading
    out = set(left_out)
    rows = list(upload.rows.order_by("number"))
    for row in rows:
        if row.number in cells:
            row.cells = {**row.cells, **{c: t.strip() for c, t in cells[row.number].items() if c in row.cells}}
            row.state = RowState.SKIPPED if row.number in out else RowState.READY
    _judge(upload, rows, on=on)
    UploadRow.objects.bulk_update(rows, ["cells", "problems", "state", "digest"], batch_size=CHUNK)


@dataclass(frozen=True, slots=True)
class Known:
    """Names that rows may use: partners by code, CUIT and name; units by code."""

    partners: dict[str, int]
    #: Those of them that may trade.
    traders: set[int]
    units: dict[str, Unit]


def known_names(organization: Organization, *, on: dt.date) -> Known:
    """Return the names that the rows of an organization may use on a day."""
    partners: dict[str, int] = {}
    others = Organization.objects.filter(book__isnull=False).exclude(pk=organization.pk)
    for pk, code, name, tax_id in others.values_list("pk", "code", "name", "tax_id"):
        partners |= {code: pk, plain(name): pk}
        if tax_id:
            partners[tax_id] = pk
    traders = admissions.admitted(set(partners.values()), on=on)
    return Known(partners, traders, {unit.code: unit for unit in Unit.objects.all()})


def partner_of(known: Known, written: str) -> int | None:
    """Return whom a row means, by code, name or CUIT, however it is written."""
    digits = "".join(c for c in written if c.isdigit())
    return known.partners.get(plain(written)) or known.partners.get(digits if len(digits) == 11 else "")


def _judge(kept: Upload, rows: Sequence[UploadRow], *, on: dt.date) -> None:
    """Set each row's problems, state and digest, by itself and together with the rows of the same barter."""
    known = known_names(kept.organization, on=on)
    seen: Counter[str] = Counter()
    groups: defaultdict[tuple[str, int], list[UploadRow]] = defaultdict(list)
    read: dict[int, Row] = {}
    for row in rows:
        if row.state == RowState.SKIPPED:
            continue
        fact, row.problems = spreadsheet.read_row(row.cells, decimal_comma=kept.decimal_comma)
        partner = partner_of(known, row.cells["partner"])
        if row.cells["partner"] and partner is None:
            row.problems["partner"] = "unknown_partner"
        elif partner is not None and partner not in known.traders:
            row.problems["partner"] = "may_not_trade"
        if fact is not None and not row.problems:
            row.problems = _misfits(fact, known, on=on)
        row.state = RowState.WRONG if row.problems else RowState.READY
        if fact is not None and partner is not None:
            read[row.number] = fact
            row.digest = _digest(partner, fact, seen)
        groups[row.cells["barter"], partner or 0].append(row)
    _judge_together(groups.values(), read)
    _mark_already_there(kept.organization, rows)


def _misfits(fact: Row, known: Known, *, on: dt.date) -> dict[str, str]:
    problems = {}
    for column, number, unit in (
        ("quantity", fact.quantity, known.units[fact.unit]),
        ("value", fact.value, known.units["ARS"]),
    ):
        try:
            if to_minor(number, scale=unit.scale) >= 2**62:
                problems[column] = "too_large"
        except ValueError:
            problems[column] = "too_many_decimals"
    if fact.agreed_on > on:
        problems["agreed_on"] = "in_the_future"
    if fact.delivered_on is not None and fact.delivered_on > on:
        problems["delivered_on"] = "in_the_future"
    return problems


def _judge_together(groups: Iterable[list[UploadRow]], read: Mapping[int, Row]) -> None:
    for group in groups:
        facts = [read[row.number] for row in group if row.state == RowState.READY]
        problem = ""
        if len(facts) < len(group):
            problem = "another_row"
        elif {fact.is_given for fact in facts} != {True, False}:
            problem = "one_sided"
        elif len({(fact.is_given, fact.thing.lower(), fact.unit) for fact in facts}) > terms.LINES_MAX:
            problem = "too_many_lines"
        elif len({(f.is_given, f.thing.lower(), f.unit, f.vat_rate) for f in facts}) > len(
            {(f.is_given, f.thing.lower(), f.unit) for f in facts}
        ):
            problem = "different_vat"
        if problem:
            for row in group:
                row.problems = row.problems or {"barter": problem}
                row.state = RowState.WRONG


def _digest(partner: int, fact: Row, seen: Counter[str]) -> str:
    """Return what makes a row the same row: all that it says, and which one it is among equal ones of the file."""
    said = repr((partner, *(str(part) for part in astuple(fact))))
    seen[said] += 1
    return hashlib.sha256(f"{said} {seen[said]}".encode()).hexdigest()


def _mark_already_there(organization: Organization, rows: Sequence[UploadRow]) -> None:
    ready = {row.digest: row for row in rows if row.state == RowState.READY}
    digests = list(ready)
    for start in range(0, len(digests), CHUNK):
        chunk = digests[start : start + CHUNK]
        for digest in LoadedRow.objects.filter(organization=organization, digest__in=chunk).values_list(
            "digest", flat=True
        ):
            ready[digest].state = RowState.ALREADY_THERE

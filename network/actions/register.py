"""Bring a register as a file: a dry run that tells row by row what is wrong, repair, and loading what is right."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db import transaction

from network.actions import details as entries
from network.actions import history, uploads
from network.actions.details import require_operator
from network.actions.uploads import CHUNK
from network.core import countries
from network.core.delimited import Numbered, Problems
from network.core.organizations import Details, differing, is_of_another_family, put_right
from network.core.register import HEADINGS, REQUIRED, ROWS_MAX, Count, Given, code_from, read_row
from network.models.history import WorkerCount
from network.models.organizations import Organization
from network.models.people import User
from network.models.register import RegisterUpload, RegisterUploadRow
from network.models.uploads import RowState
from network.queries.details import PARTICULARS, details_of, settled

#: What loading still looks at: the rest has been written or was left out.
OPEN = (RowState.WRONG, RowState.READY, RowState.ALREADY_THERE)


@dataclass(frozen=True, slots=True)
class Plan:
    """What a row that is right would do: write a new organization, or change one; and perhaps note a count."""

    code: str
    organization: Organization | None
    details: Details
    count: Count | None


class Known:
    """The register as it is, looked up by what a row may say."""

    def __init__(self) -> None:
        self.by_code: dict[str, Organization] = {}
        self.by_tax_id: dict[tuple[str, str], Organization] = {}
        for each in Organization.objects.select_related(*PARTICULARS):
            self.by_code[each.code] = each
            if each.tax_id:
                self.by_tax_id[each.country, each.tax_id] = each
        self.settled = set(settled().values_list("pk", flat=True))
        standing = WorkerCount.objects.filter(withdrawn_at=None)
        self.counts: dict[tuple[int, dt.date, str], int] = {
            (organization, on, source.lower()): workers
            for organization, on, source, workers in standing.values_list(
                "organization", "counted_on", "source", "workers"
            )
        }

    def whose(self, given: Given) -> tuple[Organization | None, str, Problems]:
        """Return whom a row is about (nobody: it is new), the code to use, and what speaks against it."""
        named = self.by_code.get(given.code) if given.code else None
        holder = self.by_tax_id.get(_tax_id(given, named))
        if named is not None:
            is_other = holder is not None and holder != named
            return named, named.code, {"tax_id": "tax_id_of_another"} if is_other else {}
        if holder is not None:
            return holder, holder.code, {}
        if given.code:
            return None, given.code, {}
        code = code_from(str(given.values.get("name", "")))
        namesake = self.by_code.get(code)
        if namesake is not None and namesake.tax_id and given.values.get("tax_id"):
            return None, code, {"code": "name_of_another"}
        return namesake, code, {} if code else {"code": "missing"}


def _tax_id(given: Given, named: Organization | None) -> tuple[str, str]:
    country = str(given.values.get("country") or (named.country if named else "AR"))
    try:
        return country, countries.tax_id_of(str(given.values.get("tax_id", "")), country=country)
    except (ValueError, KeyError):
        return country, ""


def upload(*, content: bytes, file_name: str, by: User, on: dt.date, at: dt.datetime) -> RegisterUpload:
    """Keep the rows of a register with what is wrong in each: the dry run. Nothing is written into the register yet.

    :raises RegisterIsKeptByOperators: if the person is none.
    :raises FileIsTooLarge, FileCannotBeRead: if the file as a whole is not right.
    """
    require_operator(by=by)
    found = _read(content)
    with transaction.atomic():
        kept = RegisterUpload.objects.create(file_name=file_name[:120], uploaded_by=by, uploaded_at=at)
        rows = [RegisterUploadRow(upload=kept, number=number, cells=cells) for number, cells in found]
        _judge(rows, on=on)
        RegisterUploadRow.objects.bulk_create(rows, batch_size=CHUNK)
    return kept


@transaction.atomic
def repair(
    *, upload: RegisterUpload, cells: Mapping[int, Mapping[str, str]], left_out: Iterable[int], by: User, on: dt.date
) -> None:
    """Write rows anew (by number), leave some out, and look again at all that were not loaded.

    :raises RegisterIsKeptByOperators: if the person is none.
    """
    require_operator(by=by)
    rows, out = _open_rows(upload, also=(RowState.SKIPPED,)), set(left_out)
    for row in rows:
        if row.number in cells:
            row.cells = {**row.cells, **{c: t.strip() for c, t in cells[row.number].items() if c in row.cells}}
            row.state = RowState.SKIPPED if row.number in out else RowState.READY
    _judge([row for row in rows if row.state != RowState.SKIPPED], on=on)
    _save(rows)


@transaction.atomic
def load(*, upload: RegisterUpload, by: User, on: dt.date, at: dt.datetime) -> int:
    """Write the rows that are ready into the register and return how many; the others stay to be repaired.

    The register may have changed since the dry run, so every row is looked at once more.

    :raises RegisterIsKeptByOperators: if the person is none.
    """
    require_operator(by=by)
    rows = _open_rows(upload)
    plans = _judge(rows, on=on)
    ready = [row for row in rows if row.state == RowState.READY]
    for row in ready:
        row.organization = _write(plans[row.number], by=by, on=on, at=at)
        row.state = RowState.LOADED
    _save(rows)
    return len(ready)


@transaction.atomic
def bring(*, content: bytes, on: dt.date, at: dt.datetime, dry_run: bool) -> list[RegisterUploadRow]:
    """Write a whole register at once, without anybody at a page; return its rows, which are kept nowhere.

    Nothing is written if a row is wrong, or in a dry run.

    :raises FileIsTooLarge, FileCannotBeRead: if the file as a whole is not right.
    """
    rows = [RegisterUploadRow(number=number, cells=cells) for number, cells in _read(content)]
    plans = _judge(rows, on=on)
    if not dry_run and not any(row.state == RowState.WRONG for row in rows):
        for row in rows:
            if row.state == RowState.READY:
                row.organization = _write(plans[row.number], by=None, on=on, at=at)
                row.state = RowState.LOADED
    return rows


def _read(content: bytes) -> list[Numbered]:
    return uploads.read(content, headings=HEADINGS, required=REQUIRED, rows_max=ROWS_MAX)[0]


def _open_rows(upload: RegisterUpload, *, also: Sequence[RowState] = ()) -> list[RegisterUploadRow]:
    """Return the rows that are not written yet; nobody else has them until the end of the transaction."""
    RegisterUpload.objects.select_for_update().get(pk=upload.pk)
    return list(upload.rows.filter(state__in=[*OPEN, *also]).order_by("number"))


def _save(rows: Sequence[RegisterUploadRow]) -> None:
    RegisterUploadRow.objects.bulk_update(rows, ["cells", "problems", "state", "organization"], batch_size=CHUNK)


def _judge(rows: Sequence[RegisterUploadRow], *, on: dt.date) -> dict[int, Plan]:
    """Set each row's problems, state and organization; return what each that is right would do, by its number."""
    known, plans = Known(), {}
    seen: set[object] = set()
    for row in rows:
        given, problems = read_row(row.cells)
        organization, code, against = known.whose(given)
        there = details_of(organization) if organization else None
        details, unfit = put_right(given.over(there))
        if organization and organization.pk in known.settled and is_of_another_family(organization.kind, details.kind):
            unfit.setdefault("kind", "kind_stays")
        problems = {**_in_columns(unfit), **against, **problems, **_count_problems(given, organization, known, on=on)}
        about = {code, *([(details.country, details.tax_id)] if details.tax_id else [])}
        if about & seen:
            problems.setdefault("code", "twice_in_file")
        seen |= about
        row.problems, row.organization = problems, organization
        if problems:
            row.state = RowState.WRONG
            continue
        plan = Plan(code, organization, details, _new_count(given, organization, known))
        is_there = there is not None and not differing(there, details) and plan.count is None
        row.state = RowState.ALREADY_THERE if is_there else RowState.READY
        plans[row.number] = plan
    return plans


def _in_columns(problems: Problems) -> Problems:
    """Return problems by column; what has none (the CBU) is told beside the code."""
    return {column if column in HEADINGS else "code": problem for column, problem in problems.items()}


def _count_problems(given: Given, organization: Organization | None, known: Known, *, on: dt.date) -> Problems:
    if given.count is None:
        return {}
    if given.count.on > on:
        return {"counted_on": "in_the_future"}
    if given.count.workers > history.WORKERS_MAX:
        return {"workers": "not_a_whole_number"}
    there = _counted(given.count, organization, known)
    return {"workers": "counted_otherwise"} if there not in {None, given.count.workers} else {}


def _counted(count: Count, organization: Organization | None, known: Known) -> int | None:
    return known.counts.get((organization.pk, count.on, count.by.lower())) if organization else None


def _new_count(given: Given, organization: Organization | None, known: Known) -> Count | None:
    is_known = given.count is not None and _counted(given.count, organization, known) is not None
    return None if is_known else given.count


def _write(plan: Plan, *, by: User | None, on: dt.date, at: dt.datetime) -> Organization:
    organization = plan.organization
    if organization is None:
        organization = entries.create(code=plan.code, details=plan.details, by=by, at=at)
    else:
        entries.change(organization=organization, details=plan.details, at=at, by=by)
    if plan.count is not None:
        history.count_workers(
            organization=organization,
            workers=plan.count.workers,
            counted_on=plan.count.on,
            source=plan.count.by,
            by=by,
            on=on,
            at=at,
        )
    return organization

"""The demo network's assemblies and duties: a federation's year, and how cooperatives keep up with their calendar."""

import datetime as dt
from collections.abc import Sequence

from network.actions import assemblies, councils
from network.actions import duties as noting
from network.core import duties
from network.core.quorum import Votes
from network.models.assemblies import Assembly, AssemblyKind, Majority, Motion
from network.models.bylaws import Office, Seat
from network.models.councils import Mandate
from network.models.duties import CertificateKind
from network.models.organizations import Organization
from network.models.people import User

#: A delegate and the member organization that sends them.
Delegate = tuple[User, Organization]

SEATS = (Office.PRESIDENT, Office.SECRETARY, Office.TREASURER, Office.ALTERNATE, Office.INTERNAL_AUDITOR)
TERM_DAYS = 730
#: A cooperative's assembly meets so many days after the year's end; its reports come so many before they are due.
ASSEMBLY_DAYS, EARLY_DAYS = 80, 6
#: What each cooperative has besides: what it certifies, who issued it, and in how many days it lapses.
PAPERS = (
    (CertificateKind.MUNICIPAL_LICENSE, "Municipalidad", 210),
    (CertificateKind.INSURANCE, "Seguros cooperativos", 24),
    (CertificateKind.FIRE_SAFETY, "Bomberos", -18),
)


def federations_year(*, federation: Organization, delegates: Sequence[Delegate], members: int, until: dt.date) -> None:
    """Play the year up to a day: `delegates` are president, secretary, treasurer and alternate, in this order."""
    Seat.objects.bulk_create(Seat(organization=federation, office=office) for office in SEATS)
    held_on = until - dt.timedelta(days=240)
    elected = _ordinary(federation, delegates, members, held_on)
    _without_quorum(federation, members, until - dt.timedelta(days=120))
    _recall(federation, elected[Office.TREASURER], elected[Office.ALTERNATE], members, until - dt.timedelta(days=90))
    assemblies.call(
        organization=federation,
        kind=AssemblyKind.ORDINARY,
        held_on=until + dt.timedelta(days=30),
        begins_at=dt.time(18),
        place="Salón de la federación",
        entitled=members,
        agenda=["Memoria y balance", "Plan de trabajo", "Designación de dos personas para firmar el acta"],
        by=None,
        on=until,
    )


def cooperatives_duties(
    *, cooperative: Organization, entitled: int, since: dt.date, until: dt.date, behind: bool, papers: int
) -> None:
    """Play how a cooperative keeps its calendar up to a day; `behind` is one that held no assembly.

    It has so many of the `PAPERS`, the last of which has lapsed. Its fiscal year is that of the calendar.
    """
    for end in (dt.date(year, 12, 31) for year in range(since.year, until.year)):
        held_on = end + dt.timedelta(days=ASSEMBLY_DAYS)
        if not behind and held_on < until:
            _yearly_assembly(cooperative, entitled, held_on)
    for duty in (duty for year in range(since.year, until.year + 1) for duty in duties.of_year(dt.date(year, 12, 31))):
        day = duty.due_on - dt.timedelta(days=EARLY_DAYS)
        if duty.kind in duties.FILED and duty.ends_on and duty.ends_on >= since and day < until:
            noting.file(
                organization=cooperative,
                duty=duty,
                presented_on=day,
                paper=f"Expediente {day:%y%m}",
                by=None,
                on=day,
                at=_evening(day),
            )
    for kind, issuer, days in PAPERS[:papers]:
        lapses_on = until + dt.timedelta(days=days)
        begins_on = lapses_on - dt.timedelta(days=364)
        noting.certify(
            organization=cooperative,
            kind=kind,
            issued_by=issuer,
            valid_from=begins_on,
            lapses_on=lapses_on,
            by=None,
            on=begins_on,
            at=_evening(begins_on),
        )


def _yearly_assembly(cooperative: Organization, entitled: int, on: dt.date) -> None:
    assembly = _meeting(
        cooperative,
        AssemblyKind.ORDINARY,
        ["Memoria y balance", "Designación de dos personas para firmar el acta"],
        members=entitled,
        present=entitled - 3,
        on=on,
        place="En la planta",
    )
    _vote(assembly, 1, "Se aprueban la memoria y el balance del ejercicio.", Votes(entitled - 5, 0, 2))
    assemblies.close(assembly=assembly, minutes="Se leyó y aprobó el acta anterior.", by=None, on=on)


def _ordinary(
    federation: Organization, delegates: Sequence[Delegate], members: int, on: dt.date
) -> dict[Office, Mandate]:
    assembly = _meeting(
        federation,
        AssemblyKind.ORDINARY,
        ["Memoria y balance de los dos últimos ejercicios", "Elección del consejo"],
        members=members,
        present=members - 2,
        on=on,
    )
    present = assembly.present or 0
    _vote(assembly, 1, "Se aprueban la memoria y los balances de los dos ejercicios.", Votes(present - 2, 0, 2))
    election = _vote(assembly, 2, "Se elige el consejo por dos años.", Votes(present - 3, 2, 1))
    elected = {}
    for office, (person, home) in zip(SEATS, delegates, strict=False):
        elected[office] = councils.elect(
            user=person,
            organization=federation,
            office=office,
            starts_on=on,
            until=on + dt.timedelta(days=TERM_DAYS),
            resolution=election.resolution,
            delegate_of=home,
            by=None,
            on=on,
        )
    assemblies.close(
        assembly=assembly, minutes="Se leyó y aprobó el acta anterior. Se votó a mano alzada.", by=None, on=on
    )
    return elected


def _without_quorum(federation: Organization, members: int, on: dt.date) -> None:
    assembly = _called(federation, AssemblyKind.EXTRAORDINARY, ["Compra conjunta de energía"], members, on)
    assemblies.meet(assembly=assembly, present=members // 2 - 1, is_second_call=False, by=None, on=on)


def _recall(federation: Organization, treasurer: Mandate, alternate: Mandate, members: int, on: dt.date) -> None:
    assembly = _meeting(
        federation,
        AssemblyKind.EXTRAORDINARY,
        ["Situación de la tesorería", "Fondo solidario"],
        members=members,
        present=members - 1,
        on=on,
    )
    present = assembly.present or 0
    recall = _vote(assembly, 1, "Se revoca el mandato de la tesorería y asume la suplencia.", Votes(present - 4, 3, 1))
    _vote(assembly, 2, "Se destina todo el fondo solidario a una sola obra.", Votes(4, present - 6, 2))
    councils.recall(mandate=treasurer, resolution=recall.resolution, by=None, on=on)
    treasurer.refresh_from_db()
    councils.replace(mandate=treasurer, alternate=alternate, resolution=recall.resolution, by=None, on=on)
    assemblies.close(
        assembly=assembly, minutes="La tesorería saliente entrega libros y arqueo de caja.", by=None, on=on
    )


def _called(
    body: Organization,
    kind: AssemblyKind,
    agenda: Sequence[str],
    members: int,
    on: dt.date,
    *,
    place: str = "Salón de la federación",
) -> Assembly:
    return assemblies.call(
        organization=body,
        kind=kind,
        called_on=on - dt.timedelta(days=20),
        held_on=on,
        begins_at=dt.time(18),
        place=place,
        entitled=members,
        agenda=agenda,
        by=None,
        on=on,
    )


def _meeting(
    body: Organization,
    kind: AssemblyKind,
    agenda: Sequence[str],
    *,
    members: int,
    present: int,
    on: dt.date,
    **rest: str,
) -> Assembly:
    assembly = _called(body, kind, agenda, members, on, **rest)
    return assemblies.meet(assembly=assembly, present=present, is_second_call=False, by=None, on=on)


def _vote(assembly: Assembly, point: int, text: str, votes: Votes) -> Motion:
    return assemblies.vote(
        assembly=assembly,
        item=assembly.agenda.get(number=point),
        text=text,
        votes=votes,
        majority=Majority.SIMPLE,
        by=None,
        on=assembly.held_on,
        at=_evening(assembly.held_on),
    )


def _evening(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(22), tzinfo=dt.UTC)

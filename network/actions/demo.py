"""A federation's year in the demo network: two assemblies, one without quorum, an election, a recall, an alternate."""

import datetime as dt
from collections.abc import Sequence

from network.actions import assemblies, councils
from network.core.quorum import Votes
from network.models.assemblies import Assembly, AssemblyKind, Majority, Motion
from network.models.bylaws import Office, Seat
from network.models.councils import Mandate
from network.models.organizations import Organization
from network.models.people import User

#: A delegate and the member organization that sends them.
Delegate = tuple[User, Organization]

SEATS = (Office.PRESIDENT, Office.SECRETARY, Office.TREASURER, Office.ALTERNATE, Office.INTERNAL_AUDITOR)
TERM_DAYS = 730


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


def _called(federation: Organization, kind: AssemblyKind, agenda: Sequence[str], members: int, on: dt.date) -> Assembly:
    return assemblies.call(
        organization=federation,
        kind=kind,
        called_on=on - dt.timedelta(days=20),
        held_on=on,
        begins_at=dt.time(18),
        place="Salón de la federación",
        entitled=members,
        agenda=agenda,
        by=None,
        on=on,
    )


def _meeting(
    federation: Organization, kind: AssemblyKind, agenda: Sequence[str], *, members: int, present: int, on: dt.date
) -> Assembly:
    assembly = _called(federation, kind, agenda, members, on)
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
        at=dt.datetime.combine(assembly.held_on, dt.time(22), tzinfo=dt.UTC),
    )

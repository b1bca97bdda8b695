"""People of the demo network: who holds an office where, and what is resolved on paper."""

import datetime as dt

from network.actions import councils, people, resolutions
from network.models.organizations import Organization
from network.models.people import User
from network.models.resolutions import Resolution

PASSWORD = "demo-trama-2026"  # noqa: S105  # printed for everybody; it opens made-up books only


def officer(
    name: str,
    organization: Organization,
    office: str,
    starts_on: dt.date,
    until: dt.date,
    *,
    delegate_of: Organization | None = None,
) -> User:
    """Invite somebody who is a member there and holds an office until long after the last day."""
    person = people.invite(email=address(name), name=name, password=PASSWORD)
    people.admit(user=person, organization=delegate_of or organization, starts_on=starts_on)
    elect(person, organization, office, starts_on, until, delegate_of=delegate_of)
    return person


def elect(
    person: User,
    organization: Organization,
    office: str,
    starts_on: dt.date,
    until: dt.date,
    *,
    delegate_of: Organization | None = None,
) -> None:
    """Note that the assembly elected somebody."""
    councils.elect(
        user=person,
        organization=organization,
        office=office,
        starts_on=starts_on,
        until=until + dt.timedelta(days=300),
        resolution=resolved(organization, "Se eligen autoridades.", on=starts_on),
        delegate_of=delegate_of,
        by=None,
        on=starts_on,
    )


def resolved(organization: Organization, text: str, *, on: dt.date) -> Resolution:
    """Take over what stands in the paper book."""
    return resolutions.take_over(
        organization=organization,
        text=text,
        paper="Libro de actas 1",
        resolved_on=on,
        by=None,
        on=on,
        at=dt.datetime.combine(on, dt.time(18), tzinfo=dt.UTC),
    )


def address(name: str) -> str:
    """Return the made-up address of a person."""
    plain = name.lower().translate(str.maketrans("áéíóúñü ", "aeiounu."))
    return f"{plain}@demo.trama.example"

"""A federation and its members for the tests of audit packs: small, typical, large, and two tiers of bodies."""

import datetime as dt

from django.utils import timezone

from ledger.actions import accounts
from ledger.models import Book, Event, Finding, FindingStep
from network.models import Organization
from reports.models import Report
from reports.queries.audit_pack.pack import AuditPack, audit_pack
from reports.queries.audit_pack.scope import last_event
from tests import make
from tests.cast import Cast
from tests.credit import limit, network, pay
from tests.reports import exchanges
from tests.rounds import POSTED, Circle
from tests.sign_offs import Audit

AUTUMN = (dt.date(2023, 3, 1), dt.date(2023, 5, 31))


def book_of(body: Organization) -> Book:
    """Let a body keep a book, if it keeps none yet, and return it."""
    found = Book.objects.select_related("organization", "unit").filter(organization=body).first()
    if found is None:
        accounts.open_book(organization=body, unit=make.unit(), on=dt.date(2020, 1, 1), year_starts_month=1)
        return book_of(body)
    return found


def told(body: Organization, *, period=exchanges.YEAR, cutoff: int | None = None) -> AuditPack:
    """Return the pack of a body as it would be made now, or up to a cut-off."""
    book = book_of(body)
    event = last_event(book=book, until=period[1]) if cutoff is None else cutoff
    return audit_pack(book=book, starts_on=period[0], ends_on=period[1], cutoff_event=event)


def confederation(cast: Cast) -> Organization:
    """Make a confederation above the federation, and above another one to which the textile shop belongs."""
    above = make.organization("confe", kind="confederation", name="Confederación")
    other = make.organization("federacion-norte", kind="federation", name="Federación Norte")
    make.affiliation(cast.textil.organization, other)
    for each in (cast.federacion, other):
        make.affiliation(each, above)
    return above


def many(cast: Cast, *, members: int = 12, deliveries: int = 48) -> list[Event]:
    """Play a year of barters of the print shop with so many others, all of the federation."""
    done = exchanges.a_year(cast.grafica, partners=members, deliveries=deliveries)
    for n in range(members):
        make.affiliation(Organization.objects.get(code=f"socia-{n}"), cast.federacion)
    return done


def asked(pack: AuditPack, *, language: str = "es-ar") -> Report:
    """Write down that a pack was asked for."""
    return Report.objects.create(
        kind="audit-pack",
        organization=pack.scope.body,
        language=language,
        starts_on=pack.starts_on,
        ends_on=pack.ends_on,
        cutoff_event=pack.scope.event,
        requested_at=timezone.now(),
    )


def everything(cast: Cast) -> AuditPack:
    """Play a spring in which there is something for every section, seen from a confederation; its second pack."""
    circle = Circle(cast)
    above = confederation(cast)
    asked(told(above, period=(dt.date(2026, 1, 1), dt.date(2026, 3, 31))))
    Audit(cast).sign()
    circle.posted()
    red = network()
    limit(cast.grafica, red, 100_00, cast.ana)
    pay(cast.grafica, cast.molino, red, 30_00, on=POSTED)
    for number, closed_at in enumerate((None, timezone.now())):
        finding = Finding.objects.create(
            check_code="balance",
            scope=f"account:{number}",
            book=cast.molino,
            other=cast.grafica,
            unit=make.unit(),
            expected=2,
            found=3,
            opened_at=timezone.now(),
            seen_at=timezone.now(),
            closed_at=closed_at,
        )
        FindingStep.objects.create(
            finding=finding,
            verb="accepted",
            recorded_at=timezone.now(),
            by=cast.mario,
            organization=cast.molino.organization,
            expected=2,
            found=3,
            note="Se acepta: un centavo.",
        )
    late = make.delivery(cast.grafica, cast.molino, 1_00, on=POSTED, happened_on=dt.date(2026, 3, 20))
    return told(above, period=(dt.date(2026, 4, 1), late.booked_on))

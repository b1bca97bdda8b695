"""The joint order of Story 3 as steps that tests take: three metal shops, steel bought together, a levy, a customer."""

import datetime as dt
import uuid
from dataclasses import dataclass
from typing import Any

from ledger.actions import agreements, coproductions, deliveries, reversals, settlements, shared, stages
from ledger.actions.deliveries import Papers
from ledger.actions.products import ProductTerms, StageTerms
from ledger.models import Agreement, Book, Delivery, Posting
from network.models import Organization, User
from tests import make
from tests.cast import Cast

AGREED = dt.date(2026, 4, 1)
BOUGHT = dt.date(2026, 4, 7)
INVOICED = dt.date(2026, 5, 11)
COLLECTED = dt.date(2026, 6, 10)
SETTLED = dt.date(2026, 6, 11)
PRICE, STEEL, LEVY = 30_000_000_00, 6_000_000_00, 600_000_00


@dataclass(frozen=True)
class Shops:
    """Three metal shops and their federation, each with a book, and who speaks for them."""

    norte: Book
    centro: Book
    sur: Book
    federacion: Book | None
    #: Treasurers.
    noemi: User
    cora: User
    susi: User
    #: The federation's, a delegate of another member.
    fermin: User | None

    @classmethod
    def assemble(cls) -> "Shops":
        federacion = make.book("metal", kind="federation", name="Federación")
        make.admission(federacion.organization)
        books = []
        for name in ("Norte", "Centro", "Sur"):
            book = make.book(name.lower(), name=name)
            make.affiliation(book.organization, federacion.organization)
            make.admission(book.organization, by=federacion.organization)
            books.append(book)
        norte, centro, sur = books
        return cls(
            norte=norte,
            centro=centro,
            sur=sur,
            federacion=federacion,
            noemi=make.officer("Noemí", norte.organization),
            cora=make.officer("Cora", centro.organization),
            susi=make.officer("Susi", sur.organization),
            fermin=make.officer("Fermín", federacion.organization),
        )

    @classmethod
    def of_cast(cls, cast: Cast) -> "Shops":
        """Let the cooperatives of the other tests make something instead, with no body that receives a levy."""
        return cls(
            norte=cast.grafica,
            centro=cast.molino,
            sur=cast.textil,
            federacion=None,
            noemi=cast.ana,
            cora=cast.mario,
            susi=cast.carla,
            fermin=None,
        )

    @property
    def officers(self) -> dict[Organization, User]:
        """Who speaks for whom."""
        speak = {
            self.norte.organization: self.noemi,
            self.centro.organization: self.cora,
            self.sur.organization: self.susi,
        }
        if self.federacion is not None and self.fermin is not None:
            speak[self.federacion.organization] = self.fermin
        return speak


def stage(book: Book, what: str, part: int, **rest: Any) -> StageTerms:
    """Return a stage; `part` in millionths, or in minor units where each has its price."""
    return StageTerms(party=book.organization, what=what, part=part, **rest)


def thirds(shops: Shops) -> list[StageTerms]:
    """Return 50, 30 and 20 per cent."""
    return [
        stage(shops.norte, "Corte y plegado", 500_000),
        stage(shops.centro, "Soldadura", 300_000),
        stage(shops.sur, "Pintura y armado", 200_000),
    ]


def product(shops: Shops, **changes: Any) -> ProductTerms:
    told = {
        "title": "Luminarias",
        "customer": "Municipio de Quilmes",
        "lead": shops.norte.organization,
        "price": PRICE,
        "vat_rate": 2100,
        "split": "shares",
        "costs": STEEL,
        "costs_vat_rate": 2100,
        "levy": 200 if shops.federacion else 0,
        "fund": shops.federacion.organization if shops.federacion else None,
        "agreed_on": AGREED,
        "resolution": "Acta 12",
    }
    return ProductTerms(**(told | changes))


def propose(shops: Shops, *, stages=None, by=None, key=None, on=AGREED, proposer=None, **changes) -> Agreement:
    return coproductions.propose(
        key=key or uuid.uuid4(),
        proposer=proposer or shops.norte.organization,
        terms=product(shops, **changes),
        stages=stages or thirds(shops),
        by=by or shops.noemi,
        on=on,
    )


def accepted(shops: Shops, *, on: dt.date = AGREED, **changes: Any) -> Agreement:
    return sign(propose(shops, on=on, **changes), shops, on=on)


def sign(agreement: Agreement, shops: Shops, *, on: dt.date = AGREED) -> Agreement:
    """Let everybody who has not signed do it."""
    for party in agreement.parties.filter(signed_by=None).select_related("organization"):
        by = shops.officers[party.organization]
        agreement = agreements.sign(agreement=agreement, organization=party.organization, by=by, on=on)
    return agreement


def confirm(delivery: Delivery, shops: Shops, *, on: dt.date) -> Delivery:
    """Let everybody who is concerned say that it was so."""
    for part in delivery.shared.parts.select_related("organization"):
        if part.said_by_id is None:
            by = shops.officers[part.organization]
            delivery = shared.confirm(delivery=delivery, organization=part.organization, by=by, on=on)
    return delivery


def buy(agreement: Agreement, shops: Shops, amount: int = STEEL, *, buyer=None, on=BOUGHT, key=None, **changes):
    """Buy steel for all, and write it down."""
    buyer = buyer or shops.norte
    return shared.log_cost(
        agreement=agreement,
        key=key or uuid.uuid4(),
        buyer=buyer.organization,
        what=changes.get("what", "Acero"),
        amount=amount,
        vat_rate=changes.get("vat_rate", 2100),
        happened_on=on,
        papers=Papers(invoice="A 0003-00000101"),
        by=changes.get("by", shops.officers[buyer.organization]),
        on=on,
    )


def invoice(agreement: Agreement, shops: Shops, amount: int = PRICE, *, on=INVOICED, key=None, by=None) -> Delivery:
    return shared.log_invoice(
        agreement=agreement,
        key=key or uuid.uuid4(),
        amount=amount,
        happened_on=on,
        papers=Papers(invoice="B 7"),
        by=by or shops.noemi,
        on=on,
    )


def collect(agreement: Agreement, shops: Shops, amount: int = 36_300_000_00, *, on=COLLECTED, key=None, by=None):
    return shared.log_collection(
        agreement=agreement,
        key=key or uuid.uuid4(),
        amount=amount,
        happened_on=on,
        papers=Papers(invoice="Recibo 44"),
        by=by or shops.noemi,
        on=on,
    )


def settle(agreement: Agreement, shops: Shops, receiver: Book, *, giver=None, on=SETTLED, key=None) -> Delivery:
    giver = giver or shops.norte
    return settlements.log(
        agreement=agreement,
        key=key or uuid.uuid4(),
        giver=giver.organization,
        receiver=receiver.organization,
        happened_on=on,
        papers=Papers(invoice="Liquidación 1"),
        by=shops.officers[giver.organization],
        on=on,
    )


def pay(agreement: Agreement, shops: Shops, giver: Book, receiver: Book, amount: int, *, on=SETTLED) -> Delivery:
    """Pay some money, and let the other side confirm it."""
    delivery = deliveries.log_payment(
        agreement=agreement,
        key=uuid.uuid4(),
        giver=giver.organization,
        receiver=receiver.organization,
        amount=amount,
        happened_on=on,
        papers=Papers(),
        by=shops.officers[giver.organization],
        on=on,
    )
    return settlements.confirm(delivery=delivery, by=shops.officers[receiver.organization], on=on)


def tell(agreement: Agreement, shops: Shops, number: int, percent: int, *, on=BOUGHT, key=None, by=None) -> Delivery:
    """Say how far a stage is."""
    stage_ = agreement.stages.select_related("party").get(number=number)
    return stages.log(
        agreement=agreement,
        key=key or uuid.uuid4(),
        stage=stage_,
        percent=percent,
        what="80 columnas",
        happened_on=on,
        papers=Papers(delivery_note="R 0001-00000044"),
        by=by or shops.officers[stage_.party],
        on=on,
    )


def carried_out(agreement: Agreement, shops: Shops) -> Agreement:
    """Carry Story 3 out to its end."""
    confirm(buy(agreement, shops), shops, on=BOUGHT)
    confirm(invoice(agreement, shops), shops, on=INVOICED)
    confirm(collect(agreement, shops), shops, on=COLLECTED)
    for receiver in (shops.centro, shops.sur):
        settlements.confirm(
            delivery=settle(agreement, shops, receiver), by=shops.officers[receiver.organization], on=SETTLED
        )
    agreement.refresh_from_db()
    return agreement


def entry(book: Book, on: dt.date) -> list[tuple[str, int]]:
    """Return what stands in a book under a day: account and whole pesos, debit above zero."""
    found = Posting.objects.filter(account__book=book, event__booked_on=on).order_by("-amount")
    return sorted((posting.account.number, posting.amount // 100) for posting in found.select_related("account"))


def of_the_world(cast: Cast) -> dict[str, Agreement]:
    """Let the print shop and the mill make something: a draft, a proposal of the mill, one with acts in each state."""
    shops, on, molino = Shops.of_cast(cast), INVOICED, cast.molino.organization
    parts = [stage(cast.grafica, "Impresión", 600_000), stage(cast.molino, "Envasado", 400_000)]
    draft = propose(shops, stages=parts, by=cast.beto)
    proposed = propose(shops, stages=parts, proposer=molino, by=cast.mario)
    running = accepted(shops, stages=parts)
    undone = confirm(buy(running, shops, on=on), shops, on=on)
    reversals.ask(delivery=undone, organization=molino, reason="Otro precio.", by=cast.mario, on=on)
    confirm(invoice(running, shops, 20_000_000_00, on=on), shops, on=on)
    tell(running, shops, 1, 60, on=on)
    tell(running, shops, 2, 10, on=on)
    buy(running, shops, 1_000_00, buyer=cast.molino, on=on)
    return {"draft": draft, "proposed": proposed, "running": running, "quiet": accepted(shops, stages=parts)}

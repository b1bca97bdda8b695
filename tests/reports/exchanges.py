"""Barters as the books show them, for the statements of the tests: small, typical and large."""

import datetime as dt

from ledger.actions.facts import Line
from ledger.models import Book, Claim, Event
from tests import make
from tests.cast import Cast

NOVEMBER = (dt.date(2023, 11, 1), dt.date(2023, 11, 30))
YEAR = (dt.date(2023, 1, 1), dt.date(2023, 12, 31))


def given(
    giver: Book,
    receiver: Book,
    *,
    value: int,
    claim: Claim,
    quantity: int,
    thing: str = "harina",
    unit: str = "KG",
    vat: tuple[int, Claim] | None = None,
    on: dt.date,
    memo: str = "Entrega",
) -> Event:
    """Post goods handed over: they make a claim larger where the giver is its creditor, else they settle it."""
    sign = 1 if claim.creditor_id == giver.pk else -1
    in_goods = claim.peg.unit_id != claim.unit_id
    goods = make.measure(unit, thing)
    pegged = None if not in_goods else sign * (quantity if sign < 0 else 4_000_000)
    lines = [
        *make.claim_lines(claim, sign * value, pegged),
        Line(account=make.account(giver, "4103"), amount=-value, quantity=-quantity, measure=goods),
        Line(account=make.account(receiver, "1301"), amount=value, quantity=quantity, measure=goods),
    ]
    if vat:
        amount, debt = vat
        lines += [
            *make.claim_lines(debt, amount if debt.creditor_id == giver.pk else -amount),
            Line(account=make.account(giver, "2103"), amount=-amount),
            Line(account=make.account(receiver, "1203"), amount=amount),
        ]
    return make.event(lines, on=on, memo=memo, kind="barter_delivery")


def bags_for_flour(cast: Cast) -> list[Event]:
    """Play November of Story 1: 60,000 bags for 4,000 kg of flour, half of it delivered (reference/domain.md, 10)."""
    grafica, molino = cast.grafica, cast.molino
    flour = make.claim(grafica, molino, peg=make.measure("KG", "harina"), on=dt.date(2023, 11, 20))
    vat = make.claim(grafica, molino, on=dt.date(2023, 11, 20))
    bags = given(
        grafica,
        molino,
        value=1_200_000_00,
        claim=flour,
        quantity=60_000,
        thing="bolsas impresas",
        unit="UN",
        vat=(252_000_00, vat),
        on=dt.date(2023, 11, 20),
        memo="Bolsas impresas de 1 kg para el molino",
    )
    half = given(
        molino,
        grafica,
        value=600_000_00,
        claim=flour,
        quantity=2_000_000,
        vat=(63_000_00, vat),
        on=dt.date(2023, 11, 27),
        memo="Harina 000, primera entrega",
    )
    return [bags, half]


NAMES = (
    "Cooperativa de Trabajo Textiles del Riachuelo Limitada",
    "Panificadora La Espiga",
    "Metalúrgica 3 de Mayo",
    "Frigorífico Obrero del Sur",
    "Cooperativa de Trabajo Maderera Ñandú",
    "Imprenta & Encuadernación «El Pliego»",
    "Química Los Andes",
    "Transporte Unión",
    "Editorial Popular Amanecer",
    "Comedor y Catering La Olla",
    "Vidriería Cristal de Avellaneda",
    "Bachillerato Popular Raíces",
)


def a_year(book: Book, *, partners: int = 12, deliveries: int = 48) -> list[Event]:
    """Post a year of barters with several cooperatives, given and received in turns, all days in order."""
    others = [make.book(f"socia-{n}", name=NAMES[n % len(NAMES)], tax_id="") for n in range(partners)]
    claims: dict[tuple[int, int], Claim] = {}
    events: list[Event] = []
    for n in range(deliveries):
        other = others[(n * 5 + n // 7) % partners]
        on = YEAR[0] + dt.timedelta(days=(n * 364) // deliveries)
        giver, receiver = (book, other) if n % 3 else (other, book)
        debt = claims.setdefault((giver.pk, receiver.pk), make.claim(giver, receiver, on=on))
        value = (37 + (n * 7919) % 911) * 1_000_00 + n
        events.append(
            given(
                giver,
                receiver,
                value=value,
                claim=debt,
                quantity=(n % 17 + 1) * 25_500,
                thing=("harina", "retazos de tela", "papel obra 80 g")[n % 3],
                on=on,
                memo=("Entrega según remito", "Mercadería para la feria", "Insumos del mes")[n % 3],
            )
        )
    return events

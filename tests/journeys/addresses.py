"""The addresses of the pages of the small network."""

from ledger.models import Entry
from tests import make
from tests.journeys.world import World


def pages_of(world: World, code: str) -> list[str]:
    """Return the addresses of every page that reading one cooperative's books opens, whoever reads."""
    book = {"grafica": world.cast.grafica, "molino": world.cast.molino}[code]
    agreed = {"barter": world.barters, "coproductions": world.products, "toll": world.tolls, "loans": world.loans}
    agreed |= {"purchases": world.purchases, "machines": world.machines}
    entries = Entry.objects.filter(book=book)
    found = [entries.order_by("pk")[0], entries.get(event__reverses__isnull=False)]
    accounts = [make.account(book, "1301").pk, book.accounts.filter(peg__unit__code="KG")[0].pk]
    return [
        f"/coop/{code}/",
        *[f"/coop/{code}/barter/{query}" for query in ("", "?state=settled")],
        *[
            f"/coop/{code}/{kind}/{each.pk}/"
            for kind, states in agreed.items()
            for state, each in states.items()
            if not (code == "molino" and state == "draft")
        ],
        *[f"/coop/{code}/journal/{query}" for query in ("", "?starts_on=2030-01-01", "?starts_on=ayer")],
        *[f"/coop/{code}/journal/{each.year}/{each.number}/" for each in found],
        *[f"/coop/{code}/accounts/{query}" for query in ("", "?at=2023-11-30", "?at=ayer")],
        f"/coop/{code}/years/",
        *[f"/coop/{code}/accounts/{pk}/" for pk in accounts],
        f"/coop/{code}/disputes/",
        *[f"/coop/{code}/disputes/{each.pk}/" for each in world.disputes.values()],
        f"/coop/{code}/customers/",
        f"/coop/{code}/customers/work/",
        *[f"/coop/{code}/customers/{world.referrals[each].pk}/" for each in ("received", "running")],
        *[
            f"/coop/{code}/{kind}/"
            for kind in ("coproductions", "toll", "loans", "purchases", "machines", "community", "handovers")
        ],
        *_of_network(world, code),
        f"/coop/{code}/community/gifts/",
        *(f"/coop/{code}/{part}/" for part in ("clearing", "balances", "signoffs", "cash")),
        *(f"/coop/{code}/clearing/{each.pk}/" for each in (world.round,) if each),
        *(f"/coop/{code}/balances/{each.pk}/" for each in (world.asked,) if each),
        *(f"/coop/{code}/cash/{each.pk}/" for each in (world.cash,) if each and code == "grafica"),
        f"/coop/{code}/vouchers/",
        *[
            f"/coop/{code}/vouchers/{each.code}/"
            for each in world.vouchers[:1]
            if each.organization == book.organization
        ],
        f"/coop/{code}/reconciliation/",
        *(f"/reports/{code}/{part}" for part in ("", "owing/", "flows/")),
    ]


def _of_network(world: World, code: str) -> list[str]:
    """Return those of network credit and of the solidarity fund."""
    book = {"grafica": world.cast.grafica, "molino": world.cast.molino}[code]
    return [
        *[f"/coop/{code}/credit/{page}" for page in ("", "acts/")],
        *[
            f"/coop/{code}/credit/acts/{each.pk}/"
            for each in world.credited.values()
            if book.organization in {each.teller, each.other}
        ],
        f"/coop/{code}/fund/",
        *[
            f"/coop/{code}/fund/{part}"
            for part in (
                *(f"{world.fund.pk}/", f"{world.fund.pk}/acts/", f"{world.fund.pk}/movements/"),
                *(f"acts/{each.pk}/" for each in world.funded.values()),
            )
            if code == "grafica"
        ],
    ]

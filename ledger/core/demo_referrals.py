"""Customers that the cooperatives of the demo network share: orders passed on, favors, tenders."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Shared:
    """A customer that is shared, so many days before the last day of the demo; whole pesos, per cent."""

    giver: str
    way: str
    work: str
    customer: str
    #: Taker → about how much it invoices.
    takers: tuple[tuple[str, int], ...]
    days_ago: int
    fee: int = 0
    #: Taker, days before the last one, pesos; the fee of it is paid ten days later.
    invoices: tuple[tuple[str, int, int], ...] = ()
    #: Of a tender.
    outcome: str = ""
    ends: bool = True
    #: The network credit that its fees are paid in; without it, they go through the bank.
    credit: str = ""


#: The credit of a federation of the demo.
CREDIT = "SURCO"
SHOP, PRESS, BOARD = "grafica-barracas", "imprenta-el-puente", "cartones-parana"
SEWING, MILL, BAKERY, PASTA = (
    "confecciones-18-de-julio",
    "molino-los-andes",
    "panificadora-la-espiga",
    "pastas-el-trigal",
)

SHARED: tuple[Shared, ...] = (
    Shared(
        *(SHOP, "order", "4.000 cuadernos tapa dura", "Escuela 14 de Barracas", ((PRESS, 5_200_000),), 320, 5),
        invoices=((PRESS, 300, 2_600_000), (PRESS, 284, 2_480_000)),
    ),
    Shared(
        *(PRESS, "customer", "Etiquetas y cajas", "Distribuidora Sarandí", ((SHOP, 1_900_000),), 260),
        invoices=((SHOP, 241, 1_845_000),),
    ),
    Shared(
        *(SHOP, "tender", "Cartelería de la muestra anual", "Museo del Riachuelo"),
        *(((PRESS, 2_400_000), (SEWING, 1_100_000)), 215),
        outcome="lost",
    ),
    Shared(
        *(SHOP, "tender", "Bolsas y cuadernillos de campaña", "Secretaría de Salud"),
        *(((PRESS, 3_000_000), (SEWING, 1_700_000)), 180),
        outcome="won",
        invoices=((PRESS, 150, 2_950_000), (SEWING, 143, 1_720_000)),
    ),
    Shared(
        *(SEWING, "joint", "Uniformes y afiches de la feria", "Feria de economía popular", ((SHOP, 640_000),), 130, 3),
        invoices=((SHOP, 110, 655_000),),
        ends=False,
    ),
    Shared(
        *(BAKERY, "order", "Fideos para comedores", "Red de comedores del Bajo", ((PASTA, 2_100_000),), 96, 4),
        invoices=((PASTA, 80, 1_050_000), (PASTA, 51, 1_010_000)),
        credit=CREDIT,
    ),
    Shared(
        *(MILL, "customer", "Bolsas de papel impresas", "Semillería Chivilcoy", ((SHOP, 980_000),), 40, 5),
        invoices=((SHOP, 22, 505_000),),
        ends=False,
    ),
    Shared(*(SHOP, "order", "Cajas troqueladas", "Perfumería La Esquina", ((BOARD, 1_300_000),), 12), ends=False),
)
#: Told a day before the last one, and still waiting for whose customer it is.
WAITING = (7, BOARD, 420_000)

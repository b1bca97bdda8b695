"""What the cooperatives of the demo network offer and need: some of it meets, some ends soon, some has ended."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Listed:
    """A made-up offer or need: whole units, whole pesos for one, days before the last day of the demo."""

    code: str
    kind: str
    thing: str
    unit: str
    quantity: int
    rhythm: str = "once"
    #: None: to be agreed.
    price: int | None = None
    note: str = ""
    days_ago: int = 20
    #: For how many days it was to be shown.
    days: int = 90
    #: "met" or "withdrawn", today.
    ending: str = ""


LISTED: tuple[Listed, ...] = (
    # Each of the two gives what the other needs: a barter.
    Listed("grafica-barracas", "offer", "bolsas impresas", "UN", 60_000, price=47, note="Papel kraft, a dos colores."),
    Listed("grafica-barracas", "need", "harina 000", "KG", 2_000, "monthly", note="Para la olla del barrio."),
    Listed("molino-los-andes", "offer", "harina 000", "KG", 10_000, "monthly", 770, "En bolsas de 25 kg."),
    Listed("molino-los-andes", "need", "bolsas impresas", "UN", 40_000, note="Con la marca del molino."),
    # A ring of three, for whoever looks for rings.
    Listed("hilados-chaco", "offer", "hilado de algodón", "KG", 600, "monthly", 12_100),
    Listed("hilados-chaco", "need", "ropa de trabajo", "UN", 45),
    Listed("tejeduria-san-martin", "need", "hilado de algodón", "KG", 450, "monthly", 11_800),
    Listed("tejeduria-san-martin", "offer", "tela de algodón", "M", 900, "monthly", 7_700),
    Listed("confecciones-18-de-julio", "need", "telas de algodon", "M", 500),
    Listed("confecciones-18-de-julio", "offer", "ropa de trabajo", "UN", 120, price=38_500),
    # Words and units that only nearly meet.
    Listed("frigorifico-la-unidad", "need", "cajas de cartón corrugado", "UN", 5_000, "monthly", 900),
    Listed("cartones-parana", "offer", "cajas de cartón", "UN", 9_000, "monthly", 960),
    Listed("pastas-el-trigal", "offer", "fideos secos", "KG", 900, price=2_400),
    Listed("pastas-el-trigal", "need", "harina 000", "KG", 3_000, "monthly", 740),
    Listed("panificadora-la-espiga", "need", "harina 0000", "KG", 1_500, "monthly"),
    Listed("transporte-la-huella", "offer", "fletes", "HORA", 60, "monthly", 45_000, "Camión de 8 toneladas."),
    Listed("yerbatera-iguazu", "need", "fletes a Buenos Aires", "HORA", 24),
    Listed("yerbatera-iguazu", "offer", "yerba mate", "KG", 700, price=5_100),
    Listed("escuela-del-parque", "offer", "horas de capacitación", "HORA", 40, "monthly"),
    Listed("comedor-la-olla", "offer", "viandas", "UN", 500, "monthly", 6_900),
    # Ends soon; ended; met.
    Listed("grafica-barracas", "need", "repuestos torneados", "UN", 12, days_ago=81),
    Listed("tornos-unidos", "offer", "repuestos torneados", "UN", 80, price=52_000, days_ago=80),
    Listed("grafica-barracas", "offer", "cuadernos", "UN", 800, price=3_600, days_ago=96),
    Listed("molino-los-andes", "need", "estanterías de acero", "UN", 6, days_ago=60, ending="met"),
)

"""Who is in the demo network and what each makes: all of it made up, in the proportions of the sector.

Sectors, provinces and sizes follow the 398 recuperated enterprises counted in August 2025 (Facultad Abierta): metal 63,
food 55, textile 40, graphics 39, meat 22, media 21, gastronomy 19, schools 17; Buenos Aires 42 %, the capital 17 %.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Cooperative:
    """A made-up cooperative; the CUIT is valid and belongs to nobody."""

    code: str
    name: str
    sector: str
    province: str
    city: str
    treasurer: str
    federation: str
    kind: str = "recuperated_enterprise"


@dataclass(frozen=True, slots=True)
class Good:
    """Something that a sector makes: price in whole pesos of the first month, VAT in basis points."""

    sector: str
    thing: str
    unit: str
    price: int
    vat_rate: int
    #: How much makes a usual lot, in whole units.
    lot: int
    #: Which sectors can use it.
    wanted_by: tuple[str, ...]


UNION, SUR = "fed-union", "fed-sur"

COOPERATIVES: tuple[Cooperative, ...] = (
    Cooperative("aceros-del-sur", "Aceros del Sur", "metal", "B", "Avellaneda", "Rosa Medina", SUR),
    Cooperative("fundicion-riachuelo", "Fundición Riachuelo", "metal", "B", "Lanús", "Héctor Paz", SUR),
    Cooperative("metal-25-de-mayo", "Metalúrgica 25 de Mayo", "metal", "S", "Rosario", "Elsa Vera", UNION),
    Cooperative("tornos-unidos", "Tornos Unidos", "metal", "X", "Córdoba", "Raúl Soria", UNION),
    Cooperative("caldereria-berisso", "Calderería Berisso", "metal", "B", "Berisso", "Nilda Coria", SUR),
    Cooperative("molino-los-andes", "Molino Los Andes", "food", "B", "Chivilcoy", "Mario Luna", UNION),
    Cooperative("panificadora-la-espiga", "Panificadora La Espiga", "food", "C", "Buenos Aires", "Clara Ibáñez", SUR),
    Cooperative("pastas-el-trigal", "Pastas El Trigal", "food", "B", "Quilmes", "Omar Díaz", SUR),
    Cooperative("yerbatera-iguazu", "Yerbatera Iguazú", "food", "N", "Oberá", "Lidia Gauna", UNION),
    Cooperative("hilados-chaco", "Hilados Chaco", "textile", "H", "Villa Ángela", "Pedro Maidana", UNION),
    Cooperative("tejeduria-san-martin", "Tejeduría San Martín", "textile", "B", "San Martín", "Irma Ledesma", UNION),
    Cooperative(
        "confecciones-18-de-julio", "Confecciones 18 de Julio", "textile", "F", "La Rioja", "Susana Ríos", UNION
    ),
    Cooperative("grafica-barracas", "Gráfica Barracas", "graphics", "C", "Buenos Aires", "Ana Ferreyra", SUR),
    Cooperative("imprenta-el-puente", "Imprenta El Puente", "graphics", "B", "Avellaneda", "Julio Ponce", SUR),
    Cooperative("cartones-parana", "Cartones Paraná", "graphics", "E", "Paraná", "Delia Sosa", UNION),
    Cooperative("frigorifico-la-unidad", "Frigorífico La Unidad", "meat", "B", "Cañuelas", "Juan Cabral", SUR),
    Cooperative("frigorifico-bragado", "Frigorífico Bragado", "meat", "B", "Bragado", "Norma Paz", UNION),
    Cooperative("diario-la-voz-obrera", "La Voz Obrera", "media", "S", "Rosario", "Laura Ojeda", UNION),
    Cooperative(
        "radio-barrial", "Radio Barrial", "media", "C", "Buenos Aires", "Tito Gómez", SUR, "worker_cooperative"
    ),
    Cooperative("comedor-la-olla", "Gastronómica La Olla", "gastronomy", "C", "Buenos Aires", "Marta Rey", SUR),
    Cooperative(
        "escuela-del-parque", "Escuela del Parque", "education", "B", "Morón", "Inés Farías", SUR, "worker_cooperative"
    ),
    Cooperative("maderas-del-litoral", "Maderas del Litoral", "wood", "S", "Santa Fe", "Oscar Benítez", UNION),
    Cooperative("plasticos-ensenada", "Plásticos Ensenada", "chemicals", "B", "Ensenada", "Gloria Acuña", SUR),
    Cooperative("envases-trelew", "Envases Trelew", "chemicals", "U", "Trelew", "Hugo Leiva", UNION),
    Cooperative(
        "transporte-la-huella",
        "Transporte La Huella",
        "transport",
        "X",
        "Villa María",
        "Sergio Toledo",
        UNION,
        "worker_cooperative",
    ),
)

EVERYBODY = (
    "metal",
    "food",
    "textile",
    "graphics",
    "meat",
    "media",
    "gastronomy",
    "education",
    "wood",
    "chemicals",
    "transport",
)

GOODS: tuple[Good, ...] = (
    Good("metal", "estanterías de acero", "UN", 185_000, 2100, 12, ("food", "graphics", "education", "textile")),
    Good("metal", "repuestos torneados", "UN", 42_000, 2100, 40, ("food", "textile", "graphics", "chemicals", "wood")),
    Good("metal", "mesadas de acero inoxidable", "UN", 610_000, 2100, 4, ("food", "meat", "gastronomy")),
    Good("food", "harina 000", "KG", 620, 1050, 4_000, ("food", "gastronomy", "graphics", "metal")),
    Good("food", "pan y facturas", "KG", 3_400, 1050, 300, ("metal", "textile", "education", "gastronomy")),
    Good("food", "fideos secos", "KG", 1_950, 2100, 900, ("metal", "textile", "transport", "gastronomy")),
    Good("food", "yerba mate", "KG", 4_100, 2100, 500, ("metal", "graphics", "media", "textile", "wood")),
    Good("textile", "ropa de trabajo", "UN", 31_000, 2100, 80, ("metal", "food", "meat", "chemicals", "transport")),
    Good("textile", "tela de algodón", "M", 6_200, 2100, 700, ("textile", "education", "wood")),
    Good("textile", "hilado de algodón", "KG", 9_800, 2100, 600, ("textile",)),
    Good("graphics", "bolsas impresas", "UN", 38, 2100, 60_000, ("food", "textile", "gastronomy")),
    Good("graphics", "cuadernos", "UN", 2_900, 2100, 1_500, ("education", "media", "metal")),
    Good("graphics", "cajas de cartón", "UN", 780, 2100, 6_000, ("food", "meat", "chemicals", "textile")),
    Good("meat", "carne en media res", "KG", 6_900, 1050, 700, ("gastronomy", "metal", "education", "textile")),
    Good("media", "pauta radial", "HORA", 54_000, 2100, 30, ("food", "graphics", "gastronomy", "textile")),
    Good("media", "avisos impresos", "UN", 96_000, 2100, 20, ("metal", "food", "education", "wood")),
    Good("gastronomy", "viandas", "UN", 5_600, 1050, 500, ("metal", "graphics", "media", "transport")),
    Good("education", "horas de capacitación", "HORA", 28_000, 2100, 60, ("metal", "food", "textile", "chemicals")),
    Good("wood", "muebles de oficina", "UN", 240_000, 2100, 9, ("media", "education", "graphics", "transport")),
    Good("wood", "tarimas de madera", "UN", 14_500, 2100, 150, ("food", "chemicals", "meat", "metal")),
    Good("chemicals", "baldes plásticos", "UN", 4_300, 2100, 700, ("food", "meat", "gastronomy")),
    Good("chemicals", "film para envasar", "KG", 5_200, 2100, 450, ("food", "meat", "graphics")),
    Good("transport", "fletes", "HORA", 36_000, 1050, 60, EVERYBODY),
)

"""What the cooperatives of the demo network give the community: rooms, work, and what an assembly decided."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Body:
    """A made-up body of the community, and who lends it rooms: days of the week (Monday is 0), hours of the day."""

    code: str
    name: str
    activity: str
    city: str
    province: str
    president: str
    host: str
    title: str
    weekdays: tuple[int, ...]
    starts_at: int
    ends_at: int
    rooms: int
    #: How many people come each time, about.
    people: int
    #: Whole pesos of each session: light, and members who open and close.
    light: int
    door: int


SCHOOL, CLINIC = "bachi-los-talleres", "salita-los-andes"

BODIES: tuple[Body, ...] = (
    Body(
        code=SCHOOL,
        name="Bachillerato Popular Los Talleres",
        activity="popular_high_school",
        city="Buenos Aires",
        province="C",
        president="Paula Quinteros",
        host="grafica-barracas",
        title="Bachillerato popular",
        weekdays=(0, 1, 2, 3),
        starts_at=18,
        ends_at=22,
        rooms=3,
        people=66,
        light=3_600,
        door=5_000,
    ),
    Body(
        code=CLINIC,
        name="Sala de Salud Los Andes",
        activity="clinic",
        city="Chivilcoy",
        province="B",
        president="Hugo Ferrari",
        host="molino-los-andes",
        title="Sala de salud del barrio",
        weekdays=(1, 4),
        starts_at=9,
        ends_at=13,
        rooms=2,
        people=23,
        light=1_400,
        door=2_500,
    ),
)


@dataclass(frozen=True, slots=True)
class Gift:
    """Something given once, so many days before the last day of the demo: whole pesos, or whole hours of people."""

    giver: str
    #: One of the `BODIES`, another cooperative of the demo, or a name.
    receiver: str
    kind: str
    what: str
    days_ago: int
    amount: int = 0
    hours: int = 0
    people: int = 0
    #: Of mentoring: how many learned.
    trainees: int = 0
    receipt: str = ""
    #: Of an event: how many came, how that is known, and whether the giver's name was on the shirts.
    attendances: int = 0
    counted: str = ""
    has_return: bool = False


GIFTS: tuple[Gift, ...] = (
    Gift("aceros-del-sur", "Hospital Fiorito", "hospital", "Arreglo de camillas", 120, 480_000, receipt="Recibo 118"),
    Gift("grafica-barracas", SCHOOL, "donation", "Pizarrones y libros", 75, 250_000),
    Gift("grafica-barracas", SCHOOL, "work", "Pintura de las aulas", 33, hours=36, people=6),
    Gift(
        "aceros-del-sur",
        "grafica-barracas",
        "mentoring",
        "Mantenimiento de máquinas",
        90,
        hours=24,
        people=2,
        trainees=5,
    ),
    Gift("grafica-barracas", "comedor-la-olla", "mentoring", "Costos y planillas", 27, hours=12, people=1, trainees=4),
    Gift(
        *("comedor-la-olla", "Club Social Pompeya", "event", "Festival del barrio", 20, 190_000),
        receipt="Recibo 7",
        attendances=350,
        counted="estimated",
    ),
    Gift(
        *("grafica-barracas", SCHOOL, "event", "Noche de teatro de fin de cuatrimestre", 70, 85_000),
        attendances=124,
        counted="counted",
    ),
    Gift(
        *("grafica-barracas", "Club Barracas Juniors", "event", "Camisetas con nuestro nombre", 60, 140_000),
        receipt="Recibo 31",
        attendances=90,
        counted="declared",
        has_return=True,
    ),
)

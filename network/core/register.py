"""The register as a table: Spanish and English headings, a row as it is read, a row as it is written.

What a file does not say is left as it is: an empty cell changes nothing. The CBU and whether a profile is public have
no column: the former goes into no file, the latter is a decision and no fact.
"""

import datetime as dt
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from network.core import countries
from network.core.delimited import Problems, bare, day, inert, plain
from network.core.organizations import Details

ROWS_MAX = 2_000
CODE_MAX = 40

#: Column → the headings that name it, without accents, in small letters; the first is the one that is written.
HEADINGS: dict[str, tuple[str, ...]] = {
    "code": ("codigo", "code"),
    "name": ("nombre", "organizacion", "razon social", "name"),
    "kind": ("tipo", "que es", "kind", "type"),
    "sector": ("sector", "rubro"),
    "legal_form": ("forma juridica", "figura legal", "legal form"),
    "country": ("pais", "country"),
    "province": ("provincia", "departamento", "province", "department"),
    "city": ("localidad", "ciudad", "city"),
    "address": ("direccion", "domicilio", "address"),
    "tax_id": ("cuit", "nit", "cuit/nit", "tax id"),
    "national_number": ("matricula", "matricula inaes", "matricula nacional", "registration", "national registration"),
    "provincial_number": ("matricula provincial", "provincial registration"),
    "email": ("correo", "mail", "email", "e-mail", "correo electronico"),
    "phone": ("telefono", "phone", "telephone"),
    "website": ("sitio web", "sitio", "web", "pagina web", "website", "web site"),
    "activity": ("actividad", "activity"),
    "district": ("distrito", "zona", "district"),
    "households": ("familias", "hogares", "households"),
    "workers": ("trabajadores", "trabajadoras y trabajadores", "workers"),
    "counted_on": ("contados el", "fecha del conteo", "counted on"),
    "counted_by": ("contados por", "fuente", "counted by", "source"),
}
REQUIRED = ("name", "kind")
COUNT = ("workers", "counted_on", "counted_by")

#: Code → the words for it; the first is the one that is written. The code itself is read as well.
KINDS: dict[str, tuple[str, ...]] = {
    "recuperated_enterprise": ("empresa recuperada", "ert", "worker-recuperated enterprise", "recuperada"),
    "worker_cooperative": ("cooperativa de trabajo", "cooperativa", "worker cooperative"),
    "federation": ("federación", "federation"),
    "confederation": ("confederación", "confederation"),
    "sector_network": ("red del sector", "red", "sector network"),
    "neighborhood_council": ("junta vecinal", "neighborhood council", "neighbourhood council"),
    "community_body": ("organización de la comunidad", "organizacion comunitaria", "community body"),
    "union": ("sindicato", "union"),
    "university": ("universidad", "university"),
    "municipality": ("municipio", "municipalidad", "municipality"),
    "outside_party": ("cliente o proveedor de afuera", "cliente", "proveedor", "outside customer or supplier"),
}
SECTORS: dict[str, tuple[str, ...]] = {
    "metal": ("metalúrgica", "metalurgico", "metalworking"),
    "food": ("alimentación", "alimentos", "food"),
    "textile": ("textil", "textil e indumentaria", "indumentaria", "textiles and clothing"),
    "graphics": ("gráfica", "grafico", "graphics", "imprenta"),
    "meat": ("carne", "frigorifico", "meat packing"),
    "media": ("medios", "medios de comunicacion", "comunicacion", "media"),
    "gastronomy": ("gastronomía", "gastronomy"),
    "education": ("escuelas", "educacion", "schools"),
    "wood": ("madera", "madera y muebles", "wood and furniture"),
    "chemicals": ("química y plástico", "quimica", "plastico", "chemicals and plastics"),
    "transport": ("transporte", "transport"),
    "glass": ("vidrio y cerámica", "vidrio", "ceramica", "glass and ceramics"),
    "leather": ("cuero y calzado", "cuero", "calzado", "leather and footwear"),
    "rubber": ("caucho", "rubber"),
    "construction": ("construcción", "construction"),
    "health": ("salud", "health"),
    "hotels": ("hotelería y turismo", "hoteleria", "hoteles", "hotels and tourism"),
    "agriculture": ("agro", "agricultura", "agriculture"),
    "recycling": ("reciclado", "reciclaje", "recycling"),
    "commerce": ("comercio", "commerce"),
    "other": ("otro", "otros", "other"),
}
LEGAL_FORMS: dict[str, tuple[str, ...]] = {
    "work_cooperative": ("cooperativa de trabajo", "worker cooperative"),
    "other_cooperative": ("otra cooperativa", "other cooperative"),
    "mutual": ("mutual", "mutual association"),
    "civil_association": ("asociación civil", "civil association"),
    "foundation": ("fundación", "foundation"),
    "corporation": ("s. a.", "sa", "s.a.", "sociedad anonima", "corporation"),
    "limited_company": ("s. r. l.", "srl", "s.r.l.", "limited company"),
    "trade_union": ("sindicato con personería gremial", "sindicato", "trade union"),
    "public_body": ("organismo público", "public body"),
    "none": ("ninguna", "en formacion", "none"),
}
ACTIVITIES: dict[str, tuple[str, ...]] = {
    "popular_high_school": ("bachillerato popular", "bachillerato", "popular high school"),
    "clinic": ("clínica o salita", "clinica", "salita", "health clinic"),
    "cultural_center": ("centro cultural", "cultural center", "cultural centre"),
    "soup_kitchen": ("comedor", "olla popular", "soup kitchen"),
    "child_care": ("jardín o guardería", "jardin", "guarderia", "child care"),
    "library": ("biblioteca", "library"),
    "community_radio": ("radio comunitaria", "community radio"),
    "sports_club": ("club", "club deportivo", "sports club"),
    "housing": ("vivienda", "housing"),
    "other": ("otra", "other"),
}
_CODED = {
    "kind": (KINDS, "unknown_kind"),
    "sector": (SECTORS, "unknown_sector"),
    "legal_form": (LEGAL_FORMS, "unknown_legal_form"),
    "activity": (ACTIVITIES, "unknown_activity"),
}
_TEXTS = (
    *("name", "city", "address", "tax_id", "national_number", "provincial_number"),
    *("email", "phone", "website", "district", "province"),
)


@dataclass(frozen=True, slots=True)
class Count:
    """How many worked there on a day, and who counted."""

    workers: int
    on: dt.date
    by: str


@dataclass(frozen=True, slots=True)
class Given:
    """What a row says: its code if it has one, what it tells of the organization, and perhaps a count."""

    code: str
    values: dict[str, object] = field(default_factory=dict)
    count: Count | None = None

    def over(self, there: Details | None) -> Details:
        """Return what the register would say: what it says, and over it what the row says."""
        details = replace(there or Details(name="", kind=""), **self.values)  # type: ignore[arg-type]
        letter = countries.province_of(details.province, country=details.country)
        return replace(details, province=letter or details.province)


def read_row(written: Mapping[str, str]) -> tuple[Given, Problems]:
    """Return what a row says, and what is wrong with it by column."""
    cells = {column: " ".join(bare(written.get(column, "").strip()).split()) for column in HEADINGS}
    problems: Problems = {column: "missing" for column in REQUIRED if not cells[column]}
    values: dict[str, object] = {name: cells[name] for name in _TEXTS if cells[name]}
    for column, (known, unknown) in _CODED.items():
        if cells[column]:
            values[column] = code_of(cells[column], known)
            if not values[column]:
                problems[column] = unknown
    if cells["country"]:
        values["country"] = countries.country_of(cells["country"])
    values |= _whole(cells, "households", problems)
    code = cells["code"].lower()
    if code and not is_code(code):
        problems["code"] = "not_a_code"
    return Given(code=code, values=values, count=_count(cells, problems)), problems


def code_of(text: str, known: Mapping[str, tuple[str, ...]]) -> str:
    """Return the code that a word stands for, or nothing."""
    words = {plain(word): code for code, names in known.items() for word in names}
    return text if text in known else words.get(plain(text), "")


def is_code(text: str) -> bool:
    """Say whether a text may be the code of an organization."""
    return bool(re.fullmatch(rf"[-a-z0-9_]{{1,{CODE_MAX}}}", text))


def code_from(name: str) -> str:
    """Return the code that a name makes: `Gráfica Barracas` becomes `grafica-barracas`."""
    return re.sub("[^a-z0-9]+", "-", plain(name)).strip("-")[:CODE_MAX].strip("-")


def _whole(cells: Mapping[str, str], column: str, problems: Problems) -> dict[str, int]:
    text = cells[column]
    if not text:
        return {}
    if not re.fullmatch(r"[0-9]{1,3}([.,][0-9]{3})+|[0-9]{1,9}", text):
        problems[column] = "not_a_whole_number"
        return {}
    return {column: int(re.sub("[.,]", "", text))}


def _count(cells: Mapping[str, str], problems: Problems) -> Count | None:
    if not any(cells[column] for column in COUNT):
        return None
    for column in COUNT:
        if not cells[column]:
            problems[column] = "count_in_part"
    workers = _whole(cells, "workers", problems).get("workers")
    counted_on = None
    if cells["counted_on"]:
        try:
            counted_on = day(cells["counted_on"])
        except ValueError:
            problems["counted_on"] = "not_a_day"
    if workers is None or counted_on is None or not cells["counted_by"]:
        return None
    return Count(workers, counted_on, cells["counted_by"][:80])


def write_row(code: str, details: Details, count: Count | None) -> list[str]:
    """Return the cells of an organization, in the order of the columns, as `read_row` reads them back."""
    return [inert(_WRITE.get(column, _plain)(column, code, details, count)) for column in HEADINGS]


def _plain(column: str, _code: str, details: Details, _count: Count | None) -> str:
    value = getattr(details, column)
    return "" if value is None else str(value)


def _word(column: str, _code: str, details: Details, _count: Count | None) -> str:
    code = getattr(details, column)
    return _CODED[column][0][code][0] if code else ""


_WRITE: dict[str, Callable[[str, str, Details, Count | None], str]] = {
    **dict.fromkeys(_CODED, _word),
    "code": lambda _column, code, _details, _count: code,
    "province": lambda _c, _code, details, _n: f"{details.country}-{details.province}" if details.province else "",
    "workers": lambda _c, _code, _details, count: str(count.workers) if count else "",
    "counted_on": lambda _c, _code, _details, count: count.on.isoformat() if count else "",
    "counted_by": lambda _c, _code, _details, count: count.by if count else "",
}

"""Countries of the network, their provinces by ISO 3166-2, and the shape of a tax id in each."""

from stdnum.ar import cuit
from stdnum.exceptions import ValidationError

from network.core.delimited import plain

#: Country (ISO 3166-1) → letter after the hyphen of ISO 3166-2 → name. Names of places are not translated.
PROVINCES: dict[str, dict[str, str]] = {
    "AR": {
        "A": "Salta", "B": "Buenos Aires", "C": "Ciudad Autónoma de Buenos Aires", "D": "San Luis", "E": "Entre Ríos",
        "F": "La Rioja", "G": "Santiago del Estero", "H": "Chaco", "J": "San Juan", "K": "Catamarca", "L": "La Pampa",
        "M": "Mendoza", "N": "Misiones", "P": "Formosa", "Q": "Neuquén", "R": "Río Negro", "S": "Santa Fe",
        "T": "Tucumán", "U": "Chubut", "V": "Tierra del Fuego", "W": "Corrientes", "X": "Córdoba", "Y": "Jujuy",
        "Z": "Santa Cruz",
    },
    "BO": {
        "B": "El Beni", "C": "Cochabamba", "H": "Chuquisaca", "L": "La Paz", "N": "Pando", "O": "Oruro",
        "P": "Potosí", "S": "Santa Cruz", "T": "Tarija",
    },
}  # fmt: skip
#: How the capital is also called.
_ALSO: dict[str, dict[str, str]] = {
    "AR": {"caba": "C", "capital federal": "C", "ciudad de buenos aires": "C", "tierra del fuego": "V"},
    "BO": {},
}
_COUNTRY_NAMES = {"ar": "AR", "argentina": "AR", "bo": "BO", "bolivia": "BO"}
#: A CUIT has eleven digits, a NIT of Bolivia as many as the person's or company's number asks for.
TAX_ID_DIGITS = {"AR": (11, 11), "BO": (7, 12)}


def country_of(text: str) -> str:
    """Return the code of a country by its code or name, or nothing."""
    return _COUNTRY_NAMES.get(plain(text), "")


def province_of(text: str, *, country: str) -> str:
    """Return the letter of a province by its letter, its whole code (AR-B) or its name; or nothing."""
    known = PROVINCES.get(country, {})
    letter = text.strip().upper().removeprefix(f"{country}-")
    if letter in known:
        return letter
    named = {plain(name): code for code, name in known.items()} | _ALSO.get(country, {})
    return named.get(plain(text), "")


def province_name(letter: str, *, country: str) -> str:
    """Return what a province is called, or nothing."""
    return PROVINCES.get(country, {}).get(letter, "")


def tax_id_written(digits: str, *, country: str) -> str:
    """Return a tax id as papers have it: 30-99900001-7; a NIT is written as it is."""
    return str(cuit.format(digits)) if country == "AR" and digits else digits


def tax_id_of(text: str, *, country: str) -> str:
    """Return the digits of a CUIT or NIT.

    :raises ValueError: if it is none: a CUIT's last digit checks the others, a NIT has nothing to check but its length.
    """
    if country == "AR":
        try:
            return str(cuit.validate(text))
        except ValidationError:
            raise ValueError(text) from None
    digits = "".join(text.split()).replace("-", "").replace(".", "")
    least, most = TAX_ID_DIGITS[country]
    if not (digits.isascii() and digits.isdigit() and least <= len(digits) <= most):
        raise ValueError(text)
    return digits

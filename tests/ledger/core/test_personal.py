"""What looks like the data of a person, and what only looks like a number."""

import pytest

from ledger.core.personal import signs

NAMES = ["José Pérez", "Ana"]


@pytest.mark.parametrize(
    "text",
    [
        "Pago a 20-12345678-6",
        "CUIL 20123456786",
        "DNI 12345678",
        "dni: 12.345.678",
        "Retira 12.345.678 en el galpón",
        "Escribir a ana.perez@example.org",
        "Tel. 4555-1234",
        "Llamar al 11 4555-1234",
        "WhatsApp 351 155 4321",
        "+54 9 11 4555-1234",
        "Retiro de jose perez",
        "Se paga a José  Pérez, de expedición",
    ],
)
def test_a_person_is_seen(text: str):
    assert signs(text, names=NAMES) == 1


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Harina 000, 2.000 kg",
        "Factura A 0003-00001234",
        "Remito 0001-00012345, acta 12",
        "CUIT 30-99900001-7",
        "Por $ 12.345.678,50",
        "Total $12.345.678",
        "12.345.678 kg de papel",
        "2026-05-04 10:30",
        "20-12345678-0",
        "Ana",
        "Cooperativa José Pérezoso",
        "Bolsas impresas 30.000 UN para el Molino",
    ],
)
def test_and_what_is_none_is_not(text: str):
    assert signs(text, names=NAMES) == 0


def test_each_is_counted_once():
    assert signs("DNI 12.345.678, cel 11 4555-1234, a@b.org", names=NAMES) == 3

"""Amounts as people of Peru write them, and how they are shown."""

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from reclamos.montos import CampoMonto, con_miles
from reclamos.templatetags.soles import soles
from tests.reclamos.hojas import presentar

CAMPO = CampoMonto(ejemplo="Así: 1,500.50")


@pytest.mark.parametrize(
    ("escrito", "vale"),
    [
        ("1500.50", "1500.50"),
        ("1,500.50", "1500.50"),
        ("1500,50", "1500.50"),
        ("1500,5", "1500.5"),
        ("S/ 1,500.50", "1500.50"),
        ("s/.1500", "1500.0"),
        ("12,345,678", "12345678.0"),
        (" 1 500.50 ", "1500.50"),
        ("0.5", "0.5"),
    ],
)
def test_monto_se_lee_como_se_escribe(escrito, vale):
    assert CAMPO.clean(escrito) == Decimal(vale)


@pytest.mark.parametrize(
    "escrito",
    ["mil", "-1", "1.500,50", "1,50,0", "1500.505", "1500,505", "1e3", "٣", "9" * 30, "1,,5", "."],
)
def test_monto_que_no_se_entiende_dice_como(escrito):
    with pytest.raises(ValidationError, match="Así: 1,500.50"):
        CAMPO.clean(escrito)


def test_monto_vacio_no_se_exige():
    assert CAMPO.clean("") is None


@pytest.mark.parametrize(
    ("monto", "dicho"),
    [
        (Decimal("1500.5"), "1,500.50"),
        ("38500.00", "38,500.00"),
        ("1,200.00", "1,200.00"),
        (0, "0.00"),
    ],
)
def test_monto_se_muestra_con_miles(monto, dicho):
    assert con_miles(monto) == dicho
    assert soles(monto) == f"S/\N{NO-BREAK SPACE}{dicho}"


def test_hoja_del_libro_muestra_el_monto_con_miles(client, caseta):
    reclamo = presentar(client, caseta, monto="1,500.50")
    assert reclamo.monto == Decimal("1500.50")
    pagina = client.get(f"/capera/reclamo/{reclamo.publico}/hoja/").content.decode()
    assert "S/\N{NO-BREAK SPACE}1,500.50" in pagina

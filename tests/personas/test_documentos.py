"""Identity documents: forgiving in, strict inside."""

import pytest
from django.core.exceptions import ValidationError

from postventa.personas.documentos import mostrar, mostrar_rut, normalizar, normalizar_ajeno


@pytest.mark.regla("I-03")
@pytest.mark.parametrize(
    ("escrito", "guardado"),
    [
        ("12.345.678-5", "12345678-5"),
        ("123456785", "12345678-5"),
        (" 12 345 678 - 5 ", "12345678-5"),
        ("12.345.678–5", "12345678-5"),  # the dash that phones write
        ("10.000.013-k", "10000013-K"),
        ("010000013K", "10000013-K"),
        ("1.000.005-K", "1000005-K"),
    ],
)
def test_rut_se_entiende_como_lo_escriban(escrito, guardado):
    assert normalizar("RUT", escrito) == guardado


@pytest.mark.regla("I-03")
@pytest.mark.parametrize("escrito", ["12.345.678-6", "10000013-0", "111111111-K", "7654321-K"])
def test_rut_con_digito_errado_lo_dice(escrito):
    with pytest.raises(ValidationError) as error:
        normalizar("RUT", escrito)
    assert error.value.code == "digito"


@pytest.mark.parametrize("escrito", ["", "k", "12345", "12345678-55555", "abc", "12K456785", None])
def test_rut_mal_escrito_dice_como(escrito):
    with pytest.raises(ValidationError, match="Por ejemplo: 12.345.678-5"):
        normalizar("RUT", escrito)


@pytest.mark.parametrize(
    ("tipo", "escrito", "guardado"),
    [
        ("DNI", "4567 8901", "45678901"),
        ("RUC", "20100047218", "20100047218"),
        ("CE", "a-1234567", "A1234567"),
        ("CI", "1234567 LP", "1234567LP"),
        ("NIT", "1020703023", "1020703023"),
        ("PAS", "xy12345", "XY12345"),
    ],
)
def test_otros_documentos_por_su_forma(tipo, escrito, guardado):
    assert normalizar(tipo, escrito) == guardado


@pytest.mark.parametrize(
    ("tipo", "escrito"),
    [("DNI", "123"), ("RUC", "20100047219"), ("RUC", "1"), ("CI", "x"), ("NIT", "12a45")],
)
def test_otros_documentos_mal_formados_se_rechazan(tipo, escrito):
    with pytest.raises(ValidationError):
        normalizar(tipo, escrito)


def test_rut_de_otra_persona_se_compara_con_la_cedula_de_ella():
    assert normalizar_ajeno("RUT", "12.345.678-5") == "12345678-5"
    for escrito, dice in (("12.345.678-6", "con su cédula"), ("123", "Escribe el RUT completo")):
        with pytest.raises(ValidationError) as error:
            normalizar_ajeno("RUT", escrito)
        assert dice in error.value.messages[0]


def test_rut_se_muestra_como_lo_escribe_la_gente():
    assert (mostrar_rut("12345678-5"), mostrar_rut("1000005-K")) == ("12.345.678-5", "1.000.005-K")
    assert mostrar("DNI", "45678901") == "45678901"


@pytest.mark.parametrize(
    ("tipo", "escrito", "tu", "usted"),
    [
        ("RUT", "12.345.678-6", "Compáralo con tu cédula", "Compárelo con su cédula"),
        ("RUT", "123", "Escribe el RUT completo", "Escriba el RUT completo"),
        ("DNI", "123", "Escribe los 8 dígitos", "Escriba los 8 dígitos"),
        ("RUC", "123", "Escribe los 11 dígitos", "Escriba los 11 dígitos"),
        ("CI", "x", "Escribe el número", "Escriba el número"),
    ],
)
def test_documento_mal_escrito_se_dice_con_el_trato_de_quien_lee(tipo, escrito, tu, usted):
    for trata_de_usted, palabras in ((False, tu), (True, usted)):
        with pytest.raises(ValidationError) as error:
            normalizar(tipo, escrito, trata_de_usted)
        assert palabras in error.value.messages[0]


def test_quien_no_dio_documento_lo_tiene_pendiente():
    """The number is ours: it tells rows apart and says nothing to people."""
    assert mostrar("SIN", normalizar("SIN", "a1b2c3d4e5f6")) == "RUT pendiente"
    with pytest.raises(ValidationError):
        normalizar("SIN", "123")

"""The frame of an intake: hours as they are said, and what speaks of the same thing."""

from dataclasses import replace

import pytest

from postventa.consola.busqueda import digitos_de, rut_de
from postventa.consola.toma.lectura import cuando_leido, hora_leida, o_bien
from postventa.consola.toma.marco import Anterior, con_parecidos, raices_de
from tests.conftest import SANTIAGO, local


@pytest.mark.parametrize(
    ("hora", "dicha"),
    [
        ("10:30", "las diez y media de la mañana"),
        ("09:00", "las nueve de la mañana"),
        ("13:15", "la una y cuarto de la tarde"),
        ("12:00", "las doce del día"),
        ("12:45", "las doce y cuarenta y cinco del día"),
        ("15:05", "las tres y cinco de la tarde"),
        ("18:21", "las seis y veintiuno de la tarde"),
        ("18:31", "las seis y treinta y uno de la tarde"),
        ("20:01", "las ocho y uno de la noche"),
        ("00:30", "las doce y media de la madrugada"),
    ],
)
def test_hora_leida(hora, dicha):
    assert hora_leida(local(f"2026-11-25 {hora}"), SANTIAGO) == dicha


def test_cuando_leido_dice_el_dia():
    leido = cuando_leido(local("2026-11-25 10:30"), SANTIAGO)
    assert leido == "miércoles 25 de noviembre a las diez y media de la mañana"


@pytest.mark.parametrize(
    ("partes", "dicho"),
    [
        (["a las dos"], "a las dos"),
        (["a las dos", "a las tres"], "a las dos o a las tres"),
        (["a las seis", "a las siete", "a las ocho"], "a las seis, a las siete o a las ocho"),
    ],
)
def test_o_bien(partes, dicho):
    assert o_bien(partes) == dicho


@pytest.mark.parametrize(
    ("texto", "raices"),
    [
        ("Gotera en la cocina", {"goter", "cocin"}),
        ("Goteras desde hace días", {"goter", "dias"}),
        ("Filtración de cañería", {"filtr", "caner"}),
        ("el de la", set()),
    ],
)
def test_raices_de(texto, raices):
    assert raices_de(texto) == raices


def test_lo_parecido_va_primero_y_solo_si_esta_abierto():
    def anterior(folio, abierta, que):
        return Anterior(folio, que, "", "", "", "", abierta, raices_de(que))

    filas = [
        anterior("1", False, "Gotera vieja"),
        anterior("2", True, "Puerta descuadrada"),
        anterior("3", True, "Goteras en el baño"),
    ]
    ordenadas = con_parecidos(filas, "hay una gotera")
    assert [(a.folio, a.se_parece) for a in ordenadas] == [("3", True), ("2", False), ("1", False)]
    assert ordenadas[0] == replace(filas[2], se_parece=True)


@pytest.mark.parametrize(
    ("texto", "digitos", "rut"),
    [
        ("+56 9 7777 8888", "56977778888", ""),
        ("14.562.378-2", "145623782", "14562378-2"),
        ("depto 1203456", "", ""),
        ("12345", "", ""),
        ("9.876.543-K", "9876543", ""),
    ],
)
def test_lo_que_parece_telefono_o_rut(texto, digitos, rut):
    assert (digitos_de(texto), rut_de(texto)) == (digitos, rut)

"""Many edits of master data at once: one chain, whoever wrote its links."""

from django.core.management import call_command

from postventa.expedientes.bitacora import anotar_cambio, anotar_cambios
from postventa.expedientes.folios import siguiente
from postventa.expedientes.models import CambioMaestro
from tests.conftest import LUNES


def test_anotar_muchos_cambios_son_tres_consultas_y_una_cadena(
    icalma, unidad, supervisor, django_assert_num_queries
):
    anotar_cambio(icalma, unidad, "editar", supervisor, LUNES, {"a": ["", 1]})
    hechos = [(unidad, "editar", {"a": [n, n + 1]}) for n in range(1, 40)]
    with django_assert_num_queries(5):  # three, and a savepoint
        anotar_cambios(icalma, hechos, supervisor, LUNES)
    anotar_cambio(icalma, unidad, "editar", supervisor, LUNES, {"a": [40, 41]})
    cadena = list(CambioMaestro.objects.filter(empresa=icalma).order_by("numero"))
    assert [c.numero for c in cadena] == list(range(1, 42))
    assert [c.hash_previo for c in cadena[1:]] == [c.hash for c in cadena[:-1]]
    call_command("verificar_bitacora")


def test_anotar_ninguno_no_gasta_un_numero(icalma):
    assert anotar_cambios(icalma, [], None, LUNES) == []
    assert CambioMaestro.objects.count() == 0


def test_numeros_se_toman_de_a_varios_sin_huecos(db):
    assert [siguiente("x"), siguiente("x", 5), siguiente("x"), siguiente("y", 3)] == [1, 6, 7, 3]

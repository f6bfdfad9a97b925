"""The demonstration's trámites, with the people of the company's own demonstration."""

import pytest

from comteco.procedimientos.demo import CLIENTE, abrir_casos
from comteco.procedimientos.models import Requisito, Tarifa, Tramite
from comteco.procedimientos.siembra import sembrar
from postventa.calendario import hora
from postventa.personas.models import Cliente, Rol
from postventa.tramitacion.siembra import leer
from tests.comteco.procedimientos.conftest import LUNES_BO, persona


@pytest.fixture
def demostracion(comteco, plataforma):
    hora.fijar(LUNES_BO)
    for nombre in ("asesora", "asesor"):
        persona(nombre, comteco, Rol.ASESOR)
    for fila in leer("comteco_tramites_demo.json"):
        datos = {campo: fila["cliente"][campo] for campo in CLIENTE}
        Cliente.objects.get_or_create(empresa=comteco, **datos, defaults={"nombre": "Inventada"})
    abrir_casos(plataforma)


def test_demo_deja_tramites_en_varios_pasos(demostracion):
    estados = list(Tramite.objects.order_by("pk").values_list("estado", flat=True))
    assert estados == ["OK", "DERIVADO", "A5.1", "C7", "NO_REQ", "G3", "D4", "OK", "A1"]


def test_siembra_se_repite_sin_tocar_nada(comteco):
    Requisito.objects.filter(procedimiento="J").delete()
    Tarifa.objects.filter(concepto="traslado", servicio="hspa").delete()
    Requisito.objects.filter(procedimiento="A").update(texto="Editado")
    antes = Requisito.objects.count(), Tarifa.objects.count()
    sembrar({"comteco": comteco})
    assert (Requisito.objects.count(), Tarifa.objects.count()) == antes
    for fila in [*Requisito.objects.all(), *Tarifa.objects.all()]:
        fila.full_clean()

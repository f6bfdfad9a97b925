"""CAPERA's demonstration: complaints at several stages, each walked through the door."""

import pytest
from django.core.management import call_command

from postventa.calendario import hora
from postventa.expedientes.bitacora import fallas_de_cadena
from postventa.personas.models import Rol, Usuario
from postventa.plazos.models import Plazo
from postventa.tramitacion import demo
from postventa.tramitacion.barrido import barrer
from reclamos.models import Cierre, Reclamo
from reclamos.permisos import vedados
from tests.calendario.lugares import LIMA
from tests.conftest import local


@pytest.fixture(params=["2026-11-27 11:00", "2027-01-04 07:00"])
def cargada(db, request):
    """On a working morning, and before opening on the first day of a year's first week."""
    hora.fijar(local(request.param, LIMA))
    call_command("cargar_base", verbosity=0)
    demo.cargar()


def de(usuario):
    return Usuario.objects.get(username=usuario)


def test_hay_un_reclamo_en_cada_etapa_que_alguien_espera(cargada):
    estados = list(Reclamo.objects.order_by("recibida_en").values_list("estado", flat=True))
    assert estados == [
        "ARCHIVADA",
        "EN_ANALISIS",
        "RESPONDIDA",
        "POR_VISAR",
        "INGRESADA",
        "RECIBIDA",
    ]
    assert Cierre.objects.get().esta_pendiente
    ahora = hora.ahora()
    for reclamo in Reclamo.objects.all():
        movimientos = list(reclamo.movimientos.order_by("pk"))
        instantes = [m.ocurrido_en for m in movimientos]
        assert instantes == sorted(instantes)
        assert instantes[-1] <= ahora
        assert list(fallas_de_cadena(movimientos, reclamo)) == []


def test_nada_esta_vencido_al_partir(cargada):
    barrer()
    tarde = Plazo.objects.filter(estado__in=("VENCIDO", "CUMPLIDO_TARDE"))
    assert not tarde.exists()
    assert Plazo.objects.filter(estado="ADVERTIDO", codigo="plazo_legal").exists()
    assert Reclamo.objects.filter(estado="RESPONDIDA").count() == 1


def test_quien_es_aludida_no_ve_su_queja_y_dos_personas_pueden_visar(cargada):
    [queja] = Reclamo.objects.filter(clase="QUEJA")
    assert queja.pk in {f["pk"] for f in vedados(de("vendedora_capera"))}
    assert (
        Usuario.objects.filter(membresias__rol=Rol.GERENTE, username__endswith="capera").count()
        == 2
    )

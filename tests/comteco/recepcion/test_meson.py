"""An adviser's desk, by its buttons."""

from datetime import timedelta

import pytest

from comteco.recepcion.models import Ficha, SalaDeEspera
from postventa.calendario import hora
from postventa.expedientes.models import Expediente
from tests.comteco.recepcion.conftest import VIERNES
from tests.consola.conftest import entrar

URL = "/consola/sala/meson/"


class Puesto:
    """A browser of who sits at a desk."""

    def __init__(self, persona):
        self.web = entrar(persona)

    def pagina(self):
        return self.web.get(URL).content.decode()

    def hacer(self, que, ficha=None, **datos):
        if ficha:
            visto = Expediente.objects.get(pk=ficha.atencion_id).cadena_largo
            datos = {"ficha": ficha.pk, "visto": visto, **datos}
        return self.web.post(f"{URL}{que}/", datos)


@pytest.fixture
def puesto(hall, plantel):
    hora.fijar(VIERNES)
    SalaDeEspera.objects.update(llamadas_para_ausente=2)
    return Puesto(plantel.asesora)


def la(codigo):
    return Ficha.objects.get(prefijo=codigo[0], numero=int(codigo[2:]))


@pytest.mark.regla("DSC-P8")
def test_de_siguiente_a_terminada_con_la_siguiente_en_un_clic(puesto, hall):
    hall.llega()
    hall.llega()
    assert puesto.hacer("siguiente").status_code == 302
    assert "V-001" in puesto.pagina()
    puesto.hacer("atender", la("V-001"))
    puesto.hacer("terminar", la("V-001"), y_siguiente="1")
    assert (la("V-001").estado, la("V-002").estado) == ("ATENDIDA", "LLAMADA")


def test_ausente_se_ofrece_tras_las_llamadas_de_la_sala(puesto, hall):
    hall.llega()
    puesto.hacer("siguiente")
    assert "Ausente" not in puesto.pagina()
    temprano = puesto.hacer("ausentar", la("V-001"))
    assert temprano.status_code == 409
    assert "Llámala otra vez" in temprano.content.decode()
    puesto.hacer("volver_a_llamar", la("V-001"))
    assert "Ausente" in puesto.pagina()
    puesto.hacer("ausentar", la("V-001"))
    assert la("V-001").estado == "AUSENTE"


def test_derivar_y_encuesta_desde_el_meson(puesto, hall):
    hall.llega("traslado-salientes")
    puesto.hacer("siguiente")
    puesto.hacer("atender", la("P-001"))
    boc = hall.mesones.mezanine.unidad
    assert "BOC (Back Office Comercial)" in puesto.pagina()
    puesto.hacer("derivar", la("P-001"), unidad=boc.pk)
    assert (la("P-001").estado, la("P-002").unidad) == ("DERIVADA", boc)
    boc_meson = Puesto(hall.plantel.jefa)
    boc_meson.hacer("siguiente")
    boc_meson.hacer("atender", la("P-002"))
    boc_meson.hacer("terminar", la("P-002"))
    assert "Pregúntale a la ficha P-002" in boc_meson.pagina()
    assert puesto.hacer("encuestar", la("P-002"), satisfecho="si").status_code == 404
    boc_meson.hacer("encuestar", la("P-002"), satisfecho="si")
    repetida = boc_meson.hacer("encuestar", la("P-002"), satisfecho="no")
    assert repetida.status_code == 409
    assert la("P-002").satisfecho is True
    assert "Pregúntale" not in boc_meson.pagina()


def test_ficha_de_otro_meson_no_existe_aqui(puesto, hall):
    hall.llega()
    ajena = hall.siguiente(hall.mesones.catorce)
    for que in ("volver_a_llamar", "atender", "ausentar", "terminar", "derivar"):
        assert puesto.hacer(que, ajena).status_code == 404
    ajena = Ficha.objects.get(pk=ajena.pk)
    assert (ajena.estado, ajena.llamadas) == ("LLAMADA", 1)


def test_pagina_vieja_no_mueve_nada(puesto, hall):
    hall.llega()
    puesto.hacer("siguiente")
    vieja = puesto.web.post(f"{URL}atender/", {"ficha": la("V-001").pk, "visto": "1"})
    assert vieja.status_code == 409
    assert la("V-001").estado == "LLAMADA"


def test_sin_meson_se_ofrece_tomar_uno(puesto, hall, plantel):
    caja = Puesto(plantel.caja)
    assert "No tienes un mesón asignado" in caja.pagina()
    assert 'href="/consola/sala/mesones/"' in caja.pagina()
    assert caja.hacer("siguiente").status_code == 403


@pytest.mark.parametrize("que", ["emitir", "llamar", "borrar"])
def test_verbo_que_no_es_del_meson_no_existe(puesto, hall, que):
    hall.llega()
    assert puesto.hacer(que, la("V-001")).status_code == 404
    assert la("V-001").estado == "EMITIDA"


@pytest.mark.parametrize("quien", ["informes", "gerente", "administradora"])
def test_quien_no_atiende_no_tiene_meson(puesto, plantel, quien):
    assert entrar(getattr(plantel, quien)).get(URL).status_code == 403
    assert entrar(getattr(plantel, quien)).post(f"{URL}siguiente/").status_code == 403


def test_meson_en_pocas_preguntas(puesto, hall, django_assert_num_queries):
    for _ in range(6):
        hall.llega()
    puesto.hacer("siguiente")
    puesto.pagina()
    with django_assert_num_queries(8):
        puesto.pagina()


def test_la_de_ayer_que_quedo_en_el_meson_se_da_por_ausente(puesto, hall):
    hall.llega()
    puesto.hacer("siguiente")
    assert puesto.hacer("ausentar", la("V-001")).status_code == 409
    hora.fijar(VIERNES + timedelta(days=1))
    pagina = puesto.pagina()
    assert "el panel ya no la muestra" in pagina
    assert "Ausente" in pagina
    puesto.hacer("ausentar", la("V-001"))
    assert la("V-001").estado == "AUSENTE"

"""Desks taken at the start of a shift and left at its end, by those who sit there; audited."""

import pytest

from comteco.recepcion import mesones as sillas
from comteco.recepcion.models import Ficha, Meson
from postventa.calendario import hora
from postventa.empresas.models import Sede
from postventa.expedientes.models import CambioMaestro
from postventa.personas.models import Rol
from postventa.tramitacion.errores import Conflicto
from tests.comteco.recepcion.conftest import VIERNES, persona
from tests.consola.conftest import entrar

URL = "/consola/sala/mesones/"


@pytest.fixture
def ahora(hall):
    hora.fijar(VIERNES)
    return hall


def quien(meson):
    return Meson.objects.get(pk=meson.pk).atiende


def mover(web, que, meson):
    return web.post(URL, {"que": que, "meson": meson.pk})


def test_tomar_y_dejar_queda_en_la_bitacora(ahora, mesones, plantel):
    caja = entrar(plantel.caja)
    assert "Libre" in caja.get(URL).content.decode()
    assert mover(caja, "tomar", mesones.libre).url == "/consola/sala/meson/"
    assert quien(mesones.libre) == plantel.caja
    assert mover(caja, "dejar", mesones.libre).status_code == 302
    assert quien(mesones.libre) is None
    cambios = list(CambioMaestro.objects.filter(modelo="recepcion.meson").order_by("numero"))
    assert [c.por for c in cambios] == [plantel.caja] * 2
    nombre = f"{plantel.caja} (n.º {plantel.caja.pk})"
    assert [c.detalle for c in cambios] == [{"atiende": ["", nombre]}, {"atiende": [nombre, ""]}]


def test_tomar_otro_deja_el_de_antes(ahora, mesones, plantel):
    asesora = entrar(plantel.asesora)
    mover(asesora, "tomar", mesones.libre)
    assert (quien(mesones.libre), quien(mesones.doce)) == (plantel.asesora, None)
    # Again, from an old page: nothing else happens.
    mover(asesora, "tomar", mesones.libre)
    assert CambioMaestro.objects.filter(modelo="recepcion.meson").count() == 2


def test_con_ficha_en_mano_no_se_deja(ahora, mesones, plantel):
    ahora.llega()
    ahora.siguiente()
    asesora = entrar(plantel.asesora)
    for que, cual in (("dejar", mesones.doce), ("tomar", mesones.libre)):
        respuesta = mover(asesora, que, cual)
        assert respuesta.status_code == 409
        assert "Termina primero con la ficha V-001" in respuesta.content.decode()
    assert quien(mesones.doce) == plantel.asesora
    assert quien(mesones.libre) is None


def test_el_de_otra_persona_no_se_toma_ni_se_deja(ahora, mesones, plantel):
    asesora = entrar(plantel.asesora)
    assert mover(asesora, "tomar", mesones.catorce).status_code == 409
    assert mover(asesora, "dejar", mesones.catorce).status_code == 409
    assert mover(asesora, "liberar", mesones.catorce).status_code == 403
    assert mover(asesora, "borrar", mesones.catorce).status_code == 404
    assert (quien(mesones.catorce), quien(mesones.doce)) == (plantel.asesor, plantel.asesora)


def test_la_jefa_libera_y_quien_se_sienta_termina_su_ficha(ahora, mesones, plantel):
    ahora.llega()
    ficha = ahora.tramitar(ahora.siguiente(), "atender")
    jefa = entrar(plantel.jefa)
    assert "Liberar" in jefa.get(URL).content.decode()
    mover(jefa, "liberar", mesones.doce)
    assert quien(mesones.doce) is None
    mover(entrar(plantel.caja), "tomar", mesones.doce)
    assert ahora.tramitar(ficha, "terminar", por=plantel.caja).estado == "ATENDIDA"


def test_meson_de_otra_sede_o_inactivo_no_se_toma(ahora, comteco, mesones, plantel):
    otra = Sede.objects.create(empresa=comteco, codigo="sur", nombre="Sur")
    del_sur = entrar(persona("delsur", comteco, Rol.ASESOR, otra))
    assert "Mesón 99" not in del_sur.get(URL).content.decode()
    assert mover(del_sur, "tomar", mesones.libre).status_code == 404
    Meson.objects.filter(pk=mesones.libre.pk).update(es_activo=False)
    assert mover(entrar(plantel.caja), "tomar", mesones.libre).status_code == 409
    assert quien(mesones.libre) is None


@pytest.mark.parametrize("rol", ["informes", "gerente", "administradora"])
def test_quien_no_atiende_no_toma_ninguno(ahora, mesones, plantel, rol):
    web = entrar(getattr(plantel, rol))
    assert web.get(URL).status_code == 403
    assert mover(web, "tomar", mesones.libre).status_code == 403


def test_quien_lo_dejo_ya_no_llama(ahora, mesones, plantel):
    ahora.llega()
    sillas.liberar(mesones.doce)
    respuesta = entrar(plantel.asesora).post("/consola/sala/meson/siguiente/")
    assert respuesta.status_code == 403
    assert Ficha.objects.get().estado == "EMITIDA"


def test_ocupado_a_destiempo_es_conflicto(ahora, mesones, plantel):
    sillas.tomar(mesones.libre, plantel.caja)
    with pytest.raises(Conflicto, match="ya no está libre"):
        sillas.tomar(mesones.libre, plantel.asesora)
    assert quien(mesones.doce) == plantel.asesora


def test_lista_de_mesones_pregunta_poco(ahora, mesones, plantel, django_assert_num_queries):
    ahora.llega()
    ahora.siguiente()
    web = entrar(plantel.jefa)
    web.get(URL)
    with django_assert_num_queries(8):
        web.get(URL)

"""Who sees what: a complaint about a member of staff, or of another company, is not theirs."""

import pytest
from django.urls import reverse

from postventa.avisos import outbox
from postventa.avisos.agrupar import agrupar
from postventa.avisos.models import Aviso
from postventa.consola.alcances import acotar
from postventa.expedientes.models import Expediente, Movimiento
from postventa.personas.actores import Actor
from postventa.personas.models import Usuario
from postventa.plazos.models import Plazo
from postventa.tramitacion.errores import Conflicto, DatosInvalidos, NoAutorizado
from reclamos.models import Mejora, Reclamo
from reclamos.permisos import RESPONSABLE, roles_de
from tests.consola.conftest import entrar
from tests.reclamos.conftest import persona
from tests.reclamos.test_tabla import QUIEN

LISTA = "/consola/reclamos/reclamo/"
MODELOS = (Reclamo, Expediente, Plazo, Aviso, Movimiento, Mejora)


def vistos(usuario):
    """How many rows of each model that person may see."""
    propio = Usuario.objects.get(pk=usuario.pk)
    return {m.__name__: acotar(m.objects.all(), propio).count() for m in MODELOS}


@pytest.fixture
def sobre_legal(caso, plantel, camino_de_mejora):
    """A complaint about somebody of legal, which another one of legal takes."""
    caso.suplente = persona("suplente", caso.sede.empresa, "legal")
    caso.recibir(aludidos=[plantel.legal]).formalizar()
    caso.plantel.legal, caso.aludida = caso.suplente, plantel.legal
    caso.numerar().admitir()
    camino_de_mejora(caso).identificar()
    return caso


def test_la_persona_aludida_no_la_ve_en_ninguna_parte(sobre_legal):
    assert set(vistos(sobre_legal.aludida).values()) == {0}
    assert all(n > 0 for n in vistos(sobre_legal.suplente).values())
    web, url = entrar(sobre_legal.aludida), f"{LISTA}{sobre_legal.reclamo.pk}/change/"
    assert web.get(url).status_code == 404
    assert entrar(sobre_legal.suplente).get(url).status_code == 200
    codigo = sobre_legal.reclamo.codigo
    for ruta in (LISTA, "/consola/", "/consola/plazos/plazo/", "/consola/avisos/aviso/"):
        pagina = web.get(ruta)
        assert pagina.status_code == 200
        assert codigo not in pagina.content.decode()
    assert web.get(reverse("admin:buscar"), {"q": codigo}).context["filas"] == []
    assert entrar(sobre_legal.suplente).get(reverse("admin:buscar"), {"q": codigo}).url == url


def test_ni_siquiera_si_es_superusuario(caso, plantel):
    plantel.otro.is_superuser = True
    plantel.otro.save()
    caso.recibir(aludidos=[plantel.otro])
    assert vistos(plantel.otro)["Reclamo"] == 0


def test_la_persona_aludida_no_dispara_ni_anota_nada(sobre_legal):
    for verbo in QUIEN:
        sobre_legal.releer()
        with pytest.raises((NoAutorizado, Conflicto)) as rechazo:
            sobre_legal.tramitar(verbo, sobre_legal.aludida)
        assert rechazo.type is NoAutorizado
    with pytest.raises(NoAutorizado):
        sobre_legal.anotar("aludir", sobre_legal.aludida, aludidos=[])


def test_a_la_persona_aludida_no_se_le_escribe(sobre_legal):
    assert sobre_legal.aludida.email not in {d for _, d in sobre_legal.correos()}
    assert sobre_legal.suplente.email in {d for _, d in sobre_legal.correos()}


def _alerta(caso, para, n):
    return outbox.nuevo(
        caso.reclamo.empresa_id, "plazo_vencimiento", f"alerta:{n}", (str(para), para.email),
        {"sobre": n, "folio": caso.reclamo.codigo}, caso.ahora,
        expediente_id=caso.reclamo.pk, grupo="plazo_resumen",
    )  # fmt: skip


def test_el_resumen_que_la_nombra_tampoco_lo_ve(caso, plantel):
    caso.recibir().formalizar().numerar()
    Aviso.objects.all().delete()
    outbox.encolar([_alerta(caso, plantel.gerente, n) for n in (1, 2)])
    assert agrupar(caso.ahora) == 1
    assert vistos(plantel.otro)["Aviso"] == 3
    caso.anotar("aludir", plantel.legal, aludidos=[plantel.otro])
    assert vistos(plantel.otro)["Aviso"] == 0


def test_lo_que_espera_ya_no_sale_hacia_quien_resulta_aludido(casos, plantel):
    uno, otro = casos().ingresar(), casos().ingresar()
    Aviso.objects.all().delete()
    outbox.encolar([_alerta(uno, plantel.otro, 1), _alerta(otro, plantel.otro, 2)])
    agrupar(uno.ahora)
    outbox.encolar([_alerta(uno, plantel.otro, 3), _alerta(uno, plantel.gerente, 4)])
    uno.anotar("aludir", plantel.legal, aludidos=[plantel.otro])
    en_cola = {a.clave: a for a in Aviso.objects.filter(estado="EN_COLA")}
    assert "alerta:3" not in en_cola
    assert "alerta:4" in en_cola
    resumen = Aviso.objects.get(tipo="plazo_resumen")
    assert [a["sobre"] for a in resumen.datos["alertas"]] == [2]
    otro.anotar("aludir", plantel.legal, aludidos=[plantel.otro])
    resumen.refresh_from_db()
    assert (resumen.estado, resumen.datos["alertas"]) == ("DESCARTADO", [])


def test_no_la_recibe_ni_la_responde_quien_es_aludido(caso, plantel):
    with pytest.raises(DatosInvalidos, match="Trata de ti"):
        caso.recibir(aludidos=[plantel.vendedora])
    caso.recibir(aludidos=[plantel.jefa_obra]).formalizar().numerar()
    with pytest.raises(DatosInvalidos, match="trata de esa persona"):
        caso.admitir()


def test_se_puede_saber_despues_a_quien_alude(caso, plantel, supervisor):
    caso.ingresar().admitir()
    with pytest.raises(DatosInvalidos, match="Responsable"):
        caso.anotar("aludir", plantel.legal, aludidos=[plantel.jefa_obra])
    with pytest.raises(DatosInvalidos, match="trabajan"):
        caso.anotar("aludir", plantel.legal, aludidos=[supervisor])
    assert vistos(plantel.otro)["Reclamo"] == 1
    caso.anotar("aludir", plantel.legal, aludidos=[plantel.otro])
    assert vistos(plantel.otro)["Reclamo"] == 0


def test_otra_empresa_no_ve_ninguna(caso, supervisor):
    caso.recibir()
    assert set(vistos(supervisor).values()) == {0}
    assert entrar(supervisor).get(f"{LISTA}{caso.reclamo.pk}/change/").status_code == 404


@pytest.mark.parametrize("cuantos", [1, 3])
def test_la_lista_cuesta_lo_mismo_con_uno_que_con_tres(
    casos, plantel, cuantos, django_assert_num_queries
):
    for _ in range(cuantos):
        casos().ingresar()
    web = entrar(plantel.legal)
    web.get(LISTA)
    with django_assert_num_queries(6):
        respuesta = web.get(LISTA)
    assert respuesta.content.decode().count("CAP-20261126-") >= cuantos


@pytest.mark.parametrize("pestana", ["reclamo", "plazos", "correos", "historial"])
def test_la_pagina_del_caso_lo_muestra_entero(caso, plantel, pestana):
    caso.respondida()
    pagina = entrar(plantel.legal).get(f"{LISTA}{caso.reclamo.pk}/change/?ver={pestana}")
    assert pagina.status_code == 200
    assert "0001-2026" in pagina.content.decode()


def test_con_lo_que_lee_una_lista_tambien_se_sabe_que_papel_juega(caso, plantel):
    caso.ingresar().admitir()
    expediente = Expediente.objects.get(pk=caso.reclamo.pk)
    assert RESPONSABLE in roles_de(Actor.de(plantel.jefa_obra), expediente)

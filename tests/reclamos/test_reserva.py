"""Who sees what: a complaint about a member of staff, or of another company, is not theirs."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from postventa.avisos import outbox
from postventa.avisos.agrupar import agrupar
from postventa.avisos.correo import renderizar
from postventa.avisos.models import Aviso
from postventa.consola.alcances import acotar
from postventa.empresas.models import Sede
from postventa.expedientes.models import Expediente, Movimiento
from postventa.personas.actores import Actor
from postventa.personas.models import Cliente, Membresia, Rol, Usuario
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


def test_si_trata_de_toda_el_area_legal_lo_sabe_gerencia(caso, plantel, capera):
    """The company's own address is read by legal."""
    caso.recibir(aludidos=[plantel.legal])
    destinos = {a.destino for a in Aviso.objects.all()}
    assert destinos == {plantel.gerente.email, plantel.gerenta.email}
    assert capera.correo_contacto not in destinos


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
    assert vistos(plantel.gerenta)["Aviso"] == 3
    caso.anotar("aludir", plantel.legal, aludidos=[plantel.gerenta])
    assert vistos(plantel.gerenta)["Aviso"] == 0


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
    assert vistos(plantel.gerenta)["Reclamo"] == 1
    caso.anotar("aludir", plantel.legal, aludidos=[plantel.gerenta])
    assert vistos(plantel.gerenta)["Reclamo"] == 0


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


# --- who reads what: those who play a part, and who reads them all (0050)


@pytest.mark.parametrize("quien", ["vendedora", "jefa_obra", "legal", "gerente", "administrador"])
def test_la_leen_quien_la_recibe_quien_responde_y_quienes_leen_todas(caso, plantel, quien):
    caso.ingresar().admitir()
    assert vistos(getattr(plantel, quien))["Reclamo"] == 1


def test_quien_no_participa_no_la_encuentra_en_ninguna_pagina(caso, denunciante, plantel):
    """The canary: a worker of the company, with nothing to do with it."""
    caso.analizar()
    caso.anotar("derivar_a_otro", plantel.legal, responsable=plantel.legal, area="Legal")
    codigo, url = caso.reclamo.codigo, f"{LISTA}{caso.reclamo.pk}/change/"
    for ajeno in (plantel.otro, plantel.jefa_obra):
        assert set(vistos(ajeno).values()) == {0}
        web = entrar(ajeno)
        assert web.get(url).status_code == 404
        paginas = [web.get(ruta) for ruta in PAGINAS]
        paginas += [web.get(reverse("admin:buscar"), {"q": q}) for q in (codigo, "Chunga")]
        for pagina in paginas:
            assert pagina.status_code == 200
            texto = b"".join(pagina).decode("utf-8", "replace")
            # What one searched for is said back, and nothing else.
            assert url not in texto
            assert denunciante.nombre not in texto
            assert denunciante.correo not in texto


PAGINAS = (
    "/consola/",
    LISTA,
    "/consola/personas/cliente/",
    "/consola/plazos/plazo/?plazo=todos",
    "/consola/avisos/aviso/",
)


def test_quien_lee_todas_en_una_sede_no_lee_las_de_otra(caso, capera, plantel):
    otra = Sede.objects.create(empresa=capera, codigo="sullana", nombre="Caseta de Sullana")
    alguien = persona("alguien", capera, Rol.TRABAJADOR)
    Membresia.objects.create(usuario=alguien, empresa=capera, sede=otra, rol=Rol.LEGAL)
    caso.recibir()
    assert vistos(alguien)["Reclamo"] == 0
    caso.sede = otra
    caso.recibir()
    assert vistos(alguien)["Reclamo"] == 1


def ve_cliente(usuario):
    propio = Usuario.objects.get(pk=usuario.pk)
    return acotar(Cliente.objects.all(), propio).exists()


def test_de_quien_solo_tiene_reclamos_velados_no_se_ve_ni_el_nombre(casos, plantel):
    assert ve_cliente(plantel.gerenta)
    casos().recibir(aludidos=[plantel.gerenta])
    assert not ve_cliente(plantel.gerenta)
    assert ve_cliente(plantel.gerente)
    casos().recibir()
    assert ve_cliente(plantel.gerenta)


def test_la_lista_de_clientes_cuesta_lo_mismo_con_un_velado(casos, plantel):
    casos().recibir(aludidos=[plantel.gerenta])
    costos = []
    for quien in (plantel.gerente, plantel.gerenta):
        web = entrar(quien)
        web.get("/consola/personas/cliente/")
        with CaptureQueriesContext(connection) as hechas:
            assert web.get("/consola/personas/cliente/").status_code == 200
        costos.append(len(hechas))
    assert costos[1] <= costos[0]


# --- a group of complaints is as hidden as each of them


@pytest.fixture
def agrupada(casos, camino_de_mejora, plantel):
    """Two of the same nature, the second about Gerenta, with one improvement."""
    uno, otro = casos().analizar(), casos().recibir(aludidos=[plantel.gerenta])
    camino = camino_de_mejora(uno).identificar()
    camino.anotar("agrupar", plantel.legal, iguales=[otro.reclamo])
    return camino


def test_la_mejora_de_un_grupo_se_vela_a_quien_alude_uno_de_ellos(agrupada, plantel):
    assert vistos(plantel.gerenta)["Reclamo"] == 1
    assert vistos(plantel.gerenta)["Mejora"] == 0
    assert vistos(plantel.gerente)["Mejora"] == 1
    with pytest.raises(NoAutorizado):
        agrupada.tramitar("descartar_plan", plantel.gerenta, motivo="Aislado")


def test_tampoco_la_muestra_el_caso_del_grupo_que_si_lee(agrupada, plantel):
    url = f"{LISTA}{agrupada.mejora.reclamo_id}/change/?ver=cierre"
    for quien, se_ve in ((plantel.gerente, True), (plantel.gerenta, False)):
        pagina = entrar(quien).get(url)
        assert pagina.status_code == 200
        assert bool(pagina.context["mejoras"]) is se_ve


def test_no_responde_por_el_plan_quien_alude_uno_del_grupo(agrupada, plantel):
    with pytest.raises(DatosInvalidos, match="trata de esa persona"):
        agrupada.abrir_plan(encargado=plantel.gerenta)


def test_no_se_suma_al_grupo_el_que_trata_del_encargado(casos, camino_de_mejora, plantel):
    uno, otro = casos().analizar(), casos().recibir(aludidos=[plantel.otro])
    camino = camino_de_mejora(uno).identificar().abrir_plan(encargado=plantel.otro)
    with pytest.raises(DatosInvalidos, match="encargado del plan"):
        camino.anotar("agrupar", plantel.legal, iguales=[otro.reclamo])
    assert not camino.mejora.iguales.exists()


def test_el_encargado_lee_los_reclamos_de_su_plan_y_solo_esos(casos, camino_de_mejora, plantel):
    uno, dos, _ = casos().analizar(), casos().recibir(), casos().recibir()
    camino = camino_de_mejora(uno).identificar(iguales=[dos.reclamo])
    camino.abrir_plan(encargado=plantel.otro)
    propio = Usuario.objects.get(pk=plantel.otro.pk)
    vistas = acotar(Reclamo.objects.all(), propio).values_list("pk", flat=True)
    assert set(vistas) == {uno.reclamo.pk, dos.reclamo.pk}
    assert vistos(plantel.otro)["Mejora"] == 1


@pytest.mark.regla("C-22")
def test_la_leccion_no_dice_de_que_reclamo_ni_va_a_quien_nombra(agrupada, plantel):
    agrupada.abrir_plan().tramitar("iniciar_acciones", plantel.jefa_obra).verificar()
    Aviso.objects.all().delete()
    agrupada.tramitar(
        "publicar_leccion", plantel.legal, leccion="Revisar planos", extendida_a="Sullana"
    )
    avisos = list(Aviso.objects.select_related("empresa", "expediente"))
    assert {a.destino for a in avisos} == {
        p.email for p in vars(plantel).values() if p != plantel.gerenta
    }
    mensaje = renderizar(avisos[0])
    for texto in (mensaje.subject, mensaje.body, mensaje.alternatives[0].content):
        for identifica in ("CAP-2026", "0001-2026", "/change/", "Chunga"):
            assert identifica not in texto
    assert "Revisar planos Se extiende a: Sullana." in mensaje.body

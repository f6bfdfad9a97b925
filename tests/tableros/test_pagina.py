"""The page: who sees it, how many questions it asks, and that each figure is its list's."""

import csv
import io
import re
from html import unescape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from postventa.calendario import hora
from postventa.empresas.models import Empresa, Sede
from postventa.expedientes.models import CambioMaestro, Expediente
from postventa.personas.models import Membresia, Rol
from postventa.tableros.models import Sello
from tests.consola.conftest import CANARIO, entrar, personal
from tests.tableros.conftest import VIERNES
from tests.tableros.fuerza import comparar

TABLERO = "/consola/tablero/"


@pytest.fixture
def web(gerente):
    return entrar(gerente)


def celdas(respuesta):
    """(value, address) of every figure that leads to a list."""
    for tabla, _ in respuesta.context["cajas"]:
        for _, _, fila in tabla.filas:
            yield from ((tabla.clave, c.valor, c.texto, c.url) for c in fila if c.url)


def cuantas(web, url):
    lista = web.get(url)
    assert lista.status_code == 200, url
    return lista.context["cl"].result_count


def test_cada_cifra_es_la_de_su_lista(lanzar, web):
    lanzar(40)
    pagina = web.get(TABLERO)
    texto, vistas = unescape(pagina.content.decode()), set()
    for clave, valor, _, url in celdas(pagina):
        assert url in texto
        if clave != "semanas":
            assert cuantas(web, url) == valor, (clave, url)
        vistas.add(clave)
    assert vistas == {"plazos", "semanas", "antiguedad", "riesgo", "indicadores", "demoras",
                      "proyectos", "personas"}  # fmt: skip
    for cifra in pagina.context["cifras"]:
        if isinstance(cifra["cifra"], int):
            assert cuantas(web, cifra["url"]) == cifra["cifra"]


def test_cada_semana_lleva_a_sus_plazos(lanzar, web):
    lanzar(40)
    pagina = web.get(TABLERO)
    [semanas] = [tabla for tabla, _ in pagina.context["cajas"] if tabla.clave == "semanas"]
    con_datos = [c for _, _, fila in semanas.filas for c in fila if c.url]
    assert len(con_datos) > 10
    for celda in con_datos:
        si, n = map(int, re.match(r"(\d+) de (\d+) a tiempo", celda.nombre).groups())
        assert cuantas(web, celda.url) == n
        assert cuantas(web, celda.url.replace("contados", "a_tiempo")) == si


def test_cifras_de_un_lugar_llevan_a_lo_suyo(lanzar, web, otro_proyecto):
    lanzar(30)
    pagina = web.get(TABLERO, {"proyecto": otro_proyecto.pk, "semanas": 26})
    assert pagina.context["cifras"][3]["cifra"] > 0
    for clave, valor, _, url in celdas(pagina):
        if clave != "semanas":
            assert cuantas(web, url) == valor, (clave, url)


@pytest.mark.parametrize("otras", [0, 2])
def test_pagina_pregunta_ocho_veces(lanzar, gerente, icalma, calendario_cl, jornada_icalma, otras):
    lanzar(10)
    for n in range(otras):
        empresa = Empresa.objects.create(
            codigo=f"otra{n}", nombre=f"Otra {n}", pais="CL", zona="America/Santiago",
            calendario=calendario_cl, jornada=jornada_icalma, prefijo_folio=f"OT{'AB'[n]}",
            remitente="a@otra.example",
        )  # fmt: skip
        Sede.objects.create(empresa=empresa, codigo="uno", nombre="Uno")
        Membresia.objects.create(usuario=gerente, empresa=empresa, rol=Rol.GERENTE)
    web = entrar(gerente)
    web.get(TABLERO)
    assert Sello.objects.count() == 1 + otras
    with CaptureQueriesContext(connection) as consultas:
        assert web.get(TABLERO).status_code == 200
    # The session, the person, their roles, the movable clock, and four of the board.
    assert len(consultas) == 8


# --- who


@pytest.mark.parametrize(
    ("rol", "ve"),
    [(Rol.GERENTE, True), (Rol.JEFE, True), (Rol.ADMINISTRADOR, True), (Rol.SUPERVISOR, False),
     (Rol.CALL_CENTER, False), (Rol.LEGAL, False)],
)  # fmt: skip
def test_tablero_es_de_quien_dirige(icalma, proyecto, rol, ve):
    web = entrar(personal("alguien", icalma, rol))
    respuesta = web.get(TABLERO)
    assert respuesta.status_code == (200 if ve else 403)
    assert ("Tablero" in [s["nombre"] for s in web.get("/consola/").context["secciones"]]) is ve
    assert web.post(f"{TABLERO}plazos/csv/").status_code == (200 if ve else 403)


def test_nada_de_otra_empresa_se_ve_ni_se_cuenta(lanzar, otra, web, gerente):
    lanzar(5)
    sola = web.get(TABLERO, {"semanas": 52})
    assert CANARIO not in sola.content.decode()
    for tabla in ("plazos", "proyectos", "personas"):
        archivo = b"".join(web.post(f"{TABLERO}{tabla}/csv/").streaming_content).decode()
        assert CANARIO not in archivo
    assert sola.context["cifras"][3]["cifra"] == _abiertos(gerente)
    assert web.get(TABLERO, {"empresa": otra.empresa.pk}).status_code == 404
    assert web.get(TABLERO, {"proyecto": otra.proyecto.pk}).status_code == 404
    assert web.get(TABLERO, {"empresa": "x"}).status_code == 404
    lista = web.get("/consola/plazos/plazo/", {"plazo": "todos", "sede": otra.proyecto.pk})
    assert CANARIO not in lista.content.decode()
    assert lista.context["cl"].result_count == 0


def _abiertos(persona):
    empresas = persona.membresias.values("empresa")
    return Expediente.objects.filter(empresa__in=empresas, situacion="ABIERTO").count()


def test_jefe_de_un_lugar_cuenta_solo_lo_suyo(lanzar, icalma, otro_proyecto, leer_como):
    lanzar()
    persona = personal("dealto", icalma)
    Membresia.objects.create(
        usuario=persona, empresa=icalma, sede=otro_proyecto.sede_ptr, rol=Rol.JEFE
    )
    # Elsewhere another role lets them see the cases, and not the board.
    Membresia.objects.create(usuario=persona, empresa=icalma, rol=Rol.SUPERVISOR)
    comparar(leer_como(persona), VIERNES, lambda caso: caso.sede_id == otro_proyecto.pk)
    web = entrar(persona)
    pagina = web.get(TABLERO)
    for clave, valor, _, url in celdas(pagina):
        if clave != "semanas":
            assert cuantas(web, url) == valor, (clave, url)


def test_quien_mira_varias_empresas_elige_una(lanzar, otra, gerente):
    lanzar(5)
    Membresia.objects.create(usuario=gerente, empresa=otra.empresa, rol=Rol.GERENTE)
    web = entrar(gerente)
    todas, una = web.get(TABLERO), web.get(TABLERO, {"empresa": otra.empresa.pk})
    assert len(todas.context["pedido"].elegidas) == 2
    assert CANARIO in todas.content.decode()
    assert [e.codigo for e in una.context["pedido"].elegidas] == ["kanario"]
    for pagina in (todas, una):
        for clave, valor, _, url in celdas(pagina):
            if clave not in ("semanas", "antiguedad"):
                assert cuantas(web, url) == valor, (clave, url)


def test_raiz_ve_todas(lanzar, otra, raiz):
    lanzar(5)
    assert len(entrar(raiz).get(TABLERO).context["pedido"].elegidas) == 2


# --- what it says


def test_sin_casos_dice_sin_datos(gerente, web, proyecto):
    hora.fijar(VIERNES)
    pagina = web.get(TABLERO)
    texto = pagina.content.decode()
    assert "sin datos" in texto
    assert "Todavía no hay nada que contar" in texto
    assert "100 %</b>" not in texto


@pytest.mark.parametrize("hasta", ["ayer", "0001-01-01", "2026-13-01", "99999-01-01"])
def test_fecha_mal_escrita_se_dice(web, proyecto, hasta):
    pagina = web.get(TABLERO, {"hasta": hasta, "semanas": "13"})
    assert pagina.status_code == 200
    assert "Escribe una fecha de este siglo" in pagina.content.decode()
    assert pagina.context["pedido"].semanas == 13


@pytest.mark.parametrize("periodo", ["x", "2026-01-01", "2026-02-01_2026-01-01", "_", "1_2_3"])
def test_periodo_inventado_no_es_ninguna_fila(lanzar, web, periodo):
    lanzar(5)
    assert cuantas(web, f"/consola/plazos/plazo/?plazo=todos&periodo={periodo}") == 0
    assert cuantas(web, f"/consola/plazos/plazo/?resultado={periodo}") == 0
    assert cuantas(web, f"/consola/icalma/ticket/?antiguedad={periodo}") == 0
    assert cuantas(web, f"/consola/expedientes/movimiento/?hecho={periodo}") == 0
    assert cuantas(web, f"/consola/plazos/plazo/?persona={periodo}") == 0


def test_latido_se_dice(web, proyecto):
    assert "Los plazos no se están revisando." in web.get(TABLERO).content.decode()


# --- files


def filas_de(web, tabla, consulta=""):
    respuesta = web.post(f"{TABLERO}{tabla}/csv/?{consulta}")
    assert respuesta.status_code == 200
    texto = b"".join(respuesta.streaming_content).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(texto), delimiter=";"))


def test_archivo_es_la_tabla(lanzar, web, supervisor):
    lanzar(30)
    supervisor.first_name, supervisor.last_name = "=HYPERLINK(1)", ""
    supervisor.save()
    pagina = web.get(TABLERO, {"semanas": 26})
    for tabla, _ in pagina.context["cajas"]:
        filas = filas_de(web, tabla.clave, "semanas=26")
        assert len(filas) == len(tabla.filas)
        titulos = [tabla.primera, "Detalle", *tabla.columnas]
        assert [*filas[0]] == titulos
        for fila, (_, _, celdas_) in zip(filas, tabla.filas, strict=True):
            assert [*fila.values()][2:] == [str(c.valor) for c in celdas_]
    nombres = [fila["Quien responde"] for fila in filas_de(web, "personas")]
    assert "'=HYPERLINK(1)" in nombres
    escrito = CambioMaestro.objects.filter(accion="exportar").last()
    assert escrito.detalle["tablero"] == ["", "Por persona"]


def test_archivo_solo_se_pide_con_su_boton(web, proyecto):
    assert web.get(f"{TABLERO}plazos/csv/").status_code == 405
    assert web.post(f"{TABLERO}plazos/pdf/").status_code == 404
    assert web.post(f"{TABLERO}nada/csv/").status_code == 404
    assert web.post(f"{TABLERO}plazos/xlsx/").status_code == 200

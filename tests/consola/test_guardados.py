"""Filters saved under a name: what they keep, who sees them and who takes them away."""

from datetime import timedelta
from importlib import import_module
from urllib.parse import urlencode

import pytest
from django.apps import apps

from postventa.calendario import hora
from postventa.consola.models import FiltroGuardado
from postventa.consola.tasks import barrer
from postventa.personas.models import Rol, Usuario
from tests.consola.conftest import entrar, personal

LISTA = "/consola/icalma/ticket/"
GUARDAR = f"{LISTA}guardar-filtro/"


@pytest.fixture
def web(supervisor, proyecto):
    return entrar(supervisor)


def fichas(web, consulta=""):
    return web.get(f"{LISTA}{consulta}").context["cl"].guardados()


def guardar(web, consulta, nombre="Lo mío", **mas):
    return web.post(f"{GUARDAR}?{consulta}", {"nombre": nombre, **mas})


def test_filtro_guardado_repone_filtros_busqueda_y_orden(tickets, web):
    uno, dos, _ = tickets(3)
    dos.contactar().coordinar_inspeccion()
    hora.fijar(dos.ahora)
    consulta = "estado=GENERADO&q=Casa+0&o=-1&responsable=yo"
    respuesta = guardar(web, consulta)
    assert respuesta.status_code == 302
    (ficha,) = fichas(web)
    assert (ficha["nombre"], ficha["es_actual"], ficha["es_compartido"]) == ("Lo mío", False, False)
    lista = web.get(LISTA + ficha["url"])
    assert [t.folio for t in lista.context["cl"].result_list] == [uno.ticket.folio]
    assert lista.context["cl"].query == "Casa 0"
    assert "Guardar este filtro" in lista.content.decode()
    assert fichas(web, ficha["url"])[0]["es_actual"]


@pytest.mark.parametrize(
    ("consulta", "queda"),
    [
        ("plazo=vencidos&p=3", "plazo=vencidos"),
        ("plazo=hoy&o=1.-2", "o=1.-2&plazo=hoy"),
        ("plazo=hoy&o=cliente__numero", "plazo=hoy"),
        ("q=%20Rojas%20", "q=Rojas"),
        ("situacion__exact=ABIERTO&plazo=", "situacion__exact=ABIERTO"),
    ],
)
def test_se_guarda_solo_lo_que_la_lista_ofrece(web, consulta, queda):
    assert guardar(web, consulta).status_code == 302
    assert FiltroGuardado.objects.get().consulta == queda


@pytest.mark.parametrize(
    "consulta", ["cliente__numero__startswith=1", "empresa__id=1", "responsable__password=x"]
)
def test_preguntas_de_mas_no_se_guardan(web, consulta):
    assert guardar(web, f"{consulta}&plazo=hoy").status_code == 400
    assert FiltroGuardado.objects.count() == 0


@pytest.mark.parametrize(
    ("consulta", "nombre", "dice"),
    [
        ("", "Todo", "Primero filtra"),
        ("plazo=hoy", "   ", "Escribe un nombre"),
        ("plazo=hoy&q=" + "a" * 3000, "Largo", "guardado"),
    ],
)
def test_guardar_dice_que_falta(web, consulta, nombre, dice):
    respuesta = web.post(f"{GUARDAR}?{consulta}", {"nombre": nombre}, follow=True)
    assert dice in " ".join(str(m) for m in respuesta.context["messages"])
    assert all(len(f.consulta) <= 500 for f in FiltroGuardado.objects.all())


@pytest.mark.parametrize(
    "texto", ["16.482.937-5", "164829375", "Rojas 16482937", "+56 9 1234 5678", "ana@correo.cl"]
)
def test_lo_que_identifica_a_una_persona_no_se_guarda(web, texto):
    ruta = f"{GUARDAR}?{urlencode({'q': texto})}"
    respuesta = web.post(ruta, {"nombre": "Ella"}, follow=True)
    assert "identifica a una persona" in " ".join(str(m) for m in respuesta.context["messages"])
    assert FiltroGuardado.objects.count() == 0


@pytest.mark.parametrize("texto", ["ICA-2026-0001", "Torre 3 Depto 1204", "Casa 12"])
def test_folio_o_vivienda_se_guarda_y_se_olvida_con_el_tiempo(web, texto):
    guardar(web, urlencode({"q": texto}))
    guardar(web, "plazo=hoy", "Hoy")
    filtro = FiltroGuardado.objects.get(nombre="Lo mío")
    hora.fijar(filtro.creado_en + timedelta(days=180))
    barrer()
    assert FiltroGuardado.objects.count() == 2
    hora.fijar(filtro.creado_en + timedelta(days=180, seconds=1))
    barrer()
    assert FiltroGuardado.objects.get().nombre == "Hoy"


def test_el_mismo_nombre_corrige_el_filtro(web):
    guardar(web, "plazo=hoy")
    guardar(web, "plazo=vencidos")
    assert FiltroGuardado.objects.get().consulta == "plazo=vencidos"


def test_tope_de_filtros_por_lista(web, supervisor):
    for n in range(21):
        guardar(web, "plazo=hoy", f"Filtro {n}")
    assert FiltroGuardado.objects.count() == 20
    # The other lists have their own.
    web.post("/consola/plazos/plazo/guardar-filtro/?plazo=hoy", {"nombre": "Hoy"})
    assert FiltroGuardado.objects.filter(lista="plazos.plazo").count() == 1


def test_nadie_ve_los_filtros_privados_de_otro(web, jefe, icalma):
    guardar(web, "plazo=hoy")
    assert fichas(entrar(jefe)) == []
    suyo = FiltroGuardado.objects.get()
    assert entrar(jefe).post(f"{LISTA}quitar-filtro/{suyo.pk}/").status_code == 404
    assert FiltroGuardado.objects.count() == 1


def test_compartido_lo_ve_la_empresa_y_solo_ella(web, jefe, icalma, otra, supervisor):
    guardar(entrar(jefe), "plazo=vencidos", "Atrasados", empresa=icalma.pk)
    (ficha,) = fichas(web)
    assert (ficha["nombre"], ficha["es_compartido"], ficha["se_quita"]) == (
        "Atrasados",
        True,
        False,
    )
    assert "Atrasados" in web.get(LISTA).content.decode()
    assert fichas(entrar(otra.supervisora)) == []
    pk = FiltroGuardado.objects.get().pk
    assert web.post(f"{LISTA}quitar-filtro/{pk}/").status_code == 404
    # Whoever may share takes away what somebody shared and left behind.
    administra = personal("adm", icalma, Rol.ADMINISTRADOR)
    assert entrar(administra).post(f"{LISTA}quitar-filtro/{pk}/").status_code == 302
    assert FiltroGuardado.objects.count() == 0


@pytest.mark.parametrize("rol", [Rol.SUPERVISOR, Rol.CALL_CENTER, Rol.GERENTE, Rol.MAESTRO])
def test_solo_comparten_el_jefe_y_quien_administra(icalma, proyecto, rol):
    web = entrar(personal("x", icalma, rol))
    assert guardar(web, "plazo=hoy", empresa=icalma.pk).status_code == 403
    assert FiltroGuardado.objects.count() == 0
    assert "Quién lo ve" not in web.get(f"{LISTA}?plazo=hoy").content.decode()


def test_no_se_comparte_con_otra_empresa(jefe, otra, proyecto):
    web = entrar(jefe)
    assert guardar(web, "plazo=hoy", empresa=otra.empresa.pk).status_code == 403
    assert "KANARIO" not in web.get(f"{LISTA}?plazo=hoy").content.decode()


def test_filtro_que_nombra_lo_ajeno_no_muestra_de_mas(tickets, web, otra, jefe):
    """A shared filter may name a project or a person that who uses it cannot choose."""
    tickets(2)
    for ajeno in (f"proyecto={otra.proyecto.pk}", f"responsable={otra.supervisora.pk}"):
        assert web.get(f"{LISTA}?{ajeno}").context["cl"].result_count == 0
    ajeno = f"/consola/plazos/plazo/?reloj={otra.empresa.pk}-contacto"
    assert web.get(ajeno).context["cl"].result_count == 0


def test_quitar_y_guardar_son_solo_por_post(web):
    guardar(web, "plazo=hoy")
    pk = FiltroGuardado.objects.get().pk
    for ruta in (GUARDAR, f"{LISTA}quitar-filtro/{pk}/"):
        assert web.get(ruta).status_code == 405
    assert web.post(f"{LISTA}quitar-filtro/{pk}/?plazo=hoy").url == f"{LISTA}?plazo=hoy"
    assert fichas(web) == []


def test_sin_rol_no_se_guarda_nada(proyecto):
    web = entrar(Usuario.objects.create_user("nuevo", is_staff=True))
    assert guardar(web, "plazo=hoy").status_code == 403
    assert FiltroGuardado.objects.count() == 0


def test_nombre_hostil_se_muestra_literal(web):
    guardar(web, "plazo=hoy", "<img src=x onerror=alert(1)>")
    pagina = web.get(LISTA).content.decode()
    assert "<img src=x" not in pagina
    assert "&lt;img src=x" in pagina


def test_filtro_con_un_rut_en_el_nombre_no_se_guarda(web):
    guardar(web, "estado=GENERADO", "12.345.678-5")
    assert not FiltroGuardado.objects.exists()
    assert "El nombre del filtro identifica a una persona" in web.get(LISTA).content.decode()


def test_los_guardados_de_antes_que_identifican_se_olvidan_al_migrar(supervisor):
    for nombre, consulta in {
        "rut": "q=12.345.678-5",
        "mail": "estado=GENERADO&q=camila%40correo.example",
        "fono": "o=-1&q=%2B56+9+8123+4567",
        "11.111.111-1": "estado=GENERADO",
        "apellido": "q=Rojas",
        "folio": "q=ICA-2026-0001",
        "sin texto": "estado=GENERADO&proyecto=12345678",
    }.items():
        FiltroGuardado.objects.create(
            usuario=supervisor,
            lista="icalma.ticket",
            nombre=nombre,
            consulta=consulta,
            busca_texto="q=" in consulta,
            creado_en=hora.ahora(),
        )
    migracion = import_module("postventa.consola.migrations.0005_filtros_que_identifican")
    migracion.olvidar(apps, None)
    quedan = FiltroGuardado.objects.order_by("nombre").values_list("nombre", flat=True)
    assert list(quedan) == ["apellido", "folio", "sin texto"]

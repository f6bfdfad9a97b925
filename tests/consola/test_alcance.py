"""Nothing of another company, by any road of the console (TM-10, TM-11, TM-13)."""

import pytest
from django.apps import apps
from django.contrib import admin
from django.urls import reverse

from postventa.calendario import hora
from postventa.consola.base import AdminDeEmpresa, InlineDeEmpresa
from postventa.expedientes.models import CambioMaestro
from postventa.personas.models import Membresia, Rol, Usuario
from tests.conftest import LUNES
from tests.consola.conftest import CANARIO, entrar, personal
from tickets.inmuebles.models import Propiedad, Proyecto

FICHAS = [(m._meta.app_label, m._meta.model_name) for m in admin.site._registry]
DE_OTRA = {
    "empresa": "empresas/empresa",
    "proyecto": "inmuebles/proyecto",
    "unidad": "inmuebles/unidad",
    "recinto": "inmuebles/recinto",
    "lugar": "inmuebles/lugar",
    "cliente": "personas/cliente",
    "supervisora": "personas/usuario",
    "ticket": "icalma/ticket",
    "aviso": "avisos/aviso",
    "politica": "plazos/politicaplazo",
    "cambio": "expedientes/cambiomaestro",
}


def texto(respuesta):
    return b"".join(respuesta.streaming_content if respuesta.streaming else [respuesta.content])


def test_toda_ficha_registrada_hereda_la_base():
    ajenas = {m: a for m, a in admin.site._registry.items() if not isinstance(a, AdminDeEmpresa)}
    assert ajenas == {}
    inlines = [i for a in admin.site._registry.values() for i in a.inlines]
    assert [i for i in inlines if not issubclass(i, InlineDeEmpresa)] == []


def test_ninguna_ficha_copia_edita_en_lista_ni_tiene_acciones():
    fichas = admin.site._registry.values()
    assert {(a.save_as, bool(a.list_editable), bool(a.actions)) for a in fichas} == {
        (False, False, False)
    }


@pytest.fixture
def gente(icalma, supervisor, jefe, administradora, otra):
    hora.fijar(LUNES)
    return {"supervisor": supervisor, "jefe": jefe, "administradora": administradora}


@pytest.mark.parametrize("quien", ["supervisor", "jefe", "administradora"])
def test_ninguna_pagina_dice_una_palabra_de_otra_empresa(gente, quien, camino):
    camino.generar()
    web = entrar(gente[quien])
    rutas = ["/consola/", "/consola/datos/", f"/consola/?q={CANARIO}"]
    for app, modelo in FICHAS:
        base = f"/consola/{app}/{modelo}/"
        rutas += [base, f"{base}add/"]
        if admin.site._registry[apps.get_model(app, modelo)].search_fields:
            # What is typed comes back in the search box: only the rest of the page counts.
            respuesta = web.get(base, {"q": CANARIO.lower()})
            assert CANARIO not in texto(respuesta).decode(), base
    for ruta in rutas:
        respuesta = web.get(ruta)
        contenido = texto(respuesta).decode().replace(f'value="{CANARIO}"', "")
        assert CANARIO not in contenido, ruta
        assert respuesta.status_code in (200, 302, 403), ruta


@pytest.mark.parametrize("nombre", sorted(DE_OTRA))
@pytest.mark.parametrize("accion", ["change", "history", "delete"])
def test_fila_de_otra_empresa_es_404(gente, otra, nombre, accion):
    fila = getattr(otra, nombre)
    for persona in gente.values():
        respuesta = entrar(persona).get(f"/consola/{DE_OTRA[nombre]}/{fila.pk}/{accion}/")
        esperado = (302,) if (nombre, accion) == ("ticket", "history") else (403, 404)
        assert respuesta.status_code in esperado
        assert CANARIO not in texto(respuesta).decode()


def test_ficha_propia_si_se_ve(gente, unidad, cliente):
    web = entrar(gente["supervisor"])
    for ruta in (f"inmuebles/unidad/{unidad.pk}", f"personas/cliente/{cliente.pk}"):
        assert web.get(f"/consola/{ruta}/change/").status_code == 200
        assert web.get(f"/consola/{ruta}/history/").status_code == 200


@pytest.mark.parametrize(
    ("app", "modelo", "campo"),
    [("inmuebles", "propiedad", "cliente"), ("inmuebles", "propiedad", "unidad"),
     ("inmuebles", "unidad", "proyecto")],
)  # fmt: skip
def test_autocompletar_solo_ofrece_lo_propio(gente, camino, app, modelo, campo):
    web = entrar(gente["administradora"])
    datos = {"app_label": app, "model_name": modelo, "field_name": campo}
    todos = web.get(reverse("admin:autocomplete"), {**datos, "term": ""}).json()["results"]
    assert todos
    assert CANARIO not in str(todos)
    ajenos = web.get(reverse("admin:autocomplete"), {**datos, "term": CANARIO}).json()["results"]
    assert ajenos == []


def test_clave_foranea_ajena_es_error_del_formulario(gente, otra, icalma, proyecto):
    web = entrar(gente["administradora"])
    datos = {
        "codigo": "nuevo",
        "nombre": "Nuevo",
        "empresa": otra.empresa.pk,
        "supervisor": otra.supervisora.pk,
        **vacio("unidades"),
    }
    respuesta = web.post("/consola/inmuebles/proyecto/add/", datos)
    formulario = respuesta.context["adminform"].form
    assert sorted(formulario.errors) == ["empresa", "supervisor"]
    assert Proyecto.objects.filter(codigo="nuevo").count() == 0


def test_superusuario_tampoco_mezcla_dos_empresas(raiz, otra, icalma):
    datos = {
        "codigo": "mixto",
        "nombre": "Mixto",
        "empresa": icalma.pk,
        "supervisor": otra.supervisora.pk,
        **vacio("unidades"),
    }
    respuesta = entrar(raiz).post("/consola/inmuebles/proyecto/add/", datos)
    errores = respuesta.context["adminform"].form.errors
    assert errores == {"supervisor": ["Es de otra empresa. Elige uno de la misma."]}


def test_fila_ajena_en_una_tabla_no_se_guarda(gente, otra, unidad, cliente):
    web = entrar(gente["administradora"])
    datos = {
        "proyecto": unidad.proyecto_id,
        "nombre": unidad.nombre,
        **vacio("propiedades", 2, 1),
        "propiedades-0-id": unidad.propiedades.get().pk,
        "propiedades-0-unidad": unidad.pk,
        "propiedades-0-cliente": cliente.pk,
        "propiedades-0-desde": "2024-06-09",
        "propiedades-1-unidad": unidad.pk,
        "propiedades-1-cliente": otra.cliente.pk,
        "propiedades-1-desde": "2026-01-01",
    }
    respuesta = web.post(f"/consola/inmuebles/unidad/{unidad.pk}/change/", datos)
    assert respuesta.status_code == 200
    assert Propiedad.objects.filter(cliente=otra.cliente).count() == 1
    datos["propiedades-0-id"] = otra.unidad.propiedades.get().pk
    web.post(f"/consola/inmuebles/unidad/{unidad.pk}/change/", datos)
    assert otra.unidad.propiedades.get().cliente == otra.cliente


def test_verbos_de_otra_empresa_son_404(gente, otra):
    antes = otra.ticket.cadena_largo
    for persona in gente.values():
        url = f"/consola/icalma/ticket/{otra.ticket.pk}/ticket/{otra.ticket.pk}/registrar_contacto/"
        respuesta = entrar(persona).post(url, {"exito": "si", "medio": "telefono"})
        assert respuesta.status_code == 404
        assert entrar(persona).get(url).status_code == 405
        url = f"/consola/avisos/aviso/{otra.aviso.pk}/reintentar/"
        assert entrar(persona).post(url).status_code == 404
    otra.ticket = type(otra.ticket).objects.get(pk=otra.ticket.pk)
    assert otra.ticket.cadena_largo == antes


def test_quien_trabaja_en_un_proyecto_no_ve_los_demas(icalma, proyecto, camino):
    camino.generar()
    ajeno = Proyecto.objects.create(empresa=icalma, codigo="otro", nombre="Edificio Ajeno")
    persona = personal("limitado", icalma)
    Membresia.objects.create(usuario=persona, empresa=icalma, sede=ajeno, rol=Rol.SUPERVISOR)
    web = entrar(persona)
    assert camino.ticket.folio not in web.get("/consola/icalma/ticket/").content.decode()
    ruta = f"/consola/icalma/ticket/{camino.ticket.pk}/change/"
    assert web.get(ruta).status_code == 404


@pytest.mark.parametrize(
    "ruta",
    [
        "personas/cliente/?propiedades__unidad__nombre=x",
        "personas/cliente/?numero__startswith=1",
        "personas/usuario/?password__startswith=p",
        "personas/usuario/?is_superuser__exact=1",
        "inmuebles/unidad/?propiedades__cliente__numero__startswith=1",
        "plazos/plazo/?expediente__cliente__numero__startswith=1",
        "avisos/aviso/?destino__startswith=c",
        "expedientes/movimiento/?detalle__nombre_actor__startswith=C",
    ],
)
def test_direccion_con_preguntas_de_mas_es_400(gente, ruta):
    assert entrar(gente["jefe"]).get(f"/consola/{ruta}").status_code == 400


def test_sin_sesion_o_sin_ser_personal_se_pide_entrar(client, icalma, otra):
    civil = Usuario.objects.create_user("civil")
    for app, modelo in FICHAS:
        assert client.get(f"/consola/{app}/{modelo}/").status_code == 302
    assert entrar(civil).get("/consola/").status_code == 302


def test_personal_sin_rol_no_ve_nada(otra, icalma, camino):
    camino.generar()
    web = entrar(Usuario.objects.create_user("nuevo", is_staff=True))
    assert web.get("/consola/").status_code == 200
    for app, modelo in FICHAS:
        assert web.get(f"/consola/{app}/{modelo}/").status_code == 403


def test_historial_solo_dice_los_cambios_de_la_propia_empresa(gente, unidad):
    web = entrar(gente["administradora"])
    assert CambioMaestro.objects.count() == 1
    lista = web.get("/consola/expedientes/cambiomaestro/").content.decode()
    assert "Nadie ha cambiado datos maestros" in lista


def vacio(prefijo, total=0, iniciales=0):
    return {
        f"{prefijo}-TOTAL_FORMS": total,
        f"{prefijo}-INITIAL_FORMS": iniciales,
        f"{prefijo}-MIN_NUM_FORMS": 0,
        f"{prefijo}-MAX_NUM_FORMS": 1000,
    }

"""Somebody else's access: only who administers all their companies, never one's own."""

import pytest
from allauth.mfa.models import Authenticator
from django.core import mail
from django.test import Client

from postventa.avisos.models import Aviso
from postventa.avisos.tasks import barrer as enviar_avisos
from postventa.expedientes.models import CambioMaestro
from postventa.personas.models import Membresia, Rol
from tests.accesos.telefono import con_clave, con_factor
from tests.consola.conftest import entrar, personal
from tests.consola.test_paginas import revisar


def url(persona):
    return f"/consola/personas/usuario/{persona.pk}/acceso/"


QUITAR = {"accion": "factor", "motivo": "Me llamó desde su anexo", "password": "clave-de-prueba"}


def test_administradora_quita_el_segundo_paso_y_queda_escrito(administradora, supervisor, icalma):
    abierta, _ = con_factor()
    web = entrar(administradora)
    revisar(web.get(url(supervisor)))
    assert web.get(url(supervisor)).status_code == 200
    assert Authenticator.objects.count() == 2
    hecho = web.post(url(supervisor), QUITAR, follow=True).content.decode()
    assert "Quitaste el segundo paso de Rodrigo Sepúlveda" in hecho
    assert Authenticator.objects.count() == 0
    cambio = CambioMaestro.objects.get()
    assert (cambio.accion, cambio.por, cambio.empresa) == ("factor", administradora, icalma)
    assert cambio.objeto_id == str(supervisor.pk)
    assert cambio.detalle["motivo"] == ["", "Me llamó desde su anexo"]
    # Their sessions ended, and the password is enough until they enrol again.
    assert abierta.get("/consola/").status_code == 302
    assert con_clave(Client()).url == "/consola/"


def test_quitar_se_avisa_a_la_persona_y_a_quienes_administran(
    administradora, supervisor, jefe, icalma, otra, raiz
):
    con_factor()
    personal("otra_admina", icalma, Rol.ADMINISTRADOR)
    personal("se_fue", icalma, Rol.ADMINISTRADOR, is_active=False)
    personal("vecina", otra.empresa, Rol.ADMINISTRADOR)
    entrar(administradora).post(url(supervisor), QUITAR)
    Aviso.objects.exclude(tipo="segundo_paso_quitado").delete()
    enviar_avisos()
    asuntos = {m.to[0].split("<")[-1].strip(">"): m.subject for m in mail.outbox}
    de_otro = "Se quitó el segundo paso de Rodrigo Sepúlveda en la consola"
    assert asuntos == {
        supervisor.email: "Se quitó tu segundo paso en la consola",
        "otra_admina@personal.example": de_otro,
        "raiz@personal.example": de_otro,
    }
    assert all("Me llamó desde su anexo" in m.body for m in mail.outbox)
    assert all("admina" in m.body for m in mail.outbox)


@pytest.mark.parametrize(
    ("mas", "dice"),
    [
        ({"motivo": "  "}, "Escribe cómo comprobaste que es esa persona."),
        ({"password": ""}, "Escribe tu clave."),
        ({"password": "otra"}, "La clave no coincide."),
    ],
)
def test_quitar_pide_motivo_y_la_propia_clave(administradora, supervisor, mas, dice):
    con_factor()
    respuesta = entrar(administradora).post(url(supervisor), {**QUITAR, **mas})
    assert respuesta.status_code == 422
    revisar(respuesta)
    assert dice in respuesta.content.decode()
    assert Authenticator.objects.count() == 2
    assert (CambioMaestro.objects.count(), Aviso.objects.count()) == (0, 0)


def test_claves_al_azar_en_el_acceso_de_otro_se_frenan(administradora, supervisor):
    con_factor()
    web = entrar(administradora)
    malo = {**QUITAR, "password": "x"}
    estados = [web.post(url(supervisor), malo).status_code for _ in range(6)]
    assert estados == [422] * 4 + [429] * 2
    assert Authenticator.objects.count() == 2


def test_quitar_lo_que_no_hay_no_escribe_nada(administradora, supervisor):
    web = entrar(administradora)
    pagina = web.post(url(supervisor), {"accion": "factor"}, follow=True).content.decode()
    assert "no tenía un segundo paso" in pagina
    assert CambioMaestro.objects.count() == 0


def test_desbloquear_deja_intentar_ahora_y_queda_escrito(administradora, supervisor):
    for _ in range(5):
        con_clave(Client(), clave="mala")
    assert con_clave(Client()).status_code == 429
    web = entrar(administradora)
    assert "5 en los últimos minutos" in web.get(url(supervisor)).content.decode()
    web.post(url(supervisor), {"accion": "desbloquear"})
    assert con_clave(Client()).url == "/consola/"
    assert CambioMaestro.objects.get().accion == "desbloquear"


def test_cerrar_las_sesiones_de_otra_persona(administradora, supervisor):
    suya = entrar(supervisor)
    entrar(administradora).post(url(supervisor), {"accion": "sesiones"})
    assert suya.get("/consola/").status_code == 302
    assert CambioMaestro.objects.get().accion == "sesiones"


def test_lo_propio_no_se_toca_aqui(administradora):
    web, _ = con_factor("admina")
    pagina = web.get(url(administradora)).content.decode()
    assert 'value="factor"' not in pagina
    for accion in ("factor", "desbloquear", "sesiones"):
        assert web.post(url(administradora), {**QUITAR, "accion": accion}).status_code == 403
    assert Authenticator.objects.count() == 2
    assert CambioMaestro.objects.count() == 0


NO_ADMINISTRAN = ("supervisor", "jefe", "call_center", "gerente", "maestro")


@pytest.mark.parametrize("rol", NO_ADMINISTRAN)
def test_quien_no_administra_no_lo_ve_ni_lo_hace(icalma, supervisor, rol):
    con_factor()
    web = entrar(personal("mira", icalma, rol))
    assert web.get(url(supervisor)).status_code == 403
    assert web.post(url(supervisor), QUITAR).status_code == 403
    assert Authenticator.objects.count() == 2


@pytest.mark.parametrize("caso", ["de_otra", "de_dos_empresas", "superusuario"])
def test_administradora_no_alcanza_a_quien_llega_mas_lejos(
    administradora, icalma, otra, raiz, caso
):
    persona = raiz if caso == "superusuario" else otra.supervisora
    if caso != "de_otra":
        Membresia.objects.create(usuario=persona, empresa=icalma, rol=Rol.SUPERVISOR)
    con_factor(persona.username)
    web = entrar(administradora)
    assert web.get(url(persona)).status_code == (404 if caso == "de_otra" else 403)
    assert web.post(url(persona), QUITAR).status_code == (404 if caso == "de_otra" else 403)
    assert Authenticator.objects.count() == 2


def test_acto_inventado_es_404(administradora, supervisor):
    assert entrar(administradora).post(url(supervisor), {"accion": "otra"}).status_code == 404


# --- what closes sessions in the user's own form


def formulario(persona, *filas, **mas):
    total = {"membresias-TOTAL_FORMS": len(filas), "membresias-INITIAL_FORMS": len(filas),
             "membresias-MIN_NUM_FORMS": 0, "membresias-MAX_NUM_FORMS": 1000}  # fmt: skip
    for n, fila in enumerate(filas):
        datos = {"id": fila.pk, "usuario": persona.pk, "empresa": fila.empresa_id, "rol": fila.rol}
        total |= {f"membresias-{n}-{campo}": valor for campo, valor in datos.items()}
    return {"username": persona.username, "first_name": persona.first_name, "is_active": "on",
            "last_name": persona.last_name, "email": persona.email, **total, **mas}  # fmt: skip


def ficha(persona):
    return f"/consola/personas/usuario/{persona.pk}/change/"


def test_desactivar_cierra_sus_sesiones_para_siempre(administradora, supervisor):
    suya = entrar(supervisor)
    fila = supervisor.membresias.get()
    datos = formulario(supervisor, fila)
    web = entrar(administradora)
    del datos["is_active"]
    assert web.post(ficha(supervisor), datos).status_code == 302
    assert suya.get("/consola/").status_code == 302
    assert web.post(ficha(supervisor), formulario(supervisor, fila)).status_code == 302
    # The account lives again; the session of the one who was sent away does not.
    assert suya.get("/consola/").status_code == 302
    assert con_clave(Client()).url == "/consola/"


def test_quitar_un_rol_cierra_sus_sesiones(administradora, supervisor, icalma):
    fila = supervisor.membresias.get()
    otro = Membresia.objects.create(usuario=supervisor, empresa=icalma, rol=Rol.JEFE)
    suya = entrar(supervisor)
    datos = formulario(supervisor, fila, otro, **{"membresias-1-DELETE": "on"})
    assert entrar(administradora).post(ficha(supervisor), datos).status_code == 302
    assert supervisor.membresias.count() == 1
    assert suya.get("/consola/").status_code == 302


def test_cambiar_un_rol_por_otro_cierra_sus_sesiones(administradora, supervisor):
    suya = entrar(supervisor)
    datos = formulario(supervisor, supervisor.membresias.get(), **{"membresias-0-rol": "gerente"})
    entrar(administradora).post(ficha(supervisor), datos)
    assert suya.get("/consola/").status_code == 302


def test_corregir_el_nombre_no_cierra_nada(administradora, supervisor):
    suya = entrar(supervisor)
    datos = formulario(supervisor, supervisor.membresias.get(), first_name="Rodrigo Andrés")
    assert entrar(administradora).post(ficha(supervisor), datos).status_code == 302
    assert suya.get("/consola/").status_code == 200


def test_clave_nueva_puesta_por_otra_persona_cierra_sus_sesiones(administradora, supervisor):
    suya = entrar(supervisor)
    clave = {"password1": "hueso-de-durazno", "password2": "hueso-de-durazno"}
    direccion = f"/consola/personas/usuario/{supervisor.pk}/password/"
    assert entrar(administradora).post(direccion, {**clave, "set-password": "1"}).status_code == 302
    assert suya.get("/consola/").status_code == 302

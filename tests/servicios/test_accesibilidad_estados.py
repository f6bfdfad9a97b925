"""The rest of Icalma's pages, read the same way: what ends, fails, is late, long or a mail."""

import re
from datetime import timedelta

import pytest
from django.contrib import admin
from django.core import mail
from django.db import OperationalError

from postventa.avisos.tasks import barrer
from postventa.calendario import hora
from postventa.personas.models import Cliente
from postventa.tramitacion.acciones import anotar
from postventa.tramitacion.barrido import barrer as barrer_plazos
from tests.servicios.actores import (
    CAMILA,
    CLAVE,
    Personal,
    Propietaria,
    camino_de_camila,
    foto,
)
from tests.servicios.test_accesibilidad import abrir_formularios, entrar_al_caso
from tickets.icalma import enlaces

pytestmark = pytest.mark.django_db(transaction=True)

LARGOS = (
    "María de los Ángeles Fernández-Concha Undurraga de la Santísima Trinidad",
    "Torre B, departamento 1704, bodega 231 y estacionamiento subterráneo 118",
    "Condominio Parque Residencial Los Arrayanes de Peñalolén Alto, segunda etapa",
)


def alargar():
    """Camila's names as long as there are, and one word that no line can break."""
    camino = camino_de_camila()
    suyos = (camino.cliente, camino.unidad, camino.unidad.proyecto)
    for objeto, nombre in zip(suyos, LARGOS, strict=True):
        type(objeto).objects.filter(pk=objeto.pk).update(nombre=nombre)
    correo = "maria.delosangeles.fernandezconcha@correo.example"
    Cliente.objects.filter(pk=camino.cliente.pk).update(correo=correo)


def faltar(camino, cuando):
    """Nobody was home at the inspection."""
    camino.coordinar_inspeccion(cuando)
    camino.ahora = camino.visita.termina_en
    falta = {"llegada_en": camino.visita.inicia_en, "conserje": "Luis Pino"}
    camino.tramitar(camino.visita, "registrar_inasistencia_cliente", **falta)


# --- the customers' side


def test_portal_requerimiento_con_fotos_y_nombres_largos(portal):
    page = portal.page
    Propietaria(page, portal.sitio, *CAMILA).entrar()
    alargar()
    page.goto(f"{portal.sitio}/icalma/requerimiento/")
    for _ in range(3):
        page.get_by_role("radio", name="Cocina", exact=True).check()
        page.get_by_label(re.compile("En qué lugar")).select_option(label="Lavaplatos")
        page.get_by_label(re.compile("elemento falla")).select_option(label="Grifería")
        page.get_by_label(re.compile("Descríbelo")).fill("Gotea día y noche. " * 40 + "x" * 90)
        page.locator("input[type=file]").set_input_files([foto()] * 3)
        page.get_by_role("button", name="Quitar foto 3").wait_for()
        page.get_by_text("Subiendo fotos").wait_for(state="hidden")
        page.get_by_role("button", name="Agregar esta observación").click()
    portal.leer("observaciones, muchas")
    page.get_by_role("button", name=re.compile("^Editar")).first.click()
    page.get_by_role("heading", name="Cambia esta observación").wait_for()
    portal.leer("observación que se cambia")
    page.get_by_role("radio", name="Otro", exact=True).check()
    portal.enviar("Guardar los cambios", "observación, otro recinto con errores")
    portal.enviar("Revisar y enviar", "revisar lo que falta")
    page.get_by_role("button", name="Dejarla como estaba").click()
    portal.enviar("Revisar y enviar", "revisar, muchas")
    portal.enviar("Enviar requerimiento", "recibido, nombres largos")
    portal.ir(page.get_by_role("link", name="Ver mi requerimiento").get_attribute("href"), "caso")
    portal.ir("/icalma/algo-mas/", "no existe")


def test_portal_caso_en_lo_que_termina_de_otro_modo(portal):
    camino = camino_de_camila()
    leer = entrar_al_caso(portal, camino)
    camino.generar(3).contactar().coordinar_inspeccion()
    camino.tramitar(camino.ticket, "anular", camino.jefe, motivo="Se ingresó dos veces")
    leer("", "caso anulado")
    camino.generar().contactar().coordinar_inspeccion("2026-11-25 10:00").inspeccionar((0, 1))
    for obs in camino.obs:
        camino.tramitar(obs, "aceptar_rechazo", camino.cliente)
    camino.tramitar(camino.ticket, "cerrar_sin_trabajos", camino.jefe)
    leer("", "caso cerrado sin trabajos")
    camino.generar()
    camino.pasar(days=9)
    barrer_plazos(camino.ahora)
    leer("", "caso atrasado")
    portal.ir("/icalma/mis-requerimientos/", "mis requerimientos, muchos")
    portal.ir(enlaces.no_fui_yo(camino.ticket).removeprefix(portal.sitio), "no fui yo")
    portal.enviar("No fui yo", "no fui yo, avisado")


def test_portal_caso_con_objecion_resuelta(portal):
    camino = camino_de_camila()
    leer = entrar_al_caso(portal, camino)
    for acoge, dia in ((False, 24), (True, 26)):
        camino.generar().contactar()
        faltar(camino, f"2026-11-{dia} 10:00")
        faltar(camino, f"2026-11-{dia} 15:00")
        objetada = {"ahora": camino.ahora, "motivo": "Estuve toda la mañana"}
        anotar(camino.visita, "objetar_inasistencia", camino.cliente, **objetada)
        camino.ticket = anotar(
            camino.visita,
            "resolver_objecion",
            camino.jefe,
            ahora=camino.ahora,
            acoge=acoge,
            motivo="Lo dice el libro de conserjería",
        )
        leer("", f"objeción {'acogida' if acoge else 'rechazada'}")
    camino.ticket = type(camino.ticket).objects.get(continua=camino.ticket)
    leer("", "caso que sigue a otro")


def test_portal_no_conforme_en_parte(portal):
    camino = camino_de_camila()
    leer = entrar_al_caso(portal, camino)
    camino.hasta_por_firmar(3, ())
    leer("firma/no-conforme/?respuesta=parte", "conforme en parte")
    portal.enviar("Enviar a mi supervisor", "conforme en parte, con errores")
    portal.page.get_by_role("checkbox").first.check()
    portal.page.get_by_role("textbox").first.fill("Quedó una mancha")
    portal.enviar("Enviar a mi supervisor", "caso con reparos")
    leer("firma/", "firma con reparos")


def test_portal_cuando_algo_falla(portal, monkeypatch):
    page = portal.page
    portal.ir("/icalma/acceso/")
    for _ in range(4):
        page.goto(f"{portal.sitio}/icalma/acceso/")
        page.get_by_label("Proyecto").select_option(index=1)
        page.get_by_label(re.compile("RUT")).fill(CAMILA[0])
        page.get_by_role("button", name="Pedir el código").click()
        page.wait_for_load_state()
    assert page.get_by_role("heading", name="Se pidieron muchos códigos").is_visible()
    portal.leer("demasiados códigos")
    page.goto(f"{portal.sitio}/icalma/acceso/")
    page.context.clear_cookies()
    portal.enviar("Pedir el código", "formulario vencido")
    assert page.get_by_role("heading", name="abierta demasiado tiempo").is_visible()

    def fallar(error):
        def falla(*args):
            raise error

        monkeypatch.setattr("postventa.portal.views.paginas.horas.estado", falla)

    fallar(RuntimeError("roto"))
    portal.ir("/icalma/", "falló", status=[500])
    fallar(OperationalError("sin base"))
    portal.ir("/icalma/contacto/", "sin base de datos", status=[503])


def test_correos_de_un_ticket_con_todo(portal):
    """Each kind of mail as its reader sees it."""
    camino = camino_de_camila()
    camino.generar(3).contactar().coordinar_inspeccion().inspeccionar()
    camino.tramitar(camino.obs[1], "disputar", camino.cliente, motivo="No lo acepto")
    primero = camino.coordinar_trabajo().iniciar_trabajo().ejecutar().terminar().ticket
    retenido = camino.generar(1).ticket
    camino.ticket = primero
    camino.firmar().tramitar(
        camino.obs[1], "confirmar_rechazo", camino.jefe, motivo="Es mantención"
    )
    camino.tramitar(
        type(retenido).objects.get(pk=retenido.pk), "anular", camino.jefe, motivo="Se repitió"
    )
    hora.fijar(camino.ahora + timedelta(days=30))
    barrer()
    vistos = {}
    for correo in mail.outbox:
        vistos.setdefault(re.sub(r"\W*ICA-\d+-\d+\W*|\d", "", correo.subject), correo)
    for asunto, correo in vistos.items():
        portal.page.set_content(correo.alternatives[0].content)
        portal.leer(asunto)
    assert len(vistos) >= 10, sorted(vistos)


# --- the staff's side


def test_consola_consulta_objecion_y_finales(consola):
    camino, vistos = camino_de_camila(), set()
    camino.generar().contactar().coordinar_inspeccion().inspeccionar()
    camino.tramitar(camino.obs[1], "disputar", camino.cliente, motivo="No lo acepto")
    hora.fijar(camino.ahora)
    personal = Personal(consola.page, consola.sitio)
    personal.entrar("jefe", CLAVE)
    consola.leer("hoy del jefe")
    abrir_formularios(consola, camino.ticket, vistos)
    camino.tramitar(camino.ticket, "anular", camino.jefe, motivo="Se ingresó dos veces")
    abrir_formularios(consola, camino.ticket, vistos)
    camino.generar(1).contactar()
    faltar(camino, "2026-11-26 10:00")
    objetada = {"ahora": camino.ahora, "motivo": "Estuve toda la mañana"}
    anotar(camino.visita, "objetar_inasistencia", camino.cliente, **objetada)
    hora.fijar(camino.ahora)
    abrir_formularios(consola, camino.ticket, vistos)
    camino.pasar(days=12)
    hora.fijar(camino.ahora)
    barrer_plazos(camino.ahora)
    alargar()
    consola.ir("/consola/", "hoy, atrasado y con nombres largos")
    consola.ir("/consola/icalma/ticket/", "casos, nombres largos")
    consola.ir(f"/consola/icalma/ticket/{camino.ticket.pk}/change/?ver=visitas", "visitas")


def test_consola_alta_historial_y_eliminar_de_cada_dato(consola):
    camino_de_camila().generar()
    Personal(consola.page, consola.sitio).entrar("admin", CLAVE)
    for modelo in sorted(admin.site._registry, key=lambda m: m._meta.label):
        base = f"/consola/{modelo._meta.app_label}/{modelo._meta.model_name}/"
        if consola.page.request.get(f"{consola.sitio}{base}add/").ok:
            consola.ir(f"{base}add/")
        if fila := modelo._default_manager.first():
            consola.ir(f"{base}{fila.pk}/history/")
            if consola.page.request.get(f"{consola.sitio}{base}{fila.pk}/delete/").ok:
                consola.ir(f"{base}{fila.pk}/delete/")


def test_consola_contacto_de_un_cliente(consola):
    cliente = camino_de_camila().cliente
    Personal(consola.page, consola.sitio).entrar("jefe", CLAVE)
    base = f"/consola/personas/cliente/{cliente.pk}"
    consola.ir(f"{base}/contacto/")
    consola.page.get_by_label("Correo").fill("no es un correo")
    consola.enviar(re.compile("Pedir"), "contacto con errores")
    consola.ir("/consola/icalma/asistido/", "de otro rol", status=[403])

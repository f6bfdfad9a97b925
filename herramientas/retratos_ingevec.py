"""Ingevec's story for the manual's pictures: a call, the visit at the home and how it ends."""

from retratos_gente import CELULAR, ESCRITORIO, Personal
from retratos_icalma import local, poner_hora

JAIME = "13.287.645-2"


def contar(chromium, sitio):
    callcenter = Personal(chromium, sitio, ESCRITORIO)
    telefono = Personal(chromium, sitio, CELULAR)
    poner_hora("2026-11-30T10:15")
    callcenter.entrar("callcenter")
    tomar_la_llamada(callcenter)
    inspeccionar(telefono)
    trabajar()
    llamar(callcenter)


def tomar_la_llamada(callcenter):
    """Monday 30, 10:15: somebody calls, and an hour is read out before they hang up."""
    page = callcenter.page
    callcenter.ir(f"/consola/ingevec/llamada/?q={JAIME}")
    callcenter.pulsar("No a las cuatro")
    callcenter.escribir("Recinto", "Cocina")
    page.get_by_role("textbox", name="Requerimiento").first.fill("Gotera bajo el lavaplatos")
    page.get_by_role("radio", name="09:45").first.check()
    callcenter.retratar("ingevec-llamada")
    page.get_by_role("button", name="Guardar y agendar").click()
    callcenter.retratar("ingevec-guardada")


def inspeccionar(telefono):
    """Wednesday 2, at the home: who receives, and what the warranty covers."""
    poner_hora("2026-12-02T09:50")
    telefono.entrar("inspectora")
    telefono.ir("/consola/ingevec/dia/")
    telefono.retratar("ingevec-dia")
    telefono.abrir("Abrir la visita")
    telefono.escribir("A qué hora llegaste", "09:45")
    telefono.page.get_by_label("Conserje", exact=True).fill("Luis Pino")
    telefono.marcar("^Sí, autoriza")
    telefono.escribir("Quién recibe por el propietario", "Ana Mora")
    telefono.retratar("ingevec-ingreso")
    telefono.pulsar("Registrar el ingreso")
    tarea = telefono.tarea(1)
    tarea.locator("label.decision").first.click()
    tarea.get_by_label("Diagnóstico").fill("El sifón quedó suelto.")
    telefono.retratar("ingevec-diagnostico", "details.tarea[open]")
    tarea.get_by_role("button", name="Guardar").click()
    telefono.page.get_by_role("button", name="Terminar").click()
    telefono.page.get_by_text("Visita terminada.").wait_for()


def trabajar():
    """Monday 7: agreed, received and executed, told through the door."""
    from postventa.personas.models import Usuario
    from postventa.tramitacion.acciones import tramitar
    from tickets.ingevec.models import Solicitud

    solicitud = Solicitud.objects.get()
    oficina, cuadrilla = (Usuario.objects.get(username=u) for u in ("callcenter", "cuadrilla"))
    cupo = {"inicia_en": local("2026-12-07T09:00"), "persona": cuadrilla}
    ahora = local("2026-12-02T16:00")
    solicitud = tramitar(solicitud, "agendar_trabajos", oficina, ahora=ahora, **cupo)
    poner_hora("2026-12-07T09:05")
    entrada = {
        "representante": "Ana Mora",
        "personal_identificado": "Luis Aguayo",
        "conserje": "Luis Pino",
        "conserjeria_autoriza": True,
    }
    ahora, visita = local("2026-12-07T09:05"), solicitud.ultima_visita()
    solicitud = tramitar(visita, "iniciar", cuadrilla, ahora=ahora, **entrada)
    trabajo, ahora = "Se cambió el sifón.", local("2026-12-07T10:30")
    requerimiento = solicitud.requerimientos.get()
    solicitud = tramitar(requerimiento, "ejecutar", cuadrilla, ahora=ahora, trabajo=trabajo)
    tramitar(solicitud.ultima_visita(), "realizar", cuadrilla, ahora=local("2026-12-07T11:00"))


def llamar(callcenter):
    """Wednesday 9: the satisfaction call."""
    poner_hora("2026-12-09T10:00")
    callcenter.ir("/consola/ingevec/llamados/")
    callcenter.abrir("Llamar")
    callcenter.page.get_by_role("radio", name="Conforme", exact=True).first.check()
    callcenter.retratar("ingevec-llamado")

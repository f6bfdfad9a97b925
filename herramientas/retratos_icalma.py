"""Icalma's story for the manual's pictures: what happens, on which day and at which hour."""

from datetime import datetime
from uuid import uuid4
from zoneinfo import ZoneInfo

from retratos_gente import CELULAR, ESCRITORIO, Personal, Propietaria

SANTIAGO = ZoneInfo("America/Santiago")
CAMILA, FRANCISCA, MATIAS = "16.482.937-5", "12874593-9", "17903264-3"


def local(texto):
    return datetime.fromisoformat(texto).replace(tzinfo=SANTIAGO)


def poner_hora(texto):
    """Set the demo's clock on the wall of Santiago, and let happen what fell due until then."""
    from postventa.avisos.tasks import barrer as enviar
    from postventa.calendario import hora
    from postventa.tramitacion import barrido

    hora.fijar(local(texto))
    barrido.barrer()
    barrido.latir("beat")
    enviar()


def contar(chromium, sitio):
    camila = Propietaria(chromium, sitio, CELULAR)
    supervisor = Personal(chromium, sitio, ESCRITORIO)
    telefono = Personal(chromium, sitio, CELULAR)
    jefe = Personal(chromium, sitio, ESCRITORIO)
    vecino = vecinos()
    poner_hora("2026-11-23T10:15")
    folio = requerir(camila)
    administrar(Personal(chromium, sitio, ESCRITORIO))
    coordinar_inspeccion(supervisor, camila, folio)
    inspeccionar(supervisor, telefono)
    objetar(camila, jefe, vecino)
    trabajar(supervisor, telefono, folio)
    firmar(camila)
    asistir(supervisor, camila)


def requerir(camila):
    """Monday 23, 10:15: the owner reports what fails, room by room."""
    camila.ir("/icalma/")
    camila.retratar("propietario-inicio")
    camila.abrir("Crear un requerimiento")
    camila.identificarse(CAMILA)
    camila.observar("Cocina", "Lavaplatos", "Grifería", "La llave gotea toda la noche.")
    camila.pulsar("Agregar esta observación")
    camila.page.get_by_role("heading", name="Agregadas: 1").wait_for()
    camila.observar("Living comedor", "Muro", "Grieta", "Grieta de piso a cielo.", con_foto=True)
    camila.retratar("propietario-observaciones", ".c-lugar")
    camila.pulsar("Agregar esta observación")
    camila.page.get_by_role("heading", name="Agregadas: 2").wait_for()
    camila.pulsar("Revisar y enviar")
    camila.pulsar("Enviar requerimiento")
    folio = camila.page.locator(".numero").inner_text()
    camila.retratar("propietario-recibido")
    return folio


def administrar(admin):
    """The same morning: a decree is read, and nothing of it applied; a policy, not changed."""
    from postventa.calendario.models import Calendario, Feriado
    from postventa.plazos.models import PoliticaPlazo

    chile = Calendario.objects.get(codigo="cl")
    contacto = PoliticaPlazo.objects.get(empresa__codigo="icalma", codigo="contacto")
    base = f"/consola/calendario/calendario/{chile.pk}"
    admin.entrar("admin")
    admin.ir(f"{base}/anio/2027/")
    admin.retratar("administrador-anio")
    duelo = Feriado.objects.create(
        calendario=chile, fecha="2026-11-24", nombre="Duelo nacional", fuente="Decreto 123"
    )
    admin.ir(f"{base}/mueve/")
    admin.escribir("Motivo", "Decreto 123, duelo nacional del 24 de noviembre")
    admin.retratar("administrador-mueve")
    duelo.delete()
    admin.ir(f"/consola/plazos/politicaplazo/{contacto.pk}/change/")
    admin.escribir("Cantidad", "72")
    admin.pulsar("Guardar")
    admin.retratar("administrador-politica")
    admin.ir(f"/consola/plazos/politicaplazo/calculadora/?politica={contacto.pk}")
    admin.page.get_by_label("Proyecto").select_option(index=1)
    admin.escribir("Empieza el día", "2026-12-04")
    admin.escribir("A la hora", "16:00")
    admin.pulsar("Calcular")
    admin.retratar("administrador-calculadora")


def coordinar_inspeccion(supervisor, camila, folio):
    """The same Monday, 15:00: contact, and a day for the inspection."""
    poner_hora("2026-11-23T15:00")
    supervisor.entrar("supervisor")
    supervisor.caso(folio, "Registrar contacto")
    supervisor.marcar("^Sí, contestó")
    supervisor.retratar("supervisor-contacto")
    supervisor.pulsar("Registrar contacto")
    supervisor.abrir("Coordinar inspección")
    supervisor.coordinar("2026-11-24", "10:00", "10:45")
    supervisor.pulsar("Coordinar y avisar")
    camila.mi_caso()
    camila.retratar("propietario-visita")
    camila.abrir("Cambiar la hora")
    camila.retratar("propietario-cambiar-hora")


def inspeccionar(supervisor, telefono):
    """Tuesday 24, 10:00: in the home, on the phone; one decision is taken without a line."""
    poner_hora("2026-11-24T09:50")
    supervisor.ir("/consola/")
    supervisor.retratar("supervisor-hoy")
    poner_hora("2026-11-24T10:00")
    telefono.entrar("supervisor")
    telefono.abrir_visita()
    telefono.ingresar("09:58")
    telefono.retratar("terreno-ingreso")
    telefono.pulsar("Registrar el ingreso")
    telefono.page.get_by_text("llegada 09:58").wait_for()
    rechazo = telefono.tarea(1)
    telefono.decidir(1, "Rechazar")
    rechazo.get_by_label("Exclusión en que se funda").select_option("E4")
    rechazo.get_by_label("Lo que leerá").fill("El aireador está tapado: limpiarlo es mantención.")
    telefono.retratar("terreno-decidir", "details.tarea[open]")
    telefono.guardar(1)
    telefono.page.get_by_text("1 de 2 decididas").wait_for()
    telefono.page.context.set_offline(True)
    telefono.decidir(2, "Aprobar")
    telefono.guardar(2)
    telefono.page.get_by_text("Sin conexión").wait_for()
    telefono.retratar("terreno-sin-linea")
    telefono.page.context.set_offline(False)
    telefono.page.get_by_text("2 de 2 decididas").wait_for()
    poner_hora("2026-11-24T10:45")
    telefono.abrir_visita()
    telefono.pulsar("Terminar la inspección")
    telefono.page.get_by_text("Visita terminada.").wait_for()


def objetar(camila, jefe, vecino):
    """The owner disputes the rejection; the Jefe reviews it, and an absence of another home."""
    poner_hora("2026-11-24T11:30")
    camila.mi_caso()
    queja = "El aireador se limpió en octubre y sigue goteando por el mango."
    camila.escribir("¿Por qué no estás de acuerdo", queja)
    camila.retratar("propietario-rechazo")
    camila.pulsar("Pedir revisión al Jefe")
    faltar(vecino)
    poner_hora("2026-11-24T16:00")
    jefe.entrar("jefe")
    jefe.retratar("jefe-hoy")
    jefe.caso(vecino.folio, "Resolver la objeción")
    jefe.retratar("jefe-objecion")
    jefe.ir("/consola/#espera")
    fila = jefe.page.locator("li").filter(has_text="Revisar un rechazo")
    fila.get_by_role("link", name="Revisar").click()
    jefe.retratar("jefe-consulta", ".observacion")
    confirmar = jefe.page.locator("details.decidir").filter(has_text="Confirmar el rechazo")
    confirmar.locator("summary").click()
    confirmar.get_by_label("Motivo").fill("El mango se revisó en la visita y no gotea.")
    confirmar.get_by_role("button", name="Confirmar el rechazo").click()


def vecinos():
    """Two other homes, told through the door: one still to contact, one with an inspection."""
    from postventa.tramitacion.acciones import tramitar

    ceramica = ("Terraza", "Piso", "Cerámica", "terminacion")
    otro_ticket(FRANCISCA, ceramica, "2026-11-23T09:40")
    ticket = otro_ticket(
        MATIAS, ("Terraza", "Ventanal", "Sello", "constructivo"), "2026-11-23T09:50"
    )
    quien, ahora = ticket.responsable, local("2026-11-23T10:00")
    tramitar(ticket, "registrar_contacto", quien, exito=True, medio="telefono", ahora=ahora)
    horario = {"inicia_en": local("2026-11-24T12:00"), "termina_en": local("2026-11-24T12:45")}
    tramitar(ticket, "coordinar_inspeccion", quien, persona=quien, ahora=ahora, **horario)
    return ticket


def otro_ticket(rut, que, cuando):
    from tickets.icalma.ingreso import ingresar
    from tickets.icalma.models import Observacion
    from tickets.inmuebles.models import Propiedad

    propiedad = Propiedad.objects.filter(cliente__numero=rut).first()
    falla = Observacion(**dict(zip(("recinto", "lugar", "item", "clase"), que, strict=True)))
    return ingresar(
        propiedad.unidad, propiedad.cliente, [falla], nonce=uuid4(), ahora=local(cuando)
    )


def faltar(ticket):
    """Nobody at that inspection, says the Supervisor; the owner objects."""
    from postventa.personas.actores import Actor
    from postventa.tramitacion.acciones import anotar, tramitar

    evidencia = {"llegada_en": local("2026-11-24T12:00"), "conserje": "Luis Pino", "motivo": ""}
    verbo = "registrar_inasistencia_cliente"
    ahora = local("2026-11-24T12:25")
    tramitar(ticket.visitas.get(), verbo, ticket.responsable, ahora=ahora, **evidencia)
    motivo = "Estuve toda la mañana; el citófono de la torre no funcionaba."
    ahora, dueno = local("2026-11-24T15:00"), Actor.de(ticket.cliente)
    anotar(ticket.visitas.get(), "objetar_inasistencia", dueno, motivo=motivo, ahora=ahora)


def trabajar(supervisor, telefono, folio):
    """Thursday 26: the works, up to the glass on which the owner may sign."""
    supervisor.caso(folio, "Coordinar visita de trabajo")
    supervisor.coordinar("2026-11-26", "09:30", "13:00")
    supervisor.escribir("Maestros", "Óscar Vidal, Nelson Catrileo")
    supervisor.pulsar("Coordinar y avisar")
    poner_hora("2026-11-26T09:30")
    telefono.abrir_visita()
    telefono.ingresar("09:30")
    telefono.pulsar("Registrar el ingreso")
    telefono.page.get_by_text("llegada 09:30").wait_for()
    telefono.tarea(2).get_by_label("Trabajo realizado").fill("Se selló la grieta y se pintó.")
    telefono.guardar(2, "Marcar ejecutada")
    telefono.page.get_by_text("1 de 1 ejecutada").wait_for()
    poner_hora("2026-11-26T12:30")
    telefono.pulsar("Terminar y pasar a la firma")
    telefono.page.get_by_text("Huella del acta").wait_for()
    telefono.marcar("^Quien firma leyó")
    telefono.dibujar()
    telefono.retratar("terreno-firma", "[aria-label='Firma de conformidad']")


def firmar(camila):
    """The owner signs at home instead, with a fresh code; the ticket is closed."""
    poner_hora("2026-11-26T18:30")
    camila.mi_caso()
    camila.abrir("Revisar y firmar")
    camila.retratar("propietario-firma", "#como")
    camila.pulsar("Enviarme el código")
    camila.page.get_by_role("textbox", name="Código").fill(camila.codigo())
    camila.escribir("Tu nombre completo", "Camila Rojas Fuentealba")
    camila.marcar("^Leí el acta")
    camila.pulsar("Firmar y cerrar el ticket")


def asistir(supervisor, camila):
    """Friday 27: somebody calls, dictates the code and then what fails."""
    poner_hora("2026-11-27T09:10")
    supervisor.ir("/consola/icalma/asistido/?q=Maldonado")
    supervisor.pulsar("Enviar el código")
    supervisor.retratar("asistido-codigo")
    supervisor.escribir("Código que dicta", camila.codigo())
    supervisor.pulsar("Comprobar el código")
    supervisor.page.get_by_label("Qué falla").first.select_option(label="Extractor")
    supervisor.escribir("Lo que dice el propietario", "Suena fuerte y no saca el vapor.")
    supervisor.retratar("asistido-observaciones")

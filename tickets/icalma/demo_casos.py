"""What Icalma's demonstration has going on its first day: open tickets, walked through the door.

Their days count back from today in business days, so that a supervisor's morning is believable on
whichever day somebody starts it.
"""

from datetime import datetime, timedelta
from uuid import uuid4

from postventa.tramitacion.acciones import tramitar
from tickets.icalma.ingreso import ingresar
from tickets.icalma.models import Exclusion, Observacion
from tickets.inmuebles.demo import Agenda
from tickets.inmuebles.models import Item, Propiedad, Proyecto

VISITA, TRABAJO = timedelta(minutes=45), timedelta(hours=3)
PROPIETARIO = "propietario"


class Caso:
    """One ticket on its way: each step at its own time, by who does it."""

    def __init__(self, proyecto: Proyecto, unidad: str, cosas: list, cuando: datetime):
        propiedad = Propiedad.objects.select_related("cliente__empresa", "unidad")
        suya = propiedad.get(unidad__proyecto=proyecto, unidad__nombre=unidad)
        self.supervisor = proyecto.supervisor
        observaciones = [_observacion(proyecto, *cosa) for cosa in cosas]
        self.ticket = ingresar(
            suya.unidad, suya.cliente, observaciones, nonce=uuid4(), ahora=cuando
        )

    def hacer(self, objeto, verbo: str, cuando: datetime, **datos) -> None:
        self.ticket = tramitar(
            objeto, verbo, self.supervisor, canal="consola", ahora=cuando, **datos
        )

    def contactar(self, cuando: datetime) -> None:
        self.hacer(self.ticket, "registrar_contacto", cuando, exito=True, medio="telefono")

    def coordinar(self, verbo: str, cuando: datetime, inicia: datetime, dura, **datos) -> None:
        self.hacer(self.ticket, verbo, cuando, inicia_en=inicia, termina_en=inicia + dura, **datos)

    def inspeccionar(self, rechazo: str = "") -> None:
        """At its hour; the last observation is rejected, if there is a reason."""
        visita = self.ticket.ultima_visita()
        self.hacer(visita, "iniciar", visita.inicia_en, recibe_rol=PROPIETARIO)
        *primeras, ultima = self.ticket.observaciones.order_by("numero")
        for observacion in primeras if rechazo else [*primeras, ultima]:
            self.hacer(observacion, "aprobar", visita.inicia_en, fundamento="Falla de origen.")
        if rechazo:
            razones = {"exclusion": Exclusion.E4, "fundamento": rechazo}
            self.hacer(ultima, "rechazar", visita.inicia_en, **razones)
        self.hacer(self.ticket.ultima_visita(), "realizar", visita.termina_en)


def _observacion(proyecto, recinto, lugar, item, descripcion) -> Observacion:
    fila = Item.objects.get(
        nombre=item,
        lugar__nombre=lugar,
        lugar__recinto__nombre=recinto,
        lugar__recinto__empresa=proyecto.empresa,
    )
    return Observacion(
        recinto=recinto, lugar=lugar, item=item, clase=fila.clase, descripcion=descripcion
    )


def abrir_casos(proyecto: Proyecto) -> None:
    """Five tickets: one late, one due, one to be visited, one to coordinate, one with works."""
    agenda = Agenda(proyecto)
    _por_ejecutar(proyecto, agenda)
    _por_coordinar(proyecto, agenda)
    _atrasado(proyecto, agenda)
    _por_visitar(proyecto, agenda)
    _recien_llegado(proyecto, agenda)


def _por_ejecutar(proyecto, agenda) -> None:
    cosas = [
        ("Baño principal", "Piso", "Filtración", "El agua sale por debajo de la puerta."),
        ("Baño principal", "Lavamanos", "Desagüe", "Gotea dentro del mueble."),
    ]
    caso = Caso(proyecto, "Torre B, depto. 1103", cosas, agenda.en(-9, "11:20"))
    caso.contactar(agenda.en(-8, "10:05"))
    inicia = agenda.en(-6, "09:30")
    caso.coordinar("coordinar_inspeccion", agenda.en(-8, "10:10"), inicia, VISITA)
    caso.inspeccionar()
    cuando, inicia = agenda.en(-4, "12:15"), agenda.en(1, "09:30")
    gente = {"maestros": "Óscar Vidal, Nelson Catrileo"}
    caso.coordinar("coordinar_trabajo", cuando, inicia, TRABAJO, **gente)


def _por_coordinar(proyecto, agenda) -> None:
    cosas = [
        ("Terraza", "Ventanal", "Corredera", "Hay que levantarlo para que cierre."),
        ("Cocina", "Lavaplatos", "Grifería", "Gotea toda la noche."),
    ]
    caso = Caso(proyecto, "Torre B, depto. 1102", cosas, agenda.en(-5, "09:10"))
    caso.contactar(agenda.en(-4, "11:30"))
    inicia = agenda.en(-2, "15:00")
    caso.coordinar("coordinar_inspeccion", agenda.en(-4, "11:35"), inicia, VISITA)
    caso.inspeccionar("El aireador tiene sarro: se limpia, no falla.")


def _atrasado(proyecto, agenda) -> None:
    cosas = [("Dormitorio principal", "Muro", "Grieta", "De piso a cielo, junto a la ventana.")]
    Caso(proyecto, "Torre A, depto. 210", cosas, agenda.en(-3, "16:40"))


def _por_visitar(proyecto, agenda) -> None:
    cosas = [
        ("Living comedor", "Cielo", "Humedad", "Una mancha que crece desde que llovió."),
        ("Living comedor", "Ventana", "Sello", "Entra viento."),
    ]
    caso = Caso(proyecto, "Torre A, depto. 305", cosas, agenda.en(-2, "10:25"))
    caso.contactar(agenda.en(-1, "09:40"))
    cuando, inicia = agenda.en(-1, "09:45"), agenda.pronto()
    caso.coordinar("coordinar_inspeccion", cuando, inicia, VISITA)


def _recien_llegado(proyecto, agenda) -> None:
    cosas = [("Logia", "Calefont", "Conexión", "Se apaga a los pocos minutos.")]
    Caso(proyecto, "Torre B, depto. 1204", cosas, agenda.en(-1, "17:05"))

"""What Ingevec's demonstration has going on its first day: requests, walked through the door.

Their days count back from today in business days, so that a call centre's morning is believable on
whichever day somebody starts it.
"""

from datetime import datetime, timedelta
from uuid import uuid4

from postventa.personas.models import Usuario
from postventa.tramitacion.acciones import anotar, tramitar
from tickets.ingevec.cupos import ofrecer
from tickets.ingevec.horas import pauta_del_proyecto
from tickets.ingevec.ingreso import ingresar
from tickets.ingevec.models import Canal, Excepcion, Requerimiento
from tickets.inmuebles.demo import Agenda
from tickets.inmuebles.models import ClaseElemento, Propiedad, Proyecto

DURA_INSPECCION, DURA_TRABAJO = timedelta(minutes=40), timedelta(hours=2)
NO_PUEDE = "Ese día no puede recibir a nadie."


class Caso:
    """One request on its way: each step at its own time, by who does it."""

    def __init__(self, proyecto: Proyecto, unidad: str):
        propiedad = Propiedad.objects.select_related("cliente__empresa", "unidad")
        self.suya = propiedad.get(unidad__proyecto=proyecto, unidad__nombre=unidad)
        self.pauta = pauta_del_proyecto(proyecto.pk)
        self.gente = Usuario.objects.filter(membresias__empresa=proyecto.empresa_id)

    def quien(self, usuario: str) -> Usuario:
        return self.gente.get(username=usuario)

    def pedir(self, cuando: datetime, *cosas, canal=Canal.FIJO, **datos) -> None:
        """A call or a mail about `cosas`: (room, class of element, what happens)."""
        cliente = self.suya.cliente
        self.solicitud = ingresar(
            self.suya.unidad,
            cliente,
            self.quien("callcenter"),
            nonce=uuid4(),
            canal=canal,
            llamante=cliente.nombre,
            telefonos=cliente.telefono,
            requerimientos=[
                Requerimiento(recinto=recinto, clase=clase, descripcion=que)
                for recinto, clase, que in cosas
            ],
            ahora=cuando,
            **datos,
        )

    def hora_libre(self, llamada: datetime, ahora: datetime) -> dict:
        """The first hour of the term that is still to come then; without any, the way out of it."""
        oferta = ofrecer(self.pauta, llamada, ahora)
        cupo, excepcion = next(
            (cupo, cual)
            for cual, cupos in (("", oferta.cupos), *oferta.alternativas.items())
            for cupo in cupos
        )
        return {
            "inicia_en": cupo.inicio,
            "persona": cupo.inspector,
            "excepcion": excepcion,
            "motivo_excepcion": NO_PUEDE if excepcion else "",
            "acuerdo": excepcion == Excepcion.FUERA_DE_PLAZO,
        }

    def hacer(self, objeto, verbo: str, por, cuando: datetime, **datos) -> None:
        por = self.quien(por) if isinstance(por, str) else por
        self.solicitud = tramitar(objeto, verbo, por, canal="consola", ahora=cuando, **datos)

    def entrar(self) -> None:
        """Who goes is let in at the agreed hour, and received for the owner."""
        visita = self.solicitud.ultima_visita()
        entran = visita.maestros or str(visita.persona)
        self.hacer(
            visita, "iniciar", visita.persona, visita.inicia_en,
            representante=self.suya.cliente.nombre, personal_identificado=entran,
            conserje="Luis Pino", conserjeria_autoriza=True,
        )  # fmt: skip

    def salir(self, dura: timedelta) -> None:
        visita = self.solicitud.ultima_visita()
        self.hacer(visita, "realizar", visita.persona, visita.inicia_en + dura)

    def inspeccionar(self, *diagnosticos: str, motivo: str = "") -> None:
        """In order, one for each; the last one is not covered, if there is a reason."""
        self.entrar()
        visita = self.solicitud.ultima_visita()
        requerimientos = list(self.solicitud.requerimientos.order_by("numero"))
        for r, diagnostico in zip(requerimientos, diagnosticos, strict=True):
            datos = {"diagnostico": diagnostico}
            verbo = "corresponder"
            if motivo and r is requerimientos[-1]:
                verbo, datos["motivo"] = "no_corresponder", motivo
            self.hacer(r, verbo, visita.persona, visita.inicia_en, **datos)
        self.salir(DURA_INSPECCION)

    def agendar_trabajos(self, cuando: datetime, inicia: datetime) -> None:
        self.hacer(
            self.solicitud, "agendar_trabajos", "callcenter", cuando,
            inicia_en=inicia, persona=self.quien("cuadrilla"),
        )  # fmt: skip

    def ejecutar(self, *trabajos: str) -> None:
        self.entrar()
        visita = self.solicitud.ultima_visita()
        requerimientos = self.solicitud.requerimientos.order_by("numero")
        for r, trabajo in zip(requerimientos, trabajos, strict=True):
            self.hacer(r, "ejecutar", visita.persona, visita.inicia_en, trabajo=trabajo)
        self.salir(DURA_TRABAJO)


def abrir_casos(proyecto: Proyecto) -> None:
    """Six requests: one to call, one with works, one to agree them, one late, one to be visited and
    an urgency on which somebody is."""
    agenda = Agenda(proyecto)
    _por_llamar(proyecto, agenda)
    _por_ejecutar(proyecto, agenda)
    _por_coordinar(proyecto, agenda)
    _por_correo(proyecto, agenda)
    _por_inspeccionar(proyecto, agenda)
    _urgente(proyecto, agenda)


def _por_llamar(proyecto, agenda) -> None:
    caso, llamada = Caso(proyecto, "Depto. 304"), agenda.en(-15, "10:20")
    caso.pedir(
        llamada,
        ("Cocina", ClaseElemento.INSTALACION, "Gotea el sifón del lavaplatos."),
        ("Cocina", ClaseElemento.TERMINACION, "El mueble se hinchó con el agua."),
        cupo=caso.hora_libre(llamada, llamada),
    )
    caso.inspeccionar("El sifón quedó suelto.", "Se mojó por la misma gotera.")
    caso.agendar_trabajos(agenda.en(-9, "11:10"), agenda.en(-2, "09:00"))
    caso.ejecutar("Se cambió el sifón.", "Se cambió el costado del mueble.")


def _por_ejecutar(proyecto, agenda) -> None:
    caso, llamada = Caso(proyecto, "Depto. 807"), agenda.en(-20, "16:35")
    cosa = ("Living", ClaseElemento.TERMINACION, "Entra viento por la ventana del balcón.")
    caso.pedir(llamada, cosa, canal=Canal.CELULAR, cupo=caso.hora_libre(llamada, llamada))
    caso.inspeccionar("El burlete está mal puesto.")
    caso.agendar_trabajos(agenda.en(-7, "12:05"), agenda.en(1, "09:00"))


def _por_coordinar(proyecto, agenda) -> None:
    caso, llamada = Caso(proyecto, "Depto. 1203"), agenda.en(-8, "09:40")
    caso.pedir(
        llamada,
        ("Baño", ClaseElemento.INSTALACION, "La ducha escurre lento."),
        ("Dormitorio", ClaseElemento.TERMINACION, "La puerta del clóset está rayada."),
        cupo=caso.hora_libre(llamada, llamada),
    )
    golpe = "Es un golpe de uso: no estaba cuando se entregó la vivienda."
    caso.inspeccionar("El desagüe tiene restos de obra.", "Raya superficial.", motivo=golpe)


def _por_correo(proyecto, agenda) -> None:
    caso = Caso(proyecto, "Depto. 1204")
    cosa = ("Logia", ClaseElemento.INSTALACION, "El calefont se apaga a los pocos minutos.")
    caso.pedir(agenda.en(-6, "17:50"), cosa, canal=Canal.CORREO)


def _por_inspeccionar(proyecto, agenda) -> None:
    caso, llamada = Caso(proyecto, "Depto. 1501"), agenda.en(-1, "16:10")
    caso.pedir(
        llamada,
        ("Terraza", ClaseElemento.TERMINACION, "Se soltaron dos palmetas del piso."),
        ("Terraza", ClaseElemento.INSTALACION, "El desagüe no traga el agua de la lluvia."),
        cupo=caso.hora_libre(llamada, agenda.ahora),
    )


def _urgente(proyecto, agenda) -> None:
    """Of this very hour, for an urgency waits for no business day."""
    caso, llamada = Caso(proyecto, "Depto. 807"), agenda.ahora - timedelta(minutes=18)
    cosa = ("Baño", ClaseElemento.INSTALACION, "Se rompió la cañería del lavamanos.")
    caso.pedir(llamada, cosa, canal=Canal.CELULAR, urgencia="agua")
    va = caso.quien("inspector")
    caso.solicitud = anotar(
        caso.solicitud, "acusar_urgencia", va, ahora=llamada + timedelta(minutes=2)
    )
    cuando = llamada + timedelta(minutes=6)
    caso.hacer(caso.solicitud, "atender_urgencia", "callcenter", cuando, persona=va)

"""Fixtures that every test may use: one company, one project and three known people."""

from datetime import UTC, date, datetime, time, timedelta
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from django.test import Client

from postventa.accesos import sesiones
from postventa.calendario import hora
from postventa.calendario.models import Calendario, Feriado, Jornada, Tramo
from postventa.documentos.actas import huella
from postventa.empresas.models import Empresa
from postventa.personas.models import Cliente, Membresia, Rol, Usuario
from postventa.plazos.models import PoliticaPlazo
from postventa.tramitacion.acciones import tramitar
from postventa.tramitacion.siembra import leer
from tickets.icalma.acta import contenido_del_acta
from tickets.icalma.ingreso import ingresar
from tickets.icalma.models import Exclusion, Observacion
from tickets.inmuebles.models import (
    ClaseElemento,
    Item,
    Lugar,
    Propiedad,
    Proyecto,
    Recinto,
    Unidad,
)

_forzar = Client._login


def _como_por_la_entrada(cliente, usuario, backend=None):
    """`force_login` leaves in the session what the console's own door does, and no less."""
    _forzar(cliente, usuario, backend)
    sesion = cliente.session
    sesion[sesiones.CLAVE] = sesiones.marcas()
    sesion.save()


Client._login = _como_por_la_entrada

SANTIAGO = ZoneInfo("America/Santiago")


def local(texto, zona=SANTIAGO):
    """`2026-11-23 10:15` on the wall of a zone, as an instant."""
    return datetime.fromisoformat(texto).replace(tzinfo=zona).astimezone(UTC)


# A Monday at 10:15: the first worked deadline of the specification.
LUNES = local("2026-11-23 10:15")


@pytest.fixture
def calendario_cl(db):
    calendario = Calendario.objects.create(codigo="cl", nombre="Chile", pais="CL")
    Feriado.objects.create(
        calendario=calendario,
        fecha=date(2026, 12, 8),
        nombre="Inmaculada Concepción",
        fuente="prueba",
    )
    return Calendario.objects.get(pk=calendario.pk)  # with the stamp that its holiday gave it


@pytest.fixture
def jornada_icalma(db):
    jornada = Jornada.objects.create(codigo="icalma", nombre="Icalma")
    for dia in range(5):
        Tramo.objects.create(jornada=jornada, dia=dia, desde=time(8), hasta=time(18))
    return Jornada.objects.get(pk=jornada.pk)


@pytest.fixture
def icalma(calendario_cl, jornada_icalma):
    fila = next(f for f in leer("empresas.json") if f["codigo"] == "icalma")
    empresa = Empresa.objects.create(
        **{**fila, "calendario": calendario_cl, "jornada": jornada_icalma}
    )
    for politica in leer("politicas.json"):
        if politica.pop("empresa") == "icalma":
            PoliticaPlazo.objects.create(empresa=empresa, **politica)
    return empresa


@pytest.fixture
def supervisor(icalma):
    return _personal("rsepulveda", "Rodrigo", "Sepúlveda", icalma, Rol.SUPERVISOR)


@pytest.fixture
def jefe(icalma):
    return _personal("mvaldes", "Marcela", "Valdés", icalma, Rol.JEFE)


def _personal(usuario, nombre, apellido, empresa, rol):
    persona = Usuario.objects.create_user(
        usuario,
        f"{usuario}@icalma.example",
        "clave-de-prueba",
        first_name=nombre,
        last_name=apellido,
        is_staff=True,
    )
    Membresia.objects.create(usuario=persona, empresa=empresa, rol=rol)
    return persona


@pytest.fixture
def proyecto(icalma, supervisor, jefe):
    return Proyecto.objects.create(
        empresa=icalma,
        codigo="icalma-demo",
        nombre="Condominio Los Arrayanes",
        comuna="Ñuñoa",
        supervisor=supervisor,
        jefe=jefe,
        telefono="+56 2 2345 6700",
    )


@pytest.fixture
def unidad(proyecto):
    return Unidad.objects.create(
        proyecto=proyecto,
        nombre="Torre B, depto. 704",
        recepcion_definitiva_el=date(2023, 3, 14),
        inscripcion_el=date(2024, 6, 9),
        entrega_el=date(2024, 6, 20),
    )


@pytest.fixture
def cliente(icalma, unidad):
    """The owner."""
    persona = Cliente.objects.create(
        empresa=icalma,
        tipo_documento="RUT",
        numero="16482937-5",
        nombre="Camila Rojas Fuentealba",
        correo="camila@correo.example",
        telefono="+56 9 1111 2222",
    )
    Propiedad.objects.create(unidad=unidad, cliente=persona, desde=date(2024, 6, 9))
    return persona


@pytest.fixture
def extrania(icalma):
    """A customer of the same company who owns nothing here."""
    return Cliente.objects.create(
        empresa=icalma,
        tipo_documento="RUT",
        numero="17903264-3",
        nombre="Paula Extraña Soto",
        correo="paula@correo.example",
    )


@pytest.fixture
def catalogo(icalma):
    """Recinto -> lugar -> ítem, enough to report something."""
    for recinto, lugar, item, clase in (
        ("Living comedor", "Muro norte", "Pintura", ClaseElemento.TERMINACION),
        ("Cocina", "Lavaplatos", "Grifería", ClaseElemento.INSTALACION),
        ("Terraza", "Ventanal", "Corredera", ClaseElemento.CONSTRUCTIVO),
    ):
        r = Recinto.objects.create(empresa=icalma, nombre=recinto)
        lug = Lugar.objects.create(recinto=r, nombre=lugar)
        Item.objects.create(lugar=lug, nombre=item, clase=clase)
    return Recinto.objects.filter(empresa=icalma)


def observaciones(cantidad=2):
    """Unsaved observations, as the portal hands them in."""
    filas = [
        ("Living comedor", "Muro norte", "Pintura", ClaseElemento.TERMINACION, "Grieta larga"),
        ("Cocina", "Lavaplatos", "Grifería", ClaseElemento.INSTALACION, "La llave gotea"),
        ("Terraza", "Ventanal", "Corredera", ClaseElemento.CONSTRUCTIVO, "No cierra bien"),
    ]
    return [
        Observacion(recinto=r, lugar=lu, item=i, clase=c, descripcion=d)
        for r, lu, i, c, d in filas[:cantidad]
    ]


class Camino:
    """Walks a ticket through the door, step by step, with a clock of its own."""

    def __init__(self, unidad, cliente, supervisor, jefe):
        self.unidad, self.cliente, self.supervisor, self.jefe = unidad, cliente, supervisor, jefe
        self.ahora, self.ticket = LUNES, None

    def tramitar(self, objeto, verbo, por=None, **datos):
        self.ticket = tramitar(objeto, verbo, por or self.supervisor, ahora=self.ahora, **datos)
        return self.ticket

    def pasar(self, **delta):
        self.ahora += timedelta(**delta)

    @property
    def visita(self):
        return self.ticket.ultima_visita()

    @property
    def obs(self):
        return list(self.ticket.observaciones.all())

    @property
    def huella(self):
        """Hash of the act as a page shows it before anybody signs."""
        return huella(contenido_del_acta(self.ticket))

    def generar(self, cantidad=2):
        self.ticket = ingresar(
            self.unidad, self.cliente, observaciones(cantidad), nonce=uuid4(), ahora=self.ahora
        )
        return self

    def contactar(self):
        self.pasar(hours=2)
        self.tramitar(self.ticket, "registrar_contacto", exito=True, medio="telefono")
        return self

    def coordinar_inspeccion(self, cuando="2026-11-24 10:00"):
        inicia = local(cuando)
        self.tramitar(
            self.ticket,
            "coordinar_inspeccion",
            inicia_en=inicia,
            termina_en=inicia + timedelta(minutes=45),
        )
        return self

    def iniciar_inspeccion(self):
        self.ahora = self.visita.inicia_en
        self.tramitar(self.visita, "iniciar", recibe_rol=Rol.PROPIETARIO)
        return self

    def inspeccionar(self, rechazadas=(1,)):
        """Approve every observation but those of these positions, and end the visit."""
        self.iniciar_inspeccion()
        for posicion, obs in enumerate(self.obs):
            if posicion in rechazadas:
                self.tramitar(
                    obs, "rechazar", exclusion=Exclusion.E4, fundamento="Aireador con sarro"
                )
            else:
                self.tramitar(obs, "aprobar")
        self.pasar(minutes=45)
        self.tramitar(self.visita, "realizar")
        return self

    def coordinar_trabajo(self, cuando="2026-11-26 09:30", **datos):
        inicia = local(cuando)
        self.tramitar(
            self.ticket,
            "coordinar_trabajo",
            inicia_en=inicia,
            termina_en=inicia + timedelta(hours=3),
            maestros="Óscar Vidal, Nelson Catrileo",
            **datos,
        )
        return self

    def iniciar_trabajo(self, recibe=Rol.PROPIETARIO):
        self.ahora = self.visita.inicia_en
        self.tramitar(
            self.visita,
            "iniciar",
            recibe_rol=recibe,
            personal_identificado="Óscar Vidal, cédula",
            conserje="Luis Pino",
            conserjeria_autoriza=True,
        )
        return self

    def ejecutar(self):
        for obs in self.obs:
            if obs.estado == "APROBADA":
                self.tramitar(obs, "ejecutar", trabajo="Se reparó y pintó.")
        return self

    def terminar(self):
        self.pasar(hours=3)
        self.tramitar(self.visita, "realizar")
        return self

    def hasta_por_firmar(self, cantidad=2, rechazadas=(1,)):
        self.generar(cantidad).contactar().coordinar_inspeccion().inspeccionar(rechazadas)
        return self.coordinar_trabajo().iniciar_trabajo().ejecutar().terminar()

    def firmar(self, por=None):
        self.tramitar(
            self.ticket,
            "firmar",
            por or self.cliente,
            nombre=self.cliente.nombre,
            huella=self.huella,
        )
        return self


@pytest.fixture
def camino(unidad, cliente, supervisor, jefe):
    return Camino(unidad, cliente, supervisor, jefe)


@pytest.fixture
def tickets(camino, unidad, cliente, supervisor, jefe):
    """Makes n tickets in units of their own."""

    def hacer(n):
        hora.fijar(camino.ahora)
        caminos = []
        for i in range(n):
            otra = Unidad.objects.create(
                proyecto=unidad.proyecto,
                nombre=f"Casa {i}",
                recepcion_definitiva_el=unidad.recepcion_definitiva_el,
                inscripcion_el=unidad.inscripcion_el,
            )
            Propiedad.objects.create(unidad=otra, cliente=cliente, desde="2024-01-01")
            caminos.append(Camino(otra, cliente, supervisor, jefe).generar())
        return caminos

    return hacer

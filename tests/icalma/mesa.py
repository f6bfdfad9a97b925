"""What the table tests of Icalma share: machines as django_fsm declares them, people, refusals."""

from datetime import date

import pytest
from django.db import transaction

from postventa.empresas.models import Empresa
from postventa.expedientes.models import Movimiento
from postventa.personas.actores import SISTEMA, Actor
from postventa.personas.models import Cliente, Membresia, Rol, Usuario
from postventa.tramitacion.acciones import tramitar
from postventa.tramitacion.errores import Conflicto, NoAutorizado, Rechazo
from tickets.inmuebles.models import Propiedad, Proyecto, Unidad

RUT_REEMPLAZO, RUT_OTRO = "12345678-5", "11111111-1"


class Deshacer(Exception):
    """Raised to leave a savepoint as if nothing had happened."""


def declaradas(modelo):
    """Every (source, verb, target) of a model's machine."""
    campo = modelo._meta.get_field("estado")
    return {
        (str(t.source), t.name, str(destino))
        for t in campo.get_all_transitions(modelo)
        for destino in getattr(t.target, "allowed_states", None) or [t.target]
    }


def rechazo_de(objeto, verbo, por, **datos):
    """Class of the refusal that the door answers with; None if it lets it happen. Undone."""
    try:
        with transaction.atomic():
            tramitar(objeto, verbo, por, **datos)
            raise Deshacer
    except Deshacer:
        return None
    except Rechazo as rechazo:
        return type(rechazo)


def poner(objeto, estado):
    """Put a stored object in any state, behind the door's back."""
    type(objeto).objects.filter(pk=objeto.pk).update(estado=estado)
    return type(objeto).objects.get(pk=objeto.pk)


def no_rechazadas(objeto, verbos, quien):
    """Verbs that the door did not answer with Conflicto, or that left something behind.

    `quien` maps each verb to somebody who may fire it: what refuses is the state alone.
    """
    cuenta, estado, malas = Movimiento.objects.count(), objeto.estado, []
    for verbo in sorted(verbos):
        quedo = rechazo_de(objeto, verbo, quien[verbo]) is not Conflicto
        objeto = type(objeto).objects.get(pk=objeto.pk)
        if quedo or Movimiento.objects.count() != cuenta or objeto.estado != estado:
            malas.append(verbo)
    return malas


def autorizados(objeto, verbo, gente, **datos):
    """Names of the people to whom the door does not say NoAutorizado."""
    return {
        nombre
        for nombre, quien in gente.items()
        if rechazo_de(objeto(), verbo, quien, **datos) is not NoAutorizado
    }


def _personal(usuario, empresa, rol, sede=None, **campos):
    persona = Usuario.objects.create_user(usuario, f"{usuario}@icalma.example", **campos)
    if rol:
        Membresia.objects.create(usuario=persona, empresa=empresa, rol=rol, sede=sede)
    return persona


def gente_de(camino):
    """Everybody who might knock: the roles of this company and those who only resemble them."""
    empresa = camino.unidad.proyecto.empresa
    otra = Empresa.objects.create(
        codigo="ajena",
        nombre="Ajena",
        pais="CL",
        zona="America/Santiago",
        calendario=empresa.calendario,
        jornada=empresa.jornada,
        prefijo_folio="AJE",
        remitente="postventa@ajena.example",
    )
    otra_sede = Proyecto.objects.create(empresa=empresa, codigo="otro", nombre="Otro proyecto")
    vecino = Cliente.objects.create(empresa=empresa, numero="17903264-3", nombre="Paula Vecina")
    unidad = Unidad.objects.create(proyecto=camino.unidad.proyecto, nombre="Torre A, depto. 101")
    Propiedad.objects.create(unidad=unidad, cliente=vecino, desde=date(2024, 1, 1))
    return {
        "propietario": camino.cliente,
        "otro propietario": vecino,
        "reemplazo": Actor.reemplazo("Ana Pérez", RUT_REEMPLAZO),
        "otro reemplazo": Actor.reemplazo("Juan Soto", RUT_OTRO),
        "supervisor": camino.supervisor,
        "supervisor de otra empresa": _personal("ajeno", otra, Rol.SUPERVISOR),
        "supervisor de otra sede": _personal("lejano", empresa, Rol.SUPERVISOR, otra_sede),
        "supervisor inactivo": _personal("ex", empresa, Rol.SUPERVISOR, is_active=False),
        "jefe": camino.jefe,
        "jefe de otra empresa": _personal("jefeajeno", otra, Rol.JEFE),
        "call_center": _personal("cc", empresa, Rol.CALL_CENTER),
        "gerente": _personal("gg", empresa, Rol.GERENTE),
        "administrador": _personal("adm", empresa, Rol.ADMINISTRADOR),
        "inspector": _personal("insp", empresa, Rol.INSPECTOR),
        "maestro": _personal("ovidal", empresa, Rol.MAESTRO),
        "superusuario": _personal("super", empresa, None, is_superuser=True, is_staff=True),
        "sistema": SISTEMA,
    }


def falla(camino, objeto, verbo, por=None, **datos):
    """Fire a verb that must be refused; return the refusal. Nothing may have moved."""
    antes = camino.ticket.movimientos.count()
    with pytest.raises(Rechazo) as rechazo:
        camino.tramitar(objeto, verbo, por, **datos)
    ahora = type(camino.ticket).objects.get(pk=camino.ticket.pk)
    assert (ahora.estado, ahora.movimientos.count()) == (camino.ticket.estado, antes)
    return rechazo.value

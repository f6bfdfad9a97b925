"""What the table tests of any room share: a machine as django_fsm declares it, and refusals."""

from django.db import transaction

from postventa.expedientes.models import Movimiento
from postventa.tramitacion.acciones import tramitar
from postventa.tramitacion.errores import Conflicto, NoAutorizado, Rechazo


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

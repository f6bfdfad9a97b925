"""Writing a sheet of the Libro de Reclamaciones: anybody, without an account (dominio 10.3)."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError

from postventa.empresas.models import Sede
from postventa.expedientes import subidas
from postventa.personas.actores import Actor
from postventa.personas.models import Cliente
from postventa.tramitacion.acciones import tramitar
from reclamos.ingreso import recibir
from reclamos.models import Canal, Contacto, Reclamo


@dataclass(frozen=True)
class Identidad:
    """Who says to complain: document (normalised), and the contact written with it."""

    tipo: str
    numero: str
    contacto: Contacto


def asentar(
    sede: Sede,
    quien: Identidad,
    *,
    nonce: UUID,
    ahora: datetime,
    fotos: list[subidas.Foto] = (),
    **campos,
) -> Reclamo:
    """Receive and formalise a sheet, with its photos, in one transaction.

    The same `nonce` twice returns the first one. DatosInvalidos names the field and OSError is the
    disk: then nothing is written.
    """
    try:
        with subidas.todo_o_nada() as aceptadas:
            if repetida := repetida_de(nonce):
                return repetida
            cliente = _cliente(sede, quien)
            nombre, correo, telefono = quien.contacto
            actor = Actor("cliente", nombre, cliente=cliente, documento=cliente.numero)
            campos |= {
                "nombre_dado": nombre,
                "correo_dado": correo,
                "telefono_dado": telefono,
                "canal": Canal.WEB,
            }
            reclamo = recibir(sede, cliente, actor, nonce=nonce, ahora=ahora, **campos)
            if reclamo.formalizada_en:
                # The same form, twice at once: the other one has just been stored.
                return reclamo
            reclamo = tramitar(reclamo, "formalizar", actor, canal=Canal.WEB, ahora=ahora)
            for foto in fotos:
                aceptadas.append(subidas.guardar(foto, ahora=ahora, expediente=reclamo))
            return reclamo
    except IntegrityError:
        # The same form, twice at once: the other one has just been stored.
        if repetida := repetida_de(nonce):
            return repetida
        raise


def repetida_de(nonce: UUID) -> Reclamo | None:
    """What this same form made already: never what staff took in, whose key is another page's."""
    return Reclamo.objects.filter(nonce=nonce, recibida_por__isnull=True).first()


def _cliente(sede: Sede, quien: Identidad) -> Cliente:
    """The customer of that document. One that is known stays as it is on file; of a new one it
    takes the name alone: a mail that anybody wrote would read what staff take in later (0054)."""
    cliente, _ = Cliente.objects.get_or_create(
        empresa=sede.empresa,
        tipo_documento=quien.tipo,
        numero=quien.numero,
        defaults={"nombre": quien.contacto.nombre},
    )
    return cliente

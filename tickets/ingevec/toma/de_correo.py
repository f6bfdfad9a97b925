"""A mail that arrived, taken in as a call: its data proposed, for who reads it to confirm."""

import re

from django.urls import reverse

from postventa.consola.toma import de_correo
from postventa.entrada.models import CorreoEntrante
from postventa.expedientes import subidas
from tickets.ingevec.models import Canal
from tickets.inmuebles.models import Unidad


def url_de(correo: CorreoEntrante) -> str:
    """Where the call centre takes that mail in: at its home, if the mail says which."""
    unidad = _unidad(correo)
    if unidad is None:
        buscado = correo.propuesto.get("unidad") or (correo.cliente and correo.cliente.nombre) or ""
        return f"{reverse('admin:ingevec_llamada')}?q={buscado}&correo={correo.pk}"
    ruta = reverse("admin:ingevec_llamada_unidad", args=[unidad.pk])
    return f"{ruta}?correo={correo.pk}"


def correo_de(request) -> CorreoEntrante | None:
    return de_correo.por_tomar(request, "ingevec")


def inicial(correo: CorreoEntrante) -> tuple[dict, dict]:
    """First values of the call's form and of its first requerimiento."""
    dicho = correo.propuesto
    llamada = {"canal": Canal.CORREO}
    if correo.de_nombre:
        llamada["llamante"] = correo.de_nombre
    if dicho.get("telefonos"):
        llamada["telefonos"] = dicho["telefonos"]
    return llamada, {"descripcion": dicho.get("requerimiento") or correo.asunto}


def cerrar(correo: CorreoEntrante, solicitud, por, ahora) -> None:
    """Tie the mail and its photos to what was made of it, in the caller's transaction."""
    primero = solicitud.requerimientos.first()
    with subidas.todo_o_nada() as escritos:
        de_correo.usar(correo, solicitud, por, ahora, escritos)
        if primero:
            primero.fotos.add(*escritos)


def _unidad(correo) -> Unidad | None:
    """The home of the project that the mail names, or of the only one of who writes."""
    proyecto, numero = correo.propuesto.get("proyecto"), correo.propuesto.get("unidad")
    if proyecto and numero:
        unidades = Unidad.objects.filter(proyecto_id=proyecto, nombre__icontains=numero)
        exactas = [u for u in unidades if re.search(rf"\b{re.escape(numero)}\b", u.nombre, re.I)]
        return exactas[0] if len(exactas) == 1 else None
    suyas = list(Unidad.objects.filter(propiedades__cliente=correo.cliente).distinct()[:2])
    return suyas[0] if correo.cliente and len(suyas) == 1 else None

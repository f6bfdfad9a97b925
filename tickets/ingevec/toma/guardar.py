"""Saving a call: the person, if nobody had written them down, and the solicitud, or nothing."""

from uuid import UUID

from django.db import transaction

from postventa.consola import cambios
from postventa.personas.documentos import TipoDocumento
from postventa.personas.models import Cliente, Usuario
from postventa.tramitacion.acciones import tramitar
from postventa.tramitacion.errores import Conflicto, DatosInvalidos
from tickets.ingevec.ingreso import ingresar
from tickets.ingevec.models import Excepcion, Inspector, Solicitud
from tickets.ingevec.toma import de_correo
from tickets.ingevec.toma.forms import NUEVA
from tickets.inmuebles.models import Unidad


def guardar(request, unidad, formulario, filas, nonce: UUID, ahora) -> Solicitud:
    """One transaction: a refusal writes nothing and the hour is nobody's. The same nonce again
    finds the solicitud that it made."""
    datos = formulario.cleaned_data
    with transaction.atomic():
        # The same form twice at once: the second one waits here, and finds what the first made.
        Unidad.objects.select_for_update(no_key=True).only("pk").get(pk=unidad.pk)
        repetida = Solicitud.objects.filter(nonce=nonce).first()
        if repetida is not None:
            return _la_misma(repetida, unidad, request.user)
        cliente = _cliente(request, unidad, formulario, nonce)
        solicitud = ingresar(
            unidad,
            cliente,
            request.user,
            nonce=nonce,
            canal=datos["canal"],
            llamante=datos["llamante"],
            relacion=datos["relacion"],
            telefonos=datos["telefonos"],
            consulta=datos["consulta"] if formulario.es_consulta else "",
            requerimientos=[] if formulario.es_consulta else [f.requerimiento() for f in filas],
            urgencia=datos["urgencia"],
            cupo=_cupo(unidad, datos),
            sin_hora=datos["motivo"] if datos["eleccion"] is None else "",
            ahora=ahora,
        )
        if formulario.es_consulta and datos["respuesta"].strip():
            solicitud = tramitar(
                solicitud, "responder_consulta", request.user, ahora=ahora,
                canal=datos["canal"], respuesta=datos["respuesta"],
            )  # fmt: skip
        if correo := de_correo.correo_de(request):
            de_correo.cerrar(correo, solicitud, request.user, ahora)
    return solicitud


def _la_misma(solicitud, unidad, usuario) -> Solicitud:
    """Nobody reads another's solicitud by guessing its key."""
    if (solicitud.unidad_id, solicitud.recibida_por_id) != (unidad.pk, usuario.pk):
        raise Conflicto("Esta página ya se envió. Empieza una llamada nueva.")
    return solicitud


def _cupo(unidad, datos) -> dict | None:
    eleccion = datos["eleccion"]
    if eleccion is None:
        return None
    persona = Usuario.objects.filter(
        pk__in=Inspector.objects.filter(
            pauta__proyecto=unidad.proyecto_id, usuario=eleccion.persona_id
        ).values("usuario_id")
    ).first()
    if persona is None:
        raise DatosInvalidos({"persona": "Esa hora ya no se ofrece. Elige otra."})
    return {
        "inicia_en": eleccion.inicia_en,
        "persona": persona,
        "excepcion": eleccion.excepcion,
        "motivo_excepcion": datos["motivo"],
        "acuerdo": datos["acuerdo"] and eleccion.excepcion == Excepcion.FUERA_DE_PLAZO,
    }


def _cliente(request, unidad, formulario, nonce) -> Cliente:
    """The owner on file, as they are; or the person who calls, written down without a home.

    What is told by telephone never changes a row that exists, nor makes anybody an owner.
    """
    datos = formulario.cleaned_data
    if datos["cliente"] != NUEVA:
        return formulario.duenios[datos["cliente"]]
    tipo, numero = TipoDocumento.RUT, datos["rut"]
    if not numero:
        tipo, numero = TipoDocumento.SIN, nonce.hex[:12].upper()
    cliente, es_nuevo = Cliente.objects.get_or_create(
        empresa=unidad.proyecto.empresa,
        tipo_documento=tipo,
        numero=numero,
        defaults={"nombre": datos["llamante"].strip(), "telefono": datos["telefonos"][:40].strip()},
    )
    if es_nuevo:
        escrito = ("nombre", "tipo_documento", "numero", "telefono")
        detalle = {campo: ["", getattr(cliente, campo)] for campo in escrito}
        cambios.anotar(request, cliente, "crear", detalle)
    return cliente

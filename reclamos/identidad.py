"""C-03 e): who complains is identified before it is in writing, if nobody asked until then."""

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from postventa.expedientes.bitacora import anotar_cambio
from postventa.expedientes.models import Expediente
from postventa.personas.documentos import TipoDocumento, normalizar_ajeno
from postventa.personas.models import Cliente
from postventa.tramitacion.errores import Conflicto

# A RUT too: who bought here may live across the border.
DOCUMENTOS = [
    (TipoDocumento.DNI, "DNI"),
    (TipoDocumento.CE, "Carné de extranjería"),
    (TipoDocumento.RUC, "RUC"),
    (TipoDocumento.PASAPORTE, "Pasaporte"),
    (TipoDocumento.RUT, "RUT (Chile)"),
]


def leer(reclamo, datos) -> tuple[dict, dict[str, str]]:
    """The document that was said, as it is stored, of who had none; and what is wrong with it."""
    numero = str(datos.get("numero") or "").strip()
    if reclamo.cliente.tipo_documento != TipoDocumento.SIN or not numero:
        return {}, {}
    tipo = datos.get("tipo_documento")
    if tipo not in dict(DOCUMENTOS):
        return {}, {"tipo_documento": "Elige qué documento es."}
    try:
        dicho = {"tipo_documento": tipo, "numero": normalizar_ajeno(tipo, numero)}
    except ValidationError as error:
        return {}, {"numero": error.messages[0]}
    otro = _con_ficha(reclamo, dicho)
    if otro and not datos.get("es_la_misma"):
        return dicho, {
            "es_la_misma": f"Ese documento ya es de {otro.nombre}. Si es la misma persona, márcalo:"
            " el caso pasa a su ficha, con el contacto que tiene en ella."
        }
    return dicho, {}


def hay_ficha(reclamo, datos) -> bool:
    """Somebody is on file with that document."""
    dicho, _ = leer(reclamo, datos)
    return bool(dicho) and _con_ficha(reclamo, dicho) is not None


def _con_ficha(reclamo, dicho) -> Cliente | None:
    return Cliente.objects.filter(empresa=reclamo.empresa_id, **dicho).first()


def guardar(reclamo, dicho, tramite, actor) -> None:
    """On their file, with its audit; or the complaint goes to the file that they already had."""
    previo, otro = reclamo.cliente, _con_ficha(reclamo, dicho)
    if otro is not None:
        # What that file lacks was told with the complaint; what it has stays.
        dicho = {
            campo: getattr(previo, campo)
            for campo in ("telefono", "correo")
            if getattr(previo, campo) and not getattr(otro, campo)
        }
        # Of the parent's row, which the door does not save whole.
        Expediente.objects.filter(pk=reclamo.pk).update(cliente=otro)
        reclamo.cliente = otro
    if dicho:
        _escribir(reclamo, reclamo.cliente, dicho, tramite, actor)


def _escribir(reclamo, cliente, dicho, tramite, actor) -> None:
    antes = {campo: [getattr(cliente, campo), valor] for campo, valor in dicho.items()}
    try:
        with transaction.atomic():
            Cliente.objects.filter(pk=cliente.pk).update(**dicho)
    except IntegrityError:
        raise Conflicto(
            "Ese documento se acaba de registrar en otra ficha: envíalo otra vez.", reclamo.estado
        ) from None
    for campo, valor in dicho.items():
        setattr(cliente, campo, valor)
    anotar_cambio(reclamo.empresa, cliente, "editar", actor.usuario, tramite.ahora, antes)

"""Opening a trámite at the counter."""

import re
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from comteco.procedimientos.flujos.base import Procedimiento
from comteco.procedimientos.models import Tramite
from comteco.procedimientos.opciones import Persona, Pide, Servicio
from postventa.calendario import hora
from postventa.empresas.models import Sede
from postventa.expedientes.folios import folio_de
from postventa.personas.models import Cliente, Usuario
from postventa.plazos.calculo import DE_LA_SEDE
from postventa.tramitacion.acciones import tramitar
from postventa.tramitacion.errores import Conflicto, DatosInvalidos

PRODUCTO = re.compile(r"[A-Z0-9]{1,20}")
SOLO_TITULAR = (
    "El detalle de llamadas salientes se entrega solo al titular de la línea, con su cédula de "
    "identidad."
)


def abrir(
    sede: Sede,
    cliente: Cliente,
    por: Usuario,
    *,
    nonce: UUID,
    procedimiento: str,
    producto: str,
    servicio: str,
    persona: str,
    ahora: datetime | None = None,
    **campos,
) -> Tramite:
    """Open a trámite at its procedure's first step; `campos`: es_tercero, tercero,
    tercero_documento and pide. The same `nonce` twice returns the first one to who sent it.
    DatosInvalidos names the field; then nothing is written.
    """
    como = {
        "procedimiento": procedimiento, "producto": producto, "servicio": servicio,
        "persona": persona, "nonce": nonce, **campos,
    }  # fmt: skip
    try:
        return _primero(nonce, sede, cliente, por) or _nuevo(sede, cliente, por, ahora, como)
    except IntegrityError:
        if primero := _primero(nonce, sede, cliente, por):
            return primero
        raise


def _primero(nonce, sede, cliente, por) -> Tramite | None:
    primero = Tramite.objects.filter(nonce=nonce).first()
    suyo = (sede.pk, cliente.pk, por.pk)
    if primero and (primero.sede_id, primero.cliente_id, primero.responsable_id) != suyo:
        raise Conflicto("Esta página ya se envió. Empieza un trámite nuevo.")
    return primero


def _nuevo(sede, cliente, por, ahora, como) -> Tramite:
    ahora = (ahora or hora.ahora()).replace(microsecond=0)
    with transaction.atomic():
        sede = Sede.objects.select_related(*DE_LA_SEDE).get(pk=sede.pk)
        tramite = Tramite(
            tipo="comteco_tramite",
            folio=folio_de(sede.empresa, ahora.astimezone(sede.tz).year),
            empresa=sede.empresa,
            sede=sede,
            cliente=cliente,
            responsable=por,
            canal="plataforma",
            **como,
        )
        return tramitar(tramite, "abrir", por, ahora=ahora)


def preparar_apertura(tramite, puerta, actor, datos):
    """What the document needs to know before its first step."""
    errores = {}
    tramite.producto = re.sub(r"[\s.\-]", "", tramite.producto or "").upper()
    if not PRODUCTO.fullmatch(tramite.producto):
        errores["producto"] = "Escribe el número de producto, de letras y cifras."
    for campo, validos, mensaje in (
        ("procedimiento", Procedimiento.values, "Elige el procedimiento."),
        ("servicio", Servicio.values, "Elige el servicio."),
        ("persona", Persona.values, "Elige la clase de persona."),
    ):
        if getattr(tramite, campo) not in validos:
            errores[campo] = mensaje
    if tramite.cliente.empresa_id != tramite.empresa_id:
        errores["cliente"] = "El cliente está registrado en otra empresa."
    if tramite.procedimiento == Procedimiento.D and tramite.pide not in Pide.values:
        errores["pide"] = "Di si pide la suspensión o la reconexión."
    if tramite.procedimiento != Procedimiento.D:
        tramite.pide = ""
    errores |= _del_tercero(tramite)
    if errores:
        raise DatosInvalidos(errores)


def _del_tercero(tramite) -> dict[str, str]:
    if not tramite.es_tercero:
        tramite.tercero = tramite.tercero_documento = ""
        return {}
    if tramite.procedimiento == Procedimiento.G:
        return {"es_tercero": SOLO_TITULAR}
    pedidos = (("tercero", 120, "Anota el nombre de quien tramita."),
               ("tercero_documento", 20, "Anota su cédula de identidad."))  # fmt: skip
    errores = {}
    for campo, tope, mensaje in pedidos:
        valor = (getattr(tramite, campo) or "").strip()
        setattr(tramite, campo, valor)
        if not valor:
            errores[campo] = mensaje
        elif len(valor) > tope:
            errores[campo] = f"Escribe hasta {tope} letras."
    return errores

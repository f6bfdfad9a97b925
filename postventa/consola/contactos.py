"""Changing where a customer is reached: one asks, another approves, a day later it applies.

A stolen telephone call must not redirect the codes at once (TM-08): until then they go to the old
address, both addresses are told, and anybody of the staff who approves may stop it.
"""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.db import IntegrityError, transaction
from django.urls import reverse

from postventa.avisos import outbox
from postventa.calendario.palabras import fecha_en_palabras
from postventa.consola.alcances import acotar
from postventa.consola.contexto import membresias
from postventa.consola.models import CambioDeContacto
from postventa.consola.salas import Espera
from postventa.expedientes.bitacora import anotar_cambio
from postventa.personas.models import Cliente, Rol, Usuario
from postventa.tramitacion.errores import Conflicto, DatosInvalidos, NoAutorizado

PIDEN = (Rol.CALL_CENTER, Rol.SUPERVISOR, Rol.JEFE, Rol.ADMINISTRADOR)
APRUEBAN = (Rol.SUPERVISOR, Rol.JEFE, Rol.ADMINISTRADOR)
ESPERA = timedelta(hours=24)
AVISO = "contacto_cambia"


def abiertos():
    return CambioDeContacto.objects.filter(aplicado_en=None, detenido_en=None)


def puede(usuario: Usuario, cliente: Cliente, roles) -> bool:
    """True if `usuario` holds one of `roles` in the customer's company."""
    return any(m.empresa_id == cliente.empresa_id and m.rol in roles for m in membresias(usuario))


def _exigir(usuario, cliente, roles) -> None:
    if not puede(usuario, cliente, roles):
        raise NoAutorizado("Tu rol no alcanza para cambiar el contacto de un cliente.")


def pedir(
    cliente: Cliente, por: Usuario, *, correo: str, telefono: str, evidencia: str, ahora: datetime
) -> CambioDeContacto:
    """Ask for a change; nothing of the customer moves. One open change per customer."""
    _exigir(por, cliente, PIDEN)
    if (correo, telefono) == (cliente.correo, cliente.telefono):
        raise DatosInvalidos("El correo y el teléfono son los que ya están registrados.")
    cambio = CambioDeContacto(
        cliente=cliente,
        correo=correo,
        telefono=telefono,
        evidencia=evidencia,
        pedido_por=por,
        pedido_en=ahora,
    )
    with transaction.atomic():
        try:
            with transaction.atomic():
                cambio.save()
        except IntegrityError:
            raise Conflicto("Este cliente ya tiene un cambio de contacto en curso.") from None
        _anotar(cambio, "pedir", por, ahora)
    return cambio


def aprobar(cambio: CambioDeContacto, por: Usuario, ahora: datetime) -> CambioDeContacto:
    """The second person agrees: both addresses are told, and the day begins."""
    with transaction.atomic():
        cambio = _tomar(cambio)
        _exigir(por, cambio.cliente, APRUEBAN)
        if cambio.pedido_por_id == por.pk:
            raise NoAutorizado("Lo pediste tú: debe aprobarlo otra persona.")
        if cambio.aprobado_por_id:
            raise Conflicto("Este cambio ya está aprobado.")
        cambio.aprobado_por, cambio.aplica_en = por, ahora + ESPERA
        cambio.save(update_fields=["aprobado_por", "aplica_en"])
        _anotar(cambio, "aprobar", por, ahora)
        _avisar(cambio, "aprobado", ahora)
    return cambio


def detener(cambio: CambioDeContacto, por: Usuario, ahora: datetime) -> CambioDeContacto:
    """Stop it before it applies: who asked for it may, and who could approve it."""
    with transaction.atomic():
        cambio = _tomar(cambio)
        if cambio.pedido_por_id != por.pk:
            _exigir(por, cambio.cliente, APRUEBAN)
        cambio.detenido_por, cambio.detenido_en = por, ahora
        cambio.save(update_fields=["detenido_por", "detenido_en"])
        _anotar(cambio, "detener", por, ahora)
        if cambio.aprobado_por_id:
            _avisar(cambio, "detenido", ahora)
    return cambio


def aplicar(ahora: datetime) -> int:
    """Apply what had its day; return how many. Twice changes nothing."""
    vencidos = abiertos().filter(aplica_en__lte=ahora).values_list("pk", flat=True)
    return sum(_aplicar(pk, ahora) for pk in list(vencidos[:200]))


def _aplicar(pk, ahora) -> bool:
    with transaction.atomic():
        cambio = _abiertos_con_llave().filter(pk=pk).first()
        if cambio is None:
            return False
        cliente = cambio.cliente
        detalle = {
            "correo": [cliente.correo, cambio.correo],
            "telefono": [cliente.telefono, cambio.telefono],
        }
        cliente.correo, cliente.telefono = cambio.correo, cambio.telefono
        cliente.save(update_fields=["correo", "telefono"])
        cambio.aplicado_en = ahora
        cambio.save(update_fields=["aplicado_en"])
        anotar_cambio(cliente.empresa, cliente, "contacto", cambio.aprobado_por, ahora, detalle)
    return True


def esperan(usuario) -> list[Espera]:
    """Changes that somebody else asked for and this person may approve."""
    empresas = {m.empresa_id for m in membresias(usuario) if m.rol in APRUEBAN}
    if not empresas:
        return []
    propios = acotar(Cliente.objects.order_by(), usuario).filter(empresa__in=empresas)
    de_otros = abiertos().filter(aprobado_por=None, cliente__in=propios.values("pk"))
    de_otros = de_otros.exclude(pedido_por=usuario).select_related("cliente", "pedido_por")
    return [
        Espera(
            "Aprobar un cambio de contacto",
            f"{c.cliente.nombre} · lo pidió {c.pedido_por}",
            reverse("admin:contacto", args=[c.cliente_id]),
            "Revisar",
        )
        for c in de_otros.order_by("pedido_en", "pk")[:20]
    ]


def _abiertos_con_llave():
    return (
        abiertos()
        .select_for_update(of=("self",), no_key=True)
        .select_related("cliente__empresa", "aprobado_por")
    )


def _tomar(cambio) -> CambioDeContacto:
    tomado = (
        abiertos()
        .select_for_update(of=("self",), no_key=True)
        .select_related("cliente__empresa")
        .filter(pk=cambio.pk)
        .first()
    )
    if tomado is None:
        raise Conflicto("Este cambio ya se aplicó o se detuvo.")
    return tomado


def _anotar(cambio, accion, por, ahora) -> None:
    cliente = cambio.cliente
    detalle = {
        "correo": [cliente.correo, cambio.correo],
        "telefono": [cliente.telefono, cambio.telefono],
        "evidencia": ["", cambio.evidencia],
    }
    anotar_cambio(cliente.empresa, cliente, accion, por, ahora, detalle)


def _avisar(cambio, que, ahora) -> None:
    """Tell the old address and the new one: the owner of either may stop it."""
    cliente = cambio.cliente
    zona = ZoneInfo(cliente.empresa.zona)
    nuevo = Cliente(correo=cambio.correo).correo_velado if cambio.correo != cliente.correo else ""
    datos = {
        "que": que,
        "cliente": cliente.nombre,
        "correo_nuevo": nuevo,
        "cambia_telefono": cambio.telefono != cliente.telefono,
        "cuando": fecha_en_palabras(cambio.aplica_en, zona, con_anio=True),
        "telefono": cliente.empresa.telefono,
        "correo_contacto": cliente.empresa.correo_contacto,
    }
    direcciones = dict.fromkeys(d for d in (cliente.correo, cambio.correo) if d)
    outbox.encolar(
        [
            outbox.nuevo(
                cliente.empresa_id,
                AVISO,
                f"contacto:{cambio.pk}:{que}:{direccion}",
                (cliente.nombre, direccion),
                datos,
                ahora,
            )
            for direccion in direcciones
        ]
    )

"""A mail that arrived, taken in by an intake: its data proposed, for who reads it to confirm."""

from datetime import datetime

from postventa.consola.alcances import acotar
from postventa.consola.contexto import membresias
from postventa.consola.correos import LEEN
from postventa.entrada import tratar
from postventa.entrada.models import CorreoEntrante, EstadoEntrante
from postventa.expedientes import subidas
from postventa.expedientes.models import Adjunto, Expediente
from postventa.tramitacion.errores import Conflicto


def por_tomar(request, empresa: str) -> CorreoEntrante | None:
    """The mail that this page takes in, if it still waits and this person reads that company's."""
    texto = request.POST.get("correo") or request.GET.get("correo") or ""
    if not (texto.isdecimal() and len(texto) < 18):
        return None
    leidas = {m.empresa_id for m in membresias(request.user) if m.rol in LEEN}
    propios = acotar(CorreoEntrante.objects.filter(empresa__in=leidas), request.user)
    return propios.filter(
        pk=int(texto), estado=EstadoEntrante.PENDIENTE, empresa__codigo=empresa
    ).first()


def usar(correo: CorreoEntrante, caso: Expediente, por, ahora: datetime, escritos: list[Adjunto]):
    """Tie the mail and its files to what was made of it, in the caller's transaction. The files
    go into `escritos`, the list of `subidas.todo_o_nada`."""
    try:
        tratar.usar(correo, caso, por, ahora)
    except tratar.YaTratado:
        raise Conflicto(
            "Otra persona ya trató este correo: mira cómo quedó antes de ingresarlo de nuevo."
        ) from None
    for foto in correo.fotos.all():
        with foto.archivo.open("rb") as archivo:
            limpia = subidas.revisar(archivo, con_pdf=True)
        escritos.append(subidas.guardar(limpia, ahora=ahora, expediente=caso))

"""What the provider tells, hours later, of a mail that it had taken: some come back (RF-18)."""

import logging

from anymail.signals import EventType, RejectReason

from postventa.avisos.fallos import fallar
from postventa.avisos.models import Aviso, EstadoAviso

log = logging.getLogger(__name__)

# Nobody will read it. What is still being tried comes as "deferred", and is none of these.
PARA_SIEMPRE = (EventType.BOUNCED, EventType.REJECTED, EventType.FAILED)
# In our words: what a server answers may carry anything.
RAZONES = {
    RejectReason.INVALID: "la dirección no existe o está mal escrita",
    RejectReason.TIMED_OUT: "el servidor del destinatario no respondió",
    RejectReason.BLOCKED: "el servidor del destinatario nos bloquea",
    RejectReason.SPAM: "el destinatario lo marcó como no deseado",
    RejectReason.UNSUBSCRIBED: "el destinatario pidió no recibir correos",
}
DEVUELTO = "el servidor del destinatario lo devolvió"


def al_saberse(sender, event, esp_name, **kwargs) -> None:
    """What the mail library calls for each fate that a provider posts."""
    if event.event_type not in PARA_SIEMPRE or not event.message_id:
        return
    enviado = Aviso.objects.filter(id_de_envio=event.message_id, estado=EstadoAviso.ENVIADO)
    aviso = enviado.select_related("empresa", "expediente").first()
    if aviso is None:
        log.info("%s devuelve un correo que no se espera", esp_name)
        return
    razon = RAZONES.get(event.reject_reason, DEVUELTO)
    fallar(enviado.filter(pk=aviso.pk), aviso, f"Rebotó: {razon}")

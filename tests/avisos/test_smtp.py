"""Mail through a real socket, to a server that misbehaves on demand (RF-17, RF-18, RF-19)."""

from datetime import timedelta
from email import message_from_bytes, policy

import pytest
from aiosmtpd.controller import Controller
from django.utils import timezone
from procesos import puerto_libre

from postventa.avisos.models import Aviso
from postventa.avisos.tasks import barrer


class Buzon:
    """Keeps what it accepts; answers what `respuesta(destino)` says to each recipient."""

    def __init__(self):
        self.sobres, self.respuesta = [], lambda destino: "250 OK"

    async def handle_RCPT(self, server, session, envelope, address, options):
        respuesta = self.respuesta(address)
        if respuesta.startswith("250"):
            envelope.rcpt_tos.append(address)
        return respuesta

    async def handle_DATA(self, server, session, envelope):
        self.sobres.append(envelope)
        return "250 OK"

    @property
    def correos(self):
        return [message_from_bytes(s.content, policy=policy.default) for s in self.sobres]


@pytest.fixture
def buzon(settings):
    buzon = Buzon()
    servidor = Controller(buzon, hostname="127.0.0.1", port=puerto_libre())
    servidor.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST = "127.0.0.1"
    settings.EMAIL_PORT = servidor.port
    yield buzon
    servidor.stop()


def pasar_la_espera():
    Aviso.objects.filter(estado="REINTENTO").update(
        enviar_desde_en=timezone.now() - timedelta(seconds=1)
    )


@pytest.mark.regla("I-06")
def test_el_ticket_llega_por_correo_a_los_dos(camino, buzon):
    camino.generar()
    assert barrer() == 2
    assert [s.rcpt_tos for s in buzon.sobres] == [
        ["camila@correo.example"],
        ["rsepulveda@icalma.example"],
    ]
    propietaria, supervisor = buzon.correos
    assert camino.ticket.folio in propietaria["Subject"]
    assert camino.ticket.folio in supervisor["Subject"]
    assert propietaria["Auto-Submitted"] == "auto-generated"
    texto = propietaria.get_body("plain").get_content()
    assert "miércoles 25 de noviembre" in texto
    # Nothing that the owner typed travels in a confirmation.
    assert "Grieta larga" not in texto


def test_rechazo_temporal_se_reintenta_con_el_mismo_mensaje(camino, buzon):
    buzon.respuesta = lambda destino: "451 Vuelva en un rato"
    camino.generar()
    assert barrer() == 0
    estados = Aviso.objects.values_list("estado", "intentos")
    assert list(estados) == [("REINTENTO", 1), ("REINTENTO", 1)]
    assert barrer() == 0, "waits its interval before trying again"

    buzon.respuesta = lambda destino: "250 OK"
    pasar_la_espera()
    assert barrer() == 2
    identidades = [c["Message-ID"] for c in buzon.correos]
    assert len(set(identidades)) == 2
    assert barrer() == 0


def test_direccion_rechazada_falla_sola_y_a_la_primera(camino, buzon):
    buzon.respuesta = lambda d: "550 No existe" if d.startswith("camila") else "250 OK"
    camino.generar()
    assert barrer() == 1
    fallido = Aviso.objects.get(estado="FALLIDO")
    assert (fallido.destino, fallido.intentos) == ("camila@correo.example", 1)
    assert fallido.error == "550: dirección rechazada"
    # The clock of the contact does not care about mail (RF-18).
    assert camino.ticket.plazos.get().estado == "CORRIENDO"


def test_servidor_caido_reintenta_y_tras_cinco_veces_falla(camino, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    camino.generar()
    for _ in range(5):
        assert barrer() == 0
        pasar_la_espera()
    assert set(Aviso.objects.values_list("estado", "intentos")) == {("FALLIDO", 5)}


def test_nombre_con_saltos_de_linea_no_agrega_destinatarios(camino, buzon):
    camino.cliente.nombre = "Camila\r\nBcc: otra@correo.example, tercera@correo.example"
    camino.cliente.save()
    camino.generar()
    barrer()
    assert [s.rcpt_tos for s in buzon.sobres][0] == ["camila@correo.example"]
    assert buzon.correos[0]["Bcc"] is None

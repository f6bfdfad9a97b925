"""A mail that its provider took, and that came back later: it failed as one refused at once."""

import json
import re

import pytest
from django.core import mail
from django.utils import timezone

from postventa.avisos import correo, tasks
from postventa.avisos.models import Aviso
from postventa.entrada.urls import RASTREO, vista_de
from tests.avisos.rebotes import CREDENCIAL, por_mailgun, por_postmark
from tests.avisos.test_correo import encolar


@pytest.fixture
def enviado(icalma, settings):
    """One that a provider has just taken, by the library's own sender."""
    settings.EMAIL_BACKEND = "tests.avisos.proveedor.EmailBackend"
    aviso = encolar(icalma)
    assert tasks.barrer() == 1
    aviso.refresh_from_db()
    return aviso


@pytest.fixture
def avisados(monkeypatch):
    lista = []
    monkeypatch.setitem(correo._AL_FALLAR, "plazo_advertencia", lista.append)
    return lista


def test_se_guarda_como_lo_llama_el_proveedor(enviado):
    assert enviado.estado == "ENVIADO"
    assert re.fullmatch(r"<envio-\d+@proveedor.example>", enviado.id_de_envio)


def test_por_smtp_nadie_le_pone_nombre(icalma):
    aviso = encolar(icalma)
    tasks.barrer()
    aviso.refresh_from_db()
    assert (len(mail.outbox), aviso.estado, aviso.id_de_envio) == (1, "ENVIADO", "")


@pytest.mark.parametrize("por", [por_postmark, por_mailgun])
def test_lo_que_rebota_queda_fallido_y_se_hace_lo_que_sigue_una_vez(client, enviado, avisados, por):
    for _ in range(2):
        assert por(client, enviado.id_de_envio).status_code == 200
    enviado.refresh_from_db()
    assert (enviado.estado, enviado.intentos) == ("FALLIDO", 1)
    assert enviado.error.startswith("Rebotó: ")
    assert "reach does not exist" not in enviado.error
    assert enviado.enviado_en is not None
    assert [a.pk for a in avisados] == [enviado.pk]


@pytest.mark.parametrize(
    ("tipo", "razon"),
    [
        ("HardBounce", "lo devolvió"),
        ("SoftBounce", "lo devolvió"),
        ("BadEmailAddress", "no existe o está mal escrita"),
        ("Blocked", "nos bloquea"),
    ],
)
def test_cada_razon_en_palabras(client, enviado, tipo, razon):
    por_postmark(client, enviado.id_de_envio, tipo)
    enviado.refresh_from_db()
    assert razon in enviado.error


@pytest.mark.parametrize("tipo", ["Transient", "DnsError", "AutoResponder", "SpamComplaint"])
def test_lo_que_aun_se_intenta_o_si_llego_no_es_un_fallo(client, enviado, avisados, tipo):
    assert por_postmark(client, enviado.id_de_envio, tipo).status_code == 200
    assert por_mailgun(client, enviado.id_de_envio, "temporary").status_code == 200
    enviado.refresh_from_db()
    assert (enviado.estado, avisados) == ("ENVIADO", [])


@pytest.mark.parametrize("ajeno", ["<otro@proveedor.example>", "", None])
def test_lo_que_no_es_nuestro_no_toca_nada(client, icalma, enviado, avisados, ajeno):
    encolar(icalma, clave="k2")
    assert por_postmark(client, ajeno).status_code == 200
    assert sorted(Aviso.objects.values_list("estado", flat=True)) == ["ENVIADO", "EN_COLA"]
    assert avisados == []


def test_reintentado_el_rebote_anterior_ya_no_cuenta(client, enviado, avisados):
    viejo = enviado.id_de_envio
    Aviso.objects.update(estado="EN_COLA", enviar_desde_en=timezone.now())
    tasks.barrer()
    assert por_postmark(client, viejo).status_code == 200
    assert Aviso.objects.get().estado == "ENVIADO"


def test_sin_la_clave_del_proveedor_no_se_cree(client, enviado):
    datos = {"RecordType": "Bounce", "Type": "HardBounce", "MessageID": enviado.id_de_envio}
    ruta = "/correo-entrante/postmark/rastreo/"
    assert client.post(ruta, json.dumps(datos), "application/json").status_code == 400
    assert por_mailgun(client, enviado.id_de_envio, clave="otra").status_code == 400
    assert client.get(ruta, **CREDENCIAL).status_code in (405, 411)
    enviado.refresh_from_db()
    assert enviado.estado == "ENVIADO"


def test_el_error_de_la_sala_no_esconde_el_rebote(client, enviado, monkeypatch):
    def roto(aviso):
        raise RuntimeError("roto")

    monkeypatch.setitem(correo._AL_FALLAR, "plazo_advertencia", roto)
    assert por_postmark(client, enviado.id_de_envio).status_code == 200
    enviado.refresh_from_db()
    assert enviado.estado == "FALLIDO"


def test_un_solo_puesto_para_ambas_cosas_tambien_vale():
    assert vista_de("mandrill", RASTREO).__name__ == "MandrillCombinedWebhookView"
    with pytest.raises(LookupError, match="desconocido"):
        vista_de("paloma", RASTREO)

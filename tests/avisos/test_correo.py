"""The outbox: each message once, to one person, whatever the mail server or a template does."""

import smtplib
from datetime import UTC, datetime, timedelta

import pytest
from anymail.exceptions import AnymailAPIError, AnymailRecipientsRefused
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.utils import timezone

from postventa.avisos import correo, outbox, tasks
from postventa.avisos.models import Aviso, EstadoAviso

AHORA = datetime(2026, 11, 23, 13, 15, tzinfo=UTC)
HECHOS = {
    "folio": "ICA-2026-0001",
    "sede": "Condominio Los Arrayanes",
    "plazo": "Contactar al propietario",
    "vence_en": "2026-11-25T13:15:00+00:00",
    "zona": "America/Santiago",
    "url": "http://testserver/consola/x/",
}


def encolar(empresa, clave="k1", para=("Ana Díaz", "ana@correo.example"), **cambios):
    outbox.encolar(
        [
            outbox.nuevo(
                empresa.pk,
                cambios.get("tipo", "plazo_advertencia"),
                clave,
                para,
                cambios.get("datos", HECHOS),
                AHORA,
            )
        ]
    )
    return Aviso.objects.get(clave=clave)


def fallar_con(monkeypatch, error):
    def send(self, mensajes):
        raise error

    monkeypatch.setattr(EmailBackend, "send_messages", send)


def ahora_mismo(aviso):
    Aviso.objects.filter(pk=aviso.pk).update(enviar_desde_en=timezone.now())


def test_un_dominio_con_acentos_va_como_lo_escriben_los_servidores(icalma):
    encolar(icalma, para=("Ana", "ana@peñón.example"))
    tasks.barrer()
    assert mail.outbox[0].recipients() == ["Ana <ana@xn--pen-8mak.example>"]


def test_barrer_envia_y_anota(icalma):
    aviso = encolar(icalma)
    assert tasks.barrer() == 1
    aviso.refresh_from_db()
    assert (aviso.estado, aviso.intentos) == ("ENVIADO", 1)
    assert aviso.asunto == "ICA-2026-0001: por vencer, Contactar al propietario"
    assert aviso.enviado_en is not None


def test_barrer_dos_veces_envia_uno(icalma):
    encolar(icalma)
    assert (tasks.barrer(), tasks.barrer()) == (1, 0)
    assert len(mail.outbox) == 1


def test_misma_clave_es_el_mismo_mensaje(icalma):
    encolar(icalma)
    encolar(icalma)
    assert Aviso.objects.count() == 1


def test_claves_largas_que_empiezan_igual_no_se_confunden(icalma):
    for letra in "ab":
        outbox.encolar(
            [outbox.nuevo(icalma.pk, "x", "k" * 130 + letra, ("", "a@b.example"), {}, AHORA)]
        )
    assert Aviso.objects.count() == 2


def test_sin_direccion_queda_descartado_y_a_la_vista(icalma):
    aviso = encolar(icalma, para=("Rosa Antilef", ""))
    assert tasks.barrer() == 0
    aviso.refresh_from_db()
    assert (aviso.estado, aviso.error) == ("DESCARTADO", "No tiene correo registrado")


def test_message_id_es_estable(icalma):
    aviso = encolar(icalma)
    ids = {correo.renderizar(aviso).extra_headers["Message-ID"] for _ in range(2)}
    assert ids == {f"<aviso-{aviso.pk}@icalma.example>"}


@pytest.mark.parametrize(
    "error",
    [
        smtplib.SMTPRecipientsRefused({"a": (451, b"espere")}),
        smtplib.SMTPResponseException(421, b"ocupado"),
        smtplib.SMTPAuthenticationError(535, b"clave"),
        smtplib.SMTPServerDisconnected("se fue"),
        TimeoutError("tarda"),
        ConnectionRefusedError(),
        AnymailAPIError("x", status_code=429),
        AnymailAPIError("x", status_code=503),
        AnymailAPIError("x", status_code=401),
    ],
)
def test_falla_temporal_se_reintenta_mas_tarde(icalma, monkeypatch, error):
    aviso = encolar(icalma)
    fallar_con(monkeypatch, error)
    antes = timezone.now()
    assert tasks.barrer() == 0
    aviso.refresh_from_db()
    assert (aviso.estado, aviso.intentos) == ("REINTENTO", 1)
    assert aviso.enviar_desde_en >= antes + timedelta(seconds=30)


@pytest.mark.parametrize(
    "error",
    [
        smtplib.SMTPRecipientsRefused({"a": (550, b"no existe")}),
        smtplib.SMTPResponseException(554, b"spam"),
        AnymailRecipientsRefused(),
        AnymailAPIError("x", status_code=422),
    ],
)
def test_falla_permanente_queda_fallida_a_la_primera(icalma, monkeypatch, error):
    aviso = encolar(icalma)
    fallar_con(monkeypatch, error)
    tasks.barrer()
    aviso.refresh_from_db()
    assert (aviso.estado, aviso.intentos) == ("FALLIDO", 1)
    assert aviso.error


def test_esperas_crecen_y_el_quinto_intento_es_el_ultimo(icalma, monkeypatch):
    aviso = encolar(icalma)
    fallar_con(monkeypatch, TimeoutError())
    esperas = []
    for _ in range(5):
        ahora_mismo(aviso)
        antes = timezone.now()
        tasks.barrer()
        aviso.refresh_from_db()
        esperas.append(round((aviso.enviar_desde_en - antes).total_seconds(), -1))
    assert esperas[:4] == [30, 120, 300, 900]
    assert (aviso.estado, aviso.intentos) == ("FALLIDO", 5)
    ahora_mismo(aviso)
    assert tasks.barrer() == 0


def test_plantilla_que_falla_no_detiene_a_nadie(icalma):
    veneno = encolar(icalma, "veneno", tipo="no_existe")
    roto = encolar(icalma, "roto", datos={**HECHOS, "vence_en": "no es una fecha"})
    for n in range(25):
        encolar(icalma, f"bueno{n}")
    for _ in range(5):
        tasks.barrer()
        ahora_mismo(veneno)
        ahora_mismo(roto)
    estados = dict(Aviso.objects.values_list("clave", "estado"))
    assert (estados.pop("veneno"), estados.pop("roto")) == ("FALLIDO", "FALLIDO")
    assert set(estados.values()) == {"ENVIADO"}
    assert len(mail.outbox) == 25


def test_abandonado_en_vuelo_se_reclama_de_nuevo(icalma):
    aviso = encolar(icalma)
    assert [a.pk for a in tasks.reclamar()] == [aviso.pk]
    assert tasks.reclamar() == []
    ahora_mismo(aviso)
    assert [a.pk for a in tasks.reclamar()] == [aviso.pk]


def test_quien_perdio_el_reclamo_no_pisa_al_nuevo(icalma, monkeypatch):
    aviso = encolar(icalma)
    (lento,) = tasks.reclamar()
    ahora_mismo(aviso)
    (nuevo,) = tasks.reclamar()
    fallar_con(monkeypatch, TimeoutError())
    tasks.despachar(lento)
    aviso.refresh_from_db()
    assert (aviso.estado, aviso.intentos) == ("EN_VUELO", 0)
    tasks.despachar(nuevo)
    aviso.refresh_from_db()
    assert (aviso.estado, aviso.intentos) == ("REINTENTO", 1)


def test_caducado_se_descarta(icalma, monkeypatch):
    aviso = encolar(icalma)

    def ya_no(datos):
        raise correo.Caducado

    monkeypatch.setitem(correo._AL_ENVIAR, "plazo_advertencia", ya_no)
    tasks.barrer()
    aviso.refresh_from_db()
    assert (aviso.estado, aviso.error) == ("DESCARTADO", "Venció antes de enviarse")


@pytest.mark.parametrize(
    "destino",
    [
        "a@b.example\r\nBcc: robo@malo.example",
        "a@b.example, c@d.example",
        "sin-arroba",
        "a@@b.example",
    ],
)
def test_direccion_mal_escrita_no_sale(icalma, destino):
    aviso = encolar(icalma, para=("Ana", destino))
    tasks.barrer()
    aviso.refresh_from_db()
    assert (aviso.estado, aviso.error) == ("FALLIDO", "La dirección está mal escrita")
    assert mail.outbox == []


@pytest.mark.parametrize(
    "nombre",
    [
        "x\r\nBcc: robo@malo.example",
        'Ana "la jefa" \\',
        "Ana, Beto <c@d.example>",
        "\x07\x1b[31mAna",
    ],
)
def test_nombre_hostil_deja_un_solo_destinatario(icalma, nombre):
    encolar(icalma, para=(nombre, "ana@correo.example"))
    assert tasks.barrer() == 1
    mensaje = mail.outbox[0].message()
    assert mensaje["Bcc"] is None
    assert mensaje["To"].count("@correo.example") == 1
    assert len(mail.outbox[0].recipients()) == 1


def test_pista_que_falla_no_se_muestra(icalma, settings, monkeypatch, caplog):
    settings.CELERY_PISTAS = True

    def roto(*args, **kwargs):
        raise ConnectionError

    monkeypatch.setattr(tasks.barrer, "apply_async", roto)
    outbox.dar_pista()
    assert "El broker no aceptó la pista de correo: ConnectionError" in caplog.text


def test_estados_del_modelo_son_los_de_la_tabla():
    assert EstadoAviso.values == [
        "EN_COLA",
        "EN_VUELO",
        "REINTENTO",
        "ENVIADO",
        "FALLIDO",
        "DESCARTADO",
        "AGRUPADO",
    ]


def test_correo_lleva_el_color_de_su_empresa(icalma):
    icalma.color = "#7d2b50"
    icalma.save()
    encolar(icalma)
    tasks.barrer()
    (html, _) = mail.outbox[0].alternatives[0]
    assert html.count("#7d2b50") == html.count('bgcolor="#7d2b50"') + 2
    assert "#0d5c63" not in html

"""Every mail of Ingevec's workflow, from what really happened: words, links and who gets it."""

import re
from datetime import timedelta
from email import message_from_bytes
from email.policy import default

import pytest
from django.conf import settings
from django.db import transaction

from postventa.avisos import correo
from postventa.avisos.models import Aviso
from postventa.personas.models import Rol
from tests.conftest import local
from tests.icalma.test_correos import Enlaces, cuerpo
from tickets.ingevec.avisos import AVISOS
from tickets.ingevec.models import Turno


def agendada(c):
    c.ingresar(cupo=c.cupo())


def sin_hora(c):
    c.ingresar()


def consulta(c):
    c.ingresar(consulta="¿Qué cubre la garantía?")
    c.tramitar(c.solicitud, "responder_consulta", Rol.CALL_CENTER, respuesta="Lo del manual")


def urgente(c):
    c.ingresar("Se rompió una cañería", urgencia="agua")
    persona = c.gente[Rol.INSPECTOR]
    c.tramitar(c.solicitud, "atender_urgencia", Rol.CALL_CENTER, persona=persona)


def reagendada(c):
    c.ingresar(cupo=c.cupo())
    c.tramitar(c.solicitud, "reagendar_inspeccion", Rol.CALL_CENTER, **c.cupo("2026-11-25 11:15"))


def _falla(c, verbo):
    c.ingresar(cupo=c.cupo())
    c.ahora = c.visita.inicia_en + timedelta(minutes=20)
    c.tramitar(c.visita, verbo, Rol.INSPECTOR, llegada_en=c.visita.inicia_en, conserje="Luis Pino")


def sin_nadie(c):
    _falla(c, "registrar_inasistencia_cliente")


def sin_acceso(c):
    _falla(c, "registrar_acceso_denegado")


def no_llegamos(c):
    _falla(c, "registrar_inasistencia_empresa")


def visita_cancelada(c):
    c.ingresar(cupo=c.cupo())
    c.tramitar(c.visita, "cancelar", Rol.CALL_CENTER, motivo="El inspector está con licencia")


def sin_garantia(c):
    c.ingresar(cupo=c.cupo()).diagnosticar(no_corresponden=[0, 1])
    c.tramitar(c.solicitud, "cerrar_sin_garantia", Rol.INSPECTOR)


def ejecutada_y_conforme(c):
    c.hasta_por_llamar()
    c.tramitar(
        c.solicitud,
        "registrar_conformidad",
        Rol.CALL_CENTER,
        resultados=c.resultados("conforme", "conforme"),
    )


def no_contesta(c):
    c.hasta_por_llamar()
    for _ in range(4):
        c.pasar(days=1).anotar("registrar_intento", Rol.CALL_CENTER)


def disconforme(c):
    c.hasta_por_llamar()
    c.anotar("declarar_disconformidad", c.duenio, motivo="La puerta sigue igual")


def anulada(c):
    c.ingresar(cupo=c.cupo())
    c.tramitar(c.solicitud, "anular", Rol.JEFE, motivo="Duplicada")


CAMINOS = (
    agendada, sin_hora, consulta, urgente, reagendada, sin_nadie, sin_acceso, no_llegamos,
    visita_cancelada, sin_garantia, ejecutada_y_conforme, no_contesta, disconforme, anulada,
)  # fmt: skip


def tipos():
    return list(Aviso.objects.order_by("pk").values_list("tipo", flat=True))


def recibidos():
    avisos = Aviso.objects.select_related("empresa", "expediente").order_by("pk")
    return [
        (a, message_from_bytes(correo.renderizar(a).message().as_bytes(), policy=default))
        for a in avisos
    ]


def test_hay_un_camino_para_cada_aviso(llamada):
    vistos = set()
    for andar in CAMINOS:
        punto = transaction.savepoint()
        andar(type(llamada)(llamada.depto, llamada.duenio, llamada.gente, llamada.pauta))
        vistos |= set(tipos())
        transaction.savepoint_rollback(punto)
    assert vistos == {a.tipo for a in AVISOS}


@pytest.mark.parametrize("andar", CAMINOS, ids=lambda f: f.__name__)
def test_correos_del_camino_se_entienden(llamada, andar):
    andar(llamada)
    for aviso, mensaje in recibidos():
        asunto, texto, html = mensaje["Subject"], cuerpo(mensaje, "plain"), cuerpo(mensaje, "html")
        assert aviso.expediente.folio in asunto
        assert len(mensaje["To"].addresses) == 1
        for parte in (asunto, texto, html):
            palabras = re.sub(r"https?://[^\s\"<]+|\S+@\S+", "", parte)
            # The company speaks of usted.
            for feo in ("{{", "{%", "None", "¡", "_", " tu ", " tú ", "Hola", "el el "):
                assert feo not in palabras, (aviso.tipo, feo, parte)
        assert "\n\n\n" not in texto, aviso.tipo
        enlaces = Enlaces(html)
        destinos = [d for d in enlaces.destinos if d]
        assert all(d.startswith(settings.SITE_URL) for d in destinos)
        assert all(d in texto for d in destinos)


@pytest.mark.regla("G-03")
def test_la_hora_dicha_en_la_llamada_va_en_un_solo_correo(llamada):
    agendada(llamada)
    assert tipos() == ["ingevec/visita"]
    _, mensaje = recibidos()[0]
    assert mensaje["Subject"].strip() == (
        f"{llamada.solicitud.folio}: visita de inspección, el miércoles 25 de noviembre, a las "
        "09:00"
    )
    assert [p.get_filename() for p in mensaje.iter_attachments()] == ["visita.ics"]


def test_sin_hora_el_correo_promete_la_fecha(llamada):
    sin_hora(llamada)
    _, mensaje = recibidos()[0]
    assert "a más tardar el lunes 30 de noviembre" in cuerpo(mensaje, "plain")


@pytest.mark.regla("G-14")
def test_la_urgencia_llega_de_inmediato_a_quien_esta_de_turno(llamada, ingevec):
    llamada.ahora = local("2026-11-22 03:10")  # a Sunday at night
    de_turno = llamada.gente[Rol.MAESTRO]
    Turno.objects.create(
        empresa=ingevec,
        persona=de_turno,
        desde_en=llamada.ahora - timedelta(hours=8),
        hasta_en=llamada.ahora + timedelta(hours=4),
    )
    llamada.ingresar("Se rompió una cañería", urgencia="agua")
    aviso = Aviso.objects.get(tipo="ingevec/urgencia")
    assert (aviso.destino, aviso.no_antes_en) == (de_turno.email, None)
    texto = correo.renderizar(aviso).body
    assert "Llamar a Héctor Saldías: +56 9 7777 8888" in texto
    assert "Primer contacto a más tardar el domingo 22 de noviembre, a las 04:10." in texto


@pytest.mark.regla("G-14")
def test_sin_nadie_de_turno_la_urgencia_llega_al_call_center(llamada):
    llamada.ingresar("Fuga de gas", urgencia="gas")
    aviso = Aviso.objects.get(tipo="ingevec/urgencia")
    assert aviso.destino == llamada.gente[Rol.CALL_CENTER].email


def test_tres_llamados_sin_respuesta_preguntan_por_correo_una_vez(llamada):
    """D-09: and the solicitud stays open, however many more there are."""
    no_contesta(llamada)
    assert tipos().count("ingevec/llamado") == 1
    assert (llamada.estado, llamada.solicitud.intentos) == ("POR_LLAMAR", 4)


def test_la_disconformidad_por_correo_espera_la_apertura(llamada):
    llamada.hasta_por_llamar()
    llamada.ahora = local("2026-12-05 21:00")
    llamada.anotar("declarar_disconformidad", llamada.duenio, motivo="Sigue igual")
    aviso = Aviso.objects.get(tipo="ingevec/disconforme")
    assert aviso.no_antes_en == local("2026-12-07 09:00")

"""Every mail of Icalma's workflow, from what really happened, also to people with hostile names."""

import re
from datetime import timedelta
from email import message_from_bytes
from email.policy import default
from html.parser import HTMLParser
from uuid import uuid4

import pytest
from django.conf import settings

from postventa.avisos import correo
from postventa.avisos.agrupar import agrupar
from postventa.avisos.models import Aviso
from postventa.personas.actores import SISTEMA
from postventa.tramitacion import barrido
from postventa.tramitacion.acciones import anotar
from tests.conftest import local, observaciones
from tickets.icalma.avisos import AVISOS
from tickets.icalma.ingreso import ingresar


def generado(c):
    c.generar()


def retenido(c):
    c.hasta_por_firmar()
    otro = ingresar(c.unidad, c.cliente, observaciones(1), nonce=uuid4(), ahora=c.ahora)
    assert otro.estado == "RETENIDO"
    c.firmar()


def reprogramado(c):
    c.generar().contactar().coordinar_inspeccion()
    inicia = local("2026-11-25 10:00")
    c.tramitar(
        c.ticket,
        "reprogramar_inspeccion",
        inicia_en=inicia,
        termina_en=inicia + timedelta(minutes=45),
    )


def firmado(c):
    c.hasta_por_firmar().firmar()


def sin_conformidad(c):
    c.hasta_por_firmar()
    inicia = local("2026-11-30 09:30")
    c.tramitar(
        c.ticket,
        "rechazar_firma",
        motivos={c.obs[0].pk: "Quedó una mancha"},
        inicia_en=inicia,
        termina_en=inicia + timedelta(hours=2),
    )


def firmado_en_consulta(c):
    c.hasta_por_firmar()
    c.tramitar(c.obs[1], "disputar", c.cliente, motivo="No fue mal uso")
    c.firmar()


def acogido(c):
    c.generar().contactar().coordinar_inspeccion().inspeccionar()
    c.tramitar(c.obs[1], "disputar", c.cliente, motivo="No fue mal uso")
    c.tramitar(c.obs[1], "acoger", c.jefe, motivo="La pieza venía fallada")


def confirmado(c):
    c.generar().contactar().coordinar_inspeccion().inspeccionar()
    c.tramitar(c.obs[1], "disputar", c.cliente, motivo="No fue mal uso")
    c.tramitar(c.obs[1], "confirmar_rechazo", c.jefe, motivo="El sarro es de mantención")


def sin_trabajos(c):
    c.generar(1).contactar().coordinar_inspeccion().inspeccionar((0,))
    c.tramitar(c.obs[0], "aceptar_rechazo", c.cliente)
    c.tramitar(c.ticket, "cerrar_sin_trabajos")


def anulado(c):
    c.generar()
    c.tramitar(c.ticket, "anular", c.jefe, motivo="Duplicado")


def _nadie(c, verbo="registrar_inasistencia_cliente"):
    c.ahora = c.visita.inicia_en + timedelta(minutes=20)
    c.tramitar(c.visita, verbo, llegada_en=c.ahora - timedelta(minutes=15), conserje="Luis Pino")


def inasistencias(c):
    c.generar().contactar().coordinar_inspeccion()
    _nadie(c)
    c.coordinar_inspeccion("2026-11-26 10:00")
    _nadie(c)
    assert c.ticket.estado == "RESUELTO_INASISTENCIA"


def sin_acceso(c):
    c.generar().contactar().coordinar_inspeccion()
    _nadie(c, "registrar_acceso_denegado")


def no_llegamos(c):
    c.generar().contactar().coordinar_inspeccion()
    _nadie(c, "registrar_inasistencia_empresa")


def _anotar(c, objeto, que, por=None, **datos):
    c.ticket = anotar(objeto, que, por or c.cliente, ahora=c.ahora, **datos)


def desconocido(c):
    c.generar()
    _anotar(c, c.ticket, "denunciar_ingreso", SISTEMA)


def propuesto(c):
    c.generar().contactar().coordinar_inspeccion()
    otra = local("2026-11-27 11:00")
    _anotar(c, c.visita, "proponer_hora", inicia_en=otra, nota="Salgo de viaje")


def movido_por_el_propietario(c):
    c.generar().contactar().coordinar_inspeccion()
    inicia = local("2026-11-25 11:00")
    c.tramitar(
        c.ticket,
        "reprogramar_inspeccion",
        c.cliente,
        inicia_en=inicia,
        termina_en=inicia + timedelta(minutes=45),
    )


def cancelado(c):
    c.generar().contactar().coordinar_inspeccion()
    c.tramitar(c.visita, "cancelar", motivo="El Supervisor está con licencia")


def recordado(c):
    c.generar().contactar().coordinar_inspeccion("2026-11-26 10:00")
    barrido.barrer(local("2026-11-25 10:00"))


def con_reparos(c):
    c.hasta_por_firmar()
    motivos = {str(c.obs[0].pk): "Quedó una mancha"}
    _anotar(c, c.ticket, "responder_conformidad", respuesta="parte", motivos=motivos)


def objetado(c, acoge=False):
    c.generar().contactar().coordinar_inspeccion()
    _nadie(c)
    _anotar(c, c.visita, "objetar_inasistencia", motivo="Estaba en casa")
    _anotar(c, c.visita, "resolver_objecion", c.jefe, acoge=acoge, motivo="Según el libro")


def objetado_y_acogido(c):
    objetado(c, True)


def continuado(c):
    inasistencias(c)
    _anotar(c, c.visita, "objetar_inasistencia", motivo="Estaba en casa")
    _anotar(c, c.visita, "resolver_objecion", c.jefe, acoge=True, motivo="Según el libro")


CAMINOS = (
    generado, retenido, reprogramado, firmado, sin_conformidad, firmado_en_consulta, acogido,
    confirmado, sin_trabajos, anulado, inasistencias, sin_acceso, no_llegamos,
    propuesto, con_reparos, objetado, objetado_y_acogido, continuado, movido_por_el_propietario,
    cancelado, recordado, desconocido,
)  # fmt: skip


def recibidos():
    """(row, message as it goes on the wire) for everything in the outbox."""
    avisos = Aviso.objects.select_related("empresa", "expediente").order_by("pk")
    return [
        (a, message_from_bytes(correo.renderizar(a).message().as_bytes(), policy=default))
        for a in avisos
    ]


def cuerpo(mensaje, tipo):
    return mensaje.get_body(preferencelist=(tipo,)).get_content()


class Enlaces(HTMLParser):
    def __init__(self, html):
        super().__init__()
        self.destinos, self.etiquetas = [], set()
        self.feed(html)

    def handle_starttag(self, etiqueta, atributos):
        self.etiquetas.add(etiqueta)
        if etiqueta == "a":
            self.destinos.append(dict(atributos).get("href"))


def test_hay_un_camino_para_cada_aviso(camino, db):
    """The scenarios of this file, together, queue every message of the room."""
    vistos = set()
    from django.db import transaction

    for andar in CAMINOS:
        punto = transaction.savepoint()
        c = type(camino)(camino.unidad, camino.cliente, camino.supervisor, camino.jefe)
        andar(c)
        vistos |= set(Aviso.objects.values_list("tipo", flat=True))
        transaction.savepoint_rollback(punto)
    assert vistos == {a.tipo for a in AVISOS} | {"icalma/recordatorio"}


@pytest.mark.parametrize("andar", CAMINOS, ids=lambda f: f.__name__)
def test_correos_del_camino_se_entienden(camino, andar):
    andar(camino)
    for aviso, mensaje in recibidos():
        asunto, texto, html = mensaje["Subject"], cuerpo(mensaje, "plain"), cuerpo(mensaje, "html")
        assert aviso.expediente.folio in asunto
        assert len(asunto) <= 130
        assert len(mensaje["To"].addresses) == 1
        assert mensaje["Auto-Submitted"] == "auto-generated"
        for parte in (asunto, texto, html):
            # Addresses end in a random name, which may hold any of these.
            palabras = re.sub(r"https?://[^\s\"<]+", "", parte)
            for feo in ("{{", "{%", "None", "¡", "Ups", "_", "a más tardar el el "):
                assert feo not in palabras, (aviso.tipo, feo, parte)
        enlaces = Enlaces(html)
        assert len(enlaces.destinos) == (2 if aviso.tipo == "icalma/ingreso" else 1), aviso.tipo
        assert all(d.startswith(settings.SITE_URL) for d in enlaces.destinos)
        assert all(d in texto for d in enlaces.destinos)
        assert "script" not in enlaces.etiquetas


MALO = "<a href=//malo>x</a> {owner.email} %(password)s {{7*7}}\r\nBcc: robo@malo.example"
LITERAL = "<a href=//malo>x</a> {owner.email} %(password)s {{7*7}}"
ESCAPADO = "&lt;a href=//malo&gt;x&lt;/a&gt; {owner.email} %(password)s {{7*7}}"


@pytest.fixture
def con_nombres_hostiles(camino, proyecto):
    type(camino.cliente).objects.filter(pk=camino.cliente.pk).update(nombre=MALO[:120])
    type(proyecto).objects.filter(pk=proyecto.pk).update(nombre=MALO[:120])
    type(camino.unidad).objects.filter(pk=camino.unidad.pk).update(nombre=MALO[:80])
    camino.supervisor.first_name, camino.supervisor.last_name = MALO[:60], "x"
    camino.supervisor.save()
    for fila in (camino.cliente, camino.unidad):
        fila.refresh_from_db()
    return camino


@pytest.mark.parametrize("andar", CAMINOS, ids=lambda f: f.__name__)
def test_nombres_hostiles_llegan_literales_a_un_solo_destinatario(con_nombres_hostiles, andar):
    andar(con_nombres_hostiles)
    for aviso, mensaje in recibidos():
        html = cuerpo(mensaje, "html")
        assert mensaje["Bcc"] is None
        assert [a.addr_spec for a in mensaje["To"].addresses] == [aviso.destino]
        assert "\n" not in mensaje["Subject"]
        assert LITERAL in cuerpo(mensaje, "plain"), aviso.tipo
        assert ESCAPADO in html, aviso.tipo
        assert "//malo" not in Enlaces(html).destinos


def test_motivos_hostiles_llegan_literales(camino):
    camino.generar(1).contactar().coordinar_inspeccion().iniciar_inspeccion()
    camino.tramitar(camino.obs[0], "rechazar", exclusion="E4", fundamento=MALO)
    camino.pasar(minutes=30)
    camino.tramitar(camino.visita, "realizar")
    _, mensaje = recibidos()[-1]
    assert LITERAL in cuerpo(mensaje, "plain")
    assert ESCAPADO in cuerpo(mensaje, "html")


@pytest.mark.regla("I-06")
def test_ingreso_dice_numero_fecha_y_por_que(camino):
    camino.generar()
    (_, al_cliente), (_, al_supervisor) = recibidos()
    folio = camino.ticket.folio
    assert al_cliente["Subject"].strip() == (
        f"{folio}: recibimos tu requerimiento, te llamaremos a más tardar el miércoles 25 de "
        "noviembre, a las 10:15"
    )
    texto = cuerpo(al_cliente, "plain")
    assert (
        "Llama Rodrigo Sepúlveda, tu Supervisor de Postventa. "
        "Teléfono de Postventa: +56 2 2345 6700."
    ) in texto
    assert "¿Por qué esta fecha? El plazo es de 48 horas hábiles" in texto
    assert al_supervisor["To"].addresses[0].addr_spec == "rsepulveda@icalma.example"
    assert "Camila Rojas Fuentealba, +56 9 1111 2222" in cuerpo(al_supervisor, "plain")


@pytest.mark.regla("I-06")
def test_ingreso_no_lleva_el_texto_del_propietario(camino):
    camino.generar()
    for _, mensaje in recibidos():
        assert "Grieta larga" not in cuerpo(mensaje, "plain") + cuerpo(mensaje, "html")


@pytest.mark.parametrize(
    ("quien", "dicho"),
    [
        ("supervisor", "Va Rodrigo Sepúlveda, tu Supervisor de Postventa."),
        ("jefe", "Va Marcela Valdés."),
    ],
)
def test_visita_dice_quien_va_y_su_cargo_solo_si_es_el_suyo(camino, quien, dicho):
    camino.generar().contactar()
    inicia = local("2026-11-24 10:00")
    camino.tramitar(
        camino.ticket,
        "coordinar_inspeccion",
        inicia_en=inicia,
        termina_en=inicia + timedelta(minutes=45),
        persona=getattr(camino, quien),
    )
    _, mensaje = recibidos()[-1]
    for forma in ("plain", "html"):
        assert dicho in cuerpo(mensaje, forma)


def test_por_firmar_lleva_a_la_firma(camino):
    camino.hasta_por_firmar()
    _, mensaje = recibidos()[-1]
    ruta = f"{settings.SITE_URL}/icalma/caso/{camino.ticket.publico}/firma/"
    assert Enlaces(cuerpo(mensaje, "html")).destinos == [ruta]


def test_rechazo_lleva_la_exclusion_literal_y_el_motivo(camino):
    camino.generar().contactar().coordinar_inspeccion().inspeccionar()
    texto = cuerpo(recibidos()[-1][1], "plain")
    assert "Exclusión: Mantenimiento indebido o falta de éste (VER MANTENCIÓN PROGRAMADA)." in texto
    assert "Motivo: Aireador con sarro" in texto


@pytest.mark.parametrize(
    ("hasta", "palabra"), [("2026-11-24 10:15", "vence"), ("2026-11-25 10:16", "venció")]
)
def test_alertas_de_plazo_dicen_caso_plazo_y_fecha(camino, hasta, palabra):
    camino.generar()
    antes = Aviso.objects.count()
    barrido.barrer(local(hasta))
    nuevos = [m for _, m in recibidos()[antes:]]
    assert [cuerpo(m, "plain").count(palabra) for m in nuevos] == [1] * len(nuevos)
    for mensaje in nuevos:
        assert camino.ticket.folio in mensaje["Subject"]
        assert "el miércoles 25 de noviembre, a las 10:15" in cuerpo(mensaje, "plain")
        assert len(Enlaces(cuerpo(mensaje, "html")).destinos) == 1
    assert len(nuevos) == {"vence": 1, "venció": 2}[palabra]


def test_resumen_de_plazos_nombra_cada_caso_y_lo_vencido_primero(camino):
    camino.generar()
    temprano = camino.ticket.folio
    camino.pasar(hours=3)
    camino.generar()
    ahora = local("2026-11-25 10:16")
    barrido.barrer(ahora)
    assert agrupar(ahora) == 1
    al_supervisor = next(m for a, m in recibidos() if a.tipo == "plazo_resumen")
    assert al_supervisor["Subject"] == (
        f"1 plazo vencido y 1 por vencer en Icalma, desde {temprano}"
    )
    texto = cuerpo(al_supervisor, "plain")
    assert re.findall(r"(ICA\S+), |(ven\w+) el (.*)[.]", texto) == [
        (temprano, "", ""),
        ("", "venció", "miércoles 25 de noviembre, a las 10:15"),
        (camino.ticket.folio, "", ""),
        ("", "vence", "miércoles 25 de noviembre, a las 13:15"),
    ]
    enlaces = Enlaces(cuerpo(al_supervisor, "html")).destinos
    assert len(enlaces) == 3, "each case, and the console"
    assert all(destino in texto for destino in enlaces)

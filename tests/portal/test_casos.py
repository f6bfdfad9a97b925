"""My cases, one case and its files: only one's own (TM-09, TM-36)."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from django.utils import timezone

from postventa.calendario import hora
from postventa.expedientes.models import Adjunto, Borrador, Movimiento, MovimientoDetalle
from postventa.portal import historia
from tickets.icalma.sala import SALA

from .conftest import MIOS, url


@pytest.fixture(autouse=True)
def lunes(db):
    """The product's day is the one on which the fixture's tickets are born."""
    hora.fijar(datetime(2026, 11, 23, 13, 30, tzinfo=UTC))


@pytest.fixture
def ticket(camino):
    return camino.generar().ticket


def adjuntar(nombre="grieta.jpg", tipo="image/jpeg", **dueno):
    return Adjunto.objects.create(
        archivo=ContentFile(b"\xff\xd8\xff datos", name="x.jpg"),
        nombre=nombre,
        tipo=tipo,
        bytes=9,
        sha256="0" * 64,
        creado_en=timezone.now(),
        **dueno,
    )


def borrador_de(cliente):
    ahora = timezone.now()
    return Borrador.objects.create(
        empresa=cliente.empresa,
        cliente=cliente,
        tipo="icalma",
        creado_en=ahora,
        vence_en=ahora + timedelta(days=7),
    )


def test_lista_vacia_dice_que_hacer(duenia):
    pagina = duenia.get(MIOS).content.decode()
    assert "Todavía no tienes requerimientos" in pagina
    assert "Crear un requerimiento" in pagina


def test_lista_muestra_estado_vivienda_y_proxima_fecha(duenia, ticket):
    pagina = duenia.get(MIOS).content.decode()
    assert ticket.folio in pagina
    assert "Te contactaremos" in pagina
    assert "Condominio Los Arrayanes · Torre B, depto. 704" in pagina
    assert "Plazo para contactarte: hasta el miércoles 25 de noviembre, a las 10:15" in pagina


def test_lista_prefiere_la_visita_acordada(duenia, camino):
    camino.generar().contactar().coordinar_inspeccion()
    pagina = duenia.get(MIOS).content.decode()
    assert "Visita de inspección: martes 24 de noviembre, a las 10:00" in pagina


def test_lista_dice_que_un_plazo_ya_vencio(duenia, ticket):
    hora.mover(5 * 24 * 3600)
    pagina = duenia.get(MIOS).content.decode()
    assert "El plazo para contactarte venció el miércoles 25 de noviembre, a las 10:15" in pagina


@pytest.mark.parametrize("cantidad", [1, 3])
def test_lista_cuesta_lo_mismo_con_uno_que_con_tres(
    duenia, camino, cantidad, django_assert_num_queries
):
    for _ in range(cantidad):
        camino.generar()
    # Session, customer with company, tickets, clocks, visits, clock; windows of the foot, clock.
    with django_assert_num_queries(8):
        assert duenia.get(MIOS).content.decode().count("ICA-") == cantidad


def test_caso_propio_muestra_numero_estado_y_lugar(duenia, ticket):
    pagina = duenia.get(url("caso", ticket.publico)).content.decode()
    assert f"<h1>{ticket.folio}</h1>" in pagina
    assert f"<title>{ticket.folio} · Postventa Icalma</title>" in pagina
    assert "Enviaste tu requerimiento" in pagina


def test_lo_de_la_duenia_es_404_para_la_vecina(duenia, navegador_vecina, ticket, cliente):
    de_caso = adjuntar(expediente=ticket)
    de_borrador = adjuntar(borrador=borrador_de(cliente))
    caminos = [
        url("caso", ticket.publico),
        url("adjunto", de_caso.publico),
        url("adjunto", de_borrador.publico),
    ]
    cadena = ticket.cadena_largo
    assert [duenia.get(c).status_code for c in caminos] == [200] * 3
    for metodo in ("get", "head"):
        assert [getattr(navegador_vecina, metodo)(c).status_code for c in caminos] == [404] * 3
    for metodo in ("post", "put", "delete", "patch"):
        assert [getattr(navegador_vecina, metodo)(c).status_code for c in caminos] == [405] * 3
    assert ticket.folio not in navegador_vecina.get(MIOS).content.decode()
    assert Movimiento.objects.filter(expediente=ticket).count() == cadena


def test_sin_sesion_todo_lleva_al_acceso(client, ticket):
    adjunto = adjuntar(expediente=ticket)
    for camino in (MIOS, url("caso", ticket.publico), url("adjunto", adjunto.publico)):
        respuesta = client.get(camino)
        assert respuesta.status_code == 302
        assert respuesta.url.startswith("/icalma/acceso/?next=")


@pytest.mark.parametrize("publico", ["1", "ICA-2026-0001", "nada", "..%2f..%2fetc", "a" * 300])
def test_folios_y_numeros_no_son_direcciones(duenia, ticket, publico):
    assert duenia.get(f"/icalma/caso/{publico}/").status_code == 404
    assert duenia.get(f"/icalma/adjunto/{publico}/").status_code == 404


def test_pagina_no_encontrada_es_nuestra(duenia):
    respuesta = duenia.get(url("caso", "nada"))
    assert respuesta.status_code == 404
    assert "<h1>No encontramos esta página</h1>" in respuesta.content.decode()


@pytest.mark.parametrize(
    ("nombre", "tipo", "disposicion"),
    [
        ("grieta.jpg", "image/jpeg", 'inline; filename="grieta.jpg"'),
        ("acta.pdf", "application/pdf", 'attachment; filename="acta.pdf"'),
        ("malo.svg", "image/svg+xml", 'attachment; filename="malo.svg"'),
        ("a\r\nX: y.jpg", "image/jpeg", "inline; filename*=utf-8''a%0D%0AX%3A%20y.jpg"),
    ],
)
def test_adjunto_sale_con_su_tipo_y_no_puede_ejecutar_nada(
    duenia, ticket, nombre, tipo, disposicion
):
    adjunto = adjuntar(nombre, tipo, expediente=ticket)
    respuesta = duenia.get(url("adjunto", adjunto.publico))
    assert b"".join(respuesta.streaming_content) == b"\xff\xd8\xff datos"
    assert respuesta["Content-Type"] == tipo
    assert respuesta["Content-Disposition"] == disposicion
    assert respuesta["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert respuesta["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in respuesta["Cache-Control"]


def test_adjunto_sin_archivo_es_404(duenia, ticket):
    adjunto = adjuntar(expediente=ticket)
    adjunto.archivo.storage.delete(adjunto.archivo.name)
    assert duenia.get(url("adjunto", adjunto.publico)).status_code == 404


def titulos(ticket):
    return [h.titulo for h in historia.hitos(SALA, ticket, hora.ahora())]


def test_historia_va_de_lo_nuevo_a_lo_viejo_con_el_plazo_que_corre_arriba(camino):
    camino.generar()
    assert titulos(camino.ticket) == [
        "Corre el plazo para contactarte",
        "Enviaste tu requerimiento",
    ]
    camino.contactar()
    contacto, ingreso = historia.hitos(SALA, camino.ticket, camino.ahora)
    assert contacto.titulo == "Te contactó Rodrigo Sepúlveda"
    assert ingreso.titulo == "Enviaste tu requerimiento"
    assert contacto.detalle == (
        "Dentro del plazo de 48 horas hábiles, "
        "que vencía el miércoles 25 de noviembre, a las 10:15."
    )
    assert contacto.cuando == "Lunes 23 de noviembre, a las 12:15"


def test_historia_dice_cuando_fue_tarde(camino):
    camino.generar()
    camino.pasar(days=7)
    camino.contactar()
    hitos = historia.hitos(SALA, camino.ticket, camino.ahora)
    assert [h.titulo for h in hitos] == [
        "Te contactó Rodrigo Sepúlveda",
        "Venció el plazo para contactarte",
        "Enviaste tu requerimiento",
    ]
    assert hitos[0].detalle.startswith("Fuera del plazo de 48 horas hábiles")


def test_historia_entera_no_muestra_verbos_internos(camino):
    camino.hasta_por_firmar(rechazadas=()).firmar()
    assert titulos(camino.ticket)[:3] == [
        "Firma de conformidad de Camila Rojas Fuentealba",
        "Trabajos terminados",
        "Empezaron los trabajos",
    ]
    assert not any("_" in t for t in titulos(camino.ticket))


def test_historia_sin_detalle_borrado_sigue_entera(camino):
    camino.generar().contactar()
    MovimientoDetalle.objects.all().delete()
    assert titulos(camino.ticket)[0] == "Contacto de Postventa"
    assert Movimiento.objects.count() == 2


def test_hitos_de_icalma_existen_en_su_ley():
    verbos = {
        (nombre, verbo)
        for nombre, ficha in SALA.objetos.items()
        for verbo in (*ficha.etiquetas, *ficha.anotaciones)
    }
    assert set(SALA.portal.hitos) - verbos == set()
    estados = dict(SALA.caso.modelo._meta.get_field("estado").choices)
    assert set(SALA.portal.estados) == set(estados) - {""}
    codigos = {fila.codigo for fila in SALA.abre}
    assert set(SALA.portal.terminos) - codigos == set()


def test_salir_del_navegador_de_al_lado_no_toca_el_mio(duenia, navegador_vecina):
    navegador_vecina.post("/icalma/salir/")
    assert duenia.get(MIOS).status_code == 200
    assert Client().get(MIOS).status_code == 302

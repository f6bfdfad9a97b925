"""The act of conformity as PDF, which documents a ticket has, and what each costs."""

import re

import pytest

from postventa.documentos import actas
from postventa.documentos.models import Documento
from postventa.expedientes.bitacora import sha256
from postventa.personas.actores import Actor
from postventa.personas.models import Rol
from tests.documentos.leer import abrir, adjuntos, texto
from tickets.icalma.acta import contenido_del_acta
from tickets.icalma.documentos import (
    SinDocumento,
    acta_conformidad,
    acta_inspeccion,
    acta_por_firmar,
    comprobante,
    descargar,
    documentos_de,
)


def ver(resultado):
    return texto(resultado[1])


# --- conformity


@pytest.mark.regla("I-14")
def test_acta_firmada_dice_los_trabajos_y_la_firma(camino):
    camino.hasta_por_firmar().firmar()
    documento = camino.ticket.documentos.get(tipo="conformidad")
    nombre, pdf = acta_conformidad(documento)
    leido = texto(pdf)

    assert nombre == "acta-conformidad-ICA-2026-0001.pdf"
    for dicho in (
        "Trabajos terminados Jueves 26 de noviembre de 2026, a las 12:30",
        "Maestros Óscar Vidal, Nelson Catrileo",
        "1 Pintura · Muro norte · Living comedor Grieta larga Trabajo realizado Se reparó y pintó.",
        "Declaro que recibí conforme los trabajos de esta lista. "
        "Firmar no renuncia a mi garantía legal.",
        "Firmante Camila Rojas Fuentealba, RUT 16.482.937-5",
        "Calidad Propietario",
        "Fecha y hora Jueves 26 de noviembre de 2026, a las 12:30",
        "Medio Nombre escrito y código de un solo uso",
        "Huella SHA-256 " + " ".join(re.findall(".{4}", documento.sha256)),
    ):
        assert dicho in leido
    assert "Sin firmar" not in leido
    assert "Grifería" not in leido


def test_acta_firmada_lleva_dentro_el_texto_firmado(camino):
    camino.hasta_por_firmar().firmar()
    documento = camino.ticket.documentos.get(tipo="conformidad")
    dentro = adjuntos(acta_conformidad(documento)[1])
    contenido = dentro["acta-conformidad-ICA-2026-0001.json"].decode()

    assert contenido == documento.canonico
    assert sha256(contenido) == documento.sha256


def test_acta_se_dibuja_de_lo_guardado_y_no_del_ticket(camino):
    camino.hasta_por_firmar().firmar()
    documento = camino.ticket.documentos.get(tipo="conformidad")
    antes = acta_conformidad(documento)
    camino.ticket.observaciones.update(trabajo="Otra cosa")
    assert acta_conformidad(documento) == antes


def test_acta_firmada_por_el_reemplazo_lo_dice(camino, supervisor):
    camino.generar(1).contactar().coordinar_inspeccion().inspeccionar(())
    camino.coordinar_trabajo(reemplazo_nombre="Ana Soto Díaz", reemplazo_documento="11.111.111-1")
    camino.iniciar_trabajo(Rol.REEMPLAZO).ejecutar().terminar()
    camino.tramitar(
        camino.ticket,
        "firmar",
        Actor.reemplazo("Ana Soto Díaz", "11111111-1"),
        nombre="Ana Soto Díaz",
        huella=camino.huella,
        evidencia={"metodo": "dibujo", "testigo": supervisor},
    )
    leido = ver(acta_conformidad(camino.ticket.documentos.get(tipo="conformidad")))

    assert "Firmante Ana Soto Díaz, RUT 11.111.111-1 Calidad Reemplazo" in leido
    assert "Medio Firma dibujada Ante Rodrigo Sepúlveda" in leido


def test_acta_por_firmar_muestra_la_huella_que_se_firmara(camino):
    camino.hasta_por_firmar()
    borrador = acta_por_firmar(camino.ticket)
    leido = ver(acta_conformidad(borrador))

    assert "Sin firmar. Este documento todavía no tiene la conformidad" in leido
    assert borrador.sha256 == actas.huella(contenido_del_acta(camino.ticket))
    assert not Documento.objects.filter(tipo="conformidad").exists()

    camino.firmar()
    assert camino.ticket.documentos.get(tipo="conformidad").sha256 == borrador.sha256


def test_antes_de_terminar_y_despues_de_firmar_no_hay_acta_por_firmar(camino):
    camino.generar()
    with pytest.raises(SinDocumento):
        acta_por_firmar(camino.ticket)
    camino.contactar().coordinar_inspeccion().inspeccionar()
    camino.coordinar_trabajo().iniciar_trabajo().ejecutar().terminar().firmar()
    with pytest.raises(SinDocumento):
        acta_por_firmar(camino.ticket)


# --- which there are


def filas(ticket):
    return [(d["tipo"], d["disponible"], d["ordinal"]) for d in documentos_de(ticket)]


def test_lista_crece_con_el_camino(camino):
    camino.generar()
    assert filas(camino.ticket) == [
        ("comprobante", True, None),
        ("acta_inspeccion", False, None),
        ("acta_conformidad", False, None),
    ]
    camino.contactar().coordinar_inspeccion().inspeccionar()
    assert [d["disponible"] for d in documentos_de(camino.ticket)] == [True, True, False]
    camino.coordinar_trabajo().iniciar_trabajo().ejecutar().terminar()
    assert documentos_de(camino.ticket)[2] == {
        "tipo": "acta_conformidad",
        "titulo": "Acta de conformidad, sin firmar",
        "fecha": camino.ticket.terminado_en,
        "disponible": True,
        "ordinal": None,
    }
    camino.firmar()
    assert documentos_de(camino.ticket)[2] == {
        "tipo": "acta_conformidad",
        "titulo": "Acta de conformidad, firmada",
        "fecha": camino.ahora,
        "disponible": True,
        "ordinal": 1,
    }


def test_segunda_acta_no_tapa_la_primera(camino):
    """D-03 and I-T20: the first signature stays as evidence of what it covered."""
    camino.generar(2).contactar().coordinar_inspeccion().inspeccionar()
    camino.tramitar(camino.obs[1], "disputar", camino.cliente, motivo="No es sarro")
    camino.coordinar_trabajo().iniciar_trabajo().ejecutar().terminar().firmar()
    camino.tramitar(camino.obs[1], "acoger", camino.jefe, motivo="Es de fábrica")
    assert filas(camino.ticket)[2:] == [("acta_conformidad", True, 1)]

    camino.coordinar_trabajo("2026-11-30 09:30").iniciar_trabajo().ejecutar().terminar()
    assert filas(camino.ticket)[2:] == [
        ("acta_conformidad", True, 1),
        ("acta_conformidad", True, None),
    ]
    camino.firmar()
    assert [d["titulo"] for d in documentos_de(camino.ticket)[2:]] == [
        "Acta de conformidad, firmada",
        "Acta de conformidad 2, firmada",
    ]
    nombre, pdf = descargar(camino.ticket, "acta_conformidad", 2)
    assert nombre == "acta-conformidad-ICA-2026-0001-2.pdf"
    assert "Grifería" in texto(pdf)


def test_lo_disponible_se_descarga_y_lo_demas_no(camino):
    def descargables():
        return [
            abrir(descargar(camino.ticket, d["tipo"], d["ordinal"])[1]).metadata.title
            for d in documentos_de(camino.ticket)
            if d["disponible"]
        ]

    camino.generar()
    assert descargables() == ["Comprobante de ingreso ICA-2026-0001"]
    for tipo, ordinal in (
        ("acta_inspeccion", None),
        ("acta_conformidad", None),
        ("acta_conformidad", 1),
        ("otro", None),
    ):
        with pytest.raises(SinDocumento):
            descargar(camino.ticket, tipo, ordinal)
    camino.contactar().coordinar_inspeccion().inspeccionar()
    camino.coordinar_trabajo().iniciar_trabajo().ejecutar().terminar().firmar()
    assert descargables() == [
        "Comprobante de ingreso ICA-2026-0001",
        "Acta de inspección ICA-2026-0001",
        "Acta de conformidad ICA-2026-0001",
    ]


# --- cost


@pytest.mark.parametrize("cantidad", [1, 3])
def test_consultas_de_cada_documento(camino, cantidad, django_assert_num_queries):
    camino.generar(cantidad)
    with django_assert_num_queries(3):
        comprobante(camino.ticket)
    camino.contactar().coordinar_inspeccion().inspeccionar(())
    with django_assert_num_queries(2):
        acta_inspeccion(camino.ticket)
    camino.coordinar_trabajo().iniciar_trabajo().ejecutar().terminar()
    borrador = acta_por_firmar(camino.ticket)
    with django_assert_num_queries(1):
        acta_conformidad(borrador)
    camino.firmar()
    documento = Documento.objects.get(tipo="conformidad")
    with django_assert_num_queries(2):
        acta_conformidad(documento)
    with django_assert_num_queries(1):
        documentos_de(camino.ticket)

"""What Icalma's documents say, read from the PDF as anybody would."""

import json
from datetime import date
from uuid import uuid4

import pytest

from postventa.documentos.actas import huella
from postventa.expedientes.models import Adjunto
from tests.conftest import observaciones
from tests.documentos.leer import adjuntos, texto
from tickets.icalma.documentos import (
    SinDocumento,
    acta_conformidad,
    acta_inspeccion,
    acta_por_firmar,
    comprobante,
)
from tickets.icalma.ingreso import ingresar
from tickets.icalma.models import Exclusion


def ver(resultado):
    return texto(resultado[1])


def hechos(resultado):
    """The text that the fingerprint covers, as it travels inside the PDF."""
    (contenido,) = adjuntos(resultado[1]).values()
    return json.loads(contenido)


# --- receipt


def test_comprobante_dice_quien_que_y_para_cuando(camino):
    nombre, pdf = comprobante(camino.generar().ticket)
    leido = texto(pdf)

    assert nombre == "comprobante-ICA-2026-0001.pdf"
    for dicho in (
        "Comprobante de ingreso N° de ticket ICA-2026-0001",
        "Ingresado Lunes 23 de noviembre de 2026, a las 10:15",
        "Camila Rojas Fuentealba, RUT 16.482.937-5",
        "Condominio Los Arrayanes",
        "Torre B, depto. 704",
        "Rodrigo Sepúlveda",
        "a más tardar el Miércoles 25 de noviembre de 2026, a las 10:15",
        "¿Por qué esta fecha? El plazo es de 48 horas hábiles, es decir, 2 días hábiles.",
        "2 observaciones",
        "1 Pintura Muro norte, Living comedor Grieta larga",
        "2 Grifería Lavaplatos, Cocina La llave gotea",
        "Página 1 de 1",
    ):
        assert dicho in leido


def test_comprobante_con_una_observacion_habla_en_singular(camino):
    leido = ver(comprobante(camino.generar(cantidad=1).ticket))
    assert "Una observación 1 Pintura" in leido


def test_comprobante_cuenta_las_fotos(camino):
    camino.generar()
    primera, segunda = camino.obs
    for observacion, cuantas in ((primera, 1), (segunda, 2)):
        for _ in range(cuantas):
            foto = Adjunto.objects.create(
                expediente=camino.ticket,
                archivo="adjuntos/x.jpg",
                nombre="x.jpg",
                tipo="image/jpeg",
                bytes=1,
                sha256="0" * 64,
                creado_en=camino.ahora,
            )
            observacion.fotos.add(foto)
    leido = ver(comprobante(camino.ticket))
    assert "Grieta larga Con 1 fotografía" in leido
    assert "La llave gotea Con 2 fotografías" in leido


def test_comprobante_es_el_mismo_al_final_del_camino(camino):
    antes = comprobante(camino.generar().ticket)
    camino.contactar().coordinar_inspeccion().inspeccionar()
    camino.coordinar_trabajo().iniciar_trabajo().ejecutar().terminar().firmar()
    assert comprobante(camino.ticket) == antes


@pytest.mark.regla("I-15")
def test_comprobante_de_uno_retenido_dice_que_espera(camino):
    camino.hasta_por_firmar()
    retenido = ingresar(
        camino.unidad, camino.cliente, observaciones(1), nonce=uuid4(), ahora=camino.ahora
    )
    leido = ver(comprobante(retenido))

    assert "Este ticket está en espera. Los trabajos del ticket ICA-2026-0001" in leido
    assert "a más tardar" not in leido

    camino.firmar()
    leido = ver(comprobante(retenido))
    assert "a más tardar el Lunes 30 de noviembre de 2026, a las 12:30" in leido
    assert "en espera" not in leido


HOSTIL = '#read("/etc/hostname") $x$ *n* <img src=http://127.0.0.1:9/> file:///etc/hostname'


def test_lo_que_escriben_las_personas_queda_como_texto(camino):
    """TM-27: owner's, supervisor's and workers' words alike."""
    camino.cliente.nombre = "#panic() *Camila*"
    camino.cliente.save()
    camino.generar(1)
    camino.ticket.observaciones.update(descripcion=HOSTIL)
    camino.contactar().coordinar_inspeccion().iniciar_inspeccion()
    camino.tramitar(camino.obs[0], "aprobar", fundamento='#read("base.typ")')
    camino.pasar(minutes=45)
    camino.tramitar(camino.visita, "realizar")
    camino.coordinar_trabajo().iniciar_trabajo()
    camino.tramitar(camino.obs[0], "ejecutar", trabajo="= Título $1+1$")
    camino.terminar()

    for resultado in (
        comprobante(camino.ticket),
        acta_inspeccion(camino.ticket),
        acta_conformidad(acta_por_firmar(camino.ticket)),
    ):
        assert HOSTIL in ver(resultado)
        assert "#panic() *Camila*, RUT 16.482.937-5" in ver(resultado)
    assert '#read("base.typ")' in ver(acta_inspeccion(camino.ticket))
    assert "= Título $1+1$" in ver(acta_conformidad(acta_por_firmar(camino.ticket)))


# --- inspection


@pytest.fixture
def inspeccionado(camino):
    camino.generar(3).contactar().coordinar_inspeccion().inspeccionar(rechazadas=(1,))
    return camino


@pytest.mark.regla("I-08", "I-09", "I-11")
def test_acta_de_inspeccion_dice_lo_decidido_y_lo_que_sigue(inspeccionado):
    nombre, pdf = acta_inspeccion(inspeccionado.ticket)
    leido = texto(pdf)

    assert nombre == "acta-inspeccion-ICA-2026-0001.pdf"
    for dicho in (
        "Visita de inspección Martes 24 de noviembre de 2026",
        "Horario De 10:00 a 10:45",
        "Supervisor de Postventa Rodrigo Sepúlveda",
        "Recibió la visita, propietario Camila Rojas Fuentealba, RUT 16.482.937-5",
        "2 aprobadas 1 rechazada",
        "Fundamento Dentro de garantía.",
        "Garantía legal: terminaciones, 3 años. Se cuentan desde la inscripción a nombre del "
        "comprador, el 9 de junio de 2024. Al ingresar el ticket estaba vigente: termina el 9 de "
        "junio de 2027.",
        f"Exclusión E4 «{Exclusion.E4.label}» Motivo Aireador con sarro",
        "Coordinaremos contigo la visita de trabajo a más tardar el "
        "Viernes 27 de noviembre de 2026, a las 10:45",
        "puedes pedir que lo revise el Jefe de Postventa hasta el "
        "Martes 1 de diciembre de 2026, hasta el final del día",
    ):
        assert dicho in leido


@pytest.mark.parametrize("exclusion", [e for e in Exclusion if e != Exclusion.E8])
def test_rechazo_lleva_la_exclusion_palabra_por_palabra(camino, exclusion):
    camino.generar(1).contactar().coordinar_inspeccion().iniciar_inspeccion()
    camino.tramitar(camino.obs[0], "rechazar", exclusion=exclusion, fundamento="Por lo que se vio")
    camino.tramitar(camino.visita, "realizar")
    # A hyphen at the end of a line belongs to the page, not to the text.
    leido = ver(acta_inspeccion(camino.ticket)).replace("- ", "").replace("-", "")
    assert f"«{exclusion.label}»" in leido


def test_rechazo_fuera_de_plazo_dice_cuando_termino(camino, unidad):
    unidad.recepcion_definitiva_el = date(2020, 3, 14)
    unidad.inscripcion_el = date(2020, 6, 9)
    unidad.save()
    camino.generar(1).contactar().coordinar_inspeccion().iniciar_inspeccion()
    camino.tramitar(
        camino.obs[0], "rechazar", exclusion=Exclusion.E8, fundamento="Terminó la garantía"
    )
    camino.tramitar(camino.visita, "realizar")
    leido = ver(acta_inspeccion(camino.ticket))

    assert f"«{Exclusion.E8.label}»" in leido
    assert "estaba vencida: terminó el 9 de junio de 2023." in leido
    assert "Coordinaremos" not in leido


def test_unidad_sin_fechas_legales_lo_dice(camino, unidad):
    unidad.recepcion_definitiva_el = unidad.inscripcion_el = None
    unidad.save()
    camino.generar(1).contactar().coordinar_inspeccion().iniciar_inspeccion()
    camino.tramitar(camino.obs[0], "aprobar", fundamento="Se aprueba: falta del constructor.")
    camino.tramitar(camino.visita, "realizar")
    leido = ver(acta_inspeccion(camino.ticket))

    assert "3 años. Falta la fecha legal de la unidad desde la que se cuenta." in leido
    assert "pedir que lo revise el Jefe" not in leido


def test_acta_de_inspeccion_no_cambia_con_lo_que_viene_despues(inspeccionado):
    antes = acta_inspeccion(inspeccionado.ticket)
    duenia, jefe = inspeccionado.cliente, inspeccionado.jefe
    inspeccionado.tramitar(inspeccionado.obs[1], "disputar", duenia, motivo="No es sarro")
    inspeccionado.tramitar(inspeccionado.obs[1], "acoger", jefe, motivo="Es de fábrica")
    inspeccionado.coordinar_trabajo().iniciar_trabajo().ejecutar().terminar().firmar()

    assert acta_inspeccion(inspeccionado.ticket) == antes


def test_acta_de_inspeccion_no_cambia_con_lo_que_se_corrige_despues(inspeccionado):
    ticket = inspeccionado.ticket
    acta = ticket.documentos.get()
    antes = acta_inspeccion(ticket)
    duenia, unidad, visita = inspeccionado.cliente, inspeccionado.unidad, inspeccionado.visita
    type(duenia).objects.filter(pk=duenia.pk).update(nombre="Otra Persona")
    type(unidad).objects.filter(pk=unidad.pk).update(inscripcion_el=date(2020, 1, 1))
    type(visita).objects.filter(pk=visita.pk).update(persona=inspeccionado.jefe)
    ticket.observaciones.update(fundamento="Otro motivo")
    ticket.plazos.update(explicacion="Otra explicación")

    assert (acta.tipo, acta.ordinal, acta.creado_en) == ("inspeccion", 1, ticket.inspeccionado_en)
    assert acta_inspeccion(ticket) == antes
    assert huella(hechos(antes)) == acta.sha256


def test_acta_de_inspeccion_sin_aprobadas_no_promete_trabajos(camino):
    """The Jefe upholds later: that clock is of the decision, not of the inspection."""
    camino.generar(1).contactar().coordinar_inspeccion().inspeccionar(rechazadas=(0,))
    camino.tramitar(camino.obs[0], "disputar", camino.cliente, motivo="No estoy de acuerdo")
    camino.tramitar(camino.obs[0], "acoger", camino.jefe, motivo="Tiene razón")
    resultado = acta_inspeccion(camino.ticket)

    assert hechos(resultado)["trabajos"] is None
    assert "0 aprobadas 1 rechazada" in ver(resultado)


def test_sin_inspeccion_no_hay_acta(camino):
    camino.generar().contactar().coordinar_inspeccion()
    with pytest.raises(SinDocumento, match="todavía no tiene inspección"):
        acta_inspeccion(camino.ticket)

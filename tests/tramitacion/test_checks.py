"""A malformed room does not start: each test breaks Icalma's in one place."""

from dataclasses import replace

import pytest
from django.core import checks
from django.core.management import call_command
from django.core.management.base import SystemCheckError

from postventa.expedientes import salas
from postventa.expedientes.salas import Abre, Acto, AvisoDe, Cierra, sala_de
from postventa.personas.models import Cliente
from postventa.tramitacion.checks import fallas_de, revisar_salas


@pytest.fixture
def icalma_sala():
    return sala_de("icalma")


def con_objeto(sala, nombre, **cambios):
    return replace(sala, objetos={**sala.objetos, nombre: replace(sala.objetos[nombre], **cambios)})


def sin(tabla, llave):
    return {k: v for k, v in tabla.items() if k != llave}


def fallas(sala):
    return [(e.id, e.msg) for e in fallas_de(sala)]


def test_salas_registradas_estan_bien():
    assert revisar_salas() == []
    assert [e for e in checks.run_checks() if e.id.startswith("tramitacion.")] == []


@pytest.mark.parametrize("tabla", ["permisos", "etiquetas", "actos"])
def test_verbo_que_la_maquina_no_tiene_se_nombra(icalma_sala, tabla):
    ticket = icalma_sala.objetos["ticket"]
    extra = {**getattr(ticket, tabla), "borrar": Acto()}
    rota = con_objeto(icalma_sala, "ticket", **{tabla: extra})
    assert fallas(rota) == [
        (
            "tramitacion.E003",
            f"Sala icalma: {tabla} de ticket nombra un verbo que no existe: borrar",
        )
    ]


def test_transicion_sin_permiso_se_nombra(icalma_sala):
    permisos = sin(icalma_sala.objetos["visita"].permisos, "cancelar")
    assert fallas(con_objeto(icalma_sala, "visita", permisos=permisos)) == [
        ("tramitacion.E004", "Sala icalma: nadie tiene permiso para visita.cancelar")
    ]


def test_transicion_sin_etiqueta_se_nombra(icalma_sala):
    etiquetas = sin(icalma_sala.objetos["ticket"].etiquetas, "firmar")
    assert fallas(con_objeto(icalma_sala, "ticket", etiquetas=etiquetas)) == [
        ("tramitacion.E005", "Sala icalma: ticket.firmar no tiene etiqueta")
    ]


def test_guarda_sin_palabras_se_nombra(icalma_sala):
    guardas = sin(icalma_sala.objetos["visita"].guardas, "hay_presencia")
    assert fallas(con_objeto(icalma_sala, "visita", guardas=guardas)) == [
        ("tramitacion.E006", "Sala icalma: la guarda hay_presencia de visita no dice qué falta")
    ]


@pytest.mark.parametrize("relacion", ["unidad__torre", "folio"])
def test_relacion_que_no_existe_se_nombra(icalma_sala, relacion):
    assert fallas(con_objeto(icalma_sala, "ticket", relacionados=(relacion,))) == [
        ("tramitacion.E007", f"Sala icalma: ticket no tiene la relación {relacion}")
    ]


def test_sala_sin_caso_o_con_dos_se_nombra(icalma_sala):
    dos = con_objeto(icalma_sala, "visita", padre="")
    assert [id_ for id_, _ in fallas(dos)] == ["tramitacion.E001"]


def test_modelo_sin_maquina_se_nombra(icalma_sala):
    rota = con_objeto(icalma_sala, "visita", modelo=Cliente)
    assert fallas(rota)[0] == (
        "tramitacion.E002",
        "Sala icalma: visita no tiene transiciones sobre «estado»",
    )


@pytest.mark.parametrize(
    ("tabla", "fila"),
    [
        ("abre", Abre("contacto", "ticket", "volar")),
        ("cierra", Cierra("contacto", "ticket", "volar")),
        ("avisos", AvisoDe("icalma/x", "ticket", "volar", lambda o, d: [], lambda o, d: {})),
    ],
)
def test_fila_de_una_tabla_con_verbo_inexistente_se_nombra(icalma_sala, tabla, fila):
    rota = replace(icalma_sala, **{tabla: (*getattr(icalma_sala, tabla), fila)})
    assert fallas(rota) == [
        ("tramitacion.E008", f"Sala icalma: {tabla} nombra un verbo que no existe: ticket.volar")
    ]


def test_consecuencia_de_un_verbo_inexistente_se_nombra(icalma_sala):
    rota = replace(
        icalma_sala, consecuencias={**icalma_sala.consecuencias, ("vista", "realizar"): list}
    )
    assert [id_ for id_, _ in fallas(rota)] == ["tramitacion.E008"]


def test_django_no_arranca_con_una_sala_rota(icalma_sala, monkeypatch):
    rota = con_objeto(icalma_sala, "ticket", permisos={})
    monkeypatch.setitem(salas._SALAS, "icalma", rota)
    with pytest.raises(SystemCheckError, match="nadie tiene permiso para ticket.anular"):
        call_command("check")


def test_dos_salas_no_comparten_tipo(icalma_sala):
    with pytest.raises(ValueError, match="Ya hay una sala icalma"):
        salas.registrar(replace(icalma_sala, nombre="Otra"))

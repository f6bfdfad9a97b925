"""C-03 e): nobody's complaint is in writing without who they are; and the sheet's own field."""

import pytest

from postventa.expedientes.models import CambioMaestro
from postventa.personas.models import Cliente
from postventa.tramitacion.errores import Conflicto, DatosInvalidos
from reclamos.models import Reclamo
from tests.reclamos.conftest import FORMULARIO
from tests.reclamos.oficina import Oficina
from tests.reclamos.recepcionista import Recepcionista

DICHO = {"tipo_documento": "DNI", "numero": "40 123.456"}


@pytest.fixture
def anonima(caso, capera):
    """Taken in by telephone without a document."""
    caso.cliente = Cliente.objects.create(
        empresa=capera, tipo_documento="SIN", numero="0A1B2C3D4E5F", nombre="Rosa Chunga Silva",
        telefono="+51 969 111 222",
    )  # fmt: skip
    return caso.recibir("telefono")


@pytest.mark.regla("C-03")
def test_sin_documento_no_se_formaliza_ni_se_resuelve(anonima):
    assert "numero" in anonima.reclamo.faltan()
    solucion = {"solucion": "Se le explicó", "acepta": True}
    for verbo, mas in (("formalizar", {}), ("resolver_en_el_acto", solucion)):
        with pytest.raises(DatosInvalidos) as rechazo:
            anonima.tramitar(
                verbo, anonima.plantel.vendedora, **FORMULARIO, reclamante="Rosa", **mas
            )
        assert set(rechazo.value.campos) == {"numero"}
    assert anonima.releer().estado == "RECIBIDA"
    assert not anonima.reclamo.constancias.exists()


@pytest.mark.regla("C-03")
def test_al_formalizar_se_anota_su_documento_con_su_auditoria(anonima):
    anonima.formalizar(tipo_documento="DNI", numero="40.765.432")
    cliente = Cliente.objects.get(pk=anonima.cliente.pk)
    assert (cliente.tipo_documento, cliente.numero) == ("DNI", "40765432")
    cambio = CambioMaestro.objects.get()
    assert (cambio.modelo, cambio.por) == ("personas.cliente", anonima.plantel.vendedora)
    assert cambio.detalle["numero"] == ["0A1B2C3D4E5F", "40765432"]
    assert "DNI 40765432" in anonima.reclamo.documentos.get(tipo="formulario").canonico


@pytest.mark.regla("C-03")
@pytest.mark.parametrize(
    ("dicho", "campo"),
    [
        ({"tipo_documento": "DNI", "numero": "12"}, "numero"),
        ({"tipo_documento": "SIN", "numero": "40123456"}, "tipo_documento"),
        ({"tipo_documento": "", "numero": "40123456"}, "tipo_documento"),
        ({"tipo_documento": "DNI", "numero": "\u200b"}, "numero"),
    ],
)
def test_un_documento_mal_escrito_no_pasa(anonima, dicho, campo):
    with pytest.raises(DatosInvalidos) as rechazo:
        anonima.formalizar(**dicho)
    assert set(rechazo.value.campos) == {campo}


@pytest.mark.regla("C-03")
def test_el_de_una_ficha_se_confirma_y_el_caso_pasa_a_ella(anonima, denunciante):
    """Who gives the document of somebody on file is that person, or staff typed it wrong."""
    with pytest.raises(DatosInvalidos, match="ya es de Rosa Chunga Silva"):
        anonima.formalizar(**DICHO)
    assert Reclamo.objects.get().cliente == anonima.cliente
    Cliente.objects.filter(pk=denunciante.pk).update(telefono="")
    anonima.formalizar(**DICHO, es_la_misma=True)
    assert Reclamo.objects.get().cliente == denunciante
    denunciante.refresh_from_db()
    assert (denunciante.telefono, denunciante.correo) == ("+51 969 111 222", "rosa@correo.example")
    assert CambioMaestro.objects.get().detalle == {"telefono": ["", "+51 969 111 222"]}


def test_dos_fichas_del_mismo_documento_a_la_vez_no_rompen(anonima, denunciante, monkeypatch):
    monkeypatch.setattr("reclamos.identidad._con_ficha", lambda reclamo, dicho: None)
    with pytest.raises(Conflicto, match="envíalo otra vez"):
        anonima.formalizar(**DICHO)


@pytest.mark.regla("C-03")
def test_la_pagina_lo_pide_solo_si_falta_y_conserva_lo_escrito(anonima, casos, denunciante):
    recibe = Oficina(anonima, anonima.plantel.vendedora)
    campos = recibe.pagina("?verbo=formalizar").context["formulario"].fields
    assert {"tipo_documento", "numero"} <= set(campos)
    assert "es_la_misma" not in campos
    escrito = FORMULARIO | {"reclamante": "Rosa", "hechos": "Faltan doce metros"}
    respuesta = recibe.postear("formalizar", **escrito)
    assert respuesta.status_code == 422
    assert respuesta.context["formulario"].errors["numero"] == [
        "Anota su documento: el formulario lo lleva."
    ]
    assert "Faltan doce metros" in respuesta.content.decode()
    respuesta = recibe.postear("formalizar", **escrito, **DICHO)
    assert "es_la_misma" in respuesta.context["formulario"].errors
    assert 'value="40 123.456"' in respuesta.content.decode()
    recibe.hacer("formalizar", **escrito, **DICHO, es_la_misma="on")
    assert recibe.reclamo.cliente == denunciante
    otro = Oficina(casos().recibir("telefono"), anonima.plantel.vendedora)
    assert "numero" not in otro.pagina("?verbo=formalizar").context["formulario"].fields


@pytest.mark.parametrize("es_consumidor", [True, False])
def test_que_contrato_se_pide_solo_si_habra_hoja(caso, es_consumidor):
    caso.recibir(es_consumidor=es_consumidor)
    assert ("bien" in caso.reclamo.faltan()) is es_consumidor
    assert (caso.reclamo.hoja_numero is not None) is es_consumidor
    campos = Oficina(caso, caso.plantel.vendedora).pagina("?verbo=formalizar").context["formulario"]
    assert ("bien" in campos.fields) is es_consumidor


def test_en_la_recepcion_tambien(caseta, plantel, denunciante):
    mesa = Recepcionista(plantel.vendedora, caseta, denunciante)
    respuesta = mesa.guardar(bien=None)
    assert respuesta.status_code == 422
    assert respuesta.context["fallas"]["bien"] == "Elige si es un producto o un servicio."
    assert 'name="bien"' in respuesta.content.decode()
    assert mesa.guardar(bien=None, es_consumidor="no").status_code == 302
    assert mesa.guardar(bien="servicio").status_code == 302
    fijado = Reclamo.objects.latest("pk").documentos.get(tipo="formulario")
    assert '"bien":"Servicio"' in fijado.canonico

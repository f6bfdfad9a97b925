"""The signature on the glass: who signs, what is signed, who watches."""

import pytest

from postventa.calendario import hora
from postventa.documentos.models import Documento, Firma
from tests.icalma.consola import foto as estado_de_todo
from tests.icalma.terreno import TRAZO, Telefono

REEMPLAZO = {"reemplazo_nombre": "Julia Rojas", "reemplazo_documento": "12.874.593-9"}


@pytest.fixture
def por_firmar(camino, supervisor):
    camino.hasta_por_firmar()
    hora.fijar(camino.ahora)
    return Telefono(supervisor, camino.visita)


@pytest.fixture
def con_reemplazo(camino, supervisor):
    camino.generar().contactar().coordinar_inspeccion().inspeccionar()
    camino.coordinar_trabajo(**REEMPLAZO).iniciar_trabajo("reemplazo").ejecutar().terminar()
    hora.fijar(camino.ahora)
    return Telefono(supervisor, camino.visita)


def test_acta_y_huella_se_muestran_antes_de_firmar(por_firmar):
    respuesta = por_firmar.pagina()
    texto, acta = respuesta.content.decode(), respuesta.context["acta"]
    assert acta["huella"] == por_firmar.lo_firmado()["huella"]
    assert acta["huella_legible"] in texto
    assert "Se reparó y pintó." in texto
    assert "Firmar no renuncia a mi garantía legal." in texto


@pytest.mark.regla("I-14")
def test_propietario_firma_en_el_vidrio_con_el_personal_de_testigo(por_firmar, supervisor):
    respuesta = por_firmar.firmar()
    assert respuesta.status_code == 200
    firma = Firma.objects.get()
    assert por_firmar.ticket.estado == "CERRADO_CONFORME"
    assert (firma.rol, firma.nombre, firma.numero_documento, firma.metodo) == (
        "propietario",
        "Camila Rojas Fuentealba",
        "16482937-5",
        "dibujo",
    )
    assert (firma.testigo, firma.trazo, firma.direccion_ip) == (supervisor, TRAZO, "127.0.0.1")


@pytest.mark.regla("I-13", "I-14")
def test_reemplazo_de_esa_visita_firma_con_su_documento(con_reemplazo):
    datos = {"firmante": "reemplazo", "nombre": "Julia Rojas"}
    assert con_reemplazo.firmar(**datos).status_code == 200
    firma = Firma.objects.get()
    assert (firma.rol, firma.numero_documento) == ("reemplazo", "12874593-9")
    assert con_reemplazo.ticket.estado == "CERRADO_CONFORME"


def test_sin_reemplazo_registrado_nadie_firma_como_tal(por_firmar):
    antes = estado_de_todo()
    respuesta = por_firmar.firmar(firmante="reemplazo")
    assert (respuesta.status_code, list(respuesta.json()["campos"])) == (422, ["firmante"])
    assert (estado_de_todo(), Documento.objects.filter(tipo="conformidad").count()) == (antes, 0)


def test_acta_distinta_de_la_leida_no_se_firma(por_firmar):
    respuesta = por_firmar.firmar(huella="0" * 64)
    assert respuesta.status_code == 409
    assert (por_firmar.ticket.estado, Documento.objects.filter(tipo="conformidad").count()) == (
        "POR_FIRMAR",
        0,
    )


@pytest.mark.parametrize("campo", ["trazo", "leido", "nombre"])
def test_firma_incompleta_no_se_guarda(por_firmar, campo):
    respuesta = por_firmar.firmar(**{campo: ""})
    assert (respuesta.status_code, list(respuesta.json()["campos"])) == (422, [campo])
    assert Documento.objects.filter(tipo="conformidad").count() == 0


def test_trazo_que_no_es_un_trazo_no_se_guarda(por_firmar):
    respuesta = por_firmar.firmar(trazo="<script>M1 1</script>")
    assert (respuesta.status_code, Documento.objects.filter(tipo="conformidad").count()) == (422, 0)


def test_firmar_dos_veces_con_la_misma_clave_es_una_firma(por_firmar):
    datos = {**por_firmar.lo_firmado(), "clave": "6e1ff6cf-1a2c-4d33-8e6c-9ee8d9b6f009"}
    datos["visto"] = por_firmar.ticket.cadena_largo
    codigos = [por_firmar.postear("firma", json=True, **datos).status_code for _ in range(2)]
    assert (codigos, Firma.objects.count()) == ([200, 200], 1)


def test_call_center_no_es_testigo(por_firmar, icalma):
    from postventa.personas.models import Rol
    from tests.consola.conftest import personal

    otra = Telefono(personal("llamados", icalma, Rol.CALL_CENTER), por_firmar.visita)
    assert otra.pagina().context["acta"] is None
    assert (otra.firmar().status_code, Documento.objects.filter(tipo="conformidad").count()) == (
        409,
        0,
    )

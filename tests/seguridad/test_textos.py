"""Hostile values in every field that a stranger or an owner may send (TM-22..25, TM-40)."""

from postventa.expedientes.models import Expediente
from tests.icalma.conftest import escrita
from tickets.icalma.models import Observacion

NULO = "a\x00b"
MEGA = "x" * 1_000_000
ENORME = "9" * 5000
RAROS = [NULO, MEGA, ENORME, "\u202etxt.exe", "😀" * 30, "٣", "-1", "\r\nBcc: x@y", "[]", "{{7*7}}"]


def sin_tropiezos(navegador, url, base, valores=RAROS):
    """Post the form once per field and hostile value; return the answers that are faults."""
    malas = {}
    for campo in base:
        for valor in valores:
            respuesta = navegador.post(url, {**base, campo: valor})
            if respuesta.status_code >= 500:
                malas[campo, valor[:10]] = respuesta.status_code
    return malas


def test_acceso_con_valores_raros_se_explica(nadie, proyecto, cliente):
    base = {"sede": proyecto.pk, "numero": "7.654.321-6", "next": "/icalma/"}
    assert sin_tropiezos(nadie, "/icalma/acceso/", base) == {}


def test_codigo_con_valores_raros_se_explica(nadie, proyecto, cliente):
    nadie.post("/icalma/acceso/", {"sede": proyecto.pk, "numero": "7.654.321-6"})
    assert sin_tropiezos(nadie, "/icalma/codigo/", {"codigo": "", "otro": ""}) == {}


def test_observacion_con_valores_raros_se_explica(duenia, unidad):
    base = escrita(recinto_otro="", lugar_otro="", item_otro="", edita="")
    url = f"/icalma/requerimiento/{unidad.pk}/"
    for accion in ("agregar", "continuar", "quitar", "editar", "quitar_foto"):
        valores = RAROS if accion == "agregar" else [NULO, MEGA]
        assert sin_tropiezos(duenia, url, {**base, "accion": accion}, valores) == {}
    assert sin_tropiezos(duenia, url, base, ["quitar:" + NULO, "editar:" + NULO]) == {}


def test_envio_con_valores_raros_se_explica(duenia, unidad):
    duenia.post(f"/icalma/requerimiento/{unidad.pk}/", escrita())
    url = f"/icalma/requerimiento/{unidad.pk}/revisar/"
    assert sin_tropiezos(duenia, url, {"nonce": "", "huella": ""}) == {}
    assert Expediente.objects.count() == 0


def test_firma_con_valores_raros_se_explica(duenia, camino):
    camino.hasta_por_firmar()
    url = f"/icalma/caso/{camino.ticket.publico}/firma/"
    base = {"nombre": "C", "codigo": "123456", "leido": "on", "huella": "a", "visto": "1"}
    duenia.post(f"{url}codigo/", base)
    assert sin_tropiezos(duenia, url, base) == {}
    assert sin_tropiezos(duenia, f"{url}codigo/", base, [NULO, MEGA]) == {}


def test_respuesta_con_valores_raros_se_explica(duenia, camino):
    camino.generar().contactar().coordinar_inspeccion().inspeccionar()
    url = f"/icalma/caso/{camino.ticket.publico}/observacion/{camino.obs[1].pk}/"
    base = {"respuesta": "", "motivo": "m", "visto": "1"}
    assert sin_tropiezos(duenia, url, base) == {}
    assert {o.estado for o in Observacion.objects.all()} == {"APROBADA", "RECHAZADA"}

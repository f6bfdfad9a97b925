"""What one owner can do with another's addresses, numbers, forms and codes (TM-09, 20, 29, 36)."""

import re

import pytest

from postventa.avisos.models import Aviso
from postventa.documentos.models import Firma
from postventa.expedientes.models import Adjunto, Borrador, Expediente, Movimiento
from postventa.portal.codigos import codigo_de
from postventa.portal.models import Desafio
from tests.icalma.conftest import archivos, escrita, foto
from tickets.icalma.models import Observacion, Ticket
from tickets.icalma.vistas.firma import Acta

SUYAS = re.compile(r'(?:href|action|src)="(/icalma/(?:caso|adjunto|requerimiento)/[^"#?]*)')


def cosechar(navegador):
    """Every address of their own that an owner meets: as many pages as lead to another."""
    vistas, pendientes = set(), ["/icalma/mis-requerimientos/", "/icalma/requerimiento/"]
    while pendientes:
        ruta = pendientes.pop()
        vistas.add(ruta)
        respuesta = navegador.get(ruta, follow=True)
        if respuesta.redirect_chain:
            pendientes += [u for u, _ in respuesta.redirect_chain if u not in vistas]
        if respuesta["Content-Type"].startswith("text/html"):
            halladas = set(SUYAS.findall(respuesta.content.decode()))
            pendientes += halladas - vistas - set(pendientes)
    return vistas - {"/icalma/mis-requerimientos/", "/icalma/requerimiento/"}


def base():
    """All that can change by the portal, row by row."""
    modelos = (Ticket, Observacion, Expediente, Movimiento, Borrador, Adjunto, Aviso, Firma)
    return {m.__name__: list(m.objects.order_by("pk").values()) for m in [*modelos, Desafio]}


@pytest.fixture
def lo_del_vecino(de_vecino, camino_vecino, media):
    """A neighbour with a ticket to sign, one rejected observation, a draft and its photos."""
    ticket = camino_vecino.hasta_por_firmar().ticket
    url = f"/icalma/requerimiento/{ticket.unidad_id}/"
    de_vecino.post(url, {**escrita(), "fotos": foto()})
    de_vecino.post(url, {**escrita(1), "fotos": foto("otra.jpg")})
    return cosechar(de_vecino), ticket


def test_todo_lo_del_vecino_es_404_por_cualquier_via(duenia, lo_del_vecino, media):
    rutas, ticket = lo_del_vecino
    caso = f"/icalma/caso/{ticket.publico}/"
    rechazada = ticket.observaciones.get(numero=2)
    assert {f"{caso}firma/", caso, f"{caso}firma/codigo/"} <= rutas
    assert len([r for r in rutas if "/adjunto/" in r]) == 2
    rutas |= {f"{caso}observacion/{rechazada.pk}/", f"{caso}acta/", f"{caso}recibido/"}
    antes, disco = base(), archivos(media)
    borrador = Borrador.objects.get()
    datos = {**escrita(), "respuesta": "acepto", "visto": ticket.cadena_largo, "nombre": "X Y",
             "codigo": "000000", "leido": "on", "nonce": borrador.nonce, "huella": "x"}  # fmt: skip
    for ruta in sorted(rutas):
        codigos = {
            duenia.get(ruta).status_code,
            duenia.head(ruta).status_code,
            duenia.post(ruta, datos).status_code,
            duenia.post(ruta, {**datos, "fotos": foto()}).status_code,
            *(duenia.generic(m, ruta).status_code for m in ("PUT", "PATCH", "DELETE", "OPTIONS")),
        }
        assert codigos <= {404, 405}, ruta
        assert 404 in codigos, ruta
    assert (base(), archivos(media)) == (antes, disco)


def test_control_la_cosecha_le_sirve_a_su_duenio(de_vecino, lo_del_vecino):
    rutas, ticket = lo_del_vecino
    # The one address that only sends a code leads back to the page it belongs to.
    codigo = f"/icalma/caso/{ticket.publico}/firma/codigo/"
    assert de_vecino.get(codigo).url == codigo.removesuffix("codigo/")
    assert {de_vecino.get(r).status_code for r in rutas - {codigo}} == {200, 405}


def test_foto_ajena_no_entra_en_un_borrador_propio(duenia, de_vecino, unidad, lo_del_vecino):
    ajena = Adjunto.objects.first()
    url = f"/icalma/requerimiento/{unidad.pk}/"
    duenia.post(url, escrita(fotos=ajena.publico, **{"foto": ajena.publico}))
    duenia.post(url, {**escrita(), "accion": f"quitar_foto:{ajena.publico}"})
    pagina = duenia.get(url).content.decode()
    assert ajena.publico not in pagina
    assert Adjunto.objects.get(pk=ajena.pk).borrador.cliente.nombre == "Francisca Jara Bustos"


def test_numeros_vecinos_no_llevan_a_nada(duenia, camino_vecino):
    """TM-36: folio, key and public id are walked."""
    ticket = camino_vecino.generar().ticket
    for n in range(max(1, ticket.pk - 50), ticket.pk + 50):
        assert duenia.get(f"/icalma/caso/{n}/").status_code == 404
        assert duenia.get(f"/icalma/adjunto/{n}/").status_code == 404
    for nombre in (
        ticket.folio,
        ticket.folio.lower(),
        str(ticket.nonce),
        ticket.publico.swapcase(),
    ):
        assert duenia.get(f"/icalma/caso/{nombre}/").status_code == 404


def test_mirar_no_cambia_nada(duenia, camino):
    """TM-29: every address of the owner by GET and HEAD, also those of acts."""
    ticket = camino.hasta_por_firmar().ticket
    caso = f"/icalma/caso/{ticket.publico}/"
    unidad = f"/icalma/requerimiento/{ticket.unidad_id}/"
    rutas = cosechar(duenia) | {f"{caso}observacion/{camino.obs[1].pk}/", "/icalma/salir/",
                                f"{caso}firma/codigo/", f"{unidad}vaciar/", f"{unidad}foto/",
                                "/icalma/codigo/", "/icalma/acceso/"}  # fmt: skip
    antes = base()
    datos = {"respuesta": "acepto", "visto": ticket.cadena_largo, "otro": "1", "accion": "agregar"}
    for ruta in rutas:
        assert duenia.get(ruta, datos).status_code in (200, 302, 405), ruta
        assert duenia.head(ruta, datos).status_code in (200, 302, 405), ruta
    assert base() == antes
    assert duenia.get("/icalma/mis-requerimientos/").status_code == 200


def firmar(navegador, ticket, **cambios):
    datos = {"nombre": "Camila Rojas", "leido": "on", "huella": Acta.de(ticket).sha256,
             "codigo": codigo_de(Desafio.objects.latest("creado_en").pk),
             "visto": ticket.cadena_largo, **cambios}  # fmt: skip
    return navegador.post(f"/icalma/caso/{ticket.publico}/firma/", datos)


def test_mi_codigo_no_firma_lo_del_vecino_ni_dos_veces(duenia, de_vecino, camino):
    """TM-20: a code signs one ticket, for one person, in one browser."""
    mio = camino.hasta_por_firmar().ticket
    duenia.post(f"/icalma/caso/{mio.publico}/firma/codigo/")
    assert firmar(de_vecino, mio).status_code == 404
    assert Firma.objects.count() == 0
    assert firmar(duenia, mio).status_code == 302
    assert firmar(duenia, mio).status_code == 409
    assert Firma.objects.count() == 1


@pytest.mark.parametrize("visto", ["-1", "0", "999999999999999999999", "9" * 4000])
def test_pagina_que_nunca_existio_no_firma(duenia, camino, visto):
    ticket = camino.hasta_por_firmar().ticket
    duenia.post(f"/icalma/caso/{ticket.publico}/firma/codigo/")
    assert firmar(duenia, ticket, visto=visto).status_code == 409
    assert Firma.objects.count() == 0


def test_campos_de_mas_no_deciden_nada(duenia, unidad):
    """TM-13 on the owners' side: state, owner and class are not the form's to say."""
    url = f"/icalma/requerimiento/{unidad.pk}/"
    duenia.post(url, escrita(estado="CERRADO_CONFORME", clase="ESTRUCTURA", id="1", cliente="2",
                             nombres="{}", en_curso="{}", unidad="99"))  # fmt: skip
    borrador = Borrador.objects.get()
    huella = re.search(
        r'name="huella" value="(\w+)"', duenia.get(f"{url}revisar/").content.decode()
    )
    duenia.post(f"{url}revisar/", {"nonce": borrador.nonce, "huella": huella[1],
                                   "estado": "RESUELTO", "canal": "consola"})  # fmt: skip
    ticket, observacion = Ticket.objects.get(), Observacion.objects.get()
    assert (ticket.estado, ticket.canal, ticket.unidad) == ("GENERADO", "web", unidad)
    assert (observacion.estado, observacion.clase) == ("PENDIENTE", "terminacion")


def test_parametros_repetidos_no_confunden(duenia, camino):
    """The last one counts, everywhere the same: no second answer slips in."""
    camino.generar().contactar().coordinar_inspeccion().inspeccionar()
    ruta = f"/icalma/caso/{camino.ticket.publico}/observacion/{camino.obs[1].pk}/"
    visto = camino.ticket.cadena_largo
    cuerpo = f"respuesta=acepto&respuesta=inventada&visto={visto}&visto=0"
    tipo = "application/x-www-form-urlencoded"
    assert duenia.post(ruta, cuerpo, content_type=tipo).status_code == 422
    assert Observacion.objects.get(pk=camino.obs[1].pk).estado == "RECHAZADA"


@pytest.mark.parametrize(
    ("tipo", "cuerpo"),
    [
        ("application/json", b'{"respuesta":'),
        ("application/json", b'{"respuesta": "acepto", "visto": 1}'),
        ("text/xml", b"<!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/hostname'>]><a>&b;</a>"),
        ("multipart/form-data", b"x"),
        ("multipart/form-data; boundary=", b"x"),
        ("multipart/form-data; boundary=a", b"--a\r\nContent-Disposition: form-data; nam"),
        ("multipart/form-data; boundary=a", b"--a\r\n\r\n\r\n--a--"),
        ("application/x-www-form-urlencoded; charset=inventado", b"respuesta=acepto&visto=1"),
        ("application/x-www-form-urlencoded", b"&=&=" * 2000),
        ("application/x-www-form-urlencoded", b"%%%=%zz&respuesta=%ff"),
    ],
)
def test_cuerpos_de_otro_tipo_no_cambian_nada(duenia, camino, unidad, tipo, cuerpo):
    camino.generar().contactar().coordinar_inspeccion().inspeccionar()
    antes = base()
    caso = f"/icalma/caso/{camino.ticket.publico}/"
    for ruta in (
        f"{caso}observacion/{camino.obs[1].pk}/",
        f"{caso}firma/",
        f"/icalma/requerimiento/{unidad.pk}/revisar/",
        f"/icalma/requerimiento/{unidad.pk}/foto/",
        "/icalma/codigo/",
    ):
        assert 300 <= duenia.generic("POST", ruta, cuerpo, tipo).status_code < 500, ruta
    assert base() == antes

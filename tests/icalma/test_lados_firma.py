"""Signing by drawing, before a witness, or not signing: the three answers to the act."""

import json
from io import BytesIO

import pytest
from pypdf import PdfReader

from postventa.calendario import hora
from postventa.documentos.models import Firma
from postventa.documentos.trazo import trazo_de
from postventa.expedientes.bitacora import sha256
from postventa.expedientes.verificacion import Cuenta, verificar
from postventa.personas.models import Membresia, Rol, Usuario
from postventa.portal.models import Desafio
from postventa.tramitacion.acciones import tramitar
from postventa.tramitacion.errores import Conflicto, DatosInvalidos, NoAutorizado
from tests.icalma.conftest import en_sesion, releer
from tests.icalma.test_portal_firma import firmar, formulario, nada_firmado, pedir
from tickets.icalma.firma_presencial import evidencia_ante, firmante_de
from tickets.icalma.vistas.firma import Acta

TRAZOS = json.dumps([[[100, 300], [300, 80], [500, 320], [880, 150]], [[200, 200], [760, 210]]])
CAMINO = "M100 300L300 80L500 320L880 150M200 200L760 210"
RUT = "12345678-5"


@pytest.fixture
def por_firmar(camino, duenia):
    camino.hasta_por_firmar(2, ())
    hora.fijar(camino.ahora)
    return camino


@pytest.fixture
def url(por_firmar):
    return f"/icalma/caso/{por_firmar.ticket.publico}/firma/"


def texto(respuesta):
    return " ".join(respuesta.content.decode().split())


# --- drawn


@pytest.mark.regla("I-14")
def test_firma_dibujada_cierra_con_codigo_y_se_ve_en_el_acta(por_firmar, duenia, url):
    respuesta = firmar(duenia, url, modo="dibujo", trazo=TRAZOS)
    assert respuesta.status_code == 302
    firma, ticket = Firma.objects.get(), releer(por_firmar.ticket)
    assert (ticket.estado, firma.metodo, firma.trazo) == ("CERRADO_CONFORME", "dibujo", CAMINO)
    assert Desafio.objects.get().usado_en is not None
    evidencia = ticket.movimientos.get(verbo="firmar").detalle.datos["evidencia"]
    assert evidencia["huella_trazo"] == sha256(CAMINO)
    assert "trazo" not in evidencia
    acta = texto(duenia.get(f"/icalma/caso/{ticket.publico}/acta/"))
    assert f'<path d="{CAMINO}"/>' in acta
    assert "RUT 16.482.937-5" in acta
    pdf = duenia.get(f"/icalma/caso/{ticket.publico}/documento/acta_conformidad/1/")
    assert "Firma dibujada" in "".join(
        p.extract_text() for p in PdfReader(BytesIO(pdf.content)).pages
    )
    assert list(verificar(Cuenta())) == []


@pytest.mark.parametrize("trazo", ["", "[]", "[[[1,1],[2,2]]]", "M0 0L900 400", "<svg/onload=x>"])
def test_dibujo_vacio_o_falso_no_firma(por_firmar, duenia, url, trazo):
    respuesta = firmar(duenia, url, modo="dibujo", trazo=trazo)
    assert respuesta.status_code == 422
    assert "Dibuja tu firma en el recuadro" in texto(respuesta)
    assert "<svg/onload" not in respuesta.content.decode()
    assert nada_firmado(por_firmar)


def test_dibujo_sin_codigo_no_firma(por_firmar, duenia, url):
    respuesta = duenia.post(url, formulario(duenia, url, modo="dibujo", trazo=TRAZOS, codigo="1"))
    assert respuesta.status_code == 422
    assert nada_firmado(por_firmar)


def test_nombre_escrito_no_guarda_un_dibujo_sobrante(por_firmar, duenia, url):
    firmar(duenia, url, modo="codigo", trazo=TRAZOS)
    firma = Firma.objects.get()
    assert (firma.metodo, firma.trazo) == ("codigo", "")


def test_pedir_codigo_conserva_el_dibujo(por_firmar, duenia, url):
    respuesta = duenia.post(f"{url}codigo/", {"modo": "dibujo", "trazo": TRAZOS})
    formulario = respuesta.context["form"]
    assert (formulario["modo"].value(), formulario["trazo"].value()) == ("dibujo", TRAZOS)
    assert 'value="dibujo" checked' in respuesta.content.decode()


# --- on the glass


@pytest.fixture
def con_reemplazo(camino, duenia):
    camino.generar().contactar().coordinar_inspeccion().inspeccionar(())
    camino.coordinar_trabajo(reemplazo_nombre="Ana Soto", reemplazo_documento=RUT)
    return camino.iniciar_trabajo(Rol.REEMPLAZO).ejecutar().terminar()


def en_el_vidrio(camino, testigo=None, **cambios):
    datos = {
        "rol": Rol.REEMPLAZO,
        "nombre": "Ana Soto Pérez",
        "trazo": trazo_de(TRAZOS),
        "huella": Acta.de(camino.ticket).sha256,
    } | cambios
    ticket = camino.ticket
    return tramitar(
        ticket,
        "firmar",
        firmante_de(ticket, datos["rol"]),
        canal="terreno",
        ahora=camino.ahora,
        visto=datos.get("visto"),
        nombre=datos["nombre"],
        huella=datos["huella"],
        evidencia=evidencia_ante(testigo or camino.supervisor, ticket, datos["trazo"]),
    )


@pytest.mark.regla("I-14")
def test_reemplazo_firma_en_el_vidrio_ante_el_supervisor(con_reemplazo):
    ticket = en_el_vidrio(con_reemplazo)
    firma = Firma.objects.get()
    assert ticket.estado == "CERRADO_CONFORME"
    assert (firma.rol, firma.numero_documento, firma.metodo, firma.trazo, firma.testigo) == (
        Rol.REEMPLAZO,
        RUT,
        "dibujo",
        CAMINO,
        con_reemplazo.supervisor,
    )
    m = ticket.movimientos.get(verbo="firmar")
    assert (m.clase_actor, m.canal) == ("reemplazo", "terreno")
    assert m.detalle.datos["evidencia"]["testigo"] == con_reemplazo.supervisor.pk


def test_propietario_tambien_firma_en_el_vidrio(con_reemplazo):
    en_el_vidrio(con_reemplazo, rol=Rol.PROPIETARIO, nombre="Camila Rojas")
    assert Firma.objects.get().numero_documento == "16482937-5"


def test_sin_testigo_del_lugar_no_se_firma_en_el_vidrio(con_reemplazo, jefe, icalma):
    ajeno = Usuario.objects.create_user("otro", "otro@icalma.example", is_staff=True)
    for testigo in (jefe, ajeno):
        with pytest.raises(NoAutorizado):
            en_el_vidrio(con_reemplazo, testigo)
    Membresia.objects.create(usuario=ajeno, empresa=icalma, rol=Rol.MAESTRO)
    ajeno.__dict__.pop("_membresias", None)
    assert en_el_vidrio(con_reemplazo, ajeno).estado == "CERRADO_CONFORME"


@pytest.mark.parametrize(
    ("cambios", "error"),
    [
        ({"trazo": ""}, DatosInvalidos),
        ({"nombre": " "}, DatosInvalidos),
        ({"huella": "0" * 64}, Conflicto),
        ({"visto": 1}, Conflicto),
        ({"rol": Rol.JEFE}, DatosInvalidos),
    ],
)
def test_en_el_vidrio_falta_algo(con_reemplazo, cambios, error):
    with pytest.raises(error):
        en_el_vidrio(con_reemplazo, **cambios)
    assert Firma.objects.count() == 0


def test_sin_reemplazo_registrado_nadie_firma_como_tal(por_firmar):
    with pytest.raises(DatosInvalidos):
        en_el_vidrio(por_firmar)


# --- not in agreement


def test_la_pagina_ofrece_las_tres_respuestas(por_firmar, duenia, url):
    pagina = texto(duenia.get(url))
    assert "<b>Conforme</b>" in pagina
    assert f'href="{url}no-conforme/?respuesta=parte"' in pagina
    assert f'href="{url}no-conforme/?respuesta=no"' in pagina
    assert "Tu reemplazo firma solo en la vivienda" in pagina


def responder(navegador, camino, url, respuesta, **campos):
    datos = {"respuesta": respuesta, "visto": camino.ticket.cadena_largo, **campos}
    return navegador.post(f"{url}no-conforme/", datos)


@pytest.mark.regla("I-14")
def test_conforme_en_parte_avisa_y_la_pagina_lo_dice(por_firmar, duenia, url):
    segunda = por_firmar.obs[1]
    campos = {f"mal_{segunda.pk}": "on", f"motivo_{segunda.pk}": "Sigue goteando"}
    assert responder(duenia, por_firmar, url, "parte", **campos).status_code == 302
    ticket = releer(por_firmar.ticket)
    assert (ticket.estado, ticket.reparos_en) == ("POR_FIRMAR", hora.ahora())
    assert ticket.avisos.filter(tipo="icalma/no_conforme").count() == 1
    pagina = texto(duenia.get(f"/icalma/caso/{ticket.publico}/"))
    assert "Avisaste que 1 trabajo no está bien." in pagina
    assert "Grifería, Cocina: Sigue goteando" in pagina
    assert "Avisaste qué trabajos no están bien" in pagina
    assert "Lo que esperamos de ti" not in pagina
    assert "Si firmas ahora, das por conformes todos." in texto(duenia.get(url))


def test_motivo_sin_marcar_la_casilla_vale_igual(por_firmar, duenia, url):
    primera = por_firmar.obs[0]
    responder(duenia, por_firmar, url, "parte", **{f"motivo_{primera.pk}": "Mancha"})
    assert releer(primera).reparo == "Mancha"


def test_no_conforme_pide_un_motivo_por_trabajo(por_firmar, duenia, url):
    primera, segunda = por_firmar.obs
    respuesta = responder(duenia, por_firmar, url, "no", **{f"motivo_{primera.pk}": "Mancha"})
    assert respuesta.status_code == 422
    assert "Escribe qué quedó mal en «Grifería»." in texto(respuesta)
    assert ">\nMancha</textarea>" in respuesta.content.decode()
    motivos = {f"motivo_{o.pk}": "Mal" for o in (primera, segunda)}
    assert responder(duenia, por_firmar, url, "no", **motivos).status_code == 302


@pytest.mark.parametrize("campos", [{}, {"mal": True}])
def test_nada_marcado_o_sin_motivo_se_explica(por_firmar, duenia, url, campos):
    primera = por_firmar.obs[0]
    marcado = {f"mal_{primera.pk}": "on"} if campos else {}
    respuesta = responder(duenia, por_firmar, url, "parte", **marcado)
    assert respuesta.status_code == 422
    esperado = "Escribe qué quedó mal en «Pintura»." if campos else "Marca al menos un trabajo"
    assert esperado in texto(respuesta)
    assert releer(por_firmar.ticket).reparos_en is None


def test_mirar_no_anota_y_fuera_de_tiempo_no_hay_pagina(camino, duenia):
    camino.generar()
    hora.fijar(camino.ahora)
    url = f"/icalma/caso/{camino.ticket.publico}/firma/no-conforme/"
    assert duenia.get(url).status_code == 409
    assert duenia.post(url, {"respuesta": "no"}).status_code == 409


def test_pagina_vieja_o_de_otro_no_anota(por_firmar, duenia, url, vecino, proyecto):
    primera = por_firmar.obs[0]
    campos = {f"motivo_{primera.pk}": "Mancha", "visto": 1}
    assert responder(duenia, por_firmar, url, "parte", **campos).status_code == 409
    ajeno = en_sesion(vecino, proyecto)
    assert responder(ajeno, por_firmar, url, "parte", **campos).status_code == 404
    assert releer(primera).reparo == ""


def test_firmar_despues_de_los_reparos_los_retira(por_firmar, duenia, url):
    primera = por_firmar.obs[0]
    responder(duenia, por_firmar, url, "parte", **{f"motivo_{primera.pk}": "Mancha"})
    codigo = pedir(duenia, url)
    assert firmar(duenia, url, codigo=codigo).status_code == 302
    assert releer(por_firmar.ticket).reparos_en is None

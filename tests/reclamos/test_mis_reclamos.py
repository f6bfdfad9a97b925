"""A complainant's own complaints in the portal: whose code opens which, and whose never."""

import pytest
from django.test import Client

from postventa.avisos.models import Aviso
from postventa.calendario import hora
from postventa.personas.models import Cliente
from postventa.portal.codigos import codigo_de
from postventa.portal.models import Desafio
from reclamos.models import Reclamo
from tests.reclamos.conftest import JUEVES
from tests.reclamos.hojas import abrir, enlace, foto, presentar
from tests.reclamos.recepcionista import Recepcionista


@pytest.fixture(autouse=True)
def jueves(db):
    hora.fijar(JUEVES)
    yield
    hora.normal()


def pagina(respuesta):
    return respuesta.content.decode()


def entrar(navegador, tipo, numero):
    navegador.post("/capera/acceso/", {"documento": tipo, "numero": numero})
    codigo = codigo_de(Desafio.objects.latest("creado_en").pk)
    return navegador.post("/capera/codigo/", {"codigo": codigo})


def test_mis_reclamos_con_documento_y_codigo(client, caseta, denunciante):
    suyo = {"tipo_documento": "CE", "numero": "001234567"}
    Cliente.objects.filter(pk=denunciante.pk).update(**suyo)
    escrito = {"documento": "CE", "numero": "001234567", "correo": denunciante.correo}
    reclamo = presentar(Client(), caseta, **escrito)
    assert "Tipo de documento" in pagina(client.get("/capera/acceso/"))
    assert entrar(client, "CE", "001234567").url == "/capera/mis-requerimientos/"
    texto = pagina(client.get("/capera/mis-requerimientos/"))
    assert reclamo.codigo in texto
    assert "Recibido, por ingresar" in texto
    texto = pagina(client.get(f"/capera/caso/{reclamo.publico}/"))
    for trozo in ("N° 1", "Por asignar", "El martes 29 de diciembre", "El lunes 21 de diciembre",
                  "Lo recibimos", f"{enlace(reclamo)}hoja/"):  # fmt: skip
        assert trozo in texto
    assert client.get(f"{enlace(reclamo)}hoja/").status_code == 200


def test_escribir_primero_con_un_documento_no_abre_lo_que_se_reciba_despues(
    client, caseta, plantel
):
    """TM-05, 0054: whoever plants their mail on somebody's document reads nothing of theirs."""
    plantado = presentar(Client(), caseta, numero="41234567", correo="otro@correo.example")
    registrado = plantado.cliente
    assert (registrado.nombre, registrado.correo, registrado.telefono) == (
        "Marisol Vilela Ruiz", "", "",
    )  # fmt: skip
    mesa = Recepcionista(plantel.vendedora, caseta, registrado)
    assert "correo_personal" in mesa.pagina().context["form"].fields
    mesa.guardar(correo_personal="marisol@correo.example", telefono="969 333 444")
    recibido = Reclamo.objects.exclude(pk=plantado.pk).get()
    assert recibido.contacto.correo == "marisol@correo.example"
    destinos = {a.destino for a in Aviso.objects.filter(expediente=recibido)}
    assert "otro@correo.example" not in destinos
    entrar(client, "DNI", "41234567")
    lista = pagina(client.get("/capera/mis-requerimientos/"))
    assert (recibido.codigo in lista, plantado.codigo in lista) == (True, False)


def test_lo_escrito_con_otro_correo_no_se_ve_con_el_registrado(client, caseta, denunciante):
    """Nobody reads a complaint by having put their mail first on somebody's document."""
    ajeno = presentar(Client(), caseta, numero=denunciante.numero, fotos=[foto()])
    propio = presentar(Client(), caseta, numero=denunciante.numero, correo=denunciante.correo)
    entrar(client, "DNI", denunciante.numero)
    lista = pagina(client.get("/capera/mis-requerimientos/"))
    assert propio.codigo in lista
    assert ajeno.codigo not in lista
    adjunto = ajeno.adjuntos.get()
    assert client.get(f"/capera/caso/{ajeno.publico}/").status_code == 404
    assert client.get(f"/capera/adjunto/{adjunto.publico}/").status_code == 404
    assert client.get(f"{enlace(ajeno)}hoja/").status_code == 302
    # Its own mail opens it.
    assert ajeno.codigo in pagina(abrir(Client(), ajeno).get(enlace(ajeno)))


def test_nadie_entra_con_un_documento_que_no_ha_reclamado(client, caseta):
    respuesta = client.post("/capera/acceso/", {"documento": "DNI", "numero": "40123456"})
    assert respuesta.url == "/capera/codigo/"
    assert Desafio.objects.get().cliente is None

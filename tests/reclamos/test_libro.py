"""The public Libro de Reclamaciones: what it asks, what it writes, and what it never tells."""

import re
from uuid import uuid4

import pytest
from django.core import mail
from django.test import Client

from postventa.avisos.tasks import barrer
from postventa.calendario import hora
from postventa.empresas.models import Sede
from postventa.expedientes import subidas
from postventa.expedientes.models import Adjunto, Expediente
from postventa.personas.models import Cliente
from postventa.portal.models import Desafio
from reclamos.libro import Identidad, asentar
from reclamos.models import Contacto, Reclamo
from reclamos.registro import HOJAS
from tests.reclamos.conftest import JUEVES
from tests.reclamos.hojas import CORREO, LIBRO, enlace, foto, hoja, presentar


@pytest.fixture(autouse=True)
def jueves(db):
    hora.fijar(JUEVES)
    yield
    hora.normal()


def pagina(respuesta):
    return respuesta.content.decode()


# --- what it asks


def test_se_llega_desde_la_portada_sin_cuenta(client, caseta):
    assert f'href="{LIBRO}"' in pagina(client.get("/capera/"))
    texto = pagina(client.get(LIBRO))
    for trozo in ("CAPERA S.A.C.", "Caseta de Piura", "No está conforme con el producto",
                  "no le impide acudir a otras vías", "15 días hábiles"):  # fmt: skip
        assert trozo in texto
    assert not Desafio.objects.exists()


def test_el_plazo_es_el_de_la_politica(client, capera, caseta):
    capera.politicas.filter(codigo="plazo_legal").update(cantidad=12)
    assert "12 días hábiles" in pagina(client.get(LIBRO))


@pytest.mark.parametrize(
    ("cambios", "mensaje"),
    [
        ({"clase": ""}, "Elija si es un reclamo o una queja."),
        ({"sede": ""}, "Elija el establecimiento de que se trata."),
        ({"numero": "123"}, "Escriba los 8 dígitos del DNI."),
        ({"documento": "RUC", "numero": "20100070971"}, "El RUC no coincide"),
        ({"documento": "RUT"}, "Elija el tipo de documento."),
        ({"correo": "marisol"}, "Escriba el correo completo."),
        ({"monto": "mil"}, "Escriba solo el número"),
        ({"monto": "-1"}, "Escriba solo el número"),
        ({"motivo": "x" * 301}, "Escriba hasta 300 letras."),
        ({"hechos": ""}, "Cuente qué pasó."),
        ({"pedido": ""}, "Escriba qué pide."),
        ({"ocurrio_el": "2026-11-27"}, "Esa fecha todavía no llega."),
        ({"ocurrio_a_las": "tarde"}, "Anote la hora así"),
    ],
)
@pytest.mark.regla("C-03")
def test_lo_que_falta_se_dice_y_lo_escrito_queda(client, caseta, cambios, mensaje):
    respuesta = client.post(LIBRO, hoja(caseta, **cambios))
    texto = pagina(respuesta)
    assert respuesta.status_code == 422
    assert mensaje in texto
    assert "Que me entreguen el lote completo." in texto or "pedido" in cambios
    assert "Jr. Tacna 123, Piura" in texto
    assert not Reclamo.objects.exists()
    assert not Cliente.objects.exists()


@pytest.mark.parametrize(
    ("tipo", "numero", "guardado"),
    [
        ("DNI", "41.234.567", "41234567"),
        ("CE", "001234567", "001234567"),
        ("RUC", "20100070970", "20100070970"),
        ("PAS", "ab 123456", "AB123456"),
    ],
)
def test_documento_con_tipo(client, caseta, tipo, numero, guardado):
    cliente = presentar(client, caseta, documento=tipo, numero=numero).cliente
    assert (cliente.tipo_documento, cliente.numero) == (tipo, guardado)


# --- what it writes


@pytest.mark.regla("C-03", "C-04")
def test_una_hoja_entera_queda_formalizada_con_su_codigo_y_su_numero(client, caseta):
    reclamo = presentar(client, caseta, fotos=[foto(), foto("otra.jpg")], apoderado="Ana Ruiz")
    assert (reclamo.estado, reclamo.canal, reclamo.origen) == ("FORMALIZADA", "web", "externa")
    assert (reclamo.codigo, reclamo.hoja_numero) == ("CAP-20261126-01", 1)
    assert reclamo.recibida_por is None
    assert (reclamo.bien, str(reclamo.monto), reclamo.apoderado) == (
        "producto",
        "1500.50",
        "Ana Ruiz",
    )
    assert reclamo.adjuntos.count() == 2
    assert [m.verbo for m in reclamo.movimientos.all()] == ["recibir", "formalizar"]
    assert {m.clase_actor for m in reclamo.movimientos.all()} == {"cliente"}
    assert set(reclamo.plazos.values_list("codigo", flat=True)) == {
        "ingreso",
        "respuesta",
        "plazo_legal",
    }
    documento = reclamo.documentos.get()
    assert documento.tipo == "formulario"
    for dato in ("Marisol Vilela Ruiz", "41234567", CORREO, "Que me entreguen", "Lote 14"):
        assert dato in documento.canonico


def test_cada_establecimiento_lleva_sus_hojas(client, caseta, capera):
    otra = Sede.objects.create(empresa=capera, codigo="sullana", nombre="Caseta de Sullana")
    numeros = [presentar(Client(), sede).hoja_numero for sede in (caseta, otra, caseta)]
    assert numeros == [1, 1, 2]


def test_lo_enviado_muestra_codigo_hoja_y_fechas_y_la_hoja_se_imprime(client, caseta):
    reclamo = presentar(client, caseta)
    texto = pagina(client.get(f"{enlace(reclamo)}enviado/"))
    for trozo in ("CAP-20261126-01", "N° 1", "El martes 29 de diciembre", "El lunes 21 de dic"):
        assert trozo in texto
    texto = pagina(client.get(f"{enlace(reclamo)}hoja/"))
    for trozo in (
        "Al medirlo faltan 12 metros.",
        "Que me entreguen",
        "S/\N{NO-BREAK SPACE}1,500.50",
    ):
        assert trozo in texto


def test_su_copia_en_pdf_y_ninguna_otra(client, caseta):
    reclamo = presentar(client, caseta)
    respuesta = client.get(f"{enlace(reclamo)}hoja_consumidor-1.pdf")
    assert respuesta["Content-Type"] == "application/pdf"
    assert respuesta.content.startswith(b"%PDF")
    assert client.get(f"{enlace(reclamo)}hoja_proveedor-1.pdf").status_code == 404
    assert Client().get(f"{enlace(reclamo)}hoja_consumidor-1.pdf").url == enlace(reclamo)


def test_la_copia_sale_al_correo_escrito_y_no_repite_lo_escrito(client, caseta, settings):
    reclamo = presentar(client, caseta, nombre="Gana un premio en estafa.example")
    barrer()
    copia = next(m for m in mail.outbox if m.to == [CORREO])
    assert copia.subject == "Hoja de reclamación N° 1: recibimos su reclamo"
    assert f"{settings.SITE_URL}{enlace(reclamo)}" in copia.body
    # TM-05: what somebody typed travels to nobody's mailbox.
    html = copia.alternatives[0].content
    for escrito in ("estafa", "faltan 12", "no es el del contrato", "Algarrobos"):
        assert escrito not in copia.subject + copia.body + html


def test_no_se_dibuja_ningun_correo_en_la_peticion(client, caseta, monkeypatch):
    def nunca(*args, **kwargs):
        raise AssertionError("se dibujó un correo")

    monkeypatch.setattr("postventa.avisos.correo.renderizar", nunca)
    reclamo = presentar(client, caseta)
    assert set(reclamo.avisos.values_list("estado", flat=True)) == {"EN_COLA"}


def test_el_mismo_formulario_dos_veces_es_una_hoja(client, caseta):
    datos = hoja(caseta)
    urls = {client.post(LIBRO, datos).url for _ in range(3)}
    assert len(urls) == 1
    assert Reclamo.objects.count() == 1
    # Nor does it count against who sent it.
    assert Desafio.objects.count() == 1


def test_si_algo_falla_no_queda_nada(client, caseta, monkeypatch):
    def lleno(*args, **kwargs):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("reclamos.libro.subidas.guardar", lleno)
    respuesta = client.post(LIBRO, hoja(caseta, fotos=[foto()]))
    assert respuesta.status_code == 507
    assert "Al medirlo faltan 12 metros." in pagina(respuesta)
    assert not Expediente.objects.exists()
    assert not Cliente.objects.exists()
    assert not Adjunto.objects.exists()


@pytest.mark.parametrize(
    ("archivos", "mensaje"),
    [
        (["nota.docx"], "no es un archivo que podamos recibir"),
        ([f"{n}.jpg" for n in range(7)], "Elija hasta 6 archivos."),
    ],
)
def test_foto_que_no_se_toma_lo_dice_y_no_envia(client, caseta, archivos, mensaje):
    respuesta = client.post(LIBRO, hoja(caseta, fotos=[foto(n) for n in archivos]))
    assert respuesta.status_code == 422
    assert mensaje in pagina(respuesta)
    assert "Elija de nuevo sus archivos" in pagina(respuesta)
    assert not Reclamo.objects.exists()


# --- what it never tells


def test_documento_conocido_no_cambia_lo_registrado_ni_lo_cuenta(client, caseta, denunciante):
    reclamo = presentar(client, caseta, numero=denunciante.numero)
    assert reclamo.cliente == denunciante
    denunciante.refresh_from_db()
    assert (denunciante.nombre, denunciante.correo) == ("Rosa Chunga Silva", "rosa@correo.example")
    assert reclamo.contacto == ("Marisol Vilela Ruiz", CORREO, "+51 969 333 444")
    vistas = [client.get(f"{enlace(reclamo)}{p}") for p in ("enviado/", "hoja/")]
    for texto in map(pagina, vistas):
        assert "Rosa" not in texto
        assert "rosa@" not in texto
    barrer()
    assert not [m for m in mail.outbox if "rosa@correo.example" in m.to]


def test_conocido_y_desconocido_cuestan_y_responden_lo_mismo(caseta, denunciante):
    paginas = []
    for numero in (denunciante.numero, "49999999"):
        navegador = Client()
        reclamo = presentar(navegador, caseta, numero=numero)
        texto = pagina(navegador.get(f"{enlace(reclamo)}enviado/"))
        for dato in (reclamo.codigo, reclamo.publico, f"N° {reclamo.hoja_numero}"):
            texto = texto.replace(dato, "")
        # The buttons that close it carry a token, another in each browser.
        paginas.append(re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", texto))
    assert paginas[0] == paginas[1]


def test_quien_no_la_envio_no_la_lee(client, caseta):
    reclamo = presentar(client, caseta)
    for camino in ("enviado/", "hoja/"):
        respuesta = Client().get(f"{enlace(reclamo)}{camino}")
        assert (respuesta.status_code, respuesta.url) == (302, enlace(reclamo))
    texto = pagina(Client().get(enlace(reclamo)))
    assert reclamo.codigo not in texto
    assert "Marisol" not in texto
    assert client.get("/capera/reclamo/no-existe/hoja/").status_code == 404


# --- limits


def test_tres_hojas_por_hora_de_un_documento_y_despues_se_dice_que_hacer(caseta, denunciante):
    for _ in range(3):
        presentar(Client(), caseta)
    respuesta = Client().post(LIBRO, hoja(caseta))
    assert respuesta.status_code == 429
    assert "Espere una hora" in pagina(respuesta)
    assert "Al medirlo faltan 12 metros." in pagina(respuesta)
    assert Reclamo.objects.count() == 3
    # Another person from there still can.
    presentar(Client(), caseta, numero="40123456")


def test_treinta_por_hora_de_una_red(caseta):
    estados = [
        Client()
        .post(LIBRO, hoja(caseta, numero=str(40000000 + n), correo=f"n{n}@correo.example"))
        .status_code
        for n in range(31)
    ]
    assert estados == [302] * 30 + [429]


def test_diez_por_hora_a_un_correo_cambien_documento_y_red(caseta):
    """TM-05."""
    estados = [
        Client(REMOTE_ADDR=f"203.0.{n}.9")
        .post(LIBRO, hoja(caseta, numero=str(40000000 + n)))
        .status_code
        for n in range(11)
    ]
    assert estados == [302] * 10 + [429]
    presentar(Client(REMOTE_ADDR="203.0.99.9"), caseta, numero="40999999", correo="o@correo.pe")


def test_las_hojas_no_gastan_los_codigos_de_quien_tiene_ese_documento(caseta, denunciante):
    for _ in range(3):
        presentar(Client(), caseta, numero=denunciante.numero)
    datos = {"documento": "DNI", "numero": denunciante.numero}
    assert Client().post("/capera/acceso/", datos).status_code == 302
    barrer()
    assert [m.to for m in mail.outbox].count(["rosa@correo.example"]) == 0
    assert Desafio.objects.filter(cliente=denunciante, proposito="acceso").count() == 1


# --- its pages


@pytest.mark.parametrize(
    "camino", ["", "acceso/", "privacidad/", "contacto/", "libro-de-reclamaciones/"]
)
def test_paginas_de_capera_se_ven(client, caseta, camino):
    assert client.get(f"/capera/{camino}").status_code == 200


# --- what it costs


@pytest.mark.parametrize("fotos", [0, 3])
def test_asentar_cuesta(caseta, capera, fotos, django_assert_num_queries):
    tomadas = [subidas.revisar(foto()) for _ in range(fotos)]
    quien = Identidad("DNI", "41234567", Contacto("Marisol", CORREO, "969"))
    campos = {"clase": "RECLAMO", "motivo": "Uno", "hechos": "Dos", "lugar": "Tres",
              "ocurrio_el": JUEVES.date(), "bien": "producto"}  # fmt: skip
    with django_assert_num_queries(47 + fotos):
        asentar(caseta, quien, nonce=uuid4(), ahora=JUEVES, fotos=tomadas, **campos)


def test_el_personal_y_el_registro_leen_a_quien_escribio(client, caseta, denunciante, plantel):
    reclamo = presentar(Client(), caseta, numero=denunciante.numero)
    client.force_login(plantel.legal)
    texto = pagina(client.get(f"/consola/reclamos/reclamo/{reclamo.pk}/change/"))
    assert "Marisol Vilela Ruiz" in texto
    assert CORREO in texto
    fila = [columna.valor(reclamo) for columna in HOJAS]
    assert "Marisol Vilela Ruiz" in fila
    assert "Rosa Chunga Silva" not in fila


def test_la_misma_hoja_dos_veces_a_la_vez_queda_una(caseta, monkeypatch):
    """The other send was stored while this one waited for the counter."""
    primera = presentar(Client(), caseta)
    monkeypatch.setattr("reclamos.libro.recibir", lambda *args, **kwargs: primera)
    quien = Identidad("DNI", "41234567", Contacto("Marisol", CORREO, "969"))
    assert asentar(caseta, quien, nonce=uuid4(), ahora=JUEVES, clase="RECLAMO") == primera
    assert primera.movimientos.filter(verbo="formalizar").count() == 1

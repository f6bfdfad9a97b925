"""Photos and PDFs of a complaint: let in by every door and listed on its page."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from postventa.expedientes.models import Adjunto, Movimiento
from postventa.expedientes.subidas import POR_TICKET
from tests.consola.conftest import entrar
from tests.expedientes.manos import pdf
from tests.reclamos.hojas import foto, presentar
from tests.reclamos.oficina import LISTA, Oficina
from tests.reclamos.recepcionista import Recepcionista


def carta(nombre="carta.pdf"):
    return SimpleUploadedFile(nombre, pdf(), "application/pdf")


def agregar(oficina, *archivos):
    return oficina.web.post(f"{LISTA}{oficina.pk}/adjuntar/", {"fotos": list(archivos)})


@pytest.fixture
def en_analisis(caso):
    caso.analizar()
    return caso


def test_libro_toma_un_pdf_y_la_ficha_lo_muestra_con_su_miniatura(client, caseta, plantel):
    reclamo = presentar(client, caseta, fotos=[foto(), carta()])
    assert list(reclamo.adjuntos.order_by("pk").values_list("nombre", "tipo")) == [
        ("lote.jpg", "image/jpeg"),
        ("carta.pdf", "application/pdf"),
    ]
    web = entrar(plantel.legal)
    pagina = web.get(f"{LISTA}{reclamo.pk}/change/").content.decode()
    for adjunto in reclamo.adjuntos.all():
        url = f"{LISTA}{reclamo.pk}/adjunto/{adjunto.publico}/"
        assert f'href="{url}"' in pagina
        assert f'src="{url}?m=1"' in pagina
    assert "No llegó con fotos" not in pagina


def test_recepcion_toma_un_pdf(caseta, plantel):
    mesa = Recepcionista(plantel.vendedora, caseta)
    respuesta = mesa.guardar(
        canal="carta", nombre="Rosa Chunga", tipo_documento="DNI", numero="41234567",
        telefono="969000111", fotos=[carta()],
    )  # fmt: skip
    assert respuesta.status_code == 302, respuesta.context["errores"]
    assert Adjunto.objects.get().tipo == "application/pdf"


def test_pdf_se_entrega_como_descarga_que_no_ejecuta_nada(client, caseta, plantel):
    reclamo = presentar(client, caseta, fotos=[carta()])
    url = f"{LISTA}{reclamo.pk}/adjunto/{reclamo.adjuntos.get().publico}/"
    respuesta = entrar(plantel.legal).get(url)
    assert respuesta["Content-Type"] == "application/pdf"
    assert respuesta["Content-Disposition"] == 'attachment; filename="carta.pdf"'
    assert respuesta["X-Content-Type-Options"] == "nosniff"
    assert respuesta["Content-Security-Policy"].startswith("sandbox")
    pequena = entrar(plantel.legal).get(f"{url}?m=1")
    assert pequena["Content-Type"] == "image/jpeg"


def test_archivo_no_lo_ve_a_quien_alude(client, caseta, plantel):
    reclamo = presentar(client, caseta, fotos=[carta()])
    url = f"{LISTA}{reclamo.pk}/adjunto/{reclamo.adjuntos.get().publico}/"
    reclamo.aludidos.add(plantel.legal)
    assert entrar(plantel.legal).get(url).status_code == 404


def test_analisis_agrega_archivos_y_quedan_en_la_historia(en_analisis, plantel):
    jefa = Oficina(en_analisis, plantel.jefa_obra)
    assert "Agregar fotos o PDF" in jefa.pagina().content.decode()
    respuesta = agregar(jefa, foto("plano.jpg"), carta("informe.pdf"))
    assert (respuesta.status_code, respuesta.url) == (302, f"{LISTA}{jefa.pk}/change/#archivos")
    assert set(jefa.reclamo.adjuntos.values_list("nombre", flat=True)) == {
        "plano.jpg",
        "informe.pdf",
    }
    ultimo = Movimiento.objects.filter(expediente=jefa.pk).latest("numero")
    assert (ultimo.verbo, ultimo.por) == ("adjuntar", plantel.jefa_obra)
    assert "plano.jpg, informe.pdf" in jefa.pagina("?ver=historial").content.decode()


@pytest.mark.parametrize(
    ("archivos", "dice"),
    [
        ([], "Elige al menos un archivo."),
        (["x.docx"], "no es un archivo que podamos recibir"),
        (["x.pdf"], "no contiene un PDF"),
        ([f"{n}.jpg" for n in range(7)], "Agrega hasta 6 archivos a la vez."),
    ],
)
def test_archivo_que_no_entra_lo_dice_y_nada_cambia(en_analisis, plantel, archivos, dice):
    jefa = Oficina(en_analisis, plantel.jefa_obra)
    antes = Movimiento.objects.count()
    respuesta = agregar(jefa, *(foto(nombre) for nombre in archivos))
    assert respuesta.status_code == 422
    assert dice in re.sub(r"\s+", " ", respuesta.content.decode())
    assert (Movimiento.objects.count(), Adjunto.objects.count()) == (antes, 0)


def test_un_caso_lleva_hasta_veinte_archivos(en_analisis, plantel, monkeypatch):
    monkeypatch.setattr("postventa.expedientes.subidas.POR_TICKET", 1)
    jefa = Oficina(en_analisis, plantel.jefa_obra)
    respuesta = agregar(jefa, foto("a.jpg"), foto("b.jpg"))
    assert respuesta.status_code == 422
    assert "Un caso lleva hasta 1 archivos." in respuesta.content.decode()
    assert POR_TICKET == 20


def test_agregar_archivos_es_de_quien_recibe_responde_o_de_legal(en_analisis, plantel):
    for persona, status in (
        (plantel.legal, 302), (plantel.vendedora, 302), (plantel.jefa_obra, 302),
        (plantel.gerente, 403),
    ):  # fmt: skip
        assert agregar(Oficina(en_analisis, persona), foto()).status_code == status
    assert Oficina(en_analisis, plantel.legal).web.get(
        f"{LISTA}{en_analisis.reclamo.pk}/adjuntar/"
    ).status_code == 405  # fmt: skip


def test_archivada_no_recibe_mas_archivos(caso, plantel):
    caso.respondida().tramitar("conformar", caso.cliente).archivar()
    legal = Oficina(caso, plantel.legal)
    assert "Agregar fotos o PDF" not in legal.pagina().content.decode()
    assert agregar(legal, foto()).status_code == 409
    assert Adjunto.objects.count() == 0

"""A PDF let in: only what its pages draw is kept, and what cannot be read is refused in words."""

import io

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image
from pypdf import PdfReader

from postventa.expedientes import pdfs, subidas
from tests.expedientes.manos import pdf


def revisar(contenido, nombre="carta.pdf"):
    return subidas.revisar(SimpleUploadedFile(nombre, contenido), con_pdf=True)


def test_pdf_se_guarda_rehecho_sin_guiones_ni_archivos_dentro():
    original = pdf(3, con_malicia=True)
    assert b"contenidooculto" in original
    assert b"guionoculto" in original
    foto = revisar(original)
    assert (foto.nombre, foto.tipo) == ("carta.pdf", "application/pdf")
    leido = PdfReader(io.BytesIO(foto.contenido))
    assert len(leido.pages) == 3
    assert not {"/OpenAction", "/Names", "/AA", "/AcroForm"} & set(leido.trailer["/Root"])
    for oculto in (b"contenidooculto", b"guionoculto", b"JavaScript", b"Autor Secreto"):
        assert oculto not in foto.contenido
    assert leido.attachments == {}


def test_pdf_lleva_la_miniatura_de_su_primera_pagina():
    foto = revisar(pdf())
    with Image.open(io.BytesIO(foto.miniatura)) as imagen:
        assert (imagen.format, max(imagen.size)) == ("JPEG", 320)


@pytest.mark.parametrize("medidas", [(1, 2000), (10, 20000), (200000, 1)])
def test_pdf_de_hoja_larguisima_no_crece_al_dibujarla(medidas):
    foto = revisar(pdf(medidas=medidas))
    with Image.open(io.BytesIO(foto.miniatura)) as imagen:
        assert max(imagen.size) == 320


@pytest.mark.parametrize(
    ("contenido", "dice"),
    [
        (b"hola", "no contiene un PDF"),
        (b"<html>%PDF-1.4", "no contiene un PDF"),
        (b"%PDF-1.4\nbasura", "incompleto o dañado"),
    ],
)
def test_pdf_que_no_lo_es_se_rechaza_con_palabras(contenido, dice):
    with pytest.raises(ValidationError, match=dice):
        revisar(contenido)


def test_pdf_con_clave_pide_una_copia_sin_ella():
    with pytest.raises(ValidationError, match="una copia sin clave"):
        revisar(pdf(clave="x"))


def test_pdf_con_muchas_paginas_pide_menos(monkeypatch):
    monkeypatch.setattr(pdfs, "PAGINAS", 4)
    assert revisar(pdf(4)).tipo == "application/pdf"
    with pytest.raises(ValidationError, match="más de 4 páginas"):
        revisar(pdf(5))


def test_pdf_que_no_termina_se_rechaza(monkeypatch):
    monkeypatch.setattr(pdfs, "ESPERA_S", 0.001)
    with pytest.raises(ValidationError, match="incompleto o dañado"):
        revisar(pdf())


def test_pdf_donde_solo_entran_fotos_se_rechaza():
    with pytest.raises(ValidationError, match="JPG, PNG, WEBP o HEIC"):
        subidas.revisar(SimpleUploadedFile("carta.pdf", pdf()))


def test_otro_archivo_dice_que_tambien_entran_pdf():
    with pytest.raises(ValidationError, match="JPG, PNG, WEBP, HEIC o PDF"):
        revisar(b"PK", "carta.docx")

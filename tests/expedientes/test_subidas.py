"""What comes in is a photo and only a photo (TM-22)."""

import errno
import io
import struct
import zlib

import pytest
from django.core.exceptions import ValidationError
from django.core.files.storage import FileSystemStorage
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from postventa.calendario import hora
from postventa.expedientes import subidas
from postventa.expedientes.models import Adjunto, Borrador
from tests.expedientes import manos


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "adjuntos"
    return settings.MEDIA_ROOT


@pytest.fixture
def borrador(icalma, cliente):
    ahora = hora.ahora()
    return Borrador.objects.create(
        empresa=icalma, cliente=cliente, tipo="icalma", creado_en=ahora, vence_en=ahora
    )


def archivo(nombre, contenido):
    return SimpleUploadedFile(nombre, contenido)


def imagen(formato="JPEG", medida=(60, 40), modo="RGB", color="red", **extra):
    salida = io.BytesIO()
    Image.new(modo, medida, color).save(salida, formato, **extra)
    return salida.getvalue()


def aceptar(borrador, nombre, contenido):
    return manos.aceptar(archivo(nombre, contenido), ahora=hora.ahora(), borrador=borrador)


def en_disco(media):
    return [p for p in media.rglob("*") if p.is_file()] if media.exists() else []


@pytest.mark.parametrize(
    ("nombre", "formato"),
    [
        ("a.jpg", "JPEG"),
        ("a.JPEG", "JPEG"),
        ("a.png", "PNG"),
        ("a.webp", "WEBP"),
        ("IMG_0001.HEIC", "HEIF"),
        ("a.heif", "HEIF"),
    ],
)
def test_foto_buena_se_guarda_como_jpeg_nuevo(borrador, media, nombre, formato):
    adjunto = aceptar(borrador, nombre, imagen(formato, (64, 64)))
    assert (adjunto.tipo, adjunto.nombre) == ("image/jpeg", nombre)
    with Image.open(adjunto.archivo.path) as guardada:
        assert (guardada.format, guardada.size) == ("JPEG", (64, 64))
    assert len(en_disco(media)) == 2  # and its small one
    assert adjunto.archivo.size == adjunto.bytes
    assert adjunto.archivo.name.rpartition("/")[2] != nombre


def test_pierde_gps_comentarios_y_queda_derecha(borrador):
    exif = Image.Exif()
    exif[0x0112] = 6  # rotated
    exif.get_ifd(0x8825)[2] = (33.0, 26.0, 0.0)
    exif[0x010F] = "Camara Secreta"
    contenido = imagen(medida=(60, 40), exif=exif, comment=b"vivo en el 704")
    adjunto = aceptar(borrador, "a.jpg", contenido)
    with Image.open(adjunto.archivo.path) as guardada:
        assert guardada.size == (40, 60)
        assert dict(guardada.getexif()) == {}
        assert "comment" not in guardada.info
    assert b"Camara" not in adjunto.archivo.open().read()


def test_foto_grande_se_achica(borrador):
    adjunto = aceptar(borrador, "a.jpg", imagen(medida=(4000, 1000)))
    with Image.open(adjunto.archivo.path) as guardada:
        assert guardada.size == (2560, 640)


def test_transparencia_queda_sobre_blanco(borrador):
    adjunto = aceptar(borrador, "a.png", imagen("PNG", modo="RGBA", color=(0, 0, 0, 0)))
    with Image.open(adjunto.archivo.path) as guardada:
        assert guardada.getpixel((5, 5)) == (255, 255, 255)


def png_de(ancho, alto):
    """A PNG that says it is huge in a few bytes."""

    def trozo(tipo, datos):
        return (
            struct.pack(">I", len(datos)) + tipo + datos
            + struct.pack(">I", zlib.crc32(tipo + datos))
        )  # fmt: skip

    cabecera = struct.pack(">IIBBBBB", ancho, alto, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + trozo(b"IHDR", cabecera)
        + trozo(b"IDAT", zlib.compress(b"\0" * 1000)) + trozo(b"IEND", b"")
    )  # fmt: skip


HTML = b"<html><script>alert(1)</script></html>"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'


@pytest.mark.parametrize(
    ("nombre", "contenido", "codigo"),
    [
        ("x.svg", SVG, "formato"),
        ("x.html", HTML, "formato"),
        ("x.pdf.html", b"%PDF-1.7 " + HTML, "formato"),
        ("x.pdf", b"%PDF-1.7", "formato"),
        ("../../x", imagen(), "formato"),
        ("x", imagen(), "formato"),
        ("", imagen(), "formato"),
        ("x.jpg.exe", imagen(), "formato"),
        ("x.gif", imagen("GIF"), "formato"),
        ("x.jpg", SVG, "contenido"),
        ("x.jpg", HTML, "contenido"),
        ("x.jpg", b"", "contenido"),
        ("x.jpg", imagen("PNG"), "contenido"),
        ("x.png", imagen("JPEG"), "contenido"),
        ("x.heic", imagen("JPEG"), "contenido"),
        ("x.webp", b"RIFF\0\0\0\0AVI LIST", "contenido"),
        ("x.png", b"\x89PNG\r\n\x1a\n" + HTML, "danada"),
        ("x.jpg", b"\xff\xd8\xff\xe0" + HTML, "danada"),
        ("x.jpg", imagen(medida=(600, 400))[:-900], "danada"),
        ("x.png", imagen("PNG")[:60], "danada"),
        ("x.png", png_de(30_000, 30_000), "pixeles"),
        ("x.jpg", b"\xff\xd8\xff" + b"0" * subidas.BYTES, "peso"),
    ],
)
def test_lo_que_no_es_una_foto_se_rechaza_sin_dejar_nada(
    borrador, media, nombre, contenido, codigo
):
    subida = archivo("x.jpg", contenido)
    subida._name = nombre
    with pytest.raises(ValidationError) as error:
        manos.aceptar(subida, ahora=hora.ahora(), borrador=borrador)
    assert error.value.code == codigo
    assert error.value.message.endswith((".", "HEIC."))
    assert en_disco(media) == []
    assert Adjunto.objects.count() == 0


def test_lo_pegado_despues_de_la_imagen_no_se_guarda(borrador):
    adjunto = aceptar(borrador, "x.jpg", imagen() + HTML)
    assert HTML not in adjunto.archivo.open().read()


@pytest.mark.parametrize(
    ("nombre", "limpio"),
    [
        ("../../etc/x.jpg", "x.jpg"),
        ("C:\\fotos\\x.jpg", "x.jpg"),
        ("x\r\nBcc: y.jpg", "x Bcc: y.jpg"),
        ("\x00\x1b[31m.jpg", "[31m.jpg"),
        ("a" * 300 + ".jpg", "a" * 116 + ".jpg"),
        ("", "foto"),
    ],
)
def test_nombre_se_limpia(nombre, limpio):
    assert subidas.limpiar_nombre(nombre) == limpio


def test_si_la_transaccion_falla_el_archivo_se_va(borrador, media):
    def falla():
        with subidas.todo_o_nada() as aceptados:
            aceptados.append(aceptar(borrador, "x.jpg", imagen()))
            raise RuntimeError

    with pytest.raises(RuntimeError):
        falla()
    assert en_disco(media) == []
    assert Adjunto.objects.count() == 0


def test_si_la_fila_no_entra_el_archivo_se_va(media, db):
    with pytest.raises(Exception, match="adjunto_con_duenio"):
        manos.aceptar(archivo("x.jpg", imagen()), ahora=hora.ahora())
    assert en_disco(media) == []


def test_disco_lleno_no_deja_medio_archivo(borrador, media, monkeypatch):
    def lleno(self, nombre, contenido):
        ruta = media / nombre
        ruta.parent.mkdir(parents=True, exist_ok=True)
        ruta.write_bytes(b"a medias")
        raise OSError(errno.ENOSPC, "lleno")

    monkeypatch.setattr(FileSystemStorage, "_save", lleno)
    with pytest.raises(OSError) as error:
        aceptar(borrador, "x.jpg", imagen())
    assert subidas.sin_espacio(error.value)
    assert en_disco(media) == []
    assert Adjunto.objects.count() == 0


def test_archivo_temporal_que_no_cabe_se_suelta_y_sigue_el_formulario(rf, monkeypatch):
    """The disk fills while the upload itself is being written: the text still arrives."""
    from django.core.files.uploadhandler import TemporaryFileUploadHandler

    def lleno(self, datos, desde):
        raise OSError(errno.ENOSPC, "lleno")

    monkeypatch.setattr(TemporaryFileUploadHandler, "receive_data_chunk", lleno)
    request = rf.post("/", {"fotos": archivo("x.jpg", imagen()), "descripcion": "Mi texto"})
    request.upload_handlers = [subidas.ManejadorDeFotos(request)]
    assert request.POST["descripcion"] == "Mi texto"
    assert request.FILES.getlist("fotos") == []
    assert request.fotos_rechazadas == [subidas.SIN_ESPACIO]
    assert request.disco_lleno is True


def test_una_foto_enorme_no_se_lleva_a_la_buena(rf):
    grande = archivo("g.jpg", b"\xff\xd8\xff" + b"0" * subidas.BYTES)
    request = rf.post("/", {"fotos": [archivo("b.jpg", imagen()), grande], "descripcion": "T"})
    request.upload_handlers = [subidas.ManejadorDeFotos(request)]
    assert request.POST["descripcion"] == "T"
    assert [f.name for f in request.FILES.getlist("fotos")] == ["b.jpg"]
    assert request.FILES["fotos"].read() == imagen()
    assert request.fotos_rechazadas == ["«g.jpg» pesa más de 10 MB. Hace falta una más liviana."]

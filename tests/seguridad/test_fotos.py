"""Files that lie, swell or carry more than pixels, sent as a browser sends them (TM-22)."""

import io
import struct
import threading
import time
import tracemalloc
import zlib

import pytest
from PIL import Image, PngImagePlugin

from postventa.expedientes import subidas
from postventa.expedientes.models import Adjunto
from tests.icalma.conftest import archivos, escrita, foto, fotos_en_disco, imagen

LIMITE = b"frontera"


def trozo(tipo, datos):
    largo, suma = struct.pack(">I", len(datos)), struct.pack(">I", zlib.crc32(tipo + datos))
    return largo + tipo + datos + suma


def png(ancho, alto, *extra, pixeles=b"\0" * 1000):
    cabecera = struct.pack(">IIBBBBB", ancho, alto, 8, 2, 0, 0, 0)
    medio = b"".join(trozo(t, d) for t, d in (*extra, (b"IDAT", zlib.compress(pixeles, 9))))
    return b"\x89PNG\r\n\x1a\n" + trozo(b"IHDR", cabecera) + medio + trozo(b"IEND", b"")


def animada(formato):
    salida = io.BytesIO()
    cuadros = [Image.new("RGB", (20, 20), c) for c in ("red", "blue", "green")]
    cuadros[0].save(salida, formato, save_all=True, append_images=cuadros[1:])
    return salida.getvalue()


def con_texto(**trozos):
    info = PngImagePlugin.PngInfo()
    for nombre, texto in trozos.items():
        info.add_text(nombre, texto, zip=True)
    return imagen("PNG", pnginfo=info)


GIGA = b"\0" * 60_000_000
BOMBAS = {
    "texto": png(40, 30, (b"zTXt", b"a\0\0" + zlib.compress(GIGA, 9))),
    "perfil": png(40, 30, (b"iCCP", b"a\0\0" + zlib.compress(GIGA, 9))),
    "pixeles": png(40, 30, pixeles=GIGA),
}
PIXELES = png(5000, 5001), png(1, 25_000_001), png(0, 10), png(2**31 - 1, 2**31 - 1)


@pytest.mark.parametrize(
    ("nombre", "contenido"),
    [
        ("x.jpg", imagen("TIFF")),
        ("x.png", imagen("TIFF")),
        ("x.jpg", imagen("BMP")),
        ("x.jpg", imagen("GIF")),
        ("x.png", animada("GIF")),
        ("x.jpg", b"\xff\xd8\xff" + imagen("PNG")),
        ("x.webp", imagen("WEBP")[:40]),
        ("x.heic", b"\0\0\0\x18ftypheic" + b"\0" * 300),
        ("x.heic", b"\0\0\0\x18ftypmif1" + b"<svg/>" * 50),
        ("x.jpg", b"%PDF-1.7"),
        ("x.eps", b"%!PS-Adobe-3.0 EPSF-3.0"),
        ("x.jpg", b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n"),
        ("x.jpg\x00.html", imagen()),
        ("x.jpg.", imagen()),
        ("x.JPG.svg", imagen()),
        *(("x.png", contenido) for contenido in PIXELES),
    ],
)
def test_lo_que_no_es_una_foto_no_deja_nada(duenia, unidad, media, nombre, contenido):
    url = f"/icalma/requerimiento/{unidad.pk}/"
    for respuesta in (
        duenia.post(url, {**escrita(), "fotos": foto(nombre, contenido)}),
        duenia.post(f"{url}foto/", {"fotos": foto(nombre, contenido)}),
    ):
        assert respuesta.status_code == 422
    assert (Adjunto.objects.count(), archivos(media)) == (0, [])


@pytest.mark.parametrize("bomba", BOMBAS)
def test_png_que_se_infla_no_se_lleva_la_memoria(duenia, unidad, media, bomba):
    contenido = BOMBAS[bomba]
    assert len(contenido) < 100_000
    tracemalloc.start()
    respuesta = duenia.post(
        f"/icalma/requerimiento/{unidad.pk}/foto/", {"fotos": foto("x.png", contenido)}
    )
    _, maximo = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert respuesta.status_code in (200, 422)
    assert maximo < 30_000_000
    assert all(len(p.read_bytes()) < 10_000 for p in archivos(media))


def test_la_via_de_una_foto_decodifica_una(duenia, unidad, monkeypatch):
    vistas, limpiar = [], subidas._limpiar
    monkeypatch.setattr(subidas, "_limpiar", lambda i: vistas.append(1) or limpiar(i))
    duenia.post(f"/icalma/requerimiento/{unidad.pk}/foto/", {"fotos": [foto() for _ in range(6)]})
    assert (len(vistas), Adjunto.objects.count()) == (1, 1)


def test_se_decodifica_de_a_una(monkeypatch):
    """A small file may need much memory for an instant: two of them never do at once."""
    dentro, maximo, limpiar = [], [], subidas._limpiar

    def lenta(imagen_):
        dentro.append(1)
        maximo.append(len(dentro))
        time.sleep(0.02)
        dentro.pop()
        return limpiar(imagen_)

    monkeypatch.setattr(subidas, "_limpiar", lenta)
    hilos = [threading.Thread(target=subidas.revisar, args=[foto()]) for _ in range(4)]
    for hilo in hilos:
        hilo.start()
    for hilo in hilos:
        hilo.join()
    assert maximo == [1, 1, 1, 1]


def test_de_una_animada_queda_un_cuadro(duenia, unidad, media):
    duenia.post(
        f"/icalma/requerimiento/{unidad.pk}/foto/", {"fotos": foto("x.webp", animada("WEBP"))}
    )
    (guardada,) = fotos_en_disco(media)
    with Image.open(guardada) as quieta:
        assert (quieta.format, getattr(quieta, "n_frames", 1)) == ("JPEG", 1)


def test_ni_gps_ni_comentarios_ni_lo_pegado_vuelven(duenia, unidad, media):
    exif = Image.Exif()
    exif[0x010F] = "SECRETO"
    exif.get_ifd(0x8825)[1] = "SECRETO"
    casos = {
        "a.jpg": imagen(exif=exif, comment=b"SECRETO") + b"<script>SECRETO</script>",
        "b.png": con_texto(Comment="SECRETO") + b"<html>SECRETO</html>",
        "c.webp": imagen("WEBP", exif=exif, xmp=b"SECRETO"),
    }
    for nombre, contenido in casos.items():
        respuesta = duenia.post(
            f"/icalma/requerimiento/{unidad.pk}/foto/", {"fotos": foto(nombre, contenido)}
        )
        assert respuesta.status_code == 200, nombre
        servida = duenia.get(respuesta.json()["url"])
        cuerpo = b"".join(servida.streaming_content)
        assert (servida["Content-Type"], b"SECRETO" in cuerpo) == ("image/jpeg", False)
        assert servida["Content-Security-Policy"] == "default-src 'none'; sandbox"
        assert Image.open(io.BytesIO(cuerpo)).getexif() == {}
    assert {p.suffix for p in archivos(media)} == {".jpg"}


@pytest.mark.parametrize(
    ("cabecera", "guardado"),
    [
        (b'filename="../../../x.jpg"', "x.jpg"),
        (b'filename="..\\..\\x.jpg"', "x.jpg"),
        (b'filename="x%0d%0aX-Malo: 1.jpg"', "x%0d%0aX-Malo: 1.jpg"),
        (b"filename*=utf-8''a%0d%0aX-Malo%3A%201.jpg", "aX-Malo: 1.jpg"),
        (b"filename*=utf-8''%E2%80%AEgpj.exe.jpg", "gpj.exe.jpg"),
        (b"filename*=utf-8''%ED%A0%80.jpg", "���.jpg"),
        (b"filename=\"<svg onload='alert(1)'>.jpg\"", "<svg onload='alert(1)'>.jpg"),
        (b"filename*=utf-7''+2AA-.jpg", None),
        (b"filename*=inventado''x.jpg", None),
        (b'filename=""', None),
    ],
)
def test_nombre_hostil_no_sale_de_su_lugar(duenia, unidad, media, cabecera, guardado):
    cuerpo = b"\r\n".join(
        [
            b"--" + LIMITE,
            b'Content-Disposition: form-data; name="fotos"; ' + cabecera,
            b"Content-Type: image/jpeg",
            b"",
            imagen(),
            b"--" + LIMITE + b"--",
            b"",
        ]
    )
    respuesta = duenia.generic(
        "POST",
        f"/icalma/requerimiento/{unidad.pk}/foto/",
        cuerpo,
        f"multipart/form-data; boundary={LIMITE.decode()}",
    )
    assert respuesta.status_code == (200 if guardado else 422)
    assert [a.nombre for a in Adjunto.objects.all()] == ([guardado] if guardado else [])
    if guardado:
        servida = duenia.get(respuesta.json()["url"])
        assert servida.get("X-Malo") is None
        assert servida["Content-Disposition"].startswith("inline; filename")
        assert [p.parent.parent.parent for p in fotos_en_disco(media)] == [media / "adjuntos"]


def test_cuerpo_de_cien_megas_se_rechaza_sin_leerlo(duenia, unidad):
    respuesta = duenia.generic(
        "POST",
        f"/icalma/requerimiento/{unidad.pk}/",
        b"",
        "multipart/form-data; boundary=a",
        CONTENT_LENGTH=str(100 * 1024 * 1024),
    )
    assert respuesta.status_code == 413


def test_veinte_borradores_llenos_no_crecen_sin_tope(duenia, unidad, media):
    """Photos that nothing shows any more are forgotten: an owner cannot fill the disk."""
    url = f"/icalma/requerimiento/{unidad.pk}/"
    for _ in range(30):
        duenia.post(f"{url}foto/", {"fotos": foto()})
    assert Adjunto.objects.count() == subidas.POR_OBSERVACION == len(fotos_en_disco(media))

"""A PDF is its template and its data: nothing typed acts, and the same data is the same file."""

import re
import socket
from pathlib import Path

import pytest
from django.conf import settings

from postventa.documentos import pdf
from postventa.documentos.pdf import RAIZ, ErrorDocumento, componer
from postventa.expedientes.bitacora import canonico, sha256
from tests.documentos.leer import abrir, adjuntos, texto

HECHOS = {
    "documento": "Comprobante de ingreso",
    "folio": "ICA-2026-0001",
    "proyecto": "Condominio Los Arrayanes",
    "direccion": "Ñuñoa",
    "unidad": "Torre B, depto. 704",
    "propietario": {"nombre": "Camila Rojas", "rut": "16.482.937-5"},
    "ingresado": "lunes 23 de noviembre de 2026, a las 10:15",
    "supervisor": "Rodrigo Sepúlveda",
    "promesa": None,
    "espera": "",
}


def sobre(*descripciones, empresa="icalma", fecha="2026-11-23T13:15:00+00:00"):
    observaciones = [
        {"numero": n, "recinto": "Cocina", "lugar": "Muro", "item": "Pintura", "fotos": 0}
        | {"descripcion": descripcion}
        for n, descripcion in enumerate(descripciones, 1)
    ]
    hechos = canonico({**HECHOS, "observaciones": observaciones})
    return {
        "canonico": hechos,
        "huella": sha256(hechos),
        "fecha": fecha,
        "adjunto": "comprobante.json",
        "marca": {"codigo": empresa, "nombre": "Icalma", "contacto": ["Inmobiliaria Icalma"]},
    }


def compuesto(*descripciones, **otros):
    return componer("comprobante", sobre(*descripciones, **otros))


def test_mismos_datos_dan_los_mismos_bytes():
    assert compuesto("Una grieta") == compuesto("Una grieta")


def test_otra_fecha_da_otros_bytes():
    otra = "2026-11-23T13:15:01+00:00"
    assert compuesto("Una grieta") != compuesto("Una grieta", fecha=otra)


def test_pdf_lleva_titulo_idioma_y_etiquetas():
    leido = abrir(compuesto("Una grieta"))

    assert leido.metadata.title == "Comprobante de ingreso ICA-2026-0001"
    assert leido.metadata.author == "Icalma"
    assert leido.metadata["/CreationDate"] == "D:20261123131500Z"
    catalogo = leido.trailer["/Root"]
    assert catalogo["/Lang"] == "es-CL"
    assert catalogo["/MarkInfo"]["/Marked"].value is True
    assert catalogo["/ViewerPreferences"]["/DisplayDocTitle"].value is True


def test_pdf_declara_las_dos_normas():
    xmp = abrir(compuesto("Una grieta")).xmp_metadata.stream.get_data().decode()
    assert re.findall(r"<pdfaid:part>(\d)|<pdfaid:conformance>(\w)", xmp) == [("3", ""), ("", "A")]
    assert re.findall(r"<pdfuaid:part>(\d)", xmp) == ["1"]


def test_pdf_lleva_dentro_el_texto_de_su_huella():
    datos = sobre("Una grieta 😀")
    (contenido,) = adjuntos(componer("comprobante", datos)).values()
    assert sha256(contenido.decode()) == datos["huella"]


HOSTILES = [
    '#read("/etc/hostname")',
    '#image("/etc/hostname")',
    '"); #read("/etc/hostname")',
    "$x$ y $ sum_(i=1)^n $",
    "*negrita* _cursiva_ `fija`",
    "= Título",
    "- lista + otra / término: algo",
    "@etiqueta <etiqueta> \\ // comentario /* otro */",
    "file:///etc/hostname",
    "url(file:///etc/hostname)",
    "{{ secreto }} {% now 'Y' %}",
    "<script>alert(1)</script>",
]


@pytest.mark.parametrize("hostil", HOSTILES)
def test_lo_escrito_queda_como_texto(hostil):
    """TM-27: what a person types is shown, never run."""
    leido = texto(compuesto(hostil))

    # On the page lines may break anywhere: the letters, in their order, are what counts.
    assert leido.replace(" ", "").count(hostil.replace(" ", "")) == 1
    nombre = Path("/etc/hostname")
    if nombre.exists() and nombre.read_text().strip():
        assert nombre.read_text().strip() not in leido


def test_lo_escrito_no_abre_conexiones():
    """TM-27: the address of a listener of ours gets 0 requests."""
    with socket.create_server(("127.0.0.1", 0)) as oido:
        oido.setblocking(False)
        url = f"http://127.0.0.1:{oido.getsockname()[1]}/"
        compuesto(f"<img src={url}/>", f'#image("{url}")', f"url({url})", f'#import "{url}": *')
        with pytest.raises(BlockingIOError):
            oido.accept()


def test_el_oido_oye():
    """The control of the test above."""
    oido = socket.create_server(("127.0.0.1", 0))
    with oido, socket.create_connection(oido.getsockname()):
        oido.accept()[0].close()


@pytest.mark.parametrize(
    "codigo",
    [
        '#read("/etc/hostname")',
        '#read("../../../../../../../../etc/hostname")',
        '#read("secreto.txt")',
    ],
)
def test_una_plantilla_no_lee_fuera_de_su_carpeta(codigo, tmp_path, monkeypatch):
    raiz = tmp_path / "documentos"
    raiz.mkdir()
    (tmp_path / "secreto.txt").write_text("secreto")
    (raiz / "mala.typ").write_text(f'#set document(title: "x")\n{codigo}')
    monkeypatch.setattr(pdf, "RAIZ", raiz)
    with pytest.raises(ErrorDocumento, match="No se pudo componer"):
        componer("mala", sobre("Una grieta"))


def test_plantillas_no_piden_paquetes():
    """A package would be fetched from the network: every import is a file of this folder."""
    importes = [
        linea
        for plantilla in sorted(RAIZ.glob("*.typ"))
        for linea in re.findall(r'import\s+"([^"]+)"', plantilla.read_text())
    ]
    assert set(importes) == {"base.typ", "piezas.typ"}
    assert not [p for p in RAIZ.glob("*.typ") if "@preview" in p.read_text()]


def test_pdf_trae_sus_letras():
    fuentes = {
        fuente.get_object()["/BaseFont"].split("+")[1]
        for pagina in abrir(compuesto("Una grieta")).pages
        for fuente in pagina["/Resources"]["/Font"].values()
    }
    assert {nombre.split("-")[0] for nombre in fuentes} == {"LibertinusSerif", "DejaVuSansMono"}


def test_lo_que_la_letra_no_tiene_se_ve_como_cuadro():
    leido = texto(compuesto("Gotea 😀 中文 \u202eoiretne \x00 e\u0301l"))
    assert "Gotea □ □□ □oiretne □" in leido


def test_toda_letra_admitida_se_compone():
    """The list of piezas.typ holds no character that the packaged letter lacks."""
    fuente = (RAIZ / "piezas.typ").read_text()
    tramos = re.findall(r"\\u\{(\w+)\}-\\u\{(\w+)\}", fuente)
    tramos += [(a, a) for a in re.findall(r"\\u\{(\w+)\}(?!-)", fuente)]
    letras = [chr(c) for a, b in tramos for c in range(int(a, 16), int(b, 16) + 1)]
    assert len(letras) > 1000
    compuesto("a".join(letras))


def test_palabra_sin_fin_no_se_sale_de_la_pagina():
    leido = texto(compuesto("w" * 400))
    assert leido.replace(" ", "").count("w" * 400) == 1
    lineas = abrir(compuesto("w" * 400)).pages[0].extract_text().replace("\u200b", "").split("\n")
    assert max(linea.count("w") for linea in lineas) < 80


def test_texto_largo_pasa_de_pagina_y_lo_dice():
    leido = abrir(compuesto("Se descascara la pintura. " * 150, "Fin."))
    ultima = len(leido.pages)
    assert ultima > 1
    for numero, pagina in enumerate(leido.pages, 1):
        assert f"Página {numero} de {ultima}" in pagina.extract_text()


def test_lineas_vacias_no_llenan_paginas():
    assert len(abrir(compuesto("Uno" + "\r\n" * 3000 + "Dos")).pages) == 1


def test_huella_va_en_grupos_de_cuatro():
    datos = sobre("Una grieta")
    grupos = " ".join(re.findall(".{4}", datos["huella"]))
    assert f"Huella SHA-256 {grupos}" in texto(componer("comprobante", datos))


@pytest.mark.parametrize("plantilla", ["no_existe", "../correos/base", "/etc/hostname", ""])
def test_plantilla_desconocida_se_dice(plantilla):
    with pytest.raises(ErrorDocumento, match="No existe la plantilla"):
        componer(plantilla, sobre("Una grieta"))


@pytest.mark.parametrize("fecha", ["", "ayer", None])
def test_sin_fecha_se_dice(fecha):
    with pytest.raises(ErrorDocumento, match="no dice de qué fecha es"):
        compuesto("Una grieta", fecha=fecha)


def test_dato_que_falta_se_dice():
    datos = sobre("Una grieta")
    del datos["marca"]
    with pytest.raises(ErrorDocumento, match="No se pudo componer"):
        componer("comprobante", datos)


def test_colores_son_los_de_la_pantalla():
    css = (settings.BASE_DIR / "static/css/tokens.css").read_text()
    propios = dict(re.findall(r'data-empresa="(\w+)"\]\s*\{--marca:(#\w+)\}', css))
    propios["icalma"] = re.search(r"--marca:(#\w+);", css).group(1)
    linea = re.search(r"#let marcas = \((.+)\)", (RAIZ / "piezas.typ").read_text()).group(1)
    assert dict(re.findall(r'(\w+): "(#\w+)"', linea)) == propios

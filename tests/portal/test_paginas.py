"""Public pages: whose, open or closed now, words, headers, and nothing changed by looking."""

import re
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from django.db import OperationalError, connection
from django.template.loader import render_to_string
from django.test import Client
from django.test.utils import CaptureQueriesContext

from postventa.calendario import hora
from postventa.empresas.models import Empresa
from postventa.entrada import tratar
from postventa.portal import horas, tasks
from postventa.portal.errores import error_interno
from postventa.tramitacion import olvido

from .conftest import CODIGO, MIOS, pedir

PUBLICAS = ["/", "/icalma/"] + [
    f"/icalma/{pagina}/" for pagina in ("acceso", "contacto", "privacidad", "accesibilidad")
]


def local(texto):
    return datetime.fromisoformat(texto).replace(tzinfo=ZoneInfo("America/Santiago"))


@pytest.fixture
def ingevec(icalma):
    return _empresa(icalma, "ingevec")


@pytest.fixture
def sin_portal(icalma):
    """A company whose room has no pages for its customers yet."""
    return _empresa(icalma, "capera")


def _empresa(icalma, codigo):
    return Empresa.objects.create(
        codigo=codigo,
        nombre=codigo.capitalize(),
        pais="CL",
        zona="America/Santiago",
        calendario=icalma.calendario,
        jornada=icalma.jornada,
        prefijo_folio="ING",
        remitente="p@ingevec.example",
        telefono="800 422 727",
        correo_contacto="hola@ingevec.example",
    )


@pytest.mark.regla("I-22")
@pytest.mark.parametrize(
    ("cuando", "frase", "abre"),
    [
        ("2026-11-26 09:00", "Abierto ahora, hasta las 18:00", ""),
        ("2026-11-26 08:00", "Abierto ahora, hasta las 18:00", ""),
        ("2026-11-26 07:59", "Cerrado ahora", "Abrimos hoy a las 08:00"),
        (
            "2026-11-26 18:00",
            "Cerrado ahora",
            "Abrimos mañana, viernes 27 de noviembre, a las 08:00",
        ),
        ("2026-11-27 19:00", "Cerrado ahora", "Abrimos el lunes 30 de noviembre, a las 08:00"),
        (
            "2026-12-08 10:00",
            "Cerrado ahora",
            "Abrimos mañana, miércoles 9 de diciembre, a las 08:00",
        ),
    ],
)
def test_inicio_dice_si_esta_abierto_y_cuando_abre(client, icalma, cuando, frase, abre):
    hora.fijar(local(cuando))
    atencion = horas.estado(icalma, hora.ahora())
    assert (atencion.frase, atencion.abre) == (frase, abre)
    pagina = client.get("/icalma/").content.decode()
    assert frase in pagina
    assert abre in pagina


def test_inicio_nombra_el_feriado(client, icalma):
    hora.fijar(local("2026-12-08 10:00"))
    pagina = client.get("/icalma/").content.decode()
    assert "Martes 8 de diciembre, feriado: Inmaculada Concepción." in pagina


@pytest.mark.regla("I-16", "I-17")
def test_inicio_de_icalma_lleva_lo_que_su_documento_manda(client, icalma):
    pagina = client.get("/icalma/").content.decode()
    for texto in (
        "Máximo 48 horas hábiles",
        "Máximo 72 horas hábiles para coordinar",
        "Solo el propietario",
        "no tenemos personal de emergencia",
        "Administración de tu edificio",
        "Dos visitas seguidas sin nadie",
        "única vía formal",
        "Nos identificamos en conserjería",
        "Mantenimiento indebido o falta de éste (VER MANTENCIÓN PROGRAMADA).",
        "Fuera del plazo establecido por Ley General de Urbanismo y Construcciones.",
    ):
        assert texto in pagina


def test_atencion_en_palabras_junta_los_dias_iguales(icalma):
    assert horas.atencion_en_palabras(icalma) == (
        "Atendemos de lunes a viernes, de 08:00 a 18:00 (hora de Santiago)"
    )
    icalma.jornada.tramos.filter(dia=4).update(hasta="14:30")
    assert horas.atencion_en_palabras(icalma) == (
        "Atendemos de lunes a jueves, de 08:00 a 18:00; viernes, de 08:00 a 14:30 "
        "(hora de Santiago)"
    )


def test_empresa_sin_portal_muestra_contacto_y_ningun_boton_muerto(client, sin_portal):
    pagina = client.get("/capera/").content.decode()
    assert 'href="tel:800422727"' in pagina
    assert 'href="mailto:hola@ingevec.example"' in pagina
    assert "Mis requerimientos" not in pagina
    for enlace in set(re.findall(r'href="(/[^"]*)"', pagina)):
        assert client.get(enlace).status_code in (200, 302), enlace


@pytest.mark.parametrize("camino", PUBLICAS)
def test_cada_pagina_tiene_titulo_encabezado_y_salto(client, proyecto, camino):
    pagina = client.get(camino).content.decode()
    assert len(re.findall("<h1", pagina)) == 1
    assert re.search(r"<title>[^<]{5,}</title>", pagina)
    assert '<a class="saltar" href="#contenido">' in pagina
    assert 'id="contenido"' in pagina
    assert "style=" not in pagina
    assert "<script>" not in pagina
    assert not re.findall(r'(?:src|href)="https?://', pagina)


@pytest.mark.parametrize("camino", PUBLICAS)
def test_ningun_enlace_muerto(client, proyecto, camino):
    pagina = client.get(camino).content.decode()
    assert 'href="#"' not in pagina
    for enlace in set(re.findall(r'href="(/[^"#]*)"', pagina)):
        assert client.get(enlace).status_code in (200, 302), enlace


@pytest.mark.parametrize("camino", PUBLICAS)
def test_pagina_pesa_poco(client, proyecto, camino):
    assert len(client.get(camino).content) < 12_000


def test_mirar_no_cambia_nada(duenia):
    for camino in (*PUBLICAS, MIOS, CODIGO):
        with CaptureQueriesContext(connection) as consultas:
            duenia.get(camino)
        escritas = [c["sql"] for c in consultas if not c["sql"].startswith("SELECT")]
        assert escritas == [], camino


@pytest.mark.parametrize("camino", ["/icalma/", "/icalma/contacto/", "/icalma/privacidad/"])
def test_paginas_publicas_no_se_envian(client, proyecto, camino):
    assert client.post(camino).status_code == 405


def test_empresa_desconocida_es_404_en_espaniol(client, db):
    respuesta = client.get("/nadie/")
    assert respuesta.status_code == 404
    assert "<h1>No encontramos esta página</h1>" in respuesta.content.decode()


def test_empresa_que_trata_de_usted_no_tutea(client, ingevec):
    for camino in ("", "contacto/", "privacidad/", "accesibilidad/"):
        pagina = client.get(f"/ingevec/{camino}").content.decode()
        tuteo = re.findall(r"\b(tu|tus|te|ti|tú|escríbenos|puedes|tienes)\b", pagina, re.I)
        assert tuteo == [], camino


def test_nombre_hostil_de_proyecto_se_muestra_como_texto(client, proyecto):
    proyecto.nombre = '"><svg onload=alert(1)>{{ 7 }}'
    proyecto.save()
    for camino in ("/icalma/acceso/", "/icalma/contacto/"):
        pagina = client.get(camino).content.decode()
        assert "<svg onload" not in pagina
        assert "&lt;svg onload=alert(1)&gt;{{ 7 }}" in pagina


def test_aviso_de_demostracion_dice_el_dia(client, icalma, settings):
    hora.fijar(local("2026-12-08 10:00"))
    pagina = client.get("/icalma/").content.decode()
    assert "hoy es martes 8 de diciembre de 2026, a las 10:00, con el reloj movido" in pagina
    settings.DEMO = settings.RELOJ_MOVIBLE = False
    assert "Demostración" not in client.get("/icalma/").content.decode()


@pytest.fixture
def roto(monkeypatch):
    """A client whose every company page meets that exception."""

    def romper(error):
        def fallar(*args, **kwargs):
            raise error

        monkeypatch.setattr("postventa.portal.sesion.empresa_o_404", fallar)
        return Client(raise_request_exception=False)

    return romper


def test_error_nuestro_da_500_en_espaniol(db, roto):
    respuesta = roto(ValueError("secreto")).get("/icalma/")
    pagina = respuesta.content.decode()
    assert respuesta.status_code == 500
    assert "Algo falló de nuestro lado" in pagina
    assert "secreto" not in pagina


def test_base_caida_da_503_y_guarda_lo_escrito(db, roto):
    navegador = roto(OperationalError("no hay conexión"))
    datos = {"descripcion": 'Grieta "larga" <b>', "codigo": "123456"}
    respuesta = navegador.post("/icalma/acceso/", datos)
    pagina = respuesta.content.decode()
    assert (respuesta.status_code, respuesta["Retry-After"]) == (503, "60")
    assert 'name="descripcion" value="Grieta &quot;larga&quot; &lt;b&gt;"' in pagina
    assert "123456" not in pagina
    assert "Volver a intentarlo" in navegador.get("/icalma/").content.decode()


def test_base_caida_en_la_consola_no_devuelve_lo_escrito(rf):
    peticion = rf.post("/consola/login/", {"username": "yo", "password": "secreta"})
    try:
        raise OperationalError
    except OperationalError:
        pagina = error_interno(peticion).content.decode()
    assert "yo" not in re.findall(r'value="([^"]*)"', pagina)
    assert "secreta" not in pagina


def test_paginas_de_error_no_piden_nada_a_la_base():
    for plantilla in ("500.html", "503.html"):
        assert "<h1>" in render_to_string(plantilla)


def test_inicio_cuesta_pocas_consultas(client, icalma, django_assert_num_queries):
    client.get("/icalma/")  # the calendar is read once per process
    # Company, clock, terms, clock again; office windows twice, for the phrase and for the table.
    with django_assert_num_queries(6):
        client.get("/icalma/")


def test_pedir_no_cambia_de_pagina_por_el_metodo(client, proyecto, cliente):
    assert client.put("/icalma/acceso/").status_code == 405
    pedir(client, proyecto)
    assert client.delete(CODIGO).status_code == 405


def test_privacidad_promete_lo_que_se_hace(client, icalma, ingevec):
    pagina = client.get("/icalma/privacidad/").content.decode()
    assert "90 días desde que llegan, una vez atendidos" in pagina
    assert "Hasta 30 días después de cerrar el caso; si firmó, lo que dure la firma" in pagina
    assert "dirección de red y navegador" in pagina
    assert "Responderemos en el plazo legal" in pagina
    for pais in ("CL", "PE", "BO"):
        Empresa.objects.filter(pk=ingevec.pk).update(pais=pais)
        pagina = client.get("/ingevec/privacidad/").content.decode()
        cifras = set(re.findall(r"\b(?:Ley|artículos?) [\d.]+", pagina))
        assert cifras == ({"Ley 19.628", "Ley 21.719"} if pais == "CL" else set()), pais


COMUNES = [
    "Nombre, RUT y vivienda",
    "Correo y teléfono",
    "Correos que {} y sus fotos",
    "Borrador sin enviar",
    "Códigos de acceso pedidos",
]


@pytest.mark.parametrize(
    ("codigo", "escribe", "propias"),
    [
        (
            "icalma",
            "nos mandas",
            [
                "Requerimiento: descripción y fotos",
                "Nombre y documento del reemplazo",
                "Firma: nombre, documento, trazo, hora, dirección de red y navegador",
            ],
        ),
        (
            "ingevec",
            "nos manda",
            [
                "Solicitud: lo que pide o consulta, y sus fotos",
                "Nombre y números de quien llama, y su relación con la vivienda",
                "Nombre de quien recibe la visita en su representación",
                "Respuestas del llamado de satisfacción",
            ],
        ),
    ],
)
def test_cada_empresa_dice_los_datos_que_pide_y_ningun_otro(
    client, icalma, ingevec, codigo, escribe, propias
):
    pagina = client.get(f"/{codigo}/privacidad/").content.decode()
    filas = re.findall(r'<th scope="row">(.*?)</th>', pagina)
    comunes = [fila.format(escribe) for fila in COMUNES]
    assert filas == [*comunes[:2], *propias, *comunes[2:]]


def test_los_plazos_del_aviso_son_los_de_las_tareas():
    dias = [m.SE_GUARDA.days for m in (tratar, olvido)]
    assert (dias, tasks.SE_GUARDAN.days) == ([90, 30], 30)


@pytest.mark.parametrize("trato", ["tu", "usted"])
def test_pagina_perdida_de_una_empresa_lleva_su_marca_y_su_trato(client, icalma, trato):
    icalma.trato = trato
    icalma.save(update_fields=["trato"])
    respuesta = client.get("/icalma/no-existe/")
    pagina = respuesta.content.decode()
    assert respuesta.status_code == 404
    assert 'data-empresa="icalma"' in pagina
    assert 'href="/icalma/"' in pagina
    assert ("lo que buscas" if trato == "tu" else "lo que busca ") in pagina


@pytest.mark.parametrize("camino", ["/nada/de/nada/", "/ingevec/no-existe/"])
def test_pagina_perdida_de_nadie_o_de_una_inactiva_no_lleva_marca(client, ingevec, camino):
    ingevec.es_activa = False
    ingevec.save(update_fields=["es_activa"])
    respuesta = client.get(camino)
    assert respuesta.status_code == 404
    assert "data-empresa" not in respuesta.content.decode()


@pytest.mark.parametrize(("trato", "palabras"), [("tu", "Vuelve atrás"), ("usted", "Vuelva atrás")])
def test_formulario_vencido_se_dice_con_el_trato_de_la_empresa(icalma, trato, palabras):
    icalma.trato = trato
    icalma.save(update_fields=["trato"])
    respuesta = Client(enforce_csrf_checks=True).post("/icalma/acceso/", {"numero": "1"})
    pagina = respuesta.content.decode()
    assert respuesta.status_code == 403
    assert palabras in pagina
    assert 'href="/icalma/"' in pagina


@pytest.mark.parametrize("plantilla", ["500.html", "503.html"])
def test_lo_que_falla_de_nuestro_lado_no_trata_de_tu_ni_de_usted(plantilla):
    pagina = render_to_string(plantilla, {"campos": [("nota", "hola")]})
    assert not re.search(r"\b([Tt]us?|[Ss]us?|puedes|[Ee]sper[ae]|[Ee]nv[ií][ae]l[oa])\b", pagina)


def test_correo_largo_se_parte_antes_de_su_dominio(client, ingevec):
    pagina = client.get("/ingevec/contacto/").content.decode()
    assert "hola<wbr>@ingevec.example</span>" in pagina
    assert 'href="mailto:hola@ingevec.example"' in pagina

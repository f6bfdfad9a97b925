"""A list as a file: the same rows and order, the columns shown, nothing that runs, all written."""

import csv
import io
from datetime import timedelta

import pytest
from openpyxl import load_workbook

from postventa.calendario import hora
from postventa.consola import exportar
from postventa.expedientes.cuidado import purgar
from postventa.expedientes.models import CambioMaestro, CambioReservado
from postventa.expedientes.verificacion import Cuenta, verificar_cambios
from postventa.personas.models import Cliente, Membresia, Rol, Usuario
from tests.conftest import local
from tests.consola.conftest import entrar, personal

TICKETS = "/consola/icalma/ticket/"
LISTAS = {
    "icalma/ticket": "Folio",
    "plazos/plazo": "Caso",
    "visitas/visita": "Caso",
    "avisos/aviso": "Correo",
    "personas/cliente": "Nombre",
}


@pytest.fixture
def web(supervisor, proyecto):
    return entrar(supervisor)


def contenido(respuesta):
    return b"".join(respuesta.streaming_content)


def en_csv(web, ruta=TICKETS, consulta=""):
    respuesta = web.post(f"{ruta}exportar/csv/?{consulta}")
    assert respuesta.status_code == 200
    assert respuesta["Content-Type"] == "text/csv; charset=utf-8"
    texto = contenido(respuesta).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(texto), delimiter=";"))


def en_xlsx(web, ruta=TICKETS, consulta=""):
    respuesta = web.post(f"{ruta}exportar/xlsx/?{consulta}")
    assert respuesta["Content-Type"] == exportar.XLSX
    hoja = load_workbook(io.BytesIO(contenido(respuesta))).active
    titulos, *filas = hoja.iter_rows(values_only=True)
    return [dict(zip(titulos, fila, strict=True)) for fila in filas]


@pytest.mark.parametrize("leer", [en_csv, en_xlsx])
def test_archivo_es_lo_que_la_lista_muestra(tickets, web, leer):
    _, dos, _ = tickets(3)
    dos.contactar().coordinar_inspeccion()
    hora.fijar(dos.ahora)
    for consulta in ("", "estado=GENERADO", "q=Casa+1", "o=-1", "plazo=vencidos", "q=nadie"):
        lista = web.get(f"{TICKETS}?{consulta}").context["cl"]
        folios = [t.folio for t in lista.result_list]
        if folios:
            assert [f["Folio"] for f in leer(web, consulta=consulta)] == folios, consulta


@pytest.mark.parametrize("leer", [en_csv, en_xlsx])
def test_archivo_trae_todas_las_paginas(tickets, web, leer):
    tickets(27)
    assert len(leer(web, consulta="p=2")) == 27


def test_columnas_de_un_ticket(tickets, web):
    tickets(1)
    esperado = {
        "Folio": "ICA-2026-0001",
        "Propietario": "Camila Rojas Fuentealba",
        "Documento": "16.482.937-5",
        "Vivienda": "Casa 0",
        "Proyecto": "Condominio Los Arrayanes",
        "Estado": "Generado",
        "Próximo plazo": "2026-11-25 10:15",
        "Responsable": "Rodrigo Sepúlveda",
        "Creado": "2026-11-23 10:15",
    }
    assert en_csv(web) == [esperado]
    (fila,) = en_xlsx(web)
    # A real date of the sheet, on the wall of the project.
    assert fila["Próximo plazo"].isoformat() == "2026-11-25T10:15:00"
    assert fila["Folio"] == "ICA-2026-0001"


@pytest.mark.parametrize("lista", sorted(LISTAS))
def test_cada_dato_del_archivo_se_ve_en_la_lista(camino, supervisor, lista):
    """No personal data leaves that the list does not show."""
    camino.generar(1).contactar().coordinar_inspeccion()
    hora.fijar(camino.ahora)
    web = entrar(supervisor)
    ruta = f"/consola/{lista}/"
    consulta = "plazo=todos" if lista == "plazos/plazo" else ""
    pagina = web.get(f"{ruta}?{consulta}").content.decode()
    filas = en_csv(web, ruta, consulta)
    assert filas
    for fila in filas:
        for columna, valor in fila.items():
            # Instants are shown in words; the company, in the header.
            if valor and not valor.startswith("2026-"):
                assert valor.lstrip("'") in pagina, (lista, columna, valor)


HOSTILES = ["=1+1", "+56 9", "-2+3", "@SUM(A1)", "\t=1", "\r=1", '=HYPERLINK("http://x")']


@pytest.mark.parametrize("leer", [en_csv, en_xlsx])
@pytest.mark.parametrize("nombre", HOSTILES)
def test_celda_que_parece_formula_sale_como_texto(tickets, web, cliente, leer, nombre):
    tickets(1)
    Cliente.objects.filter(pk=cliente.pk).update(nombre=nombre)
    (fila,) = leer(web)
    assert fila["Propietario"].startswith("'")
    # XML reads a carriage return as the end of a line.
    assert fila["Propietario"].strip("'\t\r\n") == nombre.strip("\t\r")


def test_xlsx_no_lleva_ninguna_formula(tickets, web, cliente):
    tickets(1)
    Cliente.objects.filter(pk=cliente.pk).update(nombre="=cmd|' /C calc'!A0")
    respuesta = web.post(f"{TICKETS}exportar/xlsx/")
    hoja = load_workbook(io.BytesIO(contenido(respuesta))).active
    assert {c.data_type for fila in hoja.iter_rows() for c in fila} <= {"s", "d", "n"}


def test_caracteres_que_xml_no_admite_no_rompen_la_planilla(tickets, web, cliente):
    tickets(1)
    Cliente.objects.filter(pk=cliente.pk).update(nombre="Ana\x07 Ñandú \uffff")
    assert en_xlsx(web)[0]["Propietario"] == "Ana  Ñandú  "


def test_exportar_deja_escrito_quien_que_y_cuanto(tickets, web, supervisor, icalma):
    tickets(2)
    hora.fijar(local("2026-11-24 09:00"))
    en_csv(web, consulta="estado=GENERADO&q=Casa")
    cambio = CambioMaestro.objects.get()
    assert (cambio.empresa, cambio.accion, cambio.por) == (icalma, "exportar", supervisor)
    assert (cambio.modelo, cambio.objeto_id) == ("personas.usuario", str(supervisor.pk))
    assert cambio.detalle == {
        "lista": ["", "icalma.ticket"],
        "formato": ["", "csv"],
        "estado": ["", "GENERADO"],
        "filas": ["", 2],
        "reservado": cambio.detalle["reservado"],
    }
    assert cambio.reserva.datos == {"lo que se buscó": "Casa"}
    assert list(verificar_cambios(Cuenta())) == []


def test_lo_que_se_busco_al_exportar_se_olvida_y_la_cadena_sigue_entera(tickets, web, icalma):
    tickets(1)
    en_csv(web, consulta="q=Camila")
    cambio = CambioMaestro.objects.get()
    assert "Camila" not in str(cambio.detalle)
    ficha = f"/consola/expedientes/cambiomaestro/{cambio.pk}/change/"
    administra = entrar(personal("adm", icalma, Rol.ADMINISTRADOR))
    assert "lo que se buscó: — → Camila" in administra.get(ficha).content.decode()

    hora.fijar(cambio.ocurrido_en + timedelta(days=90))
    purgar()
    assert CambioReservado.objects.count() == 1
    hora.fijar(cambio.ocurrido_en + timedelta(days=90, seconds=1))
    purgar()
    assert CambioReservado.objects.count() == 0
    assert "Camila" not in administra.get(ficha).content.decode()
    assert list(verificar_cambios(Cuenta())) == []


def test_lo_que_se_busco_alterado_se_nombra(tickets, web, icalma):
    tickets(1)
    en_csv(web, consulta="q=Camila")
    CambioReservado.objects.update(datos={"lo que se buscó": "Nadie"})
    assert list(verificar_cambios(Cuenta())) == [
        f"Cambios de la empresa {icalma.pk}: el detalle reservado del cambio 1 "
        "(personas.usuario) fue alterado"
    ]


@pytest.mark.parametrize("lista", sorted(LISTAS))
@pytest.mark.parametrize("rol", [Rol.CALL_CENTER, Rol.MAESTRO])
def test_rol_que_no_exporta_no_ve_el_boton_ni_lo_fuerza(camino, icalma, proyecto, lista, rol):
    camino.generar(1)
    web = entrar(personal("x", icalma, rol))
    ruta = f"/consola/{lista}/"
    assert "Exportar" not in web.get(ruta).content.decode()
    assert web.post(f"{ruta}exportar/csv/").status_code == 403
    assert CambioMaestro.objects.count() == 0


@pytest.mark.parametrize("lista", sorted(LISTAS))
def test_de_otra_empresa_no_sale_una_fila(camino, otra, jefe, lista):
    camino.generar(1).contactar().coordinar_inspeccion()
    otra.camino.contactar().coordinar_inspeccion()
    hora.fijar(camino.ahora)
    consulta = "plazo=todos" if lista == "plazos/plazo" else ""
    filas = en_csv(entrar(jefe), f"/consola/{lista}/", consulta)
    assert filas
    assert "KANARIO" not in str(filas)
    assert set(CambioMaestro.objects.exclude(empresa=otra.empresa).values_list("accion")) == {
        ("exportar",)
    }


def test_sale_solo_de_donde_el_rol_alcanza(camino, otra, icalma):
    """Somebody who looks at two companies and may export from one."""
    camino.generar(1)
    persona = personal("dos", icalma, Rol.JEFE)
    Membresia.objects.create(usuario=persona, empresa=otra.empresa, rol=Rol.MAESTRO)
    web = entrar(persona)
    assert web.get("/consola/personas/cliente/").context["cl"].result_count == 2
    filas = en_csv(web, "/consola/personas/cliente/")
    assert [f["Nombre"] for f in filas] == ["Camila Rojas Fuentealba"]


def test_dos_empresas_quedan_escritas_cada_una_en_su_cadena(camino, otra, icalma):
    camino.generar(1)
    persona = personal("dos", icalma, Rol.JEFE)
    Membresia.objects.create(usuario=persona, empresa=otra.empresa, rol=Rol.JEFE)
    assert len(en_csv(entrar(persona), "/consola/personas/cliente/")) == 2
    escritos = CambioMaestro.objects.filter(accion="exportar")
    assert {(c.empresa_id, c.detalle["filas"][1]) for c in escritos} == {
        (icalma.pk, 1),
        (otra.empresa.pk, 1),
    }


@pytest.mark.parametrize(("leer", "columna"), [(en_csv, "Folio"), (en_xlsx, "Folio")])
@pytest.mark.parametrize("que", ["se desactiva", "cierra sus sesiones"])
def test_archivo_se_corta_si_quien_lo_pide_ya_no_entra(
    tickets, web, supervisor, monkeypatch, leer, columna, que
):
    tickets(4)
    monkeypatch.setattr(exportar, "TROZO", 2)
    de_verdad = exportar.llano

    def entretanto(valor):
        if que == "se desactiva":
            Usuario.objects.filter(pk=supervisor.pk).update(is_active=False)
        else:
            Usuario.objects.filter(pk=supervisor.pk).update(version_sesiones=7)
        return de_verdad(valor)

    monkeypatch.setattr(exportar, "llano", entretanto)
    *dos, corte = leer(web)
    assert len(dos) == 2
    assert corte[columna] == exportar.DETENIDA


def test_lista_demasiado_larga_pide_filtrar(tickets, web, monkeypatch):
    tickets(3)
    monkeypatch.setattr(exportar, "LIMITE", 2)
    respuesta = web.post(f"{TICKETS}exportar/csv/", follow=True)
    assert "más de 2 filas" in str(next(iter(respuesta.context["messages"])))
    assert CambioMaestro.objects.count() == 0
    assert len(en_csv(web, consulta="q=Casa+1")) == 1


def test_exportar_es_solo_por_post_en_dos_formatos_y_sin_preguntas_de_mas(tickets, web):
    tickets(1)
    assert web.get(f"{TICKETS}exportar/csv/").status_code == 405
    assert web.post(f"{TICKETS}exportar/exe/").status_code == 404
    assert web.post(f"{TICKETS}exportar/csv/?cliente__numero__startswith=1").status_code == 400
    assert CambioMaestro.objects.count() == 0


@pytest.mark.parametrize("cuantos", [1, 9])
def test_exportar_cuesta_lo_mismo_con_mas_filas(tickets, web, cuantos, django_assert_num_queries):
    tickets(cuantos)
    # session, user, roles, clock, choices, first page; the limit, rows by company, the company, its
    # chain's counter and head, the entry, two savepoints; the rows of the file
    with django_assert_num_queries(17):
        contenido(web.post(f"{TICKETS}exportar/csv/"))


def test_quien_atiende_un_proyecto_no_se_lleva_los_clientes_de_toda_la_empresa(
    supervisor, cliente, extrania, proyecto
):
    url, navegador = "/consola/personas/cliente/exportar/csv/", entrar(supervisor)
    assert cliente.documento in b"".join(navegador.post(url).streaming_content).decode()
    supervisor.membresias.update(sede=proyecto)
    assert navegador.post(url).status_code == 403
    assert url.encode() not in navegador.get("/consola/personas/cliente/").content
    assert navegador.get("/consola/personas/cliente/").status_code == 200

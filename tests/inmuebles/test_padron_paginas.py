"""The pages of a padrón: who sees them, what they say, and nothing of another company."""

import io
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from openpyxl import load_workbook

from postventa.calendario import hora
from postventa.personas.models import Cliente, Membresia, Rol
from tests.conftest import LUNES
from tests.consola.conftest import CANARIO, entrar, personal
from tests.consola.test_paginas import revisar as con_el_marco
from tests.inmuebles.manos import ALTA, ENCABEZADO, csv_de, muchas, revisar, rut, xlsx_de
from tickets.inmuebles.models import CargaPadron, Propiedad, Proyecto, Unidad
from tickets.inmuebles.padron import aplicacion, carga

P = "icalma-demo"
LISTA = "/consola/inmuebles/cargapadron/"


@pytest.fixture(autouse=True)
def es_lunes(db, settings, tmp_path):
    hora.fijar(LUNES)
    settings.FILE_UPLOAD_TEMP_DIR = str(tmp_path)
    return tmp_path


@pytest.fixture
def web(administradora, proyecto):
    return entrar(administradora)


def archivo(contenido, nombre="padron.csv"):
    return SimpleUploadedFile(nombre, contenido)


def subir(web, *filas, nombre="padron.csv", contenido=None, **mas):
    contenido = csv_de(*filas) if contenido is None else contenido
    return web.post(ALTA, {"archivo": archivo(contenido, nombre), **mas})


def texto(respuesta):
    return " ".join(respuesta.content.decode().split())


def test_de_la_planilla_a_lo_escrito(web):
    respuesta = subir(web, *muchas(2), f"{P};X;malo;Luis;;;;;;;")
    una = CargaPadron.objects.get()
    assert (respuesta.status_code, respuesta.url) == (302, f"{LISTA}{una.pk}/change/")
    pagina = web.get(respuesta.url)
    con_el_marco(pagina)
    for dice in ("Aplicar 2 filas", "1 rechazada queda", "Depto 0", "Escribe el RUT completo"):
        assert dice in texto(pagina)
    assert Propiedad.objects.count() == 0
    hecho = web.post(f"{LISTA}{una.pk}/aplicar/", {"version": 1}, follow=True)
    assert "Listo: 2 filas aplicadas, 1 fila rechazada." in texto(hecho)
    assert "Aplicar 2 filas" not in texto(hecho)
    assert Propiedad.objects.count() == 2
    assert "2 filas aplicadas, 1 fila rechazada" in texto(web.get(LISTA))


def test_datos_maestros_llevan_a_cargar(web):
    assert f'href="{ALTA}"' in web.get("/consola/datos/").content.decode()


def test_pagina_de_subida_explica_las_columnas_y_da_la_plantilla(web):
    pagina = web.get(ALTA)
    con_el_marco(pagina)
    for dice in ("Recepción definitiva", "plantilla.xlsx", "plantilla.csv", "nada cambia hasta"):
        assert dice in texto(pagina)
    assert 'name="empresa"' not in texto(pagina)


def test_el_ejemplo_es_un_proyecto_que_se_puede_cargar(web, proyecto):
    assert f'<td class="todo suave">{proyecto.codigo}</td>' in texto(web.get(ALTA))
    libro = load_workbook(io.BytesIO(web.get(f"{LISTA}plantilla.xlsx").content))
    assert libro["Instrucciones"]["D2"].value == proyecto.codigo


def test_plantilla_solo_trae_el_encabezado_y_se_puede_volver_a_subir(web):
    csv = web.get(f"{LISTA}plantilla.csv")
    assert csv.content.decode("utf-8-sig").strip().split(";")[:2] == ["Proyecto", "Unidad"]
    libro = load_workbook(io.BytesIO(web.get(f"{LISTA}plantilla.xlsx").content))
    assert libro.sheetnames == ["Propietarios", "Instrucciones"]
    assert [c.value for c in libro["Propietarios"][1]] == csv.content.decode("utf-8-sig").strip(
        "\r\n"
    ).split(";")
    assert "solo tiene el encabezado" in texto(subir(web, contenido=csv.content))
    assert web.get(f"{LISTA}plantilla.exe").status_code == 404


def test_sin_proyectos_dice_por_donde_empezar(administradora):
    assert "Todavía no hay proyectos" in texto(entrar(administradora).get(ALTA))


def test_lo_mismo_otra_vez_no_tiene_nada_que_aplicar(web):
    for _ in range(2):
        subir(web, *muchas(2))
        una = CargaPadron.objects.order_by("-pk").first()
        respuesta = web.post(f"{LISTA}{una.pk}/aplicar/", {"version": 1})
    assert respuesta.status_code == 409
    assert "No hay nada que aplicar." in texto(web.get(f"{LISTA}{una.pk}/change/"))
    assert Propiedad.objects.count() == 2


def test_filas_de_a_cincuenta_con_filtros_y_consultas_contadas(web, django_assert_num_queries):
    subir(web, *muchas(120), f"{P};X;malo;Luis;;;;;;;")
    una = CargaPadron.objects.get()
    url = f"{LISTA}{una.pk}/change/"
    with django_assert_num_queries(9):
        assert texto(web.get(url)).count('<th scope="row"') == 50
    with django_assert_num_queries(9):
        assert texto(web.get(f"{url}?p=3")).count('<th scope="row"') == 21
    assert texto(web.get(f"{url}?ver=rechazadas")).count('<th scope="row"') == 1
    assert texto(web.get(f"{url}?ver=nada&p=zz")).count('<th scope="row"') == 50
    assert "Ninguna fila es de este tipo" in texto(web.get(f"{url}?ver=contacto"))


# --- the refused rows, again


def test_rechazadas_vuelven_corregidas(web):
    subir(web, f"{P};A;{rut(1)};Ana Soto;ana@x.cl;+56 9 1111 2222;;;;31-02-2024;", *muchas(1))
    una = CargaPadron.objects.get()
    bajada = web.get(f"{LISTA}{una.pk}/rechazadas.csv")
    assert bajada["Content-Disposition"] == 'attachment; filename="rechazadas-padroncsv.csv"'
    lineas = bajada.content.decode("utf-8-sig").splitlines()
    assert lineas[0].endswith(";Por qué se rechazó")
    assert len(lineas) == 2
    assert "'+56 9 1111 2222" in lineas[1]
    assert "«31-02-2024» no es una fecha" in lineas[1]
    corregida = bajada.content.replace(b"31-02-2024;", b"28-02-2024;", 1)
    subir(web, contenido=corregida)
    otra_vez = CargaPadron.objects.order_by("-pk").first()
    assert (otra_vez.totales["crear"], otra_vez.columnas_sin_uso) == (1, [])
    web.post(f"{LISTA}{otra_vez.pk}/aplicar/", {"version": 1})
    assert Cliente.objects.get().telefono == "+56 9 1111 2222"


def test_rechazadas_en_xlsx_son_texto_aunque_parezcan_formulas(web):
    subir(web, '=HYPERLINK("x");@A;+1;-2;;;;;;;')
    una = CargaPadron.objects.get()
    hoja = load_workbook(io.BytesIO(web.get(f"{LISTA}{una.pk}/rechazadas.xlsx").content)).active
    assert [c.value for c in hoja[2]][:5] == ['\'=HYPERLINK("x")', "'@A", None, "'+1", "'-2"]
    assert {c.data_type for c in hoja[2] if c.value} == {"s"}


def test_texto_hostil_se_muestra_y_no_se_ejecuta(web):
    malo = "<script>alert(1)</script>{{7*7}}"
    subir(web, f"{P};{malo};{rut(1)};{malo};;;;;;01-01-2024;", f"{malo};B;{malo};{malo};;;;;;;",
          nombre="<b>x.csv")  # fmt: skip
    pagina = web.get(f"{LISTA}{CargaPadron.objects.get().pk}/change/").content.decode()
    assert "<script>alert" not in pagina
    assert "&lt;script&gt;alert(1)&lt;/script&gt;{{7*7}}" in pagina
    assert "<b>x.csv" not in pagina


# --- files that do not come in


@pytest.mark.parametrize(
    ("contenido", "nombre", "status", "dice"),
    [
        (b"", "x.csv", 422, "está vacío"),
        (b"a;b\n1;2", "x.csv", 422, "Falta la columna"),
        (b"MZ", "x.exe", 422, "Solo leemos archivos XLSX y CSV"),
        (b"PK\x03\x04", "x.xlsx", 422, "dañada o incompleta"),
        (b"x" * (10 * 1024 * 1024 + 1), "x.csv", 413, "pesa más de 10 MB"),
        (b"x" * (10 * 1024 * 1024 + 200_000), "x.csv", 413, "pesa más de 10 MB"),
    ],
)
def test_archivo_malo_es_4xx_y_no_deja_nada(web, es_lunes, contenido, nombre, status, dice):
    respuesta = subir(web, contenido=contenido, nombre=nombre)
    assert respuesta.status_code == status
    assert dice in texto(respuesta)
    con_el_marco(respuesta)
    respuesta.wsgi_request.close()
    assert list(es_lunes.iterdir()) == []
    assert CargaPadron.objects.count() == 0


def test_sin_archivo_lo_pide(web):
    assert "Elige la planilla que quieres revisar." in texto(web.post(ALTA, {}))


def test_archivo_bueno_tampoco_queda_en_el_disco(web, es_lunes, settings):
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 10
    settings.MEDIA_ROOT = es_lunes / "adjuntos"
    assert subir(web, *muchas(3)).status_code == 302
    assert list(es_lunes.iterdir()) == []


# --- who


@pytest.mark.parametrize(
    "rol", [Rol.SUPERVISOR, Rol.JEFE, Rol.CALL_CENTER, Rol.GERENTE, Rol.MAESTRO]
)
def test_quien_no_administra_no_entra(icalma, proyecto, rol):
    una = revisar(icalma, *muchas(1))
    web = entrar(personal("mira", icalma, rol))
    assert web.get(LISTA).status_code == 403
    assert subir(web, *muchas(1)).status_code == 403
    assert web.get(f"{LISTA}plantilla.csv").status_code == 403
    for ruta in ("change/", "history/", "rechazadas.csv"):
        assert web.get(f"{LISTA}{una.pk}/{ruta}").status_code in (403, 404)
    for ruta in ("aplicar/", "olvidar/"):
        assert web.post(f"{LISTA}{una.pk}/{ruta}", {"version": 1}).status_code in (403, 404)
    assert (CargaPadron.objects.count(), Propiedad.objects.count()) == (1, 0)
    assert ALTA not in web.get("/consola/datos/").content.decode()


def test_sin_sesion_lleva_a_entrar(icalma, proyecto):
    una = revisar(icalma, *muchas(1))
    for ruta in (LISTA, ALTA, f"{LISTA}{una.pk}/change/", f"{LISTA}{una.pk}/rechazadas.csv"):
        assert Client().get(ruta).status_code == 302
    assert Client().post(f"{LISTA}{una.pk}/aplicar/").status_code == 302
    assert Propiedad.objects.count() == 0


def test_carga_de_otra_empresa_es_404_por_todos_los_caminos(web, otra):
    ajena = revisar(otra.empresa, f"kan;{CANARIO} 9;{rut(1)};{CANARIO} dos;;;;;;01-01-2024;")
    for ruta in ("change/", "history/", "rechazadas.csv", "rechazadas.xlsx"):
        respuesta = web.get(f"{LISTA}{ajena.pk}/{ruta}")
        assert (respuesta.status_code, CANARIO in texto(respuesta)) == (404, False)
    for ruta in ("aplicar/", "olvidar/"):
        assert web.post(f"{LISTA}{ajena.pk}/{ruta}", {"version": 1}).status_code == 404
    ajena.refresh_from_db()
    assert (ajena.pedida_en, ajena.olvidada_en, ajena.filas.count()) == (None, None, 1)
    assert CANARIO not in texto(web.get(LISTA))


def test_planilla_no_alcanza_a_la_otra_empresa(web, otra, icalma):
    """Its project does not exist here, its customer is another row, its units stay."""
    subir(
        web,
        f"kan;{CANARIO.lower()} 101;11.111.111-1;Otra;x@malo.example;;;;;01-01-2026;",
        f"{P};A;11.111.111-1;La de acá;;;;;;01-01-2026;",
        empresa=otra.empresa.pk,
    )
    una = CargaPadron.objects.get()
    assert una.empresa == icalma
    pagina = texto(web.get(f"{LISTA}{una.pk}/change/"))
    assert CANARIO not in pagina
    web.post(f"{LISTA}{una.pk}/aplicar/", {"version": 1})
    assert Cliente.objects.get(empresa=otra.empresa).nombre == f"{CANARIO} dueña"
    assert Cliente.objects.get(empresa=icalma).nombre == "La de acá"
    assert Unidad.objects.filter(proyecto=otra.proyecto).count() == 1


def test_quien_administra_dos_empresas_elige_y_solo_entre_ellas(administradora, proyecto, otra):
    tercera = otra.empresa
    web = entrar(administradora)
    assert "Elige la empresa" not in texto(web.get(ALTA))
    Membresia.objects.create(usuario=administradora, empresa=tercera, rol=Rol.ADMINISTRADOR)
    assert "Elige de qué empresa" in texto(subir(web, *muchas(1)))
    Membresia.objects.filter(empresa=tercera).update(rol=Rol.JEFE)
    subir(web, *muchas(1), empresa=tercera.pk)
    assert CargaPadron.objects.get().empresa == proyecto.empresa


def test_administradora_de_un_proyecto_solo_carga_el_suyo(icalma, proyecto, administradora):
    suyo = Proyecto.objects.create(empresa=icalma, codigo="suyo", nombre="Edificio Suyo")
    Membresia.objects.filter(usuario=administradora).update(sede=suyo)
    general = revisar(icalma, *muchas(1))
    web = entrar(administradora)
    subir(web, *muchas(1), f"suyo;A;{rut(7)};Ana Soto;;;;;;01-01-2024;")
    una = CargaPadron.objects.get(subida_por=administradora)
    assert "no está entre los tuyos" in una.filas.get(numero=2).motivos[0]
    assert web.get(f"{LISTA}{general.pk}/change/").status_code == 404
    web.post(f"{LISTA}{una.pk}/aplicar/", {"version": 1})
    assert list(Unidad.objects.values_list("proyecto__codigo", flat=True)) == ["suyo"]


def test_perder_el_proyecto_entre_revisar_y_aplicar_no_escribe(icalma, proyecto, administradora):
    una = revisar(icalma, *muchas(1), por=administradora)
    otro = Proyecto.objects.create(empresa=icalma, codigo="otro", nombre="Otro")
    Membresia.objects.filter(usuario=administradora).update(sede=otro)
    respuesta = entrar(administradora).post(
        f"{LISTA}{una.pk}/aplicar/", {"version": 1}, follow=True
    )
    assert "El proyecto ya no está entre los tuyos." in texto(respuesta)
    assert Unidad.objects.count() == 0


def test_superusuario_elige_la_empresa(raiz, proyecto, otra):
    web = entrar(raiz)
    assert "Elige de qué empresa" in texto(subir(web, *muchas(1)))
    assert subir(web, *muchas(1), empresa=proyecto.empresa_id).status_code == 302


# --- posts


def test_aplicar_y_olvidar_solo_por_post_y_con_su_ficha(web, administradora, icalma):
    una = revisar(icalma, *muchas(1))
    for accion in ("aplicar", "olvidar"):
        assert web.get(f"{LISTA}{una.pk}/{accion}/").status_code == 405
    assert web.post(f"{LISTA}{una.pk}/change/", {"archivo": "x"}).status_code == 405
    assert web.post(f"{LISTA}{una.pk}/delete/", {"post": "yes"}).status_code in (403, 404)
    estricto = Client(enforce_csrf_checks=True)
    estricto.force_login(administradora)
    assert estricto.post(f"{LISTA}{una.pk}/aplicar/", {"version": 1}).status_code == 403
    assert subir(estricto, *muchas(1)).status_code == 403
    assert (CargaPadron.objects.count(), Propiedad.objects.count()) == (1, 0)


@pytest.mark.parametrize("version", ["", "2", "x", "9" * 30])
def test_version_que_nadie_vio_es_409(web, icalma, version):
    una = revisar(icalma, *muchas(1))
    respuesta = web.post(f"{LISTA}{una.pk}/aplicar/", {"version": version})
    assert respuesta.status_code == 409
    assert "Revísala de nuevo antes de aplicarla." in texto(respuesta)
    assert Propiedad.objects.count() == 0


def test_olvidar_borra_las_filas_y_deja_los_totales(web, icalma):
    una = revisar(icalma, *muchas(3))
    web.post(f"{LISTA}{una.pk}/olvidar/")
    una.refresh_from_db()
    assert (una.filas.count(), una.totales["crear"]) == (0, 3)
    pagina = texto(web.get(f"{LISTA}{una.pk}/change/"))
    assert "Las filas de esta carga se borraron" in pagina
    assert "Aplicar" not in pagina
    assert "Borrada sin aplicar" in texto(web.get(LISTA))


# --- long ones


def test_carga_larga_muestra_su_avance_y_se_recarga_sola(web, icalma, monkeypatch):
    monkeypatch.setattr(aplicacion, "EN_LA_PAGINA", 2)
    monkeypatch.setattr(carga, "LOTE", 2)
    subir(web, *muchas(6))
    una = CargaPadron.objects.get()
    respuesta = web.post(f"{LISTA}{una.pk}/aplicar/", {"version": 1}, follow=True)
    con_el_marco(respuesta)
    assert "0 filas escritas; faltan 6." in texto(respuesta)
    assert '<meta http-equiv="refresh"' in texto(respuesta)
    una.refresh_from_db()
    aplicacion.aplicar(una, LUNES, segundos=-1)
    pagina = texto(web.get(f"{LISTA}{una.pk}/change/"))
    assert '<progress class="avance" max="6" value="2">' in pagina
    assert "Aplicar 4" not in pagina
    assert web.post(f"{LISTA}{una.pk}/olvidar/").status_code == 409
    aplicacion.aplicar_pedidas(LUNES + timedelta(minutes=1))
    assert "Carga aplicada." in texto(web.get(f"{LISTA}{una.pk}/change/"))


def test_carga_detenida_lo_dice_y_ofrece_seguir(web, icalma):
    una = revisar(icalma, *muchas(2))
    CargaPadron.objects.update(detenida_en=LUNES)
    pagina = texto(web.get(f"{LISTA}{una.pk}/change/"))
    assert "La aplicación se detuvo." in pagina
    assert "Aplicar 2 filas" in pagina


def test_cambio_de_contacto_lleva_a_la_ficha_de_la_persona(web, cliente, unidad):
    subir(web, f"{P};{unidad.nombre};{cliente.numero};;nueva@correo.example;;;;;;")
    pagina = texto(web.get(f"{LISTA}{CargaPadron.objects.get().pk}/change/?ver=contacto"))
    assert f'href="/consola/personas/cliente/{cliente.pk}/contacto/"' in pagina
    assert "1 fila trae un correo o teléfono distinto del registrado." in pagina


def test_columnas_que_no_usamos_se_dicen(web):
    contenido = csv_de(muchas(1)[0] + "x", encabezado=ENCABEZADO + ";Estacionamiento")
    subir(web, contenido=contenido)
    pagina = texto(web.get(f"{LISTA}{CargaPadron.objects.get().pk}/change/"))
    assert "No usamos estas columnas: Estacionamiento." in pagina


def test_xlsx_se_carga_igual(web):
    subir(web, nombre="Padrón.xlsx", contenido=xlsx_de((P, 704, 200000013, "Ana Soto", "", "",
                                                        None, None, None, 45452)))  # fmt: skip
    assert CargaPadron.objects.get().totales["crear"] == 1


def test_historial_de_la_carga_dice_quien_la_aplicó(web, administradora):
    subir(web, *muchas(1))
    una = CargaPadron.objects.get()
    web.post(f"{LISTA}{una.pk}/aplicar/", {"version": 1})
    historial = texto(web.get(f"{LISTA}{una.pk}/history/"))
    assert "Aplicar" in historial
    assert str(administradora) in historial

"""Writing observations: nothing typed is lost, nothing foreign comes in."""

import errno

import pytest
from django.core.files.storage import FileSystemStorage

from postventa.expedientes.models import Adjunto, Borrador
from tests.icalma.conftest import archivos, en_sesion, escrita, foto
from tickets.icalma.models import Ticket
from tickets.inmuebles.models import Propiedad, Recinto, Unidad


@pytest.fixture
def url(unidad):
    return f"/icalma/requerimiento/{unidad.pk}/"


def borrador():
    return Borrador.objects.get()


def test_sin_sesion_pide_entrar(client, url):
    respuesta = client.get(url)
    assert respuesta.status_code == 302
    assert respuesta.url.startswith("/icalma/acceso/?next=")


def test_una_vivienda_va_directo_a_sus_observaciones(duenia, url):
    assert duenia.get("/icalma/requerimiento/").url == url


def test_varias_viviendas_se_pregunta_cual(duenia, cliente, proyecto, unidad):
    otra = Unidad.objects.create(proyecto=proyecto, nombre="Torre B, depto. 1103")
    Propiedad.objects.create(unidad=otra, cliente=cliente, desde="2024-06-09")
    pagina = duenia.get("/icalma/requerimiento/").content.decode()
    assert f"/icalma/requerimiento/{unidad.pk}/" in pagina
    assert f"/icalma/requerimiento/{otra.pk}/" in pagina


def test_mirar_la_pagina_no_guarda_nada(duenia, url):
    assert duenia.get(url).status_code == 200
    assert Borrador.objects.count() == 0


@pytest.mark.regla("I-04")
def test_agregar_guarda_recinto_lugar_item_y_clase(duenia, url):
    respuesta = duenia.post(url, escrita(1))
    assert (respuesta.status_code, respuesta.url) == (302, f"{url}#lista")
    guardada = borrador().datos["observaciones"][0]
    assert guardada["nombres"] == {
        "recinto": "Cocina",
        "lugar": "Lavaplatos",
        "item": "Grifería",
        "clase": "instalacion",
    }
    assert borrador().datos["en_curso"] == {}


def test_lo_que_no_esta_en_la_lista_se_escribe(duenia, url):
    duenia.post(
        url,
        {
            "accion": "agregar",
            "recinto": "otro",
            "recinto_otro": "Bodega 12",
            "lugar_otro": "Cielo",
            "item_otro": "Humedad",
        },
    )
    assert borrador().datos["observaciones"][0]["nombres"] == {
        "recinto": "Bodega 12",
        "lugar": "Cielo",
        "item": "Humedad",
        "clase": "otro",
    }


@pytest.mark.regla("I-04")
@pytest.mark.parametrize(
    ("cambios", "mensaje"),
    [
        ({"recinto": ""}, "Elige el recinto."),
        ({"lugar": ""}, "Elige el lugar."),
        ({"item": ""}, "Elige el elemento que falla."),
        ({"recinto": "otro"}, "Escribe qué recinto es."),
        ({"item": "otro"}, "Escribe qué elemento es."),
        ({"recinto": "999999"}, "Elige una opción de la lista."),
        ({"recinto": "1 OR 1=1"}, "Elige una opción de la lista."),
        ({"descripcion": "a" * 4001}, "usa como máximo 4.000"),
        ({"descripcion": "a" * 1_000_000}, "usa como máximo 4.000"),
    ],
)
def test_observacion_incompleta_se_explica_y_conserva_lo_escrito(duenia, url, cambios, mensaje):
    respuesta = duenia.post(url, escrita(**{"descripcion": "Mi texto largo", **cambios}))
    pagina = respuesta.content.decode()
    assert respuesta.status_code == 422
    assert mensaje in pagina
    assert "Lo que escribiste sigue aquí." in pagina
    assert cambios.get("descripcion", "Mi texto largo") in pagina
    assert borrador().datos["observaciones"] == []


def test_catalogo_de_otra_empresa_se_rechaza(duenia, url, icalma):
    otra = type(icalma).objects.create(
        codigo="otra",
        nombre="Otra",
        pais="CL",
        zona=icalma.zona,
        calendario=icalma.calendario,
        jornada=icalma.jornada,
        prefijo_folio="OTR",
        remitente="a@b.example",
    )
    ajeno = Recinto.objects.create(empresa=otra, nombre="Sala secreta")
    respuesta = duenia.post(url, escrita(recinto=ajeno.pk))
    assert respuesta.status_code == 422
    assert "Sala secreta" not in respuesta.content.decode()
    assert borrador().datos["observaciones"] == []


def test_vivienda_de_otro_no_existe(duenia, vecino):
    ajena = Propiedad.objects.get(cliente=vecino).unidad_id
    for ruta in ("", "revisar/"):
        assert duenia.get(f"/icalma/requerimiento/{ajena}/{ruta}").status_code == 404
        assert duenia.post(f"/icalma/requerimiento/{ajena}/{ruta}", escrita()).status_code == 404
    assert duenia.post(f"/icalma/requerimiento/{ajena}/foto/").status_code == 404
    assert duenia.post(f"/icalma/requerimiento/{ajena}/vaciar/").status_code == 404
    assert Borrador.objects.count() == 0


def test_continuar_muestra_los_lugares_sin_javascript(duenia, url):
    item = escrita(1)
    datos = {"accion": "continuar", "recinto": item["recinto"], "descripcion": "Gotea"}
    assert duenia.post(url, datos).status_code == 302
    pagina = duenia.get(url).content.decode()
    assert ">Lavaplatos</option>" in pagina
    assert "\nGotea</textarea>" in pagina


def test_cambiar_de_recinto_suelta_el_lugar_que_no_es_suyo(duenia, url):
    datos = escrita(0, accion="continuar", recinto=escrita(1)["recinto"])
    duenia.post(url, datos)
    en_curso = borrador().datos["en_curso"]
    assert (en_curso["lugar"], en_curso["item"]) == ("", "")
    assert en_curso["descripcion"] == "Se ve una grieta larga"


def test_editar_guarda_el_cambio_y_no_pierde_lo_que_se_escribia(duenia, url):
    duenia.post(url, escrita(0))
    clave = borrador().datos["observaciones"][0]["id"]
    duenia.post(url, escrita(1, accion=f"editar:{clave}", descripcion="A medias"))
    pagina = duenia.get(url).content.decode()
    assert "Cambia esta observación" in pagina
    duenia.post(url, escrita(2, edita=clave, descripcion="Corregida"))
    observaciones = borrador().datos["observaciones"]
    assert [(o["id"], o["descripcion"]) for o in observaciones] == [(clave, "Corregida")]
    assert "\nA medias</textarea>" in duenia.get(url).content.decode()


def test_quitar_borra_la_observacion_y_sus_fotos(
    duenia, url, media, django_capture_on_commit_callbacks
):
    duenia.post(url, escrita(fotos=foto()))
    clave = borrador().datos["observaciones"][0]["id"]
    assert len(archivos(media)) == 2  # the photo and its small one
    with django_capture_on_commit_callbacks(execute=True):
        duenia.post(url, {"accion": f"quitar:{clave}"})
    assert borrador().datos["observaciones"] == []
    assert (Adjunto.objects.count(), archivos(media)) == (0, [])


def test_fotos_buenas_quedan_aunque_falte_un_campo(duenia, url):
    respuesta = duenia.post(url, escrita(item="", fotos=foto()))
    publico = Adjunto.objects.get().publico
    assert respuesta.status_code == 422
    assert f"/icalma/adjunto/{publico}/" in respuesta.content.decode()
    duenia.post(url, escrita())
    assert borrador().datos["observaciones"][0]["fotos"] == [publico]


def test_foto_mala_se_explica_y_no_deja_archivo(duenia, url, media):
    respuesta = duenia.post(url, escrita(fotos=foto("x.svg", b"<svg onload=alert(1)>")))
    assert respuesta.status_code == 422
    assert "«x.svg» no es una foto que podamos recibir" in respuesta.content.decode()
    assert "\nSe ve una grieta larga</textarea>" in respuesta.content.decode()
    assert archivos(media) == []
    assert Adjunto.objects.count() == 0


def test_foto_enorme_se_suelta_y_el_texto_llega(duenia, url, media):
    respuesta = duenia.post(url, escrita(fotos=foto("g.jpg", b"\xff\xd8\xff" + b"0" * 11_000_000)))
    pagina = respuesta.content.decode()
    assert respuesta.status_code == 422
    assert "«g.jpg» pesa más de 10 MB" in pagina
    assert "\nSe ve una grieta larga</textarea>" in pagina
    assert archivos(media) == []


def test_envio_descomunal_es_413_en_espaniol(duenia, url):
    respuesta = duenia.post(url, escrita(), CONTENT_LENGTH=str(900 * 1024 * 1024))
    assert respuesta.status_code == 413
    assert "demasiado grande" in respuesta.content.decode()


def test_siete_fotos_son_demasiadas(duenia, url):
    respuesta = duenia.post(url, escrita(fotos=[foto(f"{n}.jpg") for n in range(7)]))
    assert respuesta.status_code == 422
    assert "Cada observación lleva hasta 6 fotos." in respuesta.content.decode()
    assert Adjunto.objects.count() == 6


def test_veintiuna_fotos_en_total_son_demasiadas(duenia, url):
    for n in range(3):
        duenia.post(url, escrita(n, fotos=[foto(f"{n}{i}.jpg") for i in range(6)]))
    respuesta = duenia.post(url, escrita(fotos=[foto(f"z{i}.jpg") for i in range(3)]))
    assert "hasta 20 fotos en total" in respuesta.content.decode()
    assert Adjunto.objects.count() == 20


def test_disco_lleno_conserva_el_texto_y_despues_funciona(duenia, url, media, monkeypatch):
    bueno = FileSystemStorage._save

    def lleno(self, nombre, contenido):
        ruta = self.path(nombre)
        import pathlib

        pathlib.Path(ruta).parent.mkdir(parents=True, exist_ok=True)
        pathlib.Path(ruta).write_bytes(b"a medias")
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(FileSystemStorage, "_save", lleno)
    respuesta = duenia.post(url, escrita(fotos=foto()))
    assert respuesta.status_code == 507
    assert "No tenemos espacio para guardar la foto" in respuesta.content.decode()
    assert "\nSe ve una grieta larga</textarea>" in respuesta.content.decode()
    assert archivos(media) == []
    assert Adjunto.objects.count() == 0
    assert duenia.get("/icalma/").status_code == 200

    monkeypatch.setattr(FileSystemStorage, "_save", bueno)
    assert duenia.post(url, escrita(fotos=foto())).status_code == 302
    assert Adjunto.objects.count() == 1


def test_foto_sola_responde_json_y_queda_en_lo_que_se_escribe(duenia, url):
    respuesta = duenia.post(f"{url}foto/", {"fotos": foto()})
    publico = Adjunto.objects.get().publico
    assert respuesta.json() == {"publico": publico, "url": f"/icalma/adjunto/{publico}/"}
    assert borrador().datos["en_curso"]["fotos"] == [publico]
    malo = duenia.post(f"{url}foto/", {"fotos": foto("a.png")})
    assert (malo.status_code, "no contiene una imagen PNG" in malo.json()["error"]) == (422, True)


def test_foto_del_borrador_solo_la_ve_su_duenia(duenia, url, vecino, proyecto):
    duenia.post(url, escrita(fotos=foto()))
    ruta = f"/icalma/adjunto/{Adjunto.objects.get().publico}/"
    assert duenia.get(ruta).status_code == 200
    assert en_sesion(vecino, proyecto).get(ruta).status_code == 404


def test_quitar_foto_de_otro_no_hace_nada(duenia, url, vecino, proyecto):
    suya = Propiedad.objects.get(cliente=vecino).unidad_id
    ajeno = en_sesion(vecino, proyecto)
    ajeno.post(f"/icalma/requerimiento/{suya}/", escrita(fotos=foto()))
    publico = Adjunto.objects.get().publico
    duenia.post(url, {"accion": f"quitar_foto:{publico}"})
    assert Adjunto.objects.get().publico == publico


def test_el_borrador_se_retoma_desde_otro_navegador(duenia, url, cliente, proyecto):
    duenia.post(url, escrita())
    assert "Agregadas: 1" in en_sesion(cliente, proyecto).get(url).content.decode()


def test_sin_mirar_nombra_los_recintos_que_faltan(duenia, url):
    duenia.post(url, escrita(1))
    pagina = duenia.get(url).content.decode()
    assert "¿Ya miraste estos recintos?</b> Living comedor y Terraza." in pagina


def test_revisar_con_algo_a_medias_avisa(duenia, url):
    duenia.post(url, escrita())
    respuesta = duenia.post(url, escrita(1, accion="revisar"))
    assert respuesta.status_code == 422
    assert "Tienes una observación escrita que aún no agregas" in respuesta.content.decode()


def test_revisar_sin_observaciones_avisa(duenia, url):
    respuesta = duenia.post(url, {"accion": "revisar"})
    assert respuesta.status_code == 422
    assert "Agrega al menos una observación" in respuesta.content.decode()


def test_post_sin_ficha_de_seguridad_es_403(duenia, url, cliente, proyecto):
    duenia.handler.enforce_csrf_checks = True
    assert duenia.post(url, escrita()).status_code == 403
    assert duenia.post(f"{url}foto/", {"fotos": foto()}).status_code == 403
    assert (Borrador.objects.count(), Ticket.objects.count()) == (0, 0)


def test_lo_escrito_se_muestra_literal(duenia, url):
    malo = '"><svg onload=alert(1)>{{7*7}}'
    duenia.post(
        url,
        escrita(
            recinto="otro", recinto_otro=malo, lugar_otro=malo, item_otro=malo, descripcion=malo
        ),
    )
    pagina = duenia.get(url).content.decode()
    assert "<svg onload" not in pagina
    assert "&lt;svg onload=alert(1)&gt;{{7*7}}" in pagina


def test_vaciar_borra_el_borrador(duenia, url):
    duenia.post(url, escrita(fotos=foto()))
    duenia.post(f"{url}vaciar/")
    assert (Borrador.objects.count(), Adjunto.objects.count()) == (0, 0)


@pytest.mark.parametrize("cantidad", [1, 3])
def test_consultas_de_la_pagina_no_crecen(duenia, url, cantidad, django_assert_num_queries):
    for n in range(cantidad):
        duenia.post(url, escrita(n))
    duenia.get(url)
    with django_assert_num_queries(CONSULTAS):
        duenia.get(url)


CONSULTAS = 10

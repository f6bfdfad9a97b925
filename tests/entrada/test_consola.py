"""Staff read what arrived, leave it aside or paste what did not: nothing else, and only theirs."""

import pytest
from django.urls import reverse

from postventa.entrada.models import CorreoEntrante, FotoEntrante
from postventa.entrada.recepcion import pegar
from postventa.personas.models import Membresia, Rol, Usuario
from tests.entrada.test_recepcion import adjunto, por_postmark
from tests.icalma.conftest import foto

LISTA = "/consola/entrada/correoentrante/"


@pytest.fixture
def agente(client, gente):
    client.force_login(gente[Rol.CALL_CENTER])
    return client


@pytest.fixture
def correo(ingevec, edificio, duenio, gente):
    return pegar(
        ingevec,
        gente[Rol.CALL_CENTER],
        de="hector@correo.example",
        asunto="Gotera <b>urgente</b>",
        texto="Edificio Los Maitenes, depto 1203. <script>alert(1)</script>\nFono 22 345 6789",
    )


def url(correo):
    return reverse("admin:entrada_correoentrante_change", args=[correo.pk])


def test_lista_muestra_lo_que_espera_en_pocas_consultas(agente, correo, django_assert_num_queries):
    with django_assert_num_queries(5):
        pagina = agente.get(LISTA).content.decode()
    assert "Gotera &lt;b&gt;urgente&lt;/b&gt;" in pagina
    assert "Pegar un correo" in pagina


def test_correo_se_lee_como_texto_y_propone_sus_datos(agente, correo):
    pagina = agente.get(url(correo)).content.decode()
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in pagina
    assert "<script>alert" not in pagina
    for frase in ("En la ficha de Héctor Saldías Mora", "1203", "22 345 6789"):
        assert frase in pagina


def test_descartar_pide_motivo_y_se_hace_una_vez(agente, correo):
    respuesta = agente.post(url(correo), {"motivo": " "})
    assert (respuesta.status_code, "Escribe por qué se descarta" in respuesta.content.decode()) == (
        422,
        True,
    )
    assert agente.post(url(correo), {"motivo": "Publicidad"}).status_code == 302
    correo.refresh_from_db()
    assert (correo.estado, correo.motivo) == ("DESCARTADO", "Publicidad")
    assert agente.post(url(correo), {"motivo": "Otra"}).status_code == 409
    correo.refresh_from_db()
    assert correo.motivo == "Publicidad"


def test_pegar_deja_el_mismo_borrador_y_no_pierde_lo_escrito(agente, ingevec, edificio):
    pegar_url = reverse("admin:entrada_correoentrante_pegar")
    datos = {"empresa": ingevec.pk, "de": "no-es-correo", "asunto": "X", "texto": "Gotea el baño"}
    respuesta = agente.post(pegar_url, datos)
    assert respuesta.status_code == 422
    assert "Gotea el baño" in respuesta.content.decode()
    respuesta = agente.post(pegar_url, {**datos, "de": "ana@correo.example"})
    correo = CorreoEntrante.objects.get()
    assert (respuesta.url, correo.origen, correo.texto) == (url(correo), "pegado", "Gotea el baño")


def test_fotos_se_bajan_y_nunca_se_ejecutan(agente, client, edificio, duenio):
    por_postmark(client, Attachments=[adjunto("c.jpg", foto("c.jpg").read())])
    fila = FotoEntrante.objects.get()
    respuesta = agente.get(reverse("admin:entrada_foto", args=[fila.correo_id, fila.pk]))
    assert respuesta.headers["Content-Type"] == "image/jpeg"
    assert respuesta.headers["Content-Disposition"].startswith("attachment")
    assert "sandbox" in respuesta.headers["Content-Security-Policy"]


@pytest.fixture
def ajeno(client, icalma):
    persona = Usuario.objects.create_user("ajena", "ajena@icalma.example", is_staff=True)
    Membresia.objects.create(usuario=persona, empresa=icalma, rol=Rol.CALL_CENTER)
    client.force_login(persona)
    return client


def test_otra_empresa_no_ve_ni_toca_nada(ajeno, correo, ingevec):
    assert "Gotera" not in ajeno.get(LISTA).content.decode()
    assert ajeno.get(url(correo)).status_code == 404
    assert ajeno.post(url(correo), {"motivo": "x"}).status_code == 404
    datos = {"empresa": ingevec.pk, "de": "a@b.example", "texto": "x"}
    pegado = ajeno.post(reverse("admin:entrada_correoentrante_pegar"), datos)
    assert pegado.status_code == 422
    assert CorreoEntrante.objects.count() == 1


def test_un_maestro_no_lee_correos(client, gente, correo):
    client.force_login(gente[Rol.MAESTRO])
    assert client.get(url(correo)).status_code == 403

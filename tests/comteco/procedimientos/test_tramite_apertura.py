"""A trámite is opened at the counter: who, for which procedure, and only what it asks."""

from uuid import uuid4

import pytest

from comteco.procedimientos.models import Tramite
from postventa.calendario import hora
from postventa.personas.models import Cliente
from tests.comteco.procedimientos.conftest import LUNES_BO
from tests.consola.conftest import entrar

LISTA = "/consola/procedimientos/tramite/"
NUEVO = "/consola/comteco/tramite/nuevo/"


@pytest.fixture
def asesora(gente_comteco):
    hora.fijar(LUNES_BO)
    return entrar(gente_comteco.asesora)


def alta(**mas):
    return {
        "tipo_documento": "CI", "numero": "3456789", "procedimiento": "B", "producto": "4251234",
        "servicio": "internet", "persona": "natural", "nonce": str(uuid4()), **mas,
    }  # fmt: skip


def test_se_abre_por_cedula_y_lleva_al_tramite(asesora, socio, plataforma):
    pagina = asesora.get(
        NUEVO, {"tipo_documento": "CI", "numero": "3.456.789", "procedimiento": "B"}
    )
    assert "Mirtha Rojas Vargas" in pagina.content.decode()
    datos = alta(sede=plataforma.pk)
    respuesta = asesora.post(NUEVO, datos)
    tramite = Tramite.objects.get()
    assert respuesta.url == f"{LISTA}{tramite.pk}/change/"
    assert (tramite.cliente, tramite.estado) == (socio, "B1")
    assert asesora.post(NUEVO, datos).url == respuesta.url
    assert Tramite.objects.count() == 1


@pytest.mark.parametrize("letra", "ABCDEFGHIJ")
def test_solo_se_pide_lo_del_procedimiento(asesora, socio, letra):
    pagina = asesora.get(
        NUEVO, {"tipo_documento": "CI", "numero": "3456789", "procedimiento": letra}
    )
    campos = set(pagina.context["formulario"].fields)
    assert ("pide" in campos) == (letra == "D")
    assert ("tercero" in campos) == (letra != "G")
    assert {"producto", "servicio", "persona", "sede"} <= campos
    assert "De D)" not in pagina.content.decode()


@pytest.mark.parametrize("letra", ["", "Z"])
def test_sin_procedimiento_no_se_sigue(asesora, socio, letra):
    respuesta = asesora.get(
        NUEVO, {"tipo_documento": "CI", "numero": "3456789", "procedimiento": letra}
    )
    assert respuesta.status_code == 422
    assert respuesta.context["buscar"].errors["procedimiento"]
    assert 'value="3456789"' in respuesta.content.decode()


def test_suspension_sin_decir_que_pide_conserva_lo_escrito(asesora, socio, plataforma):
    datos = alta(procedimiento="D", sede=plataforma.pk)
    respuesta = asesora.post(NUEVO, datos)
    assert respuesta.status_code == 422
    assert set(respuesta.context["formulario"].errors) == {"pide"}
    assert 'value="4251234"' in respuesta.content.decode()
    assert asesora.post(NUEVO, {**datos, "pide": "suspension"}).status_code == 302


def test_la_busqueda_de_la_cabecera_dice_producto(asesora):
    pagina = asesora.get("/consola/").content.decode()
    assert 'placeholder="Folio, documento o producto"' in pagina


def test_cliente_nuevo_se_registra_con_su_nit(asesora, plataforma, gente_comteco):
    base = alta(tipo_documento="NIT", numero="1023149021", sede=plataforma.pk, persona="juridica")
    mala = asesora.post(NUEVO, base)
    assert mala.status_code == 422
    assert not Cliente.objects.exists()
    respuesta = asesora.post(NUEVO, {**base, "nombre": "Librería Inventada S.R.L."})
    assert respuesta.status_code == 302
    assert Cliente.objects.get().numero == "1023149021"


def test_nada_queda_si_el_tramite_no_se_abre(asesora, plataforma, gente_comteco):
    datos = alta(numero="7654321", nombre="Otra Persona", sede=plataforma.pk,
                 procedimiento="G", es_tercero="on")  # fmt: skip
    respuesta = asesora.post(NUEVO, datos)
    assert respuesta.status_code == 422
    pagina = respuesta.content.decode()
    assert "solo al titular de la línea" in pagina
    assert "Otra Persona" in pagina
    assert not Cliente.objects.exists()


@pytest.mark.parametrize("numero", ["", "12", "abc"])
def test_documento_mal_escrito_dice_que_hacer(asesora, numero):
    respuesta = asesora.get(NUEVO, {"tipo_documento": "CI", "numero": numero, "procedimiento": "A"})
    assert respuesta.status_code == 422
    assert respuesta.context["buscar"].errors["numero"]


def test_abrir_es_de_asesores_y_en_su_oficina(gente_comteco, plataforma, socio):
    hora.fijar(LUNES_BO)
    for nombre in ("caja", "jefa", "informes", "gerente", "administrador"):
        assert entrar(getattr(gente_comteco, nombre)).get(NUEVO).status_code == 403
    zonal = entrar(gente_comteco.zonal)
    assert zonal.post(NUEVO, alta(sede=plataforma.pk)).status_code == 422
    assert not Tramite.objects.exists()

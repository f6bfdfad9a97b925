"""A code: single use, ten minutes, five tries, one browser, one purpose."""

from datetime import timedelta

import pytest
import time_machine
from django.db import transaction
from django.test import Client, RequestFactory
from django.utils import timezone

from postventa.avisos.models import Aviso
from postventa.avisos.tasks import barrer
from postventa.portal import codigos
from postventa.portal.models import Desafio, Proposito

from .conftest import CODIGO, MIOS, entrar, pedir, ultimo_codigo


def otro_numero(codigo):
    return f"{(int(codigo) + 1) % 1_000_000:06d}"


def en(**delta):
    """The whole machine, that much later."""
    return time_machine.travel(timezone.now() + timedelta(**delta))


def test_codigo_son_seis_digitos_distintos_cada_vez():
    todos = {codigos.codigo_de(n) for n in range(500)}
    assert {len(c) for c in todos} == {6}
    assert all(c.isdecimal() for c in todos)
    assert len(todos) > 490


def test_codigo_sirve_una_sola_vez(client, proyecto, cliente):
    pedir(client, proyecto)
    codigo = ultimo_codigo()
    antes = client.session[codigos.EN_SESION]
    assert client.post(CODIGO, {"codigo": codigo}).status_code == 302
    assert client.post(CODIGO, {"codigo": codigo}).url == "/icalma/acceso/"
    # Even if the browser still remembered the challenge.
    sesion = client.session
    sesion[codigos.EN_SESION] = antes
    sesion.save()
    respuesta = client.post(CODIGO, {"codigo": codigo})
    assert respuesta.status_code == 422
    assert "Este código ya no sirve" in respuesta.content.decode()


@pytest.mark.parametrize(
    ("despues", "entra"), [({"seconds": 599}, True), ({"seconds": 601}, False)]
)
def test_codigo_vive_diez_minutos(client, proyecto, cliente, despues, entra):
    pedir(client, proyecto)
    codigo = ultimo_codigo()
    with en(**despues):
        respuesta = client.post(CODIGO, {"codigo": codigo})
    assert (respuesta.status_code == 302) == entra


def test_sexto_intento_falla_aunque_sea_el_bueno(client, proyecto, cliente):
    pedir(client, proyecto)
    codigo = ultimo_codigo()
    mensajes = [
        client.post(CODIGO, {"codigo": otro_numero(codigo)}).content.decode() for _ in range(5)
    ]
    assert "Quedan 4 intentos" in mensajes[0]
    assert "Queda 1 intento:" in mensajes[3]
    assert "no quedan intentos" in mensajes[4]
    assert '<h2 id="hay-errores">No pudimos continuar</h2>' in mensajes[4]
    respuesta = client.post(CODIGO, {"codigo": codigo})
    assert respuesta.status_code == 422
    assert client.get(MIOS).status_code == 302
    # The lock is on the code, not on the person.
    client.post(CODIGO, {"otro": "1"})
    assert client.post(CODIGO, {"codigo": ultimo_codigo()}).status_code == 302


def test_quinto_intento_todavia_abre(client, proyecto, cliente):
    pedir(client, proyecto)
    codigo = ultimo_codigo()
    for _ in range(4):
        client.post(CODIGO, {"codigo": otro_numero(codigo)})
    assert client.post(CODIGO, {"codigo": codigo}).status_code == 302


@pytest.mark.parametrize("texto", ["", "12345", "1234567", "abcdef", "١٢٣٤٥٦7"])
def test_codigo_mal_escrito_no_gasta_intento(client, proyecto, cliente, texto):
    pedir(client, proyecto)
    assert client.post(CODIGO, {"codigo": texto}).status_code == 422
    assert Desafio.objects.get().intentos == 0


def test_otro_navegador_no_puede_usarlo(client, proyecto, cliente):
    pedir(client, proyecto)
    codigo, desafio = ultimo_codigo(), Desafio.objects.get()
    ajeno = Client()
    assert ajeno.post(CODIGO, {"codigo": codigo}).status_code == 302  # to the access page
    assert ajeno.get(MIOS).status_code == 302
    # Even with the challenge put by force into the other browser's session.
    sesion = ajeno.session
    sesion[codigos.EN_SESION] = {"acceso": str(desafio.pk)}
    sesion[codigos.NAVEGADOR] = "otro"
    sesion.save()
    assert ajeno.post(CODIGO, {"codigo": codigo}).status_code == 422
    assert client.post(CODIGO, {"codigo": codigo}).url == MIOS


def test_pedir_otro_deja_sin_uso_el_anterior(client, proyecto, cliente):
    pedir(client, proyecto)
    viejo = ultimo_codigo()
    respuesta = client.post(CODIGO, {"otro": "1"}, follow=True)
    assert "El anterior ya no sirve." in respuesta.content.decode()
    assert client.post(CODIGO, {"codigo": viejo}).status_code == 422
    assert client.post(CODIGO, {"codigo": ultimo_codigo()}).status_code == 302


def test_correo_de_un_codigo_vencido_no_sale(client, proyecto, cliente):
    pedir(client, proyecto)
    with en(minutes=11):
        assert barrer() == 0
    aviso = Aviso.objects.get()
    assert (aviso.estado, aviso.error) == ("DESCARTADO", "Venció antes de enviarse")


def test_correo_de_un_codigo_usado_no_sale(client, proyecto, cliente):
    entrar(client, proyecto)
    assert barrer() == 0
    assert Aviso.objects.get().estado == "DESCARTADO"


def test_clave_de_sesion_cambia_al_entrar(client, proyecto, cliente):
    pedir(client, proyecto)
    antes = client.session.session_key
    client.post(CODIGO, {"codigo": ultimo_codigo()})
    assert client.session.session_key != antes


@pytest.fixture
def peticion(db):
    """A request with a session, for codes asked outside the access page."""
    peticion = RequestFactory().post("/")
    peticion.session = Client().session
    return peticion


def pedir_firma(peticion, proyecto, cliente, referencia="abc"):
    return codigos.pedir(
        peticion,
        empresa=proyecto.empresa,
        sede=proyecto,
        cliente=cliente,
        numero=cliente.numero,
        proposito=Proposito.FIRMA,
        referencia=referencia,
    )


def test_codigo_de_firma_es_de_ese_ticket_y_de_nada_mas(peticion, proyecto, cliente):
    desafio = pedir_firma(peticion, proyecto, cliente)
    empresa = proyecto.empresa
    assert codigos.pendiente(peticion, empresa, Proposito.FIRMA, "abc") == desafio
    assert codigos.pendiente(peticion, empresa, Proposito.FIRMA, "otro") is None
    assert codigos.pendiente(peticion, empresa, Proposito.ACCESO) is None


def test_haber_entrado_tres_veces_no_impide_firmar(peticion, client, proyecto, cliente):
    for _ in range(3):
        pedir(client, proyecto)
    for _ in range(3):
        pedir_firma(peticion, proyecto, cliente)
    with pytest.raises(codigos.Demasiados):
        pedir_firma(peticion, proyecto, cliente)


def test_codigo_comprobado_se_puede_usar_de_nuevo_si_el_acto_fallo(peticion, proyecto, cliente):
    desafio = pedir_firma(peticion, proyecto, cliente)
    codigos.comprobar(peticion, desafio, codigos.codigo_de(desafio.pk))
    with transaction.atomic():
        codigos.consumir(desafio)
        transaction.set_rollback(True)
    codigos.comprobar(peticion, desafio, codigos.codigo_de(desafio.pk))
    codigos.consumir(desafio)
    with pytest.raises(codigos.CodigoErrado):
        codigos.consumir(desafio)
    with pytest.raises(codigos.CodigoErrado) as error:
        codigos.comprobar(peticion, desafio, codigos.codigo_de(desafio.pk))
    assert error.value.terminado
    desafio.refresh_from_db()
    assert desafio.intentos == 2


@pytest.mark.django_db(transaction=True)
def test_comprobar_dentro_de_una_transaccion_se_niega(peticion, proyecto, cliente):
    desafio = pedir_firma(peticion, proyecto, cliente)
    with pytest.raises(RuntimeError), transaction.atomic():
        codigos.comprobar(peticion, desafio, "000000")

"""Where a customer is reached changes with two people and a day (TM-08)."""

from datetime import timedelta

import pytest

from postventa.avisos.correo import renderizar
from postventa.avisos.models import Aviso
from postventa.calendario import hora
from postventa.consola import contactos
from postventa.consola.models import CambioDeContacto
from postventa.consola.tasks import barrer
from postventa.expedientes.models import CambioMaestro
from postventa.personas.models import Rol
from tests.conftest import LUNES
from tests.consola.conftest import entrar, personal

NUEVO = {
    "accion": "pedir",
    "correo": "nueva@correo.example",
    "telefono": "+56 9 3333 4444",
    "evidencia": "Llamó desde su teléfono y mostró su cédula en la oficina",
}
VIEJO = ("camila@correo.example", "+56 9 1111 2222")


@pytest.fixture(autouse=True)
def es_lunes(db):
    hora.fijar(LUNES)


@pytest.fixture
def operadora(icalma):
    return personal("llamados", icalma, Rol.CALL_CENTER)


def url(cliente):
    return f"/consola/personas/cliente/{cliente.pk}/contacto/"


def postear(persona, cliente, **datos):
    return entrar(persona).post(url(cliente), datos)


def de_hoy(cliente):
    cliente.refresh_from_db()
    return cliente.correo, cliente.telefono


@pytest.fixture
def pedido(operadora, cliente):
    assert postear(operadora, cliente, **NUEVO).status_code == 302
    return CambioDeContacto.objects.get()


def test_pedir_no_cambia_nada_ni_avisa(pedido, cliente):
    assert de_hoy(cliente) == VIEJO
    barrer()
    assert de_hoy(cliente) == VIEJO
    assert Aviso.objects.count() == 0


def test_otra_persona_aprueba_se_avisa_a_los_dos_y_un_dia_despues_se_aplica(
    pedido, cliente, supervisor
):
    respuesta = postear(supervisor, cliente, accion="aprobar", cambio=pedido.pk)
    assert respuesta.status_code == 302
    assert {a.destino for a in Aviso.objects.all()} == {VIEJO[0], NUEVO["correo"]}
    hora.fijar(LUNES + timedelta(hours=24, minutes=-1))
    assert (barrer(), de_hoy(cliente)) == (0, VIEJO)
    hora.fijar(LUNES + timedelta(hours=24, minutes=1))
    assert (barrer(), barrer()) == (1, 0)
    assert de_hoy(cliente) == (NUEVO["correo"], NUEVO["telefono"])


def test_la_bitacora_nombra_a_las_dos_personas(pedido, cliente, supervisor, operadora):
    contactos.aprobar(pedido, supervisor, LUNES)
    contactos.aplicar(LUNES + timedelta(days=1))
    filas = CambioMaestro.objects.filter(modelo="personas.cliente", objeto_id=str(cliente.pk))
    assert [(c.accion, c.por) for c in filas.order_by("numero")] == [
        ("pedir", operadora),
        ("aprobar", supervisor),
        ("contacto", supervisor),
    ]
    assert filas.last().detalle["correo"] == [VIEJO[0], NUEVO["correo"]]


def test_nadie_aprueba_lo_suyo(supervisor, cliente):
    postear(supervisor, cliente, **NUEVO)
    cambio = CambioDeContacto.objects.get()
    assert postear(supervisor, cliente, accion="aprobar", cambio=cambio.pk).status_code == 403
    cambio.refresh_from_db()
    assert cambio.aprobado_por is None


@pytest.mark.parametrize("rol", [Rol.CALL_CENTER, Rol.GERENTE, Rol.MAESTRO])
def test_roles_que_no_aprueban(pedido, cliente, icalma, rol):
    otro = personal("otro", icalma, rol)
    assert postear(otro, cliente, accion="aprobar", cambio=pedido.pk).status_code == 403


def test_gerencia_no_pide(cliente, icalma):
    gerente = personal("gerente", icalma, Rol.GERENTE)
    assert postear(gerente, cliente, **NUEVO).status_code == 403
    assert CambioDeContacto.objects.count() == 0


def test_detenido_no_se_aplica_y_se_avisa(pedido, cliente, supervisor, jefe):
    contactos.aprobar(pedido, supervisor, LUNES)
    assert postear(jefe, cliente, accion="detener", cambio=pedido.pk).status_code == 302
    assert contactos.aplicar(LUNES + timedelta(days=2)) == 0
    assert de_hoy(cliente) == VIEJO
    assert Aviso.objects.count() == 4


def test_un_cambio_abierto_por_cliente(pedido, cliente, supervisor):
    otra = {**NUEVO, "correo": "otra@correo.example"}
    assert postear(supervisor, cliente, **otra).status_code == 409
    assert CambioDeContacto.objects.count() == 1


@pytest.mark.parametrize(
    "cambio",
    [{"correo": "no es correo"}, {"evidencia": ""}, {"correo": VIEJO[0], "telefono": VIEJO[1]}],
)
def test_pedido_mal_escrito_no_se_guarda(operadora, cliente, cambio):
    assert postear(operadora, cliente, **{**NUEVO, **cambio}).status_code == 422
    assert CambioDeContacto.objects.count() == 0


def test_codigo_va_al_correo_viejo_hasta_que_se_aplica(pedido, cliente, supervisor, proyecto):
    contactos.aprobar(pedido, supervisor, LUNES)
    Aviso.objects.all().delete()
    entrar(supervisor)
    from django.test import Client

    datos = {"sede": proyecto.pk, "numero": cliente.numero, "next": "/icalma/"}
    Client().post("/icalma/acceso/", datos)
    assert [a.destino for a in Aviso.objects.filter(tipo="acceso_codigo")] == [VIEJO[0]]


def test_la_ficha_del_cliente_no_edita_el_contacto(administradora, cliente):
    web = entrar(administradora)
    ficha = f"/consola/personas/cliente/{cliente.pk}/change/"
    assert url(cliente) in web.get(ficha).content.decode()
    datos = {
        "tipo_documento": "RUT",
        "numero": cliente.numero,
        "nombre": "Camila Rojas",
        "correo": "robado@correo.example",
        "telefono": "",
        "propiedades-TOTAL_FORMS": "0",
        "propiedades-INITIAL_FORMS": "0",
    }
    assert web.post(ficha, datos).status_code == 302
    assert de_hoy(cliente) == VIEJO
    assert cliente.nombre == "Camila Rojas"


def test_quien_aprueba_lo_ve_en_su_inicio_y_quien_lo_pidio_no(pedido, supervisor, operadora):
    titulos = [e.titulo for e in entrar(supervisor).get("/consola/").context["esperan"]]
    assert titulos == ["Aprobar un cambio de contacto"]
    assert entrar(operadora).get("/consola/").context["esperan"] == []


def test_el_correo_dice_que_cambia_cuando_y_como_detenerlo(pedido, supervisor):
    contactos.aprobar(pedido, supervisor, LUNES)
    correo = renderizar(Aviso.objects.select_related("empresa").get(destino=VIEJO[0]))
    assert correo.subject == "Vamos a cambiar los datos de contacto en Icalma"
    assert "el correo nuevo es nu•••••@correo.example y también cambia el teléfono." in correo.body
    assert "martes 24 de noviembre de 2026, a las 10:15" in correo.body
    assert NUEVO["correo"] not in correo.body


def test_cliente_de_otra_empresa_no_existe(otra, supervisor):
    assert entrar(supervisor).get(url(otra.cliente)).status_code == 404
    assert postear(supervisor, otra.cliente, **NUEVO).status_code == 404


def test_mover_el_reloj_de_la_demostracion_lo_aplica(pedido, cliente, supervisor, settings):
    settings.RELOJ_MOVIBLE = settings.DEMO = True
    contactos.aprobar(pedido, supervisor, LUNES)
    entrar(supervisor).post("/consola/reloj/", {"accion": "2d"})
    assert de_hoy(cliente) == (NUEVO["correo"], NUEVO["telefono"])

"""The page that hands cases over: who may, what it shows first and what it then does."""

import pytest

from postventa.avisos.models import Aviso
from postventa.calendario import hora
from postventa.expedientes.models import Expediente, Movimiento
from postventa.personas.models import Membresia, Rol
from tests.consola.conftest import entrar, personal
from tickets.inmuebles.models import Proyecto

PAGINA = "/consola/reasignar/"
LISTA = "/consola/icalma/ticket/"


@pytest.fixture
def paula(icalma):
    return personal("ptoro", icalma, Rol.SUPERVISOR, first_name="Paula", last_name="Toro")


@pytest.fixture
def web(jefe):
    return entrar(jefe)


def responsables():
    return list(Expediente.objects.order_by("pk").values_list("responsable__username", flat=True))


def pedido(paula, **mas):
    return {"a": paula.pk, "motivo": "Vacaciones", "de": "todos", **mas}


@pytest.mark.parametrize("rol", [Rol.SUPERVISOR, Rol.CALL_CENTER, Rol.GERENTE, Rol.MAESTRO])
def test_quien_no_reasigna_no_ve_la_pagina_ni_las_casillas(tickets, icalma, proyecto, paula, rol):
    tickets(1)
    web = entrar(personal("mira", icalma, rol))
    assert web.get(PAGINA).status_code == 403
    datos = pedido(paula, sede=proyecto.pk, accion="confirmar", cuantos=1)
    assert web.post(PAGINA, datos).status_code == 403
    assert responsables() == ["rsepulveda"]
    lista = web.get(LISTA).content.decode()
    assert 'name="caso"' not in lista
    assert PAGINA not in lista


@pytest.mark.parametrize("rol", [Rol.JEFE, Rol.ADMINISTRADOR])
def test_reasignar_un_proyecto_muestra_antes_y_hace_despues(tickets, icalma, proyecto, paula, rol):
    casos = [c.ticket for c in tickets(3)]
    web = entrar(personal("manda", icalma, rol))
    pagina = web.get(PAGINA, {"sede": proyecto.pk}).content.decode()
    assert "De cualquiera (3)" in pagina
    assert "Rodrigo Sepúlveda (3)" in pagina
    datos = pedido(paula, sede=proyecto.pk)
    previa = web.post(PAGINA, {**datos, "accion": "ver"})
    assert "3 casos pasarán a Paula Toro" in previa.content.decode()
    assert all(c.folio in previa.content.decode() for c in casos)
    assert "Recibirá" not in previa.content.decode()
    assert "recibirá un solo correo" in previa.content.decode()
    assert responsables() == ["rsepulveda"] * 3
    hecho = web.post(PAGINA, {**datos, "accion": "confirmar", "cuantos": 3}, follow=True)
    mensajes = [str(m) for m in hecho.context["messages"]]
    assert mensajes == ["3 casos pasaron a Paula Toro. Recibirá un solo correo."]
    assert responsables() == ["ptoro"] * 3
    assert Movimiento.objects.filter(verbo="reasignar").count() == 3


def test_reasignar_los_de_una_persona_o_los_de_nadie(tickets, proyecto, supervisor, paula, web):
    uno, dos, tres = (c.ticket.pk for c in tickets(3))
    Expediente.objects.filter(pk=dos).update(responsable=None)
    Expediente.objects.filter(pk=tres).update(responsable=paula)
    assert "Sin responsable (1)" in web.get(PAGINA, {"sede": proyecto.pk}).content.decode()
    datos = pedido(paula, sede=proyecto.pk, accion="confirmar", cuantos=1)
    web.post(PAGINA, {**datos, "de": "nadie"})
    assert responsables() == ["rsepulveda", "ptoro", "ptoro"]
    web.post(PAGINA, {**datos, "de": supervisor.pk})
    assert responsables() == ["ptoro"] * 3


def test_reasignar_los_elegidos_de_la_lista(tickets, paula, web):
    uno, dos, tres = (c.ticket.pk for c in tickets(3))
    lista = web.get(LISTA).content.decode()
    assert lista.count('type="checkbox" name="caso"') == 3
    elegidos = web.get(PAGINA, {"caso": [uno, tres]}).content.decode()
    assert "2 casos elegidos" in elegidos
    assert 'name="de"' not in elegidos
    datos = {"a": paula.pk, "motivo": "Zona norte", "caso": [uno, tres]}
    assert web.post(PAGINA, {**datos, "accion": "ver"}).status_code == 200
    hecho = web.post(PAGINA, {**datos, "accion": "confirmar", "cuantos": 2})
    assert hecho.url == LISTA
    assert responsables() == ["ptoro", "rsepulveda", "ptoro"]


def test_si_los_casos_cambiaron_no_se_hace_nada(tickets, proyecto, paula, web):
    tickets(2)
    datos = pedido(paula, sede=proyecto.pk, accion="confirmar")
    respuesta = web.post(PAGINA, {**datos, "cuantos": 3})
    assert respuesta.status_code == 409
    assert "No se hizo ningún cambio" in respuesta.content.decode()
    assert "2 casos pasarán" in respuesta.content.decode()
    assert responsables() == ["rsepulveda"] * 2
    # Sent twice, the second finds nothing to do.
    assert web.post(PAGINA, {**datos, "cuantos": 2}).status_code == 302
    assert web.post(PAGINA, {**datos, "cuantos": 2}).status_code == 409
    assert Movimiento.objects.filter(verbo="reasignar").count() == 2
    assert Aviso.objects.filter(tipo="reasignado").count() == 2


def test_errores_dicen_que_falta(tickets, proyecto, supervisor, web):
    tickets(1)
    respuesta = web.post(PAGINA, {"sede": proyecto.pk, "accion": "ver"})
    assert respuesta.status_code == 422
    assert "Escribe el motivo." in respuesta.content.decode()
    mismo = {"sede": proyecto.pk, "de": supervisor.pk, "a": supervisor.pk, "motivo": "x"}
    assert "esos casos ya son suyos" in web.post(PAGINA, mismo).content.decode()


def test_casos_de_otra_empresa_no_se_tocan_ni_se_nombran(tickets, otra, paula, web):
    propio = tickets(1)[0].ticket
    solo_ajeno = web.get(PAGINA, {"caso": [otra.ticket.pk]}).content.decode()
    assert "1 de los elegidos no se puede reasignar" in solo_ajeno
    mezcla = web.get(PAGINA, {"caso": [otra.ticket.pk, propio.pk]}).content.decode()
    assert "1 caso elegido" in mezcla
    assert "KANARIO" not in solo_ajeno + mezcla
    assert "Elige un proyecto" in web.get(PAGINA, {"sede": otra.proyecto.pk}).content.decode()
    datos = {"a": paula.pk, "motivo": "x", "accion": "confirmar", "cuantos": 1}
    web.post(PAGINA, {**datos, "caso": [otra.ticket.pk, propio.pk]})
    web.post(PAGINA, {**datos, "de": "todos", "sede": otra.proyecto.pk})
    assert Expediente.objects.get(pk=otra.ticket.pk).responsable == otra.supervisora
    assert Expediente.objects.get(pk=propio.pk).responsable == paula
    # Nor is somebody of the other company a choice.
    assert (
        web.post(PAGINA, {**datos, "a": otra.supervisora.pk, "caso": [propio.pk]}).status_code
        == 422
    )


def test_jefe_de_un_proyecto_reasigna_solo_ahi(tickets, icalma, proyecto, paula):
    caso = tickets(1)[0].ticket
    ajeno = Proyecto.objects.create(empresa=icalma, codigo="otro", nombre="Edificio Ajeno")
    limitado = personal("limitado", icalma, Rol.SUPERVISOR)
    Membresia.objects.create(usuario=limitado, empresa=icalma, sede=ajeno, rol=Rol.JEFE)
    web = entrar(limitado)
    datos = {"a": paula.pk, "motivo": "x", "accion": "confirmar", "cuantos": 1, "caso": caso.pk}
    assert "no se puede reasignar" in web.post(PAGINA, datos).content.decode()
    assert [s.nombre for s in web.get(PAGINA).context["sedes"]] == ["Edificio Ajeno"]
    assert responsables() == ["rsepulveda"]


@pytest.mark.parametrize("valor", ["x", "0", "9" * 30, "-1", "1 OR 1=1"])
def test_valores_raros_piden_elegir(tickets, web, valor):
    tickets(1)
    for datos in ({"sede": valor}, {"caso": valor}):
        assert web.get(PAGINA, datos).status_code == 200
        assert web.post(PAGINA, {**datos, "accion": "confirmar"}).status_code == 200
    assert web.put(PAGINA).status_code == 405


def test_un_caso_se_reasigna_desde_su_pagina(camino, paula, web):
    caso = camino.generar().ticket
    hora.fijar(camino.ahora)
    base = f"{LISTA}{caso.pk}/"
    pagina = web.get(f"{base}change/?verbo=reasignar").content.decode()
    assert "las alertas de sus plazos" in pagina
    datos = {"responsable": paula.pk, "motivo": "Vacaciones", "visto": caso.cadena_largo}
    respuesta = web.post(f"{base}ticket/{caso.pk}/reasignar/", datos, follow=True)
    assert "Ahora responde Paula Toro." in str(next(iter(respuesta.context["messages"])))
    historial = web.get(f"{base}change/?ver=historial").content.decode()
    assert "<b>Responde ahora:</b> Paula Toro" in historial
    assert "<b>Respondía:</b> Rodrigo Sepúlveda" in historial

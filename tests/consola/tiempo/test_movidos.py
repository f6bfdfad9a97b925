"""What an edit moves: seen by whom it touches, applied by who administers all of it (TM-16)."""

import pytest

from postventa.expedientes.models import CambioMaestro, Movimiento
from postventa.personas.models import Membresia, Rol
from postventa.plazos.models import Plazo
from postventa.tramitacion.models import Recalculo
from tests.conftest import local
from tests.consola.conftest import CANARIO, entrar, personal
from tests.consola.test_paginas import revisar
from tests.consola.tiempo.pedir import aplicar, pedido
from tickets.inmuebles.models import Proyecto

ANTES, DESPUES = local("2026-11-25 10:15"), local("2026-11-26 10:15")


# --- the list


def test_lista_dice_fecha_de_antes_y_nueva_y_por_que(administradora, camino, decreto, url):
    ticket = camino.generar().ticket
    decreto()
    respuesta = entrar(administradora).get(url)
    revisar(respuesta)
    pagina = respuesta.content.decode()
    assert f'href="/consola/icalma/ticket/{ticket.pk}/change/">{ticket.folio}</a>' in pagina
    assert "Miércoles 25 de noviembre, a las 10:15" in pagina
    assert "<b>Jueves 26 de noviembre, a las 10:15</b>" in pagina
    assert "martes 24 de noviembre (Decreto)" in pagina
    assert "Icalma · Condominio Los Arrayanes" in pagina
    assert "Mover 1 plazo<" in pagina
    assert Plazo.objects.get().vence_en == ANTES


def test_sin_nada_que_mover_lo_dice_y_no_ofrece_aplicar(administradora, camino, url):
    camino.generar()
    pagina = entrar(administradora).get(url).content.decode()
    assert "Ningún plazo cambia de fecha." in pagina
    assert "Aplicar las fechas nuevas" not in pagina


def test_marca_lo_que_se_adelanta_y_lo_que_quedaria_vencido(
    administradora, camino, decreto, url, poner_hora
):
    feriado = decreto()
    camino.generar()
    feriado.delete()
    web = entrar(administradora)
    respuesta = web.get(url)
    assert (respuesta.context["adelantados"], respuesta.context["vencidos"]) == (1, 0)
    assert "Se adelanta</span>" in respuesta.content.decode()
    poner_hora("2026-11-25 12:00")
    respuesta = web.get(url)
    assert (respuesta.context["adelantados"], respuesta.context["vencidos"]) == (1, 1)
    assert "Queda vencido</span>" in respuesta.content.decode()


def test_por_proyecto_y_paginada(administradora, camino, decreto, url, icalma, supervisor):
    for _ in range(3):
        camino.generar()
    otro = Proyecto.objects.create(
        empresa=icalma, codigo="otro", nombre="Alamos", supervisor=supervisor
    )
    de_otro = camino.generar().ticket
    type(de_otro).objects.filter(pk=de_otro.pk).update(sede=otro)
    decreto()
    web = entrar(administradora)
    respuesta = web.get(url)
    assert [(s["sede"].nombre, s["cuantos"]) for s in respuesta.context["sedes"]] == [
        ("Alamos", 1),
        ("Condominio Los Arrayanes", 3),
    ]
    solo = web.get(url, {"sede": otro.pk})
    assert (solo.context["total"], solo.context["pagina"].paginator.count) == (4, 1)
    assert "Ver todos los proyectos" in solo.content.decode()
    assert web.get(url, {"sede": "x"}).context["pagina"].paginator.count == 4


def test_paginas_de_a_cincuenta(administradora, camino, decreto, url, monkeypatch):
    monkeypatch.setattr("postventa.consola.tiempo.movidos.PAGINA", 2)
    for _ in range(3):
        camino.generar()
    decreto()
    web = entrar(administradora)
    assert len(web.get(url).context["pagina"]) == 2
    segunda = web.get(url, {"p": 2})
    assert (len(segunda.context["pagina"]), segunda.context["total"]) == (1, 3)
    assert "3 a 3 de 3" in segunda.content.decode()


@pytest.mark.parametrize("casos", [1, 4])
def test_lista_cuesta_lo_mismo_con_mas_casos(
    administradora, camino, decreto, url, casos, django_assert_num_queries
):
    for _ in range(casos):
        camino.generar()
    decreto()
    web = entrar(administradora)
    web.get(url)  # the schedule is remembered from now on
    with django_assert_num_queries(20):
        web.get(url)


def test_cada_uno_ve_los_suyos(camino, otra, decreto, url, icalma, raiz):
    camino.generar()
    decreto()
    mira = personal("mira", icalma, Rol.SUPERVISOR)
    pagina = entrar(mira).get(url)
    assert pagina.context["total"] == 1
    assert CANARIO not in pagina.content.decode()
    assert entrar(raiz).get(url).context["total"] == 2


def test_quien_trabaja_en_un_proyecto_ve_los_de_ese(camino, decreto, url, icalma, proyecto):
    camino.generar()
    decreto()
    aparte = Proyecto.objects.create(empresa=icalma, codigo="aparte", nombre="Aparte")
    mira = personal("mira", icalma)
    Membresia.objects.create(usuario=mira, empresa=icalma, rol=Rol.SUPERVISOR, sede=aparte)
    assert entrar(mira).get(url).context["total"] == 0


def test_calendario_de_otra_empresa_es_404(administradora, icalma, otra, calendario_cl):
    ajeno = type(calendario_cl).objects.create(codigo="bo", nombre="Bolivia", pais="BO")
    otra.empresa.calendario = ajeno
    otra.empresa.save()
    web = entrar(administradora)
    for accion in ("mueve", "anio/2026"):
        assert web.get(f"/consola/calendario/calendario/{ajeno.pk}/{accion}/").status_code == 404


# --- applying it


def test_tm16_aplicar_deja_una_linea_por_plazo_con_las_dos_fechas(
    administradora, camino, decreto, url
):
    for _ in range(2):
        camino.generar()
    decreto()
    web = entrar(administradora)
    pagina = web.get(aplicar(web, url))
    revisar(pagina)
    assert "Terminada: 2 de 2 plazos" in " ".join(pagina.content.decode().split())
    assert set(Plazo.objects.values_list("vence_en", flat=True)) == {DESPUES}
    for m in Movimiento.objects.filter(verbo="recalcular_plazo"):
        assert m.por == administradora
        assert m.detalle.datos["vencia_en"] == "2026-11-25T13:15:00Z"
        assert m.detalle.datos["vence_en"] == "2026-11-26T13:15:00Z"
        assert m.detalle.datos["motivo"] == "Ley 21.999"
    cambio = CambioMaestro.objects.get(accion="recalcular")
    assert (cambio.por, cambio.modelo) == (administradora, "tramitacion.recalculo")
    assert cambio.detalle == {"calendario": ["", "Chile"], "motivo": ["", "Ley 21.999"]}


def test_historial_del_caso_dice_que_paso(administradora, camino, decreto, url):
    ticket = camino.generar().ticket
    decreto()
    web = entrar(administradora)
    aplicar(web, url)
    historial = web.get(f"/consola/icalma/ticket/{ticket.pk}/change/?ver=historial")
    pagina = historial.content.decode()
    assert "Fecha de un plazo recalculada" in pagina
    assert "<b>Vencía:</b> miércoles 25 de noviembre de 2026, a las 10:15" in pagina
    assert "<b>Vence:</b> jueves 26 de noviembre de 2026, a las 10:15" in pagina


def test_sin_motivo_no_se_aplica(administradora, camino, decreto, url):
    camino.generar()
    decreto()
    respuesta = entrar(administradora).post(url, pedido(motivo="  "))
    assert respuesta.status_code == 422
    revisar(respuesta)
    assert list(respuesta.context["form"].errors) == ["motivo"]
    assert Recalculo.objects.count() == 0


def test_calendario_que_cambia_mientras_se_lee_pide_leer_de_nuevo(
    administradora, camino, decreto, url
):
    camino.generar()
    decreto()
    datos = pedido()
    decreto(25)
    respuesta = entrar(administradora).post(url, datos)
    assert respuesta.status_code == 409
    assert "El calendario cambió mientras leías esta lista" in respuesta.content.decode()
    assert "Ley 21.999</textarea>" in respuesta.content.decode()
    assert Recalculo.objects.count() == 0


@pytest.mark.parametrize("vista", ["", "otra"])
def test_pagina_incompleta_no_aplica_nada(administradora, camino, decreto, url, vista):
    camino.generar()
    decreto()
    respuesta = entrar(administradora).post(url, pedido(vista=vista, clave="x"))
    assert (respuesta.status_code, Recalculo.objects.count()) == (409, 0)


def test_enviado_dos_veces_se_pide_una(administradora, camino, decreto, url):
    camino.generar()
    decreto()
    web, datos = entrar(administradora), pedido()
    una, dos = web.post(url, datos), web.post(url, datos)
    assert una.url == dos.url
    assert Recalculo.objects.count() == 1
    assert CambioMaestro.objects.filter(accion="recalcular").count() == 1
    pagina = web.get(url).content.decode()
    assert "ya pidió moverlos" in pagina
    assert "Aplicar las fechas nuevas" not in pagina


@pytest.mark.parametrize(
    "rol", [Rol.SUPERVISOR, Rol.JEFE, Rol.CALL_CENTER, Rol.GERENTE, Rol.MAESTRO]
)
def test_quien_no_administra_mira_y_no_aplica(camino, decreto, url, icalma, rol):
    camino.generar()
    decreto()
    web = entrar(personal("mira", icalma, rol))
    pagina = web.get(url).content.decode()
    assert "quien administra todas las empresas que usan Chile" in pagina
    assert "<textarea" not in pagina
    assert web.post(url, pedido()).status_code == 403
    assert Recalculo.objects.count() == 0


def test_solo_aplica_quien_administra_a_todas_las_empresas(
    administradora, camino, otra, decreto, url
):
    camino.generar()
    decreto()
    assert entrar(administradora).post(url, pedido()).status_code == 403
    Membresia.objects.create(usuario=administradora, empresa=otra.empresa, rol=Rol.ADMINISTRADOR)
    aplicar(entrar(administradora), url)
    assert set(Plazo.objects.values_list("vence_en", flat=True)) == {DESPUES}


def test_quien_administra_un_solo_proyecto_no_mueve_los_de_toda_la_empresa(
    camino, decreto, url, icalma, proyecto
):
    camino.generar()
    decreto()
    de_uno = personal("uno", icalma)
    Membresia.objects.create(usuario=de_uno, empresa=icalma, rol=Rol.ADMINISTRADOR, sede=proyecto)
    assert entrar(de_uno).post(url, pedido()).status_code == 403


def test_sin_sesion_lleva_a_entrar(client, url, icalma):
    assert client.get(url).status_code == 302
    assert client.post(url, pedido()).status_code == 302

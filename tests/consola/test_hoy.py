"""Today: figures, alarms and warnings, all from now; the demonstration's clock."""

from datetime import timedelta

import pytest
from django.utils import timezone

from postventa.avisos.models import Aviso
from postventa.calendario import hora
from postventa.calendario.models import ConfirmacionAnual
from postventa.consola import topes
from postventa.plazos.models import Latido, Plazo
from tests.conftest import local
from tests.consola.conftest import entrar


@pytest.fixture
def portada(supervisor):
    web = entrar(supervisor)
    return lambda: web.get("/consola/")


def cifras(respuesta):
    return {k: respuesta.context["cifras"][k] for k in ("vencidos", "hoy", "riesgo")}


@pytest.mark.parametrize(
    ("cuando", "esperado"),
    [
        ("2026-11-23 11:00", {"vencidos": 0, "hoy": 0, "riesgo": 0}),
        ("2026-11-24 12:00", {"vencidos": 0, "hoy": 0, "riesgo": 1}),
        ("2026-11-25 08:00", {"vencidos": 0, "hoy": 1, "riesgo": 0}),
        ("2026-11-25 10:14", {"vencidos": 0, "hoy": 1, "riesgo": 0}),
        ("2026-11-25 10:16", {"vencidos": 1, "hoy": 0, "riesgo": 0}),
    ],
)
def test_cifras_son_de_ahora_aunque_nadie_barra(camino, portada, poner_hora, cuando, esperado):
    camino.generar()
    poner_hora(cuando)
    assert cifras(portada()) == esperado
    assert Plazo.objects.get().estado == "CORRIENDO"


def test_cada_cifra_lleva_a_su_lista(camino, portada, poner_hora, supervisor):
    camino.generar()
    web = entrar(supervisor)
    for cuando, clave in (
        ("2026-11-24 12:00", "riesgo"),
        ("2026-11-25 08:00", "hoy"),
        ("2026-11-25 12:00", "vencidos"),
    ):
        poner_hora(cuando)
        assert f"/consola/plazos/plazo/?plazo={clave}" in portada().content.decode()
        lista = web.get("/consola/plazos/plazo/", {"plazo": clave})
        assert lista.context["cl"].result_count == 1


@pytest.mark.parametrize("quien", ["supervisor", "jefe"])
@pytest.mark.parametrize("cuando", ["2026-11-24 12:00", "2026-11-25 08:00", "2026-11-26 12:00"])
def test_cada_numero_es_el_de_su_lista(tickets, poner_hora, request, quien, cuando):
    uno, dos, *_ = tickets(5)
    uno.contactar().coordinar_inspeccion("2026-11-24 10:00").inspeccionar()
    dos.contactar().coordinar_inspeccion("2026-11-25 10:00")
    poner_hora(cuando)
    web = entrar(request.getfixturevalue(quien))
    respuesta = web.get("/consola/")
    pagina, contexto = respuesta.content.decode(), respuesta.context

    def lista(url):
        assert url in pagina.replace("&amp;", "&")
        return web.get(url).context["cl"].result_count

    for clave in ("vencidos", "hoy", "riesgo"):
        url = f"/consola/plazos/plazo/?plazo={clave}"
        assert lista(url) == contexto["cifras"][clave] == sum(r[clave] for r in contexto["relojes"])
        for reloj in contexto["relojes"]:
            if reloj[clave]:
                assert lista(f"{url}&reloj={reloj['clave']}") == reloj[clave]
        grupos = [g for g in contexto["grupos_de_plazos"] if g["clave"] == clave]
        assert sum(g["total"] for g in grupos) == contexto["cifras"][clave]
    assert lista("/consola/visitas/visita/?dia=hoy") == len(contexto["visitas"])
    for cuantos, url in contexto["propios"]:
        assert lista(url) == cuantos
    espera = web.get("/consola/espera/")
    assert len(espera.context["esperan"]) == len(contexto["esperan"])
    assert contexto["relojes"]


def test_cifras_no_cuentan_mas_alla_que_su_lista(tickets, portada, poner_hora, monkeypatch):
    tickets(4)
    poner_hora("2026-11-25 12:00")
    monkeypatch.setattr(topes, "TOPE", 3)
    respuesta = portada()
    assert cifras(respuesta) == {"vencidos": 4, "hoy": 0, "riesgo": 0}
    assert "respondes por" in respuesta.content.decode()
    monkeypatch.setattr(topes, "TOPE", 2)
    respuesta = portada()
    pagina = respuesta.content.decode()
    assert cifras(respuesta)["vencidos"] == 3
    assert "<b>Más de 2</b>" in pagina
    assert ">más de 2 casos abiertos</a>" in pagina
    assert [len(g["filas"]) for g in respuesta.context["grupos_de_plazos"]] == [3]


def test_cada_reloj_dice_lo_suyo(tickets, portada, poner_hora):
    uno, dos, _ = tickets(3)
    for camino in (uno, dos):
        camino.contactar()
    uno.coordinar_inspeccion("2026-11-24 10:00").inspeccionar()
    poner_hora("2026-12-01 12:00")
    filas = [
        (r["codigo"], r["nombre"], r["vencidos"], r["hoy"], r["riesgo"])
        for r in portada().context["relojes"]
    ]
    assert sorted(filas) == [
        ("contacto", "Contactar al propietario", 1, 0, 0),
        ("coordinar_trabajo", "Coordinar los trabajos", 1, 0, 0),
    ]


def test_portada_muestra_ocho_esperas_y_la_pagina_todas(tickets, portada, poner_hora, supervisor):
    tickets(10)
    poner_hora("2026-11-23 10:20")
    respuesta = portada()
    assert len(respuesta.context["esperan_aqui"]) == 8
    assert "Ver los 10" in respuesta.content.decode()
    espera = entrar(supervisor).get("/consola/espera/").content.decode()
    assert espera.count("Registrar</a>") == 10


@pytest.mark.parametrize("cuantos", [1, 4])
def test_portada_cuesta_lo_mismo_con_mas_casos(
    tickets, portada, poner_hora, cuantos, django_assert_max_num_queries
):
    for n, camino in enumerate(tickets(cuantos)):
        if n % 2:
            camino.contactar().coordinar_inspeccion(f"2026-11-25 {9 + n}:00")
    poner_hora("2026-11-25 08:00")
    with django_assert_max_num_queries(20):
        assert portada().status_code == 200


def test_datos_maestros_en_la_portada_solo_a_quien_los_prepara(portada, administradora, raiz):
    assert "Datos maestros</h2>" not in portada().content.decode()
    for persona in (administradora, raiz):
        assert "Datos maestros</h2>" in entrar(persona).get("/consola/").content.decode()


def test_el_silencio_del_propietario_no_es_deuda_de_nadie(camino, portada, poner_hora):
    camino.generar().contactar().coordinar_inspeccion().inspeccionar(rechazadas=(0, 1))
    poner_hora("2026-12-20 10:00")
    assert cifras(portada()) == {"vencidos": 0, "hoy": 0, "riesgo": 0}


def test_vencido_ofrece_su_atajo(camino, portada, poner_hora):
    camino.generar()
    poner_hora("2026-11-25 12:15")
    pagina = portada().content.decode()
    assert "Vencido hace 2 h" in pagina
    assert f"/consola/icalma/ticket/{camino.ticket.pk}/change/?verbo=registrar_contacto" in pagina


def test_visitas_de_hoy_a_la_hora_del_proyecto(camino, portada, poner_hora):
    camino.generar().contactar().coordinar_inspeccion("2026-11-24 10:00")
    poner_hora("2026-11-24 09:12")
    pagina = portada().content.decode()
    assert ">10:00</time>" in pagina
    assert "hasta las 10:45" in pagina
    assert "Condominio Los Arrayanes, Torre B, depto. 704" in pagina
    poner_hora("2026-11-25 09:12")
    assert "No hay visitas coordinadas para hoy." in portada().content.decode()


def test_esperan_por_mi_sigue_al_caso(camino, portada, jefe, cliente):
    def titulos(respuesta):
        return [e.titulo for e in respuesta.context["esperan"]]

    camino.generar()
    hora.fijar(camino.ahora)
    assert titulos(portada()) == ["Contactar"]
    camino.contactar()
    assert titulos(portada()) == ["Coordinar la inspección"]
    camino.coordinar_inspeccion()
    assert titulos(portada()) == []
    camino.inspeccionar()
    assert titulos(portada()) == ["Coordinar los trabajos"]
    camino.tramitar(camino.obs[1], "disputar", cliente, motivo="No")
    assert titulos(entrar(jefe).get("/consola/")) == ["Revisar un rechazo"]


@pytest.mark.parametrize(
    ("hace", "alarma"), [(None, True), (timedelta(minutes=4), True), (timedelta(minutes=1), False)]
)
def test_alarma_cuando_nadie_revisa_los_plazos(portada, icalma, hace, alarma):
    if hace is not None:
        for nombre in ("plazos", "beat"):
            Latido.objects.create(nombre=nombre, visto_en=timezone.now() - hace)
    pagina = portada().content.decode()
    assert ("Los plazos no se están revisando" in pagina) is alarma
    assert ("Plazos al día · revisados hace" in pagina) is not alarma


def test_alarma_no_sigue_al_reloj_movido(portada, icalma, poner_hora):
    Latido.objects.create(nombre="plazos", visto_en=timezone.now())
    poner_hora("2030-01-02 10:00")
    assert "Los plazos no se están revisando" not in portada().content.decode()


def test_advierte_que_el_portal_no_pide_codigo(portada, icalma, otra):
    assert "solo con el RUT" not in portada().content.decode()
    icalma.exige_codigo = False
    icalma.save()
    assert "Icalma deja entrar al portal solo con el RUT" in portada().content.decode()


def test_advierte_en_diciembre_del_calendario_sin_confirmar(
    portada, icalma, calendario_cl, poner_hora
):
    aviso = "El calendario Chile de 2027 no está confirmado"
    poner_hora("2026-11-30 23:00")
    assert aviso not in portada().content.decode()
    poner_hora("2026-12-01 00:30")
    assert aviso in portada().content.decode()
    ConfirmacionAnual.objects.create(
        calendario=calendario_cl, anio=2027, confirmado_en=timezone.now(), confirmado_por="Ana"
    )
    assert aviso not in portada().content.decode()


# --- the movable clock


def test_mover_el_reloj_hace_vencer_al_instante(camino, supervisor, poner_hora):
    camino.generar()
    poner_hora("2026-11-25 09:45")
    web = entrar(supervisor)
    respuesta = web.post("/consola/reloj/", {"accion": "1h"})
    assert respuesta.status_code == 302
    plazo = Plazo.objects.get()
    assert (plazo.estado, plazo.vencido_en) == ("VENCIDO", local("2026-11-25 10:15:01"))
    assert Aviso.objects.filter(tipo="plazo_vencimiento").count() == 2
    assert (
        "Reloj de la demostración: <b>miércoles 25 de noviembre"
        in web.get("/consola/icalma/ticket/").content.decode()
    )


@pytest.mark.parametrize(
    ("accion", "esperado"),
    [
        ("1h", "2026-11-27 16:00"),
        ("2d", "2026-11-29 15:00"),
        ("habil", "2026-11-30 15:00"),
    ],
)
def test_pasos_del_reloj(supervisor, poner_hora, accion, esperado):
    poner_hora("2026-11-27 15:00")
    entrar(supervisor).post("/consola/reloj/", {"accion": accion})
    assert abs(hora.ahora() - local(esperado)) < timedelta(seconds=10)


def test_fijar_y_volver(supervisor, poner_hora):
    web = entrar(supervisor)
    web.post("/consola/reloj/", {"accion": "fijar", "fecha": "2026-12-24", "hora": "08:30"})
    assert abs(hora.ahora() - local("2026-12-24 08:30")) < timedelta(seconds=10)
    web.post("/consola/reloj/", {"accion": "normal"})
    assert abs(hora.ahora() - timezone.now()) < timedelta(seconds=10)
    assert "No es la hora real" not in web.get("/consola/").content.decode()


@pytest.mark.parametrize(
    "datos", [{}, {"accion": "otra"}, {"accion": "fijar", "fecha": "x", "hora": "1"}]
)
def test_reloj_con_datos_malos_no_se_mueve(supervisor, datos):
    antes = hora.ahora()
    assert entrar(supervisor).post("/consola/reloj/", datos).status_code == 302
    assert abs(hora.ahora() - antes) < timedelta(seconds=10)


def test_reloj_solo_por_post_y_solo_donde_se_mueve(supervisor, settings, client):
    web = entrar(supervisor)
    assert web.get("/consola/reloj/").status_code == 405
    assert client.post("/consola/reloj/", {"accion": "1h"}).status_code == 302
    settings.DEMO = False
    assert web.post("/consola/reloj/", {"accion": "1h"}).status_code == 404
    assert "Reloj de la demostración" not in web.get("/consola/").content.decode()

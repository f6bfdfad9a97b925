"""Wrong passwords: counted by account and address, forgotten in a while, told to people (TM-30)."""

from datetime import timedelta

import pytest
import time_machine
from axes.models import AccessAttempt
from django.test import Client, RequestFactory
from django.utils import timezone

from postventa.accesos import equipos, guardia, limites, red
from postventa.accesos.models import AlertaAcceso, Motivo
from postventa.accesos.tasks import purgar
from tests.accesos.telefono import ENTRADA, SEGUNDO, codigo, con_clave, con_factor
from tests.consola.conftest import entrar
from tests.consola.test_paginas import revisar


def errar(veces, usuario="rsepulveda", desde="203.0.113.9", **mas):
    """Statuses of so many wrong passwords, each from a browser of its own."""
    return [
        con_clave(Client(), usuario, "mala", REMOTE_ADDR=desde, **mas).status_code
        for _ in range(veces)
    ]


def test_veinte_claves_erradas_se_frenan_y_la_buena_entra_al_pasar_la_espera(supervisor):
    assert errar(20) == [200] * 4 + [429] * 16
    aqui = Client(REMOTE_ADDR="203.0.113.9")
    cerrada = con_clave(aqui)
    assert (cerrada.status_code, cerrada["Retry-After"]) == (429, "900")
    revisar(cerrada)
    assert "Espera 15 minutos" in cerrada.content.decode()
    with time_machine.travel(timezone.now() + limites.VENTANA + timedelta(seconds=1)):
        assert con_clave(Client(REMOTE_ADDR="203.0.113.9")).url == "/consola/"


def test_insistir_con_la_puerta_cerrada_no_alarga_la_espera(supervisor):
    inicio = timezone.now()
    errar(5)
    with time_machine.travel(inicio + timedelta(minutes=14)):
        assert errar(3) == [429] * 3
    with time_machine.travel(inicio + timedelta(minutes=15, seconds=5)):
        assert con_clave(Client(REMOTE_ADDR="203.0.113.9")).status_code == 302


def test_desde_otra_direccion_la_duenia_de_la_cuenta_entra(supervisor):
    errar(20)
    assert con_clave(Client(REMOTE_ADDR="198.51.100.4")).url == "/consola/"


def test_cuenta_que_no_existe_se_frena_igual(supervisor):
    paginas = {}
    for usuario in ("rsepulveda", "nadie"):
        assert errar(5, usuario) == [200] * 4 + [429]
        paginas[usuario] = con_clave(Client(REMOTE_ADDR="203.0.113.9"), usuario).content
    assert paginas["rsepulveda"] == paginas["nadie"]


@pytest.mark.parametrize("cabecera", ["HTTP_X_FORWARDED_FOR", "HTTP_X_REAL_IP", "HTTP_FORWARDED"])
def test_cabeceras_inventadas_no_cambian_de_direccion(supervisor, cabecera):
    """TM-32: a thousand addresses that anybody may write are one."""
    estados = [
        con_clave(Client(), clave="mala", **{cabecera: f"198.51.100.{n}"}).status_code
        for n in range(8)
    ]
    assert estados == [200] * 4 + [429] * 4


@pytest.mark.parametrize(
    ("confiables", "cabecera", "cuenta"),
    [
        (0, "1.1.1.1", "9.9.9.9"),
        (1, "1.1.1.1, 2.2.2.2", "2.2.2.2"),
        (2, "1.1.1.1, 2.2.2.2, 3.3.3.3", "2.2.2.2"),
        (1, "basura", None),
        (1, "2001:db8:1:2:3::4", "2001:db8:1:2::"),
        (1, "::ffff:5.6.7.8", "5.6.7.8"),
    ],
)
def test_direccion_que_cuenta_cree_solo_a_los_proxies_propios(
    settings, confiables, cabecera, cuenta
):
    settings.PROXIES_CONFIABLES = confiables
    peticion = RequestFactory().get("/", HTTP_X_FORWARDED_FOR=cabecera, REMOTE_ADDR="9.9.9.9")
    assert red.de_quien_cuenta(peticion) == cuenta


def test_muchas_cuentas_desde_una_direccion(supervisor, jefe):
    """Password spraying: the address is slowed down, the people are not."""
    estados = [errar(1, f"persona{n}")[0] for n in range(40)]
    assert estados == [200] * (limites.POR_DIRECCION - 1) + [429] * 11
    assert con_clave(Client(REMOTE_ADDR="203.0.113.9"), "mvaldes").status_code == 429
    assert con_clave(Client(REMOTE_ADDR="198.51.100.4"), "mvaldes").url == "/consola/"
    alerta = AlertaAcceso.objects.get()
    assert (alerta.motivo, alerta.usuario, alerta.empresa) == (Motivo.DIRECCION, None, None)


def test_una_cuenta_desde_muchas_direcciones_y_el_equipo_conocido_entra(supervisor):
    conocido = Client(REMOTE_ADDR="198.51.100.4")
    con_clave(conocido)
    conocido.post("/consola/logout/")
    estados = [errar(1, desde=f"203.0.113.{n}")[0] for n in range(limites.POR_CUENTA + 3)]
    assert estados == [200] * (limites.POR_CUENTA - 1) + [429] * 4
    assert con_clave(Client(REMOTE_ADDR="198.51.100.77")).status_code == 429
    assert con_clave(conocido).url == "/consola/"


def test_equipo_conocido_tampoco_prueba_sin_limite(supervisor):
    conocido = Client()
    con_clave(conocido)
    conocido.post("/consola/logout/")
    estados = [con_clave(conocido, clave="mala").status_code for _ in range(7)]
    assert estados == [200] * 4 + [429] * 3


@pytest.mark.parametrize("galleta", ["", "rsepulveda", '["rsepulveda"]:x:y'])
def test_marca_de_equipo_que_no_es_nuestra_no_vale(galleta):
    peticion = RequestFactory().get("/")
    peticion.COOKIES[equipos.GALLETA] = galleta
    assert not equipos.conoce(peticion, "rsepulveda")


def test_marca_de_equipo_no_se_lee_ni_sale_de_la_consola(supervisor, client):
    con_clave(client)
    galleta = client.cookies[equipos.GALLETA]
    assert (galleta["path"], galleta["httponly"], galleta["samesite"]) == (
        "/consola/",
        True,
        "Lax",
    )


def test_entrar_bien_olvida_lo_que_se_erro(supervisor):
    for _ in range(3):
        errar(4)
        assert con_clave(Client(REMOTE_ADDR="203.0.113.9")).url == "/consola/"


def test_entrar_con_la_propia_no_borra_lo_que_se_probo_con_otra(supervisor, jefe):
    errar(4, "mvaldes")
    con_clave(Client(REMOTE_ADDR="203.0.113.9"))
    assert errar(1, "mvaldes") == [429]


def test_segundo_paso_errado_cuenta_como_clave_errada(supervisor):
    _, secreto = con_factor()
    otro = Client(REMOTE_ADDR="203.0.113.9")
    con_clave(otro)
    estados = [otro.post(SEGUNDO, {"code": "000000"}).status_code for _ in range(6)]
    assert estados == [200] * 4 + [429] * 2
    assert otro.post(SEGUNDO, {"code": codigo(secreto)}).status_code == 429
    assert otro.get("/consola/").status_code == 302


def test_lo_que_se_guarda_de_un_intento_no_dice_claves_ni_codigos(supervisor, caplog):
    _, secreto = con_factor()
    otro = Client()
    otro.post(ENTRADA, {"username": "rsepulveda", "password": "clave-mala-secreta"})
    con_clave(otro)
    otro.post(SEGUNDO, {"code": "918273"})
    guardado = str(list(AccessAttempt.objects.values())) + caplog.text
    assert "clave-mala-secreta" not in guardado
    assert "918273" not in guardado
    assert secreto not in guardado


# --- alerts


def test_alerta_dice_la_cuenta_a_quien_administra_y_una_por_hora(supervisor, icalma):
    errar(12)
    alerta = AlertaAcceso.objects.get()
    assert (alerta.motivo, alerta.usuario, alerta.empresa) == (
        Motivo.CUENTA_Y_RED,
        supervisor,
        icalma,
    )
    assert "203.0.113" not in str(vars(alerta))


def test_alerta_de_cuenta_que_no_existe_no_guarda_lo_escrito(supervisor):
    errar(6, "mi-clave-escrita-aqui")
    alerta = AlertaAcceso.objects.get()
    assert (alerta.usuario, alerta.empresa) == (None, None)
    assert "mi-clave" not in str(vars(alerta))


def test_administradora_ve_las_alertas_de_su_empresa_y_los_demas_no(
    administradora, supervisor, otra
):
    errar(5)
    errar(5, "kanario", desde="203.0.113.77")
    errar(5, "inventada", desde="203.0.113.78")
    lista = entrar(administradora).get("/consola/accesos/alertaacceso/").content.decode()
    assert "Claves erradas de una cuenta desde una dirección" in lista
    assert "Rodrigo Sepúlveda" in lista
    assert "KANARIO" not in lista
    assert "2 alertas de acceso" in lista
    assert entrar(supervisor).get("/consola/accesos/alertaacceso/").status_code == 403
    aviso = "2 alertas de acceso en 24 horas"
    assert aviso in entrar(administradora).get("/consola/").content.decode()
    assert "alertas de acceso" not in entrar(supervisor).get("/consola/").content.decode()


def test_alerta_de_quien_no_es_de_ninguna_empresa_es_de_quien_administra_todo(administradora, raiz):
    errar(5, "raiz")
    assert AlertaAcceso.objects.get().usuario == raiz
    url = "/consola/accesos/alertaacceso/"
    assert "raiz" not in entrar(administradora).get(url).content.decode()
    assert "1 alerta de acceso" in entrar(raiz).get(url).content.decode()


def test_purga_olvida_alertas_intentos_y_sesiones(supervisor):
    errar(5)
    entrar(supervisor)
    assert purgar() == 0
    with time_machine.travel(timezone.now() + timedelta(days=31)):
        assert purgar() == 3
        assert purgar() == 0


def test_fallas_de_una_cuenta_se_cuentan_y_se_olvidan(supervisor):
    errar(3)
    errar(2, desde="198.51.100.1")
    assert guardia.fallas_de(supervisor) == 5
    assert guardia.desbloquear(supervisor) == 2
    assert guardia.fallas_de(supervisor) == 0

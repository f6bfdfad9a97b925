"""What an owner takes by the web alone: so many hours at once, so many requests in a day."""

from datetime import date, timedelta

import pytest

from postventa.calendario import hora
from postventa.expedientes.models import Borrador
from postventa.personas.models import Rol
from postventa.visitas.models import Visita
from tests.conftest import local
from tests.ingevec.conftest import LLAMADA
from tests.ingevec.navegador import Pedido, en_sesion, texto
from tickets.ingevec import limites
from tickets.ingevec.models import Solicitud
from tickets.inmuebles.models import Propiedad, Unidad

HORAS = ("20261125T1200Z", "20261125T1245Z", "20261125T1330Z")
TOPE = (
    "Ya tiene 2 inspecciones agendadas, lo más que se puede reservar por la web. Para otra hora, "
    "llame a nuestro call center: 800 422 727"
)


@pytest.fixture
def otro_pedido(pedido, duenio, edificio):
    """The same owner's browser at another home of theirs."""
    otra = Unidad.objects.create(proyecto=edificio, nombre="Depto. 1305")
    Propiedad.objects.create(unidad=otra, cliente=duenio, desde=date(2025, 3, 10))
    return Pedido(pedido.navegador, otra)


def reservar(*pedidos):
    for pedido, cual in zip(pedidos, HORAS, strict=False):
        assert pedido.hasta_revisar(cual).mandar().status_code == 302


def test_quien_tiene_dos_horas_no_elige_otra_y_se_le_dice_a_quien_llamar(pedido, otro_pedido):
    reservar(pedido, otro_pedido)
    pedido.urgencia()
    pedido.requerimiento()
    pagina = texto(pedido.ver("visita/"))
    assert TOPE in pagina
    assert 'name="hora"' not in pagina


def test_la_solicitud_entra_igual_y_queda_para_llamar(pedido, otro_pedido):
    reservar(pedido, otro_pedido)
    pedido.urgencia()
    pedido.requerimiento()
    pedido.visita("")
    assert pedido.mandar().status_code == 302
    tercera = Solicitud.objects.latest("pk")
    assert (tercera.estado, tercera.visitas.count()) == ("INGRESADA", 0)
    assert tercera.movimientos.get(verbo="ingresar").detalle.datos["sin_hora"].startswith(TOPE)


def test_la_hora_elegida_antes_de_llegar_al_tope_se_rechaza_sin_perder_nada(pedido, otro_pedido):
    datos = pedido.hasta_revisar(HORAS[2]).formulario()
    Visita.objects.all().delete()
    reservar(otro_pedido)
    otro_pedido.urgencia()
    otro_pedido.requerimiento()
    otro_pedido.visita(HORAS[1])
    otro_pedido.mandar()
    folios = set(Solicitud.objects.values_list("folio", flat=True))
    respuesta = pedido.mandar(datos)
    assert respuesta.status_code == 409
    assert TOPE in texto(respuesta)
    assert set(Solicitud.objects.values_list("folio", flat=True)) == folios
    assert Borrador.objects.get().datos["requerimientos"][0]["descripcion"].startswith("Gotera")


def test_el_tope_es_de_la_pauta_y_se_libera_con_la_visita(pedido, otro_pedido, pauta):
    pauta.horas_por_propietario = 1
    pauta.save()
    reservar(pedido)
    otro_pedido.urgencia()
    otro_pedido.requerimiento()
    assert "Ya tiene 1 inspección agendada" in texto(otro_pedido.ver("visita/"))
    hora.fijar(local("2026-11-25 10:00"))
    assert 'name="hora"' in texto(otro_pedido.ver("visita/"))


def test_cambiar_la_hora_no_toma_otra(pedido, pauta):
    pauta.horas_por_propietario = 1
    pauta.save()
    reservar(pedido)
    s, visita = pedido.solicitud, Visita.objects.get()
    ruta = f"/ingevec/caso/{s.publico}/visita/{visita.pk}/hora/"
    datos = {"inicia": HORAS[1], "visto": s.cadena_largo}
    respuesta = pedido.navegador.post(ruta, datos)
    assert respuesta.status_code == 302
    assert Visita.objects.get(estado="COORDINADA").inicia_en == local("2026-11-25 09:45")


def test_el_call_center_agenda_sin_tope(pedido, otro_pedido, llamada):
    reservar(pedido, otro_pedido)
    llamada.ingresar()
    llamada.agendar("2026-11-25 10:30")
    assert Visita.objects.filter(estado="COORDINADA").count() == 3


def test_otro_propietario_no_carga_con_las_horas_de_este(pedido, otro_pedido, vecina, edificio):
    reservar(pedido, otro_pedido)
    suyo = Pedido(en_sesion(vecina, edificio), vecina.propiedades.get().unidad)
    assert suyo.hasta_revisar(HORAS[2]).mandar().status_code == 302


# --- requests in a day


def consultar(pedido):
    pedido.enviar("", {"urgencia": "no"})
    pedido.enviar("consulta/", {"consulta": "¿Cuándo revisan el ascensor?"})
    pedido.visita()
    return pedido.mandar()


def test_mas_solicitudes_de_las_del_dia_se_rechazan_y_manana_no(pedido, monkeypatch):
    monkeypatch.setattr(limites, "POR_DIA", 2)
    assert [consultar(pedido).status_code for _ in range(3)] == [302, 302, 429]
    pagina = texto(pedido.mandar())
    assert "Ya envió 2 solicitudes en las últimas 24 horas" in pagina
    assert "llame a nuestro call center: 800 422 727" in pagina
    assert Solicitud.objects.count() == 2
    hora.fijar(LLAMADA + timedelta(days=1, hours=1))
    assert pedido.mandar().status_code == 302


def urgir(pedido):
    pedido.urgencia("gas")
    nonce = pedido.ver("urgente/").context["nonce"]
    datos = {
        "nonce": nonce,
        "descripcion": "Huele a gas",
        "llamante": "Ana",
        "telefonos": "912345678",
    }
    return pedido.enviar("urgente/", datos)


def test_una_urgencia_no_espera_por_lo_ya_enviado_y_tiene_su_propia_cuenta(pedido, monkeypatch):
    monkeypatch.setattr(limites, "POR_DIA", 1)
    monkeypatch.setattr(limites, "URGENTES_POR_DIA", 1)
    assert consultar(pedido).status_code == 302
    assert urgir(pedido).status_code == 302
    otra = urgir(pedido)
    assert otra.status_code == 429
    assert "Ya envió 1 solicitud en las últimas 24 horas" in texto(otra)
    assert "Huele a gas" in texto(otra)
    assert Solicitud.objects.count() == 2


def test_lo_que_anota_el_call_center_no_cuenta(pedido, llamada, monkeypatch):
    monkeypatch.setattr(limites, "POR_DIA", 1)
    llamada.ingresar()
    assert consultar(pedido).status_code == 302
    assert llamada.gente[Rol.CALL_CENTER] == Solicitud.objects.earliest("pk").recibida_por

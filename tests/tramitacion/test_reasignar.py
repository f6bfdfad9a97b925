"""Who answers for a case changes through the door, and is told once of all that came together."""

import re

import pytest
from django.core import mail

from postventa.avisos.models import Aviso
from postventa.avisos.tasks import barrer
from postventa.expedientes.models import Expediente, Movimiento
from postventa.expedientes.verificacion import Cuenta, verificar_casos
from postventa.personas.actores import SISTEMA
from postventa.personas.models import Membresia, Rol, Usuario
from postventa.tramitacion import reasignar
from postventa.tramitacion.acciones import anotar
from postventa.tramitacion.errores import Conflicto, DatosInvalidos, NoAutorizado
from tests.conftest import LUNES, _personal, local
from tickets.icalma.personas import personas_de
from tickets.inmuebles.models import Proyecto


@pytest.fixture
def paula(icalma):
    return _personal("ptoro", "Paula", "Toro", icalma, Rol.SUPERVISOR)


@pytest.fixture
def ticket(camino):
    return camino.generar().ticket


def pasar(ticket, a, por, motivo="Vacaciones de Rodrigo", **mas):
    return anotar(ticket, "reasignar", por, ahora=LUNES, responsable=a, motivo=motivo, **mas)


def test_reasignar_cambia_quien_responde_y_nada_mas(ticket, paula, jefe):
    antes = Expediente.objects.values().get()
    plazos = list(ticket.plazos.values())
    pasar(ticket, paula, jefe)
    despues = Expediente.objects.values().get()
    cambiados = {k for k in antes if antes[k] != despues[k]}
    assert cambiados == {"responsable_id", "cadena_largo", "cadena_cabeza"}
    assert despues["responsable_id"] == paula.pk
    assert list(ticket.plazos.values()) == plazos


def test_reasignar_deja_un_movimiento_que_dice_de_quien_a_quien(ticket, paula, jefe):
    pasar(ticket, paula, jefe)
    m = Movimiento.objects.order_by("-pk").first()
    assert (m.verbo, m.antes, m.despues, m.por) == ("reasignar", "GENERADO", "GENERADO", jefe)
    assert m.detalle.datos == {
        "responsable": paula.pk,
        "motivo": "Vacaciones de Rodrigo",
        "responsable_anterior": "Rodrigo Sepúlveda",
        "responsable_nuevo": "Paula Toro",
    }
    assert list(verificar_casos(Cuenta())) == []


def test_las_alertas_del_caso_van_a_quien_responde_ahora(ticket, paula, jefe):
    caso = pasar(ticket, paula, jefe)
    assert personas_de([caso])[caso.pk][Rol.SUPERVISOR] == [("Paula Toro", paula.email)]


@pytest.mark.parametrize(
    "rol", [Rol.SUPERVISOR, Rol.CALL_CENTER, Rol.GERENTE, Rol.MAESTRO, "nadie", "superusuario"]
)
def test_solo_reasignan_el_jefe_y_quien_administra(ticket, paula, icalma, rol):
    if rol in ("nadie", "superusuario"):
        persona = Usuario.objects.create_user("x", is_superuser=rol == "superusuario")
    else:
        persona = _personal("x", "X", "Y", icalma, rol)
    with pytest.raises(NoAutorizado):
        pasar(ticket, paula, persona)
    assert Expediente.objects.get().responsable == ticket.responsable
    administra = _personal("adm", "A", "D", icalma, Rol.ADMINISTRADOR)
    assert pasar(ticket, paula, administra).responsable == paula


def test_ni_el_propietario_ni_el_sistema_reasignan(ticket, paula, cliente):
    for quien in (cliente, SISTEMA):
        with pytest.raises(NoAutorizado):
            pasar(ticket, paula, quien)


def test_solo_recibe_quien_atiende_casos_ahi(ticket, icalma, proyecto, jefe, calendario_cl):
    otro = Proyecto.objects.create(empresa=icalma, codigo="otro", nombre="Otro")
    casos = {
        "gerencia": _personal("g", "G", "G", icalma, Rol.GERENTE),
        "inactiva": _personal("i", "I", "I", icalma, Rol.SUPERVISOR),
        "de otro proyecto": Usuario.objects.create_user("o"),
        "sin rol": Usuario.objects.create_user("s"),
    }
    Usuario.objects.filter(username="i").update(is_active=False)
    Membresia.objects.create(
        usuario=casos["de otro proyecto"], empresa=icalma, sede=otro, rol=Rol.SUPERVISOR
    )
    for persona in casos.values():
        with pytest.raises(DatosInvalidos, match="no atiende casos"):
            pasar(ticket, persona, jefe)
    Membresia.objects.create(
        usuario=casos["sin rol"], empresa=icalma, sede=proyecto, rol=Rol.SUPERVISOR
    )
    assert pasar(ticket, casos["sin rol"], jefe).responsable == casos["sin rol"]


@pytest.mark.parametrize(
    ("cambio", "campo"),
    [({"motivo": " "}, "motivo"), ({"a": None}, "responsable"), ({"a": "ptoro"}, "responsable")],
)
def test_reasignar_pide_a_quien_y_por_que(ticket, paula, jefe, cambio, campo):
    with pytest.raises(DatosInvalidos) as error:
        pasar(ticket, **{"a": paula, "por": jefe, **cambio})
    assert list(error.value.campos) == [campo]


def test_a_quien_ya_responde_no_se_le_reasigna(ticket, supervisor, jefe):
    with pytest.raises(DatosInvalidos, match="ya responde"):
        pasar(ticket, supervisor, jefe)


def test_caso_terminado_no_se_reasigna(camino, paula, jefe):
    camino.hasta_por_firmar(1, ()).firmar()
    with pytest.raises(Conflicto, match="ya terminó"):
        pasar(camino.ticket, paula, jefe)


# --- in bulk


def correos():
    barrer()
    return [m for m in mail.outbox if "respondes" in m.subject]


def test_lote_avisa_en_un_solo_correo(tickets, paula, jefe):
    casos = [c.ticket for c in tickets(3)]
    reparto = reasignar.en_lote(casos, paula, jefe, motivo="Nuevo reparto", ahora=LUNES)
    assert [c.pk for c in reparto.hechos] == [c.pk for c in casos]
    assert set(Expediente.objects.values_list("responsable", flat=True)) == {paula.pk}
    (correo,) = correos()
    assert correo.to == ["Paula Toro <ptoro@icalma.example>"]
    assert correo.subject == "Ahora respondes por 3 casos más de Icalma"
    for caso in casos:
        assert caso.folio in correo.body
        assert f"/consola/icalma/ticket/{caso.pk}/change/" in correo.body
    assert correo.body.count("Los reasignó Marcela Valdés: Nuevo reparto") == 1
    assert "vence el miércoles 25 de noviembre, a las 10:15" in correo.body
    # Each case shows that it was told.
    assert Aviso.objects.filter(tipo="reasignado", estado="AGRUPADO").count() == 3


def test_uno_solo_se_avisa_con_su_propio_correo(ticket, paula, jefe):
    pasar(ticket, paula, jefe, motivo="<b>Urgente</b>")
    (correo,) = correos()
    assert correo.subject == f"{ticket.folio}: ahora respondes por este caso"
    assert "Lo reasignó Marcela Valdés: <b>Urgente</b>" in correo.body
    html = correo.alternatives[0].content
    assert "&lt;b&gt;Urgente&lt;/b&gt;" in html
    assert not re.search("{{|{%", html + correo.body)


def test_de_noche_espera_a_que_abran(ticket, paula, jefe):
    anotar(
        ticket,
        "reasignar",
        jefe,
        ahora=local("2026-11-24 22:00"),
        responsable=paula,
        motivo="Vacaciones",
    )
    assert Aviso.objects.get(tipo="reasignado").no_antes_en == local("2026-11-25 08:00")


def test_a_si_mismo_no_se_escribe(ticket, jefe):
    assert pasar(ticket, jefe, jefe).responsable == jefe
    assert Aviso.objects.filter(tipo="reasignado").count() == 0


def test_lote_deja_quieto_lo_que_no_se_puede_y_dice_por_que(tickets, paula, jefe):
    uno, dos, tres = tickets(3)
    dos.tramitar(dos.ticket, "anular", jefe, motivo="Duplicado")
    pasar(tres.ticket, paula, jefe)
    casos = [uno.ticket, dos.ticket, tres.ticket]
    reparto = reasignar.en_lote(casos, paula, jefe, motivo="x", ahora=LUNES)
    assert [c.folio for c in reparto.hechos] == [uno.ticket.folio]
    assert [m for _, m in reparto.rechazos] == [
        "El caso ya terminó: no hay nada que atender.",
        "Paula Toro ya responde por este caso.",
    ]
    assert Movimiento.objects.filter(verbo="reasignar").count() == 2


def test_lote_tiene_un_tope(tickets, paula, jefe, monkeypatch):
    monkeypatch.setattr(reasignar, "LOTE", 2)
    casos = [c.ticket for c in tickets(3)]
    reparto = reasignar.en_lote(casos, paula, jefe, motivo="x", ahora=LUNES)
    assert len(reparto.hechos) == 2
    assert Expediente.objects.filter(responsable=paula).count() == 2


def test_lote_que_falla_entero_no_deja_nada(tickets, paula, jefe, monkeypatch):
    casos = [c.ticket for c in tickets(2)]
    original = reasignar.anotar

    def falla_en_el_segundo(caso, *args, **datos):
        if caso.pk == casos[1].pk:
            raise RuntimeError("se cayó la base")
        return original(caso, *args, **datos)

    monkeypatch.setattr(reasignar, "anotar", falla_en_el_segundo)
    with pytest.raises(RuntimeError):
        reasignar.en_lote(casos, paula, jefe, motivo="x", ahora=LUNES)
    assert Expediente.objects.filter(responsable=paula).count() == 0
    assert Aviso.objects.filter(tipo="reasignado").count() == 0

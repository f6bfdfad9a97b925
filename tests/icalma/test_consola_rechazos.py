"""What a post to the console may not do: every refusal leaves all as it was."""

from uuid import uuid4

import pytest
from django.test import Client

from postventa.calendario import hora
from postventa.personas.models import Membresia, Rol, Usuario
from tests.conftest import LUNES, local, observaciones
from tests.icalma.consola import (
    INGRESO,
    PRESENTE,
    TRABAJO,
    VISITA,
    Consola,
    de_jefe,
    foto,
    ticket_nuevo,
)
from tickets.icalma.ingreso import ingresar
from tickets.icalma.models import Ticket


@pytest.fixture
def consola(unidad, cliente, supervisor, jefe):
    return Consola(supervisor, ticket_nuevo(unidad, cliente))


def test_hora_que_no_existe_se_rechaza(consola):
    # Santiago skips from 00:00 to 01:00 on 2027-09-05.
    consola.contactar()
    datos = {"dia": "2027-09-05", "desde": "00:30", "hasta": "02:00"}
    respuesta = consola.postear("ticket", consola.ticket, "coordinar_inspeccion", **datos)

    assert respuesta.status_code == 422
    assert respuesta.context["formulario"].errors["desde"] == [
        "Esa hora no existe ese día, porque se adelantan los relojes."
    ]


def test_get_de_un_verbo_es_405_y_nada_cambia(consola):
    antes = foto()
    url = consola.url("ticket", consola.pk, "registrar_contacto")
    assert [getattr(consola.web, m)(url).status_code for m in ("get", "put", "delete")] == [405] * 3
    assert foto() == antes


def test_post_sin_token_es_403(consola, supervisor):
    estricta = Client(enforce_csrf_checks=True)
    estricta.force_login(supervisor)
    antes = foto()
    url = consola.url("ticket", consola.pk, "registrar_contacto")
    assert estricta.post(url, {"exito": "si", "medio": "telefono"}).status_code == 403
    assert foto() == antes


def test_pagina_vieja_da_409_y_conserva_lo_escrito(consola):
    viejo = consola.ticket.cadena_largo
    consola.contactar()
    antes = foto()
    respuesta = consola.postear(
        "ticket",
        consola.ticket,
        "coordinar_inspeccion",
        **{**VISITA, "desde": "11:11"},
        visto=viejo,
    )

    assert respuesta.status_code == 409
    assert "El caso cambió mientras mirabas esta página" in respuesta.content.decode()
    assert 'value="11:11"' in respuesta.content.decode()
    assert foto() == antes


def test_verbo_que_ya_no_cabe_da_409_con_el_estado_de_ahora_y_lo_escrito(consola):
    consola.contactar().coordinar()
    antes = foto()
    respuesta = consola.postear("ticket", consola.ticket, "coordinar_inspeccion", **VISITA)
    pagina = respuesta.content.decode()

    assert respuesta.status_code == 409
    assert "Ahora está en «Inspección coordinada»" in pagina
    assert "Lo que habías escrito" in pagina
    assert "2026-11-24" in pagina
    assert foto() == antes


def test_datos_invalidos_dan_422_con_el_campo_y_lo_escrito(consola):
    consola.contactar()
    antes = foto()
    domingo = {**VISITA, "dia": "2026-11-29"}
    respuesta = consola.postear("ticket", consola.ticket, "coordinar_inspeccion", **domingo)

    assert respuesta.status_code == 422
    assert respuesta.context["formulario"].errors == {
        "desde": ["Elige un día hábil y una hora dentro del horario de atención."]
    }
    assert 'value="2026-11-29"' in respuesta.content.decode()
    assert foto() == antes


def test_rut_malo_del_reemplazo_se_dice_junto_a_su_campo(consola):
    consola.contactar().coordinar().inspeccionar()
    primera = consola.ticket.observaciones.first()
    respuesta = consola.postear(
        "ticket",
        consola.ticket,
        "coordinar_trabajo",
        **TRABAJO,
        observaciones=[primera.pk],
        reemplazo_nombre="Elena Soto",
        reemplazo_documento="10.638.472-1",
    )
    assert respuesta.status_code == 422
    assert list(respuesta.context["formulario"].errors) == ["reemplazo_documento"]


@pytest.mark.parametrize(
    ("verbo", "datos"),
    [("anular", {"motivo": "Porque sí"}), ("firmar", {"nombre": "Camila"}), ("generar", {})],
)
def test_verbo_ajeno_al_rol_es_403_y_nada_cambia(consola, verbo, datos):
    antes = foto()
    respuesta = consola.postear("ticket", consola.ticket, verbo, **datos)
    assert respuesta.status_code == 403
    assert "No tienes permiso para esto" in respuesta.content.decode()
    assert foto() == antes


@pytest.mark.parametrize("verbo", ["delete", "save", "no_existe", "get_estado_display"])
def test_verbo_inventado_no_hace_nada(consola, verbo):
    antes = foto()
    assert consola.postear("ticket", consola.ticket, verbo).status_code in (403, 404, 409)
    assert foto() == antes


def test_administrador_y_superusuario_no_tramitan(consola, icalma):
    raiz = Usuario.objects.create_superuser("raiz", "r@x.example", "x")
    ana = Usuario.objects.create_user("ana", is_staff=True)
    Membresia.objects.create(usuario=ana, empresa=icalma, rol=Rol.ADMINISTRADOR)
    antes = foto()
    # Who administers may hand it over to somebody, and that is all.
    for persona, posibles in ((raiz, []), (ana, ["reasignar"])):
        otra = Consola(persona, consola.ticket)
        datos = {"exito": "si", "medio": "telefono"}
        assert (
            otra.postear("ticket", consola.ticket, "registrar_contacto", **datos).status_code == 403
        )
        assert [v.verbo for v in otra.pagina().context["verbos"]] == posibles
    assert foto() == antes


def test_campos_de_mas_no_cambian_nada(consola):
    """TM-13: a forged state, owner or audit length rides on a real verb and is dropped."""
    antes = {k: v for k, v in Ticket.objects.values()[0].items() if k.startswith(("empresa", "cl"))}
    consola.hacer(
        "ticket",
        consola.ticket,
        "registrar_contacto",
        exito="no",
        medio="telefono",
        estado="CERRADO_CONFORME",
        empresa="999",
        cliente="999",
        contactado_en="2026-01-01",
        _saveasnew="1",
    )
    ticket = consola.ticket
    assert (ticket.estado, ticket.contactado_en) == ("GENERADO", None)
    assert Ticket.objects.count() == 1
    assert {k: v for k, v in Ticket.objects.values()[0].items() if k in antes} == antes


def test_la_ficha_del_caso_no_se_puede_postear(consola):
    antes = foto()
    for ruta in (f"{consola.pk}/change/", "add/", f"{consola.pk}/delete/", ""):
        respuesta = consola.web.post(
            f"/consola/icalma/ticket/{ruta}",
            {"estado": "CERRADO_CONFORME", "_saveasnew": "1", "post": "yes", "_save": "1"},
        )
        assert (ruta, respuesta.status_code in (200, 403, 405)) == (ruta, True)
    assert foto() == antes


def test_parte_de_otro_caso_es_404(consola, unidad, cliente, supervisor):
    otro = ingresar(unidad, cliente, observaciones(1), nonce=uuid4(), ahora=LUNES)
    ajena = otro.observaciones.first()
    antes = foto()
    assert consola.postear("observacion", ajena, "aprobar").status_code == 404
    assert consola.postear("ticket", otro, "registrar_contacto").status_code == 404
    assert foto() == antes


def test_e8_no_se_ofrece_con_la_garantia_vigente(consola):
    consola.contactar().coordinar()
    hora.fijar(local("2026-11-24 10:00"))
    consola.hacer("visita", consola.visita, "iniciar", **PRESENTE)
    primera = consola.ticket.observaciones.first()
    respuesta = consola.postear(
        "observacion", primera, "rechazar", exclusion="E8", fundamento="Fuera de plazo"
    )
    assert respuesta.status_code == 422
    assert "E8." not in respuesta.content.decode()


def test_terminar_la_inspeccion_dice_lo_que_falta(consola):
    consola.contactar().coordinar()
    hora.fijar(local("2026-11-24 10:00"))
    consola.hacer("visita", consola.visita, "iniciar", **PRESENTE)
    faltas = {v.verbo: v.falta for v in consola.pagina().context["verbos"]}
    assert faltas["realizar"] == "Falta aprobar o rechazar observaciones."
    antes = foto()
    assert consola.postear("visita", consola.visita, "realizar").status_code == 409
    assert foto() == antes


def test_inasistencia_antes_de_la_hora_no_se_ofrece_ni_se_acepta(consola):
    consola.contactar().coordinar()
    hora.fijar(local("2026-11-24 09:50"))
    faltas = {v.verbo: v.falta for v in consola.pagina().context["verbos"]}
    assert faltas["registrar_inasistencia_cliente"] == "La hora acordada todavía no llega."
    respuesta = consola.postear(
        "visita", consola.visita, "registrar_inasistencia_cliente", llegada="09:45", conserje="L"
    )
    assert respuesta.status_code == 409


def test_sin_autorizacion_de_conserjeria_nadie_entra(consola):
    consola.contactar().coordinar().inspeccionar().coordinar_trabajo()
    hora.fijar(local("2026-11-26 09:30"))
    antes = foto()
    negada = {**INGRESO, "conserjeria_autoriza": "no"}
    respuesta = consola.postear("visita", consola.visita, "iniciar", **negada)
    assert respuesta.status_code == 422
    assert list(respuesta.context["formulario"].errors) == ["conserjeria_autoriza"]
    assert foto() == antes


def test_anular_sin_motivo_es_422(consola):
    respuesta = de_jefe(consola).postear("ticket", consola.ticket, "anular", motivo="   ")
    assert respuesta.status_code == 422

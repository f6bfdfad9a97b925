"""The on-site screen, act by act: conserjería, decisions with photos, works, absences."""

import pytest
from django.test import Client

from postventa.calendario import hora
from postventa.expedientes.models import Adjunto, Movimiento
from tests.conftest import local
from tests.icalma.conftest import foto
from tests.icalma.consola import foto as estado_de_todo
from tests.icalma.terreno import CONSERJERIA, INGRESO, Telefono


@pytest.fixture
def telefono(camino, supervisor):
    """At the door of the inspection, at the agreed hour."""
    camino.generar().contactar().coordinar_inspeccion()
    hora.fijar(camino.visita.inicia_en)
    return Telefono(supervisor, camino.visita)


@pytest.fixture
def en_trabajo(camino, supervisor):
    """At the door of the works, the second observation rejected."""
    camino.generar().contactar().coordinar_inspeccion().inspeccionar().coordinar_trabajo()
    hora.fijar(camino.visita.inicia_en)
    return Telefono(supervisor, camino.visita)


LLEGADA = {**INGRESO, "llegada": "09:25"}


@pytest.mark.regla("I-08", "I-09", "I-21")
def test_inspeccion_entera_desde_el_telefono(telefono):
    telefono.hacer("ingreso", **INGRESO)
    assert telefono.visita.llegada_en == local("2026-11-24 09:58")
    primera, segunda = telefono.obs
    telefono.aprobar(primera)
    telefono.rechazar(segunda)
    hecho = telefono.hacer("terminar")

    assert hecho["mensaje"] == "Inspección terminada."
    assert telefono.ticket.estado == "INSPECCIONADO"
    assert [(o.estado, o.exclusion, o.fundamento) for o in telefono.obs] == [
        ("APROBADA", "", "Dentro de garantía."),
        ("RECHAZADA", "E4", "Aireador con sarro"),
    ]
    canales = Movimiento.objects.filter(verbo__in=["iniciar", "aprobar", "rechazar"])
    assert set(canales.values_list("canal", flat=True)) == {"terreno"}


def test_pagina_abre_una_observacion_y_dice_la_garantia_antes_de_decidir(telefono):
    telefono.hacer("ingreso", **INGRESO)
    pagina = telefono.pagina()
    texto = pagina.content.decode()
    assert [t.abierta for t in pagina.context["tareas"]] == [True, False]
    assert texto.count('name="tarea"') == 2
    assert "Garantía vigente hasta el 09-06-2027" in texto
    assert "Terminaciones, 3 años desde el 09-06-2024" in texto
    assert "Falta aprobar o rechazar observaciones." in texto
    assert "<script>" not in texto
    assert " style=" not in texto


def test_e8_sale_apagada_con_su_razon_mientras_la_garantia_corre(telefono):
    telefono.hacer("ingreso", **INGRESO)
    texto = telefono.pagina().content.decode()
    assert "(no aplica: vigente hasta el 09-06-2027)" in texto
    respuesta = telefono.postear(
        f"decidir-{telefono.obs[0].pk}",
        json=True,
        decision="rechazar",
        exclusion="E8",
        fundamento="Fuera de plazo",
    )
    assert respuesta.status_code == 422
    assert respuesta.json()["campos"] == {
        "exclusion": "La garantía sigue vigente hasta el 09-06-2027."
    }


def test_sin_decision_el_error_va_junto_a_su_campo(telefono):
    telefono.hacer("ingreso", **INGRESO)
    accion = f"decidir-{telefono.obs[1].pk}"
    respuesta = telefono.postear(accion)
    texto = respuesta.content.decode()
    assert respuesta.status_code == 422
    assert f'class="con-error" aria-describedby="{accion}_decision_error"' in texto
    assert f'<p class="error" id="{accion}_decision_error">' in texto
    assert [t.abierta for t in respuesta.context["tareas"]] == [False, True]


def test_telefono_sabe_lo_que_se_exige_antes_de_guardar(telefono):
    exige = telefono.pagina().context["f"]["ingreso"].fields["recibe_rol"].widget.attrs
    assert exige["data-exige"] == "conserjeria_autoriza=si"
    telefono.hacer("ingreso", **INGRESO)
    decidir = telefono.pagina().context["tareas"][0].formulario.fields
    exigen = {c: decidir[c].widget.attrs["data-exige"] for c in ("exclusion", "fundamento")}
    assert set(exigen.values()) == {"decision=rechazar"}


@pytest.mark.parametrize("falta", ["exclusion", "fundamento"])
def test_rechazo_sin_su_base_no_se_guarda_y_conserva_lo_escrito(telefono, falta):
    telefono.hacer("ingreso", **INGRESO)
    antes = estado_de_todo()
    datos = {"decision": "rechazar", "exclusion": "E1", "fundamento": "No estaba en el acta"}
    datos[falta] = ""
    respuesta = telefono.postear(f"decidir-{telefono.obs[1].pk}", **datos)
    assert respuesta.status_code == 422
    assert list(respuesta.context["tareas"][1].formulario.errors) == [falta]
    assert [t.abierta for t in respuesta.context["tareas"]] == [False, True]
    if falta == "exclusion":
        assert "No estaba en el acta</textarea>" in respuesta.content.decode()
    assert estado_de_todo() == antes


def test_fotos_del_personal_quedan_en_su_observacion(telefono):
    telefono.hacer("ingreso", **INGRESO)
    primera = telefono.obs[0]
    telefono.aprobar(primera, fotos=[foto("a.jpg"), foto("b.jpg")])
    assert [a.nombre for a in primera.fotos_personal.order_by("pk")] == ["a.jpg", "b.jpg"]
    assert primera.fotos.count() == 0
    assert {a.expediente_id for a in Adjunto.objects.all()} == {telefono.caso_pk}
    detalle = Movimiento.objects.get(verbo="aprobar").detalle.datos
    assert detalle["fotos_personal"] == list(Adjunto.objects.values_list("pk", flat=True))


def test_foto_que_no_es_foto_no_decide_nada(telefono, media):
    telefono.hacer("ingreso", **INGRESO)
    antes = estado_de_todo()
    mala = foto("x.jpg", b"<svg/>")
    accion = f"decidir-{telefono.obs[0].pk}"
    respuesta = telefono.postear(accion, json=True, decision="aprobar", fotos=[mala])
    assert (respuesta.status_code, estado_de_todo(), Adjunto.objects.count()) == (422, antes, 0)


@pytest.mark.regla("I-21")
def test_conserjeria_no_autoriza_y_no_es_inasistencia(telefono):
    datos = {**INGRESO, "conserjeria_autoriza": "no", "recibe_rol": ""}
    telefono.hacer("ingreso", **datos)
    assert telefono.visita.estado == "ACCESO_DENEGADO"
    assert (telefono.ticket.estado, telefono.ticket.inasistencias_seguidas) == ("GENERADO", 0)


def test_sin_conserjeria_basta_identificarse(camino, proyecto, supervisor):
    proyecto.tiene_conserjeria = False
    proyecto.save()
    camino.generar().contactar().coordinar_inspeccion()
    hora.fijar(camino.visita.inicia_en)
    telefono = Telefono(supervisor, camino.visita)
    campos = telefono.pagina().context["f"]["ingreso"].fields
    assert {"conserje", "conserjeria_autoriza"} & set(campos) == set()
    sin = {c: v for c, v in INGRESO.items() if c not in CONSERJERIA}
    assert telefono.postear("ingreso", **{**sin, "personal_identificado": ""}).status_code == 422
    telefono.hacer("ingreso", **sin)
    assert telefono.visita.estado == "EN_CURSO"


@pytest.mark.regla("I-18")
def test_nadie_recibe_no_se_entra(en_trabajo):
    antes = estado_de_todo()
    respuesta = en_trabajo.postear("ingreso", json=True, **{**LLEGADA, "recibe_rol": ""})
    assert respuesta.json()["campos"] == {
        "recibe_rol": "Anota quién te recibe: nunca se entra sin alguien."
    }
    assert (respuesta.status_code, estado_de_todo()) == (422, antes)


@pytest.mark.regla("I-19")
def test_ausencia_solo_despues_de_la_hora_y_dice_cual_es(telefono):
    hora.fijar(local("2026-11-24 09:50"))
    assert "La hora acordada todavía no llega." in telefono.pagina().content.decode()
    datos = {"llegada": "09:50", "conserje": "Luis Pino"}
    assert telefono.postear("ausencia", **datos).status_code == 409

    hora.fijar(local("2026-11-24 10:20"))
    assert "Es la primera inasistencia" in telefono.pagina().content.decode()
    assert telefono.postear("ausencia", llegada="10:02").status_code == 422
    telefono.hacer("ausencia", **{**datos, "llegada": "10:02"})
    assert (telefono.ticket.estado, telefono.ticket.inasistencias_seguidas) == ("GENERADO", 1)


@pytest.mark.regla("I-19")
def test_segunda_inasistencia_se_anuncia_y_resuelve(camino, telefono, supervisor):
    hora.fijar(local("2026-11-24 10:20"))
    telefono.hacer("ausencia", llegada="10:02", conserje="Luis Pino")
    camino.ahora, camino.ticket = local("2026-11-24 11:00"), telefono.ticket
    camino.coordinar_inspeccion("2026-11-25 10:00")
    hora.fijar(local("2026-11-25 10:20"))
    otra = Telefono(supervisor, camino.visita)
    texto = otra.pagina().content.decode()
    assert "1 inasistencia previa." in texto
    assert "Es la segunda inasistencia seguida: el ticket se da por resuelto." in texto
    otra.hacer("ausencia", llegada="10:01", conserje="Luis Pino")
    assert otra.ticket.estado == "RESUELTO_INASISTENCIA"


def test_trabajos_con_foto_y_otra_visita(en_trabajo):
    en_trabajo.hacer("ingreso", **LLEGADA)
    primera = en_trabajo.obs[0]
    inicia = en_trabajo.pagina().context["f"]["otra"].fields["inicia"].choices[0][0]
    en_trabajo.hacer(
        "otra",
        inicia=inicia,
        duracion="120",
        maestros="Óscar Vidal",
        observaciones=[primera.pk],
    )
    nueva = en_trabajo.ticket.ultima_visita()
    assert (en_trabajo.ticket.estado, nueva.inicia_en) == (
        "TRABAJO_COORDINADO",
        local("2026-11-27 08:00"),
    )
    assert en_trabajo.visita.estado == "REALIZADA"


def _acogida(camino, supervisor):
    """At the works, the second observation upheld by the Jefe after its rejection."""
    camino.generar().contactar().coordinar_inspeccion().inspeccionar()
    camino.tramitar(camino.obs[1], "disputar", camino.cliente, motivo="Venía mal")
    camino.tramitar(camino.obs[1], "acoger", camino.jefe, motivo="La pieza venía fallada")
    camino.coordinar_trabajo()
    hora.fijar(camino.visita.inicia_en)
    return Telefono(supervisor, camino.visita)


@pytest.mark.parametrize("ejecutada", [False, True])
def test_acogida_dice_la_resolucion_del_jefe_y_no_el_rechazo(camino, supervisor, ejecutada):
    telefono = _acogida(camino, supervisor)
    if ejecutada:
        telefono.hacer("ingreso", **LLEGADA)
        telefono.hacer(f"ejecutar-{telefono.obs[1].pk}", trabajo="Se cambió la pieza")
    texto = telefono.pagina().content.decode()
    assert "<b>Acogida por el Jefe:</b> La pieza venía fallada" in texto
    assert "Aireador con sarro" not in texto
    assert "<b>E4.</b>" not in texto


def test_acogida_se_dice_tambien_mientras_se_trabaja(camino, supervisor):
    telefono = _acogida(camino, supervisor)
    telefono.hacer("ingreso", **LLEGADA)
    texto = telefono.pagina().content.decode()
    assert "<b>Acogida por el Jefe:</b> La pieza venía fallada" in texto


def test_rechazo_se_dice_donde_sigue_en_pie(telefono):
    telefono.hacer("ingreso", **INGRESO)
    telefono.rechazar(telefono.obs[1])
    texto = telefono.pagina().content.decode()
    assert "<b>E4.</b>" in texto
    assert "Aireador con sarro" in texto
    assert "Acogida por el Jefe" not in texto


def test_trabajo_ejecutado_con_foto_deja_por_firmar(en_trabajo):
    en_trabajo.hacer("ingreso", **LLEGADA)
    primera = en_trabajo.obs[0]
    trabajo = {"trabajo": "Se selló la grieta", "fotos": [foto("despues.jpg")]}
    en_trabajo.hacer(f"ejecutar-{primera.pk}", **trabajo)
    en_trabajo.hacer("terminar")
    assert en_trabajo.ticket.estado == "POR_FIRMAR"
    assert [a.nombre for a in primera.fotos_personal.all()] == ["despues.jpg"]


# --- once, seen, and of one's own


def test_misma_clave_dos_veces_se_hace_una_y_responde_igual(telefono):
    clave, visto = "6e1ff6cf-1a2c-4d33-8e6c-9ee8d9b6f001", telefono.ticket.cadena_largo
    uno = telefono.hacer("ingreso", **INGRESO, clave=clave, visto=visto)
    despues = estado_de_todo()
    dos = telefono.hacer("ingreso", **INGRESO, clave=clave, visto=visto)
    assert (uno["repetido"], dos["repetido"]) == (False, True)
    assert {**dos, "repetido": False} == uno
    assert uno["antes"] == visto
    assert uno["visto"] == telefono.ticket.cadena_largo
    assert estado_de_todo() == despues


def test_misma_clave_con_otra_cosa_se_rechaza(telefono):
    clave = "6e1ff6cf-1a2c-4d33-8e6c-9ee8d9b6f002"
    telefono.hacer("ingreso", **INGRESO)
    primera, segunda = telefono.obs
    telefono.aprobar(primera, clave=clave)
    antes = estado_de_todo()
    accion = f"decidir-{segunda.pk}"
    otra = telefono.postear(accion, json=True, decision="aprobar", clave=clave)
    assert (otra.status_code, estado_de_todo()) == (409, antes)


def test_misma_clave_con_otras_palabras_dice_lo_que_ya_hizo(telefono):
    clave = "6e1ff6cf-1a2c-4d33-8e6c-9ee8d9b6f004"
    telefono.hacer("ingreso", **INGRESO)
    primera = telefono.obs[0]
    hecho = telefono.aprobar(primera, clave=clave)
    antes = estado_de_todo()
    accion = f"decidir-{primera.pk}"
    datos = {"decision": "aprobar", "fundamento": "Otra cosa", "clave": clave}
    otra = telefono.postear(accion, json=True, **datos)
    del hecho["repetido"]
    assert (otra.status_code, otra.json()["hecho"], estado_de_todo()) == (409, hecho, antes)
    assert "Eso ya se había guardado antes." in telefono.pagina().content.decode()


def test_clave_de_otra_persona_no_cuenta_lo_que_hizo(telefono, jefe):
    clave = "6e1ff6cf-1a2c-4d33-8e6c-9ee8d9b6f005"
    telefono.hacer("ingreso", **INGRESO, clave=clave)
    ajena = Telefono(jefe, telefono.visita).postear("ingreso", json=True, **INGRESO, clave=clave)
    assert ajena.status_code == 409
    assert "hecho" not in ajena.json()


def test_clave_rechazada_sirve_despues_de_corregir(telefono):
    clave = "6e1ff6cf-1a2c-4d33-8e6c-9ee8d9b6f003"
    malo = {**INGRESO, "conserje": ""}
    assert telefono.postear("ingreso", json=True, **malo, clave=clave).status_code == 422
    assert telefono.hacer("ingreso", **INGRESO, clave=clave)["repetido"] is False


def test_pagina_vieja_es_409_y_conserva_lo_escrito(telefono):
    telefono.hacer("ingreso", **INGRESO)
    viejo = telefono.ticket.cadena_largo
    telefono.aprobar(telefono.obs[0])
    antes = estado_de_todo()
    respuesta = telefono.postear(
        f"decidir-{telefono.obs[1].pk}",
        decision="rechazar",
        exclusion="E4",
        fundamento="Texto largo que nadie quiere repetir",
        visto=viejo,
    )
    assert respuesta.status_code == 409
    assert "Texto largo que nadie quiere repetir</textarea>" in respuesta.content.decode()
    assert estado_de_todo() == antes


@pytest.mark.parametrize(("campo", "status"), [("clave", 422), ("visto", 409)])
def test_sin_clave_o_sin_visto_no_se_hace_nada(telefono, campo, status):
    antes = estado_de_todo()
    respuesta = telefono.postear("ingreso", json=True, **INGRESO, **{campo: ""})
    assert respuesta.status_code == status
    assert estado_de_todo() == antes


def test_gerencia_mira_y_no_hace(telefono, icalma):
    from postventa.personas.models import Rol
    from tests.consola.conftest import personal

    gerente = Telefono(personal("gerente", icalma, Rol.GERENTE), telefono.visita)
    assert gerente.pagina().context["f"] == {}
    antes = estado_de_todo()
    assert gerente.postear("ingreso", **INGRESO).status_code == 409
    assert estado_de_todo() == antes


def test_sin_entrar_no_se_ve(telefono):
    respuesta = Client().get(telefono.url())
    assert (respuesta.status_code, respuesta.url.split("?")[0]) == (302, "/consola/login/")


@pytest.mark.parametrize("cuantas", [1, 3])
def test_pagina_cuesta_lo_mismo_con_una_o_tres(
    camino, supervisor, cuantas, django_assert_num_queries
):
    camino.generar(cuantas).contactar().coordinar_inspeccion().iniciar_inspeccion()
    hora.fijar(camino.ahora)
    telefono = Telefono(supervisor, camino.visita)
    telefono.pagina()
    # session, user, roles, clock; case, visits, observations, two kinds of photos
    with django_assert_num_queries(9):
        assert telefono.pagina().status_code == 200


def test_pagina_dice_la_hora_el_rut_y_la_cuenta_como_se_dicen(camino, supervisor):
    camino.generar().contactar().coordinar_inspeccion().inspeccionar()
    camino.coordinar_trabajo(reemplazo_nombre="Rosa Díaz", reemplazo_documento="9483627-1")
    hora.fijar(camino.visita.inicia_en)
    texto = Telefono(supervisor, camino.visita).pagina().content.decode()
    assert "Hora acordada: <b>Hoy, 09:30</b>" in texto
    assert "RUT 9.483.627-1" in texto
    assert "0 de 1 ejecutada</span>" in texto

"""The owner's page of a case: what happened, what is expected, and the little that they may do."""

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext

from postventa.avisos.tasks import barrer
from postventa.calendario import hora
from postventa.personas.models import Rol
from postventa.tramitacion.acciones import tramitar
from postventa.tramitacion.errores import NoAutorizado
from tests.conftest import local
from tests.ingevec.navegador import en_sesion, texto
from tickets.ingevec import permisos
from tickets.ingevec.models import Requerimiento, Solicitud
from tickets.ingevec.vistas import caso

URL = "/ingevec/caso/{}/"


@pytest.fixture
def ver(llamada, propietario):
    def pagina():
        hora.fijar(llamada.ahora)
        respuesta = propietario.get(URL.format(llamada.solicitud.publico))
        assert respuesta.status_code == 200
        return texto(respuesta)

    return pagina


def url_hora(llamada):
    return f"{URL.format(llamada.solicitud.publico)}visita/{llamada.visita.pk}/hora/"


def url_conformidad(llamada):
    return f"{URL.format(llamada.solicitud.publico)}conformidad/"


def mover(navegador, llamada, inicia, **cambios):
    hora.fijar(llamada.ahora)
    datos = {"inicia": inicia, "visto": llamada.solicitud.cadena_largo, **cambios}
    return navegador.post(url_hora(llamada), datos)


def responder(navegador, llamada, *dichos, **cambios):
    """Per executed requerimiento, "" for content or what is wrong."""
    hora.fijar(llamada.ahora)
    datos = {"visto": llamada.solicitud.cadena_largo}
    for r, mal in zip(llamada.reqs, dichos, strict=True):
        datos |= {f"resultado_{r.pk}": "no" if mal else "conforme", f"motivo_{r.pk}": mal}
    return navegador.post(url_conformidad(llamada), datos | cambios)


def releer(llamada):
    llamada.solicitud = Solicitud.objects.get(pk=llamada.solicitud.pk)
    return llamada.solicitud


# --- what it shows


def test_recien_enviada_sin_hora_dice_que_se_llamara(llamada, ver):
    llamada.ingresar()
    pagina = ver()
    assert "Recibida" in pagina
    assert '<li class="hecho">Ingreso</li> <li aria-current="step">Inspección</li>' in pagina
    assert "Para agendar su inspección" in pagina
    assert "Vence el lunes 30 de noviembre, hasta el final del día" in pagina
    assert "Lo que esperamos de usted" not in pagina
    assert "Recibimos su solicitud; falta agendar la inspección" in pagina


def test_inspeccion_agendada_muestra_visita_calendario_y_cambio(llamada, ver):
    llamada.ingresar(cupo=llamada.cupo())
    pagina = ver()
    assert "Inspección agendada" in pagina
    assert "Miércoles 25 de noviembre, a las 09:00, hasta las 09:45" in pagina
    assert "Cambiar la hora" in pagina
    assert "visita.ics" in pagina


@pytest.mark.regla("G-09")
def test_diagnostico_y_por_que_no_corresponde_se_leen(llamada, ver):
    llamada.ingresar(cupo=llamada.cupo()).diagnosticar(no_corresponden=[1])
    pagina = ver()
    assert "<b>Diagnóstico:</b> Falla de montaje" in pagina
    assert "<b>Por qué no corresponde:</b> Golpe del uso" in pagina
    assert "Corresponde a garantía" in pagina
    assert "Para ejecutar los trabajos" in pagina
    assert "Inspección realizada, con su diagnóstico" in pagina


@pytest.mark.regla("G-13")
def test_visita_de_trabajo_pide_un_representante_y_no_se_mueve_aqui(llamada, ver):
    llamada.ingresar(cupo=llamada.cupo()).diagnosticar().agendar_trabajos()
    pagina = ver()
    assert "Debe haber un representante suyo que recepcione los trabajos." in pagina
    assert "Cambiar la hora" not in pagina


@pytest.mark.regla("G-04")
def test_por_llamar_espera_una_sola_cosa(llamada, ver):
    llamada.hasta_por_llamar()
    pagina = ver()
    assert "¿Quedó conforme con los trabajos?" in pagina
    assert pagina.count("Lo que esperamos de usted") == 1
    assert "Se cambió el sifón." in pagina


def test_urgencia_en_curso_repite_los_telefonos(llamada, ver):
    llamada.ingresar("Gas", urgencia="gas")
    pagina = ver()
    assert "Fuga de gas en red no visible." in pagina
    assert 'href="tel:800422727"' in pagina


def test_consulta_muestra_su_respuesta(llamada, ver):
    llamada.ingresar(consulta="¿Cuánto dura la garantía?")
    llamada.tramitar(
        llamada.solicitud, "responder_consulta", Rol.CALL_CENTER, respuesta="Cinco años."
    )
    pagina = ver()
    assert "Nuestra respuesta" in pagina
    assert "Cinco años." in pagina


def test_anulada_dice_el_motivo(llamada, ver):
    llamada.ingresar()
    llamada.tramitar(llamada.solicitud, "anular", Rol.JEFE, motivo="Duplicada")
    assert "Esta solicitud fue anulada.</b> Duplicada" in ver()


def test_texto_hostil_se_muestra_como_texto(llamada, ver):
    llamada.ingresar("<script>alert(1)</script>", llamante='"><img src=x>')
    pagina = ver()
    assert "<script>alert(1)" not in pagina
    assert "<img src=x>" not in pagina


@pytest.mark.parametrize("cuantos", [1, 6])
def test_consultas_de_la_pagina_no_crecen(llamada, propietario, cuantos):
    llamada.hasta_por_llamar(*(f"Falla {n}" for n in range(cuantos)))
    hora.fijar(llamada.ahora)
    url = URL.format(llamada.solicitud.publico)
    propietario.get(url)
    with CaptureQueriesContext(connection) as hechas:
        propietario.get(url)
    assert len(hechas) == 17


# --- another hour


def test_cambiar_la_hora_deja_libre_la_anterior_y_avisa(llamada, propietario, ver):
    llamada.ingresar(cupo=llamada.cupo())
    pagina = texto(propietario.get(url_hora(llamada)))
    assert "09:45" in pagina
    assert "20261125T1200Z" not in pagina  # the one it has
    assert mover(propietario, llamada, "20261125T1800Z").status_code == 302
    releer(llamada)
    assert llamada.visita.inicia_en == local("2026-11-25 15:00")
    estados = list(llamada.solicitud.visitas.order_by("pk").values_list("estado", flat=True))
    assert estados == ["REPROGRAMADA", "COORDINADA"]
    assert "quítela de su calendario" in ver()
    movimiento = llamada.solicitud.movimientos.get(verbo="reagendar_inspeccion")
    assert (movimiento.canal, movimiento.detalle.nombre_actor) == ("web", "Héctor Saldías Mora")
    barrer()
    assert "15:00" in mail.outbox[-1].body


@pytest.mark.parametrize(
    "inicia", ["20261126T1200Z", "20261202T1200Z", "20261125T1205Z", "x", "", "20261125T1200Z"]
)
def test_hora_inventada_o_fuera_del_plazo_no_se_toma(llamada, propietario, inicia):
    llamada.ingresar(cupo=llamada.cupo())
    assert mover(propietario, llamada, inicia).status_code in (409, 422)
    assert llamada.visita.inicia_en == local("2026-11-25 09:00")
    assert releer(llamada).visitas.count() == 1


def test_excepcion_inventada_en_el_formulario_no_abre_otro_dia(llamada, propietario):
    llamada.ingresar(cupo=llamada.cupo())
    forjado = {"excepcion": "otro_dia", "motivo_excepcion": "Quiero", "acuerdo": "on"}
    assert mover(propietario, llamada, "20261126T1200Z", **forjado).status_code == 409
    assert releer(llamada).excepcion == ""


def test_el_plazo_sigue_siendo_el_de_la_primera_llamada(llamada, propietario):
    llamada.ingresar(cupo=llamada.cupo("2026-11-25 17:15")).pasar(days=2)
    hora.fijar(llamada.ahora)
    (dia,) = propietario.get(url_hora(llamada)).context["dias"]
    assert dia["titulo"] == "Miércoles 25 de noviembre"
    assert dia["horas"][0][1] == "10:30"


def test_hora_ocupada_propone_la_siguiente_y_deja_la_de_antes(llamada, propietario, ocupar):
    llamada.ingresar(cupo=llamada.cupo())
    ocupar("2026-11-25 09:45")
    respuesta = mover(propietario, llamada, "20261125T1245Z")
    pagina = texto(respuesta)
    assert respuesta.status_code == 409
    assert (
        "La siguiente libre es el miércoles 25 de noviembre, a las 10:30: quedó elegida" in pagina
    )
    assert "Su visita sigue en la hora de antes." in pagina
    assert 'value="20261125T1330Z" checked' in pagina


def test_hora_perdida_al_escribir_prueba_con_otro_inspector(
    llamada, propietario, ocupar, otro_inspector, monkeypatch
):
    otro = otro_inspector()
    llamada.ingresar(cupo=llamada.cupo())
    vieja = caso.horas_para(
        llamada.solicitud.sede_id, llamada.ahora, llamada.ahora, salvo=llamada.visita
    )
    ocupar("2026-11-25 09:45")
    monkeypatch.setattr(caso, "horas_para", lambda *a, **k: vieja)
    assert mover(propietario, llamada, "20261125T1245Z").status_code == 302
    releer(llamada)
    assert (llamada.visita.persona, llamada.visita.inicia_en) == (otro, local("2026-11-25 09:45"))


def test_empezada_ya_no_se_cambia(llamada, propietario, ver):
    llamada.ingresar(cupo=llamada.cupo())
    url = url_hora(llamada)
    llamada.ahora = local("2026-11-25 09:00")
    assert "Cambiar la hora" not in ver()
    respuesta = mover(propietario, llamada, "20261125T1800Z")
    assert respuesta.status_code == 409
    assert "no se puede cambiar de hora por aquí" in texto(respuesta)
    assert propietario.get(url).status_code == 409


def test_pagina_vieja_no_cambia_nada_y_lo_dice_de_usted(llamada, propietario):
    llamada.ingresar(cupo=llamada.cupo())
    respuesta = mover(propietario, llamada, "20261125T1800Z", visto=1)
    assert respuesta.status_code == 409
    assert "La solicitud cambió mientras miraba esta página" in texto(respuesta)
    assert releer(llamada).visitas.count() == 1


def test_visita_de_otra_solicitud_es_404(llamada, propietario):
    llamada.ingresar(cupo=llamada.cupo())
    ajena, publico = llamada.visita.pk, llamada.solicitud.publico
    llamada.ingresar(cupo=llamada.cupo("2026-11-25 09:45"))
    suya = llamada.solicitud.publico
    assert propietario.get(f"{URL.format(suya)}visita/{ajena}/hora/").status_code == 404
    assert propietario.get(f"{URL.format(suya)}visita/{ajena}/visita.ics").status_code == 404
    assert propietario.get(f"{URL.format(publico)}visita/{ajena}/visita.ics").status_code == 200


# --- conformity


@pytest.mark.regla("G-06")
def test_conforme_con_todo_cierra(llamada, propietario, ver):
    llamada.hasta_por_llamar()
    assert responder(propietario, llamada, "", "").status_code == 302
    s = releer(llamada)
    assert s.estado == "CERRADA"
    assert {r.estado for r in llamada.reqs} == {"CONFORME"}
    movimiento = s.movimientos.get(verbo="registrar_conformidad")
    assert (movimiento.canal, movimiento.detalle.nombre_actor) == ("web", "Héctor Saldías Mora")
    assert "Cerrada con su conformidad" in ver()
    assert propietario.get(url_conformidad(llamada)).status_code == 409


@pytest.mark.regla("G-05")
def test_disconforme_con_uno_no_cierra_y_avisa_al_call_center(llamada, propietario, ver):
    llamada.hasta_por_llamar()
    barrer()
    mail.outbox.clear()
    assert responder(propietario, llamada, "", "Sigue sin cerrar").status_code == 302
    s = releer(llamada)
    assert s.estado == "POR_LLAMAR"
    assert {r.estado for r in llamada.reqs} == {"EJECUTADO"}
    pagina = ver()
    assert "Nos dijo que no quedó conforme." in pagina
    assert "N° 2: Sigue sin cerrar" in pagina
    assert "Lo que esperamos de usted" not in pagina
    hora.fijar(local("2026-12-03 10:00"))
    barrer()
    (correo,) = mail.outbox
    assert "call_center@ingevec.example" in correo.to[0]
    assert "N° 2: Sigue sin cerrar" in correo.body


def test_quien_cambia_de_opinion_puede_quedar_conforme(llamada, propietario):
    llamada.hasta_por_llamar()
    responder(propietario, llamada, "", "Sigue sin cerrar")
    releer(llamada)
    assert responder(propietario, llamada, "", "").status_code == 302
    assert releer(llamada).estado == "CERRADA"


def test_disconformidad_de_antes_de_los_nuevos_trabajos_ya_no_se_muestra(llamada, propietario, ver):
    llamada.hasta_por_llamar()
    responder(propietario, llamada, "", "Sigue sin cerrar")
    releer(llamada)
    llamada.tramitar(
        llamada.solicitud,
        "volver_a_trabajos",
        Rol.CALL_CENTER,
        resultados=llamada.resultados("conforme", "trabajos"),
        **llamada.cupo("2026-12-09 09:00", por=Rol.MAESTRO),
    )
    llamada.ejecutar()
    pagina = ver()
    assert "Nos dijo que no quedó conforme." not in pagina
    assert "Lo que esperamos de usted" in pagina


@pytest.mark.parametrize("falta", ["resultado", "motivo", "invento"])
def test_respuesta_incompleta_se_pide_sin_perder_lo_escrito(llamada, propietario, falta):
    llamada.hasta_por_llamar()
    uno, dos = llamada.reqs
    cambios, mensaje = {
        "resultado": ({f"resultado_{uno.pk}": ""}, "Responda por el requerimiento 1."),
        "motivo": ({f"motivo_{dos.pk}": " "}, "Cuente qué no quedó bien en el requerimiento 2."),
        "invento": ({f"resultado_{uno.pk}": "trabajos"}, "Elija una de las dos respuestas."),
    }[falta]
    respuesta = responder(propietario, llamada, "", "Sigue sin cerrar", **cambios)
    assert respuesta.status_code == 422
    assert mensaje in texto(respuesta)
    assert releer(llamada).estado == "POR_LLAMAR"
    assert not llamada.solicitud.movimientos.filter(verbo="declarar_disconformidad").exists()


def test_demasiado_texto_entre_todos_se_dice(llamada, propietario):
    llamada.hasta_por_llamar("a", "b", "c", "d")
    respuesta = responder(propietario, llamada, *["x" * 290] * 4)
    assert respuesta.status_code == 422
    assert "entre todos, hasta 900 letras" in texto(respuesta)


def test_conformidad_de_otro_requerimiento_no_cuenta(llamada, propietario):
    """A forged answer for what is not executed here neither closes nor is stored."""
    llamada.ingresar("De otra")
    ajeno = llamada.reqs[0]
    llamada.hasta_por_llamar()
    responder(propietario, llamada, "", "", **{f"resultado_{ajeno.pk}": "conforme"})
    assert Requerimiento.objects.get(pk=ajeno.pk).estado == "PENDIENTE"
    assert releer(llamada).estado == "CERRADA"


def test_respuesta_sobre_una_pagina_vieja_no_cierra_y_devuelve_lo_escrito(llamada, propietario):
    llamada.hasta_por_llamar()
    respuesta = responder(propietario, llamada, "Mal pintado", "", visto=1)
    pagina = texto(respuesta)
    assert respuesta.status_code == 409
    assert "La solicitud cambió mientras miraba esta página" in pagina
    assert "N° 1: Mal pintado" in pagina
    assert releer(llamada).estado == "POR_LLAMAR"


# --- nobody else, nothing else


def test_vecina_no_responde_ni_mueve_por_otro(llamada, vecina, edificio):
    llamada.hasta_por_llamar()
    ajena = en_sesion(vecina, edificio)
    assert responder(ajena, llamada, "", "").status_code == 404
    assert ajena.get(URL.format(llamada.solicitud.publico)).status_code == 404
    assert releer(llamada).estado == "POR_LLAMAR"


def test_propietario_no_tiene_mas_verbos_que_los_suyos(llamada, duenio, vecina):
    suyos = {v for v, roles in permisos.SOLICITUD.items() if Rol.PROPIETARIO in roles}
    assert suyos == {
        "ingresar",
        "agendar_inspeccion",
        "reagendar_inspeccion",
        "registrar_conformidad",
    }
    llamada.hasta_por_llamar()
    for verbo in ("anular", "volver_a_trabajos", "terminar_trabajos"):
        with pytest.raises(NoAutorizado):
            tramitar(llamada.solicitud, verbo, duenio, ahora=llamada.ahora, motivo="x")
    with pytest.raises(NoAutorizado):
        tramitar(
            llamada.solicitud,
            "registrar_conformidad",
            vecina,
            ahora=llamada.ahora,
            resultados=llamada.resultados("conforme", "conforme"),
        )

"""The satisfaction calls: today's queue, the script, what each answer leads to (G-04 to G-06)."""

import pytest

from postventa.avisos.models import Aviso
from postventa.calendario import hora
from postventa.personas.models import Rol
from tests.conftest import local
from tests.consola.conftest import entrar
from tests.ingevec.telefonista import foto, texto_de
from tickets.ingevec.models import Solicitud

COLA = "/consola/ingevec/llamados/"


class Llamado:
    """Somebody at the telephone, on the call of one solicitud."""

    def __init__(self, llamada, persona):
        self.llamada, self.web = llamada, entrar(persona)
        self.pk = llamada.solicitud.pk
        hora.fijar(llamada.ahora)

    @property
    def url(self):
        return f"{COLA}{self.pk}/"

    @property
    def solicitud(self):
        return Solicitud.objects.get(pk=self.pk)

    @property
    def reqs(self):
        return list(self.solicitud.requerimientos.all())

    def horas(self, cuales):
        contexto = self.web.get(self.url).context
        return [o.valor for d in contexto[cuales] for _, franja in d.franjas for o in franja]

    def responder(self, *dichos, **datos):
        """`dichos`, in order, for each executed requerimiento."""
        ejecutados = [r for r in self.reqs if r.estado == "EJECUTADO"]
        for r, dicho in zip(ejecutados, dichos, strict=True):
            datos[f"resultado_{r.pk}"] = dicho
            datos.setdefault(f"motivo_{r.pk}", "" if dicho == "conforme" else "Sigue goteando")
        datos.setdefault("visto", self.solicitud.cadena_largo)
        return self.web.post(self.url, {"guardar": "1", **datos})

    def no_contesto(self, **datos):
        datos.setdefault("visto", self.solicitud.cadena_largo)
        return self.web.post(self.url, {"no_contesto": "1", **datos})


@pytest.fixture
def llamado(llamada, gente):
    llamada.hasta_por_llamar().pasar(days=1)
    return Llamado(llamada, gente[Rol.CALL_CENTER])


def en_cola(web):
    contexto = web.get(COLA).context
    return [f["s"].folio for f in contexto["filas"]], [s.folio for s in contexto["otro_dia"]]


@pytest.mark.regla("G-04")
def test_la_cola_muestra_lo_de_hoy_y_aparte_lo_de_otro_dia(llamado):
    folio = llamado.solicitud.folio
    assert en_cola(llamado.web) == ([folio], [])
    llamado.no_contesto()
    assert en_cola(llamado.web) == ([], [folio])
    hora.fijar(local("2026-12-04 09:00"))
    assert en_cola(llamado.web) == ([folio], [])


@pytest.mark.parametrize("cuantas", [1, 3])
def test_la_cola_cuesta_seis_consultas(llamado, llamada, cuantas, django_assert_num_queries):
    for _ in range(cuantas - 1):
        llamada.ahora = local("2026-11-23 10:15")
        llamada.ingresar(cupo=llamada.cupo(f"2026-11-25 1{_}:30")).diagnosticar()
        llamada.agendar_trabajos(f"2026-12-0{3 + _} 09:00").ejecutar()
    hora.fijar(local("2026-12-10 10:00"))
    # session, user, roles, clock; today's, another day's
    with django_assert_num_queries(6):
        assert len(en_cola(llamado.web)[0]) == cuantas


def test_la_pagina_dice_que_leer_y_que_se_hizo(llamado):
    dicho = texto_de(llamado.web.get(llamado.url))
    assert "¿hablo con Héctor Saldías?" in dicho
    assert "que terminaron el miércoles 2 de diciembre" in dicho
    assert "Se cambió el sifón." in dicho


def test_la_pagina_del_llamado_cuesta(llamado, django_assert_num_queries):
    llamado.web.get(llamado.url)
    # one of them, who may go at an hour written by hand
    with django_assert_num_queries(17):
        llamado.web.get(llamado.url)


@pytest.mark.regla("G-06")
def test_todo_conforme_cierra_la_solicitud(llamado):
    respuesta = llamado.responder("conforme", "conforme")
    assert (respuesta.status_code, respuesta.headers["Location"]) == (302, COLA)
    assert (llamado.solicitud.estado, {r.estado for r in llamado.reqs}) == ("CERRADA", {"CONFORME"})
    assert en_cola(llamado.web) == ([], [])


@pytest.mark.regla("G-05")
def test_una_disconformidad_agenda_nuevos_trabajos_en_la_misma_llamada(llamado):
    hora_libre = llamado.horas("de_trabajos")[0]
    respuesta = llamado.responder("conforme", "trabajos", cupo_trabajos=hora_libre)
    assert respuesta.status_code == 302
    solicitud = llamado.solicitud
    assert solicitud.estado == "TRABAJOS_AGENDADOS"
    assert [r.estado for r in llamado.reqs] == ["CONFORME", "CORRESPONDE"]
    assert solicitud.ultima_visita().inicia_en.isoformat() == hora_libre.split("|")[0]
    assert llamado.reqs[1].disconformidad == "Sigue goteando"


@pytest.mark.regla("G-05")
def test_una_que_hay_que_mirar_de_nuevo_lleva_a_otra_inspeccion(llamado):
    hora_libre = llamado.horas("de_inspeccion")[0]
    respuesta = llamado.responder("trabajos", "inspeccion", cupo_inspeccion=hora_libre)
    assert respuesta.status_code == 302
    assert llamado.solicitud.estado == "INSPECCION_AGENDADA"
    assert [r.estado for r in llamado.reqs] == ["CORRESPONDE", "PENDIENTE"]


@pytest.mark.regla("G-05", "G-06")
@pytest.mark.parametrize(
    ("dichos", "datos", "fallas"),
    [
        (("conforme", ""), {}, ["resultado"]),
        (("conforme", "cualquiera"), {}, ["resultado"]),
        (("conforme", "trabajos"), {}, ["cupo_trabajos"]),
        (("conforme", "inspeccion"), {"cupo_inspeccion": "x"}, ["cupo_inspeccion"]),
        (("trabajos", "inspeccion"), {"cupo_trabajos": "x"}, ["cupo_inspeccion"]),
    ],
)
def test_lo_que_falta_se_dice_y_no_se_guarda_nada(llamado, dichos, datos, fallas):
    antes = foto()
    respuesta = llamado.responder(*dichos, **datos)
    dichas = {campo.split("_")[0] if "resultado" in campo else campo
              for campo in respuesta.context["fallas"]}  # fmt: skip
    assert (respuesta.status_code, sorted(dichas), foto()) == (422, fallas, antes)


def test_disconforme_sin_decir_por_que_no_se_guarda(llamado):
    antes = foto()
    segundo = llamado.reqs[1]
    respuesta = llamado.responder("conforme", "trabajos", **{f"motivo_{segundo.pk}": " "})
    assert list(respuesta.context["fallas"]) == [f"motivo_{segundo.pk}"]
    assert foto() == antes


def test_una_hora_que_tomo_otra_persona_no_se_guarda_y_se_conserva_lo_dicho(llamado, llamada):
    hora_libre = llamado.horas("de_inspeccion")[0]
    cuando = hora_libre.split("|")[0]
    llamada.ahora = hora.ahora()
    llamada.ingresar("Otra cosa")
    llamada.tramitar(
        llamada.solicitud, "agendar_inspeccion", Rol.CALL_CENTER,
        inicia_en=hora.datetime.fromisoformat(cuando), persona=llamada.gente[Rol.INSPECTOR],
    )  # fmt: skip
    antes = foto()
    respuesta = llamado.responder("conforme", "inspeccion", cupo_inspeccion=hora_libre)
    assert (respuesta.status_code, list(respuesta.context["fallas"])) == (422, ["cupo_inspeccion"])
    assert "Sigue goteando" in texto_de(respuesta)
    assert foto() == antes


@pytest.mark.regla("G-04")
def test_no_contesto_cuenta_y_al_tercero_sale_el_correo(llamado):
    for intento in (1, 2, 3):
        assert llamado.no_contesto().status_code == 302
        solicitud = llamado.solicitud
        assert (solicitud.estado, solicitud.intentos) == ("POR_LLAMAR", intento)
        assert Aviso.objects.filter(tipo="ingevec/llamado").count() == (intento == 3)


def test_la_misma_pagina_dos_veces_se_guarda_una(llamado):
    visto = llamado.solicitud.cadena_largo
    assert llamado.no_contesto(visto=visto).status_code == 302
    respuesta = llamado.no_contesto(visto=visto)
    assert respuesta.status_code == 409
    assert llamado.solicitud.intentos == 1


@pytest.mark.parametrize("visto", ["", "no", "-1", "99999999999", None])
def test_un_envio_sin_lo_visto_no_cambia_nada(llamado, visto):
    antes = foto()
    datos = {} if visto is None else {"visto": visto}
    respuesta = llamado.web.post(llamado.url, {"no_contesto": "1", **datos})
    assert (respuesta.status_code, foto()) == (409, antes)


def test_lo_que_ya_no_espera_el_llamado_lo_dice(llamado):
    llamado.responder("conforme", "conforme")
    assert "ya no espera el llamado" in texto_de(llamado.web.get(llamado.url))
    antes = foto()
    respuesta = llamado.web.post(
        llamado.url, {"guardar": "1", "visto": llamado.solicitud.cadena_largo}
    )
    assert (respuesta.status_code, foto()) == (409, antes)


@pytest.mark.parametrize("rol", [Rol.INSPECTOR, Rol.MAESTRO, Rol.JEFE, Rol.GERENTE])
def test_solo_el_call_center_llama(llamado, llamada, gente, rol):
    otro = Llamado(llamada, gente[rol])
    antes = foto()
    assert otro.web.get(COLA).status_code == 403
    assert otro.web.get(otro.url).status_code == 403
    assert otro.no_contesto().status_code == 403
    assert foto() == antes


def test_de_otra_empresa_no_se_ve_ni_se_toca(llamado, otra):
    web = entrar(otra.supervisora)
    assert web.get(COLA).status_code == 403
    assert web.post(llamado.url, {"no_contesto": "1"}).status_code == 403
    assert llamado.web.get(f"{COLA}{otra.ticket.pk}/").status_code == 404


def a_mano(campo, dia, desde, persona, **mas):
    """An hour written by hand beside the offered ones."""
    return {campo: "otra", "dia": dia, "desde": desde, "persona": persona.pk, **mas}


@pytest.mark.regla("G-05")
def test_la_nueva_inspeccion_tambien_se_escribe_a_mano_con_quien_va(llamado, gente, otro_inspector):
    """Called on Thursday 3: on Friday, which is not the project's day, inside the five days."""
    va = otro_inspector()
    datos = a_mano("cupo_inspeccion", "2026-12-04", "10:15", va)
    respuesta = llamado.responder("conforme", "inspeccion", **datos)
    assert (respuesta.status_code, list(respuesta.context["fallas"])) == (
        422,
        ["motivo_excepcion"],
    )
    assert 'value="2026-12-04"' in respuesta.content.decode()
    datos["motivo_excepcion"] = "Solo puede el viernes"
    assert llamado.responder("conforme", "inspeccion", **datos).status_code == 302
    solicitud = llamado.solicitud
    visita = solicitud.ultima_visita()
    assert (visita.inicia_en, visita.persona) == (local("2026-12-04 10:15"), va)
    assert (solicitud.estado, solicitud.excepcion) == ("INSPECCION_AGENDADA", "otro_dia")


@pytest.mark.regla("G-05")
def test_los_nuevos_trabajos_tambien_se_escriben_a_mano(llamado, gente):
    datos = a_mano("cupo_trabajos", "2026-12-07", "14:30", gente[Rol.MAESTRO])
    assert llamado.responder("conforme", "trabajos", **datos).status_code == 302
    visita = llamado.solicitud.ultima_visita()
    assert (visita.inicia_en, visita.persona) == (local("2026-12-07 14:30"), gente[Rol.MAESTRO])


@pytest.mark.parametrize(
    ("dichos", "campo", "cambia", "fallas"),
    [
        ("inspeccion", "cupo_inspeccion", {"dia": ""}, ["dia"]),
        ("inspeccion", "cupo_inspeccion", {"desde": "a las 5"}, ["desde"]),
        ("inspeccion", "cupo_inspeccion", {"persona": ""}, ["persona"]),
        ("inspeccion", "cupo_inspeccion", {"desde": "20:00"}, ["dia"]),
        ("inspeccion", "cupo_inspeccion", {"dia": "2026-12-17"}, ["dia"]),
        ("trabajos", "cupo_trabajos", {"dia": "2026-12-08"}, ["dia"]),
    ],
)
def test_lo_que_se_escribe_a_mano_y_no_sirve_se_dice_en_su_campo(
    llamado, gente, dichos, campo, cambia, fallas
):
    antes = foto()
    datos = a_mano(campo, "2026-12-09", "10:15", gente[Rol.INSPECTOR]) | cambia
    respuesta = llamado.responder("conforme", dichos, **datos)
    assert (respuesta.status_code, list(respuesta.context["fallas"])) == (422, fallas)
    assert foto() == antes


def test_a_una_inspeccion_a_mano_no_va_quien_no_la_puede_iniciar(llamado, gente):
    antes = foto()
    datos = a_mano("cupo_inspeccion", "2026-12-09", "10:15", gente[Rol.MAESTRO])
    respuesta = llamado.responder("conforme", "inspeccion", **datos)
    assert respuesta.context["fallas"] == {
        "persona": "Elige a alguien que haga inspecciones en este proyecto."
    }
    assert foto() == antes


@pytest.mark.parametrize("ruta", ["llamados/{}/", "llamada/lista/{}/", "llamada/{}/"])
def test_un_numero_que_no_cabe_no_es_ninguna_solicitud(llamada, gente, ruta):
    web = entrar(gente[Rol.CALL_CENTER])
    assert web.get(f"/consola/ingevec/{ruta.format('9' * 20)}").status_code == 404

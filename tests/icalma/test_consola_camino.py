"""The straight way of a ticket by posts to the console, and what a post may not do."""

from uuid import uuid4

import pytest
from django.test import Client

from postventa.avisos.models import Aviso
from postventa.calendario import hora
from postventa.expedientes.models import Movimiento
from postventa.personas.models import Membresia, Rol, Usuario
from postventa.plazos.models import Plazo
from postventa.tramitacion.acciones import tramitar
from postventa.visitas.models import Visita
from tests.conftest import LUNES, local, observaciones
from tickets.icalma.ingreso import ingresar
from tickets.icalma.models import Ticket

VISITA = {"dia": "2026-11-24", "desde": "10:00", "hasta": "10:45"}
TRABAJO = {
    "dia": "2026-11-26",
    "desde": "09:30",
    "hasta": "13:00",
    "maestros": "Óscar Vidal, Nelson Catrileo",
}
PRESENTE = {"recibe_rol": "propietario"}
INGRESO = {
    "recibe_rol": "propietario",
    "personal_identificado": "Óscar Vidal, cédula",
    "conserje": "Luis Pino",
    "conserjeria_autoriza": "si",
}


class Consola:
    """A browser of one person on one ticket: posts each verb as the page's form would."""

    def __init__(self, persona, ticket):
        self.web, self.pk = Client(), ticket.pk
        self.web.force_login(persona)

    @property
    def ticket(self):
        return Ticket.objects.get(pk=self.pk)

    @property
    def visita(self):
        return self.ticket.ultima_visita()

    def url(self, objeto, pk, verbo):
        return f"/consola/icalma/ticket/{self.pk}/{objeto}/{pk}/{verbo}/"

    def postear(self, objeto, instancia, verbo, **datos):
        datos.setdefault("visto", self.ticket.cadena_largo)
        return self.web.post(self.url(objeto, instancia.pk, verbo), datos)

    def hacer(self, objeto, instancia, verbo, **datos):
        respuesta = self.postear(objeto, instancia, verbo, **datos)
        assert (respuesta.status_code, verbo) == (302, verbo), errores(respuesta)
        return self

    def pagina(self, consulta=""):
        return self.web.get(f"/consola/icalma/ticket/{self.pk}/change/{consulta}")

    def contactar(self):
        return self.hacer("ticket", self.ticket, "registrar_contacto", exito="si", medio="telefono")

    def coordinar(self):
        return self.hacer("ticket", self.ticket, "coordinar_inspeccion", **VISITA)

    def inspeccionar(self):
        hora.fijar(local("2026-11-24 10:00"))
        self.hacer("visita", self.visita, "iniciar", **PRESENTE)
        primera, segunda = self.ticket.observaciones.all()
        self.hacer("observacion", primera, "aprobar")
        self.hacer("observacion", segunda, "rechazar", exclusion="E4", fundamento="Tiene sarro")
        return self.hacer("visita", self.visita, "realizar")

    def coordinar_trabajo(self):
        primera = self.ticket.observaciones.first()
        return self.hacer(
            "ticket", self.ticket, "coordinar_trabajo", **TRABAJO, observaciones=[primera.pk]
        )

    def trabajar(self):
        hora.fijar(local("2026-11-26 09:30"))
        self.hacer("visita", self.visita, "iniciar", **INGRESO)
        self.hacer("observacion", self.ticket.observaciones.first(), "ejecutar", trabajo="Pintura")
        return self.hacer("visita", self.visita, "realizar")


def errores(respuesta):
    contexto = respuesta.context or {}
    formulario = contexto.get("formulario")
    return formulario.errors if formulario else respuesta.content.decode()[:3000]


@pytest.fixture
def consola(unidad, cliente, supervisor, jefe):
    hora.fijar(LUNES)
    ticket = ingresar(unidad, cliente, observaciones(2), nonce=uuid4(), ahora=LUNES)
    return Consola(supervisor, ticket)


def de_jefe(consola):
    return Consola(Usuario.objects.get(username="mvaldes"), consola.ticket)


def foto():
    """What a refused post must leave as it was."""
    return (
        list(Ticket.objects.order_by("pk").values()),
        list(Visita.objects.order_by("pk").values()),
        Movimiento.objects.count(),
        Aviso.objects.count(),
        list(Plazo.objects.order_by("pk").values()),
    )


@pytest.mark.regla("I-07", "I-08", "I-09", "I-11", "I-13", "I-18", "I-21")
def test_camino_derecho_por_la_consola_llega_a_por_firmar(consola):
    consola.contactar().coordinar().inspeccionar().coordinar_trabajo().trabajar()

    assert consola.ticket.estado == "POR_FIRMAR"
    assert [o.estado for o in consola.ticket.observaciones.all()] == ["EJECUTADA", "RECHAZADA"]
    estados = dict(Plazo.objects.values_list("codigo", "estado"))
    assert estados == {
        "contacto": "CUMPLIDO",
        "coordinar_trabajo": "CUMPLIDO",
        "objecion": "CORRIENDO",
    }
    canales = set(Movimiento.objects.exclude(verbo="generar").values_list("canal", flat=True))
    assert canales == {"consola"}


def test_exito_redirige_al_caso_y_dice_que_correo_sale(consola):
    consola.contactar()
    respuesta = consola.postear("ticket", consola.ticket, "coordinar_inspeccion", **VISITA)

    assert respuesta.url == f"/consola/icalma/ticket/{consola.pk}/change/"
    *_, mensaje = map(str, consola.pagina().context["messages"])
    assert mensaje == (
        "Visita coordinada para el martes 24 de noviembre, a las 10:00. "
        "Sale un correo a Camila Rojas Fuentealba (camila@correo.example)."
    )


def test_hora_escrita_es_la_del_proyecto(consola):
    consola.contactar().coordinar()
    assert consola.visita.inicia_en == local("2026-11-24 10:00")


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
    for persona in (raiz, ana):
        otra = Consola(persona, consola.ticket)
        datos = {"exito": "si", "medio": "telefono"}
        assert (
            otra.postear("ticket", consola.ticket, "registrar_contacto", **datos).status_code == 403
        )
        assert otra.pagina().context["verbos"] == []
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


def test_contacto_fuera_de_horario_se_registra_y_detiene_el_plazo(consola):
    hora.fijar(local("2026-11-24 22:30"))
    consola.contactar()
    assert Plazo.objects.get(codigo="contacto").estado == "CUMPLIDO"


def test_intento_sin_respuesta_no_detiene_el_plazo(consola):
    consola.hacer("ticket", consola.ticket, "registrar_contacto", exito="no", medio="telefono")
    assert Plazo.objects.get(codigo="contacto").estado == "CORRIENDO"


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


def test_otra_visita_deja_lo_pendiente_para_despues(consola):
    consola.contactar().coordinar().inspeccionar().coordinar_trabajo()
    hora.fijar(local("2026-11-26 09:30"))
    consola.hacer("visita", consola.visita, "iniciar", **INGRESO)
    primera = consola.ticket.observaciones.first()
    datos = {**TRABAJO, "dia": "2026-11-27", "observaciones": [primera.pk]}
    consola.hacer("ticket", consola.ticket, "coordinar_otra_visita", **datos)
    assert consola.ticket.estado == "TRABAJO_COORDINADO"
    assert consola.visita.inicia_en == local("2026-11-27 09:30")


def test_dos_inasistencias_por_la_consola_resuelven(consola):
    consola.contactar()
    for dia in ("2026-11-24", "2026-11-25"):
        consola.hacer("ticket", consola.ticket, "coordinar_inspeccion", **{**VISITA, "dia": dia})
        hora.fijar(local(f"{dia} 10:20"))
        consola.hacer(
            "visita",
            consola.visita,
            "registrar_inasistencia_cliente",
            llegada="10:02",
            conserje="Luis Pino",
        )
        assert consola.visita.llegada_en == local(f"{dia} 10:02")
    assert consola.ticket.estado == "RESUELTO_INASISTENCIA"


def test_inasistencia_antes_de_la_hora_no_se_ofrece_ni_se_acepta(consola):
    consola.contactar().coordinar()
    hora.fijar(local("2026-11-24 09:50"))
    faltas = {v.verbo: v.falta for v in consola.pagina().context["verbos"]}
    assert faltas["registrar_inasistencia_cliente"] == "La hora acordada todavía no llega."
    respuesta = consola.postear(
        "visita", consola.visita, "registrar_inasistencia_cliente", llegada="09:45", conserje="L"
    )
    assert respuesta.status_code == 409


@pytest.mark.parametrize(
    ("verbo", "datos"),
    [
        ("registrar_inasistencia_empresa", {"motivo": "Se enfermó"}),
        ("registrar_acceso_denegado", {"llegada": "10:00", "conserje": "Luis Pino"}),
    ],
)
def test_visita_que_no_se_hace_vuelve_a_generado(consola, verbo, datos):
    consola.contactar().coordinar()
    hora.fijar(local("2026-11-24 10:05"))
    consola.hacer("visita", consola.visita, verbo, **datos)
    assert (consola.ticket.estado, consola.ticket.inasistencias_seguidas) == ("GENERADO", 0)


def test_cancelar_antes_de_empezar_vuelve_a_generado(consola):
    consola.contactar().coordinar()
    consola.hacer("visita", consola.visita, "cancelar", motivo="Lo pidió el propietario")
    assert (consola.ticket.estado, consola.ticket.inasistencias_seguidas) == ("GENERADO", 0)


def test_sin_autorizacion_de_conserjeria_nadie_entra(consola):
    consola.contactar().coordinar().inspeccionar().coordinar_trabajo()
    hora.fijar(local("2026-11-26 09:30"))
    antes = foto()
    negada = {**INGRESO, "conserjeria_autoriza": "no"}
    respuesta = consola.postear("visita", consola.visita, "iniciar", **negada)
    assert respuesta.status_code == 422
    assert list(respuesta.context["formulario"].errors) == ["conserjeria_autoriza"]
    assert foto() == antes


def test_reprogramar_conserva_la_vieja_como_reprogramada(consola):
    consola.contactar().coordinar()
    datos = {**VISITA, "dia": "2026-11-25", "motivo": "Pidió otro día"}
    consola.hacer("ticket", consola.ticket, "reprogramar_inspeccion", **datos)
    assert [v.estado for v in consola.ticket.visitas.all()] == ["REPROGRAMADA", "COORDINADA"]


def test_jefe_anula_con_motivo(consola):
    de_jefe(consola).hacer("ticket", consola.ticket, "anular", motivo="Duplicado")
    assert (consola.ticket.estado, consola.ticket.motivo_anulacion) == ("ANULADO", "Duplicado")


def test_anular_sin_motivo_es_422(consola):
    respuesta = de_jefe(consola).postear("ticket", consola.ticket, "anular", motivo="   ")
    assert respuesta.status_code == 422


@pytest.mark.parametrize(
    ("verbo", "estado"),
    [("acoger", "APROBADA"), ("confirmar_rechazo", "RECHAZADA_DEFINITIVA")],
)
def test_jefe_decide_la_consulta(consola, cliente, verbo, estado):
    consola.contactar().coordinar().inspeccionar()
    rechazada = consola.ticket.observaciones.last()
    tramitar(rechazada, "disputar", cliente, canal="web", motivo="No estoy de acuerdo")
    de_jefe(consola).hacer("observacion", rechazada, verbo, motivo="Revisado en terreno")
    rechazada = consola.ticket.observaciones.last()
    assert (rechazada.estado, rechazada.resolucion) == (estado, "Revisado en terreno")


def test_no_firma_devuelve_a_trabajos(consola):
    consola.contactar().coordinar().inspeccionar().coordinar_trabajo().trabajar()
    primera = consola.ticket.observaciones.first()
    datos = {
        **TRABAJO,
        "dia": "2026-11-30",
        "observaciones": [primera.pk],
        "motivo": "Quedó manchado",
    }
    consola.hacer("ticket", consola.ticket, "rechazar_firma", **datos)
    primera = consola.ticket.observaciones.first()
    assert (consola.ticket.estado, primera.estado) == ("TRABAJO_COORDINADO", "APROBADA")
    assert primera.motivo_devolucion == "Quedó manchado"

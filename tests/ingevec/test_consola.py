"""Ingevec in the console: the list, the page of a case and one form per verb."""

from datetime import timedelta

import pytest

from postventa.calendario import hora
from postventa.expedientes.verificacion import Cuenta, verificar
from postventa.personas.models import Membresia, Rol
from tests.conftest import local
from tests.consola.conftest import CANARIO, entrar
from tests.ingevec.conftest import LLAMADA
from tests.ingevec.mesa import LISTA, OTRA_HORA, Consola
from tests.ingevec.telefonista import foto, texto_de
from tickets.ingevec.consola import FORMULARIOS
from tickets.inmuebles.models import Proyecto


def folios(respuesta):
    return [s.folio for s in respuesta.context["cl"].result_list]


# --- list


@pytest.mark.parametrize("cuantas", [1, 3])
def test_la_lista_cuesta_seis_consultas(como, llamada, cuantas, django_assert_num_queries):
    for _ in range(cuantas):
        llamada.ingresar()
    web = como(Rol.CALL_CENTER).web
    # session, user, roles, clock of the demonstration, projects of the filter, rows
    with django_assert_num_queries(6):
        assert len(folios(web.get(LISTA))) == cuantas


@pytest.mark.parametrize(
    "texto",
    ["0001", "14.562.378-2", "14562378", "Depto. 1203", "911112222", "77778888", "saldías mora",
     "Arrendataria", "maitenes"],
)  # fmt: skip
def test_la_busqueda_encuentra(como, llamada, texto):
    llamada.ingresar(llamante="Arrendataria", telefonos="+56 9 1111 2222")
    web = como(Rol.CALL_CENTER).web
    assert folios(web.get(LISTA, {"q": texto})) == [llamada.solicitud.folio]


@pytest.mark.parametrize("texto", ["0009", "11.111.111-1", "99998888", "Torre Z"])
def test_la_busqueda_no_inventa(como, llamada, texto):
    llamada.ingresar()
    assert folios(como(Rol.CALL_CENTER).web.get(LISTA, {"q": texto})) == []


def test_los_filtros_separan(como, llamada, edificio, gente):
    llamada.ingresar(urgencia="gas")
    urgente = llamada.solicitud.folio
    llamada.ingresar(canal="correo", cupo=llamada.cupo())
    normal = llamada.solicitud.folio
    web = como(Rol.CALL_CENTER).web

    def con(**filtros):
        return folios(web.get(LISTA, filtros))

    assert con(urgente="si") == con(estado="INGRESADA") == [urgente]
    assert con(urgente="no") == con(canal="correo") == [normal]
    assert con(responsable="nadie") == [urgente]
    assert entrar(gente[Rol.INSPECTOR]).get(LISTA, {"responsable": "yo"}).context["cl"].result_count
    assert sorted(con(proyecto=edificio.pk)) == sorted([urgente, normal])
    hora.fijar(local("2026-11-24 12:00"))
    assert con(plazo="vencidos") == [urgente]


def test_la_lista_es_la_de_la_propia_empresa(como, llamada, otra):
    llamada.ingresar()
    pagina = como(Rol.CALL_CENTER).web.get("/consola/")
    secciones = [(s["nombre"], s["url"]) for s in pagina.context["secciones"]]
    assert ("Casos", LISTA) in secciones
    assert "/consola/icalma/ticket/" not in [url for _, url in secciones]
    for ruta in (LISTA, "/consola/", "/consola/ingevec/llamada/", "/consola/ingevec/llamados/"):
        assert CANARIO not in texto_de(como(Rol.CALL_CENTER).web.get(ruta)), ruta


# --- page


@pytest.mark.parametrize("cuantos", [1, 3])
@pytest.mark.parametrize(
    ("consulta", "consultas"),
    # session, user, roles, clock; case, clocks, visits, requerimientos, two kinds of photos
    [("", 10), ("?ver=visitas", 8), ("?ver=plazos", 8), ("?ver=correos", 9),
     ("?ver=historial", 10), ("?verbo=agendar_inspeccion", 15)],
)  # fmt: skip
def test_la_pagina_cuesta(como, llamada, cuantos, consulta, consultas, django_assert_num_queries):
    llamada.ingresar(*["Gotera"] * cuantos)
    consola = como(Rol.CALL_CENTER)
    consola.pagina(consulta)
    with django_assert_num_queries(consultas):
        assert consola.pagina(consulta).status_code == 200


def test_la_pagina_dice_quien_llamo_y_por_donde(como, llamada):
    llamada.ingresar(
        llamante="Ana Mora", relacion="arrendatario", telefonos="600 123 4567", canal="celular"
    )
    dicho = texto_de(como(Rol.CALL_CENTER).pagina())
    for parte in (
        "Ana Mora",
        "arrendatario",
        "600 123 4567",
        "Celular",
        "recibió Call center Prueba",
    ):
        assert parte in dicho


# --- verbs


def test_lo_que_es_de_otra_clase_de_solicitud_no_se_muestra(como, llamada):
    def todos():
        return {v.verbo for v in como(Rol.CALL_CENTER).pagina().context["verbos"]}

    llamada.ingresar()
    assert todos() == {"agendar_inspeccion"}
    llamada.ingresar(consulta="¿Cuándo?")
    assert todos() == {"responder_consulta"}
    llamada.ingresar(urgencia="gas")
    assert todos() == {"atender_urgencia", "acusar_urgencia"}


@pytest.mark.regla("G-03", "G-09", "G-11", "G-13")
def test_de_la_llamada_a_los_trabajos_ejecutados_por_formularios(como, llamada):
    llamada.ingresar()
    oficina = como(Rol.CALL_CENTER)
    s = oficina.solicitud
    oficina.hacer("solicitud", s, "agendar_inspeccion", cupo=oficina.cupo("agendar_inspeccion"))
    visita = oficina.visita
    inspector = como(Rol.INSPECTOR)
    hora.fijar(visita.inicia_en)
    inspector.hacer("visita", visita, "iniciar", representante="Ana Mora")
    uno, dos = inspector.solicitud.requerimientos.all()
    inspector.hacer("requerimiento", uno, "corresponder", diagnostico="Sifón roto")
    inspector.hacer(
        "requerimiento", dos, "no_corresponder", diagnostico="Golpe", motivo="Es por el uso"
    )
    inspector.hacer("visita", inspector.visita, "realizar")
    assert oficina.solicitud.estado == "DIAGNOSTICADA"
    oficina.hacer("solicitud", s, "agendar_trabajos", cupo=oficina.cupo("agendar_trabajos"))
    visita = oficina.visita
    maestro = Consola(llamada, visita.persona)
    hora.fijar(visita.inicia_en)
    maestro.hacer(
        "visita", visita, "iniciar", representante="Ana Mora", conserje="Luis Pino",
        personal_identificado="Óscar Vidal", conserjeria_autoriza="si",
    )  # fmt: skip
    maestro.hacer("requerimiento", uno, "ejecutar", trabajo="Se cambió el sifón")
    maestro.hacer("visita", maestro.visita, "realizar")
    assert oficina.solicitud.estado == "POR_LLAMAR"
    assert oficina.visita.recibe_nombre == "Ana Mora"
    assert "Hacer el llamado de satisfacción" in texto_de(oficina.pagina())
    assert list(verificar(Cuenta())) == []


@pytest.mark.regla("G-03", "G-08")
def test_otra_hora_escrita_a_mano_pide_su_excepcion(como, llamada, gente):
    llamada.ingresar()
    oficina = como(Rol.CALL_CENTER)
    s, inspector = oficina.solicitud, gente[Rol.INSPECTOR].pk
    jueves = {**OTRA_HORA, "dia": "2026-11-26", "desde": "10:00", "persona": inspector}
    antes = foto()
    respuesta = oficina.postear("solicitud", s, "agendar_inspeccion", **jueves)
    assert list(respuesta.context["formulario"].errors) == ["motivo_excepcion"]
    assert (respuesta.status_code, foto()) == (422, antes)
    oficina.hacer("solicitud", s, "agendar_inspeccion", **jueves, motivo_excepcion="Solo el jueves")
    assert oficina.solicitud.excepcion == "otro_dia"


@pytest.mark.parametrize(
    ("datos", "campo"),
    [
        ({}, "cupo"),
        (OTRA_HORA, "dia persona"),
        ({**OTRA_HORA, "dia": "2026-11-25", "desde": "09:00"}, "persona"),
        ({**OTRA_HORA, "dia": "2026-12-09", "desde": "09:00", "persona": "suya"},
         "motivo_excepcion"),
        ({**OTRA_HORA, "dia": "2026-12-09", "desde": "09:00", "persona": "suya",
          "motivo_excepcion": "Viaja"}, "acuerdo"),
        ({**OTRA_HORA, "dia": "2026-11-25", "desde": "20:00", "persona": "suya"}, "cupo"),
    ],
)  # fmt: skip
def test_una_hora_que_no_sirve_lo_dice_junto_a_su_campo(como, llamada, gente, datos, campo):
    llamada.ingresar()
    if datos.get("persona") == "suya":
        datos = {**datos, "persona": gente[Rol.INSPECTOR].pk}
    oficina, antes = como(Rol.CALL_CENTER), foto()
    respuesta = oficina.postear("solicitud", oficina.solicitud, "agendar_inspeccion", **datos)
    assert list(respuesta.context["formulario"].errors) == campo.split()
    assert (respuesta.status_code, foto()) == (422, antes)


def test_reagendar_libera_su_propia_hora(como, llamada):
    llamada.ingresar(cupo=llamada.cupo())
    oficina = como(Rol.CALL_CENTER)
    misma = oficina.cupo("reagendar_inspeccion")
    assert misma.startswith(local("2026-11-25 09:00").isoformat())
    oficina.hacer("solicitud", oficina.solicitud, "reagendar_inspeccion",
                  cupo=oficina.cupo("reagendar_inspeccion", 1))  # fmt: skip
    assert [v.estado for v in oficina.solicitud.visitas.order_by("pk")] == [
        "REPROGRAMADA",
        "COORDINADA",
    ]


@pytest.mark.regla("G-14")
def test_una_urgencia_se_acusa_se_atiende_y_se_envia_de_nuevo(como, llamada, gente):
    llamada.ingresar(urgencia="gas")
    oficina = como(Rol.CALL_CENTER)
    s = oficina.solicitud
    oficina.hacer("solicitud", s, "acusar_urgencia")
    # The clock goes on while the form is sent.
    assert timedelta(0) <= oficina.solicitud.acusada_en - LLAMADA < timedelta(minutes=1)
    maestro = gente[Rol.MAESTRO].pk
    oficina.hacer("solicitud", s, "atender_urgencia", persona=maestro, llega="10:40")
    assert oficina.solicitud.estado == "ATENCION_INMEDIATA"
    assert oficina.visita.inicia_en == local("2026-11-23 10:40")
    hora.fijar(local("2026-11-23 11:00"))
    enviado = como(Rol.MAESTRO)
    enviado.hacer(
        "visita", enviado.visita, "registrar_inasistencia_cliente",
        llegada="10:45", conserje="Luis Pino",
    )  # fmt: skip
    assert "enviar_de_nuevo" in oficina.verbos()
    oficina.hacer("solicitud", s, "enviar_de_nuevo", persona=gente[Rol.INSPECTOR].pk)
    assert oficina.solicitud.visitas_fallidas == 1
    assert oficina.visita.persona == gente[Rol.INSPECTOR]


def test_una_consulta_se_responde(como, llamada):
    llamada.ingresar(consulta="¿Cuándo me entregan?")
    oficina = como(Rol.CALL_CENTER)
    s = oficina.solicitud
    vacia = oficina.postear("solicitud", s, "responder_consulta", respuesta=" ")
    assert vacia.status_code == 422
    oficina.hacer("solicitud", s, "responder_consulta", respuesta="En marzo")
    assert (oficina.solicitud.estado, oficina.solicitud.respuesta) == ("RESPONDIDA", "En marzo")


@pytest.mark.parametrize(
    ("rol", "verbo", "datos", "estado"),
    [
        (Rol.INSPECTOR, "registrar_inasistencia_cliente",
         {"llegada": "09:05", "conserje": "Luis Pino"}, "INASISTENCIA_CLIENTE"),
        (Rol.INSPECTOR, "registrar_acceso_denegado",
         {"llegada": "09:05", "conserje": "Luis Pino"}, "ACCESO_DENEGADO"),
        (Rol.CALL_CENTER, "registrar_inasistencia_empresa", {"motivo": "Pana"},
         "INASISTENCIA_EMPRESA"),
    ],
)  # fmt: skip
def test_una_visita_que_no_se_hizo_se_cuenta_y_se_reagenda(
    como, llamada, rol, verbo, datos, estado
):
    llamada.ingresar(cupo=llamada.cupo())
    hora.fijar(local("2026-11-25 09:20"))
    quien = como(rol)
    hora.fijar(local("2026-11-25 09:20"))
    quien.hacer("visita", quien.visita, verbo, **datos)
    assert (quien.visita.estado, quien.solicitud.visitas_fallidas) == (estado, 1)
    assert "reagendar_inspeccion" in Consola(llamada, llamada.gente[Rol.CALL_CENTER]).verbos()


def test_cancelar_y_anular_dicen_su_motivo(como, llamada):
    llamada.ingresar(cupo=llamada.cupo())
    oficina, jefa = como(Rol.CALL_CENTER), como(Rol.JEFE)
    oficina.hacer("visita", oficina.visita, "cancelar", motivo="Llueve")
    assert "anular" not in oficina.verbos()
    jefa.hacer("solicitud", jefa.solicitud, "anular", motivo="Repetida")
    assert (jefa.solicitud.estado, jefa.solicitud.motivo_anulacion) == ("ANULADA", "Repetida")


# --- forged posts


@pytest.mark.parametrize("rol", [Rol.GERENTE, Rol.INSPECTOR, Rol.MAESTRO])
def test_un_envio_de_quien_no_puede_es_403_y_no_cambia_nada(como, llamada, rol):
    llamada.ingresar(cupo=llamada.cupo())
    intruso, antes = como(rol), foto()
    for objeto, verbo in FORMULARIOS:
        instancia = intruso.visita if objeto == "visita" else intruso.solicitud
        if (objeto, verbo) not in {("solicitud", "anular"), ("solicitud", "reagendar_inspeccion"),
                                   ("visita", "cancelar")}:  # fmt: skip
            continue
        assert intruso.postear(objeto, instancia, verbo, motivo="x").status_code == 403
    assert foto() == antes


def test_los_verbos_del_llamado_no_tienen_formulario_suelto(como, llamada):
    llamada.hasta_por_llamar()
    oficina, antes = como(Rol.CALL_CENTER), foto()
    for verbo in (
        "registrar_conformidad",
        "volver_a_trabajos",
        "registrar_intento",
        "diagnosticar",
    ):
        assert oficina.postear("solicitud", oficina.solicitud, verbo).status_code in (403, 404)
    assert foto() == antes


def test_lo_que_cambio_mientras_se_miraba_es_409(como, llamada):
    llamada.ingresar()
    oficina, antes = como(Rol.CALL_CENTER), foto()
    for visto in ("0", "", "no"):
        respuesta = oficina.postear(
            "solicitud", oficina.solicitud, "agendar_inspeccion", visto=visto
        )
        assert respuesta.status_code == 409
    assert oficina.web.get(oficina.url("solicitud", oficina.solicitud, "anular")).status_code == 405
    assert foto() == antes


def test_de_otra_empresa_o_de_otro_proyecto_es_404(como, llamada, otra, ingevec):
    llamada.ingresar()
    oficina, antes = como(Rol.CALL_CENTER), foto()
    ajena = Consola(llamada, otra.supervisora)
    assert ajena.pagina().status_code == 404
    assert ajena.postear("solicitud", oficina.solicitud, "anular", motivo="x").status_code == 404
    lejos = Proyecto.objects.create(empresa=ingevec, codigo="lejos", nombre="Edificio Lejano")
    Membresia.objects.filter(usuario=oficina.persona).update(sede=lejos)
    assert Consola(llamada, oficina.persona).pagina().status_code == 404
    assert foto() == antes

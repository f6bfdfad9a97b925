"""The procedure from the call to the closing, and its loops (dominio 3.2, 12.3)."""

import pytest

from postventa.expedientes.verificacion import Cuenta, verificar
from postventa.personas.models import Rol
from postventa.tramitacion.errores import Conflicto
from tests.conftest import local


def estados(llamada):
    return [r.estado for r in llamada.reqs]


def relojes(llamada, codigo):
    return [(p.ordinal, p.estado, p.vence_en) for p in llamada.plazos(codigo)]


@pytest.mark.regla("G-03", "G-04", "G-06", "G-09", "G-11")
def test_de_la_llamada_al_cierre(llamada):
    llamada.ingresar(cupo=llamada.cupo())
    assert (llamada.estado, llamada.visita.inicia_en) == (
        "INSPECCION_AGENDADA",
        local("2026-11-25 09:00"),
    )
    # Day 0 is Monday 23; five business days end on Monday 30.
    assert relojes(llamada, "inspeccion") == [(1, "CUMPLIDO", local("2026-11-30 23:59:59"))]
    llamada.diagnosticar(no_corresponden=[1])
    assert (llamada.estado, estados(llamada)) == (
        "DIAGNOSTICADA",
        ["CORRESPONDE", "NO_CORRESPONDE"],
    )
    # Day 0 is the inspection, Wednesday 25; 8 December is a holiday: day 20 is Thursday 24.
    vence = local("2026-12-24 23:59:59")
    assert relojes(llamada, "trabajos") == [(1, "CORRIENDO", vence)]
    llamada.agendar_trabajos()
    llamada.ejecutar()
    assert (llamada.estado, estados(llamada)) == ("POR_LLAMAR", ["EJECUTADO", "NO_CORRESPONDE"])
    assert relojes(llamada, "trabajos") == [(1, "CUMPLIDO", vence)]
    llamada.pasar(days=1)
    llamada.tramitar(
        llamada.solicitud,
        "registrar_conformidad",
        Rol.CALL_CENTER,
        resultados=llamada.resultados("conforme"),
    )
    assert (llamada.estado, estados(llamada)) == ("CERRADA", ["CONFORME", "NO_CORRESPONDE"])
    assert [p.estado for p in llamada.plazos("satisfaccion")] == ["CUMPLIDO"]
    assert llamada.solicitud.proximo_vence_en is None
    assert list(verificar(Cuenta())) == []


@pytest.mark.regla("G-05", "G-11")
def test_disconformidad_parcial_vuelve_a_trabajos_en_el_mismo_plazo(llamada):
    """G-T11: the term of the works goes on where it was, and only that one is done again."""
    llamada.hasta_por_llamar()
    vence = llamada.plazos("trabajos")[0].vence_en
    llamada.pasar(days=1)
    llamada.tramitar(
        llamada.solicitud,
        "volver_a_trabajos",
        Rol.CALL_CENTER,
        resultados=llamada.resultados("conforme", "trabajos"),
        **llamada.cupo("2026-12-09 09:00", por=Rol.MAESTRO),
    )
    assert (llamada.estado, estados(llamada)) == ("TRABAJOS_AGENDADOS", ["CONFORME", "CORRESPONDE"])
    assert relojes(llamada, "trabajos") == [(1, "CUMPLIDO", vence), (2, "CORRIENDO", vence)]
    assert [r.vueltas for r in llamada.reqs] == [0, 1]
    assert [str(r) for r in llamada.visita.requerimientos.all()] == ["Puerta que no cierra"]
    llamada.ejecutar()
    llamada.tramitar(
        llamada.solicitud,
        "registrar_conformidad",
        Rol.CALL_CENTER,
        resultados=llamada.resultados("conforme"),
    )
    assert (llamada.estado, estados(llamada)) == ("CERRADA", ["CONFORME", "CONFORME"])
    assert list(verificar(Cuenta())) == []


@pytest.mark.regla("G-05")
def test_disconformidad_vuelve_a_inspeccion_con_plazos_nuevos(llamada):
    """G-T10: five days from this call, and twenty from the new inspection."""
    llamada.hasta_por_llamar()
    llamada.ahora = local("2026-12-03 11:00")
    llamada.tramitar(
        llamada.solicitud,
        "volver_a_inspeccion",
        Rol.CALL_CENTER,
        resultados=llamada.resultados("inspeccion", "conforme"),
        **llamada.cupo("2026-12-09 10:00"),
    )
    assert (llamada.estado, estados(llamada)) == ("INSPECCION_AGENDADA", ["PENDIENTE", "CONFORME"])
    assert relojes(llamada, "inspeccion") == [
        (1, "CUMPLIDO", local("2026-11-30 23:59:59")),
        (2, "CUMPLIDO", local("2026-12-11 23:59:59")),
    ]
    llamada.diagnosticar()
    assert [(o, e) for o, e, _ in relojes(llamada, "trabajos")] == [
        (1, "CUMPLIDO"),
        (2, "CORRIENDO"),
    ]
    assert llamada.plazos("trabajos")[1].inicia_en == llamada.ahora
    assert llamada.solicitud.inspeccionada_en == llamada.ahora


def test_lo_que_ya_no_corresponde_tras_otra_mirada_cierra(llamada):
    """Nothing left to execute, and what was content stays so."""
    llamada.hasta_por_llamar()
    llamada.ahora = local("2026-12-03 11:00")
    llamada.tramitar(
        llamada.solicitud,
        "volver_a_inspeccion",
        Rol.CALL_CENTER,
        resultados=llamada.resultados("inspeccion", "conforme"),
        **llamada.cupo("2026-12-09 10:00"),
    )
    llamada.diagnosticar(no_corresponden=[0])
    llamada.tramitar(llamada.solicitud, "cerrar_sin_garantia", Rol.INSPECTOR)
    assert (llamada.estado, estados(llamada)) == (
        "CERRADA_SIN_GARANTIA",
        ["NO_CORRESPONDE", "CONFORME"],
    )


@pytest.mark.regla("G-14", "G-15")
def test_urgencia_se_atiende_y_se_repara_en_la_misma_visita(llamada):
    """G-T12: no weekday, no five days; the coverage goes with the start and opens the twenty."""
    llamada.ingresar("Se rompió una cañería", urgencia="agua")
    assert [p.codigo for p in llamada.solicitud.plazos.all()] == ["urgencia"]
    llamada.pasar(minutes=20)
    llamada.tramitar(
        llamada.solicitud,
        "atender_urgencia",
        Rol.CALL_CENTER,
        persona=llamada.gente[Rol.INSPECTOR],
        inicia_en=llamada.ahora,
    )
    assert (llamada.estado, llamada.plazos("urgencia")[0].estado) == (
        "ATENCION_INMEDIATA",
        "CUMPLIDO",
    )
    llamada.entrar()
    [fuga] = llamada.reqs
    llamada.tramitar(
        llamada.solicitud,
        "iniciar_trabajos",
        Rol.INSPECTOR,
        cobertura={str(fuga.pk): {"diagnostico": "Unión suelta"}},
    )
    assert (llamada.estado, estados(llamada)) == ("EN_EJECUCION", ["CORRESPONDE"])
    assert [p.estado for p in llamada.plazos("trabajos")] == ["CORRIENDO"]
    llamada.tramitar(llamada.reqs[0], "ejecutar", Rol.INSPECTOR, trabajo="Se cambió la unión")
    llamada.pasar(hours=1)
    llamada.tramitar(llamada.visita, "realizar", Rol.INSPECTOR)
    assert (llamada.estado, llamada.plazos("trabajos")[0].estado) == ("POR_LLAMAR", "CUMPLIDO")
    assert list(verificar(Cuenta())) == []


def test_urgencia_que_solo_se_diagnostica_agenda_sus_trabajos(llamada):
    llamada.ingresar("Sin luz en medio departamento", urgencia="luz")
    llamada.tramitar(
        llamada.solicitud,
        "atender_urgencia",
        Rol.CALL_CENTER,
        persona=llamada.gente[Rol.INSPECTOR],
    )
    llamada.diagnosticar()
    assert (llamada.estado, [p.estado for p in llamada.plazos("trabajos")]) == (
        "DIAGNOSTICADA",
        ["CORRIENDO"],
    )


def test_consulta_se_responde_y_no_abre_plazos(llamada):
    llamada.ingresar(consulta="¿Hasta cuándo dura la garantía del calefón?")
    llamada.tramitar(
        llamada.solicitud, "responder_consulta", Rol.CALL_CENTER, respuesta="Cinco años"
    )
    assert (llamada.estado, llamada.solicitud.respuesta) == ("RESPONDIDA", "Cinco años")
    assert llamada.solicitud.plazos.count() == 0


def test_visita_sin_nadie_se_cuenta_y_no_cierra_nada(llamada):
    """12.3: recorded, counted and agreed again, as many times as it takes."""
    llamada.ingresar(cupo=llamada.cupo())
    otras = (("2026-11-27 09:00", "otro_dia"), ("2026-12-02 09:00", "fuera_de_plazo"))
    for vez, (otra, excepcion) in enumerate(otras, 1):
        llamada.ahora = llamada.visita.inicia_en
        llamada.pasar(minutes=20)
        llamada.tramitar(
            llamada.visita,
            "registrar_inasistencia_cliente",
            Rol.INSPECTOR,
            llegada_en=llamada.visita.inicia_en,
            conserje="Luis Pino",
        )
        assert (llamada.estado, llamada.solicitud.visitas_fallidas) == ("INSPECCION_AGENDADA", vez)
        llamada.tramitar(
            llamada.solicitud,
            "reagendar_inspeccion",
            Rol.CALL_CENTER,
            excepcion=excepcion,
            motivo_excepcion="No había nadie",
            acuerdo=True,
            **llamada.cupo(otra),
        )
        assert (llamada.visita.inicia_en, llamada.solicitud.excepcion) == (local(otra), excepcion)
    # G-T03 keeps what the first agreement was worth.
    assert [p.estado for p in llamada.plazos("inspeccion")] == ["CUMPLIDO"]


@pytest.mark.regla("G-13")
def test_los_trabajos_no_empiezan_sin_quien_los_reciba(llamada):
    llamada.ingresar(cupo=llamada.cupo()).diagnosticar()
    llamada.agendar_trabajos()
    with pytest.raises(Conflicto, match="quién los recibe"):
        llamada.entrar(representante="", por=Rol.MAESTRO)
    llamada.entrar(representante="Ana Mora, arrendataria", por=Rol.MAESTRO)
    assert (llamada.estado, llamada.visita.recibe_nombre) == (
        "EN_EJECUCION",
        "Ana Mora, arrendataria",
    )


def test_otra_visita_de_trabajo_deja_la_anterior_como_realizada(llamada):
    llamada.ingresar(cupo=llamada.cupo()).diagnosticar()
    llamada.agendar_trabajos()
    llamada.entrar(por=Rol.MAESTRO)
    primera = llamada.visita
    llamada.tramitar(llamada.reqs[0], "ejecutar", Rol.MAESTRO, trabajo="Listo")
    llamada.pasar(hours=2)
    llamada.tramitar(
        llamada.solicitud,
        "interrumpir_trabajos",
        Rol.MAESTRO,
        **llamada.cupo("2026-12-03 09:00", por=Rol.MAESTRO),
    )
    primera = type(primera).objects.get(pk=primera.pk)
    assert (llamada.estado, primera.estado, estados(llamada)) == (
        "TRABAJOS_AGENDADOS",
        "REALIZADA",
        ["EJECUTADO", "CORRESPONDE"],
    )
    llamada.ejecutar()
    assert (llamada.estado, estados(llamada)) == ("POR_LLAMAR", ["EJECUTADO", "EJECUTADO"])

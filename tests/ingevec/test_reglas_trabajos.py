"""Rules of Ingevec from the diagnosis on: works, satisfaction and urgencies (G-04 to G-14)."""

import pytest

from postventa.personas.models import Rol
from postventa.tramitacion import barrido
from postventa.tramitacion.errores import Conflicto, DatosInvalidos, NoAutorizado
from tests.conftest import local
from tickets.ingevec.models import Solicitud


def campos(rechazo):
    return set(rechazo.value.campos)


@pytest.mark.regla("G-09")
def test_cada_requerimiento_lleva_su_diagnostico(llamada):
    llamada.ingresar(cupo=llamada.cupo()).entrar()
    uno, otro = llamada.reqs
    with pytest.raises(DatosInvalidos) as rechazo:
        llamada.tramitar(uno, "corresponder", Rol.INSPECTOR)
    assert campos(rechazo) == {"diagnostico"}
    with pytest.raises(DatosInvalidos) as rechazo:
        llamada.tramitar(uno, "no_corresponder", Rol.INSPECTOR, diagnostico="Golpe")
    assert campos(rechazo) == {"motivo"}
    llamada.tramitar(uno, "corresponder", Rol.INSPECTOR, diagnostico="Sifón suelto")
    with pytest.raises(Conflicto, match="Falta diagnosticar"):
        llamada.tramitar(llamada.visita, "realizar", Rol.INSPECTOR)
    assert llamada.solicitud.estado == "INSPECCION_AGENDADA"


@pytest.mark.regla("G-09")
def test_no_se_diagnostica_fuera_de_la_visita(llamada):
    llamada.ingresar(cupo=llamada.cupo())
    with pytest.raises(Conflicto, match="durante la visita"):
        llamada.tramitar(llamada.reqs[0], "corresponder", Rol.INSPECTOR, diagnostico="x")


@pytest.mark.regla("G-10", "G-12")
@pytest.mark.parametrize(
    ("cuando", "cabe"),
    [
        ("2026-12-02 09:00", True),
        ("2026-12-04 14:00", True),  # Friday afternoon has works, and no inspections
        ("2026-12-02 10:00", True),  # ends as the lunch break begins
        ("2026-12-02 13:30", False),
        ("2026-12-02 15:00", True),  # ends at the closing
        ("2026-12-02 15:15", False),
        ("2026-12-02 11:00", False),  # three hours would cross the lunch break
        ("2026-12-02 08:30", False),
        ("2026-12-05 09:00", False),  # Saturday
        ("2026-12-08 09:00", False),  # holiday
    ],
)
def test_los_trabajos_tienen_su_propio_horario(llamada, cuando, cabe):
    llamada.ingresar(cupo=llamada.cupo()).diagnosticar()
    if cabe:
        llamada.agendar_trabajos(cuando)
        assert llamada.estado == "TRABAJOS_AGENDADOS"
    else:
        with pytest.raises(DatosInvalidos) as rechazo:
            llamada.agendar_trabajos(cuando)
        assert campos(rechazo) == {"inicia_en"}


@pytest.mark.regla("G-10")
def test_los_trabajos_se_coordinan_despues_de_la_inspeccion_y_por_el_call_center(llamada):
    llamada.ingresar(cupo=llamada.cupo())
    with pytest.raises(Conflicto):
        llamada.agendar_trabajos()
    llamada.diagnosticar()
    trabajos = llamada.cupo("2026-12-02 09:00", por=Rol.MAESTRO)
    for otro in (Rol.INSPECTOR, Rol.MAESTRO, Rol.JEFE, Rol.GERENTE, llamada.duenio):
        with pytest.raises(NoAutorizado):
            llamada.tramitar(llamada.solicitud, "agendar_trabajos", otro, **trabajos)
    assert llamada.agendar_trabajos().estado == "TRABAJOS_AGENDADOS"


@pytest.mark.regla("G-11")
@pytest.mark.parametrize(
    ("termina", "estado"),
    [("2026-12-24 18:00", "CUMPLIDO"), ("2026-12-28 12:00", "CUMPLIDO_TARDE")],
)
def test_los_veinte_dias_se_cuentan_desde_la_inspeccion_hasta_lo_ejecutado(
    llamada, termina, estado
):
    """Wednesday 25, and two holidays on the way: the last instant is that of Thursday 24."""
    llamada.ingresar(cupo=llamada.cupo()).diagnosticar()
    plazo = llamada.plazos("trabajos")[0]
    assert (plazo.inicia_en, plazo.vence_en) == (llamada.ahora, local("2026-12-24 23:59:59"))
    llamada.agendar_trabajos("2026-12-23 09:00").entrar(por=Rol.MAESTRO)
    for r in llamada.reqs:
        llamada.tramitar(r, "ejecutar", Rol.MAESTRO, trabajo="Listo")
    assert llamada.plazos("trabajos")[0].estado == "CORRIENDO"
    llamada.ahora = local(termina)
    llamada.tramitar(llamada.visita, "realizar", Rol.MAESTRO)
    assert llamada.plazos("trabajos")[0].estado == estado


@pytest.mark.regla("G-11")
def test_despues_de_los_veinte_dias_se_explica_por_que(llamada):
    llamada.ingresar(cupo=llamada.cupo()).diagnosticar()
    with pytest.raises(DatosInvalidos) as rechazo:
        llamada.agendar_trabajos("2026-12-28 09:00")
    assert campos(rechazo) == {"motivo_plazo"}
    llamada.agendar_trabajos("2026-12-28 09:00", motivo_plazo="El dueño vuelve ese día")
    assert llamada.estado == "TRABAJOS_AGENDADOS"


@pytest.mark.regla("G-06")
def test_no_cierra_con_un_requerimiento_sin_respuesta_o_disconforme(llamada):
    llamada.hasta_por_llamar()
    uno, otro = [str(r.pk) for r in llamada.reqs]

    def cerrar(resultados):
        with pytest.raises(DatosInvalidos) as rechazo:
            llamada.tramitar(
                llamada.solicitud, "registrar_conformidad", Rol.CALL_CENTER, resultados=resultados
            )
        return campos(rechazo)

    assert cerrar({}) == {f"resultado_{uno}", f"resultado_{otro}"}
    assert cerrar({uno: {"resultado": "conforme"}}) == {f"resultado_{otro}"}
    assert cerrar(llamada.resultados("conforme", "trabajos")) == {"resultados"}
    assert llamada.solicitud.estado == "POR_LLAMAR"


@pytest.mark.regla("G-04", "G-06")
def test_lo_ejecutado_espera_su_llamado_y_el_silencio_no_lo_cierra(llamada):
    llamada.hasta_por_llamar()
    assert [p.estado for p in llamada.plazos("satisfaccion")] == ["CORRIENDO"]
    barrido.barrer(local("2027-06-01 09:00"))
    solicitud = Solicitud.objects.get()
    assert (solicitud.estado, solicitud.cerrado_en) == ("POR_LLAMAR", None)
    assert [p.estado for p in llamada.plazos("satisfaccion")] == ["VENCIDO"]


@pytest.mark.regla("G-05")
def test_una_disconformidad_lleva_su_motivo_y_su_camino(llamada):
    llamada.hasta_por_llamar()
    uno, otro = [str(r.pk) for r in llamada.reqs]

    def volver(verbo, resultados):
        with pytest.raises(DatosInvalidos) as rechazo:
            llamada.tramitar(
                llamada.solicitud,
                verbo,
                Rol.CALL_CENTER,
                resultados=resultados,
                **llamada.cupo("2026-12-09 09:00"),
            )
        return campos(rechazo)

    sin_motivo = {uno: {"resultado": "trabajos"}, otro: {"resultado": "conforme"}}
    assert volver("volver_a_trabajos", sin_motivo) == {f"motivo_{uno}"}
    todo_bien = llamada.resultados("conforme", "conforme")
    assert volver("volver_a_trabajos", todo_bien) == {"resultados"}
    assert volver("volver_a_inspeccion", todo_bien) == {"resultados"}
    con_inspeccion = llamada.resultados("inspeccion", "trabajos")
    assert volver("volver_a_trabajos", con_inspeccion) == {"resultados"}


@pytest.mark.regla("G-04")
def test_quien_no_contesta_se_llama_otro_dia_habil(llamada):
    llamada.hasta_por_llamar()
    llamada.ahora = local("2026-12-04 17:00")  # Friday; Tuesday 8 is a holiday
    llamada.anotar("registrar_intento", Rol.CALL_CENTER)
    assert (llamada.solicitud.intentos, f"{llamada.solicitud.intentar_desde_el}") == (
        1,
        "2026-12-07",
    )
    llamada.ahora = local("2026-12-07 17:00")
    llamada.anotar("registrar_intento", Rol.CALL_CENTER)
    assert f"{llamada.solicitud.intentar_desde_el}" == "2026-12-09"


def test_la_urgencia_no_se_agenda_y_lo_demas_no_es_urgencia(llamada):
    llamada.ingresar("Fuga de gas", urgencia="gas")
    with pytest.raises(Conflicto, match="de inmediato"):
        llamada.agendar()
    llamada.ingresar()
    with pytest.raises(Conflicto, match="no es una urgencia"):
        llamada.tramitar(
            llamada.solicitud, "atender_urgencia", Rol.CALL_CENTER,
            persona=llamada.gente[Rol.INSPECTOR],
        )  # fmt: skip


def test_una_urgencia_se_acusa_una_vez_y_se_envia_de_nuevo_si_no_habia_nadie(llamada):
    llamada.ingresar("Fuga de gas", urgencia="gas")
    llamada.pasar(minutes=3).anotar("acusar_urgencia", Rol.INSPECTOR)
    with pytest.raises(Conflicto, match="Ya tiene acuse"):
        llamada.anotar("acusar_urgencia", Rol.MAESTRO)
    inspector = llamada.gente[Rol.INSPECTOR]
    llamada.tramitar(llamada.solicitud, "atender_urgencia", Rol.CALL_CENTER, persona=inspector)
    with pytest.raises(Conflicto, match="Ya hay alguien"):
        llamada.anotar("enviar_de_nuevo", Rol.CALL_CENTER, persona=inspector)
    llamada.ahora = llamada.visita.inicia_en
    llamada.pasar(minutes=30)
    llamada.tramitar(
        llamada.visita,
        "registrar_inasistencia_cliente",
        Rol.INSPECTOR,
        llegada_en=llamada.ahora,
        conserje="Luis Pino",
    )
    llamada.anotar("enviar_de_nuevo", Rol.CALL_CENTER, persona=inspector)
    assert (llamada.estado, llamada.visita.estado, llamada.solicitud.visitas.count()) == (
        "ATENCION_INMEDIATA",
        "COORDINADA",
        2,
    )


def test_el_plazo_que_sigue_no_avisa_dos_veces(llamada):
    """G-T11: told once that it comes near or that it was missed, it is not told again."""
    llamada.hasta_por_llamar()
    vence = llamada.plazos("trabajos")[0].vence_en
    llamada.ahora = local("2026-12-18 10:00")  # past the first warning
    llamada.tramitar(
        llamada.solicitud,
        "volver_a_trabajos",
        Rol.CALL_CENTER,
        resultados=llamada.resultados("trabajos", "trabajos"),
        **llamada.cupo("2026-12-21 09:00", por=Rol.MAESTRO),
    )
    segundo = llamada.plazos("trabajos")[1]
    assert (segundo.avisar_en, segundo.vence_en) == (None, vence)
    barrido.barrer(local("2026-12-25 00:00"))
    segundo = llamada.plazos("trabajos")[1]
    assert (segundo.estado, segundo.vencido_en) == ("VENCIDO", local("2026-12-25 00:00"))
    assert list(segundo.alertas.values_list("tipo", flat=True)) == ["vencimiento"]
    llamada.ahora = local("2026-12-28 09:00")
    llamada.entrar(por=Rol.MAESTRO)
    for r in llamada.reqs:
        llamada.tramitar(r, "ejecutar", Rol.MAESTRO, trabajo="Listo")
    llamada.tramitar(llamada.visita, "realizar", Rol.MAESTRO)
    llamada.tramitar(
        llamada.solicitud,
        "volver_a_trabajos",
        Rol.CALL_CENTER,
        resultados=llamada.resultados("trabajos", "trabajos"),
        motivo_plazo="Ya venció",
        **llamada.cupo("2026-12-30 09:00", por=Rol.MAESTRO),
    )
    tercero = llamada.plazos("trabajos")[2]
    assert (tercero.estado, tercero.proximo_en) == ("VENCIDO", None)

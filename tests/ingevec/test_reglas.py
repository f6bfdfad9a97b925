"""Business rules of Ingevec that a person could break by hand (G-01 to G-16)."""

from uuid import uuid4

import pytest

from postventa.personas.models import Cliente, Membresia, Rol, Usuario
from postventa.tramitacion import barrido
from postventa.tramitacion.errores import Conflicto, DatosInvalidos, NoAutorizado
from postventa.visitas.models import Ocupacion
from tests.conftest import local
from tickets.ingevec.ingreso import ingresar
from tickets.ingevec.models import Canal, Inspector, Solicitud


def campos(rechazo):
    return set(rechazo.value.campos)


# --- intake


@pytest.mark.regla("G-01", "G-16")
@pytest.mark.parametrize("urgencia", ["", "gas"])
@pytest.mark.parametrize("canal", Canal.values)
def test_todo_canal_recibe_requerimientos_y_urgencias(llamada, canal, urgencia):
    llamada.ingresar("Algo falla", canal=canal, urgencia=urgencia)
    solicitud = llamada.solicitud
    assert (solicitud.canal, solicitud.estado, solicitud.recibida_por) == (
        canal,
        "INGRESADA",
        llamada.gente[Rol.CALL_CENTER],
    )
    assert solicitud.movimientos.get().canal == canal


@pytest.mark.regla("G-02")
@pytest.mark.parametrize(
    ("falta", "vacio"),
    [("llamante", " "), ("telefonos", ""), ("requerimientos", [])],
)
def test_sin_los_datos_obligatorios_no_entra_nada(llamada, falta, vacio):
    datos = {
        "nonce": uuid4(),
        "canal": "fijo",
        "llamante": "Héctor",
        "telefonos": "+56 9 7777 8888",
        "requerimientos": [],
        "sin_hora": "Llama de nuevo",
        falta: vacio,
    }
    with pytest.raises(DatosInvalidos) as rechazo:
        ingresar(
            llamada.depto, llamada.duenio, llamada.gente[Rol.CALL_CENTER], ahora=llamada.ahora,
            **datos,
        )  # fmt: skip
    assert falta in campos(rechazo)
    assert Solicitud.objects.count() == 0


def test_la_misma_llamada_enviada_dos_veces_es_una(llamada):
    nonce = uuid4()
    primera = llamada.ingresar(nonce=nonce, cupo=llamada.cupo()).solicitud
    segunda = llamada.ingresar(nonce=nonce, cupo=llamada.cupo()).solicitud
    assert (segunda.pk, Solicitud.objects.count()) == (primera.pk, 1)


@pytest.mark.regla("G-03")
def test_un_requerimiento_no_queda_sin_hora_ni_razon(llamada):
    with pytest.raises(DatosInvalidos) as rechazo:
        llamada.ingresar(sin_hora="  ")
    assert campos(rechazo) == {"cupo"}
    assert Solicitud.objects.count() == 0


@pytest.mark.regla("G-03")
def test_la_razon_de_quedar_sin_hora_queda_en_la_bitacora(llamada):
    llamada.ingresar(sin_hora="El dueño está de viaje y llamará al volver")
    datos = llamada.solicitud.movimientos.get().detalle.datos
    assert datos["sin_hora"] == "El dueño está de viaje y llamará al volver"


def test_un_correo_entra_sin_hora_para_devolver_la_llamada(llamada):
    llamada.ingresar(canal="correo", sin_hora="")
    assert (llamada.estado, llamada.solicitud.visitas.count()) == ("INGRESADA", 0)


def test_por_la_web_solo_pide_el_dueno_de_hoy(llamada, ingevec):
    llamada.ingresar(por=llamada.duenio, canal="web", cupo=llamada.cupo())
    assert llamada.solicitud.recibida_por is None
    otro = Cliente.objects.create(empresa=ingevec, numero="11111111-1", nombre="Vecina")
    with pytest.raises(NoAutorizado):
        llamada.ingresar(por=otro, canal="web", cupo=llamada.cupo("2026-11-25 11:15"))
    assert Solicitud.objects.count() == 1


# --- the hour of an inspection (R7): call on Monday 23, project's day is Wednesday


def rechazo_al_agendar(llamada, cuando, **mas):
    llamada.ingresar()
    with pytest.raises(DatosInvalidos) as rechazo:
        llamada.agendar(cuando, **mas)
    assert Ocupacion.objects.count() == 0
    return campos(rechazo)


@pytest.mark.regla("G-08")
@pytest.mark.parametrize(
    ("cuando", "campo"),
    [
        ("2026-11-24 09:00", "excepcion"),  # Tuesday of the term
        ("2026-11-30 09:00", "excepcion"),  # Monday, its last day
        ("2026-12-02 09:00", "excepcion"),  # Wednesday, after it
        ("2026-12-03 09:00", "inicia_en"),  # another weekday after it: never
        ("2026-11-23 11:00", "inicia_en"),  # the very day of the call
        ("2026-11-25 08:45", "inicia_en"),  # before the opening
        ("2026-11-25 13:00", "inicia_en"),  # ends in the lunch break
        ("2026-11-25 14:00", "inicia_en"),  # begins in it
        ("2026-11-25 18:00", "inicia_en"),  # ends after the closing
    ],
)
def test_fuera_de_la_regla_se_dice_en_que_campo(llamada, cuando, campo):
    assert rechazo_al_agendar(llamada, cuando) == {campo}


@pytest.mark.regla("G-07", "G-08")
@pytest.mark.parametrize("hora", ["09:00", "12:45", "15:00", "17:45"])
def test_dentro_de_la_regla_no_hace_falta_nada_mas(llamada, hora):
    llamada.ingresar(cupo=llamada.cupo(f"2026-11-25 {hora}"))
    assert (llamada.estado, llamada.solicitud.excepcion) == ("INSPECCION_AGENDADA", "")


@pytest.mark.regla("G-03")
def test_otro_dia_pide_su_excepcion_y_su_motivo(llamada):
    assert rechazo_al_agendar(llamada, "2026-11-24 09:00", excepcion="otro_dia") == {
        "motivo_excepcion"
    }
    assert rechazo_al_agendar(
        llamada, "2026-11-24 09:00", excepcion="fuera_de_plazo", motivo_excepcion="x"
    ) == {"excepcion"}
    llamada.ingresar()
    llamada.agendar("2026-11-24 09:00", excepcion="otro_dia", motivo_excepcion="Viaja el miércoles")
    assert (llamada.solicitud.excepcion, llamada.solicitud.motivo_excepcion) == (
        "otro_dia",
        "Viaja el miércoles",
    )
    assert llamada.plazos("inspeccion")[0].estado == "CUMPLIDO"


@pytest.mark.regla("G-03")
def test_despues_del_plazo_pide_acuerdo_y_queda_tarde(llamada):
    excepcion = {"excepcion": "fuera_de_plazo", "motivo_excepcion": "Está fuera de la ciudad"}
    assert rechazo_al_agendar(llamada, "2026-12-02 09:00", **excepcion) == {"acuerdo"}
    llamada.ingresar()
    llamada.agendar("2026-12-02 09:00", acuerdo=True, **excepcion)
    assert llamada.plazos("inspeccion")[0].estado == "CUMPLIDO_TARDE"
    ultimo = llamada.solicitud.movimientos.filter(verbo="agendar_inspeccion").get()
    assert ultimo.detalle.datos["motivo_excepcion"] == "Está fuera de la ciudad"


def test_reagendar_cuenta_desde_la_llamada_original(llamada):
    """G-T03: on Thursday the term is still that of Monday."""
    llamada.ingresar(cupo=llamada.cupo())
    llamada.ahora = local("2026-11-24 16:00")
    with pytest.raises(DatosInvalidos) as rechazo:
        llamada.tramitar(
            llamada.solicitud,
            "reagendar_inspeccion",
            Rol.CALL_CENTER,
            **llamada.cupo("2026-12-02 09:00"),
        )
    assert campos(rechazo) == {"excepcion"}
    assert llamada.solicitud.visitas.get().estado == "COORDINADA"


def test_una_persona_no_esta_en_dos_visitas(llamada):
    llamada.ingresar(cupo=llamada.cupo("2026-11-25 09:00"))
    for cuando in ("2026-11-25 09:00", "2026-11-25 09:30", "2026-11-25 09:15"):
        with pytest.raises(DatosInvalidos) as rechazo:
            llamada.ingresar(cupo=llamada.cupo(cuando))
        assert campos(rechazo) == {"inicia_en"}
    assert Solicitud.objects.count() == 1
    llamada.ingresar(cupo=llamada.cupo("2026-11-25 09:45"))
    assert Solicitud.objects.count() == 2


def test_nadie_recibe_mas_visitas_al_dia_que_las_suyas(llamada):
    Inspector.objects.filter(usuario=llamada.gente[Rol.INSPECTOR]).update(cupos_por_dia=1)
    llamada.ingresar(cupo=llamada.cupo("2026-11-25 09:00"))
    with pytest.raises(DatosInvalidos) as rechazo:
        llamada.ingresar(cupo=llamada.cupo("2026-11-25 16:00"))
    assert campos(rechazo) == {"inicia_en"}


def test_solo_visita_quien_es_del_proyecto(llamada, ingevec):
    otro = Usuario.objects.create_user("otro", "otro@ingevec.example", is_staff=True)
    Membresia.objects.create(usuario=otro, empresa=ingevec, rol=Rol.INSPECTOR)
    with pytest.raises(DatosInvalidos) as rechazo:
        llamada.ingresar(cupo={"inicia_en": local("2026-11-25 09:00"), "persona": otro})
    assert campos(rechazo) == {"persona"}


def test_sin_pauta_se_dice_quien_la_crea(llamada):
    llamada.pauta.delete()
    with pytest.raises(DatosInvalidos, match="pauta de visitas"):
        llamada.ingresar(cupo=llamada.cupo())


# --- diagnosis, works, satisfaction


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

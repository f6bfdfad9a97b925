"""Business rules of Ingevec that a person could break by hand (G-01 to G-16)."""

from uuid import uuid4

import pytest

from postventa.personas.models import Cliente, Membresia, Rol, Usuario
from postventa.tramitacion.errores import DatosInvalidos, NoAutorizado
from postventa.visitas.models import Ocupacion
from tests.conftest import local
from tickets.ingevec.flujo import tiene_los_datos
from tickets.ingevec.ingreso import ingresar
from tickets.ingevec.models import Canal, Inspector, Requerimiento, Solicitud, Urgencia
from tickets.inmuebles.models import Unidad


def campos(rechazo):
    return set(rechazo.value.campos)


# As the document lists them, so that one taken away from the code is missed here.
CANALES = ["fijo", "celular", "correo", "web"]


# --- intake


@pytest.mark.regla("G-01")
def test_los_canales_son_los_del_documento():
    assert Canal.values == CANALES


@pytest.mark.regla("G-15")
def test_las_urgencias_son_las_tres_del_documento_y_lo_que_es_de_juicio():
    assert [u.label for u in Urgencia] == [
        "Filtración de agua potable (rotura de cañerías)",
        "Fuga de gas en red no visible",
        "Falta de energía eléctrica por problemas de la instalación",
        "Otra que compromete la habitabilidad",
    ]


@pytest.mark.regla("G-01", "G-16")
@pytest.mark.parametrize("urgencia", ["", "gas"])
@pytest.mark.parametrize("canal", CANALES)
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
    [("llamante", " "), ("telefonos", ""), ("telefonos", "no tiene"), ("requerimientos", [])],
)
@pytest.mark.parametrize("canal", CANALES)
@pytest.mark.parametrize("urgencia", ["", "luz"])
def test_sin_los_datos_obligatorios_no_entra_nada(llamada, falta, vacio, canal, urgencia):
    datos = {
        "nonce": uuid4(),
        "canal": canal,
        "llamante": "Héctor",
        "telefonos": "+56 9 7777 8888",
        "requerimientos": [Requerimiento(descripcion="Gotera")],
        "urgencia": urgencia,
        "sin_hora": "Llama de nuevo",
        falta: vacio,
    }
    with pytest.raises(DatosInvalidos) as rechazo:
        ingresar(
            llamada.depto, llamada.duenio, llamada.gente[Rol.CALL_CENTER], ahora=llamada.ahora,
            **datos,
        )  # fmt: skip
    assert campos(rechazo) == {falta}
    assert Solicitud.objects.count() == 0


@pytest.mark.regla("G-02")
def test_sin_proyecto_ni_departamento_no_entra_nada(llamada):
    """The home says both: the law asks for it, and the database keeps none without one."""
    datos = {"telefonos": "+56 9 1111 2222", "clase": "REQUERIMIENTO"}
    solicitud = Solicitud(**datos, unidad=llamada.depto)
    solicitud.por_ingresar = [Requerimiento(descripcion="Gotera")]
    assert tiene_los_datos(solicitud)
    solicitud.unidad = None
    assert not tiene_los_datos(solicitud)
    assert not Solicitud._meta.get_field("unidad").null
    assert not Unidad._meta.get_field("proyecto").null


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

"""The seed: official lists, the decrees the package lacks, and what staff edited."""

import json
from datetime import date, time
from io import StringIO

import holidays
import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from postventa.calendario.carga import cargar
from postventa.calendario.habiles import Unidad, calcular
from postventa.calendario.models import Calendario, Feriado, Jornada
from postventa.calendario.servicio import horario_de, tramos_de

from .lugares import LA_PAZ, LIMA, SANTIAGO, local, pared

pytestmark = pytest.mark.django_db


@pytest.fixture
def cargados():
    return cargar(2024, 2028)


def horario(codigo, jornada="comteco", zona=LA_PAZ):
    return horario_de(
        Calendario.objects.get(codigo=codigo), Jornada.objects.get(codigo=jornada), zona
    )


def laborales(codigo, anio):
    """Month and day of the holidays that fall on a weekday, which are the ones that move a term."""
    feriados = horario(codigo).feriados
    return [f"{f:%m-%d}" for f in feriados if f.year == anio and f.weekday() < 5]


# The lists


def test_chile_2026(cargados):
    chile = {f"{f:%m-%d}" for f in horario("cl").feriados if f.year == 2026}
    assert chile == {
        "01-01", "04-03", "04-04", "05-01", "05-21", "06-21", "06-29", "07-16",
        "08-15", "09-18", "09-19", "10-12", "10-31", "11-01", "12-08", "12-25",
    }  # fmt: skip


def test_chile_2027(cargados):
    assert laborales("cl", 2027) == [
        "01-01", "03-26", "05-21", "06-21", "06-28", "07-16", "09-17", "10-11", "11-01", "12-08",
    ]  # fmt: skip


def test_peru_2026(cargados):
    peru = {f"{f:%m-%d}" for f in horario("pe").feriados if f.year == 2026}
    # The sixteen of the official list and Easter Sunday, which moves nothing.
    assert peru == {
        "01-01", "04-02", "04-03", "04-05", "05-01", "06-07", "06-29", "07-23", "07-28",
        "07-29", "08-06", "08-30", "10-08", "11-01", "12-08", "12-09", "12-25",
    }  # fmt: skip


def test_bolivia_2026(cargados):
    assert laborales("bo", 2026) == [
        "01-01", "01-02", "01-23", "02-16", "02-17", "04-03", "05-01", "06-04",
        "06-05", "06-22", "08-06", "08-07", "11-02", "12-25",
    ]  # fmt: skip


def test_cochabamba_2025(cargados):
    assert laborales("bo-cochabamba", 2025) == [
        "01-01", "01-22", "03-03", "03-04", "04-18", "05-01", "06-19", "08-06",
        "08-07", "09-15", "11-03", "11-14", "12-25",
    ]  # fmt: skip


@pytest.mark.parametrize("anio", range(2024, 2029))
def test_el_31_de_diciembre_es_dia_habil(anio, cargados):
    for codigo in ("cl", "pe", "bo"):
        assert date(anio, 12, 31) not in horario(codigo).feriados


@pytest.mark.parametrize("anio", range(2024, 2029))
def test_el_dia_de_la_dignidad_no_suspende_actividades(anio, cargados):
    assert date(anio, 10, 17) not in horario("bo").feriados
    assert Feriado.objects.filter(fecha=date(anio, 10, 17), es_vigente=False).exists()


@pytest.mark.parametrize(
    ("codigo", "dia", "otro"),
    [
        ("cl-arica", date(2027, 6, 7), "cl"),
        ("cl-chillan", date(2026, 8, 20), "cl"),
        ("bo-cochabamba", date(2026, 9, 14), "bo"),
        ("bo-cochabamba", date(2025, 9, 15), "bo"),
    ],
)
def test_un_feriado_local_solo_vale_en_su_lugar(codigo, dia, otro, cargados):
    assert not horario(codigo).es_habil(dia)
    assert horario(otro).es_habil(dia)


def test_un_calendario_local_solo_guarda_lo_suyo(cargados):
    arica = Calendario.objects.get(codigo="cl-arica")
    assert {f"{f.fecha:%m-%d}" for f in arica.feriados.all()} == {"06-07"}
    assert date(2026, 12, 8) in horario("cl-arica").feriados


def test_el_22_de_enero_de_2026_es_habil_y_el_23_no(cargados):
    bo = horario("bo")
    assert bo.es_habil(date(2026, 1, 22))
    assert not bo.es_habil(date(2026, 1, 23))
    fila = Feriado.objects.get(calendario__codigo="bo", fecha=date(2026, 1, 22))
    assert not fila.es_vigente
    assert "5521" in fila.fuente


def test_los_dias_de_eleccion_de_chile(cargados):
    dias = Feriado.objects.filter(calendario__codigo="cl", nombre__icontains="elecci")
    assert [f.fecha for f in dias] == [date(2025, 11, 16), date(2025, 12, 14)]
    assert all(f.es_irrenunciable for f in dias)


def test_los_irrenunciables_de_chile(cargados):
    dias = Feriado.objects.filter(
        calendario__codigo="cl", fecha__year=2026, es_irrenunciable=True
    ).order_by("fecha")
    assert [f"{f.fecha:%m-%d}" for f in dias] == ["01-01", "05-01", "09-18", "09-19", "12-25"]
    assert not Feriado.objects.filter(calendario__pais="PE", es_irrenunciable=True).exists()


def test_cada_fila_dice_su_fuente(cargados):
    assert not Feriado.objects.filter(fuente="").exists()
    navidad = Feriado.objects.get(calendario__codigo="cl", fecha=date(2026, 12, 25))
    assert navidad.fuente == f"paquete holidays {holidays.__version__}"
    assert navidad.nombre == "Navidad"


def test_las_correcciones_estan_bien_escritas():
    ruta = settings.BASE_DIR / "fixtures" / "feriados_correcciones.json"
    filas = json.loads(ruta.read_text(encoding="utf-8"))["correcciones"]
    claves = [(f["calendario"], date.fromisoformat(f["fecha"])) for f in filas]
    assert len(set(claves)) == len(claves)
    assert all(f["fuente"] and not f["fuente"].startswith("paquete") for f in filas)


# The office windows


@pytest.mark.regla("I-22")
def test_la_jornada_de_icalma(cargados):
    tramos = tramos_de(Jornada.objects.get(codigo="icalma").pk)
    assert tramos == {dia: ((time(8), time(18)),) for dia in range(5)}


@pytest.mark.regla("G-07")
def test_la_jornada_de_inspeccion_de_ingevec(cargados):
    tramos = tramos_de(Jornada.objects.get(codigo="ingevec-inspeccion").pk)
    de_lunes_a_jueves = ((time(9), time(13, 30)), (time(15), time(18, 30)))
    assert tramos == {
        **dict.fromkeys(range(4), de_lunes_a_jueves),
        4: ((time(9), time(14, 30)),),
    }


@pytest.mark.regla("G-12")
def test_la_jornada_de_trabajos_de_ingevec(cargados):
    tramos = tramos_de(Jornada.objects.get(codigo="ingevec-trabajos").pk)
    assert tramos == {dia: ((time(9), time(13)), (time(14), time(18))) for dia in range(5)}


@pytest.mark.parametrize(("codigo", "abre"), [("capera", time(9)), ("comteco", time(8))])
def test_las_jornadas_supuestas_lo_dicen(codigo, abre, cargados):
    jornada = Jornada.objects.get(codigo=codigo)
    assert "supuesto" in jornada.nombre
    assert tramos_de(jornada.pk) == {dia: ((abre, time(18)),) for dia in range(5)}


# Terms on the loaded calendars


@pytest.mark.regla("I-07")
def test_un_plazo_de_icalma_con_el_calendario_cargado(cargados):
    v = calcular(
        horario("cl", "icalma", SANTIAGO), local("2026-09-17 10:00"), 48, Unidad.HORAS_HABILES
    )
    assert pared(v.vence) == "2026-09-22 10:00:00"
    assert [nombre for _, nombre in v.feriados_saltados] == ["Día de la Independencia"]


@pytest.mark.regla("C-09")
def test_un_plazo_de_capera_con_el_calendario_cargado(cargados):
    v = calcular(
        horario("pe", "capera", LIMA), local("2026-11-26 11:00", LIMA), 20, Unidad.DIAS_HABILES
    )
    assert pared(v.vence, LIMA) == "2026-12-29 23:59:59"


def test_un_plazo_de_comteco_cruza_el_traslado_de_enero(cargados):
    v = calcular(
        horario("bo-cochabamba"), local("2026-01-21 10:00", LA_PAZ), 2, Unidad.DIAS_HABILES
    )
    assert pared(v.vence, LA_PAZ) == "2026-01-26 23:59:59"


# Loading again


def test_cargar_dos_veces_no_cambia_nada(cargados):
    filas = list(Feriado.objects.order_by("pk").values())
    versiones = list(Calendario.objects.values_list("codigo", "version", "sello"))
    assert cargados["creados"] == len(filas)
    assert not +cargar(2024, 2028)
    assert list(Feriado.objects.order_by("pk").values()) == filas
    assert list(Calendario.objects.values_list("codigo", "version", "sello")) == versiones


def test_cargar_otro_anio_deja_los_anteriores(cargados):
    antes = Feriado.objects.count()
    cuenta = cargar(2029, 2029)
    assert Feriado.objects.count() == antes + cuenta["creados"]
    assert cuenta["retirados"] == 0
    assert date(2029, 12, 25) in horario("cl").feriados


def test_una_fila_editada_por_el_personal_no_se_toca(cargados):
    fila = Feriado.objects.get(calendario__codigo="bo", fecha=date(2027, 1, 22))
    fila.nombre, fila.fuente, fila.es_vigente = "Trasladado", "D.S. de enero de 2027", False
    fila.save()
    cuenta = cargar(2024, 2028)
    assert cuenta["respetados"] == 1
    fila.refresh_from_db()
    assert (fila.nombre, fila.es_vigente) == ("Trasladado", False)


def test_un_feriado_que_el_personal_quito_no_vuelve(cargados):
    # Only the mark was taken off; the source still names the package.
    fila = Feriado.objects.get(calendario__codigo="bo", fecha=date(2027, 1, 22))
    fila.es_vigente = False
    fila.save()
    cargar(2024, 2028)
    assert horario("bo").es_habil(date(2027, 1, 22))


def test_una_correccion_editada_por_el_personal_no_se_toca(cargados):
    fila = Feriado.objects.get(calendario__codigo="bo", fecha=date(2026, 1, 2))
    fila.fuente, fila.es_vigente = "No hubo decreto", False
    fila.save()
    cargar(2024, 2028)
    assert horario("bo").es_habil(date(2026, 1, 2))


def test_un_feriado_agregado_por_el_personal_se_queda(cargados):
    cl = Calendario.objects.get(codigo="cl")
    Feriado.objects.create(calendario=cl, fecha=date(2027, 11, 15), nombre="Censo", fuente="Ley 99")
    cargar(2024, 2028)
    assert not horario("cl").es_habil(date(2027, 11, 15))


def test_un_paquete_que_cambia_de_opinion_corrige_sus_filas(cargados):
    cl = Calendario.objects.get(codigo="cl")
    viejo = "paquete holidays 0.1"
    Feriado.objects.create(calendario=cl, fecha=date(2027, 3, 3), nombre="Error", fuente=viejo)
    cl.feriados.filter(fecha=date(2026, 12, 25)).update(nombre="Navidá", fuente=viejo)
    cuenta = cargar(2024, 2028)
    assert cuenta == {"retirados": 1, "actualizados": 1}
    assert horario("cl").es_habil(date(2027, 3, 3))
    assert cl.feriados.get(fecha=date(2026, 12, 25)).nombre == "Navidad"


def test_otra_version_del_paquete_con_lo_mismo_no_es_un_cambio(cargados):
    fila = Feriado.objects.filter(calendario__codigo="cl", fecha=date(2026, 12, 25))
    fila.update(fuente="paquete holidays 0.1")
    assert not +cargar(2024, 2028)
    assert fila.get().fuente == "paquete holidays 0.1"


def test_una_jornada_editada_no_se_repone(cargados):
    jornada = Jornada.objects.get(codigo="icalma")
    jornada.tramos.filter(dia=4).delete()
    jornada.nombre = "Icalma, verano"
    jornada.save()
    cargar(2024, 2028)
    jornada.refresh_from_db()
    assert jornada.nombre == "Icalma, verano"
    assert jornada.tramos.count() == 4


# The command


def test_cargar_feriados_cuenta_lo_que_hizo():
    salida = StringIO()
    call_command("cargar_feriados", desde=2026, hasta=2026, stdout=salida)
    total = Feriado.objects.count()
    assert salida.getvalue() == (
        f"Feriados 2026-2026: {total} creados, 0 actualizados, 0 retirados, "
        "0 editados por el personal sin tocar.\n"
    )
    assert set(Feriado.objects.values_list("fecha__year", flat=True)) == {2026}


@pytest.mark.parametrize(("desde", "hasta"), [(2028, 2024), (1999, 2024), (2024, 2101)])
def test_cargar_feriados_rechaza_anios_absurdos(desde, hasta):
    with pytest.raises(CommandError, match="años") as error:
        call_command("cargar_feriados", desde=desde, hasta=hasta)
    assert error.value.returncode == 2
    assert not Calendario.objects.exists()


def test_cargar_feriados_rechaza_opciones_desconocidas():
    with pytest.raises(CommandError, match="Opciones incorrectas"):
        call_command("cargar_feriados", "--desde", "hoy")

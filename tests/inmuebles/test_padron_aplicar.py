"""Applying: exactly what was shown, in batches, with every row in the company's audit."""

import time
from datetime import date, timedelta

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import IntegrityError, OperationalError, connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from postventa.calendario import hora
from postventa.celery import app
from postventa.expedientes.models import CambioMaestro
from postventa.personas.models import Cliente
from postventa.tramitacion.errores import Conflicto
from tests.conftest import LUNES
from tests.inmuebles.manos import (
    aplicar,
    cargar,
    csv_de,
    filas_de,
    motivos_de,
    muchas,
    revisar,
    rut,
)
from tickets.inmuebles import tasks
from tickets.inmuebles.models import CargaPadron, FilaPadron, Propiedad, Unidad
from tickets.inmuebles.padron import aplicacion, carga

P = "icalma-demo"
CAMILA = "16.482.937-5"


def verificar():
    call_command("verificar_bitacora")


@pytest.fixture(autouse=True)
def sin_respiro(monkeypatch):
    monkeypatch.setattr(aplicacion, "RESPIRO_S", 0)


@pytest.fixture
def variables(monkeypatch):
    """SQLite as it is built, not as Django supposes it: a statement takes as many rows as the
    batch has."""
    monkeypatch.setattr(type(connection.features), "max_query_params", 30_000, raising=False)


# --- statements


def contar(funcion):
    with CaptureQueriesContext(
        connection,
    ) as consultas:
        funcion()
    return len(consultas)


@pytest.mark.parametrize("n", [3, 300])
def test_revisar_cuesta_lo_mismo_con_3_filas_que_con_300(icalma, proyecto, variables, n):
    filas = muchas(n)
    assert contar(lambda: revisar(icalma, *filas)) == 9


@pytest.mark.parametrize("n", [3, 300])
def test_aplicar_cuesta_lo_mismo_con_3_filas_que_con_300(icalma, proyecto, variables, n):
    una = revisar(icalma, *muchas(n))
    assert contar(lambda: aplicar(una)) == 44
    assert Propiedad.objects.count() == n
    verificar()


@pytest.mark.parametrize("n", [3, 300])
def test_actualizar_cuesta_lo_mismo_con_3_filas_que_con_300(icalma, proyecto, variables, n):
    cargar(icalma, *muchas(n))
    filas = [f.replace("Persona", "Doña").replace("20-06-2024;;", "21-06-2024;10-06-2024;")
             for f in muchas(n)]  # fmt: skip
    una = revisar(icalma, *filas)
    assert una.totales["actualizar"] == n
    assert contar(lambda: aplicar(una)) == 47
    verificar()


# --- the audit


def test_cada_fila_creada_o_cambiada_queda_en_la_bitacora(icalma, cliente, unidad, supervisor):
    una = revisar(icalma, f"{P};{unidad.nombre};{rut(1)};Ana Soto;;;;;01-07-2024;01-06-2026;")
    una = aplicar(una, por=None)
    cambios = CambioMaestro.objects.filter(empresa=icalma).order_by("numero")
    ana = f"Ana Soto (n.º {Cliente.objects.get(nombre='Ana Soto').pk})"
    suya = f"{unidad} (n.º {unidad.pk})"
    assert [(c.modelo, c.accion, c.detalle) for c in cambios] == [
        ("inmuebles.unidad", "editar",
         {"entrega_el": ["2024-06-20", "2024-07-01"], "carga": ["", str(una)]}),
        ("personas.cliente", "crear",
         {"tipo_documento": ["", "RUT"], "numero": ["", rut(1)], "nombre": ["", "Ana Soto"],
          "carga": ["", str(una)]}),
        ("inmuebles.propiedad", "crear",
         {"unidad": ["", suya], "cliente": ["", ana],
          "desde": ["", "2026-06-01"], "carga": ["", str(una)]}),
        ("inmuebles.propiedad", "editar",
         {"hasta": ["", "2026-05-31"], "carga": ["", str(una)]}),
        ("inmuebles.cargapadron", "aplicar",
         {"archivo": ["", "padron.csv"], "aplicadas": ["", 1], "cambiaron": ["", 0],
          "rechazada": ["", 0]}),
    ]  # fmt: skip
    verificar()


# --- the contact rule (TM-08)


# --- what moved since it was previewed


def test_fila_que_cambió_no_se_escribe_y_se_muestra_de_nuevo(icalma, cliente, unidad):
    una = revisar(
        icalma,
        f"{P};{unidad.nombre};{CAMILA};;;;;;01-07-2024;;",
        f"{P};Otra;{rut(1)};Ana Soto;;;;;;01-06-2026;",
    )
    Unidad.objects.filter(pk=unidad.pk).update(entrega_el=date(2024, 6, 30))
    una = aplicar(una)
    unidad.refresh_from_db()
    assert unidad.entrega_el == date(2024, 6, 30)
    assert filas_de(una)[2] == ("actualizar", ["Unidad entrega: 30-06-2024>01-07-2024"])
    assert (una.totales["aplicadas"], una.totales["cambiaron"]) == (1, 1)
    una = aplicar(una)
    unidad.refresh_from_db()
    assert unidad.entrega_el == date(2024, 7, 1)
    assert (una.totales["aplicadas"], una.totales["cambiaron"]) == (2, 0)


def test_fila_que_ya_no_se_puede_queda_rechazada_con_su_motivo(icalma, cliente, unidad):
    una = revisar(icalma, f"{P};{unidad.nombre};{rut(1)};Ana Soto;;;;;;01-06-2026;")
    Propiedad.objects.update(desde=date(2026, 7, 1))
    una = aplicar(una)
    assert "es dueño desde el 01-07-2026" in motivos_de(una)[2]
    assert Propiedad.objects.count() == 1
    assert una.totales["por_escribir"] == 0


def test_persona_que_traia_una_unidad_que_cambió_vuelve_con_la_siguiente(icalma, unidad):
    """The batch is planned again without it: nobody is left half made."""
    una = revisar(
        icalma,
        f"{P};{unidad.nombre};{rut(1)};Ana Soto;;;;;;01-06-2026;",
        f"{P};Otra;{rut(1)};Ana Soto;;;;;;01-06-2026;",
        f"{P};Tercera;{rut(2)};Eva Paz;;;;;;01-06-2026;",
    )
    luis = Cliente.objects.create(empresa=icalma, numero=rut(9), nombre="Luis")
    Propiedad.objects.create(unidad=unidad, cliente=luis, desde=date(2020, 1, 1))
    una = aplicar(una)
    assert set(Propiedad.objects.values_list("cliente__nombre", flat=True)) == {"Luis", "Eva Paz"}
    assert una.totales["cambiaron"] == 2
    una = aplicar(una)
    assert una.totales["aplicadas"] == 3
    assert Cliente.objects.filter(nombre="Ana Soto").count() == 1
    verificar()


def test_cadena_de_personas_se_deja_para_otra_mirada_sin_planear_por_cada_eslabon(
    icalma, unidad, monkeypatch
):
    """Each unit brings the person that the next one names: the first that moves moves them all."""
    eslabones = [
        fila
        for n in range(1, 12)
        for fila in (
            f"{P};Depto {n};{rut(n)};Persona Uno;;;;;;01-06-2026;",
            f"{P};Depto {n};{rut(n + 1)};Persona Uno;;;;;;01-06-2026;",
        )
    ]
    una = revisar(icalma, f"{P};{unidad.nombre};{rut(1)};Persona Uno;;;;;;01-06-2026;", *eslabones)
    luis = Cliente.objects.create(empresa=icalma, numero=rut(99), nombre="Luis")
    Propiedad.objects.create(unidad=unidad, cliente=luis, desde=date(2020, 1, 1))
    planes, de_verdad = [], aplicacion.planear
    monkeypatch.setattr(aplicacion, "planear", lambda *a: planes.append(a) or de_verdad(*a))
    una = aplicar(una)
    assert len(planes) == aplicacion.RONDAS + 1  # and once to show them anew
    assert (una.totales["aplicadas"], una.totales["cambiaron"]) == (0, 23)
    assert not Unidad.objects.filter(nombre__startswith="Depto").exists()
    assert aplicar(una).totales["aplicadas"] == 23
    verificar()


def test_version_vieja_y_doble_aplicar_son_un_conflicto(icalma, proyecto):
    una = revisar(icalma, *muchas(2))
    with pytest.raises(Conflicto, match="cambió desde que la miraste"):
        aplicacion.pedir(una, None, una.version + 1, LUNES)
    pedida = aplicacion.pedir(una, None, una.version, LUNES)
    with pytest.raises(Conflicto, match="ya se está aplicando"):
        aplicacion.pedir(una, None, pedida.version, LUNES)
    aplicacion.aplicar(pedida, LUNES)
    pedida.refresh_from_db()
    with pytest.raises(Conflicto, match="nada por aplicar"):
        aplicacion.pedir(pedida, None, pedida.version, LUNES)


# --- batches that resume


@pytest.fixture
def lotes_de_tres(monkeypatch):
    monkeypatch.setattr(carga, "LOTE", 3)


def test_una_unidad_nunca_se_parte_en_dos_lotes(icalma, proyecto, lotes_de_tres):
    filas = [f"{P};U{i // 2};{rut(i)};Persona Uno;;;;;;01-06-2026;" for i in range(6)]
    una = revisar(icalma, *filas)
    assert [f.lote for f in una.filas.all()] == [1, 1, 2, 2, 3, 3]


def test_lo_que_se_cortó_sigue_donde_quedó(icalma, proyecto, lotes_de_tres, monkeypatch):
    una = revisar(icalma, *muchas(9))
    aplicacion.pedir(una, None, una.version, LUNES)
    assert aplicacion.aplicar(una, LUNES, segundos=-1) is False
    assert Propiedad.objects.count() == 3
    assert (tasks.aplicar_pedidas(), tasks.aplicar_pedidas()) == (1, 0)
    assert Propiedad.objects.count() == 9
    verificar()


def test_una_pasada_es_de_todas_las_cargas_juntas(icalma, proyecto, monkeypatch):
    for desde in (0, 1):
        una = revisar(icalma, *muchas(1, desde))
        aplicacion.pedir(una, None, una.version, LUNES)
    de_verdad, pasos = aplicacion.aplicar, []

    def lenta(carga, ahora, segundos):
        pasos.append(segundos)
        time.sleep(0.06)
        return de_verdad(carga, ahora, 10)

    monkeypatch.setattr(aplicacion, "PASADA", 0.05)
    monkeypatch.setattr(aplicacion, "aplicar", lenta)
    assert (tasks.aplicar_pedidas(), len(pasos), Propiedad.objects.count()) == (1, 1, 1)
    assert 0 < pasos[0] <= 0.05
    # The other one is asked for as before, and the next pass takes it.
    assert (tasks.aplicar_pedidas(), Propiedad.objects.count()) == (1, 2)


def test_fallo_a_mitad_deja_los_lotes_hechos_y_se_puede_seguir(
    icalma, proyecto, lotes_de_tres, monkeypatch, caplog
):
    una = revisar(icalma, *muchas(9))
    aplicacion.pedir(una, None, una.version, LUNES)
    de_verdad, vueltas = aplicacion._escribir, []

    def falla(*args):
        vueltas.append(1)
        de_verdad(*args)
        if len(vueltas) == 2:
            raise RuntimeError(f"con {rut(4)} adentro")

    monkeypatch.setattr(aplicacion, "_escribir", falla)
    assert tasks.aplicar_pedidas() == 0
    assert Propiedad.objects.count() == 3
    assert rut(4) not in caplog.text
    una.refresh_from_db()
    assert (una.pedida_en, una.detenida_en is not None) == (None, True)
    aplicar(una)
    assert Propiedad.objects.count() == 9
    verificar()


def test_choque_con_otra_mano_se_lee_de_nuevo(icalma, proyecto, monkeypatch):
    una = revisar(icalma, *muchas(1))
    de_verdad, vueltas = aplicacion._escribir, []

    def choca(*args):
        vueltas.append(1)
        if len(vueltas) == 1:
            raise IntegrityError
        de_verdad(*args)

    monkeypatch.setattr(aplicacion, "_escribir", choca)
    aplicar(una)
    assert (len(vueltas), Propiedad.objects.count()) == (2, 1)


def test_base_ocupada_deja_la_carga_pedida_para_la_pasada_siguiente(icalma, proyecto, monkeypatch):
    una = revisar(icalma, *muchas(2))
    aplicacion.pedir(una, None, una.version, LUNES)
    with monkeypatch.context() as m:

        def ocupada(*_):
            raise OperationalError("database is locked")

        m.setattr(aplicacion, "_escribir", ocupada)
        assert tasks.aplicar_pedidas() == 0
    una.refresh_from_db()
    assert (una.pedida_en, una.detenida_en, una.latido_en) == (LUNES, None, None)
    assert (tasks.aplicar_pedidas(), Propiedad.objects.count()) == (1, 2)


def test_dos_trabajadores_no_toman_la_misma_carga_y_la_abandonada_sigue(icalma, proyecto):
    una = revisar(icalma, *muchas(2))
    aplicacion.pedir(una, None, una.version, LUNES)
    CargaPadron.objects.update(latido_en=timezone.now() - timedelta(seconds=60))
    assert (tasks.aplicar_pedidas(), Propiedad.objects.count()) == (0, 0)
    CargaPadron.objects.update(latido_en=timezone.now() - timedelta(seconds=121))
    assert (tasks.aplicar_pedidas(), Propiedad.objects.count()) == (1, 2)


def test_carga_larga_espera_a_un_trabajador(icalma, proyecto, monkeypatch, settings,
                                            django_capture_on_commit_callbacks):  # fmt: skip
    monkeypatch.setattr(aplicacion, "EN_LA_PAGINA", 2)
    settings.CELERY_PISTAS = True
    pistas = []
    monkeypatch.setattr(tasks.aplicar_pedidas, "apply_async", lambda **k: pistas.append(k))
    una = revisar(icalma, *muchas(3))
    with django_capture_on_commit_callbacks(execute=True):
        pedida = aplicacion.pedir(una, None, una.version, LUNES)
    assert (aplicacion.es_larga(pedida), pistas) == (True, [{"retry": False, "expires": 60}])


def test_beat_sigue_las_cargas_y_olvida_sus_filas():
    tareas = {t["task"] for t in app.conf.beat_schedule.values()}
    assert {"inmuebles.aplicar_pedidas", "inmuebles.olvidar_cargas"} <= tareas
    assert {"inmuebles.aplicar_pedidas", "inmuebles.olvidar_cargas"} <= set(app.tasks)


# --- forgetting


def test_filas_se_olvidan_a_los_siete_dias_y_quedan_los_totales(icalma, proyecto):
    una = cargar(icalma, *muchas(3))
    hora.fijar(LUNES + timedelta(days=7))
    assert tasks.olvidar_cargas() == 0
    hora.fijar(LUNES + timedelta(days=7, seconds=1))
    assert (tasks.olvidar_cargas(), tasks.olvidar_cargas()) == (1, 0)
    assert FilaPadron.objects.count() == 0
    una.refresh_from_db()
    assert (una.totales["aplicadas"], una.olvidada_en is not None) == (3, True)
    with pytest.raises(Conflicto):
        aplicacion.pedir(una, None, una.version, LUNES)


# --- from the command line


@pytest.fixture
def archivo(tmp_path):
    ruta = tmp_path / "padron.csv"
    ruta.write_bytes(csv_de(*muchas(2), f"{P};X;malo;;;;;;;;"))
    return str(ruta)


def test_comando_revisa_y_solo_escribe_si_se_le_pide(icalma, proyecto, archivo, capsys):
    call_command("importar_padron", archivo, empresa="icalma")
    salida = capsys.readouterr().out
    assert "Crea: 2\nActualiza: 0\nSin cambios: 0\nRechazada: 1\n  fila 4: Escribe el RUT" in salida
    assert Propiedad.objects.count() == 0
    call_command("importar_padron", archivo, empresa="icalma", aplicar=True)
    assert "2 filas aplicadas, 1 fila rechazada" in capsys.readouterr().out
    assert Propiedad.objects.count() == 2


@pytest.mark.parametrize(("ruta", "empresa"), [("no-hay.csv", "icalma"), (None, "nadie")])
def test_comando_dice_por_que_no(icalma, proyecto, archivo, ruta, empresa):
    with pytest.raises(CommandError):
        call_command("importar_padron", ruta or archivo, empresa=empresa)
    assert CargaPadron.objects.count() == 0

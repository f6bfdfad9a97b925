"""A revision asked for once and done in batches: by one worker, by two, or by none for a while."""

from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from postventa.avisos.models import Aviso
from postventa.calendario import hora
from postventa.calendario.models import Calendario
from postventa.expedientes.models import Expediente, Movimiento
from postventa.personas.models import Membresia, Rol
from postventa.plazos.models import AlertaPlazo, Plazo
from postventa.tramitacion import recalculo_masivo, tasks
from postventa.tramitacion.barrido import barrer
from postventa.tramitacion.errores import Conflicto
from postventa.tramitacion.models import PlazoRecalculado, Recalculo
from postventa.tramitacion.recalculo_masivo import avanzar, huella, pedir, reintentar
from tests.conftest import LUNES, local
from tests.expedientes.manos import diferencias

ANTES, DESPUES = local("2026-11-25 10:15"), local("2026-11-26 10:15")
MEDIODIA = local("2026-11-23 12:00")


@pytest.fixture(autouse=True)
def a_mediodia(db):
    hora.fijar(MEDIODIA)


@pytest.fixture(autouse=True)
def administra(jefe, icalma):
    """Who asks for a revision administers the company."""
    return Membresia.objects.create(usuario=jefe, empresa=icalma, rol=Rol.ADMINISTRADOR)


def hasta_el_final(job):
    while avanzar(job.pk):
        pass
    job.refresh_from_db()
    return job


def estados(job):
    return sorted(job.lineas.values_list("estado", flat=True))


# --- what it does


def test_pedida_no_mueve_nada_hasta_que_alguien_trabaja(pedida):
    job = pedida()
    assert (job.estado, job.total, job.hechos) == ("PENDIENTE", 0, 0)
    assert set(Plazo.objects.values_list("vence_en", flat=True)) == {ANTES}


def test_mueve_todo_y_cuenta(pedida, jefe):
    job = hasta_el_final(pedida())
    assert (job.estado, job.total, job.hechos, job.error) == ("TERMINADO", 3, 3, "")
    assert job.terminado_en is not None
    assert set(Plazo.objects.values_list("vence_en", flat=True)) == {DESPUES}
    assert set(Expediente.objects.values_list("proximo_vence_en", flat=True)) == {DESPUES}
    assert (
        list(job.lineas.values_list("antes", "despues", "estado"))
        == [(ANTES, DESPUES, "MOVIDO")] * 3
    )
    assert diferencias() == []


def test_tm16_la_bitacora_tiene_una_linea_por_plazo_con_las_dos_fechas(pedida, jefe):
    hasta_el_final(pedida())
    movimientos = Movimiento.objects.filter(verbo="recalcular_plazo").select_related("detalle")
    assert len(movimientos) == len({m.expediente_id for m in movimientos}) == 3
    for m in movimientos:
        datos = m.detalle.datos
        assert (m.por, m.canal, m.antes, m.despues) == (jefe, "consola", "GENERADO", "GENERADO")
        assert (datos["vencia_en"], datos["vence_en"]) == (
            "2026-11-25T13:15:00Z",
            "2026-11-26T13:15:00Z",
        )
        assert (datos["plazo"], datos["motivo"]) == ("contacto", "Decreto 123")


def test_rf24_feriado_de_hoy_no_deja_alerta_de_lo_que_ya_no_vence(pedida, decretar, camino, jefe):
    """The day itself: recomputed once, with audit, and nobody is told of the old due."""
    camino.generar()
    hora.fijar(local("2026-11-25 09:00"))
    feriado = decretar(25)
    ahora = hora.ahora()
    job, _ = pedir(feriado.calendario, jefe, "Decreto", huella(), uuid4(), ahora)
    hasta_el_final(job)
    for cuando in ("2026-11-25 10:16", "2026-11-25 23:59", "2026-11-26 10:15"):
        barrer(local(cuando))
    assert AlertaPlazo.objects.filter(tipo="vencimiento").count() == 0
    assert Aviso.objects.filter(tipo="plazo_vencimiento").count() == 0
    barrer(local("2026-11-26 10:16"))
    [alerta] = AlertaPlazo.objects.filter(tipo="vencimiento")
    assert alerta.ocurrida_en == local("2026-11-26 10:15:01")
    assert Movimiento.objects.filter(verbo="recalcular_plazo").count() == 1


def test_lo_vencido_y_avisado_o_cumplido_queda_como_estaba(pedida, camino, jefe, decretar):
    camino.generar().contactar()
    camino.ahora = LUNES
    camino.generar()
    barrer(local("2026-11-25 10:16"))
    antes = list(Plazo.objects.order_by("pk").values())
    decretar()
    job, _ = pedir(Calendario.objects.get(), jefe, "Decreto", huella(), uuid4(), MEDIODIA)
    hasta_el_final(job)
    assert (job.estado, job.total) == ("TERMINADO", 0)
    assert list(Plazo.objects.order_by("pk").values()) == antes


def test_plazo_que_se_detiene_mientras_tanto_no_se_mueve(pedida, camino):
    job = pedida(2)
    avanzar(job.pk)
    camino.contactar()
    hasta_el_final(job)
    assert (job.estado, job.hechos, estados(job)) == ("TERMINADO", 2, ["IGUAL", "MOVIDO"])
    assert Plazo.objects.get(estado="CUMPLIDO").vence_en == ANTES


# --- killed, run again, run twice


def test_correr_otra_vez_no_cambia_nada(pedida):
    job = hasta_el_final(pedida())
    antes = list(Plazo.objects.values()), Movimiento.objects.count()
    assert avanzar(job.pk) is False
    assert recalculo_masivo.barrer() == 0
    assert (list(Plazo.objects.values()), Movimiento.objects.count()) == antes


def test_trabajador_muerto_a_medio_lote_no_deja_nada_a_medias(pedida, monkeypatch):
    """What dies with its transaction leaves the batch whole for the next one."""
    job = pedida()
    avanzar(job.pk)

    class Muerte(BaseException):
        pass

    def morir(*args, **kwargs):
        raise Muerte

    with monkeypatch.context() as m:
        m.setattr(recalculo_masivo, "_anotar", morir)
        with pytest.raises(Muerte):
            avanzar(job.pk)
    job.refresh_from_db()
    assert (job.estado, job.hechos, estados(job)) == ("EN_CURSO", 0, ["PENDIENTE"] * 3)
    assert set(Plazo.objects.values_list("vence_en", flat=True)) == {ANTES}
    assert Movimiento.objects.filter(verbo="recalcular_plazo").count() == 0
    hasta_el_final(job)
    assert Movimiento.objects.filter(verbo="recalcular_plazo").count() == 3
    assert diferencias() == []


def test_barrido_retoma_la_que_quedo_huerfana(pedida, monkeypatch):
    monkeypatch.setattr(recalculo_masivo, "LOTE", 1)
    job = pedida()
    avanzar(job.pk)
    avanzar(job.pk)
    job.refresh_from_db()
    assert (job.estado, job.total, job.hechos) == ("EN_CURSO", 3, 1)
    assert tasks.recalcular_plazos() == 2
    job.refresh_from_db()
    assert (job.estado, job.hechos) == ("TERMINADO", 3)


def test_lo_mas_urgente_se_mueve_primero(pedida, camino, monkeypatch, decretar, jefe):
    monkeypatch.setattr(recalculo_masivo, "LOTE", 1)
    camino.ahora = local("2026-11-23 16:00")
    tarde = camino.generar().ticket
    camino.ahora = LUNES
    pronto = camino.generar().ticket
    decretar()
    job, _ = pedir(Calendario.objects.get(), jefe, "Decreto", huella(), uuid4(), MEDIODIA)
    avanzar(job.pk)
    avanzar(job.pk)
    assert Plazo.objects.get(expediente=pronto).vence_en == DESPUES
    assert Plazo.objects.get(expediente=tarde).vence_en == local("2026-11-25 16:00")


# --- asked for once


def test_la_misma_clave_es_la_misma_revision(calendario_cl, jefe):
    clave = uuid4()
    uno, es_nueva = pedir(calendario_cl, jefe, "Ley", huella(), clave, MEDIODIA)
    hasta_el_final(uno)
    otra, es_otra = pedir(calendario_cl, jefe, "Ley", huella(), clave, MEDIODIA)
    assert (otra.pk, es_nueva, es_otra) == (uno.pk, True, False)


def test_una_revision_a_la_vez_por_calendario(calendario_cl, jefe):
    uno, _ = pedir(calendario_cl, jefe, "Ley", huella(), uuid4(), MEDIODIA)
    otra, es_nueva = pedir(calendario_cl, jefe, "Otra", huella(), uuid4(), MEDIODIA)
    assert (otra.pk, es_nueva) == (uno.pk, False)
    datos = {"motivo": "x", "pedido_por": jefe, "pedido_en": MEDIODIA, "huella": "x"}
    with pytest.raises(IntegrityError), transaction.atomic():
        Recalculo.objects.create(calendario=calendario_cl, **datos)
    with pytest.raises(IntegrityError), transaction.atomic():
        Recalculo.objects.create(**datos)


def test_calendario_que_cambia_a_medias_detiene_la_revision(pedida, decretar, monkeypatch):
    """What is applied is what was read: other dates are seen first."""
    monkeypatch.setattr(recalculo_masivo, "LOTE", 1)
    job = pedida()
    avanzar(job.pk)
    avanzar(job.pk)
    decretar(25, "Otro decreto")
    hasta_el_final(job)
    assert (job.estado, job.hechos, estados(job)) == (
        "DETENIDO",
        1,
        ["MOVIDO", "PENDIENTE", "PENDIENTE"],
    )
    assert "volvió a cambiar" in job.error
    assert Plazo.objects.filter(vence_en=ANTES).count() == 2
    assert reintentar(job) is False


# --- one that fails


@pytest.mark.parametrize("pierde", ["rol", "empresa", "cuenta", "personal"])
def test_quien_la_pidio_y_ya_no_administra_no_mueve_mas(
    pedida, monkeypatch, jefe, administra, pierde
):
    monkeypatch.setattr(recalculo_masivo, "LOTE", 1)
    job = pedida()
    avanzar(job.pk)
    avanzar(job.pk)
    if pierde == "rol":
        administra.delete()
    elif pierde == "empresa":
        Membresia.objects.filter(pk=administra.pk).update(sede=administra.empresa.sedes.first())
    else:
        campo = {"cuenta": "is_active", "personal": "is_staff"}[pierde]
        type(jefe).objects.filter(pk=jefe.pk).update(**{campo: False})
    hasta_el_final(job)
    assert (job.estado, job.hechos, job.error) == ("DETENIDO", 1, recalculo_masivo.SIN_QUIEN)
    assert estados(job) == ["MOVIDO", "PENDIENTE", "PENDIENTE"]
    assert Plazo.objects.filter(vence_en=DESPUES).count() == 1


def test_un_caso_que_falla_no_detiene_a_los_demas(pedida, monkeypatch, camino):
    job = pedida()
    malo = camino.ticket.pk
    de_verdad = recalculo_masivo.revisar_casos

    def revisar(ids, *args, **kwargs):
        if malo in ids:
            raise ValueError("veneno")
        return de_verdad(ids, *args, **kwargs)

    with monkeypatch.context() as m:
        m.setattr(recalculo_masivo, "revisar_casos", revisar)
        hasta_el_final(job)
    assert (job.estado, job.hechos, estados(job)) == (
        "DETENIDO",
        3,
        ["FALLIDO", "MOVIDO", "MOVIDO"],
    )
    assert job.error == "1 plazo no se pudo mover. Los demás quedaron movidos."
    assert reintentar(job) is True
    with pytest.raises(Conflicto, match="ya puso en marcha"):
        reintentar(job)
    hasta_el_final(job)
    assert (job.estado, job.hechos, job.error, estados(job)) == (
        "TERMINADO",
        3,
        "",
        ["MOVIDO"] * 3,
    )
    assert Movimiento.objects.filter(verbo="recalcular_plazo").count() == 3


@pytest.mark.parametrize("se_ve", [True, False], ids=["before", "at the same instant"])
def test_de_dos_revisiones_de_un_dato_una_se_reintenta(pedida, monkeypatch, jefe, se_ve):
    """Who loses is told: neither sees the other's row before both write."""
    una = hasta_el_final(pedida(1))
    otra, _ = pedir(una.dato, jefe, "Decreto 124", huella(), uuid4(), MEDIODIA)
    otra = hasta_el_final(otra)
    linea = una.lineas.get()
    PlazoRecalculado.objects.create(
        recalculo=otra,
        plazo=linea.plazo,
        expediente=linea.expediente,
        antes=ANTES,
        despues=DESPUES,
        estado="FALLIDO",
    )
    una.lineas.update(estado="FALLIDO")
    if not se_ve:
        monkeypatch.setattr(recalculo_masivo, "_previo", lambda *args: None)
    assert reintentar(una) is True
    with pytest.raises(Conflicto, match="ya puso en marcha"):
        reintentar(otra)
    otra.refresh_from_db()
    assert (otra.estado, estados(otra)) == ("TERMINADO", ["FALLIDO"])


# --- what it costs


@pytest.mark.parametrize("casos", [1, 5])
def test_lote_cuesta_lo_mismo_con_mas_casos(pedida, casos, django_assert_num_queries):
    job = pedida(casos)
    avanzar(job.pk)
    # Two savepoints (4), the hour, the job, two stamps, next lines (2), roles, cases, clocks,
    # schedule, states, movements, details, clocks, cases, lines, job.
    with django_assert_num_queries(21):
        assert avanzar(job.pk) is True
    assert PlazoRecalculado.objects.filter(estado="MOVIDO").count() == casos


@pytest.mark.parametrize("casos", [1, 5])
def test_preparar_cuesta_lo_mismo_con_mas_casos(pedida, casos, django_assert_num_queries):
    job = pedida(casos)
    with django_assert_num_queries(14):
        assert avanzar(job.pk) is True
    assert job.lineas.count() == casos


# --- the hint


def test_pista_corre_en_el_momento_si_celery_es_inmediato(
    calendario_cl, jefe, settings, django_capture_on_commit_callbacks
):
    from postventa.celery import app

    settings.CELERY_PISTAS = True
    app.conf.task_always_eager = True
    try:
        with django_capture_on_commit_callbacks(execute=True):
            job, _ = pedir(calendario_cl, jefe, "Ley", huella(), uuid4(), MEDIODIA)
    finally:
        app.conf.task_always_eager = False
    job.refresh_from_db()
    assert job.estado == "TERMINADO"


def test_sin_broker_la_revision_queda_pedida(
    calendario_cl, jefe, settings, monkeypatch, django_capture_on_commit_callbacks
):
    settings.CELERY_PISTAS = True

    def caido(*args, **kwargs):
        raise OSError

    monkeypatch.setattr(tasks.recalcular_plazos, "apply_async", caido)
    with django_capture_on_commit_callbacks(execute=True):
        job, _ = pedir(calendario_cl, jefe, "Ley", huella(), uuid4(), MEDIODIA)
    assert Recalculo.objects.get() == job
    assert job.estado == "PENDIENTE"

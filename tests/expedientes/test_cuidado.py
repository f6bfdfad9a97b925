"""Night work: anchors and forgetting. Twice changes nothing."""

import os
from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone

from postventa.calendario import hora
from postventa.expedientes import cuidado
from postventa.expedientes.cuidado import anclar, huella_de_cadenas, purgar
from postventa.expedientes.models import Adjunto, Ancla, Borrador, Movimiento


def test_ancla_dos_veces_es_una(camino):
    camino.generar()
    ancla = anclar()
    assert anclar() is None
    assert Ancla.objects.get() == ancla
    ultimo = Movimiento.objects.get()
    assert (ancla.hasta_movimiento, ancla.cantidad) == (ultimo.pk, 1)


def test_ancla_sin_movimientos_no_hay(db):
    assert anclar() is None


def test_ancla_siguiente_cubre_lo_nuevo(camino):
    camino.generar()
    anclar()
    camino.contactar()
    assert anclar().cantidad == 2


def test_huella_lee_por_partes_y_en_orden(camino, django_assert_num_queries):
    camino.generar().contactar()
    ultimo = Movimiento.objects.last().pk
    with django_assert_num_queries(1):
        assert huella_de_cadenas(ultimo)[0] == 2
    assert huella_de_cadenas(ultimo) == huella_de_cadenas(ultimo)


@pytest.fixture
def borrador(icalma, cliente, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    ahora = timezone.now()

    def hacer(vence_en):
        fila = Borrador.objects.create(
            empresa=icalma, cliente=cliente, tipo="icalma", creado_en=ahora, vence_en=vence_en
        )
        return Adjunto.objects.create(
            borrador=fila,
            archivo=ContentFile(b"foto", "foto.jpg"),
            nombre="foto.jpg",
            tipo="image/jpeg",
            bytes=4,
            sha256="0" * 64,
            creado_en=ahora,
        )

    return hacer


def archivos(raiz):
    return {p.relative_to(raiz).as_posix() for p in raiz.rglob("*") if p.is_file()}


def test_purga_borra_lo_vencido_con_sus_archivos_y_nada_mas(
    borrador, tmp_path, django_capture_on_commit_callbacks
):
    borrador(timezone.now() - timedelta(minutes=1))
    vigente = borrador(timezone.now() + timedelta(days=1))
    with django_capture_on_commit_callbacks(execute=True):
        assert purgar() == 2  # the draft and its attachment
        assert purgar() == 0
    assert archivos(tmp_path) == {vigente.archivo.name}
    assert Borrador.objects.get().pk == vigente.borrador_id


def test_purga_no_toca_el_archivo_que_ya_es_de_un_caso(camino, borrador):
    adjunto = borrador(timezone.now() - timedelta(minutes=1))
    camino.generar()
    Adjunto.objects.filter(pk=adjunto.pk).update(expediente=camino.ticket, borrador=None)
    assert purgar() == 1
    assert adjunto.archivo.storage.exists(adjunto.archivo.name)


def test_purga_que_falla_no_pierde_los_archivos(borrador, tmp_path, monkeypatch):
    adjunto = borrador(timezone.now() - timedelta(minutes=1))

    def fallar():
        raise OSError

    monkeypatch.setattr(cuidado, "_barrer_sueltos", fallar)
    with pytest.raises(OSError), transaction.atomic():
        purgar()
    assert (Borrador.objects.count(), archivos(tmp_path)) == (1, {adjunto.archivo.name})


def test_purga_juzga_con_el_reloj_del_producto(borrador):
    borrador(timezone.now() + timedelta(days=1))
    assert purgar() == 0
    hora.mover(2 * 86_400)
    assert purgar() == 2


def test_archivo_sin_fila_se_borra_cuando_tiene_mas_de_una_hora(borrador, tmp_path):
    vigente = borrador(timezone.now() + timedelta(days=1)).archivo.name
    reciente = tmp_path / "adjuntos" / "2026" / "11" / "recien.jpg"
    suelto = reciente.with_name("suelto.jpg")
    reciente.parent.mkdir(parents=True, exist_ok=True)
    hace_dos_horas = timezone.now().timestamp() - 7_200
    for archivo in (reciente, suelto):
        archivo.write_bytes(b"foto")
    for archivo in (suelto, tmp_path / vigente):
        os.utime(archivo, (hace_dos_horas, hace_dos_horas))

    assert purgar() == 1
    assert archivos(tmp_path) == {vigente, "adjuntos/2026/11/recien.jpg"}
    assert purgar() == 0

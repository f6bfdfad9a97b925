"""What waits for the same person leaves as one digest, once, when the office is open."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core import mail

from postventa.avisos import outbox, tasks
from postventa.avisos.agrupar import agrupar
from postventa.avisos.models import Aviso
from postventa.calendario import hora

AHORA = datetime(2026, 11, 23, 13, 15, tzinfo=UTC)
ABRE = AHORA + timedelta(hours=3)
ANA, BETO = ("Ana Díaz", "ana@icalma.example"), ("Beto Paz", "beto@icalma.example")


def alerta(empresa, clave, para=ANA, tipo="plazo_vencimiento", sobre=None, **cambios):
    datos = {
        "folio": f"ICA-{clave}",
        "sede": "Condominio Los Arrayanes",
        "plazo": "Contactar al propietario",
        "vence_en": "2026-11-23T13:15:00+00:00",
        "zona": "America/Santiago",
        "url": f"http://testserver/consola/{clave}/",
        "sobre": sobre or -len(clave) - Aviso.objects.count(),
    }
    aviso = outbox.nuevo(
        empresa.pk, tipo, clave, para, datos, AHORA, **{"grupo": "plazo_resumen", **cambios}
    )
    outbox.encolar([aviso])
    return Aviso.objects.get(clave=clave)


def estados():
    return list(Aviso.objects.order_by("pk").values_list("tipo", "estado"))


def folios(aviso):
    return [a["folio"] for a in aviso.datos["alertas"]]


def test_una_sola_sale_sola(icalma):
    alerta(icalma, "a")
    assert agrupar(AHORA) == 0
    aviso = Aviso.objects.get()
    assert (aviso.tipo, aviso.estado, aviso.grupo) == ("plazo_vencimiento", "EN_COLA", "")


def test_dos_salen_en_un_resumen(icalma):
    alerta(icalma, "a")
    alerta(icalma, "b")
    assert agrupar(AHORA) == 1
    assert estados() == [
        ("plazo_vencimiento", "AGRUPADO"),
        ("plazo_vencimiento", "AGRUPADO"),
        ("plazo_resumen", "EN_COLA"),
    ]
    resumen = Aviso.objects.get(tipo="plazo_resumen")
    assert (resumen.destino, folios(resumen)) == (ANA[1], ["ICA-a", "ICA-b"])
    assert list(resumen.va.values_list("clave", flat=True).order_by("pk")) == ["a", "b"]


def test_cada_persona_el_suyo(icalma):
    for clave, para in (("a", ANA), ("b", BETO), ("c", ANA)):
        alerta(icalma, clave, para)
    assert agrupar(AHORA) == 1
    assert folios(Aviso.objects.get(tipo="plazo_resumen")) == ["ICA-a", "ICA-c"]
    assert Aviso.objects.get(clave="b").estado == "EN_COLA"


def test_una_persona_de_dos_empresas_recibe_uno_de_cada_una(icalma):
    otra = type(icalma).objects.get(pk=icalma.pk)
    otra.pk, otra.codigo, otra.prefijo_folio = None, "otra", "OTR"
    otra.save(force_insert=True)
    for clave, empresa in (("a", icalma), ("b", otra), ("c", icalma), ("d", otra)):
        alerta(empresa, clave)
    assert agrupar(AHORA) == 2
    resumenes = Aviso.objects.filter(tipo="plazo_resumen").order_by("pk")
    assert [(r.empresa_id, folios(r)) for r in resumenes] == [
        (icalma.pk, ["ICA-a", "ICA-c"]),
        (otra.pk, ["ICA-b", "ICA-d"]),
    ]


def test_antes_de_la_apertura_nadie_la_toca(icalma):
    alerta(icalma, "a", no_antes_en=ABRE)
    alerta(icalma, "b", no_antes_en=ABRE)
    assert agrupar(ABRE - timedelta(seconds=1)) == 0
    assert estados() == [("plazo_vencimiento", "EN_COLA")] * 2
    assert agrupar(ABRE) == 1


def test_dos_veces_no_cambia_nada(icalma):
    alerta(icalma, "a")
    alerta(icalma, "b")
    agrupar(AHORA)
    antes = list(Aviso.objects.order_by("pk").values())
    assert agrupar(AHORA) == 0
    assert agrupar(AHORA - timedelta(days=3)) == 0
    assert list(Aviso.objects.order_by("pk").values()) == antes


def test_lo_que_llega_despues_va_en_otro(icalma):
    for clave in "ab":
        alerta(icalma, clave)
    agrupar(AHORA)
    for clave in "cd":
        alerta(icalma, clave)
    assert agrupar(AHORA) == 1
    resumenes = Aviso.objects.filter(tipo="plazo_resumen").order_by("pk")
    assert [folios(r) for r in resumenes] == [["ICA-a", "ICA-b"], ["ICA-c", "ICA-d"]]


def test_de_un_mismo_plazo_se_cuenta_solo_lo_ultimo(icalma):
    """It was about to, and then it did, while the office was closed: one alert, the breach."""
    previa = alerta(icalma, "a", tipo="plazo_advertencia", sobre=7)
    ultima = alerta(icalma, "b", sobre=7)
    assert agrupar(AHORA) == 0
    assert estados() == [("plazo_advertencia", "AGRUPADO"), ("plazo_vencimiento", "EN_COLA")]
    previa.refresh_from_db()
    assert previa.resumen == ultima


@pytest.mark.parametrize("cuantas", [2, 20])
def test_sentencias_constantes(icalma, cuantas, django_assert_num_queries):
    for n in range(cuantas):
        alerta(icalma, f"k{n}", ANA if n % 2 else BETO)
        alerta(icalma, f"j{n}", ANA if n % 2 else BETO)
    # claim, digests, members, inside one savepoint
    with django_assert_num_queries(5):
        assert agrupar(AHORA) == 2


def test_nada_que_agrupar_es_una_lectura(icalma, django_assert_num_queries):
    alerta(icalma, "a", no_antes_en=ABRE)
    with django_assert_num_queries(3):
        assert agrupar(AHORA) == 0


def test_cliente_no_espera(icalma):
    """A customer's mail has neither hour nor group."""
    aviso = alerta(icalma, "a", grupo="")
    assert [a.pk for a in tasks.reclamar()] == [aviso.pk]


def test_recordatorio_sin_grupo_espera_su_hora(icalma):
    hora.fijar(AHORA)
    alerta(icalma, "a", grupo="", no_antes_en=ABRE)
    assert tasks.reclamar() == []
    hora.fijar(ABRE)
    assert len(tasks.reclamar()) == 1


def test_cartero_espera_la_hora_del_producto_y_no_la_real(icalma):
    """Who moves the clock to a working hour gets the mail in the next pass, and only once."""
    hora.fijar(AHORA)
    alerta(icalma, "a", no_antes_en=ABRE)
    alerta(icalma, "b", no_antes_en=ABRE)
    assert tasks.barrer() == 0
    hora.fijar(ABRE)
    assert tasks.barrer() == 1
    for instante in (AHORA, ABRE, AHORA - timedelta(days=9), ABRE + timedelta(days=900)):
        hora.fijar(instante)
        assert tasks.barrer() == 0
    (correo,) = mail.outbox
    assert correo.to[0].endswith("<ana@icalma.example>")
    assert "2 plazos vencidos en Icalma" in correo.subject


def test_agrupar_que_falla_no_detiene_los_correos_a_clientes(icalma, monkeypatch, caplog):
    alerta(icalma, "a", grupo="")

    def roto(ahora):
        raise ZeroDivisionError

    monkeypatch.setattr(tasks, "agrupar", roto)
    assert tasks.barrer() == 1
    assert "no se pudieron agrupar" in caplog.text

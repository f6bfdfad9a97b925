"""CAPERA's clocks, with the time moved (C-07, C-09, C-13, C-14, C-16; D-08)."""

from datetime import date, timedelta

import pytest
from django.forms import modelform_factory

from postventa.avisos import correo, tasks
from postventa.avisos.models import Aviso
from postventa.calendario import hora
from postventa.consola.admin.plazos import FormularioDePolitica
from postventa.consola.relojes import relojes_de
from postventa.expedientes.verificacion import Cuenta, verificar
from postventa.plazos.models import Plazo, PoliticaPlazo
from postventa.tramitacion.barrido import barrer
from postventa.tramitacion.errores import Conflicto, DatosInvalidos
from postventa.tramitacion.recalculo import revisiones
from tests.avisos.rebotes import por_postmark
from tests.calendario.lugares import LIMA
from tests.conftest import local
from tests.reclamos.conftest import JUEVES

NUEVA = date(2027, 1, 15)
QUINTO = "2026-12-03 23:59:59"


def barrer_a_las(texto):
    return barrer(local(texto, LIMA))


def estados(caso):
    return list(caso.reclamo.plazos.order_by("pk").values_list("codigo", "ordinal", "estado"))


@pytest.mark.regla("C-07")
def test_por_escrito_hay_cinco_dias_habiles_para_informar_el_ingreso(caso):
    caso.recibir("correo")
    assert caso.vence("ingreso") == "2026-12-03 23:59:59"
    caso.formalizar().a_las("2026-12-03 23:59:59").numerar()
    assert caso.plazo("ingreso").estado == "CUMPLIDO"


@pytest.mark.regla("C-07")
def test_informado_al_sexto_dia_es_tarde(caso):
    caso.recibir("correo").formalizar().a_las("2026-12-04 00:00:00").numerar()
    assert caso.plazo("ingreso").estado == "CUMPLIDO_TARDE"


@pytest.mark.regla("C-07")
def test_a_quien_no_tiene_correo_hay_que_decirselo_de_otro_modo(caso, denunciante, plantel):
    denunciante.correo = ""
    denunciante.save()
    caso.ingresar("carta")
    assert caso.plazo("ingreso").estado == "CORRIENDO"
    with pytest.raises(DatosInvalidos):
        caso.anotar("informar_ingreso", plantel.legal)
    caso.pasar(days=1).anotar("informar_ingreso", plantel.legal, medio="Por teléfono")
    assert caso.plazo("ingreso").estado == "CUMPLIDO"
    with pytest.raises(Conflicto, match="Ya se le informó"):
        caso.anotar("informar_ingreso", plantel.legal, medio="Por teléfono")


# --- RF-18: a notice that never arrives


@pytest.fixture
def rebota(monkeypatch):
    """The complainant's mail server refuses the notice; everybody else's takes theirs."""

    def enviar(aviso):
        if aviso.tipo == "capera/ingreso":
            raise correo.Permanente("550: dirección rechazada")
        return "Asunto"

    monkeypatch.setattr(correo, "enviar", enviar)


def a_legal(caso):
    return caso.reclamo.avisos.filter(
        tipo="capera/personal", datos__titulo__icontains="no le llegó"
    )


@pytest.mark.regla("C-07")
def test_un_aviso_que_no_llega_no_cumple_el_plazo_y_legal_lo_sabe(caso, plantel, rebota):
    caso.ingresar("correo")
    assert (caso.plazo("ingreso").estado, caso.vence("ingreso")) == ("CUMPLIDO", QUINTO)
    tasks.barrer()
    caso.releer()
    assert caso.reclamo.informada_en is None
    assert (caso.plazo("ingreso").estado, caso.vence("ingreso")) == ("CORRIENDO", QUINTO)
    assert caso.plazo("ingreso").detenido_en is None
    assert caso.reclamo.proximo_vence_en == caso.plazo("ingreso").vence_en
    (aviso,) = a_legal(caso)
    assert aviso.destino == plantel.legal.email
    assert "jueves 3 de diciembre" in aviso.datos["detalle"]
    assert caso.reclamo.avisos.get(tipo="capera/ingreso").estado == "FALLIDO"
    barrer_a_las("2026-12-04 10:00")
    assert caso.plazo("ingreso").estado == "VENCIDO"
    caso.a_las("2026-12-04 11:00").anotar("informar_ingreso", plantel.legal, medio="Por teléfono")
    assert caso.plazo("ingreso").estado == "CUMPLIDO_TARDE"
    assert list(verificar(Cuenta())) == []


@pytest.mark.regla("C-07")
def test_a_quien_se_le_dijo_de_palabra_no_se_le_debe_otra_vez(caso, rebota):
    caso.ingresar("caseta")
    tasks.barrer()
    assert caso.releer().informada_en == JUEVES
    assert caso.plazo("ingreso").estado == "CUMPLIDO"
    assert a_legal(caso).count() == 1


def test_reintentado_y_rechazado_de_nuevo_no_borra_lo_dicho_por_telefono(caso, plantel, rebota):
    caso.ingresar("correo")
    tasks.barrer()
    caso.pasar(hours=2).anotar("informar_ingreso", plantel.legal, medio="Por teléfono")
    caso.reclamo.avisos.filter(tipo="capera/ingreso").update(estado="EN_COLA")
    tasks.barrer()
    assert caso.releer().informada_en == caso.ahora
    assert caso.plazo("ingreso").estado == "CUMPLIDO"


def test_de_una_archivada_no_se_reabre_nada(caso, plantel, rebota):
    caso.respondida().tramitar("conformar", caso.cliente).archivar()
    tasks.barrer()
    assert caso.plazo("ingreso").estado == "CUMPLIDO"
    assert not a_legal(caso).exists()


@pytest.mark.regla("C-09")
def test_veinte_dias_habiles_desde_el_recibo_y_quince_del_plazo_legal(caso):
    caso.recibir()
    # 8, 9 and 25 December are holidays in Peru.
    assert caso.vence("respuesta") == "2026-12-29 23:59:59"
    assert caso.vence("plazo_legal") == "2026-12-21 23:59:59"
    assert caso.reclamo.proximo_vence_en == local("2026-12-03 23:59:59", LIMA)


@pytest.mark.regla("C-09")
def test_el_plazo_cuenta_desde_que_se_recibio_no_desde_que_se_anoto(caso):
    caso.recibir("carta", recibida_en=JUEVES - timedelta(days=1))
    assert caso.vence("respuesta") == "2026-12-28 23:59:59"


def test_quien_no_es_consumidor_no_tiene_plazo_legal(caso):
    caso.recibir(es_consumidor=False)
    assert not caso.reclamo.plazos.filter(codigo="plazo_legal").exists()


@pytest.mark.regla("C-09")
def test_responder_detiene_ambos_plazos_y_abre_el_de_conformidad(caso):
    caso.analizar().a_las("2026-12-22 09:00").responder()
    assert caso.plazo("respuesta").estado == "CUMPLIDO"
    assert caso.plazo("plazo_legal").estado == "CUMPLIDO_TARDE"
    assert caso.vence("conformidad") == "2027-01-01 23:59:59"


def test_vencida_la_respuesta_lo_saben_el_responsable_gerencia_y_legal(caso, plantel):
    caso.analizar(es_consumidor=False)
    barrer_a_las("2026-12-30 10:00")
    quienes = Aviso.objects.filter(tipo="plazo_vencimiento").values_list("destino", flat=True)
    assert sorted(quienes) == sorted(
        p.email for p in (plantel.jefa_obra, plantel.gerente, plantel.gerenta, plantel.legal)
    )


# --- extension


@pytest.mark.regla("C-16")
def test_prorroga_lleva_el_plazo_a_la_fecha_y_no_toca_el_legal(caso, plantel):
    caso.analizar()
    caso.tramitar("prorrogar", plantel.jefa_obra, motivo="Falta el perito", nueva_fecha_el=NUEVA)
    assert caso.vence("respuesta") == "2027-01-15 23:59:59"
    assert caso.vence("plazo_legal") == "2026-12-21 23:59:59"
    assert estados(caso) == [
        ("ingreso", 1, "CUMPLIDO"),
        ("respuesta", 1, "CANCELADO"),
        ("plazo_legal", 1, "CORRIENDO"),
        ("respuesta", 2, "CORRIENDO"),
    ]
    (prorroga,) = caso.reclamo.prorrogas.all()
    assert prorroga.vencia_en == local("2026-12-29 23:59:59", LIMA)
    assert (prorroga.motivo, prorroga.por) == ("Falta el perito", plantel.jefa_obra)
    caso.a_las("2027-01-15 18:00").responder()
    assert caso.plazo("respuesta").estado == "CUMPLIDO"
    assert caso.plazo("plazo_legal").estado == "CUMPLIDO_TARDE"


@pytest.mark.regla("C-16")
def test_el_plazo_prorrogado_lo_dice_en_la_consola(caso, plantel):
    caso.analizar()
    caso.tramitar("prorrogar", plantel.jefa_obra, motivo="Falta el perito", nueva_fecha_el=NUEVA)
    antes, *_ = relojes_de(list(caso.reclamo.plazos.filter(codigo="respuesta")), caso.sede, JUEVES)[
        1:
    ]
    assert antes.falta == "Prorrogado hasta el viernes 15 de enero"
    assert antes.plazo.estado == "CANCELADO"


def test_el_recordatorio_va_al_reclamante_diga_lo_que_diga_la_politica(caso, denunciante):
    PoliticaPlazo.objects.filter(codigo="conformidad").update(avisa_a="legal gerente")
    caso.respondida()
    Aviso.objects.all().delete()
    barrer_a_las("2026-12-05 10:00")
    avisos = Aviso.objects.filter(tipo="capera/por_archivar")
    assert [a.destino for a in avisos] == [denunciante.correo]


def test_la_politica_del_recordatorio_no_ofrece_a_nadie_del_personal(capera):
    politica = PoliticaPlazo.objects.get(codigo="conformidad")
    politica.avisa_a = "legal"
    tipo = modelform_factory(PoliticaPlazo, form=FormularioDePolitica, fields=["avisa_a"])
    form = tipo({}, instance=politica)
    assert form.fields["avisa_a"].choices == [("reclamante", "Reclamante")]
    assert form.fields["avisa_a"].disabled
    assert form.is_valid(), form.errors
    assert form.cleaned_data["avisa_a"] == "reclamante"


@pytest.mark.regla("C-16")
def test_prorrogado_avisa_de_nuevo_y_ningun_calendario_lo_mueve(caso, plantel, capera):
    caso.analizar(es_consumidor=False)
    barrer_a_las("2026-12-22 10:00")
    assert caso.plazo("respuesta").estado == "ADVERTIDO"
    caso.a_las("2026-12-28 09:00")
    caso.tramitar("prorrogar", plantel.jefa_obra, motivo="Falta el perito", nueva_fecha_el=NUEVA)
    PoliticaPlazo.objects.filter(codigo="respuesta").update(cantidad=30)
    assert list(revisiones(Plazo.objects.filter(codigo="respuesta"))) == []
    barrer_a_las("2027-01-11 10:00")
    assert caso.plazo("respuesta").estado == "ADVERTIDO"
    assert Aviso.objects.filter(tipo="plazo_advertencia").count() == 2


@pytest.mark.parametrize(
    ("datos", "campo"),
    [
        ({"motivo": " "}, "motivo"),
        ({"nueva_fecha_el": None}, "nueva_fecha_el"),
        ({"nueva_fecha_el": date(2026, 11, 25)}, "nueva_fecha_el"),
        # Not before what was already promised, nor that same day.
        ({"nueva_fecha_el": date(2026, 12, 29)}, "nueva_fecha_el"),
    ],
)
@pytest.mark.regla("C-16")
def test_prorroga_sin_motivo_o_sin_fecha_posterior_se_rechaza(caso, plantel, datos, campo):
    caso.analizar()
    base = {"motivo": "Falta el perito", "nueva_fecha_el": NUEVA}
    with pytest.raises(DatosInvalidos) as rechazo:
        caso.tramitar("prorrogar", plantel.jefa_obra, **base | datos)
    assert set(rechazo.value.campos) == {campo}
    assert caso.vence("respuesta") == "2026-12-29 23:59:59"


@pytest.mark.regla("C-16")
def test_vencido_el_plazo_ya_no_hay_prorroga(caso, plantel):
    caso.analizar().a_las("2026-12-30 00:00:00")
    with pytest.raises(Conflicto, match="antes"):
        caso.tramitar("prorrogar", plantel.jefa_obra, motivo="Tarde", nueva_fecha_el=NUEVA)
    assert not caso.reclamo.prorrogas.exists()


def test_prorroga_tambien_mientras_se_visa(caso, plantel):
    caso.analizar("carta").tramitar("pedir_visado", plantel.jefa_obra, **caso.texto())
    caso.tramitar("prorrogar", plantel.jefa_obra, motivo="Gerencia viaja", nueva_fecha_el=NUEVA)
    assert caso.reclamo.estado == "POR_VISAR"


# --- silence


@pytest.mark.regla("C-13", "C-14")
def test_pasados_diez_dias_calendario_se_archiva_solo(caso):
    caso.a_las("2026-11-26 11:00").respondida()
    assert caso.vence("conformidad") == "2026-12-06 23:59:59"
    barrer_a_las("2026-12-06 23:59:59")
    assert caso.releer().estado == "RESPONDIDA"
    barrer_a_las("2026-12-07 00:00:00")
    assert caso.releer().estado == "ARCHIVADA"
    verbos = caso.reclamo.movimientos.order_by("numero").values_list("verbo", "antes", "despues")
    assert list(verbos)[-2:] == [
        ("archivar_por_silencio", "RESPONDIDA", "SILENCIO"),
        ("archivar_por_silencio", "SILENCIO", "ARCHIVADA"),
    ]
    assert (caso.reclamo.situacion, caso.reclamo.cierre.desde) == ("CERRADO", "SILENCIO")
    assert caso.plazo("conformidad").estado == "CUMPLIDO"
    antes = caso.reclamo.avisos.count()
    barrer_a_las("2026-12-08 00:00:00")
    assert caso.releer().avisos.count() == antes
    assert list(verificar(Cuenta())) == []


@pytest.mark.regla("C-13")
def test_a_los_ocho_dias_se_le_recuerda_al_reclamante_una_vez(caso):
    caso.respondida()
    for _ in range(2):
        barrer_a_las("2026-12-05 00:30:00")
    assert list(
        caso.reclamo.avisos.filter(tipo="capera/por_archivar").values_list("destino", "grupo")
    ) == [("rosa@correo.example", "")]
    assert not Aviso.objects.filter(tipo__startswith="plazo_").exists()


@pytest.mark.parametrize("verbo", ["conformar", "disconformar"])
@pytest.mark.regla("C-13")
def test_se_manifiesta_hasta_el_ultimo_segundo_y_no_despues(caso, denunciante, verbo):
    caso.respondida().a_las("2026-12-07 00:00:00")
    with pytest.raises(Conflicto, match="ya terminó"):
        caso.tramitar(verbo, denunciante)
    caso.a_las("2026-12-06 23:59:59").tramitar(verbo, denunciante)
    assert caso.plazo("conformidad").estado == "CUMPLIDO"


@pytest.mark.regla("C-14")
def test_disconforme_sin_nuevos_antecedentes_se_archiva_a_los_diez_dias(caso, denunciante):
    caso.respondida().a_las("2026-12-01 10:00").tramitar("disconformar", denunciante)
    assert caso.vence("antecedentes") == "2026-12-11 23:59:59"
    barrer_a_las("2026-12-11 23:59:59")
    assert caso.releer().estado == "DISCONFORME"
    barrer_a_las("2026-12-12 00:00:00")
    assert caso.releer().estado == "ARCHIVADA"
    assert caso.reclamo.cierre.desde == "DISCONFORME"


@pytest.mark.regla("C-14")
def test_nuevos_antecedentes_reabren_con_veinte_dias_mas_y_nada_se_archiva(
    caso, denunciante, plantel
):
    caso.respondida().a_las("2026-12-01 10:00").tramitar("disconformar", denunciante)
    with pytest.raises(DatosInvalidos):
        caso.tramitar("reanalizar", plantel.legal)
    caso.tramitar("reanalizar", plantel.legal, antecedentes="Un plano firmado")
    assert caso.plazo("antecedentes").estado == "CUMPLIDO"
    assert caso.vence("respuesta") == "2027-01-04 23:59:59"
    assert caso.reclamo.plazos.filter(codigo="plazo_legal").count() == 1
    barrer_a_las("2026-12-20 00:00:00")
    assert caso.releer().estado == "EN_ANALISIS"
    # What was found the first time does not do for the second.
    with pytest.raises(Conflicto, match="escuchar"):
        caso.responder()
    assert caso.cumplir().responder().reclamo.respuestas.count() == 2


@pytest.mark.regla("C-07")
def test_un_aviso_que_rebota_dias_despues_tampoco_cumple_el_plazo(caso, client):
    """RF-18: its provider took it, and told later that it came back."""
    caso.recibir("correo").formalizar().numerar()
    tasks.barrer()
    Aviso.objects.filter(tipo="capera/ingreso").update(id_de_envio="883953f4-6105-42a2")
    assert caso.plazo("ingreso").estado == "CUMPLIDO"
    hora.fijar(caso.pasar(days=2).ahora)
    assert por_postmark(client, "883953f4-6105-42a2").status_code == 200
    assert caso.plazo("ingreso").estado == "CORRIENDO"
    assert caso.releer().informada_en is None
    assert a_legal(caso).count() == 1

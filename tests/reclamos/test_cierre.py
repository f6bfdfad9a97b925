"""The closed register and what is learned (C-14, C-15, C-18, C-21, C-22)."""

from datetime import date

import pytest

from postventa.avisos.models import Aviso
from postventa.expedientes.verificacion import Cuenta, verificar
from postventa.tramitacion.barrido import barrer
from postventa.tramitacion.errores import Conflicto, DatosInvalidos
from reclamos.models import Agregado, Causa, Cierre
from tests.calendario.lugares import LIMA
from tests.conftest import local


@pytest.fixture
def conforme(caso, denunciante):
    return caso.respondida().tramitar("conformar", denunciante)


@pytest.fixture
def callada(caso):
    """Archived by the complainant's silence."""
    caso.respondida()
    barrer(local("2026-12-07 09:00", LIMA))
    caso.releer()
    return caso.a_las("2026-12-09 09:00")


@pytest.mark.parametrize(
    "falta", ["acciones", "resultados", "conclusiones", "lecciones", "propuestas"]
)
@pytest.mark.regla("C-18")
def test_no_se_cierra_sin_todo_lo_que_pide_el_cierre(conforme, falta):
    type(conforme.reclamo).objects.update(conclusiones="")
    with pytest.raises(Conflicto, match="lecciones aprendidas"):
        conforme.archivar(**{falta: " "})
    assert conforme.releer().estado == "CONFORME"
    assert not Cierre.objects.exists()


@pytest.mark.regla("C-14", "C-18", "C-21")
def test_archivada_entra_al_registro_con_todo_lo_suyo(conforme, plantel):
    reclamo = conforme.archivar().reclamo
    cierre = reclamo.cierre
    assert {campo: getattr(cierre, campo) for campo in conforme.cierre} == conforme.cierre
    assert (cierre.desde, cierre.por, cierre.en) == ("CONFORME", plantel.legal, conforme.ahora)
    assert reclamo.cerrado_en == conforme.ahora
    assert Cierre._meta.verbose_name_plural == "Registro de Control de Quejas y Reclamos Cerrados"
    assert conforme.correos()[-1] == ("capera/archivada", "rosa@correo.example")


@pytest.mark.regla("C-21")
def test_el_registro_de_cerrados_solo_se_lee(conforme):
    cierre = conforme.archivar().reclamo.cierre
    cierre.lecciones = "Otra"
    for intento in (
        cierre.save,
        cierre.delete,
        lambda: Cierre.objects.update(lecciones="Otra"),
        lambda: Cierre.objects.all().delete(),
    ):
        with pytest.raises(TypeError, match="registro de cerrados"):
            intento()
    assert Cierre.objects.get().lecciones == "lecciones del caso"


@pytest.mark.regla("C-21")
def test_de_una_archivada_nada_cambia(conforme, plantel, denunciante):
    conforme.archivar()
    textos = {"lecciones": "L", "propuestas": "P"}
    for que, por, datos in (
        ("aludir", plantel.gerente, {"aludidos": [plantel.otro]}),
        ("informar_ingreso", plantel.legal, {"medio": "voz"}),
        ("visar", plantel.gerente, {}),
        ("completar_cierre", plantel.legal, textos),
    ):
        with pytest.raises(Conflicto):
            conforme.anotar(que, por, **datos)


@pytest.mark.regla("C-14", "C-18")
def test_lo_que_faltaba_de_una_callada_se_agrega_una_vez(callada, plantel):
    cierre = callada.reclamo.cierre
    assert (cierre.esta_pendiente, cierre.conclusiones) == (True, "El plano tenía un error.")
    assert callada.correos()[-1] == ("capera/personal", "legal@capera.example")
    with pytest.raises(DatosInvalidos):
        callada.anotar("completar_cierre", plantel.legal, lecciones="Revisar planos")
    textos = {"lecciones": "Revisar planos", "propuestas": "Un visto bueno más"}
    callada.anotar("completar_cierre", plantel.legal, **textos)
    cierre = Cierre.objects.get()
    assert (cierre.esta_pendiente, cierre.lecciones) == (False, "")
    assert Agregado.objects.get().lecciones == "Revisar planos"
    with pytest.raises(Conflicto, match="no se edita"):
        callada.anotar("completar_cierre", plantel.legal, **textos)


# --- improvement


@pytest.mark.regla("C-15")
def test_de_la_causa_raiz_a_la_leccion(caso, camino_de_mejora, plantel):
    camino = camino_de_mejora(caso.analizar()).en_curso()
    assert camino.mejora.encargado == plantel.jefa_obra
    camino.verificar().tramitar(
        "publicar_leccion", plantel.legal, leccion="Revisar planos", extendida_a="Ventas, Sullana"
    )
    assert camino.mejora.estado == "LECCION_PUBLICADA"
    verbos = caso.reclamo.movimientos.filter(objeto="mejora").values_list("verbo", flat=True)
    assert len(verbos) == 5
    assert list(verificar(Cuenta())) == []


@pytest.mark.regla("C-15")
def test_que_no_haga_falta_un_plan_se_explica(caso, camino_de_mejora, plantel):
    camino = camino_de_mejora(caso.analizar()).identificar()
    with pytest.raises(DatosInvalidos):
        camino.tramitar("descartar_plan", plantel.legal)
    camino.tramitar("descartar_plan", plantel.legal, motivo="Fue un error de tipeo, aislado")
    assert camino.mejora.estado == "PLAN_NO_REQUERIDO"


@pytest.mark.parametrize(
    ("datos", "campo"),
    [
        ({"plan": ""}, "plan"),
        ({"encargado": None}, "encargado"),
        ({"plan_hasta_el": None}, "plan_hasta_el"),
        ({"plan_hasta_el": date(2026, 11, 25)}, "plan_hasta_el"),
    ],
)
@pytest.mark.regla("C-15")
def test_un_plan_tiene_acciones_encargado_y_fecha(caso, camino_de_mejora, datos, campo):
    camino = camino_de_mejora(caso.analizar()).identificar()
    with pytest.raises(DatosInvalidos) as rechazo:
        camino.abrir_plan(**datos)
    assert set(rechazo.value.campos) == {campo}


@pytest.mark.regla("C-15")
def test_la_eficacia_la_verifica_otro_y_si_no_la_hubo_el_plan_sigue(
    caso, camino_de_mejora, plantel
):
    camino = camino_de_mejora(caso.analizar()).identificar().abrir_plan(encargado=plantel.legal)
    camino.tramitar("iniciar_acciones", plantel.legal)
    with pytest.raises(Conflicto, match="distinto"):
        camino.verificar()
    with pytest.raises(DatosInvalidos):
        camino.verificar(plantel.gerente, eficaz=False)
    camino.anotar(
        "registrar_ineficacia",
        plantel.gerente,
        verificacion="Se repitió en dos planos",
        plan_hasta_el=date(2027, 3, 1),
    )
    assert (camino.mejora.estado, camino.mejora.es_eficaz) == ("ACCIONES_EN_CURSO", False)
    assert camino.verificar(plantel.gerente).mejora.verificada_por == plantel.gerente


@pytest.mark.regla("C-15")
def test_se_agrupan_los_de_la_misma_naturaleza(casos, camino_de_mejora, plantel):
    uno, igual = casos().analizar(), casos().ingresar()
    distinto = casos().ingresar(tipologia="cobranza")
    for ajeno in (distinto, uno):
        with pytest.raises(DatosInvalidos) as rechazo:
            camino_de_mejora(uno).identificar(iguales=[ajeno.reclamo])
        assert set(rechazo.value.campos) == {"iguales"}
    camino = camino_de_mejora(uno).identificar()
    assert (camino.mejora.veces, camino.mejora.propone_plan) == (1, False)
    camino.anotar("agrupar", plantel.legal, iguales=[igual.reclamo])
    assert (camino.mejora.veces, camino.mejora.propone_plan) == (2, True)


@pytest.mark.regla("C-15")
def test_causa_que_se_repite_propone_un_plan_y_se_avisa(casos, camino_de_mejora, capera):
    uno, dos, tres = (casos().analizar() for _ in range(3))
    assert not camino_de_mejora(uno).identificar().mejora.propone_plan
    repetida = camino_de_mejora(dos).identificar().mejora
    assert (repetida.veces, repetida.propone_plan) == (2, True)
    avisados = [a.destino for a in Aviso.objects.all() if "se repite" in a.datos.get("titulo", "")]
    quienes = ("gerenta", "gerente", "legal")
    assert sorted(avisados) == [f"{quien}@capera.example" for quien in quienes]
    otra = Causa.objects.create(empresa=capera, nombre="Atraso del proveedor")
    assert camino_de_mejora(tres).identificar(causa=otra).mejora.veces == 1


@pytest.mark.regla("C-15")
def test_causa_de_hace_mas_de_un_anio_no_es_repetida(casos, camino_de_mejora):
    camino_de_mejora(casos().analizar()).identificar()
    despues = casos().analizar().a_las("2027-11-27 09:00")
    assert not camino_de_mejora(despues).identificar().mejora.propone_plan


@pytest.mark.regla("C-22")
def test_la_leccion_se_extiende_y_llega_a_todo_el_plantel(caso, camino_de_mejora, plantel):
    camino = camino_de_mejora(caso.analizar()).en_curso().verificar()
    with pytest.raises(DatosInvalidos) as rechazo:
        camino.tramitar("publicar_leccion", plantel.legal, leccion="Revisar planos")
    assert set(rechazo.value.campos) == {"extendida_a"}
    antes = len(caso.correos())
    camino.tramitar(
        "publicar_leccion", plantel.legal, leccion="Revisar planos", extendida_a="Sullana"
    )
    assert {destino for _, destino in caso.correos()[antes:]} == {
        persona.email for persona in vars(plantel).values()
    }


def test_se_aprende_tambien_de_una_archivada(callada, camino_de_mejora):
    assert camino_de_mejora(callada).identificar().mejora.estado == "CAUSA_RAIZ_IDENTIFICADA"
    assert (callada.releer().estado, Cierre.objects.count()) == ("ARCHIVADA", 1)

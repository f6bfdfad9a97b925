"""An answer by letter counts from the day on which it leaves, which legal notes."""

from datetime import date, timedelta

import pytest

from postventa.calendario import hora
from postventa.tramitacion.errores import Conflicto, DatosInvalidos, NoAutorizado
from postventa.tramitacion.tasks import barrer_plazos
from reclamos.models import Reclamo
from reclamos.registro import HOJAS
from tests.consola.conftest import entrar
from tests.reclamos.hojas import abrir, enlace
from tests.reclamos.oficina import LISTA, Oficina

# The Monday after the answer, and the Wednesday on which legal notes it.
SALIO = date(2026, 11, 30)
DESPACHO = {"despachada_el": SALIO, "via": "courier", "cargo": "Guía 55-881"}


@pytest.fixture
def carta(caso):
    """Answered by letter on Thursday 26, which nobody has sent yet."""
    return caso.analizar().responder(medio="carta")


def despachar(caso, **datos):
    return caso.anotar("registrar_despacho", caso.plantel.legal, **DESPACHO | datos)


def estados(caso):
    return dict(caso.reclamo.plazos.order_by("pk").values_list("codigo", "estado"))


@pytest.mark.regla("C-09", "C-13")
def test_escribir_la_carta_no_detiene_ni_abre_nada(carta):
    assert carta.reclamo.estado == "RESPONDIDA"
    assert estados(carta) == {
        "ingreso": "CUMPLIDO", "respuesta": "CORRIENDO", "plazo_legal": "CORRIENDO",
    }  # fmt: skip
    hora.fijar(carta.ahora + timedelta(days=20))
    barrer_plazos()
    assert carta.releer().estado == "RESPONDIDA"


@pytest.mark.regla("C-09", "C-13")
def test_el_dia_del_despacho_detiene_y_abre(carta):
    despachar(carta.a_las("2026-12-02 10:00"))
    respuesta = carta.plazo("respuesta")
    assert estados(carta)["plazo_legal"] == respuesta.estado == "CUMPLIDO"
    assert carta.vence("conformidad") == "2026-12-10 23:59:59"
    assert (respuesta.detenido_en, respuesta.detenido_por) == (
        carta.reclamo.despachada_en, "Legal",
    )  # fmt: skip
    fila = carta.reclamo.respuestas.get()
    assert (fila.via, fila.cargo, fila.despachada_por) == (
        "courier", "Guía 55-881", carta.plantel.legal,
    )  # fmt: skip
    with pytest.raises(Conflicto, match="No hay una carta"):
        despachar(carta)


@pytest.mark.regla("C-09")
def test_salio_a_tiempo_aunque_se_anote_vencida(carta):
    """What the sweep had marked stays on record; the letter was on time all the same."""
    legal = carta.plazo("plazo_legal")
    carta.ahora = legal.vence_en + timedelta(days=2)
    hora.fijar(carta.ahora)
    barrer_plazos()
    dia = legal.vence_en.astimezone(carta.sede.tz).date()
    despachar(carta, despachada_el=dia)
    assert carta.plazo("plazo_legal").estado == "CUMPLIDO"


@pytest.mark.regla("C-09")
def test_salio_tarde_es_tarde(carta):
    legal = carta.plazo("plazo_legal")
    carta.ahora = legal.vence_en + timedelta(days=1)
    despachar(carta, despachada_el=carta.ahora.astimezone(carta.sede.tz).date())
    assert carta.plazo("plazo_legal").estado == "CUMPLIDO_TARDE"


@pytest.mark.parametrize(
    ("datos", "campo"),
    [
        ({"despachada_el": None}, "despachada_el"),
        ({"despachada_el": date(2026, 11, 25)}, "despachada_el"),
        ({"despachada_el": date(2026, 12, 3)}, "despachada_el"),
        ({"via": "paloma"}, "via"),
    ],
)
def test_el_despacho_dice_un_dia_posible_y_como(carta, datos, campo):
    carta.a_las("2026-12-02 10:00")
    with pytest.raises(DatosInvalidos) as rechazo:
        despachar(carta, **datos)
    assert set(rechazo.value.campos) == {campo}


def test_solo_legal_y_solo_de_una_carta(carta, casos):
    with pytest.raises(NoAutorizado):
        carta.anotar("registrar_despacho", carta.plantel.jefa_obra, **DESPACHO)
    with pytest.raises(Conflicto):
        despachar(casos().respondida())


@pytest.mark.regla("C-13")
def test_quien_dice_si_esta_conforme_ya_la_tiene(carta):
    carta.tramitar("disconformar", carta.plantel.legal, medio="telefono", motivo="No")
    assert estados(carta) == {
        "ingreso": "CUMPLIDO", "respuesta": "CUMPLIDO", "plazo_legal": "CUMPLIDO",
        "antecedentes": "CORRIENDO",
    }  # fmt: skip
    assert not carta.reclamo.por_despachar


def test_otra_vuelta_es_otra_carta(carta):
    despachar(carta.a_las("2026-12-02 10:00"))
    carta.tramitar("disconformar", carta.cliente)
    carta.tramitar("reanalizar", carta.plantel.legal, antecedentes="Otro plano").cumplir()
    carta.responder(medio="carta")
    assert carta.reclamo.por_despachar
    despachar(carta, despachada_el=date(2026, 12, 2))
    assert carta.plazo("conformidad").ordinal == 2
    assert carta.reclamo.respuestas.filter(despachada_en=None).count() == 0


@pytest.mark.regla("C-17")
def test_lo_desestimado_por_carta_se_cierra_cuando_salio(caso, plantel):
    caso.ingresar()
    caso.tramitar(
        "declarar_inadmisible", plantel.legal, justificacion="No es de esta empresa",
        respuesta=f"Ingreso {caso.reclamo.numero_ingreso}: no procede.", medio="carta",
    )  # fmt: skip
    assert estados(caso)["respuesta"] == "CORRIENDO"
    with pytest.raises(Conflicto, match="despacho de la carta"):
        caso.archivar()
    despachar(caso.a_las("2026-12-02 10:00"))
    assert estados(caso) == {
        "ingreso": "CUMPLIDO", "respuesta": "CUMPLIDO", "plazo_legal": "CUMPLIDO",
    }  # fmt: skip
    assert caso.archivar().reclamo.estado == "ARCHIVADA"


def test_la_portada_de_legal_lleva_a_las_cartas(carta, casos, plantel):
    casos().respondida()
    legal = Oficina(carta, plantel.legal)
    portada = legal.web.get("/consola/").content.decode()
    assert "Cartas por despachar: 1" in portada
    lista = legal.web.get(f"{LISTA}?carta=por_despachar")
    assert [r.pk for r in lista.context["cl"].result_list] == [carta.reclamo.pk]
    assert "Respondida, carta por despachar" in lista.content.decode()
    assert "Cartas por despachar" not in entrar(plantel.gerente).get("/consola/").content.decode()
    carta.a_las("2026-12-02 10:00")
    legal = Oficina(carta, plantel.legal)
    assert "registrar_despacho" in legal.verbos()
    mal = legal.postear("registrar_despacho", despachada_el="2026-12-05", via="courier", cargo="G1")
    assert mal.status_code == 422
    assert 'value="G1"' in mal.content.decode()
    legal.hacer("registrar_despacho", despachada_el="2026-11-30", via="courier", cargo="Guía 55")
    pagina = legal.pagina().content.decode()
    assert "Despachada el 30-11-2026, courier · Guía 55 · anotó Legal" in pagina
    historial = legal.pagina("?ver=historial").content.decode()
    assert "Anotar el despacho de la carta" in historial
    assert "Guía 55" in historial
    assert "lunes 30 de noviembre de 2026" in historial
    assert "Cartas por despachar" not in legal.web.get("/consola/").content.decode()


def test_el_reclamante_lee_que_va_por_carta(carta, client):
    """Nothing tells that a term ended which has not begun."""
    abrir(client, carta.reclamo)
    pagina = client.get(enlace(carta.reclamo)).content.decode()
    assert "La respuesta va por carta" in pagina
    assert "ya terminó" not in pagina
    despachar(carta.a_las("2026-12-02 10:00"))
    hora.fijar(carta.ahora)
    pagina = client.get(enlace(carta.reclamo)).content.decode()
    assert "Le enviamos la carta" in pagina
    assert "¿Está conforme con la respuesta?" in pagina


def test_indecopi_lee_el_dia_en_que_salio(carta):
    fecha = next(c for c in HOJAS if c.titulo == "Respuesta")
    assert not fecha.valor(carta.reclamo)
    despachar(carta.a_las("2026-12-02 10:00"))
    assert str(fecha.valor(Reclamo.objects.get())).startswith("2026-11-30")

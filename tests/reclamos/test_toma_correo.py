"""A mail to legal: a draft for staff, never an act; taken in, it keeps its own instant."""

from datetime import timedelta

import pytest

from postventa.calendario import hora
from postventa.entrada.models import CorreoEntrante
from postventa.entrada.recepcion import guardar, pegar
from postventa.expedientes.models import Adjunto
from postventa.personas.models import Cliente
from reclamos.models import Reclamo
from reclamos.toma.pagina import url_de
from tests.expedientes.manos import pdf
from tests.reclamos.conftest import JUEVES
from tests.reclamos.recepcionista import BASE, Recepcionista, foto_de_todo

ASUNTO = "Ruido de la obra"
TEXTO = "Vivo junto a la Caseta de Piura, lote 14. Trabajan de noche. Mi fono es 969 888 777."
ESCRITA = {"canal": "correo", "leido": None, "reclamante": None, "informado": None}


@pytest.fixture
def correo(capera, caseta, plantel):
    """It arrived two days ago, at 10:15:40."""
    hora.fijar(JUEVES)
    fila = pegar(capera, plantel.legal, de="mario@correo.example", asunto=ASUNTO, texto=TEXTO)
    fila.recibido_en = JUEVES - timedelta(days=2, minutes=44, seconds=20)
    fila.save()
    return fila


@pytest.fixture
def mesa(correo, caseta, plantel):
    return Recepcionista(plantel.legal, caseta)


def test_un_correo_no_crea_nada_y_espera_a_legal(mesa, correo):
    assert (correo.estado, Reclamo.objects.exists(), Cliente.objects.exists()) == (
        "PENDIENTE", False, False,
    )  # fmt: skip
    assert "Revisar los correos que llegaron" in mesa.web.get("/consola/").content.decode()
    ficha = mesa.web.get(f"/consola/entrada/correoentrante/{correo.pk}/change/")
    assert ficha.context["url_ingresar"] == f"{BASE}?q=mario%40correo.example&correo={correo.pk}"


def test_de_una_direccion_conocida_lleva_a_su_ficha(mesa, correo, denunciante):
    correo.cliente = denunciante
    correo.save()
    ficha = mesa.web.get(f"/consola/entrada/correoentrante/{correo.pk}/change/")
    assert ficha.context["url_ingresar"] == f"{BASE}{denunciante.pk}/?correo={correo.pk}"


def test_la_pantalla_se_abre_con_lo_que_se_pudo_leer(mesa, correo, caseta):
    form = mesa.pagina(correo=correo.pk).context["form"]
    assert {c: form.escrito(c) for c in ("canal", "como", "motivo", "predio", "correo_personal")} \
        == {"canal": "correo", "como": "recibir", "motivo": ASUNTO, "predio": "14",
            "correo_personal": "mario@correo.example"}  # fmt: skip
    assert (form.escrito("hechos"), form.escrito("telefono")) == (TEXTO, "969 888 777")
    assert (form["sede"].value(), form.escrito("recibida_el")) == (caseta.pk, "2026-11-24")


def test_al_buscar_el_correo_no_elige_a_nadie(mesa, correo, denunciante):
    pagina = mesa.web.get(BASE, {"q": "Chunga", "correo": correo.pk})
    assert [h.url for h in pagina.context["halladas"]] == [
        url_de(mesa.persona, denunciante.pk, correo=correo.pk)
    ]
    assert f"correo={correo.pk}" in pagina.context["url_nueva"]


@pytest.mark.regla("C-04", "C-06")
def test_conserva_la_hora_del_correo_y_queda_atado_al_caso(mesa, correo):
    cuando = {"recibida_el": "2026-11-24", "recibida_a_las": "10:15"}
    mesa.guardar(nombre="Mario Sosa", como="recibir", correo=correo.pk, **ESCRITA, **cuando)
    reclamo = Reclamo.objects.get()
    assert (reclamo.recibida_en, reclamo.codigo) == (correo.recibido_en, "CAP-20261124-01")
    correo.refresh_from_db()
    assert (correo.estado, correo.expediente_id) == ("USADO", reclamo.pk)


@pytest.mark.regla("C-09")
def test_sin_fecha_escrita_la_recepcion_es_la_del_correo(mesa, correo):
    mesa.guardar(
        nombre="Mario Sosa", como="recibir", correo=correo.pk, **ESCRITA,
        recibida_el="", recibida_a_las="",
    )  # fmt: skip
    assert Reclamo.objects.get().recibida_en == correo.recibido_en


def test_no_se_recibe_despues_de_cuando_llego(mesa, correo):
    antes = foto_de_todo()
    respuesta = mesa.guardar(
        nombre="Mario Sosa", como="recibir", correo=correo.pk, **ESCRITA,
        recibida_el="2026-11-25", recibida_a_las="09:00",
    )  # fmt: skip
    assert (respuesta.status_code, sorted(respuesta.context["fallas"])) == (422, ["recibida_el"])
    assert foto_de_todo() == antes


def test_quien_no_lee_los_correos_no_lo_ve_por_su_numero(correo, caseta, plantel):
    mesa = Recepcionista(plantel.vendedora, caseta)
    form = mesa.pagina(correo=correo.pk).context["form"]
    assert (form.correo, form.escrito("hechos")) == (None, "")
    mesa.guardar(nombre="Mario Sosa", como="recibir", correo=correo.pk)
    assert CorreoEntrante.objects.get().estado == "PENDIENTE"


@pytest.mark.regla("C-03")
def test_la_carta_en_pdf_de_un_correo_se_baja_y_queda_en_el_caso(mesa, capera, correo):
    fila = CorreoEntrante(
        empresa=capera, clave="c" * 64, origen="postmark", de="mario@correo.example",
        asunto=ASUNTO, texto=TEXTO, recibido_en=correo.recibido_en,
    )  # fmt: skip
    cartas = [(f"carta{n}.pdf", pdf()) for n in (1, 2, 3)]
    con_carta = guardar(fila, [], [*cartas, ("virus.exe", b"MZ")])
    assert [f.nombre for f in con_carta.fotos.all()] == ["carta1.pdf", "carta2.pdf"]
    assert [f["nombre"] for f in con_carta.sin_guardar] == ["carta3.pdf", "virus.exe"]
    ficha = f"/consola/entrada/correoentrante/{con_carta.pk}/"
    assert "Solo entran fotos y hasta dos PDF." in mesa.web.get(f"{ficha}change/").content.decode()
    bajada = mesa.web.get(f"{ficha}foto/{con_carta.fotos.first().pk}/")
    assert (bajada["Content-Type"], bajada["Content-Disposition"]) == (
        "application/pdf", 'attachment; filename="adjunto.pdf"',
    )  # fmt: skip
    mesa.guardar(nombre="Mario Sosa", como="recibir", correo=con_carta.pk, **ESCRITA)
    suyos = Adjunto.objects.filter(expediente=Reclamo.objects.get())
    assert [a.tipo for a in suyos] == ["application/pdf", "application/pdf"]

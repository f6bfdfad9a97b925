"""The straight way, as the source tells it, through the door alone."""

import pytest

from postventa.avisos.models import Aviso
from postventa.plazos.models import Plazo
from tests.conftest import local


@pytest.mark.regla("I-06", "I-09", "I-14")
def test_camino_derecho_llega_a_cerrado(camino):
    camino.hasta_por_firmar().firmar()

    ticket = camino.ticket
    assert ticket.estado == "CERRADO_CONFORME"
    assert [o.estado for o in camino.obs] == ["CONFORME", "RECHAZADA_ACEPTADA"]
    assert ticket.situacion == "CERRADO"
    assert ticket.cerrado_en == camino.ahora
    assert ticket.proximo_vence_en is None
    assert ticket.documentos.get(tipo="conformidad").firma.nombre == "Camila Rojas Fuentealba"
    tipos = list(Aviso.objects.order_by("id").values_list("tipo", flat=True))
    assert tipos == [
        "icalma/ingreso",
        "icalma/ingreso_supervisor",
        "icalma/visita",
        "icalma/inspeccion",
        "icalma/visita",
        "icalma/por_firmar",
        "icalma/cerrado",
    ]


@pytest.mark.regla("I-07", "I-11")
def test_relojes_del_camino_vencen_cuando_dice_el_documento(camino):
    camino.generar()
    contacto = Plazo.objects.get(codigo="contacto")
    assert contacto.vence_en == local("2026-11-25 10:15")
    camino.contactar()
    contacto.refresh_from_db()
    assert contacto.estado == "CUMPLIDO"

    camino.coordinar_inspeccion().inspeccionar()
    trabajo = Plazo.objects.get(codigo="coordinar_trabajo")
    assert trabajo.vence_en == local("2026-11-27 10:45")
    camino.coordinar_trabajo()
    trabajo.refresh_from_db()
    assert trabajo.estado == "CUMPLIDO"

"""Where a complaint is of: chosen by whoever receives it, unless there is only one place."""

from postventa.calendario import hora
from postventa.empresas.models import Sede
from tests.reclamos.conftest import JUEVES
from tests.reclamos.recepcionista import Recepcionista

ELIGE = "Elige el establecimiento"


def ofrecidos(mesa):
    campo = mesa.pagina().context["form"]["sede"]
    return campo.value(), [str(texto) for _, texto in campo.field.choices]


def test_el_unico_establecimiento_viene_elegido(caseta, plantel):
    hora.fijar(JUEVES)
    mesa = Recepcionista(plantel.vendedora, caseta)
    assert ofrecidos(mesa) == (None, ["Caseta de Piura"])


def test_entre_varios_el_establecimiento_se_elige(capera, caseta, plantel):
    hora.fijar(JUEVES)
    Sede.objects.create(empresa=capera, codigo="otra", nombre="Zapallal")
    mesa = Recepcionista(plantel.vendedora, caseta)
    assert ofrecidos(mesa) == (None, [ELIGE, "Caseta de Piura", "Zapallal"])
    # Both keep the same days, so that the promise can be read out meanwhile.
    assert [p["hasta"] for p in mesa.pagina().context["plazos"]] != []
    respuesta = mesa.guardar(sede="", nombre="Rosa", tipo_documento="DNI", numero="41234567")
    assert respuesta.status_code == 422
    assert respuesta.context["fallas"]["sede"] == f"{ELIGE}."


def test_entre_varios_con_otros_feriados_no_se_promete_sin_elegir(capera, caseta, plantel):
    from postventa.calendario.models import Calendario

    hora.fijar(JUEVES)
    local = Calendario.objects.create(codigo="sin-feriados", nombre="Otro", pais="PE")
    Sede.objects.create(empresa=capera, codigo="otra", nombre="Zapallal", calendario_propio=local)
    pagina = Recepcionista(plantel.vendedora, caseta).pagina()
    assert pagina.context["plazos"] == []
    assert "sus plazos dependen de sus feriados" in pagina.content.decode()

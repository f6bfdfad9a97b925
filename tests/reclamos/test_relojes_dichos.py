"""What is said of a clock, and of an answer on its way, is how it is."""

from datetime import date

import pytest

from tests.consola.conftest import entrar
from tests.reclamos.oficina import LISTA, Oficina

PLAZOS = "/consola/plazos/plazo/"
FRENO = "Detiene el plazo de comunicar el ingreso"


@pytest.mark.regla("C-07")
@pytest.mark.parametrize(("canal", "frena"), [("correo", True), ("caseta", False)])
def test_numerar_solo_detiene_lo_que_corre(caso, plantel, canal, frena):
    """On phone and counter it was told at once, and that clock was met."""
    caso.recibir(canal).formalizar()
    pagina = Oficina(caso, plantel.legal).pagina("?verbo=numerar").content.decode()
    assert (FRENO in pagina) is frena


@pytest.mark.regla("C-16")
def test_lo_prorrogado_no_se_lee_cancelado(caso, plantel):
    caso.analizar()
    datos = {"motivo": "Falta el plano", "nueva_fecha_el": date(2027, 1, 15)}
    caso.tramitar("prorrogar", plantel.jefa_obra, **datos)
    Oficina(caso, plantel.legal)
    web = entrar(plantel.legal)
    lista = web.get(f"{PLAZOS}?plazo=todos").content.decode()
    assert "Prorrogado</span>" in lista
    assert "Cancelado</span>" not in lista
    archivo = b"".join(web.post(f"{PLAZOS}exportar/csv/?plazo=todos")).decode()
    assert "Prorrogado" in archivo
    assert "Cancelado" not in archivo


@pytest.mark.regla("C-11")
def test_visada_ya_no_se_lee_por_visar(caso, plantel):
    caso.analizar("carta").tramitar("pedir_visado", plantel.jefa_obra, **caso.texto())
    jefa = Oficina(caso, plantel.jefa_obra)
    lista = f"{LISTA}?q={caso.reclamo.codigo}"
    assert "Por visar</span>" in jefa.web.get(lista).content.decode()
    caso.anotar("visar", plantel.gerente)
    for pagina in (jefa.pagina(), jefa.web.get(lista)):
        texto = pagina.content.decode()
        assert "Visada, por enviar</span>" in texto
        assert "Por visar</span>" not in texto

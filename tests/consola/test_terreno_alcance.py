"""The on-site screen of another company's visit does not exist."""

from tests.icalma.terreno import INGRESO, Telefono


def test_visita_de_otra_empresa_no_existe(otra, supervisor):
    otra.camino.contactar().coordinar_inspeccion()
    ajena = Telefono(supervisor, otra.camino.visita)
    assert ajena.pagina().status_code == 404
    assert ajena.postear("ingreso", **INGRESO).status_code == 404
    assert ajena.visita.estado == "COORDINADA"

"""docs/reglas.toml holds every rule of the documents, and `make reglas` misses none."""

from types import SimpleNamespace

import pytest
import reglas

PASOS = {"A": 6, "B": 5, "C": 9, "D": 9, "E": 9, "F": 7, "G": 9, "H": 1, "I": 1, "J": 1}
TODAS = [
    *(f"I-{n:02}" for n in range(1, 23)),
    *(f"G-{n:02}" for n in range(1, 17)),
    *(f"C-{n:02}" for n in range(1, 24)),
    *(f"DSC-P{n}" for n in range(1, 9)),
    "DSC-IND",
    *(f"ASE-{letra}{n}" for letra, pasos in PASOS.items() for n in range(1, pasos + 1)),
    *(f"ASE-AN{n}" for n in range(1, 7)),
    "ASE-TAR",
    "ASE-DOC",
    "ASE-IND",
]
EMPRESAS = {"I": "icalma", "G": "ingevec", "C": "capera", "DSC": "comteco", "ASE": "comteco"}


def test_catalogo_tiene_cada_regla_una_vez_y_en_orden():
    assert list(reglas.leer()) == TODAS


def test_cada_regla_dice_empresa_texto_y_fuente():
    for id_, regla in reglas.leer().items():
        assert set(regla) - {"pendiente"} == {"id", "empresa", "regla", "fuente"}
        assert regla["empresa"] == EMPRESAS[id_.partition("-")[0]]
        assert regla["regla"].endswith(".")
        assert regla["fuente"]


def test_ninguna_regla_de_una_sala_hecha_esta_pendiente():
    assert not [id_ for id_, r in reglas.leer().items() if r.get("pendiente")]


def test_id_repetido_no_se_lee(tmp_path):
    catalogo = tmp_path / "reglas.toml"
    catalogo.write_text('[[regla]]\nid = "I-01"\n[[regla]]\nid = "I-01"\n')
    with pytest.raises(ValueError, match="I-01 comes twice"):
        reglas.leer(catalogo)


def test_faltas_son_lo_no_probado_y_lo_desconocido():
    catalogo = {
        "I-01": {"regla": "Una."},
        "I-02": {"regla": "Dos."},
        "G-01": {"regla": "Tres.", "pendiente": True},
    }
    assert list(reglas.faltas(catalogo, {"I-01": ["a.py::b"], "I-99": ["c.py::d"]})) == [
        "I-02 has no test: Dos.",
        "I-99 is not in reglas.toml: c.py::d",
    ]
    assert list(reglas.informe(catalogo, {"I-01": ["a.py::b"]})) == [
        "I-01  Una.",
        "    a.py::b",
        "I-02  Dos.",
        "G-01 (pendiente)  Tres.",
    ]


def test_regla_pendiente_con_pruebas_esta_probada_en_parte():
    catalogo = {"I-01": {"regla": "Una."}, "G-01": {"regla": "Tres.", "pendiente": True}}
    pruebas = {"I-01": ["a.py::b"], "G-01": ["c.py::d"]}
    assert list(reglas.faltas(catalogo, pruebas)) == []
    assert list(reglas.informe(catalogo, pruebas))[2:] == [
        "G-01 (pendiente, probada en parte)  Tres.",
        "    c.py::d",
    ]
    assert (
        reglas.cuenta(catalogo, pruebas) == "2 rules, 1 with tests, 1 pending (1 of them in part)."
    )


def test_recolector_cuenta_una_vez_la_prueba_con_casos():
    def item(nodo, *ids):
        marca = SimpleNamespace(args=ids)
        return SimpleNamespace(nodeid=nodo, iter_markers=lambda nombre: [marca])

    recolector = reglas.Recolector()
    items = [item("a.py::t[1]", "I-01", "I-02"), item("a.py::t[2]", "I-01"), item("b.py::u")]
    recolector.pytest_collection_finish(SimpleNamespace(items=items))
    assert dict(recolector.pruebas) == {"I-01": ["a.py::t"], "I-02": ["a.py::t"]}

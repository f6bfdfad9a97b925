"""The embedded queue: what is being written is not read, and what cannot be read kills nobody."""

import builtins
import threading
from queue import Empty

import pytest
from kombu import Connection
from kombu.transport import filesystem

from postventa import cola


def canal(carpeta, transporte=cola.Transport):
    opciones = {
        "data_folder_in": str(carpeta),
        "data_folder_out": str(carpeta),
        "control_folder": str(carpeta / "control"),
    }
    conexion = Connection(
        "filesystem://localhost", transport=transporte, transport_options=opciones
    )
    return conexion.channel()


def recibir(de, cola_):
    try:
        return de._get(cola_)
    except Empty:
        return None


def mirar_al_escribir(monkeypatch, lector, vistos):
    """Read the queue between the moment in which a file exists and that in which it is written."""
    abrir = builtins.open

    def abrir_y_mirar(nombre, modo="r", *args, **kwargs):
        archivo = abrir(nombre, modo, *args, **kwargs)
        if "w" in modo and str(nombre).endswith((".msg", ".a-medias")):
            try:
                vistos.append(recibir(lector, "celery"))
            except ValueError:
                vistos.append("a medias")
        return archivo

    monkeypatch.setattr(builtins, "open", abrir_y_mirar)
    monkeypatch.setattr("io.open", abrir_y_mirar)


def test_lo_que_se_esta_escribiendo_no_se_lee(tmp_path, monkeypatch):
    vistos = []
    mirar_al_escribir(monkeypatch, canal(tmp_path), vistos)
    canal(tmp_path)._put("celery", {"body": "hola"})
    monkeypatch.undo()
    assert vistos == [None]
    assert recibir(canal(tmp_path), "celery") == {"body": "hola"}


def test_control_la_cola_de_kombu_si_lo_lee(tmp_path, monkeypatch):
    """Of kombu as it comes: the reader takes away a file in which nothing was written yet."""
    vistos = []
    mirar_al_escribir(monkeypatch, canal(tmp_path, filesystem.Transport), vistos)
    canal(tmp_path, filesystem.Transport)._put("celery", {"body": "hola"})
    monkeypatch.undo()
    assert vistos == ["a medias"]
    assert recibir(canal(tmp_path), "celery") is None


def test_lo_ilegible_se_deja_de_lado_y_sigue_lo_demas(tmp_path, caplog):
    (tmp_path / "0_roto.celery.msg").write_text("")
    canal(tmp_path)._put("celery", {"body": "hola"})
    assert recibir(canal(tmp_path), "celery") == {"body": "hola"}
    assert [r.getMessage() for r in caplog.records] == [
        "Un mensaje ilegible de la cola celery se dejó de lado"
    ]
    assert list(tmp_path.glob("*.msg")) == []


def test_varios_que_nombran_sus_colas_a_la_vez_no_se_pisan(tmp_path):
    canales = [canal(tmp_path) for _ in range(8)]
    hilos = [
        threading.Thread(target=c._queue_bind, args=("uno", "", "", f"cola{n}"))
        for n, c in enumerate(canales)
    ]
    for hilo in hilos:
        hilo.start()
    for hilo in hilos:
        hilo.join()
    canales[0]._queue_bind("uno", "", "", "cola0")
    tabla = canales[0].get_table("uno")
    assert sorted(q.queue for q in tabla) == [f"cola{n}" for n in range(8)]
    assert list(tmp_path.rglob("*.a-medias")) == []


def test_los_ajustes_de_make_run_usan_esta_cola(raiz):
    ajustes = (raiz / "postventa" / "settings" / "dev.py").read_text(encoding="utf-8")
    nombre = "postventa.cola:Transport"
    assert f'CELERY_BROKER_TRANSPORT = "{nombre}"' in ajustes
    with Connection("filesystem://localhost", transport=nombre) as conexion:
        assert conexion.transport_cls == nombre
        assert isinstance(conexion.transport, cola.Transport)


@pytest.mark.parametrize("veces", [1, 20])
def test_sale_todo_lo_que_entra(tmp_path, veces):
    entra, sale = canal(tmp_path), canal(tmp_path)
    for n in range(veces):
        entra._put("celery", {"n": n})
    assert sorted(recibir(sale, "celery")["n"] for _ in range(veces)) == list(range(veces))
    assert recibir(sale, "celery") is None

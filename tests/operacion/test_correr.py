"""`make run`'s supervisor: nothing of it survives its end, and it says in one line why it ended."""

import os
import signal
import socket
import subprocess
import sys
import time

import correr
import pytest
from procesos import Aviso, lanzar, puerto_libre, puerto_ocupado, terminar

TERCO = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); time.sleep(60)"
CON_NIETO = "(while :; do echo x >>latidos; sleep 0.05; done) & sleep 60"


class Quietas:
    recibida = None


class Pedida:
    recibida = signal.SIGINT


def test_terminar_mata_al_que_no_quiere_y_a_los_nietos(monkeypatch, tmp_path):
    monkeypatch.setattr("procesos.PACIENCIA_S", 0.5)
    terco = lanzar([sys.executable, "-c", TERCO])
    padre = lanzar(["sh", "-c", CON_NIETO], cwd=tmp_path)
    time.sleep(0.5)
    terminar([terco, padre])
    latidos = (tmp_path / "latidos").read_text()
    time.sleep(0.3)
    assert latidos
    assert (tmp_path / "latidos").read_text() == latidos
    assert terco.returncode == -signal.SIGKILL


def lanzar_quieto(nombre):
    return lanzar(["sleep", "60"])


def lanzar_muerto(nombre):
    return lanzar(["sh", "-c", "exit 3"])


def vigilar(procesos, senales, lanzar_otro):
    relevo = correr.Relevo(lanzar_otro)
    try:
        correr.vigilar(procesos, puerto_libre(), senales, lambda: None, relevo)
    finally:
        terminar(list(procesos.values()))


def test_si_la_web_muere_se_dice_y_termina_todo():
    procesos = {"web": lanzar_muerto("web"), "beat": lanzar_quieto("beat")}
    with pytest.raises(Aviso, match=r"web ended by itself \(exit code 3\); ending the others"):
        vigilar(procesos, Quietas, lanzar_quieto)


class HastaQueVuelva:
    """A signal that arrives once the worker that died was started again."""

    def __init__(self, procesos, primero):
        self.procesos, self.primero = procesos, primero

    @property
    def recibida(self):
        return signal.SIGINT if self.procesos["worker"] is not self.primero else None


def test_el_worker_que_muere_se_levanta_y_se_dice(capsys):
    procesos = {"web": lanzar_quieto("web"), "worker": lanzar_muerto("worker")}
    vigilar(procesos, HastaQueVuelva(procesos, procesos["worker"]), lanzar_quieto)
    dicho = capsys.readouterr().out
    assert dicho == "postventa: worker ended by itself (exit code 3); starting it again\n"


def test_el_que_muere_una_y_otra_vez_termina_todo(capsys):
    procesos = {"web": lanzar_quieto("web"), "beat": lanzar_muerto("beat")}
    with pytest.raises(Aviso, match="beat .* time after time; ending the others"):
        vigilar(procesos, Quietas, lanzar_muerto)
    assert capsys.readouterr().out.count("starting it again") == correr.VECES


def test_puerto_ocupado_se_dice_en_una_linea(raiz, tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as otro:
        puerto = otro.getsockname()[1]
        assert puerto_ocupado(puerto)
        salida = subprocess.run(
            [sys.executable, "herramientas/correr.py"],
            cwd=raiz,
            env=os.environ | {"PUERTO": str(puerto), "VAR_DIR": str(tmp_path)},
            capture_output=True,
            text=True,
        )
    assert salida.returncode == 1
    assert salida.stderr == (
        f"postventa: port {puerto} is taken; choose another with: make run PUERTO={puerto + 1}\n"
    )


@pytest.mark.parametrize("texto", ["ochenta", "0", "70000", "-1"])
def test_puerto_que_no_es_un_puerto(monkeypatch, texto):
    monkeypatch.setenv("PUERTO", texto)
    with pytest.raises(Aviso, match="PUERTO must be a number"):
        correr.leer_puerto()


def test_dos_a_la_vez_en_la_misma_carpeta_no(tmp_path):
    cerrojo = correr.tomar_cerrojo(tmp_path)
    with pytest.raises(Aviso, match="already running"):
        correr.tomar_cerrojo(tmp_path)
    cerrojo.close()
    correr.tomar_cerrojo(tmp_path).close()


def test_reiniciar_no_toca_una_base_ajena(monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgres://ajena/base")
    with pytest.raises(Aviso, match="only resets the embedded database"):
        correr.reiniciar()


def test_un_paso_que_falla_se_nombra():
    with pytest.raises(Aviso, match="loading the demo failed"):
        correr.paso(["sh", "-c", "exit 1"], dict(os.environ), Quietas, "loading the demo")


def test_una_senal_termina_el_paso_en_curso():
    antes = time.monotonic()
    assert correr.paso(["sleep", "60"], dict(os.environ), Pedida, "preparing") is False
    assert time.monotonic() - antes < 3

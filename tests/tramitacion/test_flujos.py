"""The drawings in docs/flujos/ are those of the code: `make flujos` after changing a machine."""

import flujos


def test_dibujos_guardados_son_los_del_codigo():
    guardados = {
        archivo.name: archivo.read_text(encoding="utf-8")
        for archivo in sorted(flujos.CARPETA.glob("*.md"))
    }
    assert guardados == flujos.dibujos()


def test_hay_un_dibujo_por_maquina_de_icalma():
    assert {n for n in flujos.dibujos() if n.startswith("icalma")} == {
        "icalma-ticket.md",
        "icalma-observacion.md",
        "icalma-visita.md",
    }


def test_dibujo_dice_donde_empieza_y_donde_termina():
    texto = flujos.dibujos()["icalma-visita.md"].splitlines()
    extremos = [linea.strip() for linea in texto if "[*]" in linea]
    assert extremos == [
        "[*] --> COORDINADA",
        "REALIZADA --> [*]",
        "REPROGRAMADA --> [*]",
        "CANCELADA --> [*]",
        "INASISTENCIA_CLIENTE --> [*]",
        "INASISTENCIA_EMPRESA --> [*]",
        "ACCESO_DENEGADO --> [*]",
    ]

"""An answer by letter has been given once the letter left, and not before (C-09, C-13).

Legal sends it and notes the day: the answer's clocks stop on that day, and the complainant's ten
begin to count from it.
"""

from datetime import datetime

from django.db import models

from postventa.calendario.palabras import dia_en_palabras
from postventa.calendario.zonas import a_instante, fin_del_dia
from postventa.tramitacion.errores import DatosInvalidos


class Via(models.TextChoices):
    COURIER = "courier", "Courier"
    POSTAL = "postal", "Correo postal"
    MANO = "mano", "Entregada en mano"
    NOTARIAL = "notarial", "Vía notarial"


def no_hay_carta(reclamo, ahora: datetime) -> str:
    return "" if reclamo.por_despachar else "No hay una carta por despachar."


def registrar_despacho(reclamo, tramite, actor, datos):
    dia, errores = datos.get("despachada_el"), {}
    hoy, escrita = (_dia(reclamo, i) for i in (tramite.ahora, reclamo.respondida_en))
    if dia is None:
        errores["despachada_el"] = "Anota el día en que salió la carta."
    elif dia > hoy:
        errores["despachada_el"] = "Ese día todavía no llega."
    elif dia < escrita:
        errores["despachada_el"] = (
            f"La respuesta es del {dia_en_palabras(escrita)}: no salió antes."
        )
    if datos.get("via") not in Via.values:
        errores["via"] = "Elige cómo salió."
    if errores:
        raise DatosInvalidos(errores)
    reclamo.despachada_en = min(tramite.ahora, a_instante(fin_del_dia(dia, reclamo.sede.tz)))
    datos["cargo"] = str(datos.get("cargo") or "").strip()[:120]
    ultima = reclamo.respuestas.latest("pk")
    ultima.despachada_en = reclamo.despachada_en
    ultima.via, ultima.cargo, ultima.despachada_por = datos["via"], datos["cargo"], actor.usuario
    ultima.save(update_fields=["despachada_en", "via", "cargo", "despachada_por"])


def _dia(reclamo, instante):
    return instante.astimezone(reclamo.sede.tz).date()

"""The acts of a case as people read them: what was typed, with its name and in words."""

import re

from django.utils.dateparse import parse_date, parse_datetime

from postventa.calendario.palabras import dia_en_palabras, vence_en_palabras
from postventa.personas.documentos import mostrar_rut
from postventa.personas.models import Rol

# What each datum of an act is called; a room adds its own.
CAMPOS = {
    "con_quien": "Con quién",
    "calendario": "Versión del calendario",
    "conserje": "Conserje",
    "conserjeria_autoriza": "Conserjería autoriza",
    "exito": "Contestó",
    "inicia_en": "Empieza",
    "llegada_en": "Llegada",
    "maestros": "Maestros",
    "medio": "Medio",
    "motivo": "Motivo",
    "motivos": "Motivos",
    "nombre": "Nombre",
    "nota": "Nota",
    "personal_identificado": "Se identificaron",
    "plazo": "Plazo",
    "recibe_rol": "Recibe",
    "responsable_anterior": "Respondía",
    "responsable_nuevo": "Responde ahora",
    "reemplazo_documento": "Documento del reemplazo",
    "reemplazo_nombre": "Reemplazo",
    "reemplazo_telefono": "Teléfono del reemplazo",
    "termina_en": "Termina",
    "termino_estimado_el": "Término estimado",
    "vence_en": "Vence",
    "vencia_en": "Vencía",
}
# Acts that are no room's own.
ACTOS = {"recalcular_plazo": "Fecha de un plazo recalculada"}
OPCIONES = {"recibe_rol": dict(Rol.choices)}
CANALES = {"web": "portal", "telefono": "teléfono", "objecion": "objeción"}
# Proofs for machines: they stay in the record.
CALLADOS = {"huella"}


def movimiento(sala, consola, m, zona, plazos) -> dict:
    """One act of the history: what, who, from and to in the machine's own words.

    `plazos` names the clocks: code -> words.
    """
    ficha = sala.objetos[m.objeto]
    estados = dict(ficha.modelo._meta.get_field("estado").choices)
    detalle = getattr(m, "detalle", None)
    return {
        "m": m,
        "que": ACTOS.get(m.verbo) or ficha.etiqueta(m.verbo),
        "quien": detalle.nombre_actor if detalle else "Dato borrado",
        "canal": CANALES.get(m.canal, m.canal),
        "antes": estados.get(m.antes, m.antes) if m.antes else "",
        "despues": estados.get(m.despues, m.despues),
        "datos": legibles(detalle.datos, consola, zona, plazos) if detalle else [],
    }


def legibles(datos: dict, consola, zona, plazos=None) -> list[tuple[str, str]]:
    """(name, words) of what a person typed or chose; ids and files stay in the record."""
    campos, opciones = {**CAMPOS, **consola.campos}, {**OPCIONES, **consola.opciones}
    opciones["plazo"] = plazos or {}
    filas = []
    for clave, valor in datos.items():
        texto = "" if clave in CALLADOS else _texto(clave, valor, clave in campos, zona)
        if texto:
            nombre = campos.get(clave, clave.replace("_", " ").capitalize())
            filas.append((nombre, opciones.get(clave, {}).get(texto, texto)))
    return filas


def _texto(clave, valor, se_conoce, zona) -> str:
    if isinstance(valor, bool):
        return ("Sí" if valor else "No") if se_conoce else ""
    if isinstance(valor, dict):  # one text for each observation
        textos = [v for v in valor.values() if isinstance(v, str) and v]
        return "; ".join(textos) if se_conoce else ""
    if not isinstance(valor, str):
        return ""
    if clave.endswith("_en") and (instante := _leido(parse_datetime, valor)):
        return vence_en_palabras(instante, zona, con_anio=True).removeprefix("el ")
    if clave.endswith("_el") and (dia := _leido(parse_date, valor)):
        return dia_en_palabras(dia, con_anio=True)
    if clave.endswith("_documento") and re.fullmatch(r"[0-9]{6,9}-[0-9K]", valor):
        return mostrar_rut(valor)
    return valor


def _leido(leer, valor):
    try:
        return leer(valor)
    except ValueError:
        return None

"""What is read out to whoever complains, and the form read back before both sides record it."""

from datetime import datetime

from django.core.exceptions import ValidationError

from postventa.calendario.palabras import cantidad_en_palabras, dia_en_palabras, vence_en_palabras
from postventa.consola.toma.marco import Frase
from postventa.plazos.calculo import calcular_plazo
from postventa.plazos.reloj import politica_vigente
from reclamos.models import Reclamo
from reclamos.toma.forms import FORMALIZAR, RECIBIR, RESOLVER

# 002:24-29, asked aloud: what the document demands, and what only "de ser posible".
PREGUNTAS = {
    "motivo": "¿Cuál es el motivo preciso de su queja o reclamo?",
    "hechos": "Cuénteme los hechos: qué pasó y en qué se funda.",
    "cuando": "¿Qué día pasó y, de ser posible, a qué hora?",
    "donde": "¿Dónde pasó? En lo posible, dígame distrito, localidad y predio.",
    "quienes": "De ser posible, ¿qué personas estuvieron involucradas?",
    "pedido": "¿Qué solución pide?",
}
INFORME = "Ya queda ingresada por correo al área legal, que le dará su N° de Ingreso."
BOTONES = {
    RECIBIR: "Guardar como recibida",
    FORMALIZAR: "Guardar y formalizar",
    RESOLVER: "Guardar como resuelta",
}


def plazos_de(sede, recibida_en: datetime, es_consumidor: bool) -> list[dict]:
    """The terms that will run: name, how long and the last day; the one that ends first, first."""
    filas = []
    for codigo in ("respuesta", *(("plazo_legal",) if es_consumidor else ())):
        politica = politica_vigente(sede.empresa_id, codigo)
        vence = calcular_plazo(politica, sede, recibida_en).vence_en
        filas.append(
            {
                "nombre": "Plazo legal" if codigo == "plazo_legal" else "Plazo de la empresa",
                "cuanto": cantidad_en_palabras(politica.cantidad, politica.unidad),
                "hasta": vence_en_palabras(vence, sede.tz).partition(",")[0],
                "vence_en": vence,
            }
        )
    return sorted(filas, key=lambda f: f["vence_en"])


def frases_de(plazos: list[dict]) -> list[Frase]:
    """What to say for each way to leave it; the last is said while none is chosen."""
    cuando = f"Le responderemos a más tardar {plazos[0]['hasta']}." if plazos else ""
    dichas = {
        RESOLVER: f"Queda registrado que lo resolvimos ahora y que está de acuerdo. {INFORME}",
        RECIBIR: f"Queda recibida y completaremos el formulario con usted. {INFORME} {cuando}",
        FORMALIZAR: "Le leo lo que escribí para que me diga si así es. Después queda registrado "
        f"por ambas partes. {INFORME} {cuando}",
    }
    return [
        *(Frase(como, texto.strip(), BOTONES[como]) for como, texto in dichas.items()),
        Frase("", dichas[FORMALIZAR].strip(), BOTONES[FORMALIZAR]),
    ]


def de_vuelta(formulario) -> list[tuple[str, str]]:
    """The annex as it stands, letter by letter, to be read back; what is blank is not read."""
    dicho = formulario.escrito
    cuando = " a las ".join(filter(None, (_dia(formulario), dicho("ocurrio_a_las"))))
    donde = ", ".join(filter(None, map(dicho, ("lugar", "distrito", "localidad", "predio"))))
    cliente = formulario.cliente
    nombre = cliente.nombre if cliente else dicho("nombre")
    contacto = [
        cliente.telefono if cliente else "",
        dicho("telefono") if "telefono" in formulario.fields else "",
        cliente.correo if cliente else "",
        dicho("correo_personal") if "correo_personal" in formulario.fields else "",
        dicho("domicilio"),
    ]
    filas = [
        ("a) El motivo", ". ".join(filter(None, (dicho("motivo").rstrip("."), dicho("hechos"))))),
        ("b) Cuándo", cuando),
        ("c) Dónde", donde),
        ("d) Las personas", dicho("involucrados")),
        ("e) Quién reclama", ", ".join(filter(None, (nombre, *contacto)))),
        ("Lo que pide", dicho("pedido")),
    ]
    return [(letra, texto) for letra, texto in filas if texto]


def _dia(formulario) -> str:
    """`viernes 20 de noviembre`; as it was typed, if it is no date."""
    valor = formulario["ocurrio_el"].value()
    try:
        fecha = formulario.fields["ocurrio_el"].to_python(valor)
    except ValidationError:
        return str(valor)
    return dia_en_palabras(fecha) if fecha else ""


def leer_al_final(reclamo: Reclamo, plazos: list[dict]) -> str:
    """The sentence to close with: the code, and by when it will be answered."""
    clase = reclamo.get_clase_display().lower()
    codigo = f"El código de su {clase} es {reclamo.codigo}."
    if reclamo.resuelta_en:
        return f"{codigo} Queda registrado que lo resolvimos hoy y que está de acuerdo."
    return f"{codigo} Le responderemos a más tardar {plazos[0]['hasta']}."

"""The columns of a padrón, by any of the names that people give them."""

import unicodedata
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Columna:
    """`clave` is the field it feeds; `otros` are more names of the heading, already simplified."""

    clave: str
    titulo: str
    explica: str
    ejemplo: str
    otros: frozenset[str] = field(default=frozenset())
    es_obligatoria: bool = False


def _col(clave, titulo, explica, ejemplo, otros="", obligatoria=False) -> Columna:
    return Columna(clave, titulo, explica, ejemplo, frozenset(otros.split()), obligatoria)


COLUMNAS = (
    _col(
        "proyecto", "Proyecto", "Código o nombre del proyecto, como está en Datos.",
        "", "codigoproyecto codigodelproyecto condominio edificio", True,
    ),
    _col(
        "unidad", "Unidad", "Como la lee el propietario. Si no existe en el proyecto, se crea.",
        "Torre B, depto. 704", "vivienda departamento depto casa", True,
    ),
    _col(
        "tipo", "Tipo de documento", "RUT o PAS (pasaporte). Vacío: RUT.",
        "RUT", "tipo tipodocumento tipodoc",
    ),
    _col(
        "documento", "RUT o documento", "Con o sin puntos. Vacío si la unidad no tiene dueño aún.",
        "12.345.678-5", "rut run documento numerodocumento numerodedocumento rutpropietario "
        "rutdelpropietario rutdueno",
    ),
    _col(
        "nombre", "Nombre", "Nombre completo del dueño. Hace falta si la persona es nueva.",
        "Camila Rojas Fuentealba", "nombrecompleto propietario nombrepropietario "
        "nombredelpropietario dueno",
    ),
    _col(
        "correo", "Correo", "A él llegan los códigos. No reemplaza un correo ya registrado.",
        "camila@correo.cl", "email mail correoelectronico",
    ),
    _col(
        "telefono", "Teléfono", "No reemplaza un teléfono ya registrado.",
        "9 1111 2222", "fono celular movil telefonomovil",
    ),
    _col(
        "recepcion_definitiva_el", "Recepción definitiva", "Fecha de la recepción municipal.",
        "14-03-2023", "recepciondefinitivael fecharecepcion recepcionfinal "
        "fecharecepciondefinitiva recepcionmunicipal",
    ),
    _col(
        "inscripcion_el", "Inscripción CBR", "Fecha de inscripción en el Conservador.",
        "09-06-2024", "inscripcion inscripcionel inscripcionenelcbr cbr fechainscripcion "
        "fechainscripcioncbr",
    ),
    _col(
        "entrega_el", "Entrega", "Fecha en que se entregó la unidad.",
        "20-06-2024", "entregael fechaentrega fechadeentrega",
    ),
    _col(
        "desde", "Dueño desde", "Primer día como dueño. Vacío en una unidad sin dueños: su "
        "inscripción o, si no la tiene, su entrega.", "09-06-2024",
        "desde propietariodesde fechadesde",
    ),
    _col(
        "hasta", "Dueño hasta", "Último día como dueño, si ya no lo es. Vacío: sigue siéndolo.",
        "", "hasta propietariohasta fechahasta",
    ),
)  # fmt: skip
# What our own list of refused rows adds: read and left aside.
MOTIVO = "Por qué se rechazó"
CLAVES = tuple(c.clave for c in COLUMNAS)


def simplificar(texto: str) -> str:
    """Letters and digits only, without accents or case: `Dueño  DESDE` is `duenodesde`."""
    plano = unicodedata.normalize("NFKD", texto).casefold()
    return "".join(c for c in plano if c.isalnum() and c.isascii())


_POR_NOMBRE = {
    nombre: c.clave for c in COLUMNAS for nombre in {simplificar(c.titulo), c.clave, *c.otros}
}


def columna_de(encabezado: str) -> str | None:
    """Field of a heading; None if it names nothing of ours."""
    return _POR_NOMBRE.get(simplificar(encabezado))


def es_motivo(encabezado: str) -> bool:
    return simplificar(encabezado) == simplificar(MOTIVO)

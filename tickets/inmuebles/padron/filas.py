"""One row of the padrón: forgiving in, strict inside. Every refusal says what to do."""

import re
import unicodedata
from dataclasses import dataclass, fields
from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from postventa.personas.documentos import TipoDocumento, normalizar
from tickets.inmuebles.padron.columnas import COLUMNAS, simplificar
from tickets.inmuebles.padron.hoja import sin_comilla
from tickets.inmuebles.padron.limites import LARGO_CELDA

FECHAS_DE_UNIDAD = ("recepcion_definitiva_el", "inscripcion_el", "entrega_el")
FECHAS = (*FECHAS_DE_UNIDAD, "desde", "hasta")
TITULOS = {c.clave: c.titulo for c in COLUMNAS}
LARGOS = {"unidad": 80, "nombre": 120, "correo": 254, "telefono": 40}
# Both companies are Chilean: their "cédula" is the RUT.
TIPOS = {
    **dict.fromkeys(
        ("", "rut", "run", "ci", "cedula", "ceduladeidentidad"), TipoDocumento.RUT.value
    ),
    **dict.fromkeys(("pas", "pasaporte", "passport"), TipoDocumento.PASAPORTE.value),
}
DIGITO_ERRADO = "El dígito verificador del RUT no coincide. Compáralo con la escritura."
# Day 0 of a spreadsheet's calendar; a bare number between these two days can only be a date.
CERO_DE_EXCEL = date(1899, 12, 30)
SERIE_MINIMA, SERIE_MAXIMA = 20_000, 80_000
ANIOS = range(1900, 2101)


@dataclass
class Fila:
    """A row already read. `documento` is the stored form; dates that were not given are None."""

    numero: int
    proyecto_id: int = 0
    unidad: str = ""
    tipo: str = ""
    documento: str = ""
    nombre: str = ""
    correo: str = ""
    telefono: str = ""
    recepcion_definitiva_el: date | None = None
    inscripcion_el: date | None = None
    entrega_el: date | None = None
    desde: date | None = None
    hasta: date | None = None

    @property
    def de_unidad(self) -> tuple[int, str]:
        return self.proyecto_id, plegar(self.unidad)

    @property
    def de_cliente(self) -> tuple[str, str]:
        return self.tipo, self.documento

    def guardada(self) -> dict:
        """As JSON."""
        return {k: v.isoformat() if isinstance(v, date) else v for k, v in vars(self).items()}

    @classmethod
    def recuperar(cls, datos: dict) -> "Fila":
        nombres = {f.name for f in fields(cls)}
        return cls(
            **{
                k: date.fromisoformat(v) if k in FECHAS and v else (None if k in FECHAS else v)
                for k, v in datos.items()
                if k in nombres
            }
        )


def plegar(texto: str) -> str:
    """What two ways of writing one unit have in common: `TORRE B` and `Torre  b`."""
    return " ".join(texto.split()).casefold()


def limpiar(texto: str) -> str:
    """One line of printable text, without what a spreadsheet adds around it."""
    texto = sin_comilla(texto)
    if texto.isascii() and texto.isprintable():
        return " ".join(texto.split())
    texto = unicodedata.normalize("NFC", texto)
    texto = "".join(c for c in texto if unicodedata.category(c) != "Cf")
    return " ".join("".join(c if c.isprintable() else " " for c in texto).split())


def interpretar(numero: int, celdas: dict, proyectos: dict) -> tuple[Fila, list[str]]:
    """The row and why it is refused (nothing if it is not).

    `proyectos` maps a folded code or name to its id.
    """
    limpias = {c: limpiar(t) for c, t in celdas.items()}
    fila, motivos = Fila(numero), []
    if "_sobra" in celdas:
        motivos.append("Tiene más celdas que el encabezado. Revisa que no falten comillas.")
    for clave, texto in limpias.items():
        maximo = LARGOS.get(clave, LARGO_CELDA)
        if len(texto) > maximo:
            motivos.append(f"{TITULOS[clave]}: escribe a lo más {maximo} caracteres.")
    if motivos:
        return fila, motivos
    for leer in (_lugar, _persona, _contacto, _fechas):
        try:
            leer(fila, limpias, proyectos)
        except ValidationError as error:
            motivos += error.messages
    return fila, motivos


def _lugar(fila, celdas, proyectos):
    fila.unidad = celdas.get("unidad", "")
    fila.proyecto_id = proyectos.get(plegar(celdas.get("proyecto", "")), 0)
    if not celdas.get("proyecto"):
        raise ValidationError("Falta el proyecto. Escribe su código.")
    if not fila.proyecto_id:
        raise ValidationError(
            f"El proyecto «{celdas['proyecto']}» no está entre los tuyos. Mira su código en Datos."
        )
    if not fila.unidad:
        raise ValidationError("Falta la unidad. Escríbela como la lee el propietario.")


def _persona(fila, celdas, proyectos):
    fila.nombre, texto = celdas.get("nombre", ""), celdas.get("documento", "")
    if not texto:
        if any(celdas.get(c) for c in ("nombre", "correo", "telefono", "desde", "hasta", "tipo")):
            raise ValidationError("Falta el RUT o documento del dueño.")
        return
    fila.tipo = TIPOS.get(simplificar(celdas.get("tipo", "")), "")
    if not fila.tipo:
        raise ValidationError(
            f"No conocemos el tipo de documento «{celdas['tipo']}». Escribe RUT o PAS (pasaporte)."
        )
    try:
        fila.documento = normalizar(fila.tipo, texto)
    except ValidationError as error:
        # Its own words speak to the owner, who has the card at hand.
        if error.code == "digito":
            raise ValidationError(DIGITO_ERRADO) from None
        raise
    if len(fila.documento) > 20:
        raise ValidationError("El documento es demasiado largo. Revísalo.")
    if fila.nombre and sum(c.isalpha() for c in fila.nombre) < 2:
        raise ValidationError("El nombre no parece un nombre. Revísalo.")


def _contacto(fila, celdas, proyectos):
    fila.correo, fila.telefono = celdas.get("correo", ""), celdas.get("telefono", "")
    errores = []
    if fila.correo:
        try:
            validate_email(fila.correo)
        except ValidationError:
            errores.append("El correo está mal escrito. Revísalo: debe ser como ana@correo.cl")
    if fila.telefono and not re.fullmatch(r"\+?[0-9 ().\-/]*", fila.telefono):
        errores.append("El teléfono lleva solo números. Por ejemplo: 9 1111 2222")
    elif fila.telefono and not 7 <= sum(c.isdigit() for c in fila.telefono) <= 15:
        errores.append("El teléfono debe tener entre 7 y 15 números.")
    if errores:
        raise ValidationError(errores)


def _fechas(fila, celdas, proyectos):
    errores = []
    for clave in FECHAS:
        if texto := celdas.get(clave):
            fecha = leer_fecha(texto)
            if fecha is None:
                errores.append(
                    f"{TITULOS[clave]}: «{texto[:40]}» no es una fecha. Escríbela como 09-06-2024."
                )
            setattr(fila, clave, fecha)
    if fila.desde and fila.hasta and fila.hasta < fila.desde:
        errores.append("Dueño hasta es anterior a dueño desde. Corrige una de las dos.")
    if errores:
        raise ValidationError(errores)


def leer_fecha(texto: str) -> date | None:
    """`09-06-2024`, `9/6/2024`, `2024-06-09` (with a time or not) or a spreadsheet's day number.

    The day comes before the month; a year of two figures is no date, for it may be two.
    """
    if re.fullmatch(r"[0-9]{5}", texto) and SERIE_MINIMA <= int(texto) <= SERIE_MAXIMA:
        return CERO_DE_EXCEL + timedelta(days=int(texto))
    limpio = re.sub(r"[T ]0?0:00(:00(\.0+)?)?Z?$", "", texto)
    if chileno := re.fullmatch(r"([0-9]{1,2})([-/. ])([0-9]{1,2})\2([0-9]{4})", limpio):
        dia, _, mes, anio = chileno.groups()
    elif iso := re.fullmatch(r"([0-9]{4})([-/.])([0-9]{1,2})\2([0-9]{1,2})", limpio):
        anio, _, mes, dia = iso.groups()
    else:
        return None
    try:
        fecha = date(int(anio), int(mes), int(dia))
    except ValueError:
        return None
    return fecha if fecha.year in ANIOS else None

"""Identity documents: forgiving in, strict inside (D-13)."""

import re

from django.core.exceptions import ValidationError
from django.db import models
from stdnum.cl import rut
from stdnum.exceptions import InvalidChecksum
from stdnum.exceptions import ValidationError as ErrorStdnum
from stdnum.pe import ruc


class TipoDocumento(models.TextChoices):
    RUT = "RUT", "RUT"
    DNI = "DNI", "DNI"
    CE = "CE", "Carné de extranjería"
    RUC = "RUC", "RUC"
    CI = "CI", "Cédula de identidad"
    NIT = "NIT", "NIT"
    PASAPORTE = "PAS", "Pasaporte"
    # Who was taken in by telephone without one: the number is ours, until somebody asks for it.
    SIN = "SIN", "Sin documento"


def _escribir(que):
    return f"Escribe {que}", f"Escriba {que}"


PENDIENTE = "RUT pendiente"
# What to do about a document, to whom is addressed as "tú" and as "usted".
DIGITO_ERRADO = (
    "El dígito verificador no coincide. Compáralo con tu cédula y escríbelo de nuevo.",
    "El dígito verificador no coincide. Compárelo con su cédula y escríbalo de nuevo.",
)
DIGITO_AJENO = "El dígito verificador no coincide. Compáralo con su cédula y escríbelo de nuevo."
RUT_MAL_ESCRITO = _escribir("el RUT completo, con su dígito verificador. Por ejemplo: 12.345.678-5")
RUC_ERRADO = ("El RUC no coincide con su dígito verificador.",) * 2
RUC_MAL_ESCRITO = _escribir("los 11 dígitos del RUC.")
FORMAS = {
    TipoDocumento.DNI: (r"[0-9]{8}", _escribir("los 8 dígitos del DNI.")),
    TipoDocumento.CE: (r"[A-Z0-9]{8,12}", _escribir("de 8 a 12 letras o dígitos.")),
    TipoDocumento.CI: (r"[0-9]{4,9}[A-Z0-9]{0,4}", _escribir("el número de la cédula.")),
    TipoDocumento.NIT: (r"[0-9]{5,15}", _escribir("solo los dígitos del NIT.")),
    TipoDocumento.PASAPORTE: (r"[A-Z0-9]{5,15}", _escribir("de 5 a 15 letras o dígitos.")),
    TipoDocumento.SIN: (
        r"[A-Z0-9]{12}",
        (
            "Deja el número que ya tiene, o elige otro tipo.",
            "Deje el número que ya tiene, o elija otro tipo.",
        ),
    ),
}


def normalizar_rut(texto, usted=False):
    """Return a RUT as `12345678-5` (body without zeros, upper K).

    Accepts dots, hyphen, spaces or none of them. Raises ValidationError, with a message that
    says what to do, when the shape or the check digit (mod 11) is wrong.
    """
    limpio = re.sub(r"[\s.\-‐-―]", "", str(texto)).upper()
    if not re.fullmatch(r"[0-9]{6,9}[0-9K]", limpio):
        raise ValidationError(RUT_MAL_ESCRITO[usted], code="forma")
    cuerpo, digito = limpio[:-1].lstrip("0"), limpio[-1]
    if rut.calc_check_digit(cuerpo.zfill(8)) != digito:
        raise ValidationError(DIGITO_ERRADO[usted], code="digito")
    return f"{cuerpo}-{digito}"


def mostrar_rut(numero):
    """Return `12345678-5` as people write it: `12.345.678-5`."""
    cuerpo, digito = numero.split("-")
    return f"{int(cuerpo):,}".replace(",", ".") + f"-{digito}"


def normalizar_ajeno(tipo, texto):
    """The same, of a document that is not the reader's own."""
    try:
        return normalizar(tipo, texto)
    except ValidationError as error:
        if error.code == "digito":
            raise ValidationError(DIGITO_AJENO, code="digito") from None
        raise


def normalizar(tipo, texto, usted=False):
    """Return the stored form of an identity document of `tipo`; ValidationError if malformed.

    RUT and RUC carry a check digit. DNI, CE, CI and NIT have only a format: no public rule of
    their digits exists, so they are stored as `format only`. `usted`: how the reader is addressed.
    """
    if tipo == TipoDocumento.RUT:
        return normalizar_rut(texto, usted)
    limpio = re.sub(r"[\s.\-]", "", str(texto)).upper()
    if tipo == TipoDocumento.RUC:
        try:
            return ruc.validate(limpio)
        except InvalidChecksum:
            raise ValidationError(RUC_ERRADO[usted]) from None
        except ErrorStdnum:
            raise ValidationError(RUC_MAL_ESCRITO[usted]) from None
    forma, mensaje = FORMAS[tipo]
    if not re.fullmatch(forma, limpio):
        raise ValidationError(mensaje[usted])
    return limpio


def mostrar(tipo, numero):
    """Return the document as people of its country write it."""
    if tipo == TipoDocumento.SIN:
        return PENDIENTE
    return mostrar_rut(numero) if tipo == TipoDocumento.RUT else numero

"""Django's own words where they say «usted» or take every thing for masculine, in our voice.

Those that only the console shows say «tú», as it does; those that the portal shows too speak to
nobody, for each company has its own way of addressing its customers.
"""

from gettext import NullTranslations

from django.conf import settings
from django.utils.translation import trans_real
from django.views.i18n import JavaScriptCatalog

FORMAS = range(3)  # of a plural, in Django's Spanish
DE_LA_CONSOLA = {
    "Add another %(verbose_name)s": "Agregar %(verbose_name)s",
    "All": "Sin filtrar",
    "Any date": "Sin filtrar",
    "Save and add another": "Guardar y agregar más",
    "Save and continue editing": "Guardar y seguir aquí",
    "Select %s": "Elige %s",
    "Select %s to change": "Elige %s",
    "Select %s to view": "Elige %s",
    "The {name} “{obj}” was added successfully.": "Se agregó «{obj}».",
    "The {name} “{obj}” was added successfully. You may add another {name} below.": (
        "Se agregó «{obj}». Aquí puedes agregar más."
    ),
    "You may edit it again below.": "Aquí puedes seguir.",
    "The {name} “{obj}” was changed successfully.": "Se guardó «{obj}».",
    "The {name} “{obj}” was changed successfully. You may add another {name} below.": (
        "Se guardó «{obj}». Aquí puedes agregar más."
    ),
    "The {name} “{obj}” was changed successfully. You may edit it again below.": (
        "Se guardó «{obj}». Aquí puedes seguir."
    ),
    "The %(name)s “%(obj)s” was deleted successfully.": "Se eliminó «%(obj)s».",
    "Enter a new password for the user <strong>%(username)s</strong>.": (
        "Escribe una clave nueva para <strong>%(username)s</strong>."
    ),
    "Please enter the correct %(username)s and password for a staff account. Note that both "
    "fields may be case-sensitive.": (
        "El usuario o la clave no coinciden. Fíjate en las mayúsculas y vuelve a escribirlos."
    ),
    "Please enter a correct %(username)s and password. Note that both fields may be "
    "case-sensitive.": (
        "El usuario o la clave no coinciden. Fíjate en las mayúsculas y vuelve a escribirlos."
    ),
    "Your password was changed.": "Cambiaste tu clave.",
    "The two password fields didn’t match.": "Las dos claves no son iguales. Repítelas.",
    "Your password can’t be a commonly used password.": "Que no sea una clave común.",
    "Your password can’t be entirely numeric.": "No solo números.",
    "Your password can’t be too similar to your other personal information.": (
        "Que no se parezca a los demás datos de la cuenta."
    ),
    "Enter the same password as before, for verification.": "Para estar seguros.",
    "The password is too similar to the %(verbose_name)s.": (
        "La clave se parece demasiado a: %(verbose_name)s."
    ),
    "This password is too common.": "Esa clave es muy común: elige otra que nadie adivine.",
    "This password is entirely numeric.": "La clave no puede llevar solo números.",
    "Enter a valid username. This value may contain only letters, numbers, and @/./+/-/_ "
    "characters.": "El usuario lleva solo letras, números y @ . + - _",
    "A user with that username already exists.": "Ya hay una cuenta con ese usuario.",
}
DE_LA_CONSOLA |= {
    (plural, n): texto
    for plural, texto in {
        "Please correct the error below.": "Hay datos por corregir: revisa los campos marcados.",
        "This password is too short. It must contain at least %d character.": (
            "La clave es muy corta: escribe al menos %d caracteres."
        ),
        "Your password must contain at least %(min_length)d character.": (
            "Al menos %(min_length)d caracteres."
        ),
    }.items()
    for n in FORMAS
}
DE_TODOS = {
    "Enter a valid value.": "No es un valor válido.",
    "Enter a valid email address.": "No es una dirección de correo. Por ejemplo: ana@correo.cl",
    "Enter a valid date.": "No es una fecha. Por ejemplo: 09-06-2026",
    "Enter a valid time.": "No es una hora. Por ejemplo: 10:30",
    "Enter a valid date/time.": "No es una fecha y hora. Por ejemplo: 09-06-2026 10:30",
    "Enter a number.": "No es un número.",
    "Enter a whole number.": "No es un número entero.",
    "Enter a list of values.": "No es una lista.",
    "Select a valid choice. %(value)s is not one of the available choices.": (
        "Esa opción no está en la lista."
    ),
    "Select a valid choice. That choice is not one of the available choices.": (
        "Esa opción no está en la lista."
    ),
    "Ensure this value is greater than or equal to %(limit_value)s.": "Desde %(limit_value)s.",
    "Ensure this value is less than or equal to %(limit_value)s.": "Hasta %(limit_value)s.",
    "Please correct the duplicate data for %(field)s.": "Está repetido: %(field)s.",
    "Please correct the duplicate data for %(field)s, which must be unique.": (
        "Está repetido: %(field)s."
    ),
    "Please correct the duplicate values below.": "Hay valores repetidos.",
    ("Ensure this value has at most %(limit_value)d character (it has %(show_value)d).", 0): (
        "Admite %(limit_value)d carácter y tiene %(show_value)d."
    ),
}
DE_TODOS |= {
    (
        "Ensure this value has at most %(limit_value)d character (it has %(show_value)d).",
        n,
    ): "Admite hasta %(limit_value)d caracteres y tiene %(show_value)d."
    for n in FORMAS[1:]
}
DEL_NAVEGADOR = {
    "Choose a Date": "Elige una fecha",
    "Choose a Time": "Elige una hora",
    "Choose a time": "Elige una hora",
}


class Palabras(NullTranslations):
    """Ours, in the shape in which Django merges one catalogue into another."""

    def __init__(self, palabras: dict, plural):
        super().__init__()
        self._catalog, self.plural = palabras, plural


def hablar_como_la_consola() -> None:
    """Put our words over Django's, for the whole process."""
    catalogo = trans_real.translation(settings.LANGUAGE_CODE)
    catalogo.merge(Palabras({**DE_LA_CONSOLA, **DE_TODOS}, catalogo.plural))


class CatalogoDelNavegador(JavaScriptCatalog):
    """What the admin's own scripts say, in our voice too."""

    packages = ["django.contrib.admin"]

    def get_catalog(self):
        return {**super().get_catalog(), **DEL_NAVEGADOR}

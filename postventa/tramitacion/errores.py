"""How the door says no. Each carries a Spanish sentence for the person who asked."""

# Letters to Unicode that nobody sees: fillers of Hangul, and the blank of Braille.
_EN_BLANCO = frozenset("\u115f\u1160\u2800\u3164\uffa0")


class Rechazo(Exception):
    """Base of every refusal; nothing was changed."""

    status = 400

    def __init__(self, mensaje: str):
        super().__init__(mensaje)
        self.mensaje = mensaje


class NoAutorizado(Rechazo):
    """The actor may not fire this verb on this object, or not in this company."""

    status = 403


class Conflicto(Rechazo):
    """The case is not (any more) where the verb is possible. `estado` is where it is now."""

    status = 409

    def __init__(self, mensaje: str, estado: str = ""):
        super().__init__(mensaje)
        self.estado = estado


class DatosInvalidos(Rechazo):
    """What was typed does not do; `campos` maps a field to its message."""

    status = 422

    def __init__(self, campos: dict[str, str] | str):
        self.campos = {"__all__": campos} if isinstance(campos, str) else campos
        super().__init__(" ".join(self.campos.values()))


def visible(texto) -> str:
    """The text without blanks around it; empty if nothing of it can be seen."""
    texto = str(texto or "").strip()
    se_ve = (c.isprintable() and not c.isspace() and c not in _EN_BLANCO for c in texto)
    return texto if any(se_ve) else ""


def exigir(datos: dict, campo: str, mensaje: str) -> str:
    """Return the text of a field; DatosInvalidos with `mensaje` if it says nothing."""
    texto = visible(datos.get(campo))
    if not texto:
        raise DatosInvalidos({campo: mensaje})
    return texto

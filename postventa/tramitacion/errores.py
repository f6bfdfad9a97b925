"""How the door says no. Each carries a Spanish sentence for the person who asked."""


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


def exigir(datos: dict, campo: str, mensaje: str) -> str:
    """Return the text of a field; DatosInvalidos with `mensaje` if it is blank."""
    texto = str(datos.get(campo) or "").strip()
    if not texto:
        raise DatosInvalidos({campo: mensaje})
    return texto

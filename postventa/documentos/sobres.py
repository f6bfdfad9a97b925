"""What every document of a case is sent to the composer in: its text, its hash and who sends it."""

from datetime import datetime


class SinDocumento(LookupError):
    """The case has not come to the point where that document exists."""


def sobre(caso, texto: str, huella: str, fecha: datetime, nombre: str) -> dict:
    """Data of a template that shows `texto`; `caso` with its company and place."""
    contacto = (
        caso.sede.telefono or caso.empresa.telefono,
        caso.sede.correo or caso.empresa.correo_contacto,
    )
    return {
        "canonico": texto,
        "huella": huella,
        "fecha": fecha.isoformat(),
        "adjunto": f"{nombre}.json",
        "marca": {
            "codigo": caso.empresa.codigo,
            "nombre": caso.empresa.nombre,
            "contacto": [caso.empresa.razon_social or caso.empresa.nombre, *filter(None, contacto)],
        },
    }

"""Addresses of the reception, inside the console."""

from django.urls import path, reverse

from reclamos.toma import vistas
from reclamos.toma.pagina import reciben


def urls(sitio) -> list:
    base, vista = "capera/recepcion/", sitio.admin_view
    return [
        path(base, vista(vistas.buscar), name="capera_recepcion"),
        path(f"{base}nueva/", vista(vistas.recepcion), name="capera_recepcion_nueva"),
        path(f"{base}<int:pk>/", vista(vistas.recepcion), name="capera_recepcion_de"),
        path(f"{base}lista/<int:pk>/", vista(vistas.lista), name="capera_recepcion_lista"),
    ]


def paginas(usuario) -> list[tuple[str, str]]:
    """What the home offers to everybody who works there (C-01)."""
    if not reciben(usuario):
        return []
    return [("Recibir una queja o reclamo", reverse("admin:capera_recepcion"))]

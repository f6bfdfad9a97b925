"""`{% icono "reloj" %}`: our own line drawings, inline, coloured by the text around them."""

from django import template
from django.utils.html import format_html
from django.utils.safestring import mark_safe

register = template.Library()

# 20 x 20, drawn for this product; stroke only.
DIBUJOS = {
    "abajo": '<path d="m4.8 7.8 5.2 5.2 5.2-5.2"/>',
    "adelante": '<path d="m7.8 4.8 5.2 5.2-5.2 5.2"/>',
    "agua": '<path d="M10 2.8c2.9 3.5 4.7 6 4.7 8.7a4.7 4.7 0 0 1-9.4 0c0-2.7 1.8-5.2 4.7-8.7z"/>',
    "alerta": '<path d="M10 3.2 18 16.8H2z"/><path d="M10 8.2v3.6m0 2.4v.1"/>',
    "atras": '<path d="m12.2 4.8-5.2 5.2 5.2 5.2"/>',
    "basurero": '<path d="M4 5.8h12M8 5.6V3.8h4v1.8M5.6 6l.8 10.4h7.2L14.4 6"/>',
    "buscar": '<circle cx="8.8" cy="8.8" r="5.2"/><path d="m12.8 12.8 4 4"/>',
    "calendario": '<rect x="3" y="4.2" width="14" height="12.8" rx="2"/>'
    '<path d="M3 8.2h14M6.8 2.6v3M13.2 2.6v3"/>',
    "camara": '<path d="M3 7.2a1.4 1.4 0 0 1 1.4-1.4h2l1.2-1.9h4.8l1.2 1.9h2A1.4 1.4 0 0 1 17 '
    '7.2v7.4a1.4 1.4 0 0 1-1.4 1.4H4.4A1.4 1.4 0 0 1 3 14.6z"/><circle cx="10" cy="10.6" r="2.9"/>',
    "campana": '<path d="M4.4 14h11.2c-1.2-1.4-1.4-2.8-1.4-5a4.2 4.2 0 0 0-8.4 0c0 2.2-.2 3.6-1.4 '
    '5zM8.4 16.6c.8.9 2.4.9 3.2 0"/>',
    "candado": '<rect x="4.6" y="9" width="10.8" height="7.6" rx="1.6"/>'
    '<path d="M6.8 9V6.6a3.2 3.2 0 0 1 6.4 0V9"/>',
    "descargar": '<path d="M10 3v9.4m-3.6-3.6L10 12.4l3.6-3.6M4 16.6h12"/>',
    "documento": '<path d="M5 2.8h6.4L15 6.4v10.8H5z"/>'
    '<path d="M11.2 3v3.6H15M7.6 10.2h4.8M7.6 13.2h4.8"/>',
    "edificio": '<path d="M4.6 17V3.6h7V17M11.6 8h4V17M2.8 17h14.4M7 7h2M7 10h2M7 13h2"/>',
    "equis": '<path d="m5.5 5.5 9 9m0-9-9 9"/>',
    "firma": '<path d="M3 14.8c3.4-1 6-9 4.4-10.2C5.6 3.6 4.8 13 8 13c2 0 2.2-3.2 3.4-3.2s.4 2.8 2 '
    '2.8c1.2 0 1.6-1 3.6-1M3 17.4h14"/>',
    "flecha": '<path d="M3 10h14m-5.5-5.5L17 10l-5.5 5.5"/>',
    "fuego": '<path d="M10.4 2.6c.6 3.4 4.6 5 4.6 9a5 5 0 0 1-10 .2c0-2 1-3.2 1.9-4.2.3 1.3.8 1.9 '
    '1.5 2.3.1-3 .4-5.3 2-7.3z"/>',
    "info": '<circle cx="10" cy="10" r="7.2"/><path d="M10 9.2v4.3M10 6.4v.1"/>',
    "lapiz": '<path d="m3.6 16.4.8-3.4L13.2 4.2l2.6 2.6L7 15.6zM11.6 5.8l2.6 2.6"/>',
    "llave": '<path d="M12.4 3.4a4 4 0 0 0-3.7 5.5l-5.5 5.5 2.4 2.4 5.5-5.5a4 4 0 0 0 5.3-4.7l-2.4 '
    '2.4-2.3-.4-.4-2.3L13.7 3.9a4 4 0 0 0-1.3-.5z"/>',
    "luz": '<path d="M11.2 2.6 4.8 11.4h4.4l-.8 6 6.6-9h-4.6z"/>',
    "mas": '<path d="M10 4.5v11M4.5 10h11"/>',
    "ojo": '<path d="M2.4 10S5.2 4.8 10 4.8 17.6 10 17.6 10 14.8 15.2 10 15.2 2.4 10 2.4 10z"/>'
    '<circle cx="10" cy="10" r="2.3"/>',
    "pausa": '<path d="M7 5v10M13 5v10"/>',
    "persona": '<circle cx="10" cy="6.8" r="3.2"/><path d="M3.8 17c.6-3.4 3.1-5 6.2-5s5.6 1.6 6.2 '
    '5"/>',
    "personas": '<circle cx="7.4" cy="7" r="2.7"/><path d="M2.4 16c.5-2.8 2.5-4.2 5-4.2s4.5 1.4 5 '
    '4.2M13 4.6a2.7 2.7 0 0 1 0 4.9M14.6 12.2c1.6.6 2.7 1.9 3 3.8"/>',
    "reloj": '<circle cx="10" cy="10" r="7.2"/><path d="M10 5.8V10l2.8 1.8"/>',
    "salir": '<path d="M8 3.4H4.4v13.2H8M8.4 10h8.4m-3.4-3.4 3.4 3.4-3.4 3.4"/>',
    "sobre": '<rect x="2.6" y="4.4" width="14.8" height="11.2" rx="2"/>'
    '<path d="m3.2 5.6 6.8 5.2 6.8-5.2"/>',
    "telefono": '<path d="M4.4 3h2.7l1.4 3.8-1.8 1.3a10 10 0 0 0 5.2 5.2l1.3-1.8L17 12.9v2.7A1.4 '
    '1.4 0 0 1 15.6 17C8.8 17 3 11.2 3 4.4A1.4 1.4 0 0 1 4.4 3z"/>',
    "visto": '<path d="m4.5 10.5 3.5 3.5 7.5-8"/>',
}


@register.simple_tag
def icono(nombre: str):
    """Inline drawing of that name, hidden from screen readers: the word beside it speaks.

    KeyError on an unknown name, so that a misspelt one is seen at once.
    """
    return format_html(
        '<svg class="ico" viewBox="0 0 20 20" aria-hidden="true">{}</svg>',
        mark_safe(DIBUJOS[nombre]),  # noqa: S308  our own constants, never data
    )

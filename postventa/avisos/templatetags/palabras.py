"""Dates in words, inside mails: their facts are stored as ISO text."""

from datetime import datetime
from zoneinfo import ZoneInfo

from django import template

from postventa.calendario.palabras import vence_en_palabras

register = template.Library()


@register.filter
def vence(iso: str, zona: str) -> str:
    """`2026-11-25T13:15:00+00:00` as `el miércoles 25 de noviembre, a las 10:15`."""
    return vence_en_palabras(datetime.fromisoformat(iso), ZoneInfo(zona))

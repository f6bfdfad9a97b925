"""By which way a complaint comes in and an answer goes out, and whom it reaches."""

from typing import NamedTuple

from django.db import models


class Canal(models.TextChoices):
    """002:19-21 and 002:49: by which way a complaint comes in."""

    TELEFONO = "telefono", "Línea telefónica"
    CASETA = "caseta", "Presencial, en la caseta de ventas"
    OFICINA = "oficina", "Presencial, en las oficinas principales"
    FILIAL = "filial", "Presencial, con personal de la filial"
    CORREO = "correo", "Correo electrónico"
    CARTA = "carta", "Carta formal o documento escrito"
    WEB = "web", "Libro de Reclamaciones del sitio"


VERBALES = (Canal.TELEFONO, Canal.CASETA, Canal.OFICINA, Canal.FILIAL)


class Medio(models.TextChoices):
    """C-10: how an answer goes out."""

    CORREO = "correo", "Correo electrónico"
    CARTA = "carta", "Carta formal"


class Que(models.TextChoices):
    """002:47: what the Responsable does before answering; the fourth, the answer, is its own."""

    ANALIZAR = "analizar", "Analizar el caso"
    VERIFICAR = "verificar", "Hacer las consultas y verificaciones internas"
    ESCUCHAR = "escuchar", "Escuchar al denunciante"


class Contacto(NamedTuple):
    """Who complains, in the words of the complaint, and where the answer goes."""

    nombre: str
    correo: str
    telefono: str

"""Holidays and office windows as data, and the offset of the movable clock.

No foreign key to Usuario here: `personas` depends on this room, never the other way round.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from uuid import uuid4

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import F, Q

PAISES = [("CL", "Chile"), ("PE", "Perú"), ("BO", "Bolivia")]
DIAS = list(enumerate(("lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo")))


# What has its version already in the edit that is going on; None outside of one.
_con_version: ContextVar[set | None] = ContextVar("con_version", default=None)


@contextmanager
def una_version() -> Iterator[None]:
    """Whatever is saved inside gives each calendar or jornada one version, and always a stamp."""
    ficha = _con_version.set(set())
    try:
        with transaction.atomic():
            yield
    finally:
        _con_version.reset(ficha)


def _siguiente(clase, pk):
    """The next version of a row; the one that it has if this edit gave it one."""
    hechos = _con_version.get()
    if hechos is None:
        return F("version") + 1
    mas = 0 if (clase, pk) in hechos else 1
    hechos.add((clase, pk))
    return F("version") + mas


class Versionado(models.Model):
    """What business time is built from. Every change of its rows gives it a version and a stamp.

    Staff and clocks quote the version; caches compare the stamp, because a version that was rolled
    back comes again with other contents.
    """

    version = models.PositiveIntegerField("versión", default=1, editable=False)
    sello = models.UUIDField(default=uuid4, editable=False)

    class Meta:
        abstract = True

    def save(self, *args, **kwargs):
        # A form that read the row before somebody's change must not write the old stamp back.
        if not self._state.adding:
            self.version, self.sello = _siguiente(type(self), self.pk), uuid4()
            if kwargs.get("update_fields") is not None:
                kwargs["update_fields"] = {*kwargs["update_fields"], "version", "sello"}
        super().save(*args, **kwargs)
        if not isinstance(self.version, int):
            self.refresh_from_db(fields=["version"])

    @classmethod
    def anotar_cambio(cls, *pks):
        """Give those rows their next version."""
        for pk in set(pks):
            cls.objects.filter(pk=pk).update(version=_siguiente(cls, pk), sello=uuid4())


class FilasQuerySet(models.QuerySet):
    """Rows of a Versionado: bulk changes tell it too."""

    def _duenios(self):
        """Class of the versioned parent, its column here, and the parents of these rows."""
        campo = self.model._meta.get_field(self.model.DUENIO)
        ids = self.order_by().values_list(campo.attname, flat=True).distinct()
        return campo.related_model, campo.attname, list(ids)

    def update(self, **valores):
        with transaction.atomic(using=self.db):
            clase, columna, antes = self._duenios()
            filas = super().update(**valores)
            if {self.model.DUENIO, columna} & valores.keys():
                antes = clase.objects.values_list("pk", flat=True)  # the new parent may be any
            clase.anotar_cambio(*antes)
            return filas

    update.alters_data = True

    def delete(self):
        with transaction.atomic(using=self.db):
            clase, _, antes = self._duenios()
            borradas = super().delete()
            clase.anotar_cambio(*antes)
            return borradas

    delete.alters_data = True
    delete.queryset_only = True

    def bulk_create(self, objs, *args, **kwargs):
        objs = list(objs)
        with transaction.atomic(using=self.db):
            creadas = super().bulk_create(objs, *args, **kwargs)
            clase, columna, _ = self.none()._duenios()
            clase.anotar_cambio(*(getattr(fila, columna) for fila in objs))
            return creadas


class Fila(models.Model):
    """A row of a Versionado, named by DUENIO; saving or deleting it gives the parent a version."""

    DUENIO = ""

    objects = FilasQuerySet.as_manager()

    class Meta:
        abstract = True

    def save(self, *args, **kwargs):
        return self._cambiar(super().save, *args, **kwargs)

    save.alters_data = True

    def delete(self, *args, **kwargs):
        return self._cambiar(super().delete, *args, **kwargs)

    delete.alters_data = True

    def _cambiar(self, accion, *args, **kwargs):
        campo = self._meta.get_field(self.DUENIO)
        actual = getattr(self, campo.attname)
        with transaction.atomic():
            # A row moved from one parent to another changes both.
            antes = type(self).objects.filter(pk=self.pk).values_list(campo.attname, flat=True)
            duenios = {actual, *antes}
            resultado = accion(*args, **kwargs)
            campo.related_model.anotar_cambio(*duenios)
        return resultado


class Calendario(Versionado):
    """The holidays of a country, or of a part of it on top of the country's."""

    codigo = models.SlugField("código", max_length=40, unique=True)
    nombre = models.CharField("nombre", max_length=80)
    pais = models.CharField("país", max_length=2, choices=PAISES)
    padre = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="locales",
        verbose_name="calendario del que hereda",
        help_text="Un calendario local hereda los feriados del nacional.",
    )

    class Meta:
        verbose_name = "calendario"
        verbose_name_plural = "calendarios"
        ordering = ["codigo"]

    def __str__(self):
        return self.nombre

    @classmethod
    def anotar_cambio(cls, *pks):
        """Local calendars inherit the change, so they get a version too."""
        todos, nuevos = set(), set(pks)
        while nuevos:
            todos |= nuevos
            nuevos = set(cls.objects.filter(padre__in=nuevos).values_list("pk", flat=True)) - todos
        super().anotar_cambio(*todos)

    def clean(self):
        vistos, actual = {self.pk}, self.padre
        while actual is not None:
            if actual.pk in vistos:
                raise ValidationError({"padre": "Un calendario no puede heredar de sí mismo."})
            vistos.add(actual.pk)
            actual = actual.padre


class Feriado(Fila):
    """A holiday. A local row outweighs the national one of the same date."""

    DUENIO = "calendario"

    calendario = models.ForeignKey(
        Calendario, models.CASCADE, related_name="feriados", verbose_name="calendario"
    )
    fecha = models.DateField("fecha")
    nombre = models.CharField("nombre", max_length=160)
    fuente = models.CharField(
        "fuente", max_length=300, help_text="Ley, decreto o lista de donde se tomó."
    )
    es_irrenunciable = models.BooleanField("irrenunciable", default=False)
    es_vigente = models.BooleanField(
        "vigente",
        default=True,
        help_text="Sin marcar, la fecha es hábil: por ejemplo, un feriado que un decreto trasladó. "
        "Se conserva para que una nueva carga no lo reponga.",
    )

    class Meta:
        verbose_name = "feriado"
        verbose_name_plural = "feriados"
        ordering = ["fecha"]
        constraints = [
            models.UniqueConstraint(
                fields=["calendario", "fecha"],
                name="feriado_fecha_unica",
                violation_error_message="Ese calendario ya tiene esa fecha.",
            )
        ]

    def __str__(self):
        return f"{self.fecha:%d-%m-%Y} {self.nombre}"


class ConfirmacionAnual(models.Model):
    """Somebody compared a year of a calendar with the official list."""

    calendario = models.ForeignKey(
        Calendario, models.CASCADE, related_name="confirmaciones", verbose_name="calendario"
    )
    anio = models.PositiveSmallIntegerField("año")
    confirmado_en = models.DateTimeField("confirmado el")
    confirmado_por = models.CharField("confirmado por", max_length=120)

    class Meta:
        verbose_name = "confirmación anual"
        verbose_name_plural = "confirmaciones anuales"
        ordering = ["calendario", "-anio"]
        constraints = [
            models.UniqueConstraint(
                fields=["calendario", "anio"],
                name="confirmacion_anual_unica",
                violation_error_message="Ese año ya está confirmado.",
            )
        ]

    def __str__(self):
        return f"{self.calendario} {self.anio}"


class Jornada(Versionado):
    """Office windows of a week."""

    codigo = models.SlugField("código", max_length=40, unique=True)
    nombre = models.CharField("nombre", max_length=120)

    class Meta:
        verbose_name = "jornada"
        verbose_name_plural = "jornadas"
        ordering = ["codigo"]

    def __str__(self):
        return self.nombre


class Tramo(Fila):
    """One window of a day of the week; a day may have several."""

    DUENIO = "jornada"

    jornada = models.ForeignKey(
        Jornada, models.CASCADE, related_name="tramos", verbose_name="jornada"
    )
    dia = models.PositiveSmallIntegerField("día", choices=DIAS)
    desde = models.TimeField("desde")
    hasta = models.TimeField("hasta")

    class Meta:
        verbose_name = "tramo"
        verbose_name_plural = "tramos"
        ordering = ["dia", "desde"]
        constraints = [
            models.CheckConstraint(
                condition=Q(desde__lt=F("hasta")),
                name="tramo_en_orden",
                violation_error_message="Un tramo debe terminar después de empezar.",
            ),
            models.CheckConstraint(condition=Q(dia__lte=6), name="tramo_dia_valido"),
        ]

    def __str__(self):
        return f"{self.get_dia_display()} {self.desde:%H:%M} a {self.hasta:%H:%M}"

    def clean(self):
        otros = Tramo.objects.filter(jornada_id=self.jornada_id, dia=self.dia).exclude(pk=self.pk)
        if not (self.desde and self.hasta):
            return
        if otros.filter(desde__lt=self.hasta, hasta__gt=self.desde).exists():
            raise ValidationError("Se superpone con otro tramo del mismo día.")


class AjusteHora(models.Model):
    """The one row of the movable clock: seconds it runs ahead of the real time."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1, editable=False)
    desfase = models.BigIntegerField("desfase en segundos", default=0)

    class Meta:
        verbose_name = "ajuste de la hora"
        verbose_name_plural = "ajuste de la hora"
        constraints = [models.CheckConstraint(condition=Q(id=1), name="ajuste_hora_unico")]

    def __str__(self):
        return f"{self.desfase} s"

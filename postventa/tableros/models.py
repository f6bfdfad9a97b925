"""The weeks that are over, counted once (docs/decisiones/0070).

Nothing here is a source: every row can be thrown away and counted again from clocks and audit.
"""

from django.db import models


class Sello(models.Model):
    """Which weeks of a company are counted, from the Monday `desde` up to `hasta`, not included.

    Its row is the lock of whoever counts. `forma` is a digest of what the counting depends on (the
    zone, what the rooms declare): with another one, nothing of what is stored is good.
    """

    empresa = models.OneToOneField(
        "empresas.Empresa", models.CASCADE, primary_key=True, related_name="+"
    )
    desde = models.DateField(null=True)
    hasta = models.DateField(null=True)
    forma = models.CharField(max_length=16, blank=True)

    class Meta:
        verbose_name = "sello del tablero"
        verbose_name_plural = "sellos del tablero"


class Resumen(models.Model):
    """One measure of one week: `n` in all, `si` of them good, `suma` of seconds where it is a time.

    Each is stored thrice (`corte`): by place and person, and summed over either, so that a board
    reads tens of rows and not every pair.
    """

    class Corte(models.TextChoices):
        LUGAR = "s"
        PERSONA = "p"
        AMBOS = "x"

    empresa = models.ForeignKey("empresas.Empresa", models.CASCADE, db_index=False)
    semana = models.DateField()
    corte = models.CharField(max_length=1, choices=Corte.choices)
    medida = models.CharField(max_length=60)
    sede = models.ForeignKey("empresas.Sede", models.CASCADE, null=True, db_index=False)
    persona = models.ForeignKey("personas.Usuario", models.CASCADE, null=True, db_index=False)
    n = models.IntegerField()
    si = models.IntegerField()
    suma = models.BigIntegerField(default=0)

    class Meta:
        verbose_name = "resumen semanal"
        verbose_name_plural = "resúmenes semanales"
        indexes = [models.Index(fields=["empresa", "corte", "semana"], name="resumen_de_corte")]

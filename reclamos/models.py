"""CAPERA's complaint, what is written of it on its way, and the improvement that follows."""

from django.db import models
from django.db.models import Q

from postventa.expedientes.models import Expediente
from postventa.tramitacion.errores import visible
from reclamos import faltas
from reclamos.canales import VERBALES, Canal, Contacto, Medio, Que
from reclamos.despacho import Via
from reclamos.flujo import EstadoMejora, EstadoReclamo, FlujoMejora, FlujoReclamo

# Where an answer has been written and may still be on its way out.
CON_CARTA = (EstadoReclamo.RESPONDIDA, EstadoReclamo.INADMISIBLE)


class Reclamo(FlujoReclamo, Expediente):
    """A queja or a reclamo. Its `codigo` is the folio: date of reception and the day's ordinal."""

    class Clase(models.TextChoices):
        """10.3: of the product or service, or of something else, such as the attention."""

        RECLAMO = "RECLAMO", "Reclamo"
        QUEJA = "QUEJA", "Queja"

    class Bien(models.TextChoices):
        """10.3: what was contracted."""

        PRODUCTO = "producto", "Producto"
        SERVICIO = "servicio", "Servicio"

    class Origen(models.TextChoices):
        INTERNA = "interna", "Interna"
        EXTERNA = "externa", "Externa"

    # --- 4.2, the register
    clase = models.CharField("tipo", max_length=10, choices=Clase.choices)
    origen = models.CharField(
        "origen", max_length=10, choices=Origen.choices, default=Origen.EXTERNA
    )
    servicio = models.CharField("servicio afectado", max_length=120, blank=True)
    tipologia = models.CharField("tipología", max_length=60, blank=True)
    recibida_en = models.DateTimeField("recepción")
    # Nobody, of what the complainant enters on the site.
    recibida_por = models.ForeignKey(
        "personas.Usuario", models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name="receptor",
    )  # fmt: skip
    # On phone and counter: when it was said that the complaint had gone to legal (12.4).
    informada_en = models.DateTimeField("ingreso informado", null=True, blank=True)
    # --- 002:25-29, a) to e); what the document asks "de ser posible" may be empty
    motivo = models.CharField("motivo preciso", max_length=300, blank=True)
    hechos = models.TextField("hechos en que se funda", max_length=6000, blank=True)
    ocurrio_el = models.DateField("fecha de los hechos", null=True, blank=True)
    ocurrio_a_las = models.TimeField("hora de los hechos", null=True, blank=True)
    lugar = models.CharField("lugar de los hechos", max_length=200, blank=True)
    distrito = models.CharField("distrito", max_length=80, blank=True)
    localidad = models.CharField("localidad", max_length=80, blank=True)
    predio = models.CharField("predio o lote", max_length=80, blank=True)
    involucrados = models.CharField("personas involucradas", max_length=300, blank=True)
    domicilio = models.CharField("domicilio del reclamante", max_length=200, blank=True)
    # Members of staff that it is about: they never see it (`permisos.vedados`).
    aludidos = models.ManyToManyField(
        "personas.Usuario", blank=True, related_name="+", verbose_name="trabajadores aludidos"
    )
    # --- 10.3, what a consumer's sheet of the Libro de Reclamaciones also has
    es_consumidor = models.BooleanField("es consumidor", default=True)
    hoja_numero = models.PositiveIntegerField("N° de hoja", null=True, blank=True)
    pedido = models.TextField("pedido", max_length=2000, blank=True)
    monto = models.DecimalField(
        "monto reclamado", max_digits=12, decimal_places=2, null=True, blank=True
    )
    apoderado = models.CharField("padre, madre o apoderado", max_length=120, blank=True)
    bien = models.CharField("bien contratado", max_length=10, choices=Bien.choices, blank=True)
    # As written on the site, where nobody has proved to be the customer of that document: what is
    # on file is neither shown to them nor changed by it. Empty, of what staff took in.
    nombre_dado = models.CharField("nombre escrito", max_length=120, blank=True)
    correo_dado = models.EmailField("correo escrito", blank=True)
    telefono_dado = models.CharField("teléfono escrito", max_length=40, blank=True)
    # --- numbers and dates of its way
    ingreso_anio = models.PositiveSmallIntegerField(null=True, blank=True)
    ingreso_numero = models.PositiveIntegerField("N° de Ingreso", null=True, blank=True)
    acciones_inmediatas = models.CharField("acciones inmediatas", max_length=600, blank=True)
    formalizada_en = models.DateTimeField(null=True, blank=True)
    resuelta_en = models.DateTimeField(null=True, blank=True)
    ingresada_en = models.DateTimeField(null=True, blank=True)
    admitida_en = models.DateTimeField(null=True, blank=True)
    respondida_en = models.DateTimeField(null=True, blank=True)
    manifestada_en = models.DateTimeField(null=True, blank=True)
    # --- C-12: solved on the spot, said by both
    solucion = models.TextField("solución en el acto", max_length=2000, blank=True)
    acepta_solucion = models.BooleanField("el reclamante la acepta", default=False)
    # --- derivation, analysis and answer
    area = models.CharField("área", max_length=80, blank=True)
    vuelta = models.PositiveSmallIntegerField("vuelta del análisis", default=0)
    justificacion = models.TextField("por qué se desestima", max_length=4000, blank=True)
    conclusiones = models.TextField("conclusiones", max_length=4000, blank=True)
    respuesta = models.TextField("respuesta", max_length=8000, blank=True)
    prevencion = models.TextField("para que no se repita", max_length=2000, blank=True)
    medio_respuesta = models.CharField(max_length=10, choices=Medio.choices, blank=True)
    redactada_por = models.ForeignKey(
        "personas.Usuario", models.PROTECT, null=True, blank=True, related_name="+"
    )
    visado_por = models.ForeignKey(
        "personas.Usuario", models.PROTECT, null=True, blank=True, related_name="+"
    )
    visado_en = models.DateTimeField(null=True, blank=True)
    # When the letter of the answer left; a mail leaves with its act.
    despachada_en = models.DateTimeField("carta despachada", null=True, blank=True)
    comentarios_visado = models.TextField(max_length=1000, blank=True)
    disconformidad = models.TextField("disconformidad", max_length=2000, blank=True)
    invitacion = models.TextField("invitación a la vía legal", max_length=4000, blank=True)
    # --- 002:65, said when it closes
    acciones = models.TextField("acciones emprendidas", max_length=4000, blank=True)
    resultados = models.TextField("resultados obtenidos", max_length=4000, blank=True)
    lecciones = models.TextField("lecciones aprendidas", max_length=4000, blank=True)
    propuestas = models.TextField("propuestas de mejora", max_length=4000, blank=True)

    class Meta:
        verbose_name = "reclamo"
        verbose_name_plural = "reclamos"
        constraints = [
            models.CheckConstraint(
                condition=Q(estado__in=[e for e in EstadoReclamo.values if e]),
                name="reclamo_estado_valido",
            ),
            models.UniqueConstraint(
                fields=["ingreso_anio", "ingreso_numero"], name="reclamo_ingreso_unico"
            ),
            models.CheckConstraint(
                condition=Q(ingreso_anio__isnull=True, ingreso_numero__isnull=True)
                | Q(ingreso_anio__isnull=False, ingreso_numero__isnull=False),
                name="reclamo_ingreso_entero",
            ),
        ]
        indexes = [models.Index(fields=["tipologia"], name="reclamo_tipologia")]

    @property
    def codigo(self) -> str:
        """002:35: date of reception and ordinal of the day, `CAP-20261126-02`."""
        return self.folio

    @property
    def numero_ingreso(self) -> str:
        """The number as it is told and cited, `0012-2026`; empty until legal gives it."""
        if self.ingreso_numero is None:
            return ""
        return f"{self.ingreso_numero:04d}-{self.ingreso_anio}"

    @property
    def contacto(self) -> Contacto:
        if self.nombre_dado:
            return Contacto(self.nombre_dado, self.correo_dado, self.telefono_dado)
        return Contacto(self.cliente.nombre, self.cliente.correo, self.cliente.telefono)

    @property
    def es_verbal(self) -> bool:
        return self.canal in VERBALES

    @property
    def es_escrita(self) -> bool:
        return self.canal == Canal.CARTA

    @property
    def por_despachar(self) -> bool:
        """Answered by a letter that has not left, as far as anybody noted."""
        por_carta = self.medio_respuesta == Medio.CARTA and self.despachada_en is None
        return por_carta and self.estado in CON_CARTA

    def get_estado_display(self) -> str:
        """The state in words, with what its name does not tell of an answer."""
        if self.estado == EstadoReclamo.POR_VISAR and self.visado_por_id:
            return "Visada, por enviar"
        palabras = EstadoReclamo(self.estado).label
        return f"{palabras}, carta por despachar" if self.por_despachar else palabras

    def faltan(self) -> dict[str, str]:
        """What a) to e) still lack: field to what to do (C-03)."""
        return faltas.faltan(self)

    def faltan_para_cerrar(self) -> list[str]:
        campos = ("acciones", "resultados", "conclusiones", "lecciones", "propuestas")
        return [campo for campo in campos if not visible(getattr(self, campo))]

    def deberes_pendientes(self) -> list[str]:
        """What of 002:47 has not been done in this round of the analysis."""
        hechos = {d.que for d in self.deberes.all() if d.vuelta == self.vuelta}
        return [que for que in Que.values if que not in hechos]


class DeReclamo(models.Model):
    """Something written of a complaint: who and when, in the order in which it was."""

    por = models.ForeignKey("personas.Usuario", models.PROTECT, null=True, related_name="+")
    en = models.DateTimeField()

    class Meta:
        abstract = True
        ordering = ["pk"]


class Constancia(DeReclamo):
    """C-12: the record that both sides leave of what was said aloud, and C-20 who took it."""

    reclamo = models.ForeignKey(Reclamo, models.PROTECT, related_name="constancias")
    reclamante = models.CharField("por el reclamante", max_length=120)
    texto = models.TextField("lo que consta", max_length=4000)

    class Meta(DeReclamo.Meta):
        constraints = [
            models.CheckConstraint(condition=~Q(reclamante=""), name="constancia_de_ambos")
        ]


class Deber(DeReclamo):
    """One of the duties of the analysis, done."""

    reclamo = models.ForeignKey(Reclamo, models.PROTECT, related_name="deberes")
    vuelta = models.PositiveSmallIntegerField()
    que = models.CharField(max_length=10, choices=Que.choices)
    nota = models.TextField(max_length=2000)

    class Meta(DeReclamo.Meta):
        constraints = [
            models.UniqueConstraint(fields=["reclamo", "vuelta", "que"], name="deber_una_vez")
        ]


class Respuesta(DeReclamo):
    """An answer that went out, as it was: its text never changes afterwards."""

    reclamo = models.ForeignKey(Reclamo, models.PROTECT, related_name="respuestas")
    texto = models.TextField(max_length=8000)
    medio = models.CharField(max_length=10, choices=Medio.choices)
    conclusiones = models.TextField(max_length=4000, blank=True)
    visada_por = models.ForeignKey("personas.Usuario", models.PROTECT, null=True, related_name="+")
    visada_en = models.DateTimeField(null=True)
    # Of a letter: when it left, how, and what proves it.
    despachada_en = models.DateTimeField(null=True)
    despachada_por = models.ForeignKey(
        "personas.Usuario", models.PROTECT, null=True, related_name="+"
    )
    via = models.CharField(max_length=10, choices=Via.choices, blank=True)
    cargo = models.CharField(max_length=120, blank=True)


class Prorroga(DeReclamo):
    """C-16: why it is late and when it will be answered, told before the term ended."""

    reclamo = models.ForeignKey(Reclamo, models.PROTECT, related_name="prorrogas")
    motivo = models.TextField(max_length=1000)
    vencia_en = models.DateTimeField()
    vence_en = models.DateTimeField()

    class Meta(DeReclamo.Meta):
        constraints = [
            models.CheckConstraint(
                condition=Q(vence_en__gt=models.F("vencia_en")), name="prorroga_mas_tarde"
            ),
            models.CheckConstraint(condition=~Q(motivo=""), name="prorroga_con_motivo"),
        ]


class Gestion(DeReclamo):
    """002:53, 002:69: a meeting, a mediator or an arbiter, with its minutes."""

    class Clase(models.TextChoices):
        REUNION = "reunion", "Reunión"
        MEDIADOR = "mediador", "Mediador"
        ARBITRO = "arbitro", "Árbitro arbitrador"
        OTRO = "otro", "Otro medio"

    reclamo = models.ForeignKey(Reclamo, models.PROTECT, related_name="gestiones")
    clase = models.CharField(max_length=10, choices=Clase.choices)
    asistentes = models.CharField(max_length=300)
    # Who mediates or decides, chosen by both sides.
    tercero = models.CharField(max_length=120, blank=True)
    acta = models.TextField("acta", max_length=6000)
    hay_acuerdo = models.BooleanField(default=False)


class FilasQueQuedan(models.QuerySet):
    """Rows that are added and stay as they were."""

    def update(self, **kwargs):
        raise TypeError("El registro de cerrados no se edita.")

    def delete(self):
        raise TypeError("El registro de cerrados no se borra.")


class DelRegistro(DeReclamo):
    """What the closed register keeps: nothing of it is edited or deleted (002:54)."""

    objects = FilasQueQuedan.as_manager()

    class Meta(DeReclamo.Meta):
        abstract = True

    def save(self, *args, **kwargs):
        if not self._state.adding:
            raise TypeError("El registro de cerrados no se edita.")
        super().save(*args, **kwargs)

    def delete(self, *args, **kwargs):
        raise TypeError("El registro de cerrados no se borra.")


class Cierre(DelRegistro):
    """C-14, C-21: row of the Registro de Control de Quejas y Reclamos Cerrados. Never edited."""

    reclamo = models.OneToOneField(Reclamo, models.PROTECT, related_name="cierre")
    # From which state it came: how it ended.
    desde = models.CharField(max_length=30, choices=EstadoReclamo.choices)
    conclusiones = models.TextField(blank=True)
    acciones = models.TextField(blank=True)
    resultados = models.TextField(blank=True)
    lecciones = models.TextField(blank=True)
    propuestas = models.TextField(blank=True)

    class Meta(DelRegistro.Meta):
        verbose_name = "reclamo cerrado"
        verbose_name_plural = "Registro de Control de Quejas y Reclamos Cerrados"

    @property
    def esta_pendiente(self) -> bool:
        """It was archived by silence and nobody has yet said what was learned."""
        return not self.lecciones and not self.agregados.all()


class Agregado(DelRegistro):
    """What was learned of a complaint archived by silence, added to its row (12.4)."""

    cierre = models.ForeignKey(Cierre, models.PROTECT, related_name="agregados")
    acciones = models.TextField(max_length=4000, blank=True)
    resultados = models.TextField(max_length=4000, blank=True)
    lecciones = models.TextField(max_length=4000)
    propuestas = models.TextField(max_length=4000)


class Causa(models.Model):
    """A root cause with a name, so that the same one is counted as the same."""

    empresa = models.ForeignKey("empresas.Empresa", models.PROTECT, related_name="+")
    nombre = models.CharField("causa raíz", max_length=120)

    class Meta:
        verbose_name = "causa raíz"
        verbose_name_plural = "causas raíz"
        ordering = ["nombre"]
        constraints = [
            models.UniqueConstraint(fields=["empresa", "nombre"], name="causa_nombre_unico")
        ]

    def __str__(self):
        return self.nombre


class Mejora(FlujoMejora):
    """What is learned of a complaint, or of several of the same nature (002:55-58)."""

    # The complaint in which it was found; `iguales` are the others of its nature.
    reclamo = models.ForeignKey(Reclamo, models.PROTECT, related_name="mejoras")
    iguales = models.ManyToManyField(Reclamo, blank=True, related_name="mejoras_comunes")
    causa = models.ForeignKey(Causa, models.PROTECT, null=True, related_name="mejoras")
    analisis = models.TextField("análisis de la causa", max_length=4000, blank=True)
    identificada_en = models.DateTimeField(null=True)
    # The same cause had already been found: a plan is proposed (002:57).
    propone_plan = models.BooleanField("se propone un plan", default=False)
    veces = models.PositiveIntegerField("reclamos con esta causa", default=0)
    motivo = models.TextField("por qué no hace falta un plan", max_length=1000, blank=True)
    plan = models.TextField("acciones correctoras", max_length=4000, blank=True)
    encargado = models.ForeignKey(
        "personas.Usuario", models.PROTECT, null=True, blank=True, related_name="+"
    )
    plan_hasta_el = models.DateField("fecha del plan", null=True, blank=True)
    iniciada_en = models.DateTimeField(null=True, blank=True)
    verificacion = models.TextField("verificación de eficacia", max_length=2000, blank=True)
    es_eficaz = models.BooleanField("eficaz", null=True, blank=True)
    verificada_por = models.ForeignKey(
        "personas.Usuario", models.PROTECT, null=True, blank=True, related_name="+"
    )
    verificada_en = models.DateTimeField(null=True, blank=True)
    leccion = models.TextField("lección", max_length=4000, blank=True)
    extendida_a = models.CharField("proyectos y áreas", max_length=300, blank=True)
    publicada_en = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = "mejora"
        verbose_name_plural = "mejoras"
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(estado__in=[e for e in EstadoMejora.values if e]),
                name="mejora_estado_valido",
            )
        ]

    def __str__(self):
        return str(self.causa or "")

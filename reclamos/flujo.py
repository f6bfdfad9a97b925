"""Law of CAPERA's complaint and of the improvement that follows from it (dominio 4.3, 12.4).

Each transition says from where, to where and under which guard, and changes only its own
record. Who may fire it stands in `permisos`; what else must be written, in `actos`.
"""

from django.db import models
from django_fsm import FSMField, transition


class EstadoReclamo(models.TextChoices):
    NUEVA = "", "Sin recibir"
    RECIBIDA = "RECIBIDA", "Recibida"
    FORMALIZADA = "FORMALIZADA", "Formalizada"
    RESUELTA_EN_EL_ACTO = "RESUELTA_EN_EL_ACTO", "Resuelta en el acto"
    INGRESADA = "INGRESADA", "Ingresada"
    INADMISIBLE = "INADMISIBLE", "Inadmisible"
    ADMITIDA = "ADMITIDA", "Admitida"
    EN_ANALISIS = "EN_ANALISIS", "En análisis"
    POR_VISAR = "POR_VISAR", "Por visar"
    RESPONDIDA = "RESPONDIDA", "Respondida"
    CONFORME = "CONFORME", "Conforme"
    DISCONFORME = "DISCONFORME", "Disconforme"
    SILENCIO = "SILENCIO", "Sin respuesta del reclamante"
    CONTROVERSIA = "CONTROVERSIA", "En controversia"
    VIA_LEGAL = "VIA_LEGAL", "Invitado a la vía legal"
    ARCHIVADA = "ARCHIVADA", "Archivada"


class EstadoMejora(models.TextChoices):
    NUEVA = "", "Sin causa"
    CAUSA_RAIZ_IDENTIFICADA = "CAUSA_RAIZ_IDENTIFICADA", "Causa raíz identificada"
    PLAN_NO_REQUERIDO = "PLAN_NO_REQUERIDO", "No requiere plan"
    PLAN_ABIERTO = "PLAN_ABIERTO", "Plan abierto"
    ACCIONES_EN_CURSO = "ACCIONES_EN_CURSO", "Acciones en curso"
    VERIFICADO = "VERIFICADO", "Verificado"
    LECCION_PUBLICADA = "LECCION_PUBLICADA", "Lección publicada"


E = EstadoReclamo
M = EstadoMejora

# Every end passes through the closed register.
TERMINALES = (E.ARCHIVADA,)


def tiene_los_datos(reclamo):
    """C-03: a) to e) on every channel; what the document asks "de ser posible" is not demanded."""
    return not reclamo.faltan()


def consta_por_ambas_partes(reclamo):
    """C-12: of what was said aloud both sides leave a record."""
    return not reclamo.es_verbal or bool(reclamo.constancias.all())


def es_verbal(reclamo):
    return reclamo.es_verbal


def tiene_solucion(reclamo):
    return bool(reclamo.solucion and reclamo.acepta_solucion)


def sin_numero(reclamo):
    return reclamo.ingreso_numero is None


def tiene_numero_de_ingreso(reclamo):
    return reclamo.ingreso_numero is not None


def cita_el_ingreso(reclamo):
    """C-10: the answer refers to the N° de Ingreso."""
    return bool(reclamo.numero_ingreso) and reclamo.numero_ingreso in reclamo.respuesta


def dice_por_que(reclamo):
    """C-17: to dismiss what was asked is justified."""
    return bool(reclamo.justificacion)


def carta_despachada(reclamo):
    """C-T06: what was dismissed is closed once its answer has left."""
    return not reclamo.por_despachar


def tiene_responsable(reclamo):
    return reclamo.responsable_id is not None


def analizado(reclamo):
    """002:47: the case analysed, checked inside, and the complainant heard."""
    return not reclamo.deberes_pendientes()


def tiene_conclusiones(reclamo):
    return bool(reclamo.conclusiones)


def es_escrita(reclamo):
    """C-11: it came by formal letter or written document."""
    return reclamo.es_escrita


def no_es_escrita(reclamo):
    return not reclamo.es_escrita


def visada(reclamo):
    """C-11: signed by Gerencia, by a person who did not write it."""
    return reclamo.visado_por_id is not None and reclamo.visado_por_id != reclamo.redactada_por_id


def visada_si_es_escrita(reclamo):
    """C-11: to dismiss what came by letter is an answer to it too."""
    return not reclamo.es_escrita or visada(reclamo)


def hay_propuesta(reclamo):
    """Legal has written why it would be dismissed, for Gerencia to visa."""
    escrita = reclamo.estado == E.INGRESADA and reclamo.es_escrita
    return escrita and reclamo.redactada_por_id is not None


def hay_acuerdo(reclamo):
    return any(g.hay_acuerdo for g in reclamo.gestiones.all())


def dialogo_agotado(reclamo):
    """C-19: it was tried, and nothing was agreed."""
    return bool(reclamo.gestiones.all()) and not hay_acuerdo(reclamo)


def cierre_completo(reclamo):
    """C-18: actions, results, conclusions, lessons learned and proposals."""
    return not reclamo.faltan_para_cerrar()


class FlujoReclamo(models.Model):
    estado = FSMField("estado", default=E.NUEVA, choices=E.choices, protected=True)

    class Meta:
        abstract = True

    @transition(estado, source=E.NUEVA, target=E.RECIBIDA)
    def recibir(self, **datos):
        pass

    @transition(
        estado,
        E.RECIBIDA,
        E.FORMALIZADA,
        conditions=[tiene_los_datos, consta_por_ambas_partes],
    )
    def formalizar(self, ahora, **datos):
        self.formalizada_en = ahora

    @transition(
        estado,
        source=[E.RECIBIDA, E.FORMALIZADA],
        target=E.RESUELTA_EN_EL_ACTO,
        conditions=[es_verbal, tiene_los_datos, tiene_solucion, consta_por_ambas_partes],
    )
    def resolver_en_el_acto(self, ahora, **datos):
        self.resuelta_en = ahora

    @transition(estado, E.FORMALIZADA, E.INGRESADA)
    @transition(estado, E.RESUELTA_EN_EL_ACTO, E.RESUELTA_EN_EL_ACTO, conditions=[sin_numero])
    def numerar(self, ahora, numero, anio, **datos):
        self.ingresada_en, self.ingreso_numero, self.ingreso_anio = ahora, numero, anio

    @transition(
        estado, E.INGRESADA, E.ADMITIDA, conditions=[tiene_numero_de_ingreso, tiene_responsable]
    )
    def admitir(self, ahora, **datos):
        self.admitida_en = ahora
        # Of a dismissal that was thought of, nothing stays on what will be answered.
        self.justificacion = self.respuesta = self.medio_respuesta = self.comentarios_visado = ""
        self.redactada_por = self.visado_por = self.visado_en = None

    @transition(
        estado,
        E.INGRESADA,
        E.INADMISIBLE,
        conditions=[tiene_numero_de_ingreso, visada_si_es_escrita, dice_por_que, cita_el_ingreso],
    )
    def declarar_inadmisible(self, ahora, **datos):
        self.respondida_en = ahora

    @transition(estado, source=E.ADMITIDA, target=E.EN_ANALISIS)
    def analizar(self, ahora, **datos):
        self.vuelta = 1

    @transition(
        estado,
        E.EN_ANALISIS,
        E.POR_VISAR,
        conditions=[es_escrita, analizado, tiene_conclusiones, cita_el_ingreso],
    )
    def pedir_visado(self, ahora, **datos):
        self.visado_por = self.visado_en = None
        self.comentarios_visado = ""

    @transition(estado, source=E.POR_VISAR, target=E.EN_ANALISIS)
    def devolver_de_visado(self, motivo, **datos):
        self.visado_por = self.visado_en = None
        self.comentarios_visado = motivo

    @transition(
        estado,
        E.EN_ANALISIS,
        E.RESPONDIDA,
        conditions=[
            no_es_escrita,
            tiene_numero_de_ingreso,
            analizado,
            tiene_conclusiones,
            cita_el_ingreso,
        ],
    )
    @transition(
        estado,
        E.POR_VISAR,
        E.RESPONDIDA,
        conditions=[tiene_numero_de_ingreso, visada, cita_el_ingreso],
    )
    def responder(self, ahora, **datos):
        self.respondida_en = ahora

    @transition(estado, source=E.EN_ANALISIS, target=E.EN_ANALISIS)
    @transition(estado, source=E.POR_VISAR, target=E.POR_VISAR)
    def prorrogar(self, **datos):
        pass

    @transition(estado, source=E.RESPONDIDA, target=E.CONFORME)
    def conformar(self, ahora, **datos):
        self.manifestada_en = ahora

    @transition(estado, source=E.RESPONDIDA, target=E.DISCONFORME)
    def disconformar(self, ahora, motivo="", **datos):
        self.manifestada_en, self.disconformidad = ahora, motivo

    @transition(estado, source=E.RESPONDIDA, target=E.SILENCIO)
    @transition(estado, source=[E.SILENCIO, E.DISCONFORME], target=E.ARCHIVADA)
    def archivar_por_silencio(self, **datos):
        pass

    @transition(estado, source=E.DISCONFORME, target=E.EN_ANALISIS)
    def reanalizar(self, **datos):
        """C-T16: what is answered next is written, and judged, anew."""
        self.vuelta += 1
        self.respuesta = self.conclusiones = self.medio_respuesta = self.prevencion = ""
        self.redactada_por = self.visado_por = self.visado_en = self.respondida_en = None
        self.despachada_en = None

    @transition(estado, source=E.DISCONFORME, target=E.CONTROVERSIA)
    def abrir_controversia(self, **datos):
        pass

    @transition(estado, E.CONTROVERSIA, E.VIA_LEGAL, conditions=[dialogo_agotado])
    def invitar_a_via_legal(self, invitacion, **datos):
        self.invitacion = invitacion

    @transition(
        estado,
        source=[E.CONFORME, E.VIA_LEGAL, E.INADMISIBLE, E.RESUELTA_EN_EL_ACTO],
        target=E.ARCHIVADA,
        conditions=[tiene_numero_de_ingreso, carta_despachada, cierre_completo],
    )
    @transition(
        estado,
        E.CONTROVERSIA,
        E.ARCHIVADA,
        conditions=[tiene_numero_de_ingreso, hay_acuerdo, cierre_completo],
    )
    def archivar(self, **datos):
        pass


def tiene_causa(mejora):
    return mejora.causa_id is not None


def dice_por_que_no(mejora):
    return bool(mejora.motivo)


def tiene_plan(mejora):
    """Actions, who answers for them and by when."""
    return bool(mejora.plan and mejora.encargado_id and mejora.plan_hasta_el)


def es_eficaz(mejora):
    return bool(mejora.es_eficaz and mejora.verificacion)


def la_mira_otro(mejora):
    """Nobody says of their own plan that it worked."""
    return mejora.verificada_por_id is not None and mejora.verificada_por_id != mejora.encargado_id


def tiene_leccion(mejora):
    return bool(mejora.leccion and mejora.extendida_a)


class FlujoMejora(models.Model):
    estado = FSMField("estado", default=M.NUEVA, choices=M.choices, protected=True)

    class Meta:
        abstract = True

    @transition(estado, M.NUEVA, M.CAUSA_RAIZ_IDENTIFICADA, conditions=[tiene_causa])
    def identificar_causa(self, ahora, **datos):
        self.identificada_en = ahora

    @transition(
        estado, M.CAUSA_RAIZ_IDENTIFICADA, M.PLAN_NO_REQUERIDO, conditions=[dice_por_que_no]
    )
    def descartar_plan(self, **datos):
        pass

    @transition(estado, M.CAUSA_RAIZ_IDENTIFICADA, M.PLAN_ABIERTO, conditions=[tiene_plan])
    def abrir_plan(self, **datos):
        pass

    @transition(estado, source=M.PLAN_ABIERTO, target=M.ACCIONES_EN_CURSO)
    def iniciar_acciones(self, ahora, **datos):
        self.iniciada_en = ahora

    @transition(estado, M.ACCIONES_EN_CURSO, M.VERIFICADO, conditions=[es_eficaz, la_mira_otro])
    def verificar(self, ahora, **datos):
        self.verificada_en = ahora

    @transition(estado, M.VERIFICADO, M.LECCION_PUBLICADA, conditions=[tiene_leccion])
    def publicar_leccion(self, ahora, **datos):
        self.publicada_en = ahora

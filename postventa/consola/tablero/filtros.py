"""What a figure of a board means in the lists: each leads to exactly the rows that it counts.

They show only when the address asks for them, and cut the list to what the board of that person
counts. Nobody types them: whatever they do not understand is no row.
"""

from zoneinfo import ZoneInfo

from django.contrib import admin
from django.db.models import Q

from postventa.calendario.palabras import MESES
from postventa.consola.contexto import momento
from postventa.consola.tablero.alcance import cortar, empresas_de
from postventa.empresas.models import Sede
from postventa.expedientes.salas import Proporcion, todas
from postventa.personas.models import Membresia, Usuario
from postventa.plazos.ajenos import ajenos
from postventa.tableros import abiertos, hechos
from postventa.tableros.lugares import Lugares
from postventa.tableros.periodo import leer

NADIE = "nadie"


class DeTablero(admin.SimpleListFilter):
    """`en_palabras(valor, usuario)` says what was asked for; `aplicar` leaves the rows."""

    def lookups(self, request, model_admin):
        valor = request.GET.get(self.parameter_name)
        if not valor:
            return []
        self.usuario, self.ahora = request.user, momento(request)
        return [(valor, self.en_palabras(valor))]

    def queryset(self, request, queryset):
        if not (valor := self.value()):
            return queryset
        return self.aplicar(cortar(queryset, request.user), valor)

    def en_palabras(self, valor) -> str:
        return valor

    def aplicar(self, queryset, valor):
        raise NotImplementedError


def periodo_en_palabras(periodo) -> str:
    """`5 oct a 29 nov 2026`."""
    de, a = periodo.desde, periodo.ultimo_dia
    anio = f" {de.year}" if de.year != a.year else ""
    return f"{de.day} {MESES[de.month - 1][:3]}{anio} a {a.day} {MESES[a.month - 1][:3]} {a.year}"


class FiltroPeriodo(DeTablero):
    title = "semanas"
    parameter_name = "periodo"
    campo = "vence_en"
    empresa = "empresa_id"

    def en_palabras(self, valor):
        periodo = leer(valor)
        return periodo_en_palabras(periodo) if periodo else "ninguna"

    def aplicar(self, queryset, valor):
        periodo, cuales = leer(valor), Q(pk__in=[])
        for empresa in empresas_de(self.usuario) if periodo else ():
            desde, hasta = periodo.instantes(ZoneInfo(empresa.zona))
            entre = {f"{self.campo}__gte": desde, f"{self.campo}__lt": hasta}
            cuales |= Q(**{self.empresa: empresa.pk}, **entre)
        return queryset.filter(cuales)


class FiltroPeriodoDeActos(FiltroPeriodo):
    campo, empresa = "ocurrido_en", "expediente__empresa_id"


class FiltroSede(DeTablero):
    title = "lugar"
    parameter_name = "sede"
    camino = "sede_id"

    def en_palabras(self, valor):
        propias = cortar(Sede.objects.all(), self.usuario)
        sede = propias.filter(pk=valor).first() if _es_clave(valor) else None
        return sede.nombre if sede else "ninguno"

    def aplicar(self, queryset, valor):
        return queryset.filter(**{self.camino: valor}) if _es_clave(valor) else queryset.none()


class FiltroPersona(DeTablero):
    title = "quien responde"
    parameter_name = "persona"
    camino = "responsable_id"

    def en_palabras(self, valor):
        if valor == NADIE:
            return "Nadie"
        suyas = [e.pk for e in empresas_de(self.usuario)]
        equipo = Membresia.objects.filter(empresa_id__in=suyas).values("usuario_id")
        pk = valor if _es_clave(valor) else None
        return str(Usuario.objects.filter(pk=pk, pk__in=equipo).first() or "una persona")

    def aplicar(self, queryset, valor):
        if valor == NADIE:
            return queryset.filter(**{f"{self.camino}": None})
        return queryset.filter(**{self.camino: valor}) if _es_clave(valor) else queryset.none()


class DelExpediente:
    """Mixin of those whose rows hang from a case."""

    @property
    def camino(self):
        return f"expediente__{super().camino}"


class FiltroSedeDelCaso(DelExpediente, FiltroSede):
    pass


class FiltroPersonaDelCaso(DelExpediente, FiltroPersona):
    pass


CONTADOS, A_TIEMPO, TARDE, VENCIDOS, RIESGO = "contados", "a_tiempo", "tarde", "vencidos", "riesgo"
CUMPLIDOS = "cumplidos"


class FiltroResultado(DeTablero):
    """How a clock ended, or is ending, as the boards count it."""

    title = "resultado"
    parameter_name = "resultado"
    NOMBRES = {
        CONTADOS: "Con resultado",
        A_TIEMPO: "A tiempo",
        TARDE: "Tarde",
        CUMPLIDOS: "Cumplidos, a tiempo o tarde",
        VENCIDOS: "Vencidos ahora",
        RIESGO: "En riesgo, 5 días hábiles",
    }

    def en_palabras(self, valor):
        return self.NOMBRES.get(valor, "ninguno")

    def aplicar(self, queryset, valor):
        if valor == CONTADOS:
            return hechos.que_cuentan(queryset, self.ahora)
        if valor in (A_TIEMPO, TARDE):
            cual = hechos.a_tiempo() if valor == A_TIEMPO else hechos.tarde(self.ahora)
            return hechos.que_cuentan(queryset, self.ahora).filter(cual)
        if valor == CUMPLIDOS:
            return queryset.filter(estado__in=(hechos.A_TIEMPO, hechos.TARDE)).exclude(ajenos())
        corren = queryset.filter(hechos.en_curso()).exclude(ajenos())
        if valor == VENCIDOS:
            return corren.filter(vence_en__lt=self.ahora)
        lugares = Lugares.de(cortar(Sede.objects.all(), self.usuario))
        if valor != RIESGO or not lugares.por_sede:
            return queryset.none()
        situacion = abiertos.situacion(lugares, self.ahora)
        return corren.alias(_situacion=situacion).filter(_situacion=abiertos.EN_RIESGO)


class FiltroAntiguedad(DeTablero):
    """Open cases by their age in business days, as the boards count it."""

    title = "antigüedad"
    parameter_name = "antiguedad"

    def en_palabras(self, valor):
        grupos = [str(n) for n in range(len(abiertos.EDADES))]
        return abiertos.EDADES[int(valor)] if valor in grupos else "Todas"

    def aplicar(self, queryset, valor):
        corren = abiertos.casos_abiertos(queryset)
        if valor == "todas":
            return corren
        lugares = Lugares.de(cortar(Sede.objects.all(), self.usuario))
        if not _es_clave(valor) or not lugares.por_sede:
            return queryset.none()
        return corren.alias(_edad=abiertos.edad(lugares, self.ahora)).filter(_edad=int(valor))


class FiltroHecho(DeTablero):
    """The acts of an indicator that a room declares: `<medida>:todos`, `:si` or `:no`."""

    title = "indicador"
    parameter_name = "hecho"

    def _indicador(self, valor):
        medida, _, cual = valor.partition(":")
        for sala in todas():
            for i in sala.indicadores:
                if isinstance(i, Proporcion) and hechos.medida_de(sala, i) == medida:
                    return sala, i, cual
        return None

    def en_palabras(self, valor):
        if not (encontrado := self._indicador(valor)):
            return "ninguno"
        _, indicador, cual = encontrado
        parte = {"si": indicador.si, "no": indicador.no}.get(cual, "")
        return f"{indicador.nombre}: {parte}" if parte else indicador.nombre

    def aplicar(self, queryset, valor):
        if not (encontrado := self._indicador(valor)):
            return queryset.none()
        sala, indicador, cual = encontrado
        suyos = hechos.actos_de(queryset, sala, indicador)
        suyos = suyos.filter(expediente__empresa__codigo=sala.empresa)
        if cual == "si":
            return suyos.filter(hechos.es_bueno(indicador))
        return suyos.exclude(hechos.es_bueno(indicador)) if cual == "no" else suyos


def _es_clave(valor: str) -> bool:
    return valor.isdecimal() and len(valor) < 18


DE_PLAZOS = (FiltroResultado, FiltroPeriodo, FiltroSedeDelCaso, FiltroPersonaDelCaso)
DE_ACTOS = (FiltroHecho, FiltroPeriodoDeActos, FiltroSedeDelCaso, FiltroPersonaDelCaso)
DE_CASOS = (FiltroAntiguedad, FiltroSede, FiltroPersona)

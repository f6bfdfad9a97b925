"""The tables of a board: what it shows, what its files hold and where each figure leads."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from postventa.calendario.palabras import MESES, cantidad_en_palabras
from postventa.calendario.semanas import SEMANA
from postventa.consola.tablero import filtros
from postventa.consola.tablero.enlaces import Enlaces
from postventa.empresas.models import Empresa
from postventa.expedientes.salas import Demora, DePlazo, Proporcion, sala_de, todas
from postventa.tableros import abiertos, demoras
from postventa.tableros.abiertos import EN_RIESGO, VENCIDO
from postventa.tableros.hechos import PLAZO, indicadores_de, medida_de
from postventa.tableros.lectura import Cuenta, Lectura
from postventa.tableros.periodo import Periodo

SIN_DATOS = "sin datos"
SIN_NADIE, OTRA = "Sin responsable", "Persona que ya no está"


@dataclass(frozen=True)
class Celda:
    """A figure: as text, as a value for a file, and the list it leads to."""

    texto: str
    valor: object = ""
    url: str = ""
    nombre: str = ""
    tono: str = ""


@dataclass
class Tabla:
    """`filas` are (heading, its detail, cells), each as long as `columnas`."""

    clave: str
    titulo: str
    primera: str
    columnas: list[str]
    filas: list[tuple[str, str, list[Celda]]] = field(default_factory=list)
    nota: str = ""

    def agregar(self, nombre: str, detalle: str, celdas: Sequence[Celda]) -> None:
        self.filas.append((nombre, detalle, list(celdas)))


def por_ciento(cuenta: Cuenta) -> str:
    """`94 %`, `93,5 %`; `sin datos` without any: neither none nor all."""
    if cuenta.por_ciento is None:
        return SIN_DATOS
    # Cut, never rounded up: what is not all is never shown as all.
    decimas = 1000 * cuenta.si // cuenta.n
    return f"{decimas // 10}{f',{decimas % 10}' if decimas % 10 else ''} %"


def valor_de(cuenta: Cuenta):
    """For a file: a number, or nothing to say."""
    return SIN_DATOS if cuenta.por_ciento is None else round(cuenta.por_ciento, 1)


def numero(n: int, url: str, nombre: str, tono: str = "") -> Celda:
    return Celda(f"{n:,}".replace(",", "."), n, url, nombre, tono if n else "")


class Tablero:
    """A lecture, in words."""

    def __init__(self, lectura: Lectura, empresas: list[Empresa], enlaces: Enlaces):
        self.lectura, self.empresas, self.enlaces = lectura, empresas, enlaces
        self.fichas = lectura.fichas
        self.varias = len(empresas) > 1
        self.nombre_de = {e.pk: e.nombre for e in empresas}
        self.relojes = self._relojes()

    def _relojes(self) -> list[tuple[int, str]]:
        """Clocks with a figure or a policy in force, those that staff owe, in their company's
        order."""
        ajenos = {(s.empresa, f.codigo) for s in todas() for f in s.al_vencer}
        abren = {(s.empresa, f.codigo) for s in todas() for f in s.abre}
        codigos = {e.pk: e.codigo for e in self.empresas}
        de_cifras = [(e, m.removeprefix(PLAZO)) for e, m in self.lectura.total if m[:6] == PLAZO]
        de_politicas = [k for k in self.fichas.politicas if (codigos.get(k[0]), k[1]) in abren]
        todos = {
            (e, c) for e, c in (*de_cifras, *de_politicas) if (codigos.get(e), c) not in ajenos
        }
        orden = {e.pk: n for n, e in enumerate(self.empresas)}
        return sorted(todos, key=lambda k: (orden.get(k[0], 0), self.reloj(*k)))

    # --- words

    def reloj(self, empresa: int, codigo: str) -> str:
        politica = self.fichas.politicas.get((empresa, codigo))
        return politica.nombre if politica else codigo

    def termino(self, empresa: int, codigo: str) -> str:
        politica = self.fichas.politicas.get((empresa, codigo))
        partes = [self.nombre_de[empresa]] if self.varias else []
        if politica:
            partes.insert(0, cantidad_en_palabras(politica.cantidad, politica.unidad))
        return " · ".join(partes)

    def persona(self, pk: int | None) -> str:
        return SIN_NADIE if pk is None else self.fichas.personas.get(pk, OTRA)

    def _empresa(self, pk: int) -> str:
        return self.nombre_de.get(pk, "") if self.varias else ""

    # --- figures of clocks

    def plazo(self, empresa: int, codigo: str) -> Cuenta:
        return self.lectura.total.de(empresa, f"{PLAZO}{codigo}")

    def todos_los_plazos(self) -> Cuenta:
        suma = Cuenta()
        for clave in self.relojes:
            suya = self.plazo(*clave)
            suma.mas(suya.n, suya.si, suya.suma)
        return suma

    def _celdas(self, cuenta: Cuenta, nombre: str, **donde) -> list[Celda]:
        """On time, late, in all, and the share."""

        def lleva(resultado):
            return self.enlaces.plazos(resultado, **donde)

        return [
            numero(cuenta.si, lleva(filtros.A_TIEMPO), f"a tiempo: {nombre}"),
            numero(cuenta.no, lleva(filtros.TARDE), f"tarde: {nombre}", "mal"),
            numero(cuenta.n, lleva(filtros.CONTADOS), f"en total: {nombre}"),
            Celda(por_ciento(cuenta), valor_de(cuenta)),
        ]

    def cumplimiento(self) -> Tabla:
        columnas = ["A tiempo", "Tarde", "Total", "Cumplimiento"]
        tabla = Tabla("plazos", "Cumplimiento por plazo", "Plazo", columnas)
        for empresa, codigo in self.relojes:
            nombre = self.reloj(empresa, codigo)
            celdas = self._celdas(self.plazo(empresa, codigo), nombre, empresa=empresa,
                                  codigo=codigo)  # fmt: skip
            tabla.agregar(nombre, self.termino(empresa, codigo), celdas)
        return tabla

    def semanas(self) -> Tabla:
        lunes = self.lectura.periodo.semanas
        columnas = [f"{s.day} {MESES[s.month - 1][:3]}" for s in lunes]
        tabla = Tabla("semanas", "A tiempo, por semana", "Semana del", columnas)
        for empresa, codigo in self.relojes:
            nombre, celdas = self.reloj(empresa, codigo), []
            for semana, columna in zip(lunes, columnas, strict=True):
                cuenta = self.semana(empresa, codigo, semana)
                enlaces = self.enlaces.de(Periodo(semana, semana + SEMANA))
                url = enlaces.plazos(filtros.CONTADOS, empresa=empresa, codigo=codigo)
                que = f"{cuenta.si} de {cuenta.n} a tiempo, semana del {columna}: {nombre}"
                texto = por_ciento(cuenta) if cuenta.n else "—"
                celdas.append(Celda(texto, valor_de(cuenta), url if cuenta.n else "", que))
            tabla.agregar(nombre, self._empresa(empresa), celdas)
        return tabla

    def semana(self, empresa, codigo, semana) -> Cuenta:
        return self.lectura.semanas.de(empresa, f"{PLAZO}{codigo}", semana)

    def riesgo(self) -> Tabla:
        """Of the clocks that run: late now, and due in the next business days."""
        columnas = ["Vencidos ahora", "Vencen en 5 días hábiles"]
        tabla = Tabla("riesgo", "Vencidos y en riesgo", "Plazo", columnas)
        for empresa, codigo in self.relojes:
            nombre = self.reloj(empresa, codigo)
            celdas = [
                numero(
                    self.en_situacion(grupo, empresa, codigo),
                    self.enlaces.plazos(cual, empresa=empresa, codigo=codigo, ahora=True),
                    f"{que}: {nombre}",
                    tono,
                )
                for grupo, cual, que, tono in (
                    (VENCIDO, filtros.VENCIDOS, "vencidos ahora", "mal"),
                    (EN_RIESGO, filtros.RIESGO, "vencen en 5 días hábiles", "alerta"),
                )
            ]
            tabla.agregar(nombre, self.termino(empresa, codigo), celdas)
        return tabla

    def en_situacion(self, grupo: int, empresa=None, codigo="") -> int:
        return sum(
            a.n
            for a in self.lectura.abiertos
            if a.clase == "plazo" and a.grupo == grupo
            and (not codigo or (a.empresa, a.codigo) == (empresa, codigo))
        )  # fmt: skip

    # --- open cases

    def casos(self, **como) -> list:
        return [
            a
            for a in self.lectura.abiertos
            if a.clase == "caso" and all(getattr(a, c) == v for c, v in como.items())
        ]

    def tipos(self) -> list[str]:
        """Rooms of these companies."""
        suyas = {e.codigo for e in self.empresas}
        return [sala.tipo for sala in todas() if sala.empresa in suyas]

    def antiguedad(self) -> Tabla:
        columnas = [*abiertos.CORTAS, "Total"]
        tabla = Tabla("antiguedad", "Antigüedad de los casos abiertos", "Días hábiles", columnas)
        for tipo in self.tipos():
            nombre, celdas = sala_de(tipo).nombre, []
            for grupo, cuanto in enumerate(abiertos.EDADES):
                n = sum(a.n for a in self.casos(codigo=tipo, grupo=grupo))
                que = f"{cuanto}: casos {nombre}"
                celdas.append(numero(n, self.enlaces.casos(tipo, str(grupo)), que))
            n = sum(a.n for a in self.casos(codigo=tipo))
            celdas.append(numero(n, self.enlaces.casos(tipo), f"abiertos: casos {nombre}"))
            tabla.agregar(f"Casos {nombre}" if self.varias else "Casos", "", celdas)
        return tabla

    # --- by place and by person

    def proyectos(self) -> Tabla:
        lugares = sorted(self.fichas.sedes, key=lambda pk: self.fichas.sedes[pk].lower())
        if self.enlaces.sede:
            lugares = [pk for pk in lugares if pk == self.enlaces.sede]
        propias = {e.pk for e in self.empresas}
        filas = [
            (self.fichas.sedes[pk], self.fichas.empresa_de[pk], pk)
            for pk in lugares
            if self.fichas.empresa_de[pk] in propias
        ]
        tabla = Tabla("proyectos", "Por lugar", "Lugar", self._columnas_de_grupo())
        for nombre, empresa, pk in filas:
            cuenta = self._suma(self.lectura.sedes, empresa, pk)
            tabla.agregar(nombre, self._empresa(empresa), [
                *self._abiertos(nombre, {"sede": pk}, empresa=empresa, sede=pk),
                *self._celdas(cuenta, nombre, sede=pk),
            ])  # fmt: skip
        return tabla

    def personas(self) -> Tabla:
        claves = {(e, p) for e, m, p in self.lectura.personas if m[:6] == PLAZO}
        claves |= {(a.empresa, a.persona) for a in self.casos()}
        tabla = Tabla("personas", "Por persona", "Quien responde", self._columnas_de_grupo())
        tabla.nota = "El caso cuenta para quien responde por él hoy."
        orden = sorted(claves, key=lambda k: (k[1] is None, self.persona(k[1]).lower(), k[0]))
        for empresa, pk in orden:
            nombre, cuenta = self.persona(pk), self._suma(self.lectura.personas, empresa, pk)
            donde = {"persona": pk, "empresa": empresa if self.varias else None}
            tabla.agregar(nombre, self._empresa(empresa), [
                *self._abiertos(nombre, {"persona": pk}, empresa=empresa, persona=pk),
                *self._celdas(cuenta, nombre, **donde),
            ])  # fmt: skip
        return tabla

    def _columnas_de_grupo(self) -> list[str]:
        """Open cases, in a column for each room where one company has several."""
        tipos = [] if self.varias else self.tipos()
        nombres = [f"Abiertos {sala_de(t).nombre}" for t in tipos] if len(tipos) > 1 else []
        return [*(nombres or ["Abiertos"]), "A tiempo", "Tarde", "Total", "Cumplimiento"]

    def _abiertos(self, nombre, donde, empresa, **como) -> list[Celda]:
        """Open cases; beside other companies, those of all its rooms in one figure."""
        codigo = next(e.codigo for e in self.empresas if e.pk == empresa)
        tipos = [t for t in self.tipos() if sala_de(t).empresa == codigo]
        if self.varias:
            n = sum(a.n for a in self.casos(empresa=empresa, **como))
            url = self.enlaces.casos(tipos[0], **donde) if len(tipos) == 1 else ""
            return [numero(n, url, f"abiertos: {nombre}")]
        return [
            numero(
                sum(a.n for a in self.casos(codigo=tipo, **como)),
                self.enlaces.casos(tipo, **donde),
                f"abiertos: {nombre}",
            )
            for tipo in tipos
        ] or [numero(0, "", "")]

    def _suma(self, tabla, empresa, clave) -> Cuenta:
        suma = Cuenta()
        for otra, codigo in self.relojes:
            if otra == empresa:
                suya = tabla.de(empresa, f"{PLAZO}{codigo}", clave)
                suma.mas(suya.n, suya.si, suya.suma)
        return suma

    # --- what the rooms declare

    def indicadores(self) -> Tabla:
        tabla = Tabla("indicadores", "Indicadores", "Indicador",
                      ["Sí", "No", "Total", "Proporción", "Según el documento"])  # fmt: skip
        for empresa, sala, i in self._declarados(Proporcion):
            cuenta = self.lectura.total.de(empresa.pk, medida_de(sala, i))
            medida = medida_de(sala, i)
            if not (i.bien or i.sin):
                total = numero(cuenta.n, self.enlaces.actos(medida, "todos"), i.nombre)
                vacia = Celda("")
                tabla.agregar(i.nombre, self._empresa(empresa.pk), [vacia, vacia, total, vacia,
                                                                    vacia])  # fmt: skip
                continue
            celdas = [
                numero(n, self.enlaces.actos(medida, cual), f"{que}: {i.nombre}")
                for n, cual, que in (
                    (cuenta.si, "si", i.si), (cuenta.no, "no", i.no), (cuenta.n, "todos", "todos")
                )
            ]  # fmt: skip
            detalle = " · ".join(filter(None, [f"{i.si} / {i.no}" if i.si else "",
                                               self._empresa(empresa.pk)]))  # fmt: skip
            tabla.agregar(i.nombre, detalle, [
                *celdas, Celda(por_ciento(cuenta), valor_de(cuenta)), juicio(cuenta, i.umbral)
            ])  # fmt: skip
        for empresa, _, i in self._declarados(DePlazo):
            cuenta = self.plazo(empresa.pk, i.plazo)
            celdas = self._celdas(cuenta, i.nombre, empresa=empresa.pk, codigo=i.plazo)
            tabla.agregar(i.nombre, self._empresa(empresa.pk), [*celdas, juicio(cuenta, i.umbral)])
        if not any(getattr(i, "umbral", None) for *_, i in self._declarados(Proporcion, DePlazo)):
            tabla.columnas.pop()
            tabla.filas = [(n, d, celdas[:-1]) for n, d, celdas in tabla.filas]
        return tabla

    def demoras(self) -> Tabla:
        tabla = Tabla("demoras", "Cuánto se tarda", "Qué", ["Promedio", "Cumplidos"])
        tabla.nota = "En el tiempo del propio plazo, no en el del reloj de pared."
        for empresa, sala, i in self._declarados(Demora):
            cuenta = self.lectura.total.de(empresa.pk, medida_de(sala, i))
            politica = self.fichas.politicas.get((empresa.pk, i.plazo))
            media = SIN_DATOS
            if cuenta.n:
                media = demoras.en_palabras(cuenta.media, politica.unidad if politica else "")
            # Met, on time or late: those that are still open took no time yet.
            tabla.agregar(i.nombre, self._empresa(empresa.pk), [
                Celda(media, SIN_DATOS if not cuenta.n else round(cuenta.media / 3600, 2)),
                numero(cuenta.n, self.enlaces.plazos(filtros.CUMPLIDOS, empresa=empresa.pk,
                                                     codigo=i.plazo), f"cumplidos: {i.nombre}"),
            ])  # fmt: skip
        return tabla

    def _declarados(self, *clases):
        return [
            (empresa, sala, i)
            for empresa in self.empresas
            for sala, i in indicadores_de(empresa)
            if isinstance(i, clases)
        ]

    def todas(self) -> dict[str, Tabla]:
        """Every table by its key, those without rows apart from the ones that always stand."""
        hechas = [
            self.cumplimiento(), self.semanas(), self.antiguedad(), self.riesgo(),
            self.indicadores(), self.demoras(), self.proyectos(), self.personas(),
        ]  # fmt: skip
        return {tabla.clave: tabla for tabla in hechas if tabla.filas}


def juicio(cuenta: Cuenta, umbral) -> Celda:
    """What the document calls that share; nothing without a threshold or without a figure."""
    if umbral is None or not cuenta.n:
        return Celda("")
    # Whole numbers: neither 98,0 nor what is almost it depends on how a fraction is stored (D-10).
    logrado, pedido = 100 * cuenta.si, umbral.sobre * cuenta.n
    es_bueno = logrado > pedido or (umbral.inclusivo and logrado == pedido)
    palabra = umbral.bien if es_bueno else umbral.mal
    return Celda(palabra, palabra, tono="ok" if es_bueno else "mal")

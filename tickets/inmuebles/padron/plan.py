"""What each row would change. The same function previews it and, with the rows locked, does it."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, timedelta

from postventa.personas.documentos import mostrar
from postventa.personas.models import Cliente
from tickets.inmuebles.models import Propiedad, ResultadoFila, Unidad
from tickets.inmuebles.padron.estado import Escritura, Estado
from tickets.inmuebles.padron.filas import FECHAS_DE_UNIDAD, TITULOS, Fila

PIDE_CONTACTO = (
    "Pide cambio de contacto: {campo} ya registrado se cambia en su ficha, con dos personas y 24 "
    "horas. Esta carga no lo toca."
)
EN_CURSO = "Tiene un cambio de contacto en curso: esta carga no toca su {campo}."

ES_DE_OTRO = (
    "Esta persona tiene vivienda en un proyecto que no administras. Deja vacío lo que cambia de "
    "ella ({campos}) y pídeselo a quien administra toda la empresa."
)


@dataclass
class Resultado:
    """What one row does. `motivos` not empty: nothing, and why."""

    fila: Fila
    escrituras: list[Escritura] = field(default_factory=list)
    motivos: list[str] = field(default_factory=list)
    avisos: list[str] = field(default_factory=list)
    cliente: Cliente | None = None

    @property
    def cual(self) -> str:
        if self.motivos:
            return ResultadoFila.RECHAZADA
        if any(e.accion == "crear" for e in self.escrituras):
            return ResultadoFila.CREAR
        return ResultadoFila.ACTUALIZAR if self.escrituras else ResultadoFila.IGUAL

    @property
    def cambios(self) -> list[list[str]]:
        return [] if self.motivos else [c for e in self.escrituras for c in en_palabras(e)]


def planear(estado: Estado, leidas: list[tuple[Fila, list[str]]]) -> list[Resultado]:
    """Results in the order of the rows. A unit with one refused row is refused whole: its rows
    say together who owns it, and half of them would say something else."""
    por_unidad: dict[tuple, list[Resultado]] = defaultdict(list)
    resultados = []
    for fila, motivos in leidas:
        resultado = Resultado(fila, motivos=list(motivos))
        resultados.append(resultado)
        # A row without its place cannot drag others along.
        llave = fila.de_unidad if fila.proyecto_id and fila.unidad else (0, str(fila.numero))
        por_unidad[llave].append(resultado)
    for grupo in por_unidad.values():
        if not any(r.motivos for r in grupo):
            _planear_unidad(estado, grupo)
        if malas := [r.fila.numero for r in grupo if r.motivos]:
            estado.deshacer()
            for r in grupo:
                r.motivos = r.motivos or [
                    f"Otra fila de esta unidad está rechazada (fila {malas[0]}). Corrígela y sube "
                    "las dos juntas."
                ]
        else:
            estado.asumir()
    return resultados


def _planear_unidad(estado: Estado, grupo: list[Resultado]) -> None:
    unidad = _unidad(estado, grupo)
    previas = list(estado.propiedades[grupo[0].fila.de_unidad])
    con_persona = [r for r in grupo if r.fila.documento]
    for r in con_persona:
        if not r.motivos:
            _cliente(estado, r)
            _repetida(r, con_persona)
    if any(r.motivos for r in grupo):
        return
    abiertas = []
    # Earlier ownerships first: who sold and bought again is two rows.
    for r in sorted(con_persona, key=lambda r: r.fila.desde or date.min):
        propiedad = _propiedad(estado, r, unidad, con_persona)
        if propiedad and propiedad.hasta is None:
            abiertas.append((r, propiedad))
    if abiertas and not any(r.motivos for r in grupo):
        nombrados = {r.fila.de_cliente for r in con_persona}
        _cerrar_anteriores(estado, abiertas, previas, nombrados)


def _unidad(estado: Estado, grupo: list[Resultado]) -> Unidad:
    """The unit, created or with its dates put right; each change goes to the row that brings it."""
    primera = grupo[0].fila
    unidad = estado.unidades.get(primera.de_unidad)
    if unidad is None:
        campos = {
            "proyecto": estado.proyectos[primera.proyecto_id],
            "nombre": primera.unidad,
            **_fechas(primera),
        }
        unidad = Unidad(**campos)
        grupo[0].escrituras.append(estado.crear(unidad, primera.de_unidad, campos))
    vistas: dict[str, Fila] = {}
    for r in grupo:
        r.fila.unidad = unidad.nombre
        dadas = _fechas(r.fila)
        for campo, fecha in dadas.items():
            otra = vistas.setdefault(campo, r.fila)
            if getattr(otra, campo) != fecha:
                r.motivos.append(
                    f"La fila {otra.numero} da otra fecha a esta unidad: {TITULOS[campo]}, "
                    f"{_ver(getattr(otra, campo))}. Deja la misma en las dos."
                )
        if not r.motivos and (escritura := estado.poner(unidad, "editar", dadas)):
            r.escrituras.append(escritura)
    return unidad


def _fechas(fila: Fila) -> dict[str, date]:
    return {c: f for c in FECHAS_DE_UNIDAD if (f := getattr(fila, c))}


def _cliente(estado: Estado, r: Resultado) -> None:
    fila = r.fila
    dados = {c: v for c in ("nombre", "correo", "telefono") if (v := getattr(fila, c))}
    for campo, valor in dados.items():
        dicho, numero = estado.dichos.get((fila.de_cliente, campo), (valor, 0))
        if not _mismo(campo, dicho, valor):
            r.motivos.append(
                f"La fila {numero} da a esta persona otro dato: {TITULOS[campo]}. Deja el mismo en "
                "las dos."
            )
        elif not numero:
            estado.decir((fila.de_cliente, campo), valor, fila.numero)
    if r.motivos:
        return
    cliente = estado.clientes.get(fila.de_cliente)
    if cliente is None:
        if not fila.nombre:
            r.motivos.append("La persona es nueva: escribe su nombre.")
            return
        cliente = Cliente(
            empresa=estado.empresa, tipo_documento=fila.tipo, numero=fila.documento, **dados
        )
        campos = {"tipo_documento": fila.tipo, "numero": fila.documento, **dados}
        r.escrituras.append(estado.crear(cliente, fila.de_cliente, campos))
    else:
        _actualizar_cliente(estado, r, cliente, dados)
    r.cliente = cliente


def _actualizar_cliente(estado, r, cliente, dados) -> None:
    """The name is corrected; a contact is only filled where there is none (TM-08).

    Of who also has a home elsewhere, neither: a contact opens every one of their cases.
    """
    valores = {"nombre": dados["nombre"]} if "nombre" in dados else {}
    llena = {}
    for campo, articulo in (("correo", "el correo"), ("telefono", "el teléfono")):
        actual, nuevo = getattr(cliente, campo), dados.get(campo)
        if not nuevo or _mismo(campo, actual, nuevo):
            continue
        if actual:
            r.avisos.append(PIDE_CONTACTO.format(campo=articulo))
        elif cliente.pk in estado.con_cambio_abierto:
            r.avisos.append(EN_CURSO.format(campo=articulo.split()[1]))
        else:
            llena[campo] = nuevo
    valores = {c: v for c, v in valores.items() if v != getattr(cliente, c)}
    if cliente.pk in estado.de_otro_proyecto and (valores or llena):
        campos = ", ".join(TITULOS[c].lower() for c in (*valores, *llena))
        r.motivos.append(ES_DE_OTRO.format(campos=campos))
        return
    for accion, cambios in (("editar", valores), ("contacto", llena)):
        if escritura := estado.poner(cliente, accion, cambios):
            r.escrituras.append(escritura)


def _repetida(r: Resultado, grupo: list[Resultado]) -> None:
    for otra in grupo[: grupo.index(r)]:
        mismo = otra.fila.de_cliente == r.fila.de_cliente
        if mismo and (otra.fila.desde == r.fila.desde or not (otra.fila.desde and r.fila.desde)):
            r.motivos.append(
                f"Repite a la persona de la fila {otra.fila.numero} en la misma unidad. Borra una."
            )
            return


def _propiedad(
    estado: Estado, r: Resultado, unidad: Unidad, grupo: list[Resultado]
) -> Propiedad | None:
    """Match or create the ownership; return it only if it is new."""
    fila, todas = r.fila, estado.propiedades[r.fila.de_unidad]
    suyas = [p for p in todas if p.cliente is r.cliente]
    propiedad = _la_que_nombra(r, suyas, grupo)
    if propiedad is None and (fila.desde or not suyas):
        return _nueva(estado, r, unidad, suyas, todas)
    if propiedad is None or (propiedad.hasta and not fila.hasta):
        ultima = max((p.hasta for p in suyas if p.hasta), default=None)
        r.motivos.append(
            f"Fue dueño hasta el {_ver(ultima)}. Si volvió a comprar, escribe desde cuándo; si no, "
            "borra la fila."
        )
        return None
    valores = {c: v for c, v in (("desde", fila.desde), ("hasta", fila.hasta)) if v}
    desde, hasta = valores.get("desde", propiedad.desde), valores.get("hasta", propiedad.hasta)
    if hasta and hasta < desde:
        r.motivos.append(f"Es dueño desde el {_ver(desde)}: dueño hasta no puede ser anterior.")
    elif escritura := estado.poner(propiedad, "editar", valores):
        r.escrituras.append(escritura)
    return None


def _la_que_nombra(r, suyas: list[Propiedad], grupo: list[Resultado]) -> Propiedad | None:
    """Of a person's ownerships of the unit, the one that the row speaks of."""
    fila = r.fila
    if fila.desde:
        exacta = next((p for p in suyas if p.desde == fila.desde), None)
    else:
        exacta = next((p for p in suyas if fila.hasta and p.hasta == fila.hasta), None)
    # Another row may be the one that speaks of the ownership still open.
    ajenas = {o.fila.desde for o in grupo if o is not r and o.fila.de_cliente == fila.de_cliente}
    abierta = next((p for p in suyas if p.hasta is None and p.desde not in ajenas), None)
    return exacta or abierta


def _nueva(estado, r, unidad, suyas, todas) -> Propiedad | None:
    fila = r.fila
    desde = fila.desde
    if desde is None and not any(p.pk for p in todas):
        desde = unidad.inscripcion_el or unidad.entrega_el
    if desde is None:
        r.motivos.append("Escribe desde cuándo es dueño de esta unidad.")
        return None
    if fila.hasta and fila.hasta < desde:
        r.motivos.append("Dueño hasta es anterior a dueño desde. Corrige una de las dos.")
        return None
    for p in suyas:
        if (p.hasta is None or p.hasta >= desde) and (fila.hasta is None or p.desde <= fila.hasta):
            r.motivos.append(f"Ya figura como dueño desde el {_ver(p.desde)}. Corrige dueño desde.")
            return None
    propiedad = Propiedad(unidad=unidad, cliente=r.cliente, desde=desde, hasta=fila.hasta)
    campos = {"unidad": unidad, "cliente": r.cliente, "desde": desde, "hasta": fila.hasta}
    r.escrituras.append(estado.crear(propiedad, fila.de_unidad, campos))
    return propiedad


def _cerrar_anteriores(estado, abiertas, previas, nombrados) -> None:
    """A new owner ends those whom no row of the unit names; nobody is erased."""
    r, primera = min(abiertas, key=lambda par: par[1].desde)
    corte = primera.desde
    for p in previas:
        llave = p.cliente.tipo_documento, p.cliente.numero
        if llave in nombrados or (p.hasta is not None and p.hasta < corte):
            continue
        if p.desde >= corte:
            r.motivos.append(
                f"{p.cliente.nombre} es dueño desde el {_ver(p.desde)}. Si los dos lo son, agrega "
                "su fila; si este lo fue antes, escribe hasta cuándo."
            )
        elif escritura := estado.poner(p, "editar", {"hasta": corte - timedelta(days=1)}):
            r.escrituras.append(escritura)


def _mismo(campo: str, uno: str, otro: str) -> bool:
    """The same e-mail in capitals, the same telephone with other spaces."""
    if campo == "correo":
        return uno.casefold() == otro.casefold()
    if campo == "telefono":
        return [c for c in uno if c.isdigit()] == [c for c in otro if c.isdigit()]
    return uno == otro


NOMBRES = {
    "numero": "documento",
    "inscripcion_el": "inscripción CBR",
    "desde": "desde",
    "hasta": "hasta",
}


def en_palabras(e: Escritura) -> list[list[str]]:
    """What is written, for people: [what, field, before, after]."""
    que = str(e.objeto._meta.verbose_name)
    if isinstance(e.objeto, Propiedad):
        que = f"propiedad de {e.objeto.cliente.nombre}"
    campos = dict(e.campos)
    if isinstance(e.objeto, Cliente) and "numero" in campos:
        del campos["tipo_documento"]
        campos["numero"] = ("", mostrar(e.objeto.tipo_documento, e.objeto.numero))
    if isinstance(e.objeto, Propiedad) and e.accion == "crear":
        campos = {c: v for c, v in campos.items() if c in ("desde", "hasta")}
    if e.accion == "crear" and not isinstance(e.objeto, Propiedad):
        que += " nueva" if isinstance(e.objeto, Unidad) else " nuevo"
    que = que[:1].upper() + que[1:]
    return [
        [que, NOMBRES.get(c) or TITULOS.get(c, c).lower(), _ver(antes), _ver(despues)]
        for c, (antes, despues) in campos.items()
    ]


def _ver(valor) -> str:
    if valor is None:
        return ""
    return f"{valor:%d-%m-%Y}" if isinstance(valor, date) else str(valor)

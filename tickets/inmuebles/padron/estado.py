"""What the database holds of the rows of a padrón, and a pencil to try changes on it."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from django.db.models import Model

from postventa.consola.contactos import abiertos
from postventa.empresas.models import Empresa
from postventa.personas.models import Cliente
from tickets.inmuebles.models import Propiedad, Proyecto, Unidad
from tickets.inmuebles.padron.filas import Fila, plegar

LOTE = 500


def en_trozos(cosas: Iterable, de: int = LOTE) -> Iterator[list]:
    cosas = list(cosas)
    for inicio in range(0, len(cosas), de):
        yield cosas[inicio : inicio + de]


@dataclass
class Escritura:
    """A row of the database that is new or changed: field to `(before, after)`."""

    objeto: Model
    accion: str
    campos: dict[str, tuple]


@dataclass
class Estado:
    """Units by (project, folded name), customers by (kind, document), ownerships by unit.

    Changes are made on the objects themselves, in memory; `deshacer` takes back those made since
    the last `asumir`, so that a unit with a refused row leaves nothing behind.
    """

    empresa: Empresa
    proyectos: dict[int, Proyecto]
    unidades: dict[tuple[int, str], Unidad] = field(default_factory=dict)
    clientes: dict[tuple[str, str], Cliente] = field(default_factory=dict)
    propiedades: dict[tuple[int, str], list[Propiedad]] = field(
        default_factory=lambda: defaultdict(list)
    )
    con_cambio_abierto: set[int] = field(default_factory=set)
    # Customers with a home in a project that is not among `proyectos`.
    de_otro_proyecto: set[int] = field(default_factory=set)
    # (customer, field) -> (what a row of this file said, its number)
    dichos: dict[tuple, tuple[str, int]] = field(default_factory=dict)
    escrituras: list[Escritura] = field(default_factory=list)
    _pasos: list = field(default_factory=list)
    _probando: list[Escritura] = field(default_factory=list)

    # --- reading

    def cargar(self, filas: list[Fila], *, con_llave: bool = False) -> "Estado":
        """Read what the rows name: a constant number of statements for each 500.

        With `con_llave` the rows are locked in the order unit, customer, and units are found by
        their exact name (that a first reading has put in the row).
        """
        self._cargar_unidades(filas, con_llave)
        documentos = {f.documento for f in filas if f.documento}
        for trozo in en_trozos(sorted(documentos)):
            consulta = Cliente.objects.filter(empresa=self.empresa, numero__in=trozo)
            for c in _con_llave(consulta, con_llave):
                self.clientes[c.tipo_documento, c.numero] = c
        for trozo in en_trozos(c.pk for c in self.clientes.values()):
            self.con_cambio_abierto |= set(
                abiertos().filter(cliente__in=trozo).values_list("cliente_id", flat=True)
            )
            ajenas = Propiedad.objects.filter(cliente__in=trozo).exclude(
                unidad__proyecto__in=self.proyectos
            )
            self.de_otro_proyecto |= set(ajenas.values_list("cliente_id", flat=True))
        nombradas = {f.de_unidad for f in filas}
        propias = {u.pk: llave for llave, u in self.unidades.items() if llave in nombradas}
        for trozo in en_trozos(propias):
            consulta = Propiedad.objects.filter(unidad__in=trozo).order_by("desde", "pk")
            for p in consulta.select_related("cliente"):
                # One object per person, whoever leads to it.
                llave = p.cliente.tipo_documento, p.cliente.numero
                p.cliente = self.clientes.get(llave, p.cliente)
                self.propiedades[propias[p.unidad_id]].append(p)
        return self

    def _cargar_unidades(self, filas, con_llave):
        ids = {f.proyecto_id for f in filas if f.proyecto_id}
        consulta = Unidad.objects.filter(proyecto__in=ids)
        if con_llave:
            consulta = consulta.filter(nombre__in={f.unidad for f in filas})
        for u in _con_llave(consulta, con_llave):
            u.proyecto = self.proyectos[u.proyecto_id]
            self.unidades.setdefault((u.proyecto_id, plegar(u.nombre)), u)

    # --- trying

    def poner(self, objeto: Model, accion: str, valores: dict) -> Escritura | None:
        """Set fields of a row; None if it had those values already."""
        campos = {c: (getattr(objeto, c), v) for c, v in valores.items() if getattr(objeto, c) != v}
        if not campos:
            return None
        for campo, (antes, despues) in campos.items():
            self._pasos.append(lambda c=campo, a=antes: setattr(objeto, c, a))
            setattr(objeto, campo, despues)
        return self._anotar(Escritura(objeto, accion, campos))

    def crear(self, objeto: Model, llave, campos: dict) -> Escritura:
        """Add a row that does not exist yet."""
        if isinstance(objeto, Propiedad):
            lista = self.propiedades[llave]
            lista.append(objeto)
            self._pasos.append(lambda: lista.remove(objeto))
        else:
            donde = self.unidades if isinstance(objeto, Unidad) else self.clientes
            donde[llave] = objeto
            self._pasos.append(lambda: donde.pop(llave))
        return self._anotar(
            Escritura(objeto, "crear", {c: ("", v) for c, v in campos.items() if v})
        )

    def decir(self, llave: tuple, valor: str, numero: int) -> None:
        """Remember what a row of the file says of a customer."""
        self.dichos[llave] = (valor, numero)
        self._pasos.append(lambda: self.dichos.pop(llave, None))

    def _anotar(self, escritura):
        self._probando.append(escritura)
        return escritura

    def asumir(self) -> None:
        self.escrituras += self._probando
        self._pasos, self._probando = [], []

    def deshacer(self) -> None:
        for paso in reversed(self._pasos):
            paso()
        self._pasos, self._probando = [], []


def _con_llave(consulta, con_llave):
    consulta = consulta.order_by("pk")
    return consulta.select_for_update(no_key=True, of=("self",)) if con_llave else consulta

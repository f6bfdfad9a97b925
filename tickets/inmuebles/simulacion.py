"""Homes of a simulation: projects beside the demonstration's, and who owns each unit."""

from collections import Counter
from datetime import timedelta

from postventa.calendario.palabras import MESES as MESES_DEL_ANIO
from postventa.empresas.models import Sede
from postventa.personas.models import Cliente
from postventa.tramitacion.siembra import leer
from postventa.tramitacion.simulacion.historia import Historia
from postventa.tramitacion.simulacion.registro import PREFIJO, Mesa, Simulacion
from tickets.inmuebles.garantia import garantia_de
from tickets.inmuebles.models import ClaseElemento, Propiedad, Proyecto, Unidad

ARBOLES = (
    "Boldos", "Peumos", "Quillayes", "Canelos", "Coihues", "Raulíes", "Alerces", "Avellanos",
    "Ulmos", "Lingues", "Litres", "Espinos", "Molles", "Notros", "Olivillos", "Radales", "Tineos",
    "Ñirres", "Mañíos", "Pataguas",
)  # fmt: skip
COMUNAS = ("Ñuñoa", "La Florida", "Maipú", "Quilicura", "San Miguel", "Macul", "Puente Alto")
# The rain finds what is badly sealed; nobody is at home in February.
MESES = (0.8, 0.6, 1.0, 1.0, 1.3, 1.8, 2.0, 1.7, 1.1, 1.0, 0.9, 0.8)
# A home asks again: out of every hundred requests, these come from one that asked before.
VUELVEN = 30
FECHAS = ("recepcion_definitiva_el", "inscripcion_el", "entrega_el")
TORRES, PISOS, PUERTAS = "CDEFGHJKLM", 20, 8


class SimulacionDeInmuebles(Simulacion):
    """A company that sells homes. `equipar` says who works in a project."""

    archivo = ""
    tipo_de_proyecto = "Condominio"
    meses = MESES

    def __init__(self):
        self.puertas = Counter()

    def sedes_de_demo(self) -> set[str]:
        return {leer(self.archivo)["proyecto"]["codigo"]}

    def lugares(self, mesa: Mesa, cuantos: int) -> list:
        proyectos = list(
            Proyecto.objects.filter(empresa=mesa.empresa, codigo__in=self.sedes_de_demo())
        )
        self.puertas.clear()
        faltan = cuantos - len(proyectos)
        proyectos += [self.proyecto(mesa, n) for n in range(1, max(faltan, 0) + 1)]
        return [self.equipar(mesa, proyecto) for proyecto in proyectos]

    def proyecto(self, mesa: Mesa, n: int) -> Proyecto:
        arbol, vuelta = ARBOLES[(n - 1) % len(ARBOLES)], (n - 1) // len(ARBOLES)
        nombre = f"{self.tipo_de_proyecto} Los {arbol}" + (f" {vuelta + 1}" if vuelta else "")
        return Proyecto.objects.get_or_create(
            empresa=mesa.empresa,
            codigo=f"{PREFIJO}-{mesa.empresa.codigo}-{n}",
            defaults={
                "nombre": nombre,
                "direccion": f"Calle de los {arbol} {100 + 20 * n}",
                "comuna": COMUNAS[n % len(COMUNAS)],
                "telefono": mesa.empresa.telefono,
                "correo": mesa.empresa.correo_contacto,
            },
        )[0]

    # --- told again of another home

    def entorno(self, caso) -> dict:
        campos = [f.attname for f in Unidad._meta.local_concrete_fields]
        return {campo: getattr(caso.unidad, campo) for campo in campos}

    def copiar_entorno(self, copia) -> None:
        """A home of its own, as old as the mould's was, and the terms of its warranty."""
        vieja, proyecto = copia.molde.entorno, copia.lugar.sede
        fechas = {c: copia.tiempos.fecha(vieja[c]) for c in FECHAS}
        unidad = {
            "id": copia.llaves.tomar(Unidad),
            "proyecto_id": proyecto.pk,
            "nombre": puerta(_siguiente(self.puertas, proyecto)),
            **fechas,
        }
        copia.mapa[Unidad] = {vieja["id"]: unidad["id"]}
        copia.agregar(Unidad, unidad)
        copia.agregar(
            Propiedad,
            {
                "id": copia.llaves.tomar(Propiedad),
                "unidad_id": unidad["id"],
                "cliente_id": copia.cliente_id,
                "desde": unidad["inscripcion_el"],
                "hasta": None,
            },
        )
        copia.decir(vieja["nombre"], unidad["nombre"])
        for clase in ClaseElemento:
            antes, ahora = garantia_de(Unidad(**vieja), clase), garantia_de(Unidad(**unidad), clase)
            copia.decir(_dia(antes.desde_el), _dia(ahora.desde_el))
            copia.decir(_dia(antes.hasta_el), _dia(ahora.hasta_el))

    def equipar(self, mesa: Mesa, proyecto: Proyecto):
        raise NotImplementedError


class HistoriaDeVivienda(Historia):
    """What happens to a home."""

    @property
    def _conocidas(self) -> list[tuple[Unidad, Cliente]]:
        """Homes of the place that have asked in this run, with their owners."""
        return self.mesa.memoria.setdefault("viviendas", {}).setdefault(self.lugar.sede.pk, [])

    def vivienda(self) -> tuple[Unidad, Cliente]:
        """A home that asked before, or another one with its owner."""
        conocidas = self._conocidas
        if conocidas and not self.mesa.es_molde and self.suerte(VUELVEN):
            return self.azar.choice(conocidas)
        unidad = self._unidad()
        cliente = self.mesa.cliente(self.azar)
        Propiedad.objects.create(unidad=unidad, cliente=cliente, desde=unidad.inscripcion_el)
        conocidas.append((unidad, cliente))
        return unidad, cliente

    def _unidad(self) -> Unidad:
        proyecto = self.lugar.sede
        n = _siguiente(self.mesa.memoria.setdefault("puertas", Counter()), proyecto)
        entrega = self.ritmo.dia(self.ahora) - timedelta(days=self.azar.randint(60, 900))
        return Unidad.objects.create(
            proyecto=proyecto,
            nombre=puerta(n),
            recepcion_definitiva_el=entrega - timedelta(days=self.azar.randint(150, 300)),
            inscripcion_el=entrega - timedelta(days=self.azar.randint(8, 25)),
            entrega_el=entrega,
        )


def puerta(n: int) -> str:
    """`Torre C, depto. 704`: the n-th of a project, without end."""
    torre, resto = divmod(n, PISOS * PUERTAS)
    piso, numero = divmod(resto, PUERTAS)
    vuelta, letra = divmod(torre, len(TORRES))
    nombre = TORRES[letra] + (str(vuelta + 1) if vuelta else "")
    return f"Torre {nombre}, depto. {piso + 1}{numero + 1:02d}"


def _siguiente(puertas: Counter, proyecto: Sede) -> int:
    """The next door of a project, which nobody has."""
    if proyecto.pk not in puertas:
        puertas[proyecto.pk] = _dadas(proyecto)
    puertas[proyecto.pk] += 1
    return puertas[proyecto.pk] - 1


def _dia(fecha) -> str:
    return f"{fecha.day} de {MESES_DEL_ANIO[fecha.month - 1]} de {fecha.year}"


def _dadas(proyecto: Sede) -> int:
    """How many doors former runs gave: the next one is free."""
    n = 0
    while Unidad.objects.filter(proyecto_id=proyecto.pk, nombre=puerta(n)).exists():
        n += 1
    return n

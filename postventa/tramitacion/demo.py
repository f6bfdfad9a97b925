"""The demonstration: invented people of each company, loaded once and told to whoever starts it.

A room registers its `Demo`, which says what hangs from the company's places.
"""

from collections.abc import Callable
from zoneinfo import ZoneInfo

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.db import transaction

from postventa.calendario import hora
from postventa.calendario.models import ConfirmacionAnual
from postventa.empresas.models import Empresa, Sede
from postventa.expedientes.salas import sala_de_empresa
from postventa.personas.models import Membresia, Rol, Usuario
from postventa.tramitacion.siembra import leer

CLAVE = "postventa-demo"
ADMIN = "admin"


class SinDemo(Exception):
    """This installation does not carry demonstration people."""


class Demo:
    """A company's demonstration, told by a fixture whose `personal` is its staff."""

    # Who enters by its portal.
    quienes = ""

    def __init__(self, empresa: str, archivo: str):
        self.empresa, self.archivo = empresa, archivo

    @property
    def datos(self) -> dict:
        return leer(self.archivo)

    def sede(self) -> Sede | None:
        """Its first place, if it is loaded."""
        codigo = self.codigo_de_sede(self.datos)
        return Sede.objects.filter(empresa__codigo=self.empresa, codigo=codigo).first()

    def cargar(self, clave: str) -> Sede:
        """Create it whole and return its first place. `clave` is everybody's, hashed."""
        datos = self.datos
        empresa = Empresa.objects.get(codigo=self.empresa)
        personal = {fila["username"]: _persona(fila, empresa, clave) for fila in datos["personal"]}
        ConfirmacionAnual.objects.get_or_create(
            calendario=empresa.calendario,
            anio=hora.ahora().astimezone(ZoneInfo(empresa.zona)).year,
            defaults={"confirmado_en": hora.ahora(), "confirmado_por": "Demostración"},
        )
        return self.crear(empresa, datos, personal)

    def codigo_de_sede(self, datos: dict) -> str:
        raise NotImplementedError

    def crear(self, empresa: Empresa, datos: dict, personal: dict[str, Usuario]) -> Sede:
        """Create the places and what hangs from them; return the first."""
        raise NotImplementedError

    def abrir_casos(self, sede: Sede) -> None:
        """What is going on there on the first day, if that is asked for too."""

    def resumen(self) -> str:
        """`Condominio Los Arrayanes, 6 unidades`."""
        raise NotImplementedError

    def clientes(self) -> tuple[str, list[tuple[str, str]]]:
        """A title, and (document, who) of each customer."""
        raise NotImplementedError


_DEMOS: dict[str, Demo] = {}
# Cases of the other rooms of a company, opened with those of its demonstration.
_CASOS: dict[str, list[Callable[[Sede], None]]] = {}


def registrar(demo: Demo) -> None:
    """Add a company to the demonstration. Called by the rooms when Django starts."""
    _DEMOS[demo.empresa] = demo


def registrar_casos(empresa: str, abrir: Callable[[Sede], None]) -> None:
    """Add what another room of that company has going on, told its demonstration's first place."""
    _CASOS.setdefault(empresa, []).append(abrir)


def exigir_demo() -> None:
    """Refuse demo users where the settings are not the demonstration's."""
    if not settings.DEMO:
        raise SinDemo("Esta instalación no admite los datos de demostración (DEMO).")


@transaction.atomic
def cargar(con_casos: bool = False) -> list[Sede]:
    """Create the demonstrations that are missing; return the first place of each."""
    exigir_demo()
    faltan = [demo for demo in _DEMOS.values() if demo.sede() is None]
    # Once: to hash it for each of them is most of what a first start would take.
    clave = make_password(CLAVE) if faltan else ""
    nuevas = [demo.cargar(clave) for demo in faltan]
    if con_casos:
        for demo, sede in zip(faltan, nuevas, strict=True):
            demo.abrir_casos(sede)
            for abrir in _CASOS.get(demo.empresa, ()):
                abrir(sede)
    if not Usuario.objects.filter(username=ADMIN).exists():
        Usuario.objects.create_superuser(
            ADMIN, "admin@postventa.example", CLAVE, first_name="Administración"
        )
    return nuevas


def resumen(sede: Sede) -> str:
    """What was loaded with that place."""
    return _DEMOS[sede.empresa.codigo].resumen()


def hay_otros_datos() -> bool:
    """True if somebody has already put something else here than the demonstration."""
    if any(demo.sede() for demo in _DEMOS.values()):
        return False
    return Sede.objects.exists() or Usuario.objects.exists()


def _persona(fila, empresa, clave) -> Usuario:
    campos = {k: v for k, v in fila.items() if k != "rol"}
    usuario = Usuario.objects.create(password=clave, is_staff=True, **campos)
    Membresia.objects.create(usuario=usuario, empresa=empresa, rol=fila["rol"])
    return usuario


# --- told to who starts it


def presentacion() -> str:
    """What a newcomer needs to start: addresses, people and where the mails are."""
    exigir_demo()
    cargadas = [(demo, sede) for demo in _DEMOS.values() if (sede := demo.sede())]
    return "\n".join(
        [
            "",
            *_direcciones([demo for demo, _ in cargadas]),
            "",
            f"  Personal (clave: {CLAVE})",
            *(linea for demo, sede in cargadas for linea in _personal(demo, sede)),
            f"    {ADMIN:<24}Administración del sistema",
            *(linea for demo, _ in cargadas for linea in _clientes(demo)),
            "",
        ]
    )


def _direcciones(demos) -> list[str]:
    sitio = settings.SITE_URL.rstrip("/")
    con_portal = [demo for demo in demos if sala_de_empresa(demo.empresa)]
    filas = [
        *((f"Portal de {demo.quienes}", f"/{demo.empresa}/") for demo in con_portal),
        ("Consola del personal", "/consola/"),
        ("Correos enviados", "/demo/correos/"),
    ]
    return [f"  {nombre:<25}{sitio}{ruta}" for nombre, ruta in filas]


def _personal(demo, sede) -> list[str]:
    return [
        f"    {f['username']:<24}{f['first_name']} {f['last_name']}, "
        f"{Rol(f['rol']).label} de {sede.empresa}"
        for f in demo.datos["personal"]
    ]


def _clientes(demo) -> list[str]:
    titulo, filas = demo.clientes()
    acceso = " (el código de acceso llega a los correos enviados)"
    return [
        "",
        f"  {titulo}{acceso if sala_de_empresa(demo.empresa) else ''}",
        *(f"    {documento:<24}{quien}" for documento, quien in filas),
    ]

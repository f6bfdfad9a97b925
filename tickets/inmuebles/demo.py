"""The demonstration: each company's project with units, owners and staff. Invented people.

A room registers its `Demo`; here they are loaded, once, and told to whoever starts them.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.db import transaction

from postventa.calendario import hora
from postventa.calendario.models import ConfirmacionAnual
from postventa.empresas.models import Empresa
from postventa.expedientes.salas import sala_de_empresa
from postventa.personas.documentos import mostrar_rut
from postventa.personas.models import Cliente, Membresia, Rol, Usuario
from postventa.tramitacion.siembra import leer
from tickets.inmuebles.models import Propiedad, Proyecto, Unidad

CLAVE = "postventa-demo"
ADMIN = "admin"
FECHAS = ("recepcion_definitiva_el", "inscripcion_el", "entrega_el")


class SinDemo(Exception):
    """This installation does not carry demonstration people."""


@dataclass(frozen=True)
class Demo:
    """A company's demonstration, told by a fixture. `completar(proyecto, datos)` stores what only
    its room knows; `datos` is the whole fixture."""

    empresa: str
    archivo: str
    completar: Callable[[Proyecto, dict], None]

    def proyecto(self) -> Proyecto | None:
        """The project, if it is loaded."""
        codigo = leer(self.archivo)["proyecto"]["codigo"]
        return Proyecto.objects.filter(empresa__codigo=self.empresa, codigo=codigo).first()


_DEMOS: dict[str, Demo] = {}


def registrar(demo: Demo) -> None:
    """Add a company to the demonstration. Called by the rooms when Django starts."""
    _DEMOS[demo.empresa] = demo


def exigir_demo() -> None:
    """Refuse demo users where the settings are not the demonstration's."""
    if not settings.DEMO:
        raise SinDemo("Esta instalación no admite los datos de demostración (DEMO).")


@transaction.atomic
def cargar() -> list[Proyecto]:
    """Create the demo projects that are missing, with all that hangs from each; return them."""
    exigir_demo()
    nuevos = [_cargar(demo) for demo in _DEMOS.values() if demo.proyecto() is None]
    if not Usuario.objects.filter(username=ADMIN).exists():
        Usuario.objects.create_superuser(
            ADMIN, "admin@postventa.example", CLAVE, first_name="Administración"
        )
    return nuevos


def hay_otros_datos() -> bool:
    """True if somebody has already put something else here than the demonstration."""
    if any(demo.proyecto() for demo in _DEMOS.values()):
        return False
    return Proyecto.objects.exists() or Usuario.objects.exists()


def _cargar(demo: Demo) -> Proyecto:
    datos = leer(demo.archivo)
    empresa = Empresa.objects.get(codigo=demo.empresa)
    por_rol = {fila["rol"]: _persona(fila, empresa) for fila in datos["personal"]}
    proyecto = Proyecto.objects.create(
        empresa=empresa,
        supervisor=por_rol.get(Rol.SUPERVISOR),
        jefe=por_rol.get(Rol.JEFE),
        **datos["proyecto"],
    )
    for fila in datos["unidades"]:
        _unidad(fila, proyecto)
    ConfirmacionAnual.objects.get_or_create(
        calendario=empresa.calendario,
        anio=hora.ahora().astimezone(proyecto.tz).year,
        defaults={"confirmado_en": hora.ahora(), "confirmado_por": "Demostración"},
    )
    demo.completar(proyecto, datos)
    return proyecto


def _persona(fila, empresa) -> Usuario:
    campos = {k: v for k, v in fila.items() if k != "rol"}
    usuario = Usuario.objects.create_user(password=CLAVE, is_staff=True, **campos)
    Membresia.objects.create(usuario=usuario, empresa=empresa, rol=fila["rol"])
    return usuario


def _unidad(fila, proyecto) -> None:
    cliente, _ = Cliente.objects.get_or_create(
        empresa=proyecto.empresa,
        tipo_documento="RUT",
        numero=fila["rut"],
        defaults={
            "nombre": fila["propietario"],
            "correo": fila["correo"],
            "telefono": fila["telefono"],
        },
    )
    unidad = Unidad.objects.create(
        proyecto=proyecto, nombre=fila["nombre"], **{f: fila[f] for f in FECHAS}
    )
    Propiedad.objects.create(unidad=unidad, cliente=cliente, desde=fila["inscripcion_el"])


# --- told to who starts it


def presentacion() -> str:
    """What a newcomer needs to start: addresses, people and where the mails are."""
    exigir_demo()
    cargadas = [(demo, p) for demo in _DEMOS.values() if (p := demo.proyecto())]
    return "\n".join(
        [
            "",
            *_direcciones([demo.empresa for demo, _ in cargadas]),
            "",
            f"  Personal (clave: {CLAVE})",
            *(linea for demo, p in cargadas for linea in _personal(demo, p)),
            f"    {ADMIN:<24}Administración del sistema",
            *(linea for demo, p in cargadas for linea in _propietarios(demo, p)),
            "",
        ]
    )


def _direcciones(empresas) -> list[str]:
    sitio = settings.SITE_URL.rstrip("/")
    con_portal = [codigo for codigo in empresas if sala_de_empresa(codigo)]
    filas = [
        *(("Portal de propietarios", f"/{codigo}/") for codigo in con_portal),
        ("Consola del personal", "/consola/"),
        ("Correos enviados", "/demo/correos/"),
    ]
    return [f"  {nombre:<25}{sitio}{ruta}" for nombre, ruta in filas]


def _personal(demo, proyecto) -> list[str]:
    return [
        f"    {f['username']:<24}{f['first_name']} {f['last_name']}, "
        f"{Rol(f['rol']).label} de {proyecto.empresa}"
        for f in leer(demo.archivo)["personal"]
    ]


def _propietarios(demo, proyecto) -> list[str]:
    acceso = " (el código de acceso llega a los correos enviados)"
    return [
        "",
        f"  Propietarios de {proyecto.nombre}, {proyecto.empresa}"
        f"{acceso if sala_de_empresa(demo.empresa) else ''}",
        *(
            f"    {mostrar_rut(f['rut']):<24}{f['propietario']}, {f['nombre']}"
            + ("" if f["correo"] else "  (sin correo registrado)")
            for f in leer(demo.archivo)["unidades"]
        ),
    ]

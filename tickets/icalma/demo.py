"""The demonstration: one project with units, owners, staff and catalogue. Invented people."""

from django.conf import settings
from django.db import transaction

from postventa.calendario import hora
from postventa.calendario.models import ConfirmacionAnual
from postventa.empresas.models import Empresa
from postventa.personas.documentos import mostrar_rut
from postventa.personas.models import Cliente, Membresia, Usuario
from postventa.tramitacion.siembra import leer
from tickets.inmuebles.models import Item, Lugar, Propiedad, Proyecto, Recinto, Unidad


class SinDemo(Exception):
    """This installation does not carry demonstration people."""


def exigir_demo() -> None:
    """Refuse demo users where the settings are not the demonstration's."""
    if not settings.DEMO:
        raise SinDemo("Esta instalación no admite los datos de demostración (DEMO).")


@transaction.atomic
def cargar() -> Proyecto:
    """Create the demo project `icalma-demo` with all that hangs from it."""
    exigir_demo()
    datos = leer("icalma_demo.json")
    empresa = Empresa.objects.get(codigo="icalma")
    personal = {fila["rol"]: _persona(fila, empresa, datos["clave"]) for fila in datos["personal"]}
    proyecto = Proyecto.objects.create(
        empresa=empresa,
        supervisor=personal["supervisor"],
        jefe=personal["jefe"],
        **datos["proyecto"],
    )
    for fila in datos["unidades"]:
        _unidad(fila, proyecto)
    for orden, (recinto, lugares) in enumerate(datos["catalogo"].items()):
        _recinto(empresa, orden, recinto, lugares)
    ConfirmacionAnual.objects.get_or_create(
        calendario=empresa.calendario,
        anio=hora.ahora().astimezone(proyecto.tz).year,
        defaults={"confirmado_en": hora.ahora(), "confirmado_por": "Demostración"},
    )
    Usuario.objects.create_superuser(
        "admin", "admin@postventa.example", datos["clave"], first_name="Administración"
    )
    return proyecto


def _persona(fila, empresa, clave) -> Usuario:
    campos = {k: v for k, v in fila.items() if k != "rol"}
    usuario = Usuario.objects.create_user(password=clave, is_staff=True, **campos)
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
    fechas = ("recepcion_definitiva_el", "inscripcion_el", "entrega_el")
    unidad = Unidad.objects.create(
        proyecto=proyecto, nombre=fila["nombre"], **{f: fila[f] for f in fechas}
    )
    Propiedad.objects.create(unidad=unidad, cliente=cliente, desde=fila["inscripcion_el"])


def _recinto(empresa, orden, nombre, lugares) -> None:
    recinto = Recinto.objects.create(empresa=empresa, nombre=nombre, orden=orden)
    for n, (lugar, items) in enumerate(lugares.items()):
        fila = Lugar.objects.create(recinto=recinto, nombre=lugar, orden=n)
        Item.objects.bulk_create(
            Item(lugar=fila, nombre=item, clase=clase, orden=m)
            for m, (item, clase) in enumerate(items.items())
        )


def presentacion() -> str:
    """What a newcomer needs to start: addresses, people and where the mails are."""
    exigir_demo()
    datos = leer("icalma_demo.json")
    sitio = settings.SITE_URL.rstrip("/")
    personal = "\n".join(
        f"    {fila['username']:<16}{fila['first_name']} {fila['last_name']}"
        for fila in datos["personal"]
    )
    propietarios = "\n".join(
        f"    {mostrar_rut(fila['rut']):<16}{fila['propietario']}, {fila['nombre']}"
        + ("" if fila["correo"] else "  (sin correo registrado)")
        for fila in datos["unidades"]
    )
    return f"""
  Portal de propietarios   {sitio}/icalma/
  Consola del personal     {sitio}/consola/
  Correos enviados         {sitio}/demo/correos/

  Personal (clave: {datos["clave"]})
{personal}
    {"admin":<16}Administración del sistema

  Propietarios de {datos["proyecto"]["nombre"]} (el código de acceso llega a los correos enviados)
{propietarios}
"""

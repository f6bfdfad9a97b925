"""What the tests of Icalma's rules share: everybody who might knock, and what is refused."""

from datetime import date

import pytest

from postventa.empresas.models import Empresa
from postventa.personas.actores import SISTEMA, Actor
from postventa.personas.models import Cliente, Membresia, Rol, Usuario
from postventa.tramitacion.errores import Rechazo
from tickets.inmuebles.models import Propiedad, Proyecto, Unidad

RUT_REEMPLAZO, RUT_OTRO = "12345678-5", "11111111-1"


def _personal(usuario, empresa, rol, sede=None, **campos):
    persona = Usuario.objects.create_user(usuario, f"{usuario}@icalma.example", **campos)
    if rol:
        Membresia.objects.create(usuario=persona, empresa=empresa, rol=rol, sede=sede)
    return persona


def gente_de(camino):
    """Everybody who might knock: the roles of this company and those who only resemble them."""
    empresa = camino.unidad.proyecto.empresa
    otra = Empresa.objects.create(
        codigo="ajena",
        nombre="Ajena",
        pais="CL",
        zona="America/Santiago",
        calendario=empresa.calendario,
        jornada=empresa.jornada,
        prefijo_folio="AJE",
        remitente="postventa@ajena.example",
    )
    otra_sede = Proyecto.objects.create(empresa=empresa, codigo="otro", nombre="Otro proyecto")
    vecino = Cliente.objects.create(empresa=empresa, numero="17903264-3", nombre="Paula Vecina")
    unidad = Unidad.objects.create(proyecto=camino.unidad.proyecto, nombre="Torre A, depto. 101")
    Propiedad.objects.create(unidad=unidad, cliente=vecino, desde=date(2024, 1, 1))
    return {
        "propietario": camino.cliente,
        "otro propietario": vecino,
        "reemplazo": Actor.reemplazo("Ana Pérez", RUT_REEMPLAZO),
        "otro reemplazo": Actor.reemplazo("Juan Soto", RUT_OTRO),
        "supervisor": camino.supervisor,
        "supervisor de otra empresa": _personal("ajeno", otra, Rol.SUPERVISOR),
        "supervisor de otra sede": _personal("lejano", empresa, Rol.SUPERVISOR, otra_sede),
        "supervisor inactivo": _personal("ex", empresa, Rol.SUPERVISOR, is_active=False),
        "jefe": camino.jefe,
        "jefe de otra empresa": _personal("jefeajeno", otra, Rol.JEFE),
        "call_center": _personal("cc", empresa, Rol.CALL_CENTER),
        "gerente": _personal("gg", empresa, Rol.GERENTE),
        "administrador": _personal("adm", empresa, Rol.ADMINISTRADOR),
        "inspector": _personal("insp", empresa, Rol.INSPECTOR),
        "maestro": _personal("ovidal", empresa, Rol.MAESTRO),
        "legal": _personal("legal", empresa, Rol.LEGAL),
        "trabajador": _personal("trabajador", empresa, Rol.TRABAJADOR),
        "informes": _personal("informes", empresa, Rol.INFORMES),
        "asesor": _personal("asesor", empresa, Rol.ASESOR),
        "caja": _personal("caja", empresa, Rol.CAJA),
        "superusuario": _personal("super", empresa, None, is_superuser=True, is_staff=True),
        "sistema": SISTEMA,
    }


def falla(camino, objeto, verbo, por=None, **datos):
    """Fire a verb that must be refused; return the refusal. Nothing may have moved."""
    antes = camino.ticket.movimientos.count()
    with pytest.raises(Rechazo) as rechazo:
        camino.tramitar(objeto, verbo, por, **datos)
    ahora = type(camino.ticket).objects.get(pk=camino.ticket.pk)
    assert (ahora.estado, ahora.movimientos.count()) == (camino.ticket.estado, antes)
    return rechazo.value

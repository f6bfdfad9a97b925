"""What the reception shows: who is found, what they had complained of, and what it will say."""

import re
from datetime import datetime
from urllib.parse import urlencode
from uuid import uuid4

from django.core.signing import Signer
from django.db.models import Q
from django.db.models.lookups import Contains
from django.urls import reverse
from django.utils.crypto import constant_time_compare

from postventa.calendario.palabras import fecha_corta
from postventa.consola import busqueda
from postventa.consola.alcances import acotar
from postventa.consola.contexto import membresias
from postventa.consola.toma.marco import (
    Anterior,
    Busqueda,
    Hallada,
    con_parecidos,
    historia,
    raices_de,
)
from postventa.empresas.models import Sede
from postventa.personas.documentos import TipoDocumento
from postventa.personas.models import Cliente, Usuario
from postventa.personas.permisos import alcance
from postventa.plazos.calculo import DE_LA_SEDE
from reclamos.flujo import TERMINALES
from reclamos.models import Reclamo
from reclamos.sala import SALA
from reclamos.toma.forms import CLASES
from reclamos.toma.lectura import PREGUNTAS, de_vuelta, frases_de, plazos_de

HALLADAS, ANTERIORES = 8, 8
# Of a telephone said whole; with fewer digits it would be a way to leaf through the file.
TELEFONO_ENTERO = 8
BUSQUEDA = Busqueda(
    "Documento, teléfono o nombre de quien reclama",
    "Documento, teléfono o nombre",
    "Revisa lo escrito, o registra a la persona.",
)


def reciben(usuario) -> bool:
    """C-01: "todo el personal sin importar el área" of this company, and nobody else's."""
    return any(m.empresa.codigo == SALA.empresa for m in membresias(usuario))


def sedes_de(usuario) -> list[Sede]:
    """Establishments where this person works; the door asks for the same."""
    propias = Sede.objects.filter(empresa__codigo=SALA.empresa, es_activa=True)
    propias = propias.filter(pk__in=Sede.objects.filter(alcance(usuario, "empresa_id", "pk")))
    return propias.select_related(*DE_LA_SEDE).order_by("nombre")


def cliente_de(usuario, pk, llave: str) -> Cliente | None:
    """Who is on file: somebody in sight of that person, or whom they found by a whole document
    or telephone, as `llave` says. Nobody reads the file by counting its keys."""
    suyo = clientes_de(usuario).filter(pk=pk).first()
    if suyo is None and constant_time_compare(llave, _llave(usuario, pk)):
        return _registrados().filter(pk=pk).first()
    return suyo


def url_de(usuario, pk, **consulta) -> str:
    """The reception of one person on file, for whoever has just found them."""
    consulta["llave"] = _llave(usuario, pk)
    return f"{reverse('admin:capera_recepcion_de', args=[pk])}?{urlencode(consulta)}"


def _llave(usuario, pk) -> str:
    return Signer(salt="capera.recepcion").signature(f"{usuario.pk}:{pk}")


def clientes_de(usuario):
    return acotar(_registrados(), usuario)


def _registrados():
    return Cliente.objects.filter(empresa__codigo=SALA.empresa)


def plantel():
    """Who works there: whom a complaint may be about."""
    return (
        Usuario.objects.filter(membresias__empresa__codigo=SALA.empresa, is_active=True)
        .order_by("first_name", "last_name", "pk")
        .distinct()
    )


def buscar(usuario, texto: str, **seguir) -> tuple[list[Hallada], bool]:
    """The first people that the text names, and whether there are more. A whole document or
    telephone finds whoever is on file (C-01); a name, only those whom that person sees."""
    documento = re.sub(r"[\s.\-]", "", texto).upper()
    telefono = busqueda.digitos_de(texto)
    enteros = Q(pk__in=[])
    if re.search(r"\d", documento):
        # A passport begins with letters, and is no name.
        enteros = Q(numero=documento)
        if len(telefono) >= TELEFONO_ENTERO:
            enteros |= Q(Contains(busqueda.sin_adornos("telefono"), telefono))
    a_la_vista = busqueda.buscar(clientes_de(usuario).order_by(), texto, (), "").values("pk")
    hallados = _registrados().filter(enteros | Q(pk__in=a_la_vista)).order_by("nombre", "pk")
    filas = list(hallados[: HALLADAS + 1])
    return [_hallada(usuario, c, seguir) for c in filas[:HALLADAS]], len(filas) > HALLADAS


def _hallada(usuario, cliente, seguir) -> Hallada:
    detalle = identidad(cliente) + (f" · {cliente.telefono}" if cliente.telefono else "")
    return Hallada(cliente.nombre, detalle, url_de(usuario, cliente.pk, **seguir))


def identidad(cliente) -> str:
    """`DNI 40123456`; who has not given one, so."""
    if cliente.tipo_documento == TipoDocumento.SIN:
        return "Documento pendiente"
    return f"{cliente.get_tipo_documento_display()} {cliente.documento}"


def anteriores_de(usuario, cliente, ahora: datetime, texto: str = "") -> list[Anterior]:
    """What this person, or another file with their telephone or mail, had complained of: the open
    ones first and the alike ahead of them. Never one that is about the reader."""
    mismos = Q(cliente=cliente)
    for campo in ("telefono", "correo"):
        if valor := getattr(cliente, campo):
            mismos |= Q(**{f"cliente__{campo}__iexact": valor})
    suyos = acotar(Reclamo.objects.filter(mismos, empresa=cliente.empresa_id), usuario)
    suyos = suyos.select_related("cliente", "sede__empresa").order_by("-recibida_en", "-pk")
    filas = [_anterior(reclamo, cliente, ahora) for reclamo in suyos[:ANTERIORES]]
    return con_parecidos(filas, texto)


def _anterior(reclamo, cliente, ahora) -> Anterior:
    es_abierta = reclamo.estado not in TERMINALES
    de_otro = "" if reclamo.cliente_id == cliente.pk else f" · de {reclamo.cliente.nombre}"
    que = reclamo.motivo or reclamo.hechos[:90] or "Sin motivo anotado"
    return Anterior(
        folio=reclamo.codigo,
        que=f"{reclamo.get_clase_display()}: {que[:90]}{de_otro}",
        cuando=fecha_corta(reclamo.recibida_en, reclamo.sede.tz, ahora),
        url=reverse("admin:reclamos_reclamo_change", args=[reclamo.pk]),
        estado=reclamo.estado,
        estado_en_palabras=reclamo.get_estado_display(),
        es_abierta=es_abierta,
        raices=raices_de(f"{reclamo.motivo} {reclamo.hechos}") if es_abierta else frozenset(),
    )


def contexto_de(usuario, formulario, ahora: datetime, **mas) -> dict:
    """What the template needs. `mas` says the refusal, if there was one."""
    cliente, sedes = formulario.cliente, list(formulario.fields["sede"].queryset)
    elegida = formulario["sede"].value()
    if len(sedes) == 1:
        formulario.fields["sede"].empty_label = None
    elegidas = [s for s in sedes if str(s.pk) == str(elegida)] or sedes
    recibida = getattr(formulario, "cleaned_data", {}).get("recibida_en", ahora)
    es_consumidor = formulario["es_consumidor"].value() != "no"
    # Until the place is chosen, what all of them would promise.
    promesas = [plazos_de(sede, recibida, es_consumidor) for sede in elegidas]
    plazos = promesas[0] if promesas and all(p == promesas[0] for p in promesas) else []
    frases = frases_de(plazos)
    como = formulario["como"].value()
    escrito = f"{formulario.escrito('motivo')} {formulario.escrito('hechos')}"
    contexto = {
        "elegida": True,
        "cliente": cliente,
        "identidad": cliente and identidad(cliente),
        "form": formulario,
        "clases": CLASES,
        "dichos": {str(v) for v in formulario["aludidos"].value() or ()},
        "preguntas": PREGUNTAS,
        "de_vuelta": de_vuelta(formulario),
        "plazos": plazos,
        "sin_sede": not sedes,
        "frases": frases,
        "leer": (next((f.texto for f in frases if f.dice == como), frases[-1].texto), "", ""),
        "boton": next((f.boton for f in frases if f.dice == como), frases[-1].boton),
        "nonce": uuid4(),
        **mas,
    }
    if cliente is not None:
        anteriores = anteriores_de(usuario, cliente, ahora, escrito)
        titulo = "Lo que ya presentó"
        contexto |= historia(titulo, None, anteriores, "consola/reclamos/pildora.html")
    return contexto

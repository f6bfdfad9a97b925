"""What the intake shows of a home: its owners, its history, its hours and who is on duty."""

from dataclasses import dataclass, replace
from datetime import datetime
from uuid import uuid4

from django.db.models import Q
from django.urls import reverse

from postventa.calendario.palabras import DIAS, dia_en_palabras, fecha_corta
from postventa.consola.busqueda import digitos_de, sin_adornos
from postventa.consola.contexto import zona_de
from postventa.consola.toma.lectura import cuando_leido
from postventa.consola.toma.marco import Anterior, con_parecidos, historia, raices_de
from tickets.ingevec.cupos import Oferta, ofrecer
from tickets.ingevec.eleccion import dias_de, leer_valor
from tickets.ingevec.flujo import TERMINALES
from tickets.ingevec.horas import horario_de, pauta_del_proyecto, termino_de
from tickets.ingevec.models import Excepcion, Solicitud
from tickets.ingevec.personas import en_turno
from tickets.ingevec.puestos import acotar_a, atienden
from tickets.ingevec.toma.forms import SIN_HORA_AUN
from tickets.ingevec.toma.lectura import CUANDO, frases_de
from tickets.inmuebles.busqueda import con_duenios, hallar
from tickets.inmuebles.garantia import garantia_de
from tickets.inmuebles.models import ClaseElemento, Recinto, Unidad

HALLADAS, ANTERIORES = 8, 8


@dataclass
class Horas:
    """The hours of a home on the project's weekday, or on another that was asked for."""

    pauta: object = None
    termino: object = None
    oferta: Oferta | None = None
    dia: int | None = None

    @property
    def es_otro_dia(self) -> bool:
        return self.dia is not None and self.pauta is not None and self.dia != self.pauta.dia


def unidades_de(usuario):
    """Homes of the projects for which this person takes calls."""
    activas = Unidad.objects.filter(proyecto__es_activa=True)
    return acotar_a(activas, atienden(usuario), "proyecto__empresa_id", "proyecto_id")


def buscar(usuario, texto: str, ahora: datetime) -> tuple[list, bool]:
    """The first homes that the text names, and whether there are more."""
    hoy = ahora.astimezone(zona_de(usuario)).date()
    mas = None
    if digitos := digitos_de(texto):
        # Whoever calls again from the number that was left, whose home it may not be.
        con_numero = Solicitud.objects.alias(_numeros=sin_adornos("telefonos")).filter(
            _numeros__contains=digitos
        )
        mas = Q(pk__in=con_numero.values("unidad_id"))
    halladas = list(hallar(unidades_de(usuario), texto, hoy, mas)[: HALLADAS + 1])
    return halladas[:HALLADAS], len(halladas) > HALLADAS


def unidad_de(usuario, pk: int, ahora: datetime) -> Unidad | None:
    hoy = ahora.astimezone(zona_de(usuario)).date()
    return con_duenios(unidades_de(usuario), hoy).filter(pk=pk).first()


def horas_de(unidad, ahora: datetime, dia: int | None = None) -> Horas:
    """The offer for a call that comes in now; without a pauta there is none."""
    pauta = pauta_del_proyecto(unidad.proyecto_id)
    if pauta is None:
        return Horas()
    termino = termino_de(horario_de(pauta, pauta.jornada_inspeccion), ahora, pauta.dia)
    oferta = ofrecer(pauta, ahora, ahora, dia=dia)
    if dia not in (None, pauta.dia):
        # Asked for by itself: its hours, or none, and the project's own way out is another.
        oferta = replace(oferta, alternativas={})
    return Horas(pauta, termino, oferta, pauta.dia if dia is None else dia)


def clases_de(unidad, hoy) -> list[tuple[str, str]]:
    """Classes of element with what is left of their warranty in this home."""
    return [(c.value, f"{c.label}{_garantia(unidad, c, hoy)}") for c in ClaseElemento]


def _garantia(unidad, clase, hoy) -> str:
    hasta = garantia_de(unidad, clase).hasta_el
    if hasta is None:
        return ""
    cuando = f"{hasta:%d-%m-%Y}"
    return f" · garantía hasta {cuando}" if hoy <= hasta else f" · garantía vencida el {cuando}"


def anteriores_de(unidad, ahora: datetime, texto: str = "") -> list[Anterior]:
    """What the home asked for, the open ones first and the alike ahead of them."""
    suyas = Solicitud.objects.filter(unidad=unidad).prefetch_related("requerimientos")
    filas = [
        _anterior(s, unidad.proyecto.tz, ahora) for s in suyas.order_by("-creado_en")[:ANTERIORES]
    ]
    return con_parecidos(filas, texto)


def _anterior(solicitud, zona, ahora) -> Anterior:
    pedido = [r.descripcion for r in solicitud.requerimientos.all()] or [solicitud.consulta]
    es_abierta = solicitud.estado not in TERMINALES
    return Anterior(
        folio=solicitud.folio,
        que="; ".join(pedido)[:90],
        cuando=fecha_corta(solicitud.creado_en, zona, ahora),
        url=reverse("admin:ingevec_solicitud_change", args=[solicitud.pk]),
        estado=solicitud.estado,
        estado_en_palabras=solicitud.get_estado_display(),
        es_abierta=es_abierta,
        raices=raices_de(" ".join(pedido)) if es_abierta else frozenset(),
    )


def contexto_de(unidad, ahora: datetime, formulario, filas, horas: Horas, **mas) -> dict:
    """What the template needs. `mas` says the refusal, if there was one."""
    zona, hoy = unidad.proyecto.tz, ahora.astimezone(unidad.proyecto.tz).date()
    guardia = en_turno(unidad.proyecto.empresa_id, unidad.proyecto_id, ahora)
    escrito = " ".join(str(f["descripcion"].value() or "") for f in filas)
    anteriores = anteriores_de(unidad, ahora, escrito)
    cliente = formulario.duenios.get(str(formulario["cliente"].value()))
    frases = frases_de(
        horas.pauta, horas.oferta, horas.termino, zona,
        tiene_correo=bool(cliente and cliente.correo), guardia=guardia,
    )  # fmt: skip
    excepcion = Excepcion.OTRO_DIA.value if horas.es_otro_dia else ""
    dias = dias_de(horas.oferta, zona, excepcion) if horas.oferta else []
    return {
        **historia(unidad.nombre, unidad.entrega_el, anteriores, "consola/ingevec/pildora.html"),
        "elegida": unidad,
        "unidad": unidad,
        "duenios": list(formulario.duenios.values()),
        "recintos": Recinto.objects.filter(empresa=unidad.proyecto.empresa_id, es_activo=True),
        "form": formulario,
        "filas": filas,
        "guardia": guardia,
        "horas": horas,
        "dias": dias,
        "semana": _semana(horas, zona),
        "frases": frases.en_orden(),
        "leer": _que_leer(formulario, frases, zona, _valores(dias)),
        "hoy": hoy,
        "nonce": uuid4(),
        **mas,
    }


def _semana(horas: Horas, zona) -> list[dict]:
    """The five business days of the term; each is a way to look at the hours of its weekday."""
    if horas.termino is None:
        return []
    libres: dict = {}
    for inicio in {c.inicio for c in horas.oferta.cupos}:
        fecha = inicio.astimezone(zona).date()
        libres[fecha] = libres.get(fecha, 0) + 1
    ultima = horas.termino.fechas[-1]
    return [
        {
            "fecha": f,
            "corto": DIAS[f.weekday()][:3].capitalize(),
            "nombre": dia_en_palabras(f),
            "libres": libres.get(f),
            "es_ultima": f == ultima,
            "es_elegida": f.weekday() == horas.dia,
        }
        for f in horas.termino.fechas
    ]


def _valores(dias) -> set[str]:
    return {o.valor for d in dias for _, opciones in d.franjas for o in opciones}


def _que_leer(formulario, frases, zona, ofrecidas) -> tuple[str, str, str]:
    """The sentence for what is chosen so far, with the hour in the middle, to be seen at once; the
    script keeps it true while that changes."""
    valores = {n: formulario[n].value() for n in formulario.fields}
    if urgente := next((d for u, d in frases.urgentes.items() if valores[f"u_{u}"] == "si"), ""):
        return urgente, "", ""
    if valores["clase"] == Solicitud.Clase.CONSULTA:
        return frases.consulta, "", ""
    if valores["cupo"] in ofrecidas:
        eleccion = leer_valor(valores["cupo"])
        antes, despues = frases.cupo.split(CUANDO)
        return antes, cuando_leido(eleccion.inicia_en, zona), despues
    return (frases.sin_hora if valores["cupo"] == SIN_HORA_AUN else frases.ofrecer), "", ""

"""What Icalma's on-site screen is for: its observations, the works' act and its signature."""

from ipaddress import ip_address

from postventa.accesos.red import direccion
from postventa.documentos.actas import huella
from postventa.personas.actores import Actor, roles_en
from postventa.personas.models import Rol
from postventa.visitas.flujo import EstadoVisita as V
from tickets.icalma.acta import contenido_del_acta
from tickets.icalma.en_terreno import forms as f
from tickets.icalma.firma_presencial import TESTIGOS
from tickets.icalma.flujo import EstadoObservacion as O
from tickets.icalma.flujo import EstadoTicket as T
from tickets.icalma.forms_observacion import garantia_en_palabras
from tickets.icalma.models import Ticket
from tickets.inmuebles.terreno.pantalla import Pantalla, Tarea

DECIDIR, EJECUTAR = ("decidir", f.Decidir, "aprobar"), ("ejecutar", f.Ejecutar, "ejecutar")


def es_testigo(ticket, actor: Actor) -> bool:
    """Who may hold the phone while somebody else signs on it."""
    return bool(TESTIGOS & roles_en(actor, ticket.empresa_id, ticket.sede_id))


def _es_trabajo(visita) -> bool:
    return visita.tipo == visita.Tipo.TRABAJO


class PantallaDeIcalma(Pantalla):
    tipo = "icalma"
    modelo = Ticket
    partes, vuelta = "observaciones", "ticket"
    plantilla = "consola/icalma/terreno.html"
    pildora = "consola/icalma/pildora.html"
    url_caso, url_adjunto = "admin:icalma_ticket_change", "admin:icalma_ticket_adjunto"
    de_visita = {
        "ingreso": (f.Ingreso, "iniciar"),
        "ausencia": (f.Ausencia, "registrar_inasistencia_cliente"),
        "terminar": (f.Terminar, "realizar"),
    }
    de_parte = ("decidir", "ejecutar")

    def accion_de(self, visita, o):
        return EJECUTAR if _es_trabajo(visita) else DECIDIR

    def del_caso(self, visita, actor):
        ticket, posibles = visita.expediente, {}
        if not _es_trabajo(visita):
            return posibles
        if visita.estado == V.EN_CURSO:
            pendientes = any(o.estado == O.APROBADA for o in ticket.observaciones.all())
            if pendientes and self.cabe(ticket, "coordinar_otra_visita", actor):
                posibles["otra"] = (f.OtraVisita, visita)
        se_firma = visita.estado == V.REALIZADA and ticket.estado == T.POR_FIRMAR
        if se_firma and ticket.firmado_en is None and es_testigo(ticket, actor):
            posibles["firma"] = (f.Firmar, visita)
        return posibles

    def suyas(self, visita):
        """Every observation of an inspection; of the works, what is approved (also what the Jefe
        upheld meanwhile) and what was already done."""
        todas = self.partes_de(visita.expediente)
        if not _es_trabajo(visita):
            return todas
        return [o for o in todas if o.estado in (O.APROBADA, O.EJECUTADA, O.CONFORME)]

    def esta_lista(self, visita, o):
        return o.estado != (O.APROBADA if _es_trabajo(visita) else O.PENDIENTE)

    def tarea(self, visita, o):
        garantia = garantia_en_palabras(o, visita.expediente)
        acogida = [("Acogida por el Jefe:", o.resolucion)] if o.es_acogida else []
        decidido = acogida or [
            *([(f"{o.exclusion}.", o.get_exclusion_display())] if o.exclusion else []),
            ("", o.fundamento),
        ]
        pendiente = f"{garantia['cuando']} · {garantia['clase']}, {garantia['anios']} años"
        return Tarea(
            o,
            titulo=o.item,
            nombre=f"la observación {o.numero}",
            lugar=f"{o.recinto} · {o.lugar}",
            relato=o.descripcion,
            garantia=garantia,
            notas=[*acogida, ("Volvió a trabajos:", o.motivo_devolucion)],
            dichos=[*decidido, ("", o.trabajo), ("", pendiente * (o.estado == O.PENDIENTE))],
        )

    def completar(self, acto, request):
        if acto.verbo == "firmar":
            acto.datos["evidencia"] |= _de_donde(request)

    def mas(self, visita, formularios, usuario):
        ticket = visita.expediente
        acta = _acta(ticket) if "firma" in formularios else None
        return {
            "recibe": _recibe(visita),
            "telefono": ticket.cliente.telefono,
            "acta": acta,
            "terminada": _terminada(visita) if acta is None else "",
        }


def _recibe(visita) -> str:
    quien = {
        Rol.PROPIETARIO.value: "el propietario",
        Rol.REEMPLAZO.value: f"{visita.reemplazo_nombre}, reemplazo",
    }
    return quien.get(visita.recibe_rol, "")


def _terminada(visita) -> str:
    """What is left of a visit that was held; "" while it was not."""
    if visita.estado != V.REALIZADA:
        return ""
    if not _es_trabajo(visita):
        return "El propietario recibió el resultado por correo."
    firmado = visita.expediente.firmado_en
    return "El acta está firmada." if firmado else "Falta la firma del propietario."


def _acta(ticket) -> dict:
    contenido = contenido_del_acta(ticket)
    sello = huella(contenido)
    legible = " ".join(sello[i : i + 8] for i in range(0, 64, 8))
    return {**contenido, "huella": sello, "huella_legible": legible}


def _de_donde(request) -> dict:
    try:
        ip = str(ip_address(direccion(request)))
    except ValueError:
        ip = ""
    return {"direccion_ip": ip, "navegador": request.headers.get("User-Agent", "")[:200]}


PANTALLA = PantallaDeIcalma()

"""What Ingevec's on-site screen is for: the diagnosis of each requerimiento, and its works."""

from postventa.visitas.flujo import EstadoVisita as V
from tickets.ingevec.en_terreno import forms as f
from tickets.ingevec.flujo import EstadoRequerimiento as R
from tickets.ingevec.flujo import EstadoSolicitud as E
from tickets.ingevec.flujo import con_estado
from tickets.ingevec.models import Solicitud
from tickets.inmuebles.garantia import garantia_de
from tickets.inmuebles.terreno.pantalla import Pantalla, Tarea

DIAGNOSTICAR = ("diagnosticar", f.Diagnosticar, "corresponder")
EJECUTAR = ("ejecutar", f.Ejecutar, "ejecutar")
# What fits in the line that is always seen; the rest is read once it is open.
TITULO = 80


class PantallaDeIngevec(Pantalla):
    tipo = "ingevec"
    modelo = Solicitud
    partes, vuelta = "requerimientos", "solicitud"
    plantilla = "consola/ingevec/terreno.html"
    pildora = "consola/ingevec/pildora.html"
    url_caso, url_adjunto = "admin:ingevec_solicitud_change", "admin:ingevec_solicitud_adjunto"
    de_visita = {
        "ingreso": (f.Ingreso, "iniciar"),
        "ausencia": (f.Ausencia, "registrar_inasistencia_cliente"),
        "terminar": (f.Terminar, "realizar"),
    }
    de_parte = ("diagnosticar", "ejecutar")
    # The term of the works bounds the hours of another visit.
    lee_ademas = ("plazos",)

    def actua(self, visita, usuario):
        """A visit is of who goes to it: nobody else was in the home to say what they saw."""
        return visita.persona_id == usuario.pk

    def accion_de(self, visita, r):
        if r.estado == R.PENDIENTE:
            return DIAGNOSTICAR
        # What is covered is executed once the works have begun, never in the inspection.
        en_obra = visita.expediente.estado == E.EN_EJECUCION
        return EJECUTAR if en_obra and r.estado == R.CORRESPONDE else None

    def del_caso(self, visita, actor):
        solicitud, posibles = visita.expediente, {}
        if visita.estado != V.EN_CURSO or not con_estado(solicitud, R.CORRESPONDE):
            return posibles
        if solicitud.estado == E.ATENCION_INMEDIATA and not con_estado(solicitud, R.PENDIENTE):
            if self.cabe(solicitud, "iniciar_trabajos", actor):
                posibles["reparar"] = (f.EmpezarTrabajos, solicitud)
        if solicitud.estado == E.EN_EJECUCION:
            if self.cabe(solicitud, "interrumpir_trabajos", actor):
                posibles["otra"] = (f.OtraVisita, solicitud)
        return posibles

    def suyas(self, visita):
        todos = self.partes_de(visita.expediente)
        if visita.tipo != visita.Tipo.TRABAJO:
            return todos
        return [r for r in todos if r.estado in (R.CORRESPONDE, R.EJECUTADO, R.CONFORME)]

    def esta_lista(self, visita, r):
        """What waits in a visit of works is what is covered; in a diagnosis, what has none."""
        en_obra = visita.expediente.estado in (E.TRABAJOS_AGENDADOS, E.EN_EJECUCION)
        return r.estado not in (R.PENDIENTE, R.CORRESPONDE if en_obra else R.PENDIENTE)

    def tarea(self, visita, r):
        solicitud, garantia = visita.expediente, None
        if r.clase:
            al = solicitud.creado_en.astimezone(solicitud.sede.tz).date()
            garantia = {
                "clase": r.get_clase_display(),
                **garantia_de(solicitud.unidad, r.clase).en_palabras(al),
            }
        cabe = len(r.descripcion) <= TITULO
        return Tarea(
            r,
            titulo=r.descripcion if cabe else f"{r.descripcion[: TITULO - 1].rstrip()}…",
            nombre=f"el requerimiento {r.numero}",
            lugar=r.recinto,
            relato="" if cabe else r.descripcion,
            garantia=garantia,
            notas=[("Diagnóstico:", r.diagnostico), ("No quedó conforme:", r.disconformidad)],
            dichos=[
                ("Diagnóstico:", r.diagnostico),
                ("Por qué no corresponde:", r.motivo),
                ("Trabajo:", r.trabajo),
            ],
        )

    def mas(self, visita, formularios, usuario):
        return {
            "recibe": visita.recibe_nombre,
            "telefono": visita.expediente.telefonos,
            "va_otro": not self.actua(visita, usuario),
            "terminada": _terminada(visita) if visita.estado == V.REALIZADA else "",
        }


def _terminada(visita) -> str:
    """What follows a visit that was held."""
    if visita.expediente.estado == E.POR_LLAMAR:
        return "Sigue el llamado de satisfacción."
    if visita.tipo == visita.Tipo.TRABAJO:
        return "El propietario recibió por correo lo que sigue."
    return "El propietario recibió el diagnóstico por correo."


PANTALLA = PantallaDeIngevec()

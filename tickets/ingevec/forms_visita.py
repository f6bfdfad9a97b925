"""Forms of a visit and of what is decided in it: on the case page and at the home."""

from django import forms

from postventa.consola.formularios import FormularioDeVerbo, texto
from tickets.ingevec.flujo import EstadoRequerimiento as R
from tickets.ingevec.flujo import EstadoSolicitud as E
from tickets.ingevec.flujo import con_estado
from tickets.ingevec.palabras import GUARDAS
from tickets.inmuebles import forms_visita as comunes


class Iniciar(comunes.Entrada):
    """Who came in and who received them (G-13)."""

    equivalencias = {"llegada_en": "representante"}
    field_order = ("representante", "personal_identificado", "conserje", "conserjeria_autoriza")

    representante = forms.CharField(
        label="Quién recibe por el propietario", max_length=120,
        help_text="Nombre y apellido. Sin alguien que reciba, no se entra.",
    )  # fmt: skip
    personal_identificado = forms.CharField(
        label="Quiénes entran", max_length=300, help_text="Nombre de cada uno."
    )

    def preparar(self):
        super().preparar()
        visita, campos = self.objeto, self.fields
        campos["representante"].initial = self.caso.llamante
        campos["personal_identificado"].initial = visita.maestros or str(visita.persona)


class Realizar(comunes.Realizar):
    @classmethod
    def falta_para(cls, visita, ahora):
        solicitud = visita.expediente
        if solicitud.estado == E.EN_EJECUCION:
            return GUARDAS["trabajos_ejecutados"] if con_estado(solicitud, R.CORRESPONDE) else ""
        if con_estado(solicitud, R.PENDIENTE):
            return GUARDAS["todos_diagnosticados"]
        return ""

    def _en_ejecucion(self):
        return self.caso.estado == E.EN_EJECUCION

    def que_pasara(self):
        if self._en_ejecucion():
            return "Los trabajos quedan ejecutados y falta el llamado de satisfacción."
        return "El diagnóstico queda cerrado: ninguna decisión se puede cambiar después."

    def reloj(self):
        if self._en_ejecucion():
            return "Detiene el plazo de los trabajos"
        corresponden = con_estado(self.caso, R.CORRESPONDE)
        return "Empieza el plazo de los trabajos" if corresponden else ""

    def correo(self):
        if self._en_ejecucion():
            return "El propietario recibirá qué se hizo y quién lo recibió."
        return "El propietario recibirá el diagnóstico de cada requerimiento."

    def hecho(self):
        return "Trabajos terminados." if self._en_ejecucion() else "Inspección terminada."


class CancelarVisita(comunes.CancelarVisita):
    def que_pasara(self):
        return "La visita se cancela y hay que darle otra hora."

    def correo(self):
        return "El propietario recibirá el motivo."

    def hecho(self):
        return "Visita cancelada. Dale otra hora."


class _NadieEntro:
    """What any arrival in vain does; the hour on offer is the present one."""

    def preparar(self):
        super().preparar()
        self.fields["llegada"].initial = self.ahora.astimezone(self.caso.sede.tz)

    def que_pasara(self):
        return "Queda contado como visita sin realizar y hay que dar otra hora. No cierra nada."


class NoHabiaNadie(_NadieEntro, comunes.NoHabiaNadie):
    def hecho(self):
        return "Registrado que no había nadie. Hay que dar otra hora."


class NoAutorizo(_NadieEntro, comunes.NoAutorizo):
    """The desk said no."""


class NoLlegamos(comunes.NoLlegamos):
    es_peligroso = True

    def que_pasara(self):
        return "Hay que dar otra hora."

    def hecho(self):
        return "Queda registrado que no llegamos. Hay que dar otra hora."


class Corresponder(FormularioDeVerbo):
    boton = "Corresponde a garantía"

    diagnostico = texto("Diagnóstico", 2, help_text="Qué se encontró.")

    def hecho(self):
        return f"Requerimiento {self.objeto.numero}: corresponde a garantía."


class NoCorresponder(Corresponder):
    boton = "No corresponde"
    es_peligroso = True

    motivo = texto("Por qué no corresponde", 2, help_text="El propietario lo leerá tal cual.")

    def hecho(self):
        return f"Requerimiento {self.objeto.numero}: no corresponde."


class Ejecutar(FormularioDeVerbo):
    boton = "Marcar ejecutado"

    trabajo = texto("Trabajo realizado", 2, help_text="El propietario lo leerá tal cual.")

    def hecho(self):
        return f"Requerimiento {self.objeto.numero} ejecutado."

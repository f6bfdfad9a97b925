"""One short form per verb and note of a complaint, from its analysis to the closed register."""

from django import forms

from postventa.calendario.palabras import vence_en_palabras
from postventa.consola.formularios import CampoFecha
from reclamos.despacho import Via
from reclamos.flujo import EstadoReclamo as E
from reclamos.forms_consola import DeReclamo, corriendo, linea, parrafo, por_que_via
from reclamos.models import Gestion, Medio, Que


def de_responder(caso) -> str:
    """What an answer does to the clocks of a complaint."""
    legal = corriendo(caso, "plazo_legal")
    return f"Detiene el plazo de respuesta{' y el legal' if legal else ''}"


class _Respuesta(DeReclamo):
    """C-10: by mail or by letter, citing the N° de Ingreso."""

    # What begins to run once it was mailed.
    corre = ""

    respuesta = parrafo("Respuesta", 8000, 8)
    medio = forms.ChoiceField(label="Cómo sale", choices=[("", "Elige"), *Medio.choices])

    def preparar(self):
        numero, caso = self.caso.numero_ingreso, self.caso
        self.fields["respuesta"].initial = caso.respuesta or f"{self.entrada()}\n\n"
        self.fields["respuesta"].help_text = f"Debe citar el N° de Ingreso {numero}."
        self.fields["medio"].initial = caso.medio_respuesta or (
            Medio.CARTA if caso.es_escrita or not caso.contacto.correo else Medio.CORREO
        )

    def entrada(self) -> str:
        """What every answer begins with, already written: it cites the number."""
        clase = self.caso.get_clase_display().lower()
        numero = self.caso.numero_ingreso
        return f"En relación con su {clase} con N° de Ingreso {numero}, le informamos lo siguiente:"

    def clean(self):
        super().clean()
        texto = self.cleaned_data.get("respuesta")
        if texto and texto.strip() == self.entrada():
            self.add_error("respuesta", "Escribe qué se le informa: solo está la entrada.")
        if texto and self.caso.numero_ingreso not in texto:
            cita = f"Cita en el texto el N° de Ingreso {self.caso.numero_ingreso}."
            self.add_error("respuesta", cita)

    def reloj(self):
        return f"Por correo, {de_responder(self.caso).lower()}; por carta, el día que se despache"

    def hecho(self):
        medio = self.cleaned_data.get("medio") or self.caso.medio_respuesta
        if medio == Medio.CARTA:
            return f"{self.dicho} Va por carta: los plazos corren hasta que se anote su despacho."
        return f"{self.dicho} {self.corre}".strip()

    def que_pasara(self):
        return "Si sale por carta, el área legal recibe el aviso de enviarla."

    def correo(self):
        return "Si sale por correo, el reclamante la leerá tal cual."


class DeclararInadmisible(_Respuesta):
    """C-17: justified, and told as any answer."""

    boton = "Desestimar y responder"
    es_peligroso = True
    dicho = "Declarado inadmisible."

    justificacion = parrafo("Por qué se desestima", 4000)
    field_order = ["justificacion"]

    def preparar(self):
        super().preparar()
        self.fields["justificacion"].initial = self.caso.justificacion
        if self.caso.es_escrita and self.boton == DeclararInadmisible.boton:
            # What was visaed goes out as it was: there is nothing to write.
            self.fields.clear()

    def que_pasara(self):
        if not self.caso.es_escrita:
            return super().que_pasara()
        return f"Sale tal como la visó {self.caso.visado_por}. Está más abajo."

    def clean(self):
        return super().clean() if self.fields else self.cleaned_data


class ProponerInadmisible(DeclararInadmisible):
    """C-11: the dismissal of what came by letter, for Gerencia; nothing leaves yet."""

    boton = "Proponer y pedir el visado"
    es_peligroso = False

    def que_pasara(self):
        return "Llegó por escrito: Gerencia la visa antes de que salga. Todavía no se envía nada."

    def reloj(self):
        return ""

    def correo(self):
        return ""

    def hecho(self):
        return "La propuesta espera el visado de Gerencia."


# --- analysis and answer


class Analizar(DeReclamo):
    boton = "Empezar el análisis"
    pasa = (
        "Después se anota lo analizado, lo verificado internamente y lo que dijo el denunciante. "
        "Sin las tres cosas no se responde."
    )
    dicho = "En análisis."


class CumplirDeber(DeReclamo):
    boton = "Anotar"
    dicho = "Anotado."

    deber = forms.ChoiceField(label="Qué se hizo", widget=forms.RadioSelect)
    nota = parrafo("Qué se encontró", 2000)

    def preparar(self):
        pendientes = self.caso.deberes_pendientes()
        self.fields["deber"].choices = [(q.value, q.label) for q in Que if q in pendientes]
        self.fields["deber"].initial = next(iter(pendientes), "")


class Responder(_Respuesta):
    boton = "Enviar la respuesta"
    dicho = "Respondido."
    corre = "Corre su plazo para decir si está conforme."

    conclusiones = parrafo("Conclusiones", 4000, help_text="Lo que se concluyó del caso.")
    prevencion = parrafo(
        "Para que no se repita", 2000, 3, required=False,
        help_text="El reclamante lo leerá junto con la respuesta.",
    )  # fmt: skip
    field_order = ["conclusiones", "respuesta", "prevencion", "medio"]

    def preparar(self):
        super().preparar()
        if self.caso.estado == E.POR_VISAR:
            # What was visaed goes out as it was: there is nothing to write.
            self.fields.clear()
            return
        for campo in ("conclusiones", "prevencion"):
            self.fields[campo].initial = getattr(self.caso, campo)

    def que_pasara(self):
        if self.caso.estado == E.POR_VISAR:
            medio = self.caso.get_medio_respuesta_display().lower()
            return f"Sale por {medio}, tal como la visó {self.caso.visado_por}. Está más abajo."
        return super().que_pasara()

    def reloj(self):
        if self.caso.estado != E.POR_VISAR:
            return super().reloj()
        es_carta = self.caso.medio_respuesta == Medio.CARTA
        return "" if es_carta else de_responder(self.caso)

    def correo(self):
        if self.caso.estado == E.POR_VISAR:
            por_correo = self.caso.medio_respuesta == Medio.CORREO
            return "El reclamante la recibirá en su correo." if por_correo else ""
        return super().correo()


class PedirVisado(Responder):
    """C-11: the draft, for Gerencia; nothing leaves yet."""

    boton = "Pedir el visado"

    def hecho(self):
        return "La respuesta espera el visado de Gerencia."

    def que_pasara(self):
        return "Llegó por escrito: Gerencia la visa antes de que salga. Todavía no se envía nada."

    def reloj(self):
        return ""

    def correo(self):
        return ""


class Visar(DeReclamo):
    boton = "Visar la respuesta"
    pasa = (
        "Lee el texto más abajo: sale tal como está. La visa alguien distinto de quien lo redactó."
    )
    dicho = "Visada: ya puede salir."


class DevolverDeVisado(DeReclamo):
    boton = "Devolver al Responsable"
    pasa = "Vuelve a análisis con tus comentarios. Los plazos siguen corriendo."
    dicho = "Devuelta con comentarios."

    motivo = parrafo("Qué hay que corregir", 1000)


class RegistrarDespacho(DeReclamo):
    """The letter left: that day counts, also if it is noted later."""

    boton = "Anotar el despacho"
    dicho = "Despacho anotado."

    despachada_el = CampoFecha(label="Día en que salió")
    via = forms.ChoiceField(label="Cómo salió", choices=[("", "Elige"), *Via.choices])
    cargo = linea(
        "Cargo o N° de guía", 120, required=False, help_text="Lo que prueba que salió, si lo hay."
    )

    def preparar(self):
        self.fields["despachada_el"].initial = self.ahora.astimezone(self.caso.sede.tz).date()

    def que_pasara(self):
        if self.caso.estado != E.RESPONDIDA:
            return "Después el caso se puede cerrar."
        return "Desde ese día corre el plazo del reclamante para decir si está conforme."

    def reloj(self):
        return f"{de_responder(self.caso)}, con fecha de ese día"


class DevolverPropuesta(DevolverDeVisado):
    boton = "Devolver al área legal"
    pasa = "El área legal la corrige, o la admite. Los plazos siguen corriendo."


class Prorrogar(DeReclamo):
    """C-16, D-08: the company's term, never the law's."""

    boton = "Avisar la prórroga"
    dicho = "Prórroga avisada."
    correos = "El reclamante leerá el motivo y la nueva fecha. Copia a Gerencia y al área legal."

    motivo = parrafo("Motivos de la demora", 1000, 3)
    nueva_fecha_el = CampoFecha(label="Fecha en que se dará respuesta")

    @classmethod
    def falta_para(cls, objeto, ahora):
        plazo = corriendo(objeto, "respuesta")
        if plazo is None or plazo.vence_en < ahora:
            return "El plazo ya venció: la prórroga se avisa antes."
        return ""

    def que_pasara(self):
        tz = self.caso.sede.tz
        plazo = corriendo(self.caso, "respuesta")
        dice = (
            f"El plazo de respuesta vence {vence_en_palabras(plazo.vence_en, tz)}." if plazo else ""
        )
        if legal := corriendo(self.caso, "plazo_legal"):
            dice += (
                f" El plazo legal vence {vence_en_palabras(legal.vence_en, tz)} y la prórroga no "
                "lo mueve: responde antes de esa fecha aunque anotes otra."
            )
        return dice.strip()

    def reloj(self):
        return "Mueve el plazo de respuesta, no el legal"


# --- what the complainant says, and what follows


class Conformar(DeReclamo):
    boton = "Registrar su conformidad"
    frena = "Detiene el plazo para manifestarse"
    dicho = "Conformidad registrada. Falta cerrar el caso."

    medio = por_que_via()

    @classmethod
    def falta_para(cls, objeto, ahora):
        plazo = corriendo(objeto, "conformidad")
        vencido = plazo is not None and plazo.vence_en < ahora
        return "El plazo para manifestarse ya terminó." if vencido else ""

    def que_pasara(self):
        return "Solo lo que dijo el propio reclamante. Avisa al Responsable y al área legal."


class Disconformar(Conformar):
    boton = "Registrar su disconformidad"
    dicho = "Disconformidad registrada."

    motivo = parrafo("Qué dijo", 2000, 3, required=False)


class Reanalizar(DeReclamo):
    boton = "Analizar de nuevo"
    pasa = (
        "Vuelve al Responsable, que analiza y responde otra vez. La respuesta anterior se conserva."
    )
    frena = "Abre un nuevo plazo de respuesta"
    correos = "El reclamante sabrá que su caso se analiza de nuevo."
    dicho = "En análisis, con los nuevos antecedentes."

    antecedentes = parrafo("Nuevos antecedentes", 4000)


class AbrirControversia(DeReclamo):
    boton = "Abrir la controversia"
    pasa = "Se buscan reuniones u otro medio. Cada gestión se registra con su acta."
    correos = "El reclamante sabrá que se busca un acuerdo."
    dicho = "En controversia."

    motivo = parrafo("Motivo", 1000, 3)


class RegistrarGestion(DeReclamo):
    boton = "Registrar la gestión"
    pasa = "El acta queda en el caso y no se edita."
    dicho = "Gestión registrada."

    clase = forms.ChoiceField(label="Qué se hizo", choices=[("", "Elige"), *Gestion.Clase.choices])
    asistentes = linea("Quiénes participaron", 300)
    tercero = linea(
        "Quién media o arbitra", 120, required=False, help_text="Solo si hubo mediador o árbitro."
    )
    de_comun_acuerdo = forms.BooleanField(
        label="Lo eligieron ambas partes de común acuerdo", required=False
    )
    acta = parrafo("Acta", 6000, 6)
    hay_acuerdo = forms.BooleanField(label="Se llegó a un acuerdo", required=False)


class InvitarAViaLegal(DeReclamo):
    boton = "Enviar la invitación"
    es_peligroso = True
    pasa = "El diálogo se da por agotado. Después solo queda cerrar el caso."
    correos = "El reclamante leerá la invitación tal cual."
    dicho = "Invitación enviada."

    invitacion = parrafo("Invitación, con los mecanismos legales que se proponen", 4000, 6)


# --- the closed register


class CompletarCierre(DeReclamo):
    """12.4: what was learned of one that silence archived."""

    boton = "Agregar al registro"
    pasa = "Se agrega a su fila del registro de cerrados. No se podrá editar."
    dicho = "Registro completado."

    acciones = parrafo("Acciones emprendidas", 4000, 3, required=False)
    resultados = parrafo("Resultados obtenidos", 4000, 3, required=False)
    lecciones = parrafo("Lecciones aprendidas", 4000, 3)
    propuestas = parrafo("Propuestas de mejora", 4000, 3)


class Archivar(DeReclamo):
    """C-18: the five contents, and then nothing of it is edited."""

    boton = "Cerrar y archivar"
    es_peligroso = True
    pasa = (
        "Pasa al Registro de Control de Quejas y Reclamos Cerrados, donde nada se edita ni se "
        "borra."
    )
    correos = "El reclamante sabrá que su caso se cerró."
    dicho = "Archivado en el registro de cerrados."

    acciones = parrafo("Acciones emprendidas", 4000, 3)
    resultados = parrafo("Resultados obtenidos", 4000, 3)
    conclusiones = parrafo("Conclusiones", 4000, 3)
    lecciones = parrafo("Lecciones aprendidas", 4000, 3)
    propuestas = parrafo("Propuestas de mejora", 4000, 3)

    def preparar(self):
        for campo in self.fields:
            self.fields[campo].initial = getattr(self.caso, campo)

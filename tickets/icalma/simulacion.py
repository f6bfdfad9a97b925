"""How a ticket of Icalma goes in a simulation: contact, inspection, works and signature, with the
delays, absences and returns that come in between."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from postventa.documentos.actas import huella
from postventa.personas.models import Rol
from postventa.tramitacion.simulacion.registro import Lugar, Mesa, con_rol, persona
from postventa.tramitacion.simulacion.ritmo import Ritmo
from postventa.visitas import agenda
from postventa.visitas.flujo import EstadoVisita as V
from tickets.icalma import simulacion_textos as textos
from tickets.icalma.acta import contenido_del_acta
from tickets.icalma.flujo import EstadoObservacion as O
from tickets.icalma.flujo import EstadoTicket as T
from tickets.icalma.flujo import con_estado
from tickets.icalma.ingreso import ingresar
from tickets.icalma.models import Observacion
from tickets.inmuebles.models import Proyecto
from tickets.inmuebles.simulacion import HistoriaDeVivienda, SimulacionDeInmuebles

VISITA, TRABAJO = timedelta(minutes=45), timedelta(hours=3)
PASO = timedelta(minutes=30)
# Out of every hundred.
ANULADOS, NO_CONTESTA, CONFIRMA, MUEVE = 2, 22, 45, 7
NADIE, NO_LLEGAMOS, NO_DEJAN_ENTRAR = 6, 3, 2
RECHAZA, DISPUTA, ACOGE, OBJETA = 22, 35, 40, 45
OTRA_VISITA, REEMPLAZO, REPARA, NO_FIRMA = 12, 18, 13, 6


class HistoriaDeTicket(HistoriaDeVivienda):
    """Each step does what follows from where the ticket is."""

    def andar(self) -> Iterator[datetime]:
        self._ingresar()
        while paso := PASOS.get(self.caso.estado):
            yield from paso(self)

    @property
    def supervisor(self):
        return self.gente["supervisor"]

    def _ingresar(self) -> None:
        unidad, self.cliente = self.vivienda()
        cosas = self.azar.sample(textos.COSAS, self.azar.choices((1, 2, 3, 4), (45, 30, 17, 8))[0])
        observaciones = [
            Observacion(recinto=r, lugar=lu, item=i, clase=c, descripcion=d)
            for r, lu, i, c, d in cosas
        ]
        self.caso = ingresar(
            unidad, self.cliente, observaciones, nonce=self.clave(), ahora=self.ahora
        )

    def _hacer(self, objeto, verbo: str, **datos) -> None:
        self.tramitar(objeto, verbo, self.supervisor, **datos)

    # --- steps

    def esperar(self) -> Iterator[datetime]:
        """Another ticket of the home waits for a signature."""
        yield self.oficina(1)

    def contactar(self) -> Iterator[datetime]:
        if self.caso.contactado_en is not None:
            yield from self.coordinar_inspeccion()
            return
        if self.suerte(ANULADOS):
            yield self.oficina(1)
            if self.caso.estado == T.GENERADO:
                self.tramitar(self.caso, "anular", self.gente["jefe"], motivo=textos.ANULADO)
            return
        if self.suerte(NO_CONTESTA):
            yield self.oficina(self.demora(5, 4))
            medio = self.azar.choice(("telefono", "correo"))
            self._hacer(self.caso, "registrar_contacto", exito=False, medio=medio)
        yield self.oficina(self.demora(40, 32, 12, 6, 5, 3, 2))
        medio = self.azar.choice(("telefono", "telefono", "correo", "presencial"))
        self._hacer(self.caso, "registrar_contacto", exito=True, medio=medio)

    def coordinar_inspeccion(self) -> Iterator[datetime]:
        yield self.minutos(2, 15)
        if self.caso.estado == T.GENERADO:
            inicia = self._hora_libre(VISITA, 1 + self.demora(2, 4, 4, 3, 2))
            self._coordinar("coordinar_inspeccion", inicia, VISITA)
            self._contestar(self.caso.ultima_visita())

    def inspeccionar(self) -> Iterator[datetime]:
        yield from self._mover("reprogramar_inspeccion", VISITA)
        visita = self.caso.ultima_visita()
        yield visita.inicia_en
        if self.caso.estado != T.INSPECCION_COORDINADA:
            return
        visita = self.caso.ultima_visita()
        if self._no_se_hace(visita):
            yield self.minutos(12, 25)
            yield from self._registrar_falta(visita)
            return
        self._hacer(visita, "iniciar", recibe_rol=Rol.PROPIETARIO)
        for observacion in self.caso.observaciones.order_by("numero"):
            yield self.minutos(4, 9)
            self._decidir(observacion)
        yield self.minutos(3, 9)
        self._hacer(self.caso.ultima_visita(), "realizar")
        if con_estado(self.caso, O.RECHAZADA) and self.suerte(DISPUTA):
            self.ademas(self.en_casa(self.demora(3, 3, 2, 1)), self._disputar())

    def _decidir(self, observacion) -> None:
        if self.suerte(RECHAZA):
            exclusion, fundamento = self.azar.choice(textos.RECHAZOS)
            self._hacer(observacion, "rechazar", exclusion=exclusion, fundamento=fundamento)
        else:
            self._hacer(observacion, "aprobar", fundamento=self.azar.choice(textos.APROBACIONES))

    def coordinar_trabajo(self) -> Iterator[datetime]:
        if not con_estado(self.caso, O.APROBADA):
            yield from self._sin_trabajos()
            return
        yield self.oficina(self.demora(3, 5, 4, 2, 1, 1))
        if self.caso.estado == T.INSPECCIONADO and con_estado(self.caso, O.APROBADA):
            inicia = self._hora_libre(TRABAJO, 1 + self.demora(2, 4, 4, 3, 3, 2))
            maestros = self.azar.choice(textos.MAESTROS)
            self._coordinar("coordinar_trabajo", inicia, TRABAJO, maestros=maestros)
            self._contestar(self.caso.ultima_visita())

    def _sin_trabajos(self) -> Iterator[datetime]:
        """Rejected whole: it closes once the owner has kept silent or the Jefe has spoken."""
        yield self.oficina(1)
        vivas = con_estado(self.caso, O.RECHAZADA, O.EN_CONSULTA, O.APROBADA)
        if self.caso.estado == T.INSPECCIONADO and not vivas:
            self._hacer(self.caso, "cerrar_sin_trabajos")

    def trabajar(self) -> Iterator[datetime]:
        yield from self._mover("reprogramar_trabajo", TRABAJO)
        visita = self.caso.ultima_visita()
        if self.suerte(REEMPLAZO) and not visita.reemplazo_documento:
            self._nombrar_reemplazo(visita)
        yield visita.inicia_en
        if self.caso.estado != T.TRABAJO_COORDINADO:
            return
        visita = self.caso.ultima_visita()
        if self._no_se_hace(visita):
            yield self.minutos(12, 25)
            yield from self._registrar_falta(visita)
            return
        self._hacer(
            visita,
            "iniciar",
            recibe_rol=Rol.REEMPLAZO if visita.reemplazo_documento else Rol.PROPIETARIO,
            personal_identificado=visita.maestros,
            conserje=self.azar.choice(textos.CONSERJES),
            conserjeria_autoriza=True,
        )

    def ejecutar(self) -> Iterator[datetime]:
        faltan = con_estado(self.caso, O.APROBADA)
        if len(faltan) > 1 and self.suerte(OTRA_VISITA):
            # The first day did not do for everything.
            yield self.minutos(60, 120)
            self._hacer(faltan[0], "ejecutar", trabajo=self.azar.choice(textos.TRABAJOS))
            yield self.minutos(10, 40)
            inicia = self._hora_libre(TRABAJO, 1 + self.demora(4, 3, 2))
            self._coordinar("coordinar_otra_visita", inicia, TRABAJO, maestros=textos.MAESTROS[0])
            return
        for observacion in faltan:
            yield self.minutos(20, 60)
            self._hacer(observacion, "ejecutar", trabajo=self.azar.choice(textos.TRABAJOS))
        yield self.minutos(5, 20)
        if not con_estado(self.caso, O.APROBADA):
            self._hacer(self.caso.ultima_visita(), "realizar")

    def firmar(self) -> Iterator[datetime]:
        if self.caso.firmado_en is not None:
            yield self.oficina(1)  # the Jefe has still to decide a rejection
            return
        if self.caso.reparos_en is not None:
            yield self.oficina(self.demora(3, 4, 2))
            yield from self._volver()
            return
        if self.suerte(NO_FIRMA):
            yield self.en_casa(self.azar.randint(30, 90))
        yield self.en_casa(self.demora(40, 25, 12, 8, 6, 4, 3, 2))
        if self.caso.estado != T.POR_FIRMAR or self.caso.firmado_en or self.caso.reparos_en:
            return
        if self.suerte(REPARA):
            self._reparar()
            return
        self.tramitar(
            self.caso,
            "firmar",
            self.cliente,
            canal="web",
            nombre=self.cliente.nombre,
            huella=huella(contenido_del_acta(self.caso)),
        )

    # --- what comes in between

    def _coordinar(self, verbo: str, inicia: datetime, dura: timedelta, **datos) -> None:
        self._hacer(self.caso, verbo, inicia_en=inicia, termina_en=inicia + dura, **datos)

    def _hora_libre(self, dura: timedelta, dias: int) -> datetime:
        """One of the supervisor's free hours from so many business days on."""
        dia = self.ritmo.horario.sumar_habiles(self.ritmo.dia(self.ahora), dias - 1)
        desde = max(self.ritmo.en(dia, datetime.min.time()), self.ahora)
        libres = agenda.libres(self.supervisor, self.caso.sede, dura, desde, 10, paso=PASO)
        return self.azar.choice(libres[:16])

    def _contestar(self, visita) -> None:
        """The owner says that they will be there."""
        if self.suerte(CONFIRMA) and visita.inicia_en - self.ahora > timedelta(hours=20):
            self.ademas(self.minutos(30, 600), self._confirmar(visita.pk))

    def _confirmar(self, pk: int) -> Iterator[datetime]:
        visita = self.caso.ultima_visita()
        if visita.pk == pk and visita.estado == V.COORDINADA and self.ahora < visita.inicia_en:
            self.anotar(visita, "confirmar_visita", self.cliente, canal="web")
        yield from ()

    def _mover(self, verbo: str, dura: timedelta) -> Iterator[datetime]:
        """The owner cannot, and another hour is agreed the day before."""
        visita = self.caso.ultima_visita()
        if not self.suerte(MUEVE) or visita.inicia_en - self.ahora < timedelta(hours=30):
            return
        antes = self.caso.estado
        yield visita.inicia_en - timedelta(hours=self.azar.randint(18, 26))
        visita = self.caso.ultima_visita()
        if self.caso.estado == antes and visita.estado == V.COORDINADA:
            inicia = self._hora_libre(dura, 2 + self.demora(3, 3, 2))
            self._coordinar(verbo, inicia, dura, motivo=self.azar.choice(textos.MOTIVOS))

    def _no_se_hace(self, visita) -> str:
        """Which verb tells of a visit that is not held; "" if it is."""
        faltas = (
            (
                "registrar_inasistencia_cliente",
                NADIE * (3 if self.caso.inasistencias_seguidas else 1),
            ),
            ("registrar_inasistencia_empresa", NO_LLEGAMOS),
            ("registrar_acceso_denegado", NO_DEJAN_ENTRAR),
        )
        self.falta = next((verbo for verbo, cuantas in faltas if self.suerte(cuantas)), "")
        return self.falta

    def _registrar_falta(self, visita) -> Iterator[datetime]:
        datos = {"motivo": self.azar.choice(textos.NO_LLEGAMOS)}
        if self.falta != "registrar_inasistencia_empresa":
            datos = {"llegada_en": visita.inicia_en, "conserje": self.azar.choice(textos.CONSERJES)}
        self._hacer(visita, self.falta, **datos)
        if self.falta == "registrar_inasistencia_cliente" and self.suerte(OBJETA):
            self.ademas(self.en_casa(self.demora(5, 3, 1)), self._objetar(visita))
        yield from ()

    def _objetar(self, visita) -> Iterator[datetime]:
        if any(v.objetada_en for v in self.caso.visitas.all()):
            return
        if self.caso.estado not in (*PASOS, T.RESUELTO_INASISTENCIA):
            return
        motivo = self.azar.choice(textos.OBJECIONES)
        self.anotar(visita, "objetar_inasistencia", self.cliente, canal="web", motivo=motivo)
        yield self.oficina(self.demora(2, 3, 3, 2, 1, 1, 1, 1))
        # Upheld, one that ended by absence would go on as another ticket: one case more.
        acoge = self.caso.estado in PASOS and self.suerte(ACOGE)
        motivo = textos.ACOGIDA if acoge else textos.NO_ACOGIDA
        jefe = self.gente["jefe"]
        self.anotar(visita, "resolver_objecion", jefe, acoge=acoge, motivo=motivo)

    def _disputar(self) -> Iterator[datetime]:
        """The owner does not accept a rejection; the Jefe looks at it, sooner or later."""
        rechazadas = con_estado(self.caso, O.RECHAZADA)
        if not rechazadas or self.caso.estado not in DISPUTABLES:
            return
        observacion, motivo = rechazadas[0], self.azar.choice(textos.DISPUTAS)
        self.tramitar(observacion, "disputar", self.cliente, canal="web", motivo=motivo)
        yield self.oficina(self.demora(0, 3, 3, 3, 2, 1, 1, 1))
        observacion = Observacion.objects.get(pk=observacion.pk)
        if observacion.estado == O.EN_CONSULTA and self.caso.estado in DISPUTABLES:
            acoge = self.suerte(ACOGE)
            self.tramitar(
                observacion,
                "acoger" if acoge else "confirmar_rechazo",
                self.gente["jefe"],
                motivo=textos.ACOGE if acoge else textos.CONFIRMA_RECHAZO,
            )

    def _nombrar_reemplazo(self, visita) -> None:
        if visita.inicia_en - self.ahora < timedelta(hours=1):
            return
        otra = self.mesa.inventor.persona(self.azar)
        self.anotar(
            visita,
            "nombrar_reemplazo",
            self.cliente,
            canal="web",
            reemplazo_nombre=otra["nombre"],
            reemplazo_documento=otra["numero"],
            reemplazo_telefono=otra["telefono"],
        )

    def _reparar(self) -> None:
        """Not content: with all of it, or with one work."""
        ejecutadas = con_estado(self.caso, O.EJECUTADA)
        malas = ejecutadas if len(ejecutadas) == 1 else ejecutadas[:1]
        self.anotar(
            self.caso,
            "responder_conformidad",
            self.cliente,
            canal="web",
            respuesta="no" if malas == ejecutadas else "parte",
            motivos={str(o.pk): self.azar.choice(textos.REPAROS) for o in malas},
        )

    def _volver(self) -> Iterator[datetime]:
        if self.caso.estado != T.POR_FIRMAR or self.caso.reparos_en is None:
            return
        inicia = self._hora_libre(TRABAJO, 2 + self.demora(4, 3, 2))
        motivos = {str(o.pk): o.reparo for o in con_estado(self.caso, O.EJECUTADA) if o.reparo}
        gente = self.azar.choice(textos.MAESTROS)
        self._coordinar("rechazar_firma", inicia, TRABAJO, motivos=motivos, maestros=gente)
        yield from ()


DISPUTABLES = (T.INSPECCIONADO, T.TRABAJO_COORDINADO, T.EN_EJECUCION, T.POR_FIRMAR)
PASOS = {
    T.RETENIDO: HistoriaDeTicket.esperar,
    T.GENERADO: HistoriaDeTicket.contactar,
    T.INSPECCION_COORDINADA: HistoriaDeTicket.inspeccionar,
    T.INSPECCIONADO: HistoriaDeTicket.coordinar_trabajo,
    T.TRABAJO_COORDINADO: HistoriaDeTicket.trabajar,
    T.EN_EJECUCION: HistoriaDeTicket.ejecutar,
    T.POR_FIRMAR: HistoriaDeTicket.firmar,
}


class _Simulacion(SimulacionDeInmuebles):
    empresa, archivo = "icalma", "icalma_demo.json"
    historia = HistoriaDeTicket

    def equivalentes(self, lugar: Lugar, lugares: list[Lugar]) -> list[Lugar]:
        return lugares

    def equipar(self, mesa: Mesa, proyecto: Proyecto) -> Lugar:
        empresa, n = mesa.empresa, proyecto.codigo.rpartition("-")[2]
        if proyecto.supervisor is None:
            nombre = mesa.inventor.nombre(mesa.azar)
            proyecto.supervisor = persona(empresa, f"supervisor_{n}", nombre, Rol.SUPERVISOR)
        if proyecto.jefe is None:
            jefes = con_rol(empresa, Rol.JEFE)
            nombre = mesa.inventor.nombre(mesa.azar)
            proyecto.jefe = jefes[0] if jefes else persona(empresa, "jefe", nombre, Rol.JEFE)
        proyecto.save(update_fields=["supervisor", "jefe"])
        gente = {"supervisor": proyecto.supervisor, "jefe": proyecto.jefe}
        return Lugar(proyecto, gente, Ritmo(proyecto))


SIMULACION = _Simulacion()

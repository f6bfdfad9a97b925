"""How a solicitud of Ingevec goes in a simulation: the call, the inspection on the project's day,
the works within their term and the satisfaction call, with what comes in between."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from postventa.calendario.models import Jornada
from postventa.personas.models import Rol
from postventa.tramitacion.siembra import leer
from postventa.tramitacion.simulacion.registro import Lugar, Mesa, con_rol, persona
from postventa.tramitacion.simulacion.ritmo import Ritmo
from postventa.visitas.flujo import EstadoVisita as V
from tickets.ingevec import cupos
from tickets.ingevec import simulacion_textos as textos
from tickets.ingevec.flujo import EstadoRequerimiento as R
from tickets.ingevec.flujo import EstadoSolicitud as E
from tickets.ingevec.flujo import con_estado
from tickets.ingevec.ingreso import ingresar
from tickets.ingevec.models import (
    Canal,
    Excepcion,
    Inspector,
    Pauta,
    Requerimiento,
    Turno,
)
from tickets.inmuebles.models import Proyecto
from tickets.inmuebles.simulacion import HistoriaDeVivienda, SimulacionDeInmuebles

# Out of every hundred.
CONSULTAS, URGENCIAS, POR_WEB, POR_CORREO, SIN_HORA = 9, 5, 24, 12, 8
NADIE, NO_LLEGAMOS, NO_DEJAN_ENTRAR, MUEVE = 7, 3, 2, 6
NO_CORRESPONDE, NO_CONTESTA, DISCONFORME, OTRA_INSPECCION, ANULADAS = 18, 28, 14, 25, 2
OTRO_DIA, TARDE_EN_URGENCIA = 12, 15
PRIMERAS = 12


class HistoriaDeSolicitud(HistoriaDeVivienda):
    """Each step does what follows from where the solicitud is."""

    def andar(self) -> Iterator[datetime]:
        self.unidad, self.cliente = self.vivienda()
        self.pauta = self.lugar.sede.pauta
        self.urgencia = self.consulta = ""
        if self.suerte(CONSULTAS):
            self.consulta, self.respuesta = self.azar.choice(textos.CONSULTAS)
        elif self.suerte(URGENCIAS):
            self.urgencia, self.descripcion = self.azar.choice(textos.URGENCIAS)
        self.canal = self._canal()
        if self.canal in (Canal.FIJO, Canal.CELULAR):
            # The call centre answers in its hours; at night it is written on the web.
            yield self.ritmo.habil(self.azar, self.ahora, 0)
        self._ingresar()
        while paso := PASOS.get(self.caso.estado):
            yield from paso(self)

    def _canal(self) -> str:
        if self.urgencia or self.suerte(POR_WEB):
            return Canal.WEB
        return (
            Canal.CORREO
            if self.suerte(POR_CORREO)
            else self.azar.choice((Canal.FIJO, Canal.CELULAR))
        )

    @property
    def callcenter(self):
        return self.gente["call_center"]

    def _ingresar(self) -> None:
        cosas = self.azar.sample(textos.COSAS, self.azar.choices((1, 2, 3), (55, 32, 13))[0])
        if self.urgencia:
            cosas = [(self.descripcion, "")]
        cupo = None
        if not (
            self.consulta or self.urgencia or self.canal == Canal.CORREO or self.suerte(SIN_HORA)
        ):
            cupo = self._cupo(self.ahora)
        por_web = self.canal == Canal.WEB
        self.caso = ingresar(
            self.unidad,
            self.cliente,
            self.cliente if por_web else self.callcenter,
            nonce=self.clave(),
            canal=self.canal,
            llamante=self.cliente.nombre,
            telefonos=self.cliente.telefono,
            requerimientos=[]
            if self.consulta
            else [Requerimiento(descripcion=d, recinto=r) for d, r in cosas],
            consulta=self.consulta,
            urgencia=self.urgencia,
            cupo=cupo,
            sin_hora="" if cupo else "Prefiere que la llamen con otra hora.",
            ahora=self.ahora,
        )

    # --- hours

    def _cupo(self, llamada_en: datetime) -> dict | None:
        """One of the hours that are offered, or what can be agreed when there is none."""
        oferta = cupos.ofrecer(self.pauta, llamada_en, self.ahora)
        if oferta.cupos:
            cupo = self.azar.choice(oferta.cupos[:PRIMERAS])
            return {"inicia_en": cupo.inicio, "persona": cupo.inspector}
        for excepcion, otros in oferta.alternativas.items():
            if otros and (excepcion == Excepcion.FUERA_DE_PLAZO or self.suerte(OTRO_DIA)):
                cupo = self.azar.choice(otros[:PRIMERAS])
                return {
                    "inicia_en": cupo.inicio,
                    "persona": cupo.inspector,
                    "excepcion": excepcion,
                    "motivo_excepcion": oferta.excepcion[:300],
                    "acuerdo": True,
                }
        return None

    def _cupo_de_trabajos(self) -> dict:
        desde = self.caso.inspeccionada_en or self.ahora
        todos = cupos.ofrecer(self.pauta, desde, self.ahora, cupos.TRABAJO).todos
        saltan = self.demora(10, 8, 5, 3, 2) * 2
        cupo = self.azar.choice(todos[saltan : saltan + PRIMERAS] or todos[:PRIMERAS])
        return {
            "inicia_en": cupo.inicio,
            "persona": cupo.inspector,
            "motivo_plazo": "El propietario no puede antes.",
        }

    # --- steps

    def recibida(self) -> Iterator[datetime]:
        if self.consulta:
            yield self.oficina(self.demora(5, 4, 2, 1))
            self._centro("responder_consulta", respuesta=self.respuesta)
        elif self.urgencia:
            yield from self._urgencia()
        elif self.suerte(ANULADAS):
            yield self.oficina(1)
            self.tramitar(self.caso, "anular", self.gente["jefe"], motivo=textos.ANULADA)
        else:
            yield self.oficina(self.demora(5, 6, 3, 2, 1, 1, 1, 1))
            if cupo := self._cupo(self.caso.llamada_en):
                self._centro("agendar_inspeccion", **cupo)

    def _urgencia(self) -> Iterator[datetime]:
        yield self.minutos(3, 18)
        quien = self.gente["inspector_0"]
        self.anotar(self.caso, "acusar_urgencia", quien)
        yield self.minutos(65, 150) if self.suerte(TARDE_EN_URGENCIA) else self.minutos(8, 35)
        libre = self._libre_ya()
        self.tramitar(self.caso, "atender_urgencia", libre, persona=libre)

    def _libre_ya(self):
        """Who has no other visit at this hour; the crew, if both inspectors have one."""
        from postventa.visitas import agenda

        gente = [self.gente[p] for p in ("inspector_0", "inspector_1", "maestro")]
        hasta = self.ahora + timedelta(hours=1)
        bloques = set(agenda.bloques(self.ahora, hasta))
        tomados = agenda.ocupados(gente, self.ahora, hasta)
        return next(p for p in gente if tomados[p.pk].isdisjoint(bloques))

    def atender(self) -> Iterator[datetime]:
        yield self.minutos(15, 40)
        visita = self.caso.ultima_visita()
        self._entrar(visita)
        yield self.minutos(10, 25)
        pendientes = con_estado(self.caso, R.PENDIENTE)
        cobertura = {
            str(r.pk): {"diagnostico": self._dice(textos.DIAGNOSTICOS)} for r in pendientes
        }
        self.tramitar(self.caso, "iniciar_trabajos", visita.persona, cobertura=cobertura)

    def inspeccionar(self) -> Iterator[datetime]:
        yield from self._mover("reagendar_inspeccion", lambda: self._cupo(self.caso.llamada_en))
        visita = self.caso.ultima_visita()
        yield visita.inicia_en
        if self.caso.estado != E.INSPECCION_AGENDADA:
            return
        if falta := self._falta():
            yield self.minutos(12, 25)
            self._registrar_falta(falta)
            yield self.oficina(self.demora(4, 3, 2))
            if cupo := self._cupo(self.caso.llamada_en):
                self._centro("reagendar_inspeccion", **cupo)
            return
        self._entrar(visita)
        for r in con_estado(self.caso, R.PENDIENTE):
            yield self.minutos(4, 9)
            self._diagnosticar(r, visita.persona)
        yield self.minutos(3, 9)
        self.tramitar(self.caso.ultima_visita(), "realizar", visita.persona)

    def _diagnosticar(self, requerimiento, por) -> None:
        if self.suerte(NO_CORRESPONDE):
            diagnostico, motivo = self.azar.choice(textos.NO_CORRESPONDE)
            self.tramitar(
                requerimiento, "no_corresponder", por, diagnostico=diagnostico, motivo=motivo
            )
        else:
            diagnostico = self._dice(textos.DIAGNOSTICOS)
            self.tramitar(requerimiento, "corresponder", por, diagnostico=diagnostico)

    def programar(self) -> Iterator[datetime]:
        if not con_estado(self.caso, R.CORRESPONDE):
            yield self.oficina(self.demora(5, 3, 1))
            self.tramitar(self.caso, "cerrar_sin_garantia", self.gente["inspector_0"])
            return
        yield self.oficina(self.demora(3, 5, 4, 2, 1, 1))
        self._centro("agendar_trabajos", **self._cupo_de_trabajos())

    def trabajar(self) -> Iterator[datetime]:
        yield from self._mover("reagendar_trabajos", self._cupo_de_trabajos)
        visita = self.caso.ultima_visita()
        yield visita.inicia_en
        if self.caso.estado != E.TRABAJOS_AGENDADOS:
            return
        if falta := self._falta():
            yield self.minutos(12, 25)
            self._registrar_falta(falta)
            yield self.oficina(self.demora(4, 3, 2))
            self._centro("reagendar_trabajos", **self._cupo_de_trabajos())
            return
        self._entrar(visita)

    def ejecutar(self) -> Iterator[datetime]:
        quien = self.caso.ultima_visita().persona
        for r in con_estado(self.caso, R.CORRESPONDE):
            yield self.minutos(20, 60)
            self.tramitar(r, "ejecutar", quien, trabajo=self._dice(textos.TRABAJOS))
        yield self.minutos(5, 20)
        self.tramitar(self.caso.ultima_visita(), "realizar", quien)

    def llamar(self) -> Iterator[datetime]:
        yield self.oficina(self.demora(2, 5, 3, 2, 1, 1))
        if self.suerte(NO_CONTESTA):
            self.anotar(self.caso, "registrar_intento", self.callcenter)
            return
        ejecutados = con_estado(self.caso, R.EJECUTADO)
        if not self.suerte(DISCONFORME):
            dichos = {str(r.pk): {"resultado": "conforme"} for r in ejecutados}
            self._centro("registrar_conformidad", resultados=dichos)
            return
        como = "inspeccion" if self.suerte(OTRA_INSPECCION) else "trabajos"
        cupo = self._cupo(self.ahora) if como == "inspeccion" else self._cupo_de_trabajos()
        if cupo:
            malo = {"resultado": como, "motivo": self._dice(textos.DISCONFORMIDADES)}
            dichos = {str(r.pk): {"resultado": "conforme"} for r in ejecutados}
            dichos[str(ejecutados[0].pk)] = malo
            verbo = "volver_a_inspeccion" if como == "inspeccion" else "volver_a_trabajos"
            self._centro(verbo, resultados=dichos, **cupo)

    # --- what comes in between

    def _centro(self, verbo: str, **datos) -> None:
        self.tramitar(self.caso, verbo, self.callcenter, **datos)

    def _dice(self, frases) -> str:
        return self.azar.choice(frases)

    def _entrar(self, visita) -> None:
        self.tramitar(
            visita,
            "iniciar",
            visita.persona,
            representante=self.cliente.nombre,
            personal_identificado=f"{visita.persona}, cédula",
            conserje=self._dice(textos.CONSERJES),
            conserjeria_autoriza=True,
        )

    def _mover(self, verbo: str, cupo) -> Iterator[datetime]:
        """The owner cannot, and another hour is agreed the day before."""
        visita = self.caso.ultima_visita()
        if not self.suerte(MUEVE) or visita.inicia_en - self.ahora < timedelta(hours=30):
            return
        antes = self.caso.estado
        yield visita.inicia_en - timedelta(hours=self.azar.randint(18, 26))
        visita = self.caso.ultima_visita()
        if self.caso.estado == antes and visita.estado == V.COORDINADA and (otro := cupo()):
            if otro["inicia_en"] != visita.inicia_en:
                self._centro(verbo, motivo=self._dice(textos.MOTIVOS), **otro)

    def _falta(self) -> str:
        faltas = (
            ("registrar_inasistencia_cliente", NADIE),
            ("registrar_inasistencia_empresa", NO_LLEGAMOS),
            ("registrar_acceso_denegado", NO_DEJAN_ENTRAR),
        )
        return next((verbo for verbo, cuantas in faltas if self.suerte(cuantas)), "")

    def _registrar_falta(self, falta: str) -> None:
        visita = self.caso.ultima_visita()
        datos = {"llegada_en": visita.inicia_en, "conserje": self._dice(textos.CONSERJES)}
        if falta == "registrar_inasistencia_empresa":
            datos = {"motivo": "La visita anterior se alargó."}
        self.tramitar(visita, falta, visita.persona, **datos)


PASOS = {
    E.INGRESADA: HistoriaDeSolicitud.recibida,
    E.ATENCION_INMEDIATA: HistoriaDeSolicitud.atender,
    E.INSPECCION_AGENDADA: HistoriaDeSolicitud.inspeccionar,
    E.DIAGNOSTICADA: HistoriaDeSolicitud.programar,
    E.TRABAJOS_AGENDADOS: HistoriaDeSolicitud.trabajar,
    E.EN_EJECUCION: HistoriaDeSolicitud.ejecutar,
    E.POR_LLAMAR: HistoriaDeSolicitud.llamar,
}
VISITAS_POR_DIA = {"inspector_0": 8, "inspector_1": 8, "maestro": 2}


class _Simulacion(SimulacionDeInmuebles):
    empresa, archivo, tipo_de_proyecto = "ingevec", "ingevec_demo.json", "Edificio"
    historia = HistoriaDeSolicitud

    def equivalentes(self, lugar: Lugar, lugares: list[Lugar]) -> list[Lugar]:
        """Those that are visited on the same day of the week."""
        return [otro for otro in lugares if otro.sede.pauta.dia == lugar.sede.pauta.dia]

    def equipar(self, mesa: Mesa, proyecto: Proyecto) -> Lugar:
        empresa = mesa.empresa
        gente = {rol: self._uno(mesa, rol) for rol in (Rol.CALL_CENTER, Rol.JEFE)}
        pauta = Pauta.objects.filter(proyecto=proyecto).first() or self._pauta(mesa, proyecto)
        visitan = [i.usuario for i in cupos.que_visitan(pauta, cupos.INSPECCION)]
        cuadrilla = cupos.que_visitan(pauta, cupos.TRABAJO)[0].usuario
        gente |= {"inspector_0": visitan[0], "inspector_1": visitan[-1], "maestro": cuadrilla}
        Turno.objects.get_or_create(
            empresa=empresa,
            sede=proyecto,
            persona=visitan[0],
            desde_en=mesa.desde,
            defaults={"hasta_en": mesa.hasta},
        )
        proyecto.pauta = pauta
        return Lugar(proyecto, {str(k): v for k, v in gente.items()}, Ritmo(proyecto))

    def _uno(self, mesa, rol):
        hay = con_rol(mesa.empresa, rol)
        return hay[0] if hay else persona(mesa.empresa, rol, mesa.inventor.nombre(mesa.azar), rol)

    def _pauta(self, mesa: Mesa, proyecto: Proyecto) -> Pauta:
        """As the demonstration's, with a weekday and a crew of its own."""
        fila, n = leer(self.archivo)["pauta"], int(proyecto.codigo.rpartition("-")[2])
        pauta = Pauta.objects.create(
            proyecto=proyecto,
            dia=n % 5,
            jornada_inspeccion=Jornada.objects.get(codigo=fila["jornada_inspeccion"]),
            jornada_trabajo=Jornada.objects.get(codigo=fila["jornada_trabajo"]),
            **fila["supuestos"],
        )
        for parte, cuantas in VISITAS_POR_DIA.items():
            rol = Rol.MAESTRO if parte == "maestro" else Rol.INSPECTOR
            nombre = mesa.inventor.nombre(mesa.azar)
            quien = persona(mesa.empresa, f"{parte}_{n}", nombre, rol)
            Inspector.objects.create(pauta=pauta, usuario=quien, cupos_por_dia=cuantas)
        return pauta


SIMULACION = _Simulacion()

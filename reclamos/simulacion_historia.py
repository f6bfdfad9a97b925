"""How a complaint of CAPERA goes in a simulation: reception, legal's number, analysis, answer and
what the complainant says of it, or does not; and, of some, what is learned."""

from collections.abc import Iterator
from datetime import timedelta

from postventa.tramitacion.simulacion.historia import Historia
from reclamos import simulacion_textos as textos
from reclamos.flujo import EstadoReclamo as E
from reclamos.ingreso import recibir
from reclamos.models import Canal, Causa, Gestion, Mejora, Que

# Out of every hundred.
CANALES = {
    Canal.TELEFONO: 22, Canal.CASETA: 18, Canal.OFICINA: 8, Canal.CORREO: 26, Canal.CARTA: 10,
    Canal.WEB: 16,
}  # fmt: skip
QUEJAS, EMPRESAS, CONOCIDOS, ALUDEN = 25, 6, 15, 6
EN_EL_ACTO, INADMISIBLES, PRORROGAS, DEVUELTAS = 12, 7, 9, 18
CALLAN, DISCONFORMES, CON_ANTECEDENTES, CONTROVERSIAS, ACUERDOS = 30, 22, 40, 35, 60
APRENDEN, CON_PLAN, COMPLETAN = 55, 40, 70


class HistoriaDeReclamo(Historia):
    """Each step does what follows from where the complaint is."""

    def andar(self) -> Iterator:
        self.tipologia, self.servicio, self.motivo, self.hechos, self.pedido, self.area = (
            self.azar.choice(textos.RECLAMOS)
        )
        self.canal = self.azar.choices(list(CANALES), list(CANALES.values()))[0]
        if self.canal != Canal.WEB:
            yield self.ritmo.habil(self.azar, self.ahora, 0)
        self.cliente = self._cliente()
        self._recibir()
        while paso := PASOS.get(self.caso.estado):
            yield from paso(self)
        if self.caso.estado == E.ARCHIVADA:
            yield from self.aprender()

    def _cliente(self):
        conocidos = self.mesa.memoria.setdefault("reclamantes", [])
        if conocidos and not self.mesa.es_molde and self.suerte(CONOCIDOS):
            return self.azar.choice(conocidos)
        cliente = self.mesa.cliente(self.azar)
        conocidos.append(cliente)
        return cliente

    @property
    def legal(self):
        return self.gente["legal"]

    @property
    def responsable(self):
        return self.caso.responsable

    def _recibir(self) -> None:
        self.receptor = self.cliente if self.canal == Canal.WEB else self.gente["receptor"]
        verbal = self.canal in (Canal.TELEFONO, Canal.CASETA, Canal.OFICINA)
        recibida = self.ahora
        if self.canal == Canal.CARTA:
            # It lay for a while on a desk.
            recibida = self.ahora - timedelta(minutes=self.azar.randint(20, 180))
        aludidos = []
        if self.canal != Canal.WEB and self.suerte(ALUDEN):
            aludidos = [self.gente["aludido"]]
        self.caso = recibir(
            self.lugar.sede,
            self.cliente,
            self.receptor,
            nonce=self.clave(),
            canal=self.canal,
            clase="QUEJA" if self.suerte(QUEJAS) else "RECLAMO",
            recibida_en=recibida,
            informado_en=self.ahora if verbal else None,
            aludidos=aludidos,
            ahora=self.ahora,
            tipologia=self.tipologia,
            servicio=self.servicio,
            motivo=self.motivo,
            es_consumidor=not self.suerte(EMPRESAS),
        )

    def _legal(self, verbo: str, **datos) -> None:
        self.tramitar(self.caso, verbo, self.legal, **datos)

    # --- steps

    def formalizar(self) -> Iterator:
        yield self.minutos(8, 40)
        datos = {
            "bien": "producto" if self.servicio == "Venta de lote" else "servicio",
            "hechos": self.hechos,
            "ocurrio_el": self.ritmo.dia(self.ahora) - timedelta(days=self.azar.randint(0, 20)),
            "lugar": self.lugar.sede.nombre,
            "distrito": self.lugar.sede.comuna[:80],
            "pedido": self.pedido,
            "domicilio": f"Mz. {self.azar.choice('ABCDEFGH')}, lote {self.azar.randint(1, 40)}",
        }
        if self.caso.es_verbal:
            datos["reclamante"] = self.cliente.nombre
            if self.suerte(EN_EL_ACTO):
                solucion = self.azar.choice(textos.SOLUCIONES)
                self.tramitar(
                    self.caso,
                    "resolver_en_el_acto",
                    self.receptor,
                    solucion=solucion,
                    acepta=True,
                    **datos,
                )
                return
        self.tramitar(self.caso, "formalizar", self.receptor, **datos)

    def numerar(self) -> Iterator:
        yield self.oficina(self.demora(3, 5, 4, 2, 1, 0, 1, 1))
        acciones = self.azar.choice(textos.INMEDIATAS)
        self._legal("numerar", acciones_inmediatas=acciones)
        if self.caso.informada_en is None:
            # No mail reaches who has none.
            yield self.oficina(1)
            self.anotar(self.caso, "informar_ingreso", self.legal, medio="telefono")

    def admitir(self) -> Iterator:
        yield self.oficina(self.demora(3, 4, 2, 1))
        if self.suerte(INADMISIBLES):
            yield from self._desestimar()
            return
        responsable = self.gente[self.azar.choice(("responsable_0", "responsable_1"))]
        self._legal("admitir", responsable=responsable, area=self.area)

    def _desestimar(self) -> Iterator:
        """What came by letter is dismissed with Gerencia's visado, as it was visaed."""
        justificacion = self.azar.choice(textos.INADMISIBLES)
        datos = {"justificacion": justificacion, "respuesta": self._cita(justificacion)}
        datos["medio"] = "carta" if self.caso.es_escrita else self._medio()
        if self.caso.es_escrita:
            self.anotar(self.caso, "proponer_inadmisible", self.legal, **datos)
            yield self.oficina(self.demora(1, 3, 2))
            self.anotar(self.caso, "visar", self.gente["gerente"])
            yield self.oficina(self.demora(3, 2))
        self._legal("declarar_inadmisible", **datos)

    def analizar(self) -> Iterator:
        yield self.oficina(self.demora(2, 4, 3, 1))
        self.tramitar(self.caso, "analizar", self.responsable)

    def responder(self) -> Iterator:
        """The duties of the analysis, and the answer; or first, an extension."""
        for que in self.caso.deberes_pendientes():
            yield self.oficina(self.demora(2, 5, 4, 2, 1))
            nota = self.azar.choice(textos.NOTAS[Que(que)])
            self.anotar(self.caso, "cumplir_deber", self.responsable, deber=que, nota=nota)
        yield self.oficina(self.demora(2, 4, 4, 3, 2, 1, 1, 1, 1))
        if self.suerte(PRORROGAS):
            yield from self._prorrogar()
        escrita = self.caso.es_escrita
        self.tramitar(
            self.caso,
            "pedir_visado" if escrita else "responder",
            self.responsable,
            respuesta=self._cita(self.azar.choice(textos.RESPUESTAS)),
            conclusiones=self.azar.choice(textos.CONCLUSIONES),
            prevencion=self.azar.choice(textos.PREVENCIONES),
            medio="carta" if escrita else self._medio(),
        )

    def _prorrogar(self) -> Iterator:
        corren = self.caso.plazos.filter(codigo="respuesta", estado__in=("CORRIENDO", "ADVERTIDO"))
        plazo = corren.order_by("-ordinal").first()
        if plazo is None or plazo.vence_en <= self.ahora:
            return
        dia = self.ritmo.horario.sumar_habiles(
            self.ritmo.dia(plazo.vence_en), self.azar.randint(5, 10)
        )
        motivo = self.azar.choice(textos.PRORROGAS)
        self.tramitar(self.caso, "prorrogar", self.responsable, motivo=motivo, nueva_fecha_el=dia)
        yield self.oficina(self.azar.randint(4, 12))

    def visar(self) -> Iterator:
        gerente = self.gente["gerente"]
        yield self.oficina(self.demora(2, 4, 2, 1, 1))
        if self.suerte(DEVUELTAS):
            motivo = self.azar.choice(textos.DEVOLUCIONES)
            self.tramitar(self.caso, "devolver_de_visado", gerente, motivo=motivo)
            return
        self.anotar(self.caso, "visar", gerente)
        yield self.oficina(self.demora(4, 3))
        self.tramitar(self.caso, "responder", self.responsable)

    def _despachar(self) -> Iterator:
        """A letter is an answer once it has left, and somebody notes it."""
        yield self.oficina(self.demora(4, 4, 2, 1))
        via = self.azar.choice(("courier", "postal", "mano"))
        dia = self.ritmo.dia(self.ahora)
        self.anotar(
            self.caso,
            "registrar_despacho",
            self.legal,
            despachada_el=dia,
            via=via,
            cargo=f"Guía {self.azar.randint(10_000, 99_999)}",
        )

    def manifestar(self) -> Iterator:
        """They say something within the ten days, or nothing at all."""
        if self.caso.por_despachar:
            yield from self._despachar()
            return
        if self.suerte(CALLAN):
            yield self.ahora + timedelta(days=12)
            return
        yield self.en_casa(self.demora(2, 4, 4, 3, 2, 2, 1, 1, 1))
        if self.caso.estado != E.RESPONDIDA:
            return
        por, canal, datos = self.cliente, "web", {}
        if not self.cliente.correo or self.suerte(20):
            por, canal, datos = self.legal, "consola", {"medio": "telefono"}
        if self.suerte(DISCONFORMES):
            datos["motivo"] = self.azar.choice(textos.DISCONFORMIDADES)
            self.tramitar(self.caso, "disconformar", por, canal=canal, **datos)
        else:
            self.tramitar(self.caso, "conformar", por, canal=canal, **datos)

    def disconforme(self) -> Iterator:
        yield self.oficina(self.demora(0, 3, 3, 2))
        if self.caso.estado != E.DISCONFORME:
            return
        if self.suerte(CON_ANTECEDENTES):
            self._legal("reanalizar", antecedentes=self.azar.choice(textos.ANTECEDENTES))
        elif self.suerte(CONTROVERSIAS):
            self._legal("abrir_controversia", motivo="Las posiciones siguen sin acercarse.")
        else:
            yield self.ahora + timedelta(days=12)  # nothing new comes: silence files it

    def controversia(self) -> Iterator:
        yield self.oficina(self.azar.randint(3, 12))
        acuerdo = self.suerte(ACUERDOS)
        acta = self.azar.choice(textos.ACTAS_CON if acuerdo else textos.ACTAS_SIN)
        self.anotar(
            self.caso,
            "registrar_gestion",
            self.legal,
            clase=Gestion.Clase.REUNION,
            asistentes=f"{self.cliente.nombre}; {self.legal}",
            acta=acta,
            hay_acuerdo=acuerdo,
        )
        yield self.oficina(self.demora(1, 3, 2, 1))
        if acuerdo:
            self._archivar()
        else:
            invitacion = textos.INVITACION
            self.tramitar(
                self.caso, "invitar_a_via_legal", self.gente["gerente"], invitacion=invitacion
            )

    def archivar(self) -> Iterator:
        if self.caso.ingreso_numero is None:  # solved on the spot, and without a number yet
            yield from self.numerar()
            return
        if self.caso.por_despachar:
            yield from self._despachar()
            return
        yield self.oficina(self.demora(1, 3, 3, 2, 1, 1))
        self._archivar()

    def _archivar(self) -> None:
        acciones, resultados, lecciones, propuestas = self.azar.choice(textos.CIERRES)
        self._legal(
            "archivar",
            acciones=acciones,
            resultados=resultados,
            conclusiones=self.caso.conclusiones or self.azar.choice(textos.CONCLUSIONES),
            lecciones=lecciones,
            propuestas=propuestas,
        )

    # --- what is learned

    def aprender(self) -> Iterator:
        if self.caso.cierre.esta_pendiente and self.suerte(COMPLETAN):
            yield self.oficina(self.azar.randint(2, 9))
            _, _, lecciones, propuestas = self.azar.choice(textos.CIERRES)
            datos = {"lecciones": lecciones, "propuestas": propuestas}
            self.anotar(self.caso, "completar_cierre", self.legal, **datos)
        if not self.suerte(APRENDEN):
            return
        yield self.oficina(self.azar.randint(1, 8))
        nombre, analisis, plan, leccion = self.azar.choice(textos.MEJORAS)
        causa = Causa.objects.get_or_create(empresa=self.mesa.empresa, nombre=nombre)[0]
        mejora = Mejora(reclamo=self.caso)
        self._legal_en(mejora, "identificar_causa", causa=causa, analisis=analisis)
        yield self.oficina(self.azar.randint(1, 6))
        if not self.suerte(CON_PLAN):
            self._legal_en(mejora, "descartar_plan", motivo="Es un hecho aislado.")
            return
        hasta = self.ritmo.horario.sumar_habiles(self.ritmo.dia(self.ahora), 30)
        encargado = self.gente["responsable_0"]
        self._legal_en(mejora, "abrir_plan", plan=plan, encargado=encargado, plan_hasta_el=hasta)
        yield self.oficina(self.azar.randint(1, 6))
        self._legal_en(mejora, "iniciar_acciones")
        yield self.oficina(self.azar.randint(10, 28))
        verificacion = "Se revisó en obra y en la caseta: se cumple."
        self._legal_en(mejora, "verificar", verificacion=verificacion, eficaz=True)
        yield self.oficina(self.azar.randint(1, 5))
        extendida = "Todos los proyectos"
        self._legal_en(mejora, "publicar_leccion", leccion=leccion, extendida_a=extendida)

    def _legal_en(self, mejora, verbo: str, **datos) -> None:
        if mejora.pk:
            mejora = Mejora.objects.get(pk=mejora.pk)
        self.tramitar(mejora, verbo, self.legal, **datos)

    # --- words

    def _cita(self, texto: str) -> str:
        que = "queja" if self.caso.clase == "QUEJA" else "reclamo"
        numero = self.caso.numero_ingreso
        return f"{self.cliente.nombre}: sobre su {que}, con N° de Ingreso {numero}. {texto}"

    def _medio(self) -> str:
        return "correo" if self.caso.contacto.correo else "carta"


PASOS = {
    E.RECIBIDA: HistoriaDeReclamo.formalizar,
    E.FORMALIZADA: HistoriaDeReclamo.numerar,
    E.RESUELTA_EN_EL_ACTO: HistoriaDeReclamo.archivar,
    E.INGRESADA: HistoriaDeReclamo.admitir,
    E.INADMISIBLE: HistoriaDeReclamo.archivar,
    E.ADMITIDA: HistoriaDeReclamo.analizar,
    E.EN_ANALISIS: HistoriaDeReclamo.responder,
    E.POR_VISAR: HistoriaDeReclamo.visar,
    E.RESPONDIDA: HistoriaDeReclamo.manifestar,
    E.CONFORME: HistoriaDeReclamo.archivar,
    E.DISCONFORME: HistoriaDeReclamo.disconforme,
    E.CONTROVERSIA: HistoriaDeReclamo.controversia,
    E.VIA_LEGAL: HistoriaDeReclamo.archivar,
}

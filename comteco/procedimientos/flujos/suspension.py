"""D) Suspensión y reconexión temporal (004:211-251), as D-07 reads it: what D4 says is impossible
is not registered, unless the head of the division answers for it."""

from comteco.procedimientos.flujos.base import P, paso, requisitos, segun, si


def esta_suspendido(tramite):
    """It registered a suspension whose service has not been enabled again."""
    return tramite.desde_el is not None and tramite.habilitado_en is None


class FlujoD:
    @paso(P.D1, requisitos(P.D2))
    def d1_verificar_cuentas(self, **datos):
        pass

    @paso(P.D2, segun("pide", {"suspension": P.D3, "reconexion": P.D9}))
    def d2_verificar_tramite(self, **datos):
        pass

    @paso(P.D3, si("es_primera_vez", P.D5, P.D4))
    def d3_revisar_primera_vez(self, **datos):
        pass

    @paso(P.D4, P.NO_PROCEDE)
    def d4_informar_no_procede(self, **datos):
        pass

    @paso(P.D4, P.D5)
    def d4_autorizar(self, **datos):
        pass

    @paso(P.D5, si("paga_ahora", P.D6, P.D7))
    def d5_informar_importe(self, **datos):
        pass

    @paso(P.D6, P.D6_1)
    def d6_digitar_deposito(self, **datos):
        pass

    @paso(P.D6_1, P.D7)
    def d6_1_cobrar(self, **datos):
        pass

    @paso(P.D7, P.D8)
    def d7_digitar_suspension(self, **datos):
        pass

    @paso(P.D8, P.OK)
    def d8_imprimir_solicitud(self, **datos):
        pass

    @paso(P.OK, P.OK, conditions=[esta_suspendido])
    def d8_habilitar(self, ahora, **datos):
        """D8.1: «se habilitará el servicio en la fecha mencionada automáticamente»."""
        self.habilitado_en = ahora

    @paso(P.D9, P.OK)
    def d9_cambiar_fecha(self, **datos):
        pass

    @paso(P.OK, P.OK, conditions=[esta_suspendido])
    def d9_mover_reconexion(self, **datos):
        """What D9 of another request does to the suspension itself."""

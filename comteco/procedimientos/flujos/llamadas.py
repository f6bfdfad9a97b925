"""G) Detalle de llamadas salientes (004:305-333). Who asks only for this month pays nothing."""

from comteco.procedimientos.flujos.base import P, paso, requisitos, segun


class FlujoG:
    @paso(P.G1, P.G2)
    def g1_revisar_tramite(self, **datos):
        pass

    @paso(P.G2, requisitos(P.G3))
    def g2_verificar_titular(self, **datos):
        pass

    @paso(P.G3, segun("como_paga", {"ahora": P.G4, "recurrente": P.G8, "nada": P.G6}))
    def g3_informar_costo(self, **datos):
        pass

    @paso(P.G4, P.G5)
    def g4_emitir_factura(self, **datos):
        pass

    @paso(P.G5, P.G6)
    def g5_cobrar(self, **datos):
        pass

    @paso(P.G6, P.G7)
    def g6_consultar(self, **datos):
        pass

    @paso(P.G7, P.G9)
    def g7_imprimir_detalle(self, **datos):
        pass

    @paso(P.G8, P.G7)
    def g8_enviar_a_recurrente(self, **datos):
        pass

    @paso(P.G9, P.OK)
    def g9_entregar(self, **datos):
        pass

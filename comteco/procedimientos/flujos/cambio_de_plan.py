"""B) Cambio de plan comercial (004:138-158). Annex 2, where the text also says 3 (X-13)."""

from comteco.procedimientos.flujos.base import P, paso, requisitos


class FlujoB:
    @paso(P.B1, requisitos(P.B2))
    def b1_verificar_requisitos(self, **datos):
        pass

    @paso(P.B2, P.B3)
    def b2_ingresar_al_sistema(self, **datos):
        pass

    @paso(P.B3, P.B4)
    def b3_elegir_plan(self, **datos):
        pass

    @paso(P.B4, P.B5)
    def b4_confirmar_resumen(self, **datos):
        pass

    @paso(P.B5, P.OK)
    def b5_imprimir_solicitud(self, **datos):
        pass

"""C) Traslado de productos (004:160-209). Annex 3, where the text also says 4 (X-13)."""

from comteco.procedimientos.flujos.base import P, paso, requisitos, si


class FlujoC:
    @paso(P.C1, requisitos(P.C2))
    def c1_verificar_requisitos(self, **datos):
        pass

    @paso(P.C2, si("es_factible", P.C3, P.NO_FACT))
    def c2_verificar_factibilidad(self, **datos):
        pass

    @paso(P.C3, si("cambia_tecnologia", P.C4, P.C6))
    def c3_revisar_tecnologia(self, **datos):
        pass

    @paso(P.C4, P.C5)
    def c4_dar_baja_y_alta(self, **datos):
        pass

    @paso(P.C5, P.C7)
    def c5_digitar_nuevo_producto(self, **datos):
        pass

    @paso(P.C6, P.C7)
    def c6_digitar_traslado(self, **datos):
        pass

    @paso(P.C7, P.C8)
    def c7_confirmar_resumen(self, **datos):
        pass

    @paso(P.C8, P.C9)
    def c8_imprimir_solicitud(self, **datos):
        pass

    @paso(P.C9, P.OK)
    def c9_entregar(self, **datos):
        pass

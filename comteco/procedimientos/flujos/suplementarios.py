"""A) Servicios suplementarios (004:108-135)."""

from comteco.procedimientos.flujos.base import P, paso, requisitos, si


class FlujoA:
    @paso(P.A1, requisitos(P.A2))
    def a1_verificar_requisitos(self, **datos):
        pass

    @paso(P.A2, P.A3)
    def a2_marcar_componentes(self, **datos):
        pass

    @paso(P.A3, P.A4)
    def a3_digitar_servicio(self, **datos):
        pass

    @paso(P.A4, si("paga_ahora", P.A5, P.A6))
    def a4_consultar_pago(self, **datos):
        pass

    @paso(P.A5, P.A5_1)
    def a5_derivar_a_caja(self, **datos):
        pass

    @paso(P.A5_1, P.A6)
    def a5_1_cobrar(self, **datos):
        pass

    @paso(P.A6, P.OK)
    def a6_imprimir_solicitud(self, **datos):
        pass

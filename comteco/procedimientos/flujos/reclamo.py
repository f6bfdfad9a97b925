"""F) Registro de reclamos (004:283-303). F5 ends there: read on, it would register twice (X-19)."""

from comteco.procedimientos.flujos.base import P, paso, segun, si


class FlujoF:
    @paso(P.F1, P.F2)
    def f1_recabar_reclamo(self, **datos):
        pass

    @paso(P.F2, P.F3)
    def f2_ingresar_al_sistema(self, **datos):
        pass

    @paso(P.F3, segun("reclamo_previo", {"cerrado": P.F4, "asignado": P.F5, "ninguno": P.F6}))
    def f3_revisar_existente(self, **datos):
        pass

    @paso(P.F4, si("esta_satisfecho", P.OK, P.F7))
    def f4_informar_resolucion(self, **datos):
        pass

    @paso(P.F5, P.OK)
    def f5_informar_sin_resolucion(self, **datos):
        pass

    @paso(P.F6, P.OK)
    def f6_digitar_reclamo(self, **datos):
        pass

    @paso(P.F7, P.DERIVADO)
    def f7_derivar_a_boi(self, **datos):
        pass

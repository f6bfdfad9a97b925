"""E) Registro de daño técnico (004:253-280)."""

from comteco.procedimientos.flujos.base import P, paso, segun


class FlujoE:
    @paso(P.E1, P.E2)
    def e1_solicitar_informacion(self, **datos):
        pass

    @paso(P.E2, P.E3)
    def e2_ingresar_al_sistema(self, **datos):
        pass

    @paso(P.E3, segun("estado_dano", {"primera_vez": P.E4, "asignado": P.E5, "sin_solucion": P.E7}))
    def e3_determinar_estado(self, **datos):
        pass

    @paso(P.E4, P.DERIVADO)
    def e4_registrar_dano(self, **datos):
        pass

    @paso(P.E5, P.E6)
    def e5_seguir_orden(self, **datos):
        pass

    @paso(P.E6, P.OK)
    def e6_coordinar_visita(self, **datos):
        pass

    @paso(P.E7, P.E8)
    def e7_verificar_ultimo(self, **datos):
        pass

    @paso(P.E8, P.E9)
    def e8_reiterar_dano(self, **datos):
        pass

    @paso(P.E9, P.OK)
    def e9_priorizar(self, **datos):
        pass

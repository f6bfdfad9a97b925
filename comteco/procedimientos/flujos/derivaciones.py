"""H) Crédito al asociado, I) Retiro de productos and J) Trámites legales (004:335-345): another
procedure attends them; what the annex asks for is looked at before sending anybody there."""

from comteco.procedimientos.flujos.base import P, paso, requisitos


class FlujoHIJ:
    @paso(P.H1, requisitos(P.DERIVADO))
    def h1_remitir(self, **datos):
        pass

    @paso(P.I1, requisitos(P.DERIVADO))
    def i1_remitir(self, **datos):
        pass

    @paso(P.J1, P.DERIVADO)
    def j1_remitir(self, **datos):
        pass

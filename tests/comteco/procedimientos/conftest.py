"""COMTECO's company, a branch, its people and a walk through any procedure."""

from datetime import date, time, timedelta
from types import SimpleNamespace
from uuid import uuid4

import pytest

from comteco.procedimientos.ingreso import abrir
from comteco.procedimientos.models import Tramite
from comteco.procedimientos.requisitos import aplicables
from comteco.procedimientos.siembra import sembrar
from postventa.calendario.models import Calendario, Jornada, Tramo
from postventa.empresas.models import Empresa, Sede
from postventa.personas.models import Cliente, Membresia, Rol, Usuario
from postventa.plazos.models import PoliticaPlazo
from postventa.tramitacion.acciones import anotar, tramitar
from postventa.tramitacion.siembra import leer
from tests.calendario.lugares import LA_PAZ
from tests.conftest import local

LUNES_BO = local("2026-11-23 10:00", LA_PAZ)


@pytest.fixture
def comteco(db):
    calendario = Calendario.objects.create(codigo="bo", nombre="Bolivia", pais="BO")
    jornada = Jornada.objects.create(codigo="comteco", nombre="COMTECO")
    for dia in range(5):
        Tramo.objects.create(jornada=jornada, dia=dia, desde=time(8), hasta=time(18))
    fila = next(f for f in leer("empresas.json") if f["codigo"] == "comteco")
    fila |= {
        "calendario": Calendario.objects.get(pk=calendario.pk),
        "jornada": Jornada.objects.get(pk=jornada.pk),
    }
    empresa = Empresa.objects.create(**fila)
    for politica in leer("politicas.json"):
        if politica.pop("empresa") == "comteco":
            PoliticaPlazo.objects.create(empresa=empresa, **politica)
    sembrar({"comteco": empresa})
    return empresa


@pytest.fixture
def plataforma(comteco):
    return Sede.objects.create(empresa=comteco, codigo="central", nombre="Edificio principal")


def persona(usuario, empresa, *roles, sede=None):
    quien = Usuario.objects.create_user(
        usuario, f"{usuario}@comteco.example", "clave-de-prueba",
        first_name=usuario.capitalize(), is_staff=True,
    )  # fmt: skip
    for rol in roles:
        Membresia.objects.create(usuario=quien, empresa=empresa, rol=rol, sede=sede)
    return quien


@pytest.fixture
def gente_comteco(comteco, plataforma):
    zonal = Sede.objects.create(empresa=comteco, codigo="quillacollo", nombre="Quillacollo")
    return SimpleNamespace(
        asesora=persona("asesora", comteco, Rol.ASESOR),
        caja=persona("caja", comteco, Rol.CAJA),
        jefa=persona("jefa", comteco, Rol.JEFE),
        informes=persona("informes", comteco, Rol.INFORMES),
        gerente=persona("gerente", comteco, Rol.GERENTE),
        administrador=persona("administrador", comteco, Rol.ADMINISTRADOR),
        zonal=persona("zonal", comteco, Rol.ASESOR, sede=zonal),
    )


@pytest.fixture
def socio(comteco):
    return Cliente.objects.create(
        empresa=comteco, tipo_documento="CI", numero="3456789", nombre="Mirtha Rojas Vargas",
        correo="mirtha@correo.example", telefono="+591 70712345",
    )  # fmt: skip


# What each step is told, where the branch does not change it.
DATOS = {
    "a2_marcar_componentes": {"pedido": "Identificador de llamadas"},
    "a3_digitar_servicio": {"referencia": "SF-1001"},
    "a5_derivar_a_caja": {"confirma": True},
    "a5_1_cobrar": {"comprobante": "R-1"},
    "b3_elegir_plan": {
        "cambio": "velocidad", "pedido": "Plan 60 Mbps", "importe": "249.00",
        "informa_costo": True, "referencia": "SF-2001",
    },
    "b4_confirmar_resumen": {"confirma": True},
    "c4_dar_baja_y_alta": {"baja": "SF-31", "alta": "SF-32", "informa_equipos": True},
    "c5_digitar_nuevo_producto": {"referencia": "SF-33", "reclamo": "SF-34"},
    "c6_digitar_traslado": {"referencia": "SF-35"},
    "c7_confirmar_resumen": {"confirma": True},
    "c9_entregar": {"informa_tiempo": True},
    "d4_informar_no_procede": {"informado": True},
    "d4_autorizar": {"motivo": "Viaje por salud"},
    "d6_digitar_deposito": {"importe": "87.50", "referencia": "SF-41"},
    "d6_1_cobrar": {"comprobante": "R-2"},
    "d7_digitar_suspension": {
        "desde_el": date(2026, 12, 1), "hasta_el": date(2027, 3, 1), "referencia": "SF-42"
    },
    "d9_cambiar_fecha": {"hasta_el": date(2026, 12, 20), "referencia": "SF-43"},
    "e1_solicitar_informacion": {"pedido": "Sin tono desde ayer"},
    "e4_registrar_dano": {
        "direccion": "Av. Ballivián 123", "telefono": "70712345", "informa_tiempo": True,
        "referencia": "OT-1",
    },
    "e5_seguir_orden": {"referencia": "OT-2"},
    "e6_coordinar_visita": {"coordinado": True, "informado": True},
    "e7_verificar_ultimo": {"referencia": "OT-3"},
    "e8_reiterar_dano": {"referencia": "OT-4"},
    "e9_priorizar": {"avisado": True, "es_nplay": True, "referencia": "SI-1"},
    "f1_recabar_reclamo": {"pedido": "Cobro doble en octubre"},
    "f5_informar_sin_resolucion": {"informado": True},
    "f6_digitar_reclamo": {"referencia": "RC-1", "informado": True},
    "g1_revisar_tramite": {"meses": ["2026-09", "2026-10", "2026-11"]},
    "g4_emitir_factura": {"referencia": "F-1"},
    "g5_cobrar": {"comprobante": "R-3"},
    "g7_imprimir_detalle": {"impreso": True},
    "g9_entregar": {"entregado": True},
    "anular": {"motivo": "El cliente desistió"},
}  # fmt: skip
# And what takes each branch.
RAMAS = {
    ("a4_consultar_pago", "A5"): {"paga_ahora": True, "importe": "35.00"},
    ("a4_consultar_pago", "A6"): {"paga_ahora": False},
    ("c2_verificar_factibilidad", "C3"): {"es_factible": True},
    ("c2_verificar_factibilidad", "NO_FACT"): {"es_factible": False},
    ("c3_revisar_tecnologia", "C4"): {"cambia_tecnologia": True},
    ("c3_revisar_tecnologia", "C6"): {"cambia_tecnologia": False},
    ("d5_informar_importe", "D6"): {"paga_ahora": True},
    ("d5_informar_importe", "D7"): {"paga_ahora": False},
    ("e3_determinar_estado", "E4"): {"estado_dano": "primera_vez"},
    ("e3_determinar_estado", "E5"): {"estado_dano": "asignado"},
    ("e3_determinar_estado", "E7"): {"estado_dano": "sin_solucion"},
    ("f3_revisar_existente", "F4"): {"reclamo_previo": "cerrado"},
    ("f3_revisar_existente", "F5"): {"reclamo_previo": "asignado"},
    ("f3_revisar_existente", "F6"): {"reclamo_previo": "ninguno"},
    ("f4_informar_resolucion", "OK"): {"resolucion": "Se ajusta", "esta_satisfecho": True},
    ("f4_informar_resolucion", "F7"): {"resolucion": "No procede", "esta_satisfecho": False},
    ("g3_informar_costo", "G4"): {"como_paga": "ahora"},
    ("g3_informar_costo", "G8"): {"como_paga": "recurrente"},
    ("g3_informar_costo", "G6"): {},
}
FIRMAN = {
    "a6_imprimir_solicitud", "b5_imprimir_solicitud", "c8_imprimir_solicitud",
    "d8_imprimir_solicitud", "d9_cambiar_fecha", "g5_cobrar", "g8_enviar_a_recurrente",
}  # fmt: skip
REVISAN = {
    "a1_verificar_requisitos", "b1_verificar_requisitos", "c1_verificar_requisitos",
    "d1_verificar_cuentas", "g2_verificar_titular", "h1_remitir", "i1_remitir",
}  # fmt: skip
DE_CAJA = {"a5_1_cobrar", "d6_1_cobrar", "g5_cobrar"}


class Camino:
    """Walks one trámite through the door, step by step."""

    def __init__(self, sede, cliente, gente):
        self.sede, self.cliente, self.gente = sede, cliente, gente
        self.ahora, self.tramite = LUNES_BO, None

    def abrir(self, procedimiento, por=None, **campos):
        campos = {
            "producto": "4-4251234", "servicio": "internet", "persona": "natural",
            **({"pide": "suspension"} if procedimiento == "D" else {}), **campos,
        }  # fmt: skip
        self.tramite = abrir(
            self.sede, self.cliente, por or self.gente.asesora, nonce=uuid4(), ahora=self.ahora,
            procedimiento=procedimiento, **campos,
        )  # fmt: skip
        return self

    def datos(self, verbo, hasta=""):
        datos = {**DATOS.get(verbo, {}), **RAMAS.get((verbo, hasta), {})}
        if verbo == "c2_verificar_factibilidad":
            datos |= {"direccion": "Calle Sucre 45", "barrio": "Cala Cala", "referencia": "Q-1"}
        if verbo in FIRMAN:
            datos["firmado_por"] = self.cliente.nombre
        if verbo in REVISAN:
            filas = list(aplicables(self.tramite, self.ahora.astimezone(LA_PAZ).date()))
            cumple = hasta != "NO_REQ"
            datos |= {"cumple": cumple, "cumplidos": filas if cumple else filas[1:]}
        if "comprobante" in datos:
            datos["comprobante"] += f"-{self.tramite.pk}"
        return datos

    def paso(self, verbo, hasta="", por=None, **datos):
        quien = por or (self.gente.caja if verbo in DE_CAJA else self.gente.asesora)
        if verbo == "d4_autorizar":
            quien = por or self.gente.jefa
        self.tramite = tramitar(
            self.tramite, verbo, quien, ahora=self.ahora, **self.datos(verbo, hasta) | datos
        )
        return self

    def anotar(self, que, por=None, **datos):
        if que == "registrar_respuesta":
            datos = {"respuesta": "Se ajusta el cobro doble."} | datos
        self.tramite = anotar(
            self.tramite, que, por or self.gente.asesora, ahora=self.ahora,
            **({} if "respuesta" in datos else {"nota": "Hecho"}) | datos,
        )  # fmt: skip
        return self

    def pasar(self, **delta):
        self.ahora += timedelta(**delta)
        return self

    def a_las(self, texto):
        self.ahora = local(texto, LA_PAZ)
        return self

    def suspender(self, **fechas):
        """D, from its opening to its end, paying nothing now."""
        self.abrir("D", **{k: fechas.pop(k) for k in ("producto", "servicio") if k in fechas})
        self.paso("d1_verificar_cuentas").paso("d2_verificar_tramite")
        self.paso("d3_revisar_primera_vez").paso("d5_informar_importe", "D7")
        return self.paso("d7_digitar_suspension", **fechas).paso("d8_imprimir_solicitud")

    def plazo(self, codigo):
        return self.tramite.plazos.filter(codigo=codigo).latest("ordinal")

    def vence(self, codigo):
        return f"{self.plazo(codigo).vence_en.astimezone(LA_PAZ):%Y-%m-%d %H:%M:%S}"

    def releer(self):
        self.tramite = Tramite.objects.get(pk=self.tramite.pk)
        return self.tramite


@pytest.fixture
def camino(plataforma, socio, gente_comteco):
    return Camino(plataforma, socio, gente_comteco)


@pytest.fixture
def caminos(plataforma, socio, gente_comteco):
    """Makes another walk in the same branch."""
    return lambda: Camino(plataforma, socio, gente_comteco)

"""CAPERA's company, a place, its people and a walk through the procedure."""

from datetime import date, time, timedelta
from types import SimpleNamespace
from uuid import uuid4

import pytest

from postventa.calendario.models import Calendario, Feriado, Jornada, Tramo
from postventa.empresas.models import Empresa, Sede
from postventa.personas.models import Cliente, Membresia, Rol, Usuario
from postventa.plazos.models import PoliticaPlazo
from postventa.tramitacion.acciones import anotar, tramitar
from postventa.tramitacion.siembra import leer
from reclamos.ingreso import recibir
from reclamos.models import Causa, Mejora, Reclamo
from tests.calendario.lugares import LIMA, PERU_2026
from tests.conftest import local

# The Thursday of the worked example (dominio 8).
JUEVES = local("2026-11-26 11:00", LIMA)
FORMULARIO = {
    "motivo": "El lote entregado no es el del contrato",
    "hechos": "Al medir el lote con el topógrafo faltan 12 metros cuadrados.",
    "ocurrio_el": date(2026, 11, 20),
    "lugar": "Urbanización Los Algarrobos",
    "bien": "producto",
}


@pytest.fixture
def capera(db):
    calendario = Calendario.objects.create(codigo="pe", nombre="Perú", pais="PE")
    for fecha, nombre in PERU_2026.items():
        Feriado.objects.create(calendario=calendario, fecha=fecha, nombre=nombre, fuente="prueba")
    jornada = Jornada.objects.create(codigo="capera", nombre="CAPERA")
    for dia in range(5):
        Tramo.objects.create(jornada=jornada, dia=dia, desde=time(9), hasta=time(18))
    fila = next(f for f in leer("empresas.json") if f["codigo"] == "capera")
    fila |= {
        "calendario": Calendario.objects.get(pk=calendario.pk),
        "jornada": Jornada.objects.get(pk=jornada.pk),
    }
    empresa = Empresa.objects.create(**fila)
    for politica in leer("politicas.json"):
        if politica.pop("empresa") == "capera":
            PoliticaPlazo.objects.create(empresa=empresa, **politica)
    return empresa


@pytest.fixture
def caseta(capera):
    return Sede.objects.create(empresa=capera, codigo="piura", nombre="Caseta de Piura")


def persona(usuario, empresa, *roles, **mas):
    quien = Usuario.objects.create_user(
        usuario, f"{usuario}@capera.example", "clave-de-prueba",
        first_name=usuario.capitalize(), is_staff=True, **mas,
    )  # fmt: skip
    for rol in roles:
        Membresia.objects.create(usuario=quien, empresa=empresa, rol=rol)
    return quien


@pytest.fixture
def plantel(capera):
    """Everybody who works there: who receives, legal, Gerencia and the head of an area."""
    return SimpleNamespace(
        vendedora=persona("vendedora", capera, Rol.TRABAJADOR),
        legal=persona("legal", capera, Rol.LEGAL),
        gerente=persona("gerente", capera, Rol.GERENTE),
        gerenta=persona("gerenta", capera, Rol.GERENTE),
        jefa_obra=persona("jefaobra", capera, Rol.TRABAJADOR),
        otro=persona("otro", capera, Rol.TRABAJADOR),
        administrador=persona("administrador", capera, Rol.ADMINISTRADOR),
    )


@pytest.fixture
def denunciante(capera):
    return Cliente.objects.create(
        empresa=capera,
        tipo_documento="DNI",
        numero="40123456",
        nombre="Rosa Chunga Silva",
        correo="rosa@correo.example",
        telefono="+51 969 111 222",
    )


class Caso:
    """Walks a complaint through the door, step by step, with a clock of its own."""

    def __init__(self, sede, cliente, plantel):
        self.sede, self.cliente, self.plantel = sede, cliente, plantel
        self.ahora, self.reclamo = JUEVES, None

    def recibir(self, canal="correo", por=None, **datos):
        if canal in ("telefono", "caseta", "oficina", "filial"):
            datos.setdefault("informado_en", datos.get("recibida_en", self.ahora))
        datos = {"clase": "RECLAMO", "tipologia": "metraje", **datos}
        self.reclamo = recibir(
            self.sede, self.cliente, por or self.plantel.vendedora,
            nonce=uuid4(), canal=canal, ahora=self.ahora, **datos,
        )  # fmt: skip
        return self

    def tramitar(self, verbo, por, **datos):
        self.reclamo = tramitar(self.reclamo, verbo, por, ahora=self.ahora, **datos)
        return self

    def anotar(self, que, por, **datos):
        self.reclamo = anotar(self.reclamo, que, por, ahora=self.ahora, **datos)
        return self

    def pasar(self, **delta):
        self.ahora += timedelta(**delta)
        return self

    def a_las(self, texto):
        self.ahora = local(texto, LIMA)
        return self

    def formalizar(self, por=None, **datos):
        constancia = {"reclamante": self.cliente.nombre} if self.reclamo.es_verbal else {}
        return self.tramitar(
            "formalizar",
            por or self.reclamo.recibida_por,
            **{**FORMULARIO, **constancia, **datos},
        )

    def numerar(self, **datos):
        return self.tramitar("numerar", self.plantel.legal, **datos)

    def ingresar(self, canal="correo", **datos):
        return self.recibir(canal, **datos).formalizar().numerar()

    def admitir(self, responsable=None):
        quien = responsable or self.plantel.jefa_obra
        return self.tramitar("admitir", self.plantel.legal, responsable=quien, area="Obras")

    def analizar(self, canal="correo", **datos):
        self.ingresar(canal, **datos).admitir()
        return self.tramitar("analizar", self.plantel.jefa_obra).cumplir()

    def cumplir(self, *deberes):
        for que in deberes or ("analizar", "verificar", "escuchar"):
            self.anotar("cumplir_deber", self.plantel.jefa_obra, deber=que, nota="Se hizo.")
        return self

    def texto(self):
        return {
            "respuesta": f"En cuanto a su ingreso {self.reclamo.numero_ingreso}: se rectifica.",
            "conclusiones": "El plano tenía un error.",
            "medio": "correo",
        }

    def responder(self, **datos):
        return self.tramitar("responder", self.plantel.jefa_obra, **self.texto() | datos)

    def respondida(self, **datos):
        return self.analizar(**datos).responder()

    def controversia(self):
        self.respondida().tramitar("disconformar", self.cliente)
        return self.tramitar("abrir_controversia", self.plantel.legal, motivo="Pide reunirse")

    def gestion(self, **datos):
        base = {"clase": "reunion", "asistentes": "Rosa y la jefa", "acta": "Se conversó."}
        return self.anotar("registrar_gestion", self.plantel.legal, **base | datos)

    @property
    def cierre(self):
        campos = ("acciones", "resultados", "conclusiones", "lecciones", "propuestas")
        return {campo: f"{campo} del caso" for campo in campos}

    def archivar(self, **datos):
        return self.tramitar("archivar", self.plantel.legal, **self.cierre | datos)

    def plazo(self, codigo):
        return self.reclamo.plazos.filter(codigo=codigo).latest("ordinal")

    def vence(self, codigo):
        return f"{self.plazo(codigo).vence_en.astimezone(LIMA):%Y-%m-%d %H:%M:%S}"

    def correos(self, verbo=None):
        """(type, address) of the mails so far, in order."""
        return list(self.reclamo.avisos.order_by("pk").values_list("tipo", "destino"))

    def releer(self):
        self.reclamo = Reclamo.objects.get(pk=self.reclamo.pk)
        return self.reclamo


@pytest.fixture
def caso(caseta, denunciante, plantel):
    return Caso(caseta, denunciante, plantel)


@pytest.fixture
def casos(caseta, denunciante, plantel):
    """Makes another walk of the same company."""
    return lambda: Caso(caseta, denunciante, plantel)


@pytest.fixture
def causa(capera):
    return Causa.objects.create(empresa=capera, nombre="Planos sin revisar")


class Camino:
    """Walks an improvement."""

    def __init__(self, caso, causa):
        self.caso, self.causa = caso, causa
        self.mejora = Mejora(reclamo=caso.reclamo)

    def tramitar(self, verbo, por, **datos):
        tramitar(self.mejora, verbo, por, ahora=self.caso.ahora, **datos)
        self.mejora = Mejora.objects.get(pk=self.mejora.pk)
        return self

    def anotar(self, que, por, **datos):
        anotar(self.mejora, que, por, ahora=self.caso.ahora, **datos)
        self.mejora = Mejora.objects.get(pk=self.mejora.pk)
        return self

    def identificar(self, **datos):
        base = {"causa": self.causa, "analisis": "Los planos no se revisan en terreno."}
        return self.tramitar("identificar_causa", self.caso.plantel.legal, **base | datos)

    def abrir_plan(self, **datos):
        base = {
            "plan": "Revisar cada plano en terreno",
            "encargado": self.caso.plantel.jefa_obra,
            "plan_hasta_el": date(2027, 1, 29),
        }
        return self.tramitar("abrir_plan", self.caso.plantel.gerente, **base | datos)

    def en_curso(self):
        self.identificar().abrir_plan()
        return self.tramitar("iniciar_acciones", self.caso.plantel.jefa_obra)

    def verificar(self, por=None, **datos):
        base = {"verificacion": "Diez planos revisados, ninguno errado", "eficaz": True}
        return self.tramitar("verificar", por or self.caso.plantel.legal, **base | datos)


@pytest.fixture
def camino_de_mejora(causa):
    return lambda caso: Camino(caso, causa)

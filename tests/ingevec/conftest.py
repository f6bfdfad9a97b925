"""Ingevec's company, a project with its weekday, its people and a walk through the procedure."""

from datetime import date, time, timedelta
from uuid import uuid4

import pytest

from postventa.calendario import hora
from postventa.calendario.models import Feriado, Jornada, Tramo
from postventa.empresas.models import Empresa
from postventa.personas.models import Cliente, Membresia, Rol, Usuario
from postventa.plazos.models import PoliticaPlazo
from postventa.tramitacion.acciones import anotar, tramitar
from postventa.tramitacion.siembra import leer
from postventa.visitas import agenda
from postventa.visitas.models import Visita
from tests.conftest import local
from tests.consola.conftest import otra  # noqa: F401  the company that is a canary
from tests.ingevec.mesa import Consola
from tests.ingevec.navegador import Pedido, en_sesion
from tests.ingevec.terreno import Terreno
from tickets.ingevec.ingreso import ingresar
from tickets.ingevec.models import Inspector, Pauta, Requerimiento
from tickets.inmuebles.models import Propiedad, Proyecto, Unidad

# A Monday; the project receives on Wednesdays.
LLAMADA = local("2026-11-23 10:15")
MIERCOLES = 2


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "adjuntos"
    return settings.MEDIA_ROOT


@pytest.fixture
def jornadas(db):
    """{code: Jornada} with the two hour sets of the document (G-07, G-12)."""
    hechas = {}
    for fila in leer("calendarios.json")["jornadas"]:
        if not fila["codigo"].startswith("ingevec"):
            continue
        jornada = Jornada.objects.create(codigo=fila["codigo"], nombre=fila["nombre"])
        for tramo in fila["tramos"]:
            for dia in tramo["dias"]:
                Tramo.objects.create(
                    jornada=jornada,
                    dia=dia,
                    desde=time.fromisoformat(tramo["desde"]),
                    hasta=time.fromisoformat(tramo["hasta"]),
                )
        # Read again: its stamp is that of its windows.
        hechas[jornada.codigo] = Jornada.objects.get(pk=jornada.pk)
    return hechas


@pytest.fixture
def ingevec(calendario_cl, jornadas):
    fila = next(f for f in leer("empresas.json") if f["codigo"] == "ingevec")
    fila |= {"calendario": calendario_cl, "jornada": jornadas["ingevec-inspeccion"]}
    empresa = Empresa.objects.create(**fila)
    for politica in leer("politicas.json"):
        if politica.pop("empresa") == "ingevec":
            PoliticaPlazo.objects.create(empresa=empresa, **politica)
    return empresa


@pytest.fixture
def edificio(ingevec):
    return Proyecto.objects.create(
        empresa=ingevec,
        codigo="ingevec-demo",
        nombre="Edificio Los Maitenes",
        comuna="San Miguel",
        telefono="800 422 727",
    )


@pytest.fixture
def gente(ingevec):
    """{role: Usuario} of everybody who works for Ingevec."""
    return {
        rol: _personal(rol, ingevec)
        for rol in (Rol.CALL_CENTER, Rol.JEFE, Rol.INSPECTOR, Rol.MAESTRO, Rol.GERENTE)
    }


def _personal(rol, empresa):
    persona = Usuario.objects.create_user(
        f"ing_{rol}", f"{rol}@ingevec.example", "clave-de-prueba", first_name=str(rol.label),
        last_name="Prueba", is_staff=True,
    )  # fmt: skip
    Membresia.objects.create(usuario=persona, empresa=empresa, rol=rol)
    return persona


@pytest.fixture
def pauta(edificio, jornadas, gente):
    pauta = Pauta.objects.create(
        proyecto=edificio,
        dia=MIERCOLES,
        jornada_inspeccion=jornadas["ingevec-inspeccion"],
        jornada_trabajo=jornadas["ingevec-trabajos"],
    )
    for rol in (Rol.INSPECTOR, Rol.MAESTRO):
        Inspector.objects.create(pauta=pauta, usuario=gente[rol])
    return pauta


@pytest.fixture
def depto(edificio):
    return Unidad.objects.create(
        proyecto=edificio, nombre="Depto. 1203", entrega_el=date(2025, 3, 10)
    )


@pytest.fixture
def duenio(ingevec, depto):
    persona = Cliente.objects.create(
        empresa=ingevec,
        tipo_documento="RUT",
        numero="14562378-2",
        nombre="Héctor Saldías Mora",
        correo="hector@correo.example",
        telefono="+56 9 7777 8888",
    )
    Propiedad.objects.create(unidad=depto, cliente=persona, desde=date(2025, 3, 10))
    return persona


class Llamada:
    """Walks a solicitud through the door, step by step, with a clock of its own."""

    def __init__(self, depto, duenio, gente, pauta):
        self.depto, self.duenio, self.gente, self.pauta = depto, duenio, gente, pauta
        self.ahora, self.solicitud = LLAMADA, None

    def tramitar(self, objeto, verbo, por, **datos):
        quien = self.gente[por] if isinstance(por, Rol) else por
        self.solicitud = tramitar(objeto, verbo, quien, ahora=self.ahora, **datos)
        return self.solicitud

    def anotar(self, que, por, **datos):
        quien = self.gente[por] if isinstance(por, Rol) else por
        self.solicitud = anotar(self.solicitud, que, quien, ahora=self.ahora, **datos)
        return self.solicitud

    def pasar(self, **delta):
        self.ahora += timedelta(**delta)
        return self

    @property
    def visita(self):
        return self.solicitud.ultima_visita()

    @property
    def reqs(self):
        return list(self.solicitud.requerimientos.all())

    @property
    def estado(self):
        return self.solicitud.estado

    def ingresar(self, *descripciones, por=Rol.CALL_CENTER, **datos):
        """A call about those things (two if none is said); `cupo` may come in `datos`."""
        que = descripciones or ("Gotera bajo el lavaplatos", "Puerta que no cierra")
        campos = {
            "nonce": uuid4(),
            "canal": "fijo",
            "llamante": "Héctor Saldías",
            "telefonos": "+56 9 7777 8888",
            **datos,
        }
        if not any(campos.get(c) for c in ("cupo", "urgencia", "consulta")):
            campos.setdefault("sin_hora", "Llama de nuevo")
        if not campos.get("consulta"):
            campos["requerimientos"] = [Requerimiento(descripcion=d) for d in que]
        quien = self.gente[por] if isinstance(por, Rol) else por
        self.solicitud = ingresar(self.depto, self.duenio, quien, ahora=self.ahora, **campos)
        return self

    def cupo(self, cuando="2026-11-25 09:00", por=Rol.INSPECTOR, **mas):
        return {"inicia_en": local(cuando), "persona": self.gente[por], **mas}

    def agendar(self, cuando="2026-11-25 09:00", **mas):
        cupo = self.cupo(cuando, **mas)
        self.tramitar(self.solicitud, "agendar_inspeccion", Rol.CALL_CENTER, **cupo)
        return self

    def entrar(self, representante="Ana Mora", por=Rol.INSPECTOR):
        self.ahora = self.visita.inicia_en
        self.tramitar(
            self.visita,
            "iniciar",
            por,
            representante=representante,
            personal_identificado="Cuadrilla, cédula",
            conserje="Luis Pino",
            conserjeria_autoriza=True,
        )
        return self

    def diagnosticar(self, no_corresponden=()):
        """Diagnose what is pending, those positions out of warranty, and end the visit."""
        self.entrar()
        for posicion, r in enumerate(self.reqs):
            if r.estado != "PENDIENTE":
                continue
            if posicion in no_corresponden:
                self.tramitar(
                    r, "no_corresponder", Rol.INSPECTOR, diagnostico="Uso", motivo="Golpe del uso"
                )
            else:
                self.tramitar(r, "corresponder", Rol.INSPECTOR, diagnostico="Falla de montaje")
        self.pasar(minutes=40)
        self.tramitar(self.visita, "realizar", Rol.INSPECTOR)
        return self

    def agendar_trabajos(self, cuando="2026-12-02 09:00", **mas):
        cupo = self.cupo(cuando, por=Rol.MAESTRO, **mas)
        self.tramitar(self.solicitud, "agendar_trabajos", Rol.CALL_CENTER, **cupo)
        return self

    def ejecutar(self):
        self.entrar(por=Rol.MAESTRO)
        for r in self.reqs:
            if r.estado == "CORRESPONDE":
                self.tramitar(r, "ejecutar", Rol.MAESTRO, trabajo="Se cambió el sifón.")
        self.pasar(hours=2)
        self.tramitar(self.visita, "realizar", Rol.MAESTRO)
        return self

    def hasta_por_llamar(self, *descripciones):
        self.ingresar(*descripciones, cupo=self.cupo()).diagnosticar()
        return self.agendar_trabajos().ejecutar()

    def resultados(self, *dichos):
        """{pk: result} for the executed ones, in order: "conforme", "trabajos" or "inspeccion"."""
        ejecutados = [r for r in self.reqs if r.estado == "EJECUTADO"]
        return {
            str(r.pk): {"resultado": d, "motivo": "" if d == "conforme" else "Sigue igual"}
            for r, d in zip(ejecutados, dichos, strict=True)
        }

    def plazos(self, codigo):
        return list(self.solicitud.plazos.filter(codigo=codigo).order_by("ordinal"))


@pytest.fixture
def llamada(depto, duenio, gente, pauta):
    return Llamada(depto, duenio, gente, pauta)


@pytest.fixture
def feriar(calendario_cl):
    """Make a date a holiday."""

    def hacer(fecha, nombre="Feriado de prueba"):
        Feriado.objects.create(
            calendario=calendario_cl, fecha=date.fromisoformat(fecha), nombre=nombre, fuente="x"
        )

    return hacer


@pytest.fixture
def otro_inspector(ingevec, pauta):
    """One more inspector of the project, with a name and what else his rows say."""

    def hacer(nombre="otro", rol=Rol.INSPECTOR, cupos_por_dia=8, sede=None, **usuario):
        persona = Usuario.objects.create_user(nombre, is_staff=True, **usuario)
        Membresia.objects.create(usuario=persona, empresa=ingevec, rol=rol, sede=sede)
        Inspector.objects.create(pauta=pauta, usuario=persona, cupos_por_dia=cupos_por_dia)
        return persona

    return hacer


@pytest.fixture
def ocupar(llamada, gente):
    """Take time of somebody with a visit of another case."""
    ajeno = llamada.ingresar().solicitud

    def hacer(cuando, minutos=45, persona=None):
        inicia = local(cuando)
        visita = Visita.objects.create(
            expediente=ajeno,
            tipo="INSPECCION",
            persona=persona or gente[Rol.INSPECTOR],
            inicia_en=inicia,
            termina_en=inicia + timedelta(minutes=minutos),
        )
        agenda.ocupar(visita)
        return visita

    return hacer


@pytest.fixture
def como(llamada, gente):
    def consola(rol):
        return Consola(llamada, gente[rol])

    hora.fijar(LLAMADA)
    return consola


@pytest.fixture
def propietario(duenio, edificio, pauta):
    """The owner's browser, on the Monday of the call."""
    hora.fijar(LLAMADA)
    return en_sesion(duenio, edificio)


@pytest.fixture
def pedido(propietario, depto):
    return Pedido(propietario, depto)


@pytest.fixture
def vecina(ingevec, edificio, pauta):
    """Owner of another home of the same building."""
    persona = Cliente.objects.create(
        empresa=ingevec,
        tipo_documento="RUT",
        numero="12874593-9",
        nombre="Francisca Jara Bustos",
        correo="francisca@correo.example",
        telefono="+56 9 5555 6666",
    )
    suya = Unidad.objects.create(proyecto=edificio, nombre="Depto. 1204")
    Propiedad.objects.create(unidad=suya, cliente=persona, desde=date(2025, 3, 10))
    return persona


@pytest.fixture
def terreno(llamada, gente):
    """The inspector's phone, at the door of an inspection of two requerimientos."""
    llamada.ingresar(cupo=llamada.cupo())
    hora.fijar(local("2026-11-25 09:05"))
    return Terreno(gente[Rol.INSPECTOR], llamada.visita)

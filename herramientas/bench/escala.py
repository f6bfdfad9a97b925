"""The console over years of work: its pages and searches over ever more cases, four clocks each.

The rows are copies of one ticket that came through the door, made by the database itself and spread
by a hash of their number: the same ones in every run. Only the console looks at them, so they carry
no audit. `--abiertas` says how many cases of a hundred have all their clocks running.
"""

from datetime import UTC, datetime, timedelta

from bench import datos
from bench.lista import comparar
from bench.medidas import decir, por_turnos, resumen
from django.db import connection
from django.test.utils import CaptureQueriesContext

from postventa.avisos.models import Aviso
from postventa.expedientes.models import Expediente
from postventa.personas.models import Cliente, Membresia, Rol, Usuario
from postventa.plazos.models import Plazo, PoliticaPlazo
from postventa.visitas.models import Visita
from tickets.icalma.models import Observacion, Ticket
from tickets.inmuebles.models import Propiedad, Proyecto, Unidad

META = 1.2
AHORA = datetime.now(UTC).replace(microsecond=0)
# Far above what is stored the ordinary way.
BASE = 10_000_000
PROYECTOS, PERSONAS, POR_HOGAR = 25, 12, 3
RELOJES = ("contacto", "coordinar_trabajo", "consulta", "objecion")
NOMBRES = "Ana Luis Rosa Juan Elena Pedro Marta Diego Sofía Jorge Inés Raúl Paula Hugo Clara Iván"
APELLIDOS = (
    "Rojas Soto Muñoz Díaz Pérez Silva Contreras Morales Araya Fuentes Valdés Tapia Reyes Castro "
    "Pizarro Sandoval Espinoza Bravo Gallardo Henríquez Olivares Carrasco Leiva Ortega Salinas "
    "Vergara Aravena Poblete Cárdenas Maldonado Yáñez Saavedra Riquelme Troncoso Zúñiga Barrios"
)
ABIERTOS = ("GENERADO", "INSPECCION_COORDINADA", "INSPECCIONADO", "TRABAJO_COORDINADO",
            "EN_EJECUCION", "POR_FIRMAR")  # fmt: skip

PAGINAS = {
    "portada": "/consola/",
    "plazos": "/consola/plazos/plazo/",
    "plazos_vencidos": "/consola/plazos/plazo/?plazo=vencidos",
    "plazos_riesgo": "/consola/plazos/plazo/?plazo=riesgo",
    "plazos_ultima": "/consola/plazos/plazo/?p=80",
    "plazos_todos": "/consola/plazos/plazo/?plazo=todos",
    "tickets": "/consola/icalma/ticket/",
    "tickets_estado": "/consola/icalma/ticket/?estado=POR_FIRMAR",
    "tickets_mios": "/consola/icalma/ticket/?responsable=yo&situacion__exact=ABIERTO",
    "tickets_vencidos": "/consola/icalma/ticket/?plazo=vencidos",
    "tickets_de_proyecto": "/consola/icalma/ticket/?proyecto={proyecto}",
    "tickets_por_nombre": "/consola/icalma/ticket/?o=2",
    "tickets_ultima": "/consola/icalma/ticket/?p=80",
    "caso": "/consola/icalma/ticket/{caso}/change/",
    "visitas": "/consola/visitas/visita/",
    "correos": "/consola/avisos/aviso/",
    "clientes": "/consola/personas/cliente/",
    "buscar_folio": "/consola/buscar/?q={folio}",
    "buscar_rut": "/consola/buscar/?q={rut}",
    "buscar_telefono": "/consola/buscar/?q={telefono}",
    "buscar_unidad": "/consola/buscar/?q=depto.+{depto}",
    "buscar_palabra": "/consola/buscar/?q=Saavedra",
    "buscar_dos_palabras": "/consola/buscar/?q=Elena+Saavedra",
    "buscar_comun": "/consola/buscar/?q=Torre",
    "buscar_nada": "/consola/buscar/?q=Wolfgang",
    "buscar_corta": "/consola/buscar/?q=ko",
    "buscar_en_lista": "/consola/icalma/ticket/?q=Elena+Saavedra",
    "buscar_comun_en_plazos": "/consola/plazos/plazo/?q=Torre",
    "buscar_dos_comunes_en_plazos": "/consola/plazos/plazo/?q=Torre+depto",
    "buscar_en_plazos": "/consola/plazos/plazo/?q=Elena+Saavedra",
}


def medir(proyecto, opciones) -> None:
    mesa = Mesa(proyecto, opciones.abiertas)
    web = datos.consola("jefe"), datos.consola("supervisor")
    por_tamano = {}
    for casos in sorted(int(n) for n in opciones.casos.split(",")):
        mesa.llenar(casos)
        paginas = {**mesa.paginas(), "portada_supervisor": "/consola/"}
        quienes = {
            nombre: lambda url=url, quien=web[nombre == "portada_supervisor"]: _abrir(quien, url)
            for nombre, url in paginas.items()
        }
        tiempos = por_turnos(quienes, max(opciones.vueltas // 6, 3), 1)
        # The last page that paging reaches, or nearly all of the running clocks of few cases.
        ultima = max(1, min(80, casos * opciones.abiertas * len(RELOJES) // 3000))
        comparar(max(opciones.vueltas // 3, 3), (1, ultima), casos=casos)
        por_tamano[casos] = {n: resumen(t) for n, t in tiempos.items()}
        for nombre, hacer in quienes.items():
            _decir(nombre, casos, hacer, por_tamano[casos][nombre])
    menor, mayor = min(por_tamano), max(por_tamano)
    for nombre, ms in por_tamano[mayor].items():
        veces = ms["mediana"] / por_tamano[menor][nombre]["mediana"]
        decir("escala_crece", pagina=nombre, de=menor, a=mayor, razon=round(veces, 2), meta=META)


def _decir(nombre, casos, hacer, ms) -> None:
    with CaptureQueriesContext(connection) as consultas:
        hacer()
    decir("escala", pagina=nombre, casos=casos, sentencias=len(consultas), ms=ms)


def _abrir(web, url) -> None:
    respuesta = web.get(url)
    # A search of one case goes to it.
    if respuesta.status_code not in (200, 302):
        raise RuntimeError(f"{url}: {respuesta.status_code}")


def _azar(de: str, hasta: int) -> str:
    """A number under `hasta` that only depends on that one."""
    return f"((hashint4(({de})::int) & 2147483647) %% {hasta})"


def _de(lista: str, cual: str) -> str:
    """One of a named list, over and over."""
    tipo = "bigint[]" if lista in ("sedes", "personas", "politicas") else "text[]"
    todos = f"(%({lista})s::{tipo})"
    return f"{todos}[1 + ({cual}) %% cardinality({todos})]"


def _vence(caso: str) -> str:
    """From a month ago to two months on."""
    minutos = f"({_azar(f'{caso} + 5', 129_600)} - 43200)"
    return f"(%(ahora)s::timestamptz + interval '1 minute' * {minutos})"


DIA = f"%(ahora)s::timestamptz + interval '1 minute' * ({_azar('g', 900_000)} - 850000)"


class Mesa:
    """A company with its projects and staff, and as many cases as one asks for."""

    def __init__(self, proyecto, abiertas: int):
        self.empresa, self.abiertas, self.casos = proyecto.empresa, abiertas, 0
        self.ticket = datos.ticket(*datos.propietario(proyecto, 990_000), 1)
        self.visita = Visita.objects.create(
            expediente=self.ticket, tipo=Visita.Tipo.INSPECCION, estado="COORDINADA",
            persona=proyecto.supervisor, inicia_en=AHORA, termina_en=AHORA + timedelta(hours=1),
        )  # fmt: skip
        # The first two are the demonstration's own.
        sedes = [proyecto] + [self._proyecto(proyecto, n) for n in range(1, PROYECTOS)]
        personas = [Usuario.objects.get(username=u) for u in ("supervisor", "jefe")]
        personas += [self._persona(n) for n in range(2, PERSONAS)]
        politicas = PoliticaPlazo.objects.filter(empresa=self.empresa, es_vigente=True)
        por_codigo = {p.codigo: p.pk for p in politicas}
        self.listas = {
            "sedes": [s.pk for s in sedes],
            "personas": [p.pk for p in personas],
            "relojes": list(RELOJES),
            "politicas": [por_codigo[codigo] for codigo in RELOJES],
            "nombres": NOMBRES.split(),
            "apellidos": APELLIDOS.split(),
            "estados": list(ABIERTOS),
            "ahora": AHORA,
        }

    def _proyecto(self, como, n: int) -> Proyecto:
        return Proyecto.objects.create(
            empresa=self.empresa, codigo=f"medida-{n}", nombre=f"Condominio Medida {n}",
            supervisor=como.supervisor, jefe=como.jefe,
        )  # fmt: skip

    def _persona(self, n: int) -> Usuario:
        persona = Usuario.objects.create_user(f"medida{n}", is_staff=True, first_name=f"Medida {n}")
        Membresia.objects.create(usuario=persona, empresa=self.empresa, rol=Rol.SUPERVISOR)
        return persona

    def llenar(self, casos: int) -> None:
        """As many cases as that, with everything that hangs from each; none is taken away."""
        desde, hasta = self.casos, casos - 1
        unidad = self.ticket.unidad
        filas = [
            (Cliente, self.ticket.cliente_id, POR_HOGAR, self._cliente()),
            (Unidad, unidad.pk, POR_HOGAR, {
                "nombre": "'Torre ' || chr(65 + g %% 4) || ', depto. ' || g",
                "proyecto_id": _de("sedes", "g"),
            }),
            (Propiedad, unidad.propiedades.get().pk, POR_HOGAR, {
                "unidad_id": "@ + g", "cliente_id": "@ + g"}),
            (Expediente, self.ticket.pk, 1, self._expediente()),
            (Ticket, self.ticket.pk, 1, {"expediente_ptr_id": "@ + g", "estado": self._estado(),
                                         "unidad_id": f"@ + g / {POR_HOGAR}"}),
            (Observacion, self.ticket.observaciones.get().pk, 1, {"ticket_id": "@ + g"}),
            (Visita, self.visita.pk, 4, {
                "expediente_id": "@ + g * 4", "persona_id": _de("personas", "g"),
                "inicia_en": DIA, "termina_en": f"{DIA} + interval '1 hour'"}),
            (Aviso, Aviso.objects.filter(expediente=self.ticket).first().pk, 1, {
                "expediente_id": "@ + g", "clave": "'medida:' || g", "estado": "'ENVIADO'"}),
        ]  # fmt: skip
        with connection.cursor() as cursor:
            cursor.execute("SET statement_timeout = 0")  # years of work are no request
            for modelo, como, cada, otros in filas:
                self._copiar(cursor, modelo, como, otros, desde // cada, hasta // cada)
            plazo = Plazo.objects.get(expediente=self.ticket, codigo="contacto").pk
            n = len(RELOJES)
            self._copiar(cursor, Plazo, plazo, self._plazo(), desde * n, hasta * n + n - 1)
            cursor.execute("VACUUM ANALYZE")
            cursor.execute("RESET statement_timeout")
        self.casos = casos

    def _copiar(self, cursor, modelo, como, otros, desde, hasta) -> None:
        """Rows like that one, numbered; those that are there already stay as they are."""
        opts = modelo._meta
        otros = {opts.pk.column: "@ + g", **otros}
        columnas = [f.column for f in opts.local_concrete_fields]
        valores = [otros.get(c, f"p.{c}").replace("@", str(BASE)) for c in columnas]
        cursor.execute(
            f"INSERT INTO {opts.db_table} ({', '.join(columnas)}) SELECT {', '.join(valores)} "  # noqa: S608
            f"FROM {opts.db_table} p, generate_series({desde}::int, {hasta}::int) g "
            f"WHERE p.{opts.pk.column} = {como} ON CONFLICT DO NOTHING",
            self.listas,
        )

    # --- what each number holds, as SQL over `g`

    def _cliente(self) -> dict:
        apellidos = " || ' ' || ".join(_de("apellidos", _azar(f"g + {n}", 36)) for n in (1, 2))
        return {
            "numero": "(7000000 + g) || '-K'",
            "nombre": f"{_de('nombres', _azar('g', 16))} || ' ' || {apellidos}",
            "telefono": "'+56 9 ' || lpad((g / 10000 + 5000)::text, 4, '0') || ' ' "
            "|| lpad((g %% 10000)::text, 4, '0')",
            "correo": "'p' || g || '@correo.example'",
        }

    def _abierto(self, g: str = "g") -> str:
        return f"({_azar(g, 100)} < {self.abiertas})"

    def _estado(self) -> str:
        estado = _de("estados", _azar("g + 7", len(ABIERTOS)))
        return f"CASE WHEN {self._abierto()} THEN {estado} ELSE 'CERRADO_CONFORME' END"

    def _expediente(self) -> dict:
        return {
            "publico": "'medida-' || g",
            "nonce": "gen_random_uuid()",
            "folio": "'ICA-' || (2010 + g / 50000) || '-' || (10000 + g %% 50000)",
            "sede_id": _de("sedes", f"(g / {POR_HOGAR})"),
            "cliente_id": f"@ + g / {POR_HOGAR}",
            "responsable_id": _de("personas", _azar("g + 3", PERSONAS)),
            "etapa": self._estado(),
            "situacion": f"CASE WHEN {self._abierto()} THEN 'ABIERTO' ELSE 'CERRADO' END",
            "creado_en": "%(ahora)s::timestamptz - interval '5 minutes' * (260000 - g)",
            "proximo_vence_en": f"CASE WHEN {self._abierto()} THEN {_vence('g')} END",
            "cerrado_en": f"CASE WHEN NOT {self._abierto()} THEN %(ahora)s::timestamptz END",
        }

    def _plazo(self) -> dict:
        """Four of each case, a day apart; the first is the case's next one."""
        caso, n = f"(g / {len(RELOJES)})", f"(g %% {len(RELOJES)})"
        vence = f"{_vence(caso)} + interval '1 day' * {n}"
        avisar = f"{vence} - interval '1 day'"
        return {
            "expediente_id": f"@ + {caso}",
            "codigo": _de("relojes", n),
            "politica_id": _de("politicas", n),
            "vence_en": vence,
            "avisar_en": avisar,
            "proximo_en": "NULL",
            "inicia_en": f"{vence} - interval '3 days'",
            "detenido_en": f"CASE WHEN NOT {self._abierto(caso)} THEN {vence} END",
            "estado": f"CASE WHEN NOT {self._abierto(caso)} THEN 'CUMPLIDO' "
            f"WHEN {vence} < %(ahora)s::timestamptz THEN 'VENCIDO' "
            f"WHEN {avisar} < %(ahora)s::timestamptz THEN 'ADVERTIDO' ELSE 'CORRIENDO' END",
        }

    def paginas(self) -> dict[str, str]:
        abiertos = Expediente.objects.filter(situacion="ABIERTO", pk__gte=BASE + self.casos // 2)
        caso = abiertos.select_related("cliente").order_by("pk").first()
        ejemplo = {
            "caso": caso.pk,
            "folio": caso.folio,
            "rut": caso.cliente.documento.replace(" ", "+"),
            "telefono": caso.cliente.telefono.replace("+", "%2B").replace(" ", "+"),
            "depto": (caso.pk - BASE) // POR_HOGAR,
            "proyecto": self.listas["sedes"][3],
        }
        return {nombre: url.format(**ejemplo) for nombre, url in PAGINAS.items()}

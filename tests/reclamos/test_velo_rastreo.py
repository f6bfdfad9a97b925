"""Whom a complaint is about walks the whole console and never reads a word of it (0050).

New pages need nothing here: they are found in the resolver and by their links.
"""

from types import SimpleNamespace

import pytest
from django.core.files.base import ContentFile

from postventa.avisos import outbox
from postventa.calendario import hora
from postventa.consola.exportar import dejar_escrito
from postventa.consola.models import CambioDeContacto
from postventa.consola.salas import todas
from postventa.entrada.models import CorreoEntrante, FotoEntrante
from postventa.expedientes.bitacora import anotar_cambio
from postventa.expedientes.models import Adjunto, Expediente, Movimiento
from postventa.personas.models import Cliente, Rol, Usuario
from reclamos.models import Causa, Reclamo
from tests.consola.conftest import entrar
from tests.reclamos.conftest import JUEVES, Caso, persona
from tests.seguridad.rastreo import Rastreo, direcciones, filas_de, leer
from tests.seguridad.test_canario import ofertas

CANARIO = "Kanaria"
# Its words, its folio and its number: those of the complaint that everybody reads are the first.
PROHIBIDO = rf"{CANARIO}|CAP-20261126-02|0002-2026|CAPERA-2026-\d*2\b"
LISTAS = ("reclamos/reclamo", "reclamos/cierre", "reclamos/mejora", "personas/cliente",
          "plazos/plazo", "avisos/aviso", "entrada/correoentrante", "expedientes/expediente",
          "expedientes/movimiento", "expedientes/cambiomaestro")  # fmt: skip
ROLES = ("trabajador", "responsable", "legal", "gerente", "administrador", "raiz")


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "adjuntos"


@pytest.fixture
def doble(capera, plantel):
    """Whom it is about, and somebody of the same role about whom it is not, by role."""
    plantel.legal2 = persona("legaldos", capera, Rol.LEGAL)
    plantel.admin2 = persona("admindos", capera, Rol.ADMINISTRADOR)
    plantel.raiz = persona("raiz", capera, Rol.TRABAJADOR, is_superuser=True)
    plantel.raiz2 = persona("raizdos", capera, is_superuser=True)
    return {
        "trabajador": (plantel.otro, plantel.vendedora),
        "responsable": (plantel.jefa_obra, plantel.vendedora),
        "legal": (plantel.legal2, plantel.legal),
        "gerente": (plantel.gerente, plantel.gerenta),
        "administrador": (plantel.administrador, plantel.admin2),
        "raiz": (plantel.raiz, plantel.raiz2),
    }


@pytest.fixture
def sobre(doble, casos, capera, camino_de_mejora, plantel):
    """Makes the complaint about that person, gone all its way, after one about nobody."""
    hora.fijar(JUEVES)

    def hacer(aludido) -> Reclamo:
        uno = casos().respondida()
        camino_de_mejora(uno).identificar()
        quejosa = Cliente.objects.create(
            empresa=capera, tipo_documento="DNI", numero="41234567", nombre=f"{CANARIO} Ochoa",
            correo="kanaria@correo.example", telefono="+51 969 333 444",
        )  # fmt: skip
        # It is known later whom it is about: what went out before is there to be read.
        caso = Caso(
            uno.sede, quejosa, SimpleNamespace(**vars(plantel) | {"gerente": plantel.gerenta})
        )
        motivo = {"motivo": f"{CANARIO} m", "hechos": f"{CANARIO} h", "involucrados": CANARIO}
        caso.recibir("correo", **motivo).formalizar(**motivo).numerar()
        responsable = plantel.vendedora
        caso.tramitar("admitir", plantel.legal, responsable=responsable, area=CANARIO)
        caso.tramitar("analizar", responsable)
        for deber in ("analizar", "verificar", "escuchar"):
            caso.anotar("cumplir_deber", responsable, deber=deber, nota=CANARIO)
        en_cola(caso, aludido)
        caso.anotar("aludir", plantel.legal, aludidos=[aludido])
        texto = f"{CANARIO}: en cuanto a su ingreso {caso.reclamo.numero_ingreso}, se rectifica."
        caso.tramitar(
            "responder", responsable, respuesta=texto, conclusiones=CANARIO, medio="correo"
        )
        causa = Causa.objects.create(empresa=capera, nombre="Trato")
        camino = camino_de_mejora(caso)
        camino.causa = causa
        camino.identificar(analisis=CANARIO).abrir_plan(plan=CANARIO, encargado=responsable)
        caso.tramitar("conformar", quejosa)
        caso.tramitar("archivar", plantel.legal, **dict.fromkeys(caso.cierre, CANARIO))
        _alrededor(caso, plantel)
        return caso.releer()

    return hacer


def en_cola(caso, para):
    outbox.encolar([outbox.nuevo(
        caso.reclamo.empresa_id, "plazo_vencimiento", "alerta:1", (CANARIO, para.email),
        {"sobre": 1, "folio": caso.reclamo.codigo}, caso.ahora, expediente_id=caso.reclamo.pk,
        grupo="plazo_resumen",
    )])  # fmt: skip


def _alrededor(caso, plantel):
    """What is written about a case elsewhere: files, mails, changes of who complains."""
    Adjunto.objects.create(
        expediente=caso.reclamo, nombre=f"{CANARIO}.jpg", tipo="image/jpeg", bytes=3,
        sha256="0" * 64, archivo=ContentFile(CANARIO.encode(), "x.jpg"), creado_en=JUEVES,
    )  # fmt: skip
    correo = CorreoEntrante.objects.create(
        empresa=caso.reclamo.empresa, clave="k", origen="pegado", asunto=CANARIO, texto=CANARIO,
        recibido_en=JUEVES, expediente=caso.reclamo, cliente=caso.cliente, de=caso.cliente.correo,
    )  # fmt: skip
    CorreoEntrante.objects.create(
        empresa=caso.reclamo.empresa, clave="k2", origen="pegado", asunto=CANARIO, texto=CANARIO,
        recibido_en=JUEVES, cliente=caso.cliente, de=caso.cliente.correo,
    )  # fmt: skip
    FotoEntrante.objects.create(
        correo=correo, nombre=CANARIO, archivo=ContentFile(CANARIO.encode(), "y.jpg"), bytes=3
    )
    CambioDeContacto.objects.create(
        cliente=caso.cliente, correo="otra@kanaria.example", evidencia=f"{CANARIO} llamó",
        pedido_por=plantel.vendedora, pedido_en=JUEVES,
    )  # fmt: skip
    anotar_cambio(caso.reclamo.empresa, caso.cliente, "editar", plantel.legal, JUEVES,
                  {"nombre": [CANARIO, CANARIO]})  # fmt: skip
    # Somebody takes a list after looking for who complains.
    propios = Expediente.objects.filter(pk=caso.reclamo.pk)
    dejar_escrito(propios, plantel.legal, JUEVES, {"archivo": "Reclamos"}, caso.cliente.nombre)


def rutas(reclamo, cuantas=1):
    """Every address of the console with the rows of the company, and those of the complaint."""
    publicos = [a.publico for a in reclamo.adjuntos.all()]
    palabras = [*publicos, "reclamo", "mejora", "aludir", "0"]
    yield from direcciones(filas_de(reclamo.empresa), palabras, cuantas)
    caso = f"/consola/reclamos/reclamo/{reclamo.pk}/change/"
    yield caso
    yield from (f"{caso}?ver={v}" for v in ("reclamo", "cierre", "plazos", "correos", "historial"))
    for publico in publicos:
        yield f"/consola/casos/{reclamo.pk}/adjuntos/{publico}/"
    for lista in LISTAS:
        base = f"/consola/{lista}/"
        # Not the canary: a search box repeats what it is asked.
        for que in ("41234567", "Ochoa", "333 444", f"cliente={reclamo.cliente_id}"):
            yield f"{base}?{que}" if "=" in que else f"{base}?q={que}"
    for que in ("41234567", "Ochoa", "333 444"):
        yield f"/consola/buscar/?q={que}"
    # A whole document or telephone finds whoever is on file (C-01); a name, whom one sees.
    yield "/consola/capera/recepcion/?q=Ochoa"


def salidas(reclamo):
    """Every export that is asked for."""
    for lista in LISTAS:
        for archivo in ("", "registro-de-reclamaciones/", "hojas-para-indecopi/"):
            yield from (f"/consola/{lista}/exportar/{archivo}{como}/" for como in ("csv", "xlsx"))


def recorrer(quien, reclamo, y_lo_que_enlazan=False):
    rastreo = Rastreo(entrar(Usuario.objects.get(pk=quien.pk)), PROHIBIDO)
    rastreo.navegador.raise_request_exception = False
    if y_lo_que_enlazan:
        rastreo.seguir([*rutas(reclamo), *ofertas()])
    for ruta in (*rutas(reclamo), "/consola/", "/consola/espera/"):
        rastreo.abrir(ruta)
    for ruta in salidas(reclamo):
        respuesta = rastreo.navegador.post(ruta)
        rastreo.vistas[f"POST {ruta}"] = respuesta.status_code
        if rastreo.prohibido.search(leer(respuesta)):
            rastreo.halladas[f"POST {ruta}"] = "export"
    return rastreo


@pytest.mark.parametrize("rol", ROLES)
def test_aludido_no_lee_una_palabra_por_ninguna_direccion(doble, sobre, rol):
    aludido, otro = doble[rol]
    reclamo = sobre(aludido)
    rastreo = recorrer(aludido, reclamo, rol == "administrador")
    assert rastreo.halladas == {}
    assert rastreo.rotas == {}
    # Somebody like them does read it.
    caso = f"/consola/reclamos/reclamo/{reclamo.pk}/change/"
    assert rastreo.vistas[caso] == 404
    assert CANARIO in entrar(otro).get(caso).content.decode()


def test_control_el_mismo_recorrido_de_quien_no_es_aludido_si_la_lee(doble, sobre):
    aludido, otro = doble["administrador"]
    control = recorrer(otro, sobre(aludido))
    assert control.rotas == {}
    leidas = {
        ruta.removeprefix("POST ").split("/")[3] for ruta in control.halladas if ruta.count("/") > 3
    }
    assert {"reclamo", "cierre", "cliente", "aviso", "correoentrante", "cambiomaestro"} <= leidas
    assert {"/consola/espera/"} <= set(control.halladas)
    assert any(ruta.startswith("POST ") for ruta in control.halladas)


@pytest.mark.parametrize("rol", ROLES)
def test_aludido_no_mueve_nada_con_ningun_envio(doble, sobre, rol):
    aludido, _ = doble[rol]
    reclamo = sobre(aludido)
    web, antes = entrar(Usuario.objects.get(pk=aludido.pk)), Movimiento.objects.count()
    base = f"/consola/reclamos/reclamo/{reclamo.pk}"
    partes = {"reclamo": reclamo.pk, "mejora": reclamo.mejoras.get().pk}
    [consola] = [c for c in todas() if c.tipo == reclamo.tipo]
    for objeto, verbo in consola.formularios:
        respuesta = web.post(f"{base}/{objeto}/{partes[objeto]}/{verbo}/", {"visto": "x"})
        assert respuesta.status_code == 404, (objeto, verbo)
    assert Movimiento.objects.count() == antes

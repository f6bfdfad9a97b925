"""From an empty database, by posts to the console alone, to a ticket on its way."""

from uuid import uuid4

import pytest

from postventa.calendario import hora
from postventa.calendario.models import Calendario, Jornada
from postventa.empresas.models import Empresa
from postventa.expedientes.bitacora import hash_cambio
from postventa.expedientes.models import CambioMaestro
from postventa.personas.models import Cliente, Membresia, Usuario
from postventa.plazos.models import PoliticaPlazo
from postventa.tramitacion.siembra import leer
from tests.conftest import LUNES, local
from tests.consola.conftest import entrar
from tests.icalma.consola import Consola
from tickets.icalma.ingreso import ingresar
from tickets.icalma.models import Observacion
from tickets.inmuebles.models import Item, Lugar, Propiedad, Proyecto, Recinto, Unidad

CLAVE = "una-clave-bien-larga-7"
POLITICAS = sum(fila["empresa"] == "icalma" for fila in leer("politicas.json"))


def filas(prefijo, *nuevas):
    """Management form and rows of an inline, as the browser sends them."""
    datos = {f"{prefijo}-TOTAL_FORMS": len(nuevas), f"{prefijo}-INITIAL_FORMS": 0}
    for n, fila in enumerate(nuevas):
        datos |= {f"{prefijo}-{n}-{campo}": valor for campo, valor in fila.items()}
    return datos


@pytest.fixture
def crear(raiz):
    web = entrar(raiz)

    def post(ruta, **datos):
        respuesta = web.post(f"/consola/{ruta}/add/", datos)
        assert respuesta.status_code == 302, (ruta, errores(respuesta))

    return post


def errores(respuesta):
    contexto = respuesta.context
    return contexto["errors"] if contexto and "errors" in contexto else respuesta.content[:500]


def crear_empresa(crear):
    crear(
        "calendario/calendario",
        codigo="cl",
        nombre="Chile",
        pais="CL",
        **filas(
            "feriados",
            {"fecha": "2026-12-08", "nombre": "Inmaculada", "fuente": "Ley 2.977",
             "es_vigente": "on"},
        ),
    )  # fmt: skip
    crear(
        "calendario/jornada",
        codigo="icalma",
        nombre="Icalma",
        **filas(
            "tramos",
            *({"dia": dia, "desde": "08:00", "hasta": "18:00"} for dia in range(5)),
        ),
    )
    crear(
        "empresas/empresa",
        codigo="icalma",
        nombre="Icalma",
        pais="CL",
        trato="tu",
        zona="America/Santiago",
        calendario=Calendario.objects.get().pk,
        jornada=Jornada.objects.get().pk,
        prefijo_folio="ICA",
        color="#0d5c63",
        remitente="postventa@icalma.example",
        exige_codigo="on",
        es_activa="on",
    )
    empresa = Empresa.objects.get()
    for fila in leer("politicas.json"):
        if fila.pop("empresa") == "icalma":
            crear("plazos/politicaplazo", empresa=empresa.pk, **fila)
    return empresa


def crear_personal(crear, empresa):
    for usuario, nombre, apellido, rol in (
        ("rsepulveda", "Rodrigo", "Sepúlveda", "supervisor"),
        ("mvaldes", "Marcela", "Valdés", "jefe"),
    ):
        crear(
            "personas/usuario",
            username=usuario,
            first_name=nombre,
            last_name=apellido,
            email=f"{usuario}@icalma.example",
            password1=CLAVE,
            password2=CLAVE,
            **filas("membresias", {"empresa": empresa.pk, "rol": rol}),
        )
    return Usuario.objects.get(username="rsepulveda"), Usuario.objects.get(username="mvaldes")


def crear_viviendas(crear, empresa, supervisor, jefe):
    crear(
        "inmuebles/proyecto",
        empresa=empresa.pk,
        codigo="arrayanes",
        nombre="Condominio Los Arrayanes",
        supervisor=supervisor.pk,
        jefe=jefe.pk,
        tiene_conserjeria="on",
        es_activa="on",
        **filas("unidades", {"nombre": "Torre A, depto. 101"}),
    )
    proyecto = Proyecto.objects.get()
    crear(
        "personas/cliente",
        empresa=empresa.pk,
        tipo_documento="RUT",
        numero="16.482.937-5",
        nombre="Camila Rojas Fuentealba",
        correo="camila@correo.example",
        telefono="+56 9 1111 2222",
        **filas("propiedades", {"unidad": Unidad.objects.get().pk, "desde": "2024-06-09"}),
    )
    crear(
        "inmuebles/unidad",
        proyecto=proyecto.pk,
        nombre="Torre B, depto. 704",
        recepcion_definitiva_el="2023-03-14",
        inscripcion_el="2024-06-09",
        entrega_el="2024-06-20",
        **filas("propiedades", {"cliente": Cliente.objects.get().pk, "desde": "2024-06-09"}),
    )


def crear_catalogo(crear, empresa):
    crear(
        "inmuebles/recinto",
        empresa=empresa.pk,
        nombre="Living comedor",
        orden=1,
        es_activo="on",
        **filas("lugares", {"nombre": "Muro norte", "orden": 1}),
    )
    crear(
        "inmuebles/lugar",
        recinto=Recinto.objects.get().pk,
        nombre="Ventanal",
        orden=2,
        **filas(
            "items",
            {"nombre": "Corredera", "clase": "constructivo", "orden": 1},
            {"nombre": "Sello", "clase": "terminacion", "orden": 2},
        ),
    )


def test_de_una_base_vacia_a_un_ticket_por_firmar(crear):
    hora.fijar(LUNES)
    empresa = crear_empresa(crear)
    supervisor, jefe = crear_personal(crear, empresa)
    crear_viviendas(crear, empresa, supervisor, jefe)
    crear_catalogo(crear, empresa)

    assert [o.objects.count() for o in (Unidad, Propiedad, Recinto, Lugar, Item)] == [2, 2, 1, 2, 2]
    assert PoliticaPlazo.objects.filter(es_vigente=True, version=1).count() == POLITICAS
    assert (supervisor.is_staff, supervisor.check_password(CLAVE)) == (True, True)
    cliente = Cliente.objects.get()
    assert cliente.numero == "16482937-5"

    items = Item.objects.select_related("lugar__recinto")
    observaciones = [
        Observacion(recinto=i.lugar.recinto.nombre, lugar=i.lugar.nombre, item=i.nombre,
                    clase=i.clase)
        for i in items
    ]  # fmt: skip
    unidad = Unidad.objects.get(nombre="Torre B, depto. 704")
    ticket = ingresar(unidad, cliente, observaciones, nonce=uuid4(), ahora=LUNES)
    assert ticket.plazos.get().vence_en == local("2026-11-25 10:15")

    consola = Consola(supervisor, ticket).contactar().coordinar().inspeccionar()
    consola.coordinar_trabajo().trabajar()
    assert consola.ticket.estado == "POR_FIRMAR"
    assert consola.ticket.folio == "ICA-2026-0001"


def test_cada_alta_queda_en_la_cadena_de_su_empresa(crear, raiz):
    hora.fijar(LUNES)
    empresa = crear_empresa(crear)
    crear_personal(crear, empresa)

    comunes = CambioMaestro.objects.filter(empresa=None).order_by("numero")
    assert list(comunes.values_list("modelo", flat=True)) == [
        "calendario.feriado",
        "calendario.calendario",
        *["calendario.tramo"] * 5,
        "calendario.jornada",
    ]
    propios = list(CambioMaestro.objects.filter(empresa=empresa).order_by("numero"))
    assert [c.modelo for c in propios] == [
        "empresas.empresa",
        *["plazos.politicaplazo"] * POLITICAS,
        *["personas.membresia", "personas.usuario"] * 2,
    ]
    assert [c.numero for c in propios] == list(range(1, len(propios) + 1))
    assert {c.por for c in propios} == {raiz}
    assert all(c.hash == hash_cambio(c) for c in propios)
    assert all(CLAVE not in str(c.detalle) and "password" not in c.detalle for c in propios)


def test_portada_sobre_una_base_vacia_guia_y_no_falla(raiz):
    pagina = entrar(raiz).get("/consola/")
    assert pagina.status_code == 200
    assert "Los plazos no se están revisando" in pagina.content.decode()
    for ruta in ("calendario/calendario", "empresas/empresa", "icalma/ticket", "plazos/plazo"):
        assert 'class="caja vacio"' in entrar(raiz).get(f"/consola/{ruta}/").content.decode()


def test_membresia_de_una_sede_ajena_no_se_crea(crear, raiz, otra, icalma):
    respuesta = entrar(raiz).post(
        "/consola/personas/usuario/add/",
        {
            "username": "mixta",
            "password1": CLAVE,
            "password2": CLAVE,
            **filas(
                "membresias",
                {"empresa": icalma.pk, "sede": otra.proyecto.pk, "rol": "supervisor"},
            ),
        },
    )
    assert respuesta.status_code == 200
    assert Membresia.objects.filter(sede=otra.proyecto).count() == 0
    assert Usuario.objects.filter(username="mixta").count() == 0

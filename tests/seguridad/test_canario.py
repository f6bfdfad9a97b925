"""Company A walks the whole console and never reads a word of company B (TM-10, TM-11).

New pages need nothing here: they are found in the resolver and by their links.
"""

import re
from datetime import date, timedelta

import pytest
from django.apps import apps
from django.contrib import admin
from django.contrib.contenttypes.models import ContentType
from django.core.files.base import ContentFile
from django.db.models import ForeignKey
from django.forms import ModelChoiceField
from django.urls import reverse
from django.utils import timezone

from comteco.procedimientos.models import Requisito, Tarifa, Tramite
from postventa.accesos.models import AlertaAcceso, Motivo
from postventa.consola import alcances
from postventa.consola.models import CambioDeContacto
from postventa.consola.salas import todas
from postventa.entrada.models import CorreoEntrante
from postventa.expedientes.bitacora import anotar_cambio
from postventa.expedientes.models import Adjunto
from postventa.personas.models import ROLES_DE_PERSONAL, Membresia, Rol, Usuario
from postventa.tableros.models import Resumen
from reclamos.models import Causa, Cierre, Mejora, Reclamo
from tests.comteco.recepcion.canario import filas_de_la_sala
from tests.conftest import LUNES, local
from tests.consola.conftest import CANARIO, entrar, otra, personal, raiz
from tests.consola.test_alcance import vacio
from tests.seguridad.rastreo import Rastreo, direcciones, filas_de, leer, patrones
from tickets.ingevec.models import Inspector, Pauta, Requerimiento, Solicitud, Turno
from tickets.inmuebles.models import CargaPadron, FilaPadron, Proyecto
from tickets.inmuebles.padron.carga import contar

__all__ = ["otra", "raiz"]

# The name in any case, the prefix of B's folios and B's mail.
DESDE = date(2024, 6, 9)
PROHIBIDO = rf"{CANARIO}|KAN-\d"
FICHAS = list(admin.site._registry.values())
# Words that only B's rows hold and that are not the canary: a search box repeats what it is asked.
BUSCADAS = ("dueña", "11111111", "101")


@pytest.fixture
def ajena(otra, media, es_lunes):
    """Company B with a case that went all its way, and a row of everything that can be told."""
    otra.unidad.recepcion_definitiva_el, otra.unidad.inscripcion_el = DESDE, DESDE
    otra.unidad.save()
    otra.camino.ticket.unidad.refresh_from_db()
    camino = otra.camino.contactar().coordinar_inspeccion("2026-11-25 10:00").inspeccionar(())
    camino.coordinar_trabajo("2026-11-27 09:30").iniciar_trabajo().ejecutar().terminar()
    Adjunto.objects.create(
        expediente=otra.ticket, nombre=f"{CANARIO}.jpg", tipo="image/jpeg", bytes=3,
        sha256="0" * 64, archivo=ContentFile(b"x", f"{CANARIO}.jpg"), creado_en=LUNES,
    )  # fmt: skip
    CambioDeContacto.objects.create(
        cliente=otra.cliente, correo="otro@kanario.example", evidencia=f"{CANARIO} llamó",
        pedido_por=otra.supervisora, pedido_en=LUNES,
    )  # fmt: skip
    AlertaAcceso.objects.create(
        empresa=otra.empresa, motivo=Motivo.CUENTA, usuario=otra.supervisora, clave="k",
        creado_en=timezone.now(),
    )  # fmt: skip
    carga = CargaPadron.objects.create(
        empresa=otra.empresa, archivo=f"{CANARIO}.xlsx", subida_por=otra.supervisora,
        subida_en=LUNES,
    )  # fmt: skip
    FilaPadron.objects.create(carga=carga, numero=2, celdas={"nombre": CANARIO}, resultado="crear")
    contar(carga)
    CorreoEntrante.objects.create(
        empresa=otra.empresa, clave="k", origen="pegado", asunto=CANARIO, texto=CANARIO,
        recibido_en=LUNES,
    )  # fmt: skip
    _de_ingevec(otra)
    _de_capera(otra)
    filas_de_la_sala(otra, CANARIO)
    _de_comteco(otra)
    _de_tableros(otra)
    anotar_cambio(otra.empresa, otra.cliente, "editar", otra.supervisora, LUNES,
                  {"nombre": [CANARIO, CANARIO]})  # fmt: skip
    return otra


def _de_tableros(otra):
    """Figures of a week of B, as its board keeps them."""
    Resumen.objects.create(
        empresa=otra.empresa, semana=LUNES.date(), corte="x", medida=f"plazo:{CANARIO}",
        sede=otra.unidad.proyecto, persona=otra.supervisora, n=1, si=1,
    )  # fmt: skip


def _de_ingevec(otra):
    """The rows of the other real-estate room, as if B kept its requests there."""
    jornada = otra.empresa.jornada
    pauta = Pauta.objects.create(
        proyecto=otra.unidad.proyecto, dia=2, jornada_inspeccion=jornada, jornada_trabajo=jornada
    )
    Inspector.objects.create(pauta=pauta, usuario=otra.supervisora)
    Turno.objects.create(
        empresa=otra.empresa, persona=otra.supervisora, desde_en=LUNES,
        hasta_en=LUNES + timedelta(days=1),
    )  # fmt: skip
    solicitud = Solicitud.objects.create(
        tipo="ingevec", folio=f"{CANARIO[:3].upper()}-2026-0009", empresa=otra.empresa,
        sede=otra.unidad.proyecto, cliente=otra.cliente, unidad=otra.unidad, canal="fijo",
        estado="INGRESADA", etapa="INGRESADA", situacion="ABIERTO", clase="REQUERIMIENTO",
        llamante=CANARIO, telefonos="1", creado_en=LUNES, llamada_en=LUNES,
    )  # fmt: skip
    Requerimiento.objects.create(solicitud=solicitud, numero=1, descripcion=CANARIO)


def _de_capera(otra):
    """A complaint and what was learned of it, as if B kept its own there."""
    reclamo = Reclamo.objects.create(
        tipo="capera", folio=f"{CANARIO[:3].upper()}-20261123-09", empresa=otra.empresa,
        sede=otra.unidad.proyecto, cliente=otra.cliente, canal="carta", clase="QUEJA",
        estado="RECIBIDA", etapa="RECIBIDA", situacion="ABIERTO", motivo=CANARIO, hechos=CANARIO,
        creado_en=LUNES, recibida_en=LUNES, recibida_por=otra.supervisora,
    )  # fmt: skip
    causa = Causa.objects.create(empresa=otra.empresa, nombre=CANARIO)
    Mejora.objects.create(
        reclamo=reclamo, causa=causa, analisis=CANARIO, estado="CAUSA_RAIZ_IDENTIFICADA"
    )
    Cierre.objects.create(reclamo=reclamo, desde="CONFORME", lecciones=CANARIO, en=LUNES)


def _de_comteco(otra):
    """A trámite, and what its annexes ask and cost, as if B kept its own there."""
    Tramite.objects.create(
        tipo="comteco_tramite", folio=f"{CANARIO[:3].upper()}-2026-0019", empresa=otra.empresa,
        sede=otra.unidad.proyecto, cliente=otra.cliente, canal="plataforma", estado="A3",
        etapa="A3", situacion="ABIERTO", procedimiento="A", producto="1", servicio="internet",
        persona="natural", pedido=CANARIO, creado_en=LUNES,
    )  # fmt: skip
    Requisito.objects.create(empresa=otra.empresa, procedimiento="A", texto=CANARIO, desde_el=DESDE)
    Tarifa.objects.create(
        empresa=otra.empresa, concepto="traslado", monto=1, desde_el=DESDE, fuente=CANARIO
    )


@pytest.fixture
def propia(icalma, camino, catalogo, ajena):
    """Somebody with every role of company A, which has cases of its own."""
    camino.hasta_por_firmar()
    return personal("todopuede", icalma, *(rol for rol, _ in ROLES_DE_PERSONAL))


def palabras(empresa):
    """Text that a route may take: acts, parts, kinds and public names of that company."""
    adjuntos = Adjunto.objects.filter(expediente__empresa=empresa).values_list("publico", flat=True)
    verbos = {v for c in todas() for _, v in c.formularios}
    return [*adjuntos, "ticket", "visita", "observacion", "acta_inspeccion", "comprobante",
            *sorted(verbos)[:3], "0"]  # fmt: skip


def rutas(empresa, cuantas=2):
    return list(direcciones(filas_de(empresa), palabras(empresa), cuantas))


def preguntas(filas):
    """Lists with everything that a list may be asked about B's rows."""
    for ficha in FICHAS:
        opts = ficha.model._meta
        base = reverse(f"admin:{opts.app_label}_{opts.model_name}_changelist")
        yield from (f"{base}?q={palabra}" for palabra in BUSCADAS)
        yield from (f"{base}?{clave}" for clave in ("all=", "o=1.2", "_popup=1", "_to_field=id"))
        for campo in opts.fields:
            if isinstance(campo, ForeignKey):
                for fila in filas.get(campo.related_model, [])[:1]:
                    yield from (
                        f"{base}?{campo.name}{como}={fila.pk}" for como in ("", "__id__exact")
                    )


def ofertas():
    """The autocompletion of each foreign key of each model, whether a page uses it or not."""
    url = reverse("admin:autocomplete")
    for modelo in apps.get_models():
        for campo in modelo._meta.fields:
            if isinstance(campo, ForeignKey):
                donde = f"app_label={modelo._meta.app_label}&model_name={modelo._meta.model_name}"
                for termino in ("", BUSCADAS[0]):
                    yield f"{url}?{donde}&field_name={campo.name}&term={termino}"


def test_nadie_de_a_lee_una_palabra_de_b_por_ninguna_direccion(propia, ajena, icalma):
    filas = filas_de(ajena.empresa)
    rastreo = Rastreo(entrar(propia), PROHIBIDO)
    rastreo.seguir([*rutas(ajena.empresa), *rutas(icalma, 1), *preguntas(filas), *ofertas()])
    assert rastreo.halladas == {}
    assert rastreo.rotas == {}
    # It did walk: its own pages open, and every route of the resolver was tried.
    abiertas = [r for r, status in rastreo.vistas.items() if status == 200]
    assert len(abiertas) > 100
    assert len(rastreo.vistas) > 400


def test_control_el_mismo_recorrido_de_quien_ve_todo_si_la_lee(raiz, propia, ajena, icalma):
    rastreo = Rastreo(entrar(raiz), PROHIBIDO)
    for ruta in (*rutas(ajena.empresa), *ofertas()):
        rastreo.abrir(ruta)
    de_fichas = {r.split("/")[3] for r in rastreo.halladas if r.count("/") > 4}
    registradas = {f.model._meta.model_name for f in FICHAS if f.model in filas_de(ajena.empresa)}
    # An improvement and a row of the closed register are shown on their case's page.
    assert registradas <= de_fichas | {"icalma", "mejora", "cierre"}
    assert any("autocomplete" in r for r in rastreo.halladas)


def test_toda_ruta_de_la_consola_se_rastrea(ajena, icalma):
    """A route whose parameters nobody could fill would go unwatched."""
    probadas = [r.strip("/") for r in rutas(ajena.empresa)]
    for ruta, patron in patrones():
        forma = "^" + "[^/]+".join(re.split(r"<[^>]+>", ruta.strip("/"))) + "$"
        assert any(re.match(forma, p) for p in probadas), (ruta, patron.name)


def test_todo_modelo_con_duenio_tiene_una_fila_de_b_que_delate(ajena):
    """Who declares a new model plants a row of it in `ajena`: the walk proves nothing else."""
    sin_filas = {m._meta.label for m, filas in filas_de(ajena.empresa).items() if not filas}
    # Of a revision of a shared calendar, whose lines are the clocks of each company.
    assert sin_filas == {"tramitacion.PlazoRecalculado"}


def foto_de(empresa):
    """B, row by row."""
    return {
        modelo._meta.label: list(
            modelo.objects.filter(pk__in=[f.pk for f in filas]).order_by("pk").values()
        )
        for modelo, filas in filas_de(empresa).items()
    }


def test_ningun_envio_a_una_direccion_de_b_cambia_nada(propia, ajena, icalma):
    antes, navegador = foto_de(ajena.empresa), entrar(propia)
    datos = {"post": "yes", "accion": "factor", "codigo": "000000", "visto": "1", "exito": "si",
             "medio": "telefono", "username": "tomada", "nombre": "tomado"}  # fmt: skip
    dichas = {}
    for ruta in rutas(ajena.empresa):
        if "<" in ruta or "logout" in ruta or "sesiones" in ruta:
            continue
        respuesta = navegador.post(ruta, datos)
        assert respuesta.status_code < 500, ruta
        if Rastreo(navegador, PROHIBIDO).prohibido.search(leer(respuesta)):
            dichas[ruta] = respuesta.status_code
    assert dichas == {}
    assert foto_de(ajena.empresa) == antes


# --- B's rows inside A's own forms


def ajeno_para(campo, filas):
    """A row of B that this choice must not take, or None."""
    return next(iter(filas.get(campo.queryset.model, [])), None)


def formularios(navegador, ficha, propias):
    """(address, form, formsets) of the add page and of the page of a row of one's own."""
    opts = ficha.model._meta
    base = f"/consola/{opts.app_label}/{opts.model_name}/"
    for url in (f"{base}add/", *(f"{base}{fila.pk}/change/" for fila in propias[:1])):
        respuesta = navegador.get(url)
        contexto = respuesta.context if respuesta.status_code == 200 else None
        if contexto and "adminform" in contexto:
            inlines = contexto["inline_admin_formsets"]
            yield url, contexto["adminform"].form, [i.formset for i in inlines]


def test_clave_foranea_de_b_en_cada_formulario_de_a_es_un_error(propia, ajena, icalma):
    navegador, antes = entrar(propia), foto_de(ajena.empresa)
    suyas, nuestras, probadas = filas_de(ajena.empresa), filas_de(icalma), []
    for ficha in FICHAS:
        for url, form, formsets in formularios(navegador, ficha, nuestras.get(ficha.model, [])):
            vacios = {k: v for f in formsets for k, v in vacio(f.prefix).items()}
            for nombre, campo in form.fields.items():
                if isinstance(campo, ModelChoiceField) and (fila := ajeno_para(campo, suyas)):
                    respuesta = navegador.post(url, {**vacios, nombre: fila.pk})
                    errores = respuesta.context["adminform"].form.errors
                    assert nombre in errores, (url, nombre)
                    probadas.append((url, nombre))
            for formset in formsets:
                for nombre, campo in formset.empty_form.fields.items():
                    # The row's own key is told by the count of rows, not by the choice.
                    if (
                        nombre != "id"
                        and isinstance(campo, ModelChoiceField)
                        and (fila := ajeno_para(campo, suyas))
                    ):
                        una = {**vacios, **vacio(formset.prefix, 1),
                               f"{formset.prefix}-0-{nombre}": fila.pk}  # fmt: skip
                        respuesta = navegador.post(url, una)
                        hechos = respuesta.context["inline_admin_formsets"]
                        mio = next(h.formset for h in hechos if h.formset.prefix == formset.prefix)
                        assert nombre in mio.errors[0], (url, formset.prefix, nombre)
                        probadas.append((url, f"{formset.prefix}.{nombre}"))
    assert len(probadas) > 20
    assert foto_de(ajena.empresa) == antes


def test_filas_de_b_en_los_formularios_de_cada_verbo_son_un_error(propia, ajena, icalma, camino):
    """Every form with which staff fire a verb: a choice of rows never takes one of B."""
    suyas, probadas = filas_de(ajena.empresa), []
    suyas |= {type(o): [o] for o in ajena.ticket.observaciones.all()}
    ticket = camino.ticket
    partes = {"ticket": ticket, "visita": camino.visita, "observacion": camino.obs[0]}
    # Each room's forms take its own cases: those of the others have their own tests.
    for consola in (c for c in todas() if c.tipo == ticket.tipo):
        for (objeto, verbo), clase in consola.formularios.items():
            contexto = {"caso": ticket, "objeto": partes[objeto], "usuario": propia,
                        "ahora": local("2026-11-27 12:00")}  # fmt: skip
            for nombre, campo in clase(None, **contexto).fields.items():
                if hasattr(campo, "queryset") and (fila := ajeno_para(campo, suyas)):
                    form = clase({nombre: [fila.pk]}, **contexto)
                    assert nombre in form.errors, (verbo, nombre)
                    probadas.append((verbo, nombre))
    assert probadas


def test_parte_de_b_bajo_un_caso_de_a_es_404(propia, ajena, camino):
    navegador, antes = entrar(propia), foto_de(ajena.empresa)
    for objeto, parte in (
        ("observacion", ajena.ticket.observaciones.first()),
        ("visita", ajena.ticket.ultima_visita()),
        ("ticket", ajena.ticket),
    ):
        for verbo in ("aprobar", "realizar", "anular"):
            url = f"/consola/icalma/ticket/{camino.ticket.pk}/{objeto}/{parte.pk}/{verbo}/"
            # The case itself is told by the address of its page: the number after it is not read.
            esperado = (404,) if objeto != "ticket" else (403, 404, 409, 422)
            assert (
                navegador.post(url, {"visto": camino.ticket.cadena_largo}).status_code in esperado
            )
    assert foto_de(ajena.empresa) == antes


# --- guessing by questions (TM-11)


@pytest.mark.parametrize("ficha", FICHAS, ids=lambda f: f.model._meta.label_lower)
def test_pregunta_que_la_lista_no_ofrece_es_400(icalma, ficha):
    """Each field and each relation of the model, and one step further."""
    todo = personal("todopuede", icalma, *(rol for rol, _ in ROLES_DE_PERSONAL))
    navegador, opts = entrar(todo), ficha.model._meta
    base = reverse(f"admin:{opts.app_label}_{opts.model_name}_changelist")
    ofrecidos = {c[0] if isinstance(c, tuple) else c for c in ficha.list_filter}
    # A room's own data are not shown to who works elsewhere: nothing is asked of them at all.
    negada = 403 if navegador.get(base).status_code == 403 else 400
    for campo in opts.get_fields():
        if campo.name in ofrecidos:
            continue
        pasos = [f"{campo.name}__startswith", f"{campo.name}__gt"]
        if campo.is_relation and campo.related_model:
            pasos += [
                f"{campo.name}__{f.name}__startswith" for f in campo.related_model._meta.fields
            ]
        for pregunta in pasos:
            assert navegador.get(base, {pregunta: "1"}).status_code == negada, pregunta


# --- inside one company: who works in one place


def test_quien_trabaja_en_una_sede_no_lee_los_casos_de_otra(icalma, camino, catalogo, ajena):
    ticket = camino.hasta_por_firmar().ticket
    aqui = Proyecto.objects.create(empresa=icalma, codigo="otro", nombre="Edificio Propio")
    persona = Usuario.objects.create_user("limitado", is_staff=True)
    for rol, _ in ROLES_DE_PERSONAL:
        if rol != Rol.ADMINISTRADOR:
            Membresia.objects.create(usuario=persona, empresa=icalma, sede=aqui, rol=rol)
    rastreo = Rastreo(entrar(persona), f"{ticket.folio}|{PROHIBIDO}")
    for ruta in rutas(icalma):
        rastreo.abrir(ruta)
    assert rastreo.halladas == {}
    assert rastreo.rotas == {}


def test_todo_modelo_registrado_dice_de_quien_es():
    declarados = set(alcances._ALCANCES)
    assert {f.model for f in FICHAS} <= declarados
    assert ContentType not in declarados

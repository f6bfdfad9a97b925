"""The dry run: what the file would change is kept, row by row, and nothing else is written."""

from collections import Counter
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Count, Q, QuerySet

from postventa.empresas.models import Empresa
from postventa.expedientes.subidas import limpiar_nombre
from postventa.personas.actores import membresias_de
from postventa.personas.models import Rol, Usuario
from tickets.inmuebles.models import CargaPadron, FilaPadron, Proyecto, ResultadoFila
from tickets.inmuebles.padron.estado import LOTE, Estado
from tickets.inmuebles.padron.filas import interpretar, plegar
from tickets.inmuebles.padron.plan import Resultado, planear
from tickets.inmuebles.padron.tabla import leer

# Rows hold names, documents and contacts: they go this long after the upload.
SE_GUARDAN = timedelta(days=7)


def proyectos_de(usuario: Usuario | None, empresa: Empresa) -> QuerySet[Proyecto]:
    """Projects whose padrón this person loads; None is whoever runs a command on the machine."""
    propios = Proyecto.objects.filter(empresa=empresa)
    if usuario is None or usuario.is_superuser:
        return propios
    suyas = [
        m
        for m in membresias_de(usuario)
        if m.empresa_id == empresa.pk and m.rol == Rol.ADMINISTRADOR
    ]
    if any(m.sede_id is None for m in suyas):
        return propios
    return propios.filter(pk__in=[m.sede_id for m in suyas])


def revisar(
    empresa: Empresa, por: Usuario | None, nombre: str, contenido: bytes, ahora: datetime
) -> CargaPadron:
    """Read a file and keep what it would change. Rechazo if the file as a whole does not do."""
    tabla = leer(nombre, contenido)
    proyectos = list(proyectos_de(por, empresa))
    por_nombre = {plegar(n): p.pk for p in proyectos for n in (p.nombre, p.codigo)}
    leidas = [interpretar(numero, celdas, por_nombre) for numero, celdas in tabla.filas]
    estado = Estado(empresa, {p.pk: p for p in proyectos}).cargar([f for f, _ in leidas])
    resultados = planear(estado, leidas)
    lotes = repartir(resultados)
    carga = CargaPadron(
        empresa=empresa,
        archivo=limpiar_nombre(nombre),
        subida_por=por,
        subida_en=ahora,
        columnas_sin_uso=tabla.sobran,
    )
    # Made before the transaction begins, which on SQLite keeps everybody else from writing.
    filas = [
        como_fila(FilaPadron(carga=carga, celdas=celdas, lote=lotes.get(r.fila.numero)), r)
        for (_, celdas), r in zip(tabla.filas, resultados, strict=True)
    ]
    with transaction.atomic():
        carga.save()
        FilaPadron.objects.bulk_create(filas, batch_size=LOTE)
        contar(carga)
    return carga


def como_fila(guardada: FilaPadron, r: Resultado) -> FilaPadron:
    """What a row would do, as it is kept."""
    guardada.numero, guardada.datos = r.fila.numero, r.fila.guardada()
    guardada.resultado, guardada.cambios = str(r.cual), r.cambios
    guardada.motivos, guardada.avisos = r.motivos, r.avisos
    guardada.pide_contacto = bool(r.avisos)
    guardada.cliente_id = r.cliente.pk if r.cliente else None
    return guardada


def repartir(resultados: list[Resultado]) -> dict[int, int]:
    """Number of row to batch: about LOTE rows each, and never a unit in two of them."""
    por_unidad = Counter(r.fila.de_unidad for r in resultados if not r.motivos)
    lote_de, lote, cuantas = {}, 1, 0
    for unidad, filas in por_unidad.items():
        if cuantas and cuantas + filas > LOTE:
            lote, cuantas = lote + 1, 0
        lote_de[unidad] = lote
        cuantas += filas
    return {r.fila.numero: lote_de[r.fila.de_unidad] for r in resultados if not r.motivos}


def contar(carga: CargaPadron) -> None:
    """Keep how many rows there are of each kind: it outlives them."""
    pendiente = Q(aplicada_en=None, lote__isnull=False)
    escribe = Q(resultado__in=[ResultadoFila.CREAR, ResultadoFila.ACTUALIZAR])
    carga.totales = carga.filas.aggregate(
        **{r.value: Count("pk", filter=Q(resultado=r)) for r in ResultadoFila},
        total=Count("pk"),
        pide_contacto=Count("pk", filter=Q(pide_contacto=True)),
        aplicadas=Count("pk", filter=Q(aplicada_en__isnull=False)),
        por_aplicar=Count("pk", filter=pendiente),
        por_escribir=Count("pk", filter=pendiente & escribe),
        quedan=Count("pk", filter=pendiente & Q(cambio_desde_la_revision=False)),
        cambiaron=Count("pk", filter=Q(cambio_desde_la_revision=True)),
    )
    carga.save(update_fields=["totales"])


def olvidar(carga: CargaPadron, ahora: datetime) -> None:
    """Delete the rows; who loaded what and how much stays."""
    with transaction.atomic():
        carga.filas.all().delete()
        carga.olvidada_en, carga.pedida_en = ahora, None
        carga.save(update_fields=["olvidada_en", "pedida_en"])


def olvidar_viejas(ahora: datetime) -> int:
    """Forget the rows of every upload that had its days; return how many uploads."""
    viejas = CargaPadron.objects.filter(
        subida_en__lt=ahora - SE_GUARDAN, olvidada_en=None, pedida_en=None
    )
    cuantas = 0
    for carga in viejas[:200]:
        olvidar(carga, ahora)
        cuantas += 1
    return cuantas

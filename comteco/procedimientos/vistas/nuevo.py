"""Opening a trámite: first who asks, by their document, and for which procedure; then the rest."""

from uuid import UUID, uuid4

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.core.exceptions import ValidationError as Invalido
from django.db import IntegrityError, transaction
from django.http import HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from comteco.procedimientos.consola_espera import EMPRESA, puestos
from comteco.procedimientos.forms_nuevo import Buscar, Nuevo
from comteco.procedimientos.ingreso import abrir
from comteco.procedimientos.permisos import ASESOR
from postventa.consola.contexto import momento
from postventa.empresas.models import Empresa, Sede
from postventa.personas.models import Cliente
from postventa.personas.permisos import alcance
from postventa.tramitacion.errores import DatosInvalidos, NoAutorizado, Rechazo


@require_http_methods(["GET", "HEAD", "POST"])
def nuevo(request):
    """One page of two steps. What is typed comes back with each refusal."""
    if not puestos(request.user, ASESOR):
        raise PermissionDenied("Los trámites los abre un asesor comercial.")
    datos = request.POST if request.method == "POST" else request.GET
    buscar = Buscar(datos if "numero" in datos else None)
    if not buscar.is_bound or not buscar.is_valid():
        return _pagina(request, buscar, status=422 if buscar.is_bound else 200)
    empresa = Empresa.objects.get(codigo=EMPRESA)
    cliente = Cliente.objects.filter(
        empresa=empresa,
        tipo_documento=buscar.cleaned_data["tipo_documento"],
        numero=buscar.cleaned_data["numero"],
    ).first()
    comun = {
        "procedimiento": buscar.cleaned_data["procedimiento"],
        "cliente": cliente,
        "sedes": _sedes(request.user),
    }
    if request.method != "POST":
        return _pagina(request, buscar, Nuevo(None, **comun), cliente)
    formulario = Nuevo(request.POST, **comun)
    if not formulario.is_valid():
        return _pagina(request, buscar, formulario, cliente, 422)
    return _guardar(request, empresa, buscar, formulario, cliente)


def _sedes(usuario):
    """Branches where this person works as an adviser; the door asks for the same."""
    suyas = Sede.objects.filter(empresa__codigo=EMPRESA, es_activa=True)
    return suyas.filter(alcance(usuario, "empresa_id", "pk", (ASESOR,))).order_by("nombre")


def _guardar(request, empresa, buscar, formulario, cliente):
    datos = formulario.datos()
    try:
        with transaction.atomic():
            cliente = cliente or _registrar(empresa, buscar, formulario)
            tramite = abrir(
                datos.pop("sede"), cliente, request.user, nonce=_nonce(request),
                ahora=momento(request), **datos,
            )  # fmt: skip
    except NoAutorizado as rechazo:
        return admin.site.rechazo(request, 403, rechazo.mensaje)
    except DatosInvalidos as rechazo:
        for campo, mensaje in rechazo.campos.items():
            formulario.add_error(campo if campo in formulario.fields else None, mensaje)
        return _pagina(request, buscar, formulario, cliente, rechazo.status)
    except Rechazo as rechazo:
        formulario.add_error(None, rechazo.mensaje)
        return _pagina(request, buscar, formulario, cliente, rechazo.status)
    except IntegrityError:
        formulario.add_error(None, "Otra persona lo registraba a la vez. Envíalo de nuevo.")
        return _pagina(request, buscar, formulario, None, 409)
    messages.success(request, f"Trámite {tramite.folio} abierto.")
    return HttpResponseRedirect(reverse("admin:procedimientos_tramite_change", args=[tramite.pk]))


def _registrar(empresa, buscar, formulario) -> Cliente:
    cliente = Cliente(
        empresa=empresa,
        tipo_documento=buscar.cleaned_data["tipo_documento"],
        numero=buscar.cleaned_data["numero"],
        **{campo: formulario.cleaned_data[campo] for campo in ("nombre", "correo", "telefono")},
    )
    try:
        cliente.full_clean(validate_unique=False, validate_constraints=False)
    except Invalido as error:
        raise DatosInvalidos({c: m[0] for c, m in error.message_dict.items()}) from None
    cliente.save()
    return cliente


def _nonce(request) -> UUID:
    """The key of this opening, the same however many times its form is sent."""
    try:
        return UUID(request.POST.get("nonce", ""))
    except ValueError:
        return uuid4()


def _pagina(request, buscar, formulario=None, cliente=None, status=200):
    contexto = {
        **admin.site.each_context(request),
        "title": "Abrir un trámite",
        "buscar": buscar,
        "formulario": formulario,
        "cliente": cliente,
        "nonce": _nonce(request),
    }
    plantilla = "consola/tramites/nuevo.html"
    return TemplateResponse(request, plantilla, contexto, status=status)

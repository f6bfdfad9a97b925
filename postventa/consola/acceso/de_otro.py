"""Somebody else's access, for who administers their companies: unlock, reset, close."""

from allauth.mfa.models import Authenticator
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.views.decorators.http import require_http_methods

from postventa.accesos import factor, guardia
from postventa.consola import cambios
from postventa.consola.acceso import avisar
from postventa.consola.acceso.formularios import FormQuitarAOtro
from postventa.consola.contexto import momento
from postventa.personas.models import Usuario


@require_http_methods(["GET", "HEAD", "POST"])
def acceso_de(request, pk):
    """How that person comes in, and the three acts that an administrator has."""
    ficha = admin.site.get_model_admin(Usuario)
    usuario = ficha.get_object(request, str(pk))
    if usuario is None:
        raise Http404
    if not ficha.has_change_permission(request, usuario):
        raise PermissionDenied
    if request.method == "POST":
        if usuario.pk == request.user.pk:
            raise PermissionDenied(
                "Tu propio acceso lo ves en Mi cuenta; esto lo hace otra persona."
            )
        # Whatever is left of a second step: recovery codes alone are taken away as it is.
        tiene = Authenticator.objects.filter(user=usuario)
        if request.POST.get("accion") == "factor" and tiene.exists():
            form = FormQuitarAOtro(request.POST, request=request)
            if not form.is_valid():
                return _pagina(request, ficha, usuario, form)
        messages.success(request, _hacer(request, usuario))
        return HttpResponseRedirect(request.path)
    return _pagina(request, ficha, usuario, FormQuitarAOtro(request=request))


def _pagina(request, ficha, usuario, form):
    contexto = {
        **admin.site.each_context(request),
        "title": f"Acceso de {usuario}",
        "opts": ficha.opts,
        "usuario": usuario,
        "form": form,
        "es_propio": usuario.pk == request.user.pk,
        "factor": Authenticator.objects.filter(user=usuario)
        .exclude(type=Authenticator.Type.RECOVERY_CODES)
        .first(),
        "fallas": guardia.fallas_de(usuario),
    }
    return TemplateResponse(
        request, "consola/acceso/de_otro.html", contexto, status=422 if form.errors else 200
    )


@transaction.atomic
def _hacer(request, usuario) -> str:
    accion = request.POST.get("accion", "")
    if accion == "factor":
        if not factor.quitar(usuario):
            return f"{usuario} no tenía un segundo paso."
        motivo = request.POST["motivo"].strip()
        detalle = {"segundo paso": ["activo", "quitado"], "motivo": ["", motivo]}
        cambios.anotar(request, usuario, "factor", detalle)
        avisar.de_quitado(usuario, request.user, motivo, momento(request))
        return (
            f"Quitaste el segundo paso de {usuario}. Sus sesiones se cerraron y le avisamos por "
            "correo, también a quienes administran."
        )
    if accion == "desbloquear":
        if guardia.desbloquear(usuario):
            cambios.anotar(request, usuario, "desbloquear", {})
        return f"{usuario} puede volver a intentarlo ahora."
    if accion == "sesiones":
        usuario.cerrar_sesiones()
        cambios.anotar(request, usuario, "sesiones", {})
        return f"Cerraste las sesiones de {usuario}."
    raise Http404

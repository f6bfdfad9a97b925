"""The versions of a policy and what an edit changes, in the words of people."""

from django.db.models import Count, Q

from postventa.calendario.habiles import Unidad
from postventa.calendario.palabras import cantidad_en_palabras
from postventa.consola.alcances import acotar
from postventa.consola.tiempo.roles import CampoDeRoles, en_palabras
from postventa.expedientes.models import CambioMaestro
from postventa.plazos.models import ABIERTOS, Plazo, PoliticaPlazo


def mismas(politica: PoliticaPlazo):
    """Every version of it."""
    return PoliticaPlazo.objects.filter(empresa_id=politica.empresa_id, codigo=politica.codigo)


def versiones(politica, usuario) -> list[dict]:
    """Each version: how long, who wrote it and when, and the open clocks that run on it."""
    filas = list(mismas(politica).order_by("-version"))
    corren = dict(
        _abiertos(politica, usuario).values_list("politica_id").annotate(cuantos=Count("pk"))
    )
    cambios = CambioMaestro.objects.filter(cambios_de(filas)).exclude(accion="eliminar")
    autoria = {c.objeto_id: c for c in cambios.select_related("por").order_by("ocurrido_en")}
    return [
        {
            "politica": p,
            "dura": duracion(p.cantidad, p.unidad),
            "corren": corren.get(p.pk, 0),
            "cambio": autoria.get(str(p.pk)),
        }
        for p in filas
    ]


def cambios_de(versiones) -> Q:
    """The audit of all of them: an edit is written on the version that it made."""
    return Q(modelo=PoliticaPlazo._meta.label_lower, objeto_id__in=[str(p.pk) for p in versiones])


def corren_en_palabras(politica, usuario) -> str:
    """What happens to the clocks that run."""
    cuantos = _abiertos(politica, usuario).count()
    if not cuantos:
        return "Ningún plazo corre con esta política ahora."
    if cuantos == 1:
        return "El plazo que corre conserva la suya."
    return f"Los {cuantos} plazos que corren conservan la suya."


def diferencias(form) -> list[tuple[str, str, str]]:
    """(what, before, after) of each change of a policy's form."""
    cambiados = list(form.changed_data)
    filas = []
    for que, cantidad, unidad in (
        ("Plazo", "cantidad", "unidad"),
        ("Avisar antes", "aviso_cantidad", "aviso_unidad"),
    ):
        if {cantidad, unidad} & set(cambiados):
            cambiados = [c for c in cambiados if c not in (cantidad, unidad)]
            antes, despues = (
                duracion(d.get(cantidad), d.get(unidad)) for d in (form.initial, form.cleaned_data)
            )
            filas.append((que, antes, despues))
    for campo in cambiados:
        antes, despues = form.initial.get(campo), form.cleaned_data[campo]
        if isinstance(form.fields[campo], CampoDeRoles):
            antes, despues = en_palabras(antes or ""), en_palabras(despues)
        elif hasattr(form.fields[campo], "queryset") and antes is not None:
            antes = form.fields[campo].queryset.filter(pk=antes).first() or antes
        nombre = form.fields[campo].label or campo
        filas.append((nombre[:1].upper() + nombre[1:], _texto(antes), _texto(despues)))
    return filas


def duracion(cantidad, unidad) -> str:
    """`48 horas hábiles`; `—` without an amount."""
    return cantidad_en_palabras(cantidad, Unidad(unidad)) if cantidad and unidad else "—"


def _texto(valor) -> str:
    if isinstance(valor, bool):
        return "Sí" if valor else "No"
    return "—" if valor in (None, "") else str(valor)


def _abiertos(politica, usuario):
    propios = acotar(Plazo.objects.filter(estado__in=ABIERTOS), usuario)
    return propios.filter(politica__in=mismas(politica))

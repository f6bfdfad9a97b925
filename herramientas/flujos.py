"""Draws every machine from the code into docs/flujos/:  python herramientas/flujos.py"""

import os
import sys
from pathlib import Path

RAIZ = Path(__file__).resolve().parent.parent
CARPETA = RAIZ / "docs" / "flujos"
INICIO = "[*]"


def aristas(objeto):
    """(source, target, verb) of a machine, in the order in which its law declares them."""
    orden = {nombre: n for n, nombre in enumerate(vars_de(objeto.modelo))}
    campo = objeto.modelo._meta.get_field("estado")
    estados = [str(valor) for valor, _ in campo.choices]
    transiciones = sorted(
        campo.get_all_transitions(objeto.modelo),
        key=lambda t: (orden[t.name], estados.index(str(t.source))),
    )
    return [
        (str(t.source), str(destino), t.name)
        for t in transiciones
        for destino in getattr(t.target, "allowed_states", None) or [t.target]
    ]


def vars_de(modelo):
    """Names of a class and its parents, as written."""
    return [nombre for clase in reversed(modelo.__mro__) for nombre in vars(clase)]


def dibujo(sala, nombre, objeto):
    """A machine as Markdown with a mermaid state diagram and Spanish words."""
    campo = objeto.modelo._meta.get_field("estado")
    palabras = {str(valor): str(texto) for valor, texto in campo.choices}
    todas = aristas(objeto)
    salen = {origen for origen, _, _ in todas}
    inicial = str(campo.default)
    lineas = [
        f"# {sala.nombre}: {objeto.modelo._meta.verbose_name}",
        "",
        "Dibujado desde el código por `make flujos`; no se edita a mano.",
        "",
        "```mermaid",
        "stateDiagram-v2",
    ]
    lineas += [f"    {valor}: {texto}" for valor, texto in palabras.items() if valor]
    if inicial:
        lineas.append(f"    {INICIO} --> {inicial}")
    lineas += [
        f"    {origen or INICIO} --> {destino}: {objeto.etiquetas[verbo]}"
        for origen, destino, verbo in todas
    ]
    lineas += [f"    {v} --> {INICIO}" for v in palabras if v and v not in salen]
    lineas += [
        "```",
        "",
        "| verbo | desde | hasta | si aún no se puede, dice |",
        "| --- | --- | --- | --- |",
    ]
    lineas += list(_filas(objeto, todas, palabras))
    return "\n".join(lineas) + "\n"


def _filas(objeto, todas, palabras):
    """One row per verb: from where, to where and what its guards ask for, in words."""
    exige = {
        t.name: [objeto.guardas[g.__name__] for g in t.conditions or ()]
        for t in objeto.modelo._meta.get_field("estado").get_all_transitions(objeto.modelo)
    }
    for verbo in dict.fromkeys(v for _, _, v in todas):
        desde = dict.fromkeys(palabras[o] for o, _, v in todas if v == verbo)
        hasta = dict.fromkeys(palabras[d] for _, d, v in todas if v == verbo)
        yield (
            f"| `{verbo}` | {', '.join(desde)} | {', '.join(hasta)} | "
            f"{' '.join(exige[verbo]) or '—'} |"
        )


def dibujos():
    """{file name: text} of every machine of every room."""
    from postventa.expedientes.salas import todas

    return {
        f"{sala.tipo}-{nombre}.md": dibujo(sala, nombre, objeto)
        for sala in todas()
        for nombre, objeto in sala.objetos.items()
    }


def main():
    sys.path[:0] = [str(RAIZ)]
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "postventa.settings.dev")
    import django

    django.setup()
    CARPETA.mkdir(parents=True, exist_ok=True)
    for nombre, texto in dibujos().items():
        (CARPETA / nombre).write_text(texto, encoding="utf-8")
        print(f"docs/flujos/{nombre}")


if __name__ == "__main__":
    main()

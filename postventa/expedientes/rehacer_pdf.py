"""A PDF of anybody, written again: run alone, `python -I rehacer_pdf.py FOLDER PAGES`.

Of `entra.pdf` only what each page draws goes to `sale.pdf`: scripts, actions, links, attached
files, form fields and comments stay behind. `primera.png` is its first page. It knows nothing of
the product, and dies by itself if the file asks for too much time, memory or disk.

Exit codes: 0 done, 3 not a PDF that can be read, 4 with a password, 5 too many pages.
"""

import resource
import sys
from pathlib import Path

import typst

SEGUNDOS, MEMORIA, DISCO = 15, 2 * 1024**3, 64 * 1024**2
ILEGIBLE, CON_CLAVE, LARGO = 3, 4, 5
PAGINA = '#set page(width: auto, height: auto, margin: 0pt)\n#image("/entra.pdf", page: {})'
# Whatever its shape, so many dots: a page a thousand times as long as wide is no bomb for Pillow.
PRIMERA = """#set page(width: auto, height: auto, margin: 0pt)
#context {
  let hoja = measure(image("/entra.pdf", page: 1))
  let lado = calc.max(hoja.width, hoja.height, 0.001pt)
  let en_pequeno(largo) = calc.max(320pt * (largo / lado), 1pt)
  image("/entra.pdf", page: 1, width: en_pequeno(hoja.width), height: en_pequeno(hoja.height))
}"""
TODAS = """#set page(width: auto, height: auto, margin: 0pt)
#for n in range(1, int(sys.inputs.paginas) + 1) { page(image("/entra.pdf", page: n)) }"""


def compilar(carpeta: Path, fuente: str, **opciones) -> bytes:
    """The typst source with that folder as its whole world."""
    return typst.compile(
        fuente.encode(),
        root=str(carpeta),
        ignore_system_fonts=True,
        package_path=str(carpeta),
        package_cache_path=str(carpeta),
        **opciones,
    )


def existe(carpeta: Path, pagina: int) -> bool:
    try:
        compilar(carpeta, PAGINA.format(pagina))
    except typst.TypstError as error:
        if "does not exist" in str(error):
            return False
        raise
    return True


def rehacer(carpeta: Path, maximo: int) -> int:
    if existe(carpeta, maximo + 1):
        return LARGO
    # The last page that exists, by halves.
    hay, no_hay = 0, maximo + 1
    while no_hay - hay > 1:
        media = (hay + no_hay) // 2
        hay, no_hay = (media, no_hay) if existe(carpeta, media) else (hay, media)
    if not hay:
        return ILEGIBLE
    inputs = {"paginas": str(hay)}
    (carpeta / "sale.pdf").write_bytes(compilar(carpeta, TODAS, sys_inputs=inputs))
    (carpeta / "primera.png").write_bytes(compilar(carpeta, PRIMERA, format="png", ppi=72))
    return 0


def main() -> int:
    resource.setrlimit(resource.RLIMIT_CPU, (SEGUNDOS, SEGUNDOS))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORIA, MEMORIA))
    resource.setrlimit(resource.RLIMIT_FSIZE, (DISCO, DISCO))
    try:
        return rehacer(Path(sys.argv[1]), int(sys.argv[2]))
    except typst.TypstError as error:
        return CON_CLAVE if "password" in str(error) else ILEGIBLE


if __name__ == "__main__":
    sys.exit(main())

import json

from postventa.calendario.comandos import Comando, Error, advertencias, leer_instante
from postventa.calendario.palabras import DIAS
from postventa.calendario.unidades import PlazoInvalido
from tickets.ingevec.cupos import INSPECCION, TRABAJO, ofrecer
from tickets.ingevec.horas import horario_de, pauta_del_proyecto
from tickets.ingevec.models import Pauta
from tickets.inmuebles.models import Proyecto

# Also as a keyboard without accents writes them.
NUMERO = {nombre: n for n, nombre in enumerate(DIAS[:5])} | {"miercoles": 2}


class Command(Comando):
    help = (
        "Muestra las horas libres de un proyecto para una llamada, una por línea, en JSON; si el "
        "plazo no tiene ninguna, un objeto que dice por qué y qué se puede acordar."
    )

    def add_arguments(self, parser):
        parser.add_argument("proyecto", help="código del proyecto")
        parser.add_argument(
            "--desde",
            required=True,
            metavar="AAAA-MM-DDTHH:MM",
            help="la llamada (o la inspección, con --tipo trabajo); sin desfase, la hora de allá",
        )
        parser.add_argument(
            "--tipo", default=INSPECCION, help=f"{INSPECCION} (lo normal) o {TRABAJO}"
        )
        parser.add_argument("--dia", help="de lunes a viernes, en lugar del día del proyecto")

    def handle(self, *args, **opciones):
        tipo, dia = _tipo(opciones["tipo"]), _dia(opciones["dia"])
        pauta = _pauta(opciones["proyecto"])
        zona = pauta.proyecto.tz
        desde = leer_instante(opciones["desde"], zona, con_desfase=True)
        try:
            oferta = ofrecer(pauta, desde, desde, tipo, dia=dia)
        except PlazoInvalido as error:
            raise Error(str(error)) from error
        lineas = [_hechos(cupo, zona) for cupo in oferta.cupos]
        if not lineas:
            alternativas = {
                clave: [_hechos(cupo, zona) for cupo in cupos]
                for clave, cupos in oferta.alternativas.items()
            }
            lineas = [{"excepcion": oferta.excepcion, "alternativas": alternativas}]
        for linea in lineas:
            self.stdout.write(json.dumps(linea, ensure_ascii=False))
        ultimo = max([desde, *(cupo.fin.astimezone(zona) for cupo in oferta.todos)]).year
        horario = horario_de(pauta, pauta.jornada_inspeccion)
        for linea in advertencias(horario.anios_sin_feriados(desde.year, ultimo)):
            self.stderr.write(linea)


def _hechos(cupo, zona) -> dict:
    return {
        "inicio": cupo.inicio.astimezone(zona).isoformat(),
        "fin": cupo.fin.astimezone(zona).isoformat(),
        "inspector": cupo.inspector.username,
    }


def _tipo(tipo: str) -> str:
    if tipo not in (INSPECCION, TRABAJO):
        raise Error(f"No existe el tipo «{tipo}»; hay {INSPECCION} y {TRABAJO}.")
    return tipo


def _dia(nombre: str | None) -> int | None:
    if nombre is None:
        return None
    if nombre.lower() not in NUMERO:
        raise Error(f"--dia va de lunes a viernes, no «{nombre}»: no hay visitas otros días.")
    return NUMERO[nombre.lower()]


def _pauta(codigo: str) -> Pauta:
    con_pauta = Proyecto.objects.filter(pauta__isnull=False)
    proyecto = con_pauta.filter(codigo=codigo).first()
    if proyecto is None:
        if Proyecto.objects.filter(codigo=codigo).exists():
            raise Error(f"El proyecto «{codigo}» no tiene pauta de visitas; se crea en la consola.")
        codigos = ", ".join(con_pauta.order_by("codigo").values_list("codigo", flat=True))
        raise Error(f"No existe el proyecto «{codigo}»; hay {codigos or 'ninguno'}.")
    return pauta_del_proyecto(proyecto.pk)

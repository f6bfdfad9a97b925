from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from postventa.calendario import hora
from postventa.calendario.comandos import Comando, Error, advertencias, leer_instante
from postventa.calendario.palabras import contar, enumerar
from postventa.empresas.models import Empresa
from postventa.plazos.calculo import horario_del_lugar
from postventa.tramitacion import demo
from postventa.tramitacion.simulacion import registro, tirada

ANIOS = 10
CASOS = 1_000_000


class Command(Comando):
    help = (
        "Inventa una historia creíble de las empresas, para mostrar o medir el producto: casos "
        "con sus atrasos, inasistencias, vueltas y silencios, hasta hoy. La misma semilla da la "
        "misma historia. No sale ningún correo. Solo en instalaciones de demostración."
    )

    def add_arguments(self, parser):
        parser.add_argument("--expedientes", metavar="N", default="60", help="cuántos casos")
        parser.add_argument("--semilla", metavar="S", default="1", help="un número entero")
        parser.add_argument(
            "--empresa", metavar="CODIGO", nargs="+", action="extend", help="solo esas empresas"
        )
        parser.add_argument("--anios", metavar="A", default="1", help="cuánto dura la historia")
        parser.add_argument(
            "--hasta", metavar="ISO", help="hasta cuándo; si no se dice, hasta hoy a las 00:00"
        )
        parser.add_argument(
            "--si-estoy-seguro", action="store_true", help="aunque la empresa tenga casos propios"
        )

    def handle(self, **opciones):
        try:
            demo.exigir_demo()
        except demo.SinDemo as error:
            raise Error(str(error)) from None
        codigos = _empresas(opciones["empresa"])
        pedido = _pedido(codigos, opciones)
        for codigo in codigos:
            _exigir_que_se_pueda(codigo, pedido, opciones["si_estoy_seguro"])
        resultado = tirada.simular(pedido, self._decir)
        for codigo, cuantos in resultado.casos.items():
            abiertos = contar(resultado.abiertos[codigo], "abierto", "abiertos")
            nombre = Empresa.objects.get(codigo=codigo)
            self.stdout.write(f"{nombre}: {contar(cuantos, 'caso', 'casos')}, {abiertos}.")
        for folio, porque in resultado.tropiezos:
            self.stderr.write(f"{folio} quedó a medias: {porque}")

    def _decir(self, linea: str) -> None:
        self.stdout.write(f"  {linea}")
        self.stdout.flush()


def _empresas(pedidas: list[str] | None) -> tuple[str, ...]:
    """Those asked for, or all that can be simulated."""
    posibles = registro.todas()
    hay = set(Empresa.objects.values_list("codigo", flat=True))
    for codigo in pedidas or ():
        if codigo not in hay:
            raise Error(f"No hay una empresa «{codigo}». Las hay: {', '.join(sorted(hay))}.")
        if codigo not in posibles:
            raise Error(
                f"{codigo} todavía no se puede simular. Elige {enumerar(sorted(posibles))}."
            )
    elegidas = tuple(dict.fromkeys(pedidas or [c for c in posibles if c in hay]))
    if not elegidas:
        raise Error("No hay empresas cargadas: usa antes manage.py cargar_base.")
    return elegidas


def _pedido(codigos: tuple[str, ...], opciones) -> tirada.Pedido:
    expedientes = _entero(opciones["expedientes"], "--expedientes", 1, CASOS)
    semilla = _entero(opciones["semilla"], "--semilla", -(2**63), 2**63)
    anios = _entero(opciones["anios"], "--anios", 1, ANIOS)
    zona = ZoneInfo(Empresa.objects.get(codigo=codigos[0]).zona)
    hasta = _hasta(opciones["hasta"], zona)
    desde = tirada.desde_hace(anios, hasta)
    return tirada.Pedido(expedientes, semilla, codigos, desde, hasta)


def _entero(texto, opcion: str, minimo: int, maximo: int) -> int:
    try:
        numero = int(texto)
    except (TypeError, ValueError):
        raise Error(f"{opcion}: «{texto}» no es un número entero.") from None
    if not minimo <= numero <= maximo:
        raise Error(f"{opcion}: escribe un número entre {minimo} y {maximo}.")
    return numero


def _hasta(texto: str | None, zona: ZoneInfo) -> datetime:
    """Nothing is told of days that are still to come."""
    ahora = hora.ahora()
    if not texto:
        return _medianoche(ahora, zona)
    hasta = leer_instante(texto, zona, con_desfase=True)
    if hasta > ahora:
        raise Error(f"--hasta: {texto} todavía no llega.")
    return hasta.astimezone(ahora.tzinfo)


def _medianoche(ahora: datetime, zona: ZoneInfo) -> datetime:
    local = ahora.astimezone(zona)
    return (
        (local - timedelta(hours=local.hour)).replace(minute=0, second=0).astimezone(ahora.tzinfo)
    )


def _exigir_que_se_pueda(codigo: str, pedido: tirada.Pedido, esta_seguro: bool) -> None:
    empresa = Empresa.objects.select_related("calendario", "jornada").get(codigo=codigo)
    anios = horario_del_lugar(empresa).anios_sin_feriados(pedido.desde.year, pedido.hasta.year)
    if anios:
        raise Error(advertencias(anios)[0].removeprefix("Advertencia: ").capitalize())
    propios = tirada.ajenos(empresa, registro.todas()[codigo])
    if propios and not esta_seguro:
        raise Error(
            f"{empresa} tiene {contar(propios, 'caso', 'casos')} que no son de la demostración: "
            "lo simulado quedaría entre ellos y no se quita. Si es lo que quieres, repite con "
            "--si-estoy-seguro."
        )

import json
from datetime import UTC, date
from zoneinfo import available_timezones

from postventa.calendario.comandos import Comando, Error, advertencias, leer_instante
from postventa.calendario.habiles import Unidad
from postventa.calendario.palabras import explicar
from postventa.calendario.servicio import horario_de
from postventa.empresas.models import Empresa, Sede
from postventa.plazos.calculo import anios_sin_feriados, calcular_plazo, horario_del_lugar
from postventa.plazos.models import PoliticaPlazo


class Command(Comando):
    help = "Calcula un plazo y lo explica, sin guardar nada. Escribe un objeto JSON."

    def add_arguments(self, parser):
        parser.add_argument("empresa", help="código de la empresa")
        parser.add_argument("politica", help="código de la política de plazo")
        parser.add_argument("desde", help="fecha y hora locales, 2026-11-23T10:15")
        parser.add_argument("--sede", help="código de la sede cuya hora y feriados valen")
        parser.add_argument("--zona", help="zona horaria en lugar de la de la empresa")
        parser.add_argument("--unidad", help="unidad en lugar de la de la política")
        parser.add_argument(
            "--feriado",
            action="append",
            default=[],
            metavar="AAAA-MM-DD",
            help="un feriado más, solo para este cálculo; se puede repetir",
        )

    def handle(self, *args, **opciones):
        if opciones["sede"] and opciones["zona"]:
            raise Error("Usa --sede o --zona, no las dos: la sede ya tiene su zona.")
        empresa = _empresa(opciones["empresa"])
        politica = _politica(empresa, opciones["politica"], opciones["unidad"])
        lugar, horario = _lugar(empresa, politica, opciones["sede"], opciones["zona"])
        horario = horario.con_feriados(_feriados(opciones["feriado"]))
        desde = leer_instante(opciones["desde"], horario.zona)
        try:
            calculado = calcular_plazo(politica, lugar, desde, horario)
        except ValueError as error:
            raise Error(str(error)) from error
        respuesta = _respuesta(calculado, politica.es_estricto)
        self.stdout.write(json.dumps(respuesta, ensure_ascii=False))
        for linea in advertencias(anios_sin_feriados(calculado)):
            self.stderr.write(linea)


def _empresa(codigo):
    empresa = Empresa.objects.filter(codigo=codigo).first()
    if empresa is None:
        codigos = ", ".join(Empresa.objects.order_by("codigo").values_list("codigo", flat=True))
        raise Error(f"No existe la empresa «{codigo}»; hay {codigos or 'ninguna'}.")
    return empresa


def _politica(empresa, codigo, unidad):
    politica = PoliticaPlazo.objects.filter(empresa=empresa, codigo=codigo, es_vigente=True).first()
    if politica is None:
        vigentes = PoliticaPlazo.objects.filter(empresa=empresa, es_vigente=True)
        codigos = ", ".join(vigentes.order_by("codigo").values_list("codigo", flat=True))
        raise Error(
            f"La empresa «{empresa.codigo}» no tiene una política vigente «{codigo}»; "
            f"hay {codigos or 'ninguna'}."
        )
    if unidad is not None:
        if unidad not in list(Unidad):
            raise Error(f"No existe la unidad «{unidad}»; hay {', '.join(Unidad)}.")
        politica.unidad = unidad
    return politica


def _lugar(empresa, politica, sede, zona):
    """The place whose rules hold and its business time."""
    if sede:
        lugar = Sede.objects.filter(empresa=empresa, codigo=sede).first()
        if lugar is None:
            raise Error(f"La empresa «{empresa.codigo}» no tiene la sede «{sede}».")
        return lugar, horario_del_lugar(lugar, politica.jornada)
    if not zona:
        return empresa, horario_del_lugar(empresa, politica.jornada)
    if zona not in available_timezones():
        raise Error(f"No existe la zona horaria «{zona}»; por ejemplo, America/Santiago.")
    jornada = politica.jornada or empresa.jornada
    return empresa, horario_de(empresa.calendario, jornada, zona)


def _feriados(textos):
    try:
        return {date.fromisoformat(texto): "Feriado indicado" for texto in textos}
    except ValueError as error:
        raise Error("No se entiende --feriado: escribe la fecha como 2026-11-24.") from error


def _respuesta(calculado, es_estricto):
    v = calculado.vencimiento
    zona = v.horario.zona

    def local(instante):
        return instante.astimezone(zona).isoformat()

    respuesta = {
        "desde": local(v.desde),
        "inicio_efectivo": local(v.inicio_efectivo),
        "vence": local(calculado.vence_en),
        "vence_utc": f"{calculado.vence_en.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}",
    }
    if calculado.limite_en:
        respuesta["limite"] = local(calculado.limite_en)
    return respuesta | {
        "feriados_saltados": [
            {"fecha": fecha.isoformat(), "nombre": nombre} for fecha, nombre in v.feriados_saltados
        ],
        "explicacion": explicar(v, es_estricto=es_estricto),
    }

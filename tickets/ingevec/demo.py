"""What Ingevec adds to its demonstration: the project's weekday, who visits and who is on duty."""

from datetime import timedelta

from postventa.calendario import hora
from postventa.calendario.models import Jornada
from postventa.personas.models import Usuario
from tickets.ingevec.demo_casos import abrir_casos
from tickets.ingevec.models import Inspector, Pauta, Turno
from tickets.inmuebles.demo import DemoDeInmuebles
from tickets.inmuebles.models import Proyecto


def completar(proyecto: Proyecto, datos: dict) -> None:
    fila = datos["pauta"]
    pauta = Pauta.objects.create(
        proyecto=proyecto,
        dia=fila["dia"],
        jornada_inspeccion=Jornada.objects.get(codigo=fila["jornada_inspeccion"]),
        jornada_trabajo=Jornada.objects.get(codigo=fila["jornada_trabajo"]),
        **fila["supuestos"],
    )
    for username, cupos in datos["visitan"].items():
        persona = Usuario.objects.get(username=username)
        Inspector.objects.create(pauta=pauta, usuario=persona, cupos_por_dia=cupos)
    turno, ahora = datos["turno"], hora.ahora()
    Turno.objects.create(
        empresa=proyecto.empresa,
        persona=Usuario.objects.get(username=turno["persona"]),
        desde_en=ahora - timedelta(days=1),
        hasta_en=ahora + timedelta(days=turno["dias"]),
    )


DEMO = DemoDeInmuebles("ingevec", "ingevec_demo.json", completar, abrir_casos)

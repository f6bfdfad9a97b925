from django.apps import AppConfig


class IcalmaConfig(AppConfig):
    name = "tickets.icalma"
    label = "icalma"
    verbose_name = "Icalma"

    def ready(self):
        from postventa.avisos.correo import al_adjuntar
        from postventa.expedientes.salas import registrar
        from postventa.tramitacion import demo
        from postventa.tramitacion.simulacion import registro
        from tickets.icalma.demo import DEMO
        from tickets.icalma.sala import SALA
        from tickets.icalma.simulacion import SIMULACION
        from tickets.inmuebles.evento import adjuntos

        registrar(SALA)
        demo.registrar(DEMO)
        registro.registrar(SIMULACION)
        al_adjuntar("icalma/visita", adjuntos)
        al_adjuntar("icalma/cancelada", adjuntos)

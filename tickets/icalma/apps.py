from django.apps import AppConfig


class IcalmaConfig(AppConfig):
    name = "tickets.icalma"
    label = "icalma"
    verbose_name = "Icalma"

    def ready(self):
        from postventa.avisos.correo import al_adjuntar
        from postventa.expedientes.salas import registrar
        from postventa.tramitacion import demo
        from tickets.icalma.demo import DEMO
        from tickets.icalma.sala import SALA
        from tickets.inmuebles.evento import adjuntos

        registrar(SALA)
        demo.registrar(DEMO)
        al_adjuntar("icalma/visita", adjuntos)
        al_adjuntar("icalma/cancelada", adjuntos)

from django.apps import AppConfig


class IngevecConfig(AppConfig):
    name = "tickets.ingevec"
    label = "ingevec"
    verbose_name = "Ingevec"

    def ready(self):
        from postventa.avisos.correo import al_adjuntar
        from postventa.expedientes.salas import registrar
        from postventa.tramitacion import demo
        from postventa.tramitacion.simulacion import registro
        from tickets.ingevec.demo import DEMO
        from tickets.ingevec.sala import SALA
        from tickets.ingevec.simulacion import SIMULACION
        from tickets.inmuebles.evento import adjuntos

        registrar(SALA)
        demo.registrar(DEMO)
        registro.registrar(SIMULACION)
        al_adjuntar("ingevec/visita", adjuntos)
        al_adjuntar("ingevec/cancelada", adjuntos)

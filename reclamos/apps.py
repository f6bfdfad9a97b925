from django.apps import AppConfig


class ReclamosConfig(AppConfig):
    name = "reclamos"
    label = "reclamos"
    verbose_name = "CAPERA"

    def ready(self):
        from postventa.avisos.correo import al_enviar, al_fallar
        from postventa.expedientes.salas import registrar
        from postventa.tramitacion import demo
        from postventa.tramitacion.alertas import al_advertir
        from postventa.tramitacion.simulacion import registro
        from reclamos.demo import DEMO
        from reclamos.enlaces import del_recordatorio
        from reclamos.entregas import ingreso_sin_entregar
        from reclamos.sala import SALA
        from reclamos.simulacion import SIMULACION

        registrar(SALA)
        demo.registrar(DEMO)
        registro.registrar(SIMULACION)
        # Who answers meanwhile is not reminded of it.
        for tipo in SALA.recuerda.values():
            al_enviar(tipo, lambda datos: {**al_advertir(datos), **del_recordatorio(datos)})
        al_fallar("capera/ingreso", ingreso_sin_entregar)

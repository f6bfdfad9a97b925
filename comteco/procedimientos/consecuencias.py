"""What follows by itself: a reconnection moves, or ends, the suspension that it speaks of."""


def al_reconectar(tramite, datos):
    suya = tramite.suspension
    if suya is None:
        return
    if tramite.hasta_el <= tramite.firmado_en.astimezone(tramite.sede.tz).date():
        yield suya, "d8_habilitar", {}
    else:
        yield suya, "d9_mover_reconexion", {"hasta_el": tramite.hasta_el}


CONSECUENCIAS = {("tramite", "d9_cambiar_fecha"): al_reconectar}

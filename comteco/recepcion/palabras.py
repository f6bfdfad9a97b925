"""Words of the hall for people: what a verb is called and what is missing when a guard says no."""

ETIQUETAS = {
    "atencion": {
        "acoger": "Dar la bienvenida",
        "pedir_informacion": "Pide información general",
        "pedir_ubicacion": "Busca a alguien o una unidad",
        "pedir_tramite": "Viene por un trámite",
        "informar": "Informar requisitos y entregar el folleto",
        "ubicar": "Verificar la ubicación",
        "acreditar": "Dar la credencial de visita",
        "direccionar": "Direccionar según la tabla",
        "habilitar": "Cumple los requisitos y no tiene deuda",
        "observar": "No cumple o tiene deuda",
        "comunicar_pendientes": "Comunicar lo que falta",
        "entregar_ficha": "Entregar la ficha de atención",
    },
    "ficha": {
        "emitir": "Emitir la ficha",
        "llamar": "Llamar",
        "volver_a_llamar": "Volver a llamar",
        "atender": "Empezar a atender",
        "ausentar": "Dar por ausente",
        "terminar": "Terminar la atención",
        "derivar": "Derivar a otro mesón",
    },
}

GUARDAS = {
    "tiene_lugar": "Falta decir a quién o a qué unidad busca.",
    "tiene_credencial": "Pide primero el documento de identificación y anota la credencial.",
    "tiene_destino": "Falta elegir adónde se lo direcciona.",
    "consta_la_verificacion": "Falta la referencia de la verificación en Smartflex.",
    "cumple": "No cumple los requisitos o tiene deuda: comunícale lo que falta.",
    "no_cumple": "Cumple los requisitos y no tiene deuda: corresponde darle su ficha.",
    "dice_lo_pendiente": "Falta decir qué le falta al cliente.",
    "llamada_bastante": "Llámala otra vez: aún no la llamaste las veces que pide la sala.",
    "va_a_otra_parte": "Elige otra unidad: no puede derivarse a la misma.",
}

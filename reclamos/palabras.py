"""Words of CAPERA for people: what a verb is called and what is missing when a guard says no."""

ETIQUETAS = {
    "reclamo": {
        "recibir": "Recibir",
        "formalizar": "Formalizar por escrito",
        "resolver_en_el_acto": "Resolver en el acto",
        "numerar": "Dar N° de Ingreso",
        "admitir": "Admitir y derivar",
        "declarar_inadmisible": "Declarar inadmisible",
        "analizar": "Empezar el análisis",
        "pedir_visado": "Pedir el visado",
        "devolver_de_visado": "Devolver con comentarios",
        "responder": "Enviar la respuesta",
        "prorrogar": "Avisar una prórroga",
        "conformar": "Registrar conformidad",
        "disconformar": "Registrar disconformidad",
        "archivar_por_silencio": "Archivar por silencio",
        "reanalizar": "Analizar de nuevo",
        "abrir_controversia": "Abrir una controversia",
        "invitar_a_via_legal": "Invitar a la vía legal",
        "archivar": "Cerrar y archivar",
    },
    "mejora": {
        "identificar_causa": "Identificar la causa raíz",
        "descartar_plan": "No requiere plan",
        "abrir_plan": "Abrir un plan de acciones",
        "iniciar_acciones": "Iniciar las acciones",
        "verificar": "Verificar su eficacia",
        "publicar_leccion": "Publicar la lección",
    },
}

GUARDAS = {
    "tiene_los_datos": "Faltan datos: motivo, hechos, fecha, lugar, documento o cómo comunicarse.",
    "consta_por_ambas_partes": "Falta que ambas partes dejen registro de lo dicho.",
    "es_verbal": "Solo se resuelve en el acto lo que se recibe de palabra.",
    "tiene_solucion": "Anota la solución y que el reclamante la acepta.",
    "sin_numero": "Ya tiene su N° de Ingreso.",
    "tiene_numero_de_ingreso": "Falta el N° de Ingreso: lo da el área legal.",
    "cita_el_ingreso": "La respuesta debe citar el N° de Ingreso.",
    "dice_por_que": "Falta justificar por qué se desestima.",
    "carta_despachada": "Falta anotar el despacho de la carta con la respuesta.",
    "tiene_responsable": "Falta el Responsable.",
    "analizado": "Falta analizar el caso, verificarlo internamente o escuchar al denunciante.",
    "tiene_conclusiones": "Faltan las conclusiones.",
    "es_escrita": "Solo se visa la respuesta a una carta o documento escrito.",
    "no_es_escrita": "Llegó por carta o documento escrito: la respuesta pasa antes por Gerencia.",
    "visada": "Falta el visado de Gerencia, de alguien distinto de quien la redactó.",
    "visada_si_es_escrita": (
        "Llegó por carta o documento escrito: propón desestimarla y que Gerencia la vise."
    ),
    "hay_acuerdo": "No hay un acuerdo registrado.",
    "dialogo_agotado": "Aún no se agota el diálogo: registra las gestiones hechas.",
    "cierre_completo": (
        "Faltan acciones, resultados, conclusiones, lecciones aprendidas o propuestas de mejora."
    ),
    "tiene_causa": "Falta la causa raíz.",
    "dice_por_que_no": "Explica por qué no hace falta un plan.",
    "tiene_plan": "Faltan las acciones, su encargado o su fecha.",
    "es_eficaz": "Anota cómo se verificó que fue eficaz.",
    "la_mira_otro": "La verifica alguien distinto del encargado del plan.",
    "tiene_leccion": "Faltan la lección o los proyectos y áreas a los que se extiende.",
}

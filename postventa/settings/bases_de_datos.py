"""The two databases Postventa runs on, as Django's DATABASES entries."""

from environs import Env

env = Env()


def sqlite(nombre):
    """Embedded: writers queue at BEGIN, so nobody meets "database is locked" halfway."""
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": nombre,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
        },
    }


def postgres(limite_ms=15_000):
    """DATABASE_URL with a limit per statement (milliseconds), so that no query holds a worker."""
    base = env.dj_db_url("DATABASE_URL", conn_max_age=60, conn_health_checks=True)
    limites = f"-c statement_timeout={limite_ms} -c idle_in_transaction_session_timeout=60000"
    opciones = base.setdefault("OPTIONS", {})
    opciones["options"] = f"{opciones.get('options', '')} {limites}".strip()
    opciones.setdefault("connect_timeout", 5)
    opciones.setdefault("application_name", "postventa")
    return base

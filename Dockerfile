# One image for web, worker and beat; what runs is the command.
FROM python:3.13-slim-bookworm AS construccion
ENV PIP_DISABLE_PIP_VERSION_CHECK=1
RUN python -m venv /opt/venv
COPY requirements.txt .
RUN /opt/venv/bin/pip install --no-cache-dir --require-hashes --only-binary :all: -r requirements.txt

FROM python:3.13-slim-bookworm
ENV PATH=/opt/venv/bin:$PATH \
    DJANGO_SETTINGS_MODULE=postventa.settings.prod \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONTZPATH= \
    PYTHONUNBUFFERED=1 \
    STATIC_ROOT=/app/recogidos \
    VAR_DIR=/var/lib/postventa
RUN useradd --system --uid 10001 --home-dir /var/lib/postventa --create-home postventa
WORKDIR /app
COPY --from=construccion /opt/venv /opt/venv
COPY . .
# Collecting static files needs settings that load, not a real place to run in.
RUN SECRET_KEY=collectstatic DATABASE_URL=postgres:///ninguna REDIS_URL=redis:// \
    SITE_URL=https://localhost python manage.py collectstatic --noinput --verbosity 0
USER postventa
VOLUME /var/lib/postventa
EXPOSE 8000
CMD ["gunicorn", "postventa.wsgi", "--bind", "0.0.0.0:8000", "--workers", "3", "--threads", "4", \
     "--worker-tmp-dir", "/dev/shm", "--no-control-socket", "--max-requests", "5000", \
     "--max-requests-jitter", "500"]

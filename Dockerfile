# The bot in a container: docker build -t articlebot . && docker run ... (see compose.yaml).

# The kernel is compiled here, so that no compiler lies in the image that runs.
FROM python:3.13-slim AS build
RUN apt-get update \
    && apt-get install --yes --no-install-recommends gcc libc6-dev \
    && rm -rf /var/lib/apt/lists/*
WORKDIR /source
COPY pyproject.toml README.md LICENSE ./
COPY bot ./bot
# optional parts, as pyproject.toml names them: --build-arg EXTRAS=cluster,documents
ARG EXTRAS=""
RUN python -m venv /opt/articlebot \
    && /opt/articlebot/bin/pip install --no-cache-dir --no-compile ".${EXTRAS:+[$EXTRAS]}"

FROM python:3.13-slim
RUN useradd --uid 10001 --create-home --home-dir /srv/articlebot --shell /usr/sbin/nologin articlebot \
    && mkdir -p /srv/articlebot/corpus /srv/articlebot/data /srv/articlebot/index \
    && chown -R articlebot:articlebot /srv/articlebot
COPY --from=build /opt/articlebot /opt/articlebot
COPY bot/deploy/config.toml /srv/articlebot/config.toml
ENV PATH=/opt/articlebot/bin:$PATH PYTHONUNBUFFERED=1 XDG_STATE_HOME=/srv/articlebot/data/state
WORKDIR /srv/articlebot
USER articlebot
VOLUME ["/srv/articlebot/corpus", "/srv/articlebot/data", "/srv/articlebot/index"]
EXPOSE 8080
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s \
    CMD ["python", "-c", "import urllib.request as u; u.urlopen('http://127.0.0.1:8080/healthz', timeout=4)"]
ENTRYPOINT ["articlebot"]
CMD ["run"]

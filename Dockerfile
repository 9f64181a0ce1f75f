# The daemon in a container. Give it its configuration and a place to keep things:
#
#   docker build --tag syndicator .
#   docker run --publish 8080:8080 --volume ./config:/etc/syndicator --volume syndicator:/var/lib/syndicator syndicator
#
# BASE may be any image with Python 3.11 or newer and its venv module.
ARG BASE=python:3.13-slim-bookworm

FROM ${BASE} AS build
WORKDIR /src
COPY pyproject.toml README.md LICENSE ./
COPY syndicator ./syndicator
RUN python3 -m venv /opt/syndicator \
 && /opt/syndicator/bin/pip install --no-cache-dir '.[postgresql]' \
 && /opt/syndicator/bin/pip uninstall --yes pip

FROM ${BASE}
LABEL org.opencontainers.image.title="syndicator" \
      org.opencontainers.image.description="Republishes articles across languages with their credit, licence and provenance intact" \
      org.opencontainers.image.licenses="MIT"

# Relative paths count from the configuration's folder. Seen from /srv/syndicator, the mounted configuration and the editor's
# folders stand beside var, the mounted data: the same files work here and on a desk.
RUN groupadd --gid 10001 syndicator \
 && useradd --uid 10001 --gid syndicator --no-create-home --home-dir /srv/syndicator --shell /usr/sbin/nologin syndicator \
 && mkdir -p /srv/syndicator /etc/syndicator \
 && install -d -o syndicator -g syndicator /var/lib/syndicator \
 && ln -s /etc/syndicator/syndicator.toml /srv/syndicator/syndicator.toml \
 && ln -s /etc/syndicator/overrides /srv/syndicator/overrides \
 && ln -s /etc/syndicator/translations /srv/syndicator/translations \
 && ln -s /etc/syndicator/templates /srv/syndicator/templates \
 && ln -s /var/lib/syndicator /srv/syndicator/var
COPY --from=build /opt/syndicator /opt/syndicator

# Inside a container, loopback is reached by nobody.
ENV PATH=/opt/syndicator/bin:$PATH \
    SYNDICATOR_CONFIG=/srv/syndicator/syndicator.toml \
    SYNDICATOR_SERVER__HOST=0.0.0.0
USER 10001:10001
WORKDIR /srv/syndicator
VOLUME /var/lib/syndicator
EXPOSE 8080
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s CMD ["syndicator", "healthcheck"]
ENTRYPOINT ["syndicator"]
CMD ["run"]

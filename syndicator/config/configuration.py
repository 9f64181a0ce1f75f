"""The configuration as the rest of the program sees it: the model's values, with defaults filled in and paths absolute.

This module must not read files, the environment, or judge a setting: it translates what `tables.py` accepted.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Literal

from syndicator import __version__
from syndicator.config.tables import (
    File,
    FilterTable,
    PermissionTable,
    SandboxTable,
    SiteTable,
    SubscriptionTable,
    TermsTable,
)
from syndicator.model import (
    FetchPolicy,
    Filter,
    Mistake,
    Override,
    Permission,
    Publication,
    SandboxPolicy,
    Site,
    Subscription,
    Terms,
    TranslationFile,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Server:
    """Where the built-in web server listens; port 0 takes a free one."""

    host: str = "127.0.0.1"
    port: int = 8080


@dataclass(frozen=True, slots=True, kw_only=True)
class Log:
    """How messages are shown, as `log.configure` takes it."""

    level: Literal["debug", "info", "warning", "error"] = "info"
    format: Literal["auto", "text", "json"] = "auto"


@dataclass(frozen=True, slots=True, kw_only=True)
class Config:
    """What `path`, the environment and the editor's files beside it say; `mistakes` are what is wrong in those files.

    `stamp` tells these files from later versions. `store_url` may hold a password; `concurrency` counts polls at a
    time.
    """

    path: Path
    site: Site
    server: Server
    store_url: str = field(repr=False)
    output: Path
    fetch: FetchPolicy
    sandbox: SandboxPolicy
    log: Log
    concurrency: int
    plugins: tuple[str, ...]
    subscriptions: dict[str, Subscription]
    publications: dict[str, Publication]
    overrides: tuple[Override, ...] = ()
    translations: tuple[TranslationFile, ...] = ()
    templates: Mapping[str, str] = field(default_factory=dict)
    mistakes: tuple[Mistake, ...] = ()
    stamp: tuple[tuple[str, int, int], ...] = field(default=(), compare=False)


def configuration(file: File, path: Path) -> Config:
    """The Config that `file`, read from `path`, stands for. Relative paths in it count from the folder of `path`.

    So one file means one store and one output folder wherever the program is started: counted from the working
    directory, a start from elsewhere (cron, a service) would quietly make a second, empty store.
    """
    folder = path.absolute().parent
    return Config(
        path=path,
        site=_site(file.site),
        server=Server(host=file.server.host, port=file.server.port),
        store_url=_store_url(file.store.url, folder),
        output=folder / file.output.directory,
        fetch=_fetch(file),
        sandbox=_sandbox(file.sandbox),
        log=Log(level=file.log.level, format=file.log.format),
        concurrency=file.daemon.concurrency,
        plugins=file.plugins.enabled,
        subscriptions={name: _subscription(name, table) for name, table in file.subscriptions.items()},
        publications={
            name: Publication(
                name=name,
                title=table.title,
                subscriptions=tuple(dict.fromkeys(table.subscriptions)),
                language=table.language,
                limit=table.limit,
                languages=table.languages,
                comments=table.comments,
                corrections=table.corrections,
                credit_position=table.credit_position,
            )
            for name, table in file.publications.items()
        },
    )


def _site(table: SiteTable) -> Site:
    return Site(base_url=table.base_url, title=table.title, contact=table.contact, hubs=table.hubs)


def _store_url(url: str, folder: Path) -> str:
    scheme, _, rest = url.partition(":///")
    return f"sqlite:///{folder / rest}" if scheme == "sqlite" else url


def _fetch(file: File) -> FetchPolicy:
    return FetchPolicy(
        user_agent=_user_agent(file.site),
        allow_private_networks=file.fetch.allow_private_networks,
        max_wire_bytes=file.fetch.max_wire_bytes,
        max_decoded_bytes=file.fetch.max_decoded_bytes,
        timeout=file.fetch.timeout.total_seconds(),
        max_redirects=file.fetch.max_redirects,
    )


def _user_agent(site: SiteTable) -> str:
    """Who asks (RFC 9110 10.1.5), with where to read of us and whom to write to."""
    return f"syndicator/{__version__} (+{'; '.join(filter(None, (site.base_url, site.contact)))})"


def _sandbox(table: SandboxTable) -> SandboxPolicy:
    return SandboxPolicy(
        workers=table.workers,
        deadline=table.deadline.total_seconds(),
        patience=table.patience.total_seconds(),
        memory=table.memory,
    )


def _subscription(name: str, table: SubscriptionTable) -> Subscription:
    return Subscription(
        name=name,
        url=table.url,
        every=table.every,
        language=table.language,
        licence=table.licence,
        permission=_permission(table.permission) if table.permission else None,
        full_text=table.full_text,
        publish=table.publish,
        keep=_filter(table.keep),
        drop=_filter(table.drop),
        terms=_terms(table.terms),
    )


def _filter(table: FilterTable) -> Filter:
    return Filter(categories=table.categories, authors=table.authors, languages=table.languages, words=table.words)


def _terms(table: TermsTable) -> Terms:
    return Terms(
        credit_line=table.credit_line,
        credit_position=table.credit_position,
        images=table.images,
        keep_links=table.keep_links,
        counter_pixel=table.counter_pixel,
        canonical=table.canonical,
        footer=table.footer,
    )


def _permission(table: PermissionTable) -> Permission:
    said = " ".join(filter(None, ("granted by", table.granted_by, f"on {table.on:%Y-%m-%d}" if table.on else "")))
    return Permission(
        sentence=table.sentence or said,
        scope=table.scope,
        granted_by=table.granted_by,
        on=_at(table.on, time.min),
        until=_at(table.until, time.max),  # the last day counts whole
    )


def _at(day: date | None, clock: time) -> datetime | None:
    return datetime.combine(day, clock, UTC) if day else None

"""What was asked of us: subscriptions, publications, the site, and the limits of what may be done."""

from datetime import datetime, timedelta
from typing import Literal

from syndicator.model.credit import Permit
from syndicator.model.noun import noun


@noun
class Permission:
    """A partner's word: `sentence` as recorded; `scope` what it grants; after `until` it counts as nothing."""

    sentence: str
    scope: tuple[Permit, ...] = ("excerpt", "verbatim")
    granted_by: str | None = None
    on: datetime | None = None
    until: datetime | None = None


@noun
class Subscription:
    """An upstream feed that the configuration names."""

    name: str
    url: str
    every: timedelta = timedelta(hours=1)
    language: str | None = None
    licence: str | None = None
    permission: Permission | None = None
    full_text: Literal["auto", "always", "never"] = "auto"
    publish: Literal["auto", "review"] = "auto"


@noun
class Publication:
    """A feed that we republish; subscriptions in order of precedence."""

    name: str
    title: str
    subscriptions: tuple[str, ...]
    language: str | None = None
    limit: int = 50


@noun
class Site:
    """Where and as whom we publish; `base_url` without a trailing slash."""

    base_url: str
    title: str
    contact: str = ""
    hubs: tuple[str, ...] = ()


@noun
class FetchPolicy:
    """Limits of the HTTP door: sizes in bytes, times in seconds."""

    user_agent: str
    allow_private_networks: bool = False
    max_wire_bytes: int = 10_000_000
    max_decoded_bytes: int = 10_000_000
    timeout: float = 30.0
    max_redirects: int = 5


@noun
class SandboxPolicy:
    """Limits of one hop: `deadline` in seconds, `memory` in bytes."""

    workers: int = 2
    deadline: float = 2.0
    patience: float = 10.0
    memory: int = 512 * 1024 * 1024

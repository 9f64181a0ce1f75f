"""Who and what: agents, credits, licences, the provenance of a work."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

AgentKind = Literal["person", "organisation", "software"]
CreditOf = Literal["entry", "image", "hop"]
Permit = Literal["excerpt", "verbatim", "translate", "commercial"]
TranslationState = Literal["current", "stale", "unknown"]
ResponseKind = Literal["comment", "pingback", "trackback", "webmention"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """Something an editor may want to know: `code` is a stable kebab-case word, `text` one sentence."""

    code: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """Why we believe a fact: `where` it stood, the `rule` that read it, the `text` as printed."""

    where: str
    rule: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Agent:
    """Who acted (PROV Agent)."""

    kind: AgentKind
    name: str
    uri: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Credit:
    """Who did what: `role` is author, translator, reviser, post-editor, editor, illustrator, photographer, publisher …

    `target` names the image (its src) or the hop (its URL) when `of` is not the entry.
    Two credits are the same when (role, agent, of, target) are equal.
    """

    role: str
    agent: Agent
    of: CreditOf = "entry"
    target: str = ""
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Licence:
    """What may be done: `id` is SPDX, `url` its address; `permits` never exceeds the evidence."""

    id: str | None = None
    url: str | None = None
    permits: tuple[Permit, ...] = ("excerpt",)
    no_derivatives: bool = False
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Release:
    """What the gate lets out of an entry, and why.

    whole: the text with our credit block, the credit line lifted. untouched: the text exactly as upstream has it, our
    block outside (NoDerivatives). excerpt: summary or first words. link: title and link only.
    """

    scope: Literal["whole", "untouched", "excerpt", "link"]
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Original:
    """The work a translation was made from; `url` only when somebody stated it."""

    url: str | None = None
    site: str | None = None
    language: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Hop:
    """One step of the provenance: original, translation or republication."""

    role: Literal["original", "translation", "republication"]
    url: str | None = None
    publisher: str | None = None
    language: str | None = None
    date: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Translation:
    """From which language to which; stale when the original changed after the last human review."""

    from_language: str | None
    to_language: str | None
    state: TranslationState = "unknown"
    source_updated: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Image:
    """An image of the entry: absolute `src`, its caption once."""

    src: str
    caption: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Enclosure:
    """A file that comes with the entry (rel=enclosure); `length` in bytes."""

    url: str
    type: str = ""
    length: int | None = None

"""Who and what: agents, credits, licences, the provenance of a work."""

from datetime import datetime
from typing import Literal

from syndicator.model.noun import noun

AgentKind = Literal["person", "organisation", "software"]
CreditOf = Literal["entry", "image", "hop"]
Permit = Literal["excerpt", "verbatim", "translate", "commercial"]
TranslationState = Literal["current", "stale", "unknown"]
ResponseKind = Literal["comment", "pingback", "trackback", "webmention"]


@noun
class Note:
    """Something an editor may want to know: `code` is a stable kebab-case word, `text` one sentence."""

    code: str
    text: str


@noun
class Evidence:
    """Why we believe a fact: `where` it stood, the `rule` that read it, the `text` as printed."""

    where: str
    rule: str
    text: str


@noun
class Agent:
    """Who acted (PROV Agent)."""

    kind: AgentKind
    name: str
    uri: str | None = None


@noun
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


@noun
class Licence:
    """What may be done: `id` is SPDX, `url` its address; `permits` never exceeds the evidence."""

    id: str | None = None
    url: str | None = None
    permits: tuple[Permit, ...] = ("excerpt",)
    no_derivatives: bool = False
    evidence: tuple[Evidence, ...] = ()


@noun
class Release:
    """What the gate lets out of an entry, and why.

    whole: the text with our credit block, the credit line lifted. untouched: the text exactly as upstream has it, our
    block outside (NoDerivatives). excerpt: summary or first words. link: title and link only.
    """

    scope: Literal["whole", "untouched", "excerpt", "link"]
    why: str


@noun
class Original:
    """The work a translation was made from; `url` only when somebody stated it."""

    url: str | None = None
    site: str | None = None
    language: str | None = None


@noun
class Hop:
    """One step of the provenance: original, translation or republication."""

    role: Literal["original", "translation", "republication"]
    url: str | None = None
    publisher: str | None = None
    language: str | None = None
    date: datetime | None = None


@noun
class Translation:
    """From which language to which; stale when the original changed after the last human review."""

    from_language: str | None
    to_language: str | None
    state: TranslationState = "unknown"
    source_updated: datetime | None = None


@noun
class Image:
    """An image of the entry: absolute `src`, its caption once."""

    src: str
    caption: str = ""


@noun
class Copy:
    """A copy of the picture whose own address is `url`: it stands at `at`, which is an address, or, where the copy is
    ours, a path below our output directory. `size` in bytes.
    """

    url: str
    at: str
    size: int | None = None


@noun
class Enclosure:
    """A file that comes with the entry (rel=enclosure); `length` in bytes."""

    url: str
    type: str = ""
    length: int | None = None

"""What a site's robots.txt lets us read, and how slowly (RFC 9309). The only door to protego.

It must not fetch, and runs in the sandbox: patterns of strangers become regular expressions here.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from protego import Protego


@dataclass(frozen=True, slots=True, kw_only=True)
class Robots:
    """`allowed` says of each URL asked about whether it may be read; `pause` is the seconds wished between two."""

    allowed: tuple[bool, ...]
    pause: float = 0.0


def read_robots(body: bytes, urls: Sequence[str], agent: str) -> Robots:
    """What the robots.txt `body` says of `urls`, all of its site, to the product token `agent`.

    Crawl-delay is no part of the RFC, but it is what sites write.
    """
    rules = Protego.parse(body.decode("utf-8", "replace"))
    pause = rules.crawl_delay(agent) or 0.0
    return Robots(allowed=tuple(rules.can_fetch(url, agent) for url in urls), pause=float(pause))

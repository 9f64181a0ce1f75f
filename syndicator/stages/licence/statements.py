"""One statement of rights, an address or a sentence as printed, as the licence that it declares.

It must not know where a statement stood nor what counts first.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise

from syndicator.model import Evidence, Licence
from syndicator.stages.licence import creative_commons, grants, others
from syndicator.stages.licence.clauses import clauses, excepts_pictures, excepts_this, names_text
from syndicator.stages.licence.doubts import is_hedged
from syndicator.stages.licence.mentions import Mention, choice, permitted, strictest
from syndicator.stages.licence.plain import says_more
from syndicator.stages.licence.words import reading

# RFC 4946 2.1: states that no licence is specified, so that none is inherited.
UNSPECIFIED = "http://purl.org/atompub/license#unspecified"
PICTURES = "licence: pictures or other parts are excepted"

_ADDRESS = re.compile(r"https?://\S+")
_EXPRESSION = re.compile(r"\s+(?:OR|AND)\s+")
_LONG = 2000  # characters: a longer statement is a document, and its end may take back what its beginning says
_LINKS = 40  # characters between two licences that "or" joins
_DENIED = 60  # characters between "not" and a licence
_CLOSED = re.compile(r"[,)]")  # behind it "not" governs nothing any more
_FREE = 160  # characters: in a longer clause "public domain" is spoken about, not stated
_VERB = re.compile(r"[^\W\d_]{3,}")


@dataclass(frozen=True, slots=True)
class Stated:
    """A licence as one statement declares it; `vague` where it says that there is one and not which."""

    licence: Licence
    vague: bool = False


@lru_cache(maxsize=512)  # a feed says the same of each of its entries
def read_statement(text: str, where: str) -> Stated | None:
    """What `text` declares, or None where it declares nothing: a copyright line says who owns, not what one may do."""
    said = " ".join(text.split())
    if len(said) > _LONG:
        return _with_evidence(("too long to be read", Stated(Licence(), vague=True)), where, said[:_LONG])
    found = _unspecified(said) or _address(said) or _sentence(said)
    return _with_evidence(found, where, said) if found else None


def read_name(text: str, where: str) -> Stated:
    """What somebody who configures wrote: an SPDX id or expression, an address, or a sentence."""
    said = " ".join(text.split())
    found = _expression(said) or read_statement(said, where)
    if isinstance(found, Stated) and found.licence.evidence:
        return found
    return _with_evidence(found or ("not one we can read", Stated(Licence())), where, said)


def _with_evidence(found: tuple[str, Stated] | Stated, where: str, said: str) -> Stated:
    rule, stated = found if isinstance(found, tuple) else ("", found)
    evidence = [Evidence(where=where, rule=f"licence: {rule}", text=said)]
    if excepts_pictures(said) and "verbatim" in stated.licence.permits:
        evidence.append(Evidence(where=where, rule=PICTURES, text=said))
    return replace(stated, licence=replace(stated.licence, evidence=tuple(evidence)))


def _unspecified(said: str) -> tuple[str, Stated] | None:
    return ("left unspecified (RFC 4946 2.1)", Stated(Licence())) if said == UNSPECIFIED else None


def _address(said: str) -> tuple[str, Stated] | None:
    if not _ADDRESS.fullmatch(said):
        return None
    found = [*creative_commons.mentions(said), *others.mentions(said, of_text=True)]
    if found:
        return "address", Stated(found[0].licence)
    return "address of one we do not know", Stated(Licence(url=said))


def _expression(said: str) -> tuple[str, Stated] | None:
    """An SPDX expression without brackets; what is joined by OR is a choice."""
    read = [_by_id(name) for name in _EXPRESSION.split(said)]
    known = [licence for licence in read if licence]
    if len(known) < len(read):
        return None
    joined = choice(known) if " OR " in said and " AND " not in said else strictest(known)
    return "SPDX id", Stated(joined)


def _by_id(name: str) -> Licence | None:
    if " " in name:
        return None
    found = creative_commons.mentions(name)
    return found[0].licence if found and found[0].start == 0 and found[0].end == len(name) else others.by_id(name)


def _sentence(said: str) -> tuple[str, Stated] | None:
    told = list(clauses(said))
    read = [found for clause in told for found in _clause(clause)]
    named = [licence for rule, licence in read if rule == "named"]
    granted = [licence for rule, licence in read if rule == "leave to reprint"]
    refused = [rule for rule, _ in read if rule in _REFUSALS]
    if refused and not (granted and set(refused) == {"reprinting is refused or must be asked for"} and not named):
        return refused[0], Stated(Licence())
    if excepts_this(said):
        return "this text is excepted", Stated(Licence(), vague=True)
    if named:
        taken_back = creative_commons.restriction(" ".join(told))
        limits = [taken_back] if taken_back else []
        own = grants.withheld(reading("otherwise").sub(" ", " ".join(told)))
        limits += [own] if len(own.permits) < len(permitted()) else []
        return "name", Stated(strictest([*named, *limits]))
    if granted:
        return "leave to reprint", Stated(strictest(granted))
    return ("Creative Commons or the like, not which", Stated(Licence(), vague=True)) if read else None


_REFUSALS = ("all rights reserved", "said not to be under it", "reprinting is refused or must be asked for")


def _clause(clause: str) -> Iterator[tuple[str, Licence]]:
    """(rule, licence) for each thing that one clause says."""
    if reading("reserved").search(clause):
        yield "all rights reserved", Licence()
    found = [*creative_commons.mentions(clause), *others.mentions(clause, of_text=names_text(clause))]
    if (found and _is_denied(clause, found)) or _ends_in_denial(clause):
        yield "said not to be under it", Licence()
    elif grants.is_refused(clause) and not found:
        yield "reprinting is refused or must be asked for", Licence()
    elif is_hedged(clause) or (found and says_more(clause, found)):
        yield "vague", Licence()
    elif found:
        yield "named", _meant(clause, found)
    elif _is_free(clause):
        yield "named", Licence(permits=permitted())
    elif licence := grants.grant_in(clause) or _unclaimed(clause):
        yield "leave to reprint", licence
    elif creative_commons.is_vague(clause) or reading("vague").search(clause):
        yield "vague", Licence()


def _meant(clause: str, found: Iterable[Mention]) -> Licence:
    """Of the licences that one clause names: a choice where it says "or", else what all permit."""
    mentions = sorted(found, key=lambda mention: mention.start)
    whole = [one.licence for one in mentions if one.licence.url]
    distinct = [one for one in mentions if one.licence.url or not any(_same(one.licence, other) for other in whole)]
    licences = [one.licence for one in distinct]
    between = [clause[a.end : b.start] for a, b in pairwise(distinct)]
    if between and all(len(gap) <= _LINKS and reading("either").search(gap) for gap in between):
        return choice(licences)
    return strictest(licences)


def _same(one: Licence, other: Licence) -> bool:
    return (one.permits, one.no_derivatives) == (other.permits, other.no_derivatives)


def _is_denied(clause: str, found: Sequence[Mention]) -> bool:
    """Whether "not" governs the licence: shortly before it, and not in "unless otherwise noted"."""
    bare = creative_commons.without_parts(reading("otherwise").sub(lambda match: "_" * len(match[0]), clause))
    return any(
        not _CLOSED.search(bare[match.end() : mention.start]) and mention.start - match.end() <= _DENIED
        for mention in found
        for match in reading("denies").finditer(bare, 0, max(0, mention.start))
    )


def _ends_in_denial(clause: str) -> bool:
    """Whether it denies what was just said: "the translation is not"."""
    return names_text(clause) and any(
        not clause[match.end() :].strip(" .,;!") for match in reading("denies").finditer(clause)
    )


def _is_free(clause: str) -> bool:
    free = reading("public_domain").search(clause)
    if not free or len(clause) > _FREE or reading("denies").search(clause):
        return False
    before, after = clause[: free.start()], clause[free.end() :]
    return not _VERB.search(after) and (not _VERB.search(before) or names_text(before))


def _unclaimed(clause: str) -> Licence | None:
    """ "No copyright": copying is wished for; nothing is said of changing."""
    return Licence(permits=("excerpt", "verbatim"), no_derivatives=True) if reading("no_claim").search(clause) else None

"""What may be done with an entry: declared licences as SPDX and what they permit; the gate that decides what goes out.

Never more permissive than the evidence: what cannot be read permits an excerpt, and of two statements that disagree
only what both permit counts. A copyright notice alone says who owns, not what is allowed: it changes nothing.

    words        the TOML files as patterns          statements   one statement -> a licence
    clauses      which clauses are about the text    reading      which statement counts for an entry
    doubts       some texts, readers or times only     plain   what goes beyond plain statements
    creative_commons, others, grants   what is named, or granted in own words
    spdx         ids            mentions   the strictest of several, or the choice        gate   what goes out

Pure. It must not find statements: parse does in feeds, article in pages.
"""

from syndicator.stages.licence.gate import Verdict, gate, may_translate
from syndicator.stages.licence.reading import inherited, read_licence

__all__ = ["Verdict", "gate", "inherited", "may_translate", "read_licence"]

"""What an installation of ours says of an entry, read back as it was known there: credits, hops, the translation, what
a partner asks for, the pictures that it has copies of.

The first that read an article worked out its credits with evidence; whoever follows its publication takes them as they
are told and reads nothing out of the text again.

    told    what is told for machines          text    without what is said of it for readers
"""

from syndicator.stages.relayed.text import with_its_enclosures, with_its_pictures, without_block
from syndicator.stages.relayed.told import RULE, Relayed, read_relayed

__all__ = ["RULE", "Relayed", "read_relayed", "with_its_enclosures", "with_its_pictures", "without_block"]

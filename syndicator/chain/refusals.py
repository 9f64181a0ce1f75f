"""What fails in one entry, or in an editor's template, as a value, so that it costs nothing else. It must not log."""

from syndicator.model import Refused

TEMPLATE = "template"  # the reason of a Refused: an editor's template cannot be used
TEMPLATE_HINT = "mend that template, or take it away to use ours"
IN_CIRCLES = "templates: one of them calls itself without end"


def refused(entry_id: str, error: Exception) -> Refused:
    """That what was done with an entry failed. Raises `error` again where memory ran out."""
    if isinstance(error, MemoryError):  # the hop's, not the entry's: the sandbox tries again with less
        raise error
    hint = "the other entries are not affected; please report this one with its feed's address"
    return Refused(reason="entry-failed", why=f"{entry_id}: {type(error).__name__}: {error}", hint=hint)


def at_fault(error: ValueError | RecursionError) -> Refused:
    """That an editor's template cannot be used; `why` begins with its name, as far as that is known."""
    why = IN_CIRCLES if isinstance(error, RecursionError) else str(error)
    return Refused(reason=TEMPLATE, why=why, hint=TEMPLATE_HINT)

"""What became of one poll, as a value that the command line prints and the daemon logs. It must not decide anything."""

from dataclasses import dataclass
from datetime import datetime

from syndicator.errors import PublishError
from syndicator.model import Answer, Changes, Failed, Fetched, Gone, Mistake, Note, NotModified, Refused


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """`outcome` is changed, unchanged, refused, failed or gone; `why` one phrase; counts are of entries."""

    subscription: str
    outcome: str
    why: str
    hint: str = ""
    new: int = 0
    changed: int = 0
    withdrawn: int = 0
    notes: tuple[Note, ...] = ()
    next_poll_at: datetime | None = None

    @property
    def ok(self) -> bool:
        """Whether upstream answered with something that could be used."""
        return self.outcome in ("changed", "unchanged")


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """A whole round: the reports in order of completion, the paths written, what could not be written, and what is
    wrong with the editor's files.
    """

    reports: tuple[Report, ...]
    written: tuple[str, ...]
    failed: tuple[PublishError, ...]
    mistakes: tuple[Mistake, ...] = ()


def quiet(name: str, answer: Answer | Refused, next_poll_at: datetime | None) -> Report:
    """The report of a poll that brought no entries."""
    match answer:
        case NotModified():
            outcome, why, hint = "unchanged", "not modified (304)", ""
        case Fetched():
            outcome, why, hint = "unchanged", "the same bytes as last time", ""
        case Gone():
            outcome, why = "gone", f"{answer.url} answered 410: the publisher took the feed down"
            hint = f"ask the publisher for its new address, then set subscriptions.{name}.url"
        case Refused():
            outcome, why, hint = "refused", answer.why, answer.hint
        case Failed():
            outcome, why, hint = "failed", answer.why, answer.hint
    return Report(subscription=name, outcome=outcome, why=why, hint=hint, next_poll_at=next_poll_at)


def brought(name: str, changes: Changes, notes: tuple[Note, ...], next_poll_at: datetime | None) -> Report:
    """The report of a poll whose feed was read."""
    new, changed, withdrawn = len(changes.new), len(changes.changed), len(changes.withdrawn)
    parts = ((new, "new"), (changed, "changed"), (withdrawn, "withdrawn"))
    why = ", ".join(f"{count} {word}" for count, word in parts if count) or "no new entries"
    return Report(
        subscription=name,
        outcome="changed" if new or changed or withdrawn else "unchanged",
        why=why,
        new=new,
        changed=changed,
        withdrawn=withdrawn,
        notes=notes,
        next_poll_at=next_poll_at,
    )

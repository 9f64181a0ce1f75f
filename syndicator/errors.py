"""What can go wrong, and how it is said.

    SyndicatorError
    ├── ConfigError        the configuration cannot be used
    ├── StoreError         the database cannot be used
    │   ├── StoreLocked    another process holds it
    │   ├── StoreNewer     its schema is newer than this program
    │   └── StoreFull      the disk, or the database's quota, is full
    ├── Superseded         another worker has taken the subscription over
    ├── PublishError       a published file could not be written
    │   └── TemplateAtFault  a template of the editor's cannot be used
    └── UsageError         a command was asked for something that is not there

Every error says ``what failed: which object: why`` and, on a line of its own, ``hint: what to do now``.
Expected outcomes (304, 410, an unchanged body, a document that is no feed) are values of `model`, not errors.
This module imports nothing of ours.
"""

from typing import ClassVar


class SyndicatorError(Exception):
    """The root: `subject` is the object concerned, `why` the reason with the value found, `hint` what to do now."""

    what: ClassVar[str] = "failed"

    def __init__(self, subject: str, why: str, hint: str = "") -> None:
        super().__init__(subject, why, hint)
        self.subject = subject
        self.why = why
        self.hint = hint

    def __str__(self) -> str:
        message = f"{self.what}: {self.subject}: {self.why}"
        return f"{message}\nhint: {self.hint}" if self.hint else message


class ConfigError(SyndicatorError):
    """The configuration cannot be used."""

    what = "configuration refused"


class StoreError(SyndicatorError):
    """The database cannot be used."""

    what = "store unusable"


class StoreLocked(StoreError):
    """Another process holds the database."""

    what = "store locked"


class StoreNewer(StoreError):
    """The database's schema is newer than this program."""

    what = "store too new"


class StoreFull(StoreError):
    """The disk, or the database's quota, is full."""

    what = "store full"


class Superseded(SyndicatorError):
    """Another worker has taken the subscription over since this one claimed it; nothing was written."""

    what = "claim lost"


class PublishError(SyndicatorError):
    """A published file could not be written; what was published before is still there."""

    what = "publishing failed"


class TemplateAtFault(PublishError):
    """A template of the editor's cannot be used."""


class UsageError(SyndicatorError):
    """A command was asked for something that is not there."""

    what = "cannot do that"

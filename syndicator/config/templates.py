"""Reading `templates/`: an editor's own templates for the pages, each in the place of one of ours.

This module must not render: it asks the room that does what is wrong with a template.
"""

from collections.abc import Mapping
from pathlib import Path

from syndicator.config.folders import read_folder, text_of
from syndicator.errors import ConfigError
from syndicator.model import Mistake


def read_templates(folder: Path, earlier: Mapping[str, str]) -> tuple[dict[str, str], tuple[Mistake, ...]]:
    """The texts of the templates in `folder` by file name, and what is wrong with the others.

    In place of one that is wrong stands its text in `earlier`, if any; else ours is used.
    """
    before = {name: (name, text) for name, text in earlier.items()}
    found, mistakes = read_folder(folder, "", _read, before)
    return dict(found), mistakes


def _read(path: Path) -> tuple[str, str]:
    # Here, as it takes a fifth of a second and few have templates.
    from syndicator.stages.render import template_mistakes  # noqa: PLC0415

    text = text_of(path)
    for mistake in template_mistakes({path.name: text}):
        raise ConfigError(mistake.subject, mistake.why, mistake.hint)
    return path.name, text

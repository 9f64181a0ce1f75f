"""The configuration: `load(path, environ)` gives a Config or says all that is wrong.

`judged` does so for a text that is not in the file yet, `why_no_address` for one feed's address; `stamp` tells when to
load again, `strays` what an editor may have misnamed.

    read.py            the order: file, environment, problems, Config
    tables.py          the settings that exist, each with default and description
    values.py          the kinds of value, and what each is called in an error
    outline.py         walking the tables by key
    environment.py     SYNDICATOR_SECTION__KEY and …_FILE
    syntax.py          what is wrong with how a file is written
    problems.py        every problem in one error
    overrides.py       overrides/*.toml, an editor's word on one entry
    translations.py    translations/*.md, a translation as an entry of its own
    people.py          whom these name
    templates.py       templates/, an editor's own pages
    markdown.py        their text as markup
    folders.py         each file of a folder by itself
    configuration.py   what the rest of the program sees
    reference.py       writes config/syndicator.full.toml and docs/reference/settings.md

The only door to pydantic, YAML and Markdown. There is no global configuration: whoever needs a setting is given it.
"""

from syndicator.config.configuration import Config, Log, Server
from syndicator.config.read import judged, load, stamp, strays
from syndicator.config.values import why_no_address

__all__ = ["Config", "Log", "Server", "judged", "load", "stamp", "strays", "why_no_address"]

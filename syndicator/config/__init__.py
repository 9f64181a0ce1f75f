"""The configuration: `load(path, environ)` gives a Config or says all that is wrong.

`judged` does so for a text that is not in the file yet, `why_no_address` for one feed's address.

    read.py            the order: file, environment, problems, Config
    tables.py          the settings that exist, each with default and description
    values.py          the kinds of value, and what each is called in an error
    outline.py         walking the tables by key
    environment.py     SYNDICATOR_SECTION__KEY and …_FILE
    problems.py        every problem in one error
    configuration.py   what the rest of the program sees
    reference.py       writes config/syndicator.full.toml and docs/reference/settings.md

The only door to pydantic. There is no global configuration: whoever needs a setting is given it.
"""

from syndicator.config.configuration import Config, Log, Server
from syndicator.config.read import judged, load
from syndicator.config.values import why_no_address

__all__ = ["Config", "Log", "Server", "judged", "load", "why_no_address"]

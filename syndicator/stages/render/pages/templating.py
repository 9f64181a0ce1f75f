"""The only door to Jinja2: the templates of our pages, and an editor's in their place, rendered in its sandbox.

A template of an editor's may say `{% extends "ours/entry.html" %}` and replace one block. Every value is escaped unless
it was made as markup by this room. No template can reach the clock or chance: what is rendered depends on its values.
This module reads the package's own data files and nothing else; it must not know what an entry is.
"""

from collections.abc import Mapping
from functools import cache, lru_cache
from hashlib import sha256
from importlib.resources import files
from types import MappingProxyType
from typing import Any

from jinja2 import DictLoader, StrictUndefined, TemplateError, TemplateSyntaxError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from ....model import Mistake

STYLE = "style.css"
FOLDER = "templates"
TAG = "{%"
"""What no style sheet has unless it is a template."""
OF_CHANCE = {"filters": ("random",), "globals": ("lipsum",)}

Templates = Mapping[str, str]
"""An editor's own texts by the name of the one that they stand in for: "entry.html", "style.css"."""

OURS: Templates = MappingProxyType({})
"""No templates of an editor's: ours are used."""


def page(name: str, values: Mapping[str, Any], templates: Templates) -> bytes:
    """The template `name` filled with `values`, UTF-8. Raises ValueError where an editor's template cannot be used."""
    try:
        return _environment(tuple(sorted(templates.items()))).get_template(name).render(values).encode()
    except (
        TemplateError,
        ArithmeticError,
        LookupError,
        OverflowError,
        TypeError,
    ) as error:  # what an expression raises
        raise ValueError(f"{FOLDER}/{name}: {error}") from error


def style_sheet(templates: Templates = OURS) -> bytes:
    """The style sheet of all pages. An editor's is taken as it is, unless it says `{% include "ours/style.css" %}` or
    has another tag: then it is a template, and ValueError is raised where it cannot be used.
    """
    text = templates.get(STYLE, _own()[STYLE])
    return page(STYLE, {}, templates) if TAG in text else text.encode()


def template_mistakes(templates: Templates) -> tuple[Mistake, ...]:
    """What can be said of an editor's templates before any page is made: names that stand in for nothing, bad syntax.

    What only shows in use (a value that no page has) is the ValueError of `page`.
    """
    found = (_mistake(name, text) for name, text in sorted(templates.items()))
    return tuple(each for each in found if each)


def pages_fingerprint(templates: Templates) -> str:
    """Names the texts of all templates: the editor's, and ours, which those may extend."""
    texts = [sorted(each.items()) for each in (_own(), templates)]
    return sha256(repr(texts).encode()).hexdigest()[:12]


@cache
def _own() -> Templates:
    """Our templates and style sheet by name."""
    here = files(__package__)
    texts = {each.name: each.read_text(encoding="utf-8") for each in here.joinpath(FOLDER).iterdir()}
    return {**texts, STYLE: here.joinpath(STYLE).read_text(encoding="utf-8")}


def _mistake(name: str, text: str) -> Mistake | None:
    subject = f"{FOLDER}/{name}"
    if name not in _own():
        known = ", ".join(sorted(_own()))
        return Mistake(subject=subject, why="stands in for no template of ours", hint=f"rename it to one of: {known}")
    if name == STYLE and TAG not in text:
        return None
    try:
        _environment(()).parse(text)
    except TemplateSyntaxError as error:
        why = f"line {error.lineno}: {error.message}"
        return Mistake(subject=subject, why=why, hint="mend that line, or remove the file to use our template")
    return None


@lru_cache(maxsize=4)
def _environment(overriding: tuple[tuple[str, str], ...]) -> ImmutableSandboxedEnvironment:
    texts = {**{f"ours/{name}": text for name, text in _own().items()}, **_own(), **dict(overriding)}
    environment = ImmutableSandboxedEnvironment(
        loader=DictLoader(texts),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.policies["json.dumps_kwargs"] = {"ensure_ascii": False}  # keys stay in our order
    for place, names in OF_CHANCE.items():
        for name in names:
            del getattr(environment, place)[name]
    return environment

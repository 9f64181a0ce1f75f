"""How a page names the people of an entry: a person's name leads to the page of what they did, any other to its own."""

from collections.abc import Callable
from html import escape

from ....model import Credit
from ..credit_block import own_address
from ..people import has_page, person_slug

Naming = Callable[[Credit], str]
"""HTML that names who is credited."""


def named_by(folder: str | None, here: str = "") -> Naming:
    """Names people with links into `folder`, a relative path with a slash at its end; None where they have no pages.

    `here` is the slug of the person whose page this is: it does not lead to itself.
    """

    def name(credit: Credit) -> str:
        if folder is None or not has_page(credit.agent, credit.role):
            return own_address(credit)
        label, slug = f"<bdi>{escape(credit.agent.name)}</bdi>", person_slug(credit.agent.name)
        return label if slug == here else f'<a href="{escape(folder)}{slug}.html">{label}</a>'

    return name

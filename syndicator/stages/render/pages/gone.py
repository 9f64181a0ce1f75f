"""What stands where the page of a text was that was taken down. It must not know anything of that text."""

from ....model import Publication, Site
from ..phrases import phrases_for
from .subscribing import frame, trail
from .templating import OURS, Templates, page


def gone_page(publication: Publication, site: Site, templates: Templates = OURS) -> bytes:
    """The notice for NAME/entries/SLUG.html, the same for every entry of a publication."""
    phrases = phrases_for(publication.language)
    values = frame(phrases, heading=phrases.say("This text is no longer here."), root="../../")
    values["trail"] = trail(site, publication)
    return page("gone.html", values, templates)

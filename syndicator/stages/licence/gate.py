"""The gate: how much of an entry goes out, and whether a translation of ours may. It reads no statements."""

from datetime import datetime
from typing import Literal

from syndicator.model import Licence, Permission, Permit, Release
from syndicator.model.noun import noun
from syndicator.stages.licence.statements import PICTURES

_ASK = 'ask the publisher and record the answer: permit NAME "letter of …"'


@noun
class Verdict:
    """Whether something may be done, and why, in one sentence."""

    granted: bool
    why: str


def gate(licence: Licence, permission: Permission | None, now: datetime, *, nosnippet: bool = False) -> Release:
    """What goes out of an entry, and why: a permission first, else its licence, else an excerpt.

    A permission that is over counts as nothing and, where no licence grants the text, leaves the link. `nosnippet` is
    the page's wish not to be quoted: it turns an excerpt that nobody granted into a link.
    """
    over = _ended(permission, now)
    if permission and not over and "verbatim" in permission.scope:
        why = f"permission: {permission.sentence}"
        return _release(why, untouched=licence.no_derivatives and "translate" not in permission.scope)
    if "verbatim" in licence.permits:
        return _release(_granted_by(licence), untouched=licence.no_derivatives)
    if permission and over:
        return Release(scope="link", why=f"{over}; ask again and record the answer: permit NAME …")
    if permission:
        scope: Literal["excerpt", "link"] = "excerpt" if "excerpt" in permission.scope else "link"
        return Release(scope=scope, why=f"permission for no more than {_list(permission.scope)}: {permission.sentence}")
    if nosnippet:
        return Release(scope="link", why=f"the page asks not to be quoted (nosnippet) and nothing allows more; {_ASK}")
    return Release(scope="excerpt", why=f"{_withheld(licence)}; {_ASK}")


def may_translate(licence: Licence, permission: Permission | None, now: datetime) -> Verdict:
    """Whether a translation of ours of the entry may be published: where a permission or its licence says so.

    Leave to reprint is no leave to translate, and NoDerivatives withholds it unless a permission gives it.
    """
    over = _ended(permission, now)
    if permission and not over and "translate" in permission.scope:
        return Verdict(granted=True, why=f"permission to translate: {permission.sentence}")
    if "translate" in licence.permits:
        return Verdict(granted=True, why=_granted_by(licence))
    if licence.no_derivatives:
        why = f"{_name(licence)} allows no translation"
    elif permission:
        why = over or f"the permission does not cover translating ({_list(permission.scope)}): {permission.sentence}"
    else:
        why = _withheld(licence)
    return Verdict(
        granted=False, why=f'{why}; ask for leave to translate and add "translate" to the permission\'s scope'
    )


def _ended(permission: Permission | None, now: datetime) -> str:
    """That and when the permission ended, or ""."""
    if permission is None or permission.until is None or permission.until >= now:
        return ""
    return f"the permission ended on {permission.until:%Y-%m-%d}: {permission.sentence}"


def _release(why: str, *, untouched: bool) -> Release:
    return Release(
        scope="untouched" if untouched else "whole", why=why + (" (no derivatives: left as it is)" if untouched else "")
    )


def _granted_by(licence: Licence) -> str:
    excepted = any(item.rule == PICTURES for item in licence.evidence)
    return f"licence: {_name(licence)}" + (" (pictures or other parts are excepted: see its words)" if excepted else "")


def _name(licence: Licence) -> str:
    """Its id, or what was said where it has none."""
    said = licence.evidence[0].text if licence.evidence else "public domain"
    return licence.id or licence.url or f"“{said[:_SAID]}{'…' if len(said) > _SAID else ''}”"


_SAID = 120  # characters of a statement in a message


def _withheld(licence: Licence) -> str:
    if not licence.evidence:
        return "no licence and no permission is stated"
    told = licence.evidence[0]
    return f"the {told.where} says {_name(Licence(evidence=licence.evidence))}, which allows no more than an excerpt"


def _list(scope: tuple[Permit, ...]) -> str:
    return ", ".join(scope) or "a link"

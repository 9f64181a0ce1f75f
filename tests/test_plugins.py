"""Transforms that the configuration names are loaded; what nobody offers is an error that says what there is."""

from importlib.metadata import EntryPoint

import pytest

from syndicator import plugins
from syndicator.errors import ConfigError


def test_nothing_is_loaded_that_is_not_named() -> None:
    assert plugins.load(()) == ()


def test_a_name_that_no_package_offers_is_refused_with_what_there_is() -> None:
    with pytest.raises(ConfigError, match="no installed package offers 'house-style'") as error:
        plugins.load(("house-style",))
    assert "syndicator.transforms" in str(error.value)


def test_transforms_come_in_the_order_of_the_configuration(monkeypatch: pytest.MonkeyPatch) -> None:
    points = [EntryPoint(name, f"builtins:{name}", plugins.GROUP) for name in ("str", "repr")]
    monkeypatch.setattr(plugins, "entry_points", lambda group, name=None: [p for p in points if name in (None, p.name)])
    assert plugins.load(("repr", "str")) == (repr, str)

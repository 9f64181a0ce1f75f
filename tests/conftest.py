"""What every test may ask for. Real input lives beside the project, in ../shared; where it is absent its tests skip,
except in CI.
"""

import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn

import pytest

SHARED = Path(__file__).resolve().parents[2] / "shared"


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real input, or a skip with the reason."""
    if SHARED.is_dir():
        return SHARED
    if os.environ.get("CI"):
        pytest.fail(f"real input is missing: {SHARED}")
    pytest.skip(f"real input is not here: {SHARED}")


@pytest.fixture(scope="session")
def program() -> Callable[..., str]:
    """The path of a program of the distribution, or a skip; a failure where SYNDICATOR_TEST_PROGRAMS=required."""

    def find(name: str, package: str = "") -> str:
        return shutil.which(name) or unavailable(f"{name} is not installed (apt-get install {package or name})")

    return find


def unavailable(reason: str) -> NoReturn:
    """Skip the test; a failure where SYNDICATOR_TEST_PROGRAMS=required."""
    if os.environ.get("SYNDICATOR_TEST_PROGRAMS") == "required":
        pytest.fail(reason)
    pytest.skip(reason)

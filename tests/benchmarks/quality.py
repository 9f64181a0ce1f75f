"""How well credits and articles are read, on the real input beside the project: `./run.sh bench quality`."""

import sys
from pathlib import Path

from tests.benchmarks import articles, credits, languages, licences, responses

SHARED = Path(__file__).resolve().parents[3] / "shared"


def main() -> None:
    """Print the figures of each set."""
    if not SHARED.is_dir():
        sys.exit(f"real input is not here: {SHARED}")
    read = (*credits.report(SHARED), *articles.report(SHARED), *responses.report(SHARED), *licences.report(SHARED))
    for line in (*read, *languages.report()):
        print(line)

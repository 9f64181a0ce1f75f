"""The image: what an operator mounts is what the program reads."""

import re
from pathlib import Path

from syndicator import config
from syndicator.config.read import FOLDERS

DOCKERFILE = Path(__file__).parents[1] / "Dockerfile"
SMALL = '[site]\nbase_url = "https://ours.example"\ntitle = "Ours"\n'
OVERRIDE = 'entry = "https://tidewater.example/bell/"\nwhy = "a letter"\nwithdraw = true\n'
HEAD = "of: https://tidewater.example/bell/\nlanguage: de\ntitle: Die Glocke\ntranslator: Ida Brandt"


def test_the_editors_files_in_the_mounted_folder_are_read(tmp_path: Path) -> None:
    mounted, seen = tmp_path / "etc/syndicator", tmp_path / "srv/syndicator"
    seen.mkdir(parents=True)
    for target, link in re.findall(r"ln -s (/etc/syndicator/\S+) (/srv/syndicator/\S+)", DOCKERFILE.read_text()):
        (tmp_path / link[1:]).symlink_to(tmp_path / target[1:])
    for folder in FOLDERS:
        (mounted / folder).mkdir(parents=True)
    (mounted / "syndicator.toml").write_text(SMALL)
    (mounted / "overrides/bell.toml").write_text(OVERRIDE)
    (mounted / "translations/bell.md").write_text(f"---\n{HEAD}\n---\n\nSie läutet.\n")
    (mounted / "templates/style.css").write_text("body { color: navy }")
    read = config.load(seen / "syndicator.toml", {})
    assert (len(read.overrides), len(read.translations), list(read.templates)) == (1, 1, ["style.css"])
    assert len(read.stamp) == 4, "and a change of each is noticed"

"""``python -m tests.portfolios``: write a made-up firm as a folder of contract files."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from tests.portfolios import WORLDS, play_firm, write_firm


def main() -> None:
    """Read the command line and write the files."""
    parser = argparse.ArgumentParser(prog="python -m tests.portfolios", description=__doc__)
    parser.add_argument("--world", choices=sorted(WORLDS), default="base")
    parser.add_argument("--projects", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--out", type=Path, required=True)
    said = parser.parse_args()
    write_firm(play_firm(WORLDS[said.world], said.projects, said.seed), said.out)
    sys.stdout.write(f"{said.out}\n")


if __name__ == "__main__":
    main()

"""Prove that the project starts with its runtime dependencies alone: no torch, no streamlit, no test tools.

Makes a throw-away environment, installs the base, reads the sample notices, lists deadlines and searches. Exits 1 on
the first step that fails.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
STEPS = [
    ["ingest", "corpus/notices"],
    ["documents"],
    ["deadlines", "--by", "unit"],
    ["search", "养老机构 消防"],
    ["export", "obligations"],
]


def main() -> int:
    with tempfile.TemporaryDirectory() as folder:
        venv.create(folder, with_pip=True)
        binaries = Path(folder) / ("Scripts" if os.name == "nt" else "bin")
        python = str(binaries / "python")
        subprocess.run([python, "-m", "pip", "install", "-q", "-c", "constraints.txt", "."], cwd=ROOT, check=True)
        environment = {**os.environ, "KB_DB": str(Path(folder) / "start.db"), "KB_OVERLAY": str(ROOT / "corpus" / "overlay.toml")}
        for step in STEPS:
            # Away from the checkout, so that the installed packages are what runs.
            words = [str(binaries / "kb"), *(str(ROOT / word) if word.startswith("corpus/") else word for word in step)]
            done = subprocess.run(words, cwd=folder, env=environment, capture_output=True, text=True, encoding="utf-8", check=False)
            print(f"kb {' '.join(step)}: exit {done.returncode}, {len(done.stdout)} characters")
            if done.returncode or not done.stdout.strip() and step[0] != "ingest":
                print(done.stderr, file=sys.stderr)
                return 1
        wanted = subprocess.run([python, "-c", "import torch"], capture_output=True, check=False)
        if wanted.returncode == 0:
            print("the base install pulls torch in", file=sys.stderr)
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())

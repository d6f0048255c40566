"""The project's tasks, each with nothing but Python to start from: demo, test, slow, check, score, gains, encoder, clean.

    python3 scripts/tasks.py demo

Makes `.venv` beside the project and installs what the task needs into it, pinned by constraints.txt.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ENVIRONMENT = Path(os.environ.get("KB_VENV", ROOT / ".venv"))
BIN = ENVIRONMENT / ("Scripts" if os.name == "nt" else "bin")
SHARED = ROOT.parent / "shared"
TORCH = "torch==2.13.0"  # first and by itself: an index with a CPU build is then used, and no CUDA packages are pulled


def tool(name: str) -> str:
    """The path of a command in the project's environment."""
    return str(BIN / (name + (".exe" if os.name == "nt" else "")))


def call(*words: str, **options: object) -> None:
    """Run a command in the project's folder; end this script with its status when it fails."""
    done = subprocess.run(words, cwd=ROOT, check=False, **options)  # type: ignore[call-overload]
    if done.returncode:
        sys.exit(done.returncode)


def install(extra: str) -> None:
    """Make the environment and install the project with `extra` into it, once per state of the pins."""
    if sys.version_info < (3, 11):  # noqa: UP036 — this script is what tells an older Python
        sys.exit(f"Python 3.11 or later is needed, this is {sys.version.split()[0]}: call a newer one, as in make PYTHON=python3.12 demo")
    pins = b"".join((ROOT / name).read_bytes() for name in ("pyproject.toml", "constraints.txt"))
    stamp = ENVIRONMENT / f".installed-{extra or 'base'}"
    state = hashlib.sha256(pins).hexdigest()
    if stamp.exists() and stamp.read_text() == state:
        return
    if not Path(tool("python")).exists():
        print(f"making {ENVIRONMENT.name} …", flush=True)
        venv.create(ENVIRONMENT, with_pip=True)
    pip = [tool("python"), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "-c", "constraints.txt"]
    print(f"installing the project with [{extra}] …" if extra else "installing the project …", flush=True)
    if extra == "all":
        call(*pip, TORCH)
    call(*pip, "-e", f".[{extra}]" if extra else ".")
    stamp.write_text(state)


def demo() -> None:
    """Read the sample notices into a fresh base and show what comes of them."""
    install("ui")
    folder = ROOT / "demo"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    call(tool("python"), "scripts/demo.py", str(folder / "demo.db"))


def test() -> None:
    """Every test that is not slow."""
    install("all")
    call(tool("python"), "-m", "pytest", *sys.argv[2:])


def slow() -> None:
    """The tests marked slow."""
    install("all")
    call(tool("python"), "-m", "pytest", "-m", "slow", *sys.argv[2:])


def check() -> None:
    """What CI checks beside the tests: style, types, and a start with the runtime dependencies alone."""
    install("all")
    call(tool("ruff"), "check", ".")
    call(tool("mypy"))
    call(tool("python"), "scripts/runtime_only.py")


def score() -> None:
    """The score of the annotated notices, where they are at hand."""
    install("all")
    call(tool("python"), "scripts/score.py", *sys.argv[2:])


def gains() -> None:
    """What appeared, vanished or changed against the last commit; options and folders in ARGS: make gains ARGS="--against HEAD~3 notices/"."""
    install("all")
    call(tool("python"), "scripts/gains.py", *sys.argv[2:])


def encoder() -> None:
    """Make the encoder that ships anew from folders of text: make encoder TRAIN="folder …"."""
    if not sys.argv[2:]:
        sys.exit('name the text to learn from: make encoder TRAIN="folder …"')
    install("all")
    call(tool("python"), "scripts/train_encoder.py", *sys.argv[2:])


def clean() -> None:
    """Remove what the tasks made."""
    for path in (ENVIRONMENT, ROOT / "demo", ROOT / "build", ROOT / "artifacts"):
        shutil.rmtree(path, ignore_errors=True)


TASKS = {task.__name__: task for task in (demo, test, slow, check, score, gains, encoder, clean)}

if __name__ == "__main__":
    if len(sys.argv) < 2 or sys.argv[1] not in TASKS:
        sys.exit(f"usage: python scripts/tasks.py {'|'.join(TASKS)}")
    TASKS[sys.argv[1]]()

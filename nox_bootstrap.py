"""The start of the sessions with nothing but Python: nox and uv, in a private environment.

``noxfile.py`` starts here when it is run as a script. The environment is made once, under ``.nox``.
"""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent
CONSTRAINTS = ROOT / "constraints.txt"
VERSION = "{}.{}".format(*sys.version_info)
ENVIRONMENTS = ROOT / ".nox" / VERSION
BOOTSTRAP = ENVIRONMENTS / "bootstrap"


def start(arguments: list[str]) -> None:
    """Hand over to the nox of the private environment, which is made or repaired first.

    Args:
        arguments: what nox is told.

    Raises:
        SystemExit: this Python cannot make the environment; the message says what to do.
    """
    if sys.version_info < (3, 11):
        sys.exit(
            f"klantkompas needs Python 3.11 or newer, and {sys.executable} is {VERSION}.\n"
            "Run this file with a newer one, such as: python3.12 noxfile.py"
        )
    if not all(importlib.util.find_spec(module) for module in ("venv", "ensurepip")):
        sys.exit(
            f"Python's venv module is not installed for {sys.executable}. On Debian or Ubuntu:\n"
            f"    apt install python{VERSION}-venv"
        )
    os.environ.setdefault("UV_SYSTEM_CERTS", "1")
    os.environ["UV_PYTHON_DOWNLOADS"] = "never"
    python = BOOTSTRAP / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    make_private_environment(python)
    nox = ("-m", "nox", "--noxfile", str(ROOT / "noxfile.py"), "--envdir", str(ENVIRONMENTS))
    command = [str(python), "-I", *nox, *arguments]
    if os.name == "nt":
        sys.exit(subprocess.call(command))
    os.execv(command[0], command)


def make_private_environment(python: Path) -> None:
    """Make the environment, unless this same Python made it whole from the same constraints.

    The sessions' environments are no more to be trusted than it is, and go with it.

    Args:
        python: the interpreter in the environment.

    Raises:
        SystemExit: nox and uv cannot be installed; pip has said why.
    """
    made_from = "\n".join(
        (sys.version, sys.base_prefix, str(BOOTSTRAP), CONSTRAINTS.read_text(encoding="utf-8"))
    )
    stamp = BOOTSTRAP / "made-from.txt"
    if stamp.is_file() and python.exists() and stamp.read_text(encoding="utf-8") == made_from:
        return
    import venv

    print("Making a private environment with nox and uv (once) ...", file=sys.stderr, flush=True)
    shutil.rmtree(ENVIRONMENTS, ignore_errors=True)
    venv.create(BOOTSTRAP, symlinks=os.name != "nt", with_pip=True)
    pip = [str(python), "-I", "-m", "pip", "-qq", "--disable-pip-version-check"]
    if subprocess.call([*pip, "install", "--constraint", str(CONSTRAINTS), "nox", "uv"]):
        sys.exit("nox and uv could not be installed; pip says above why.")
    stamp.write_text(made_from, encoding="utf-8")

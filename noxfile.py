"""Every job of the project, as a session of nox.

``python3 noxfile.py -s tests`` needs nothing but Python and its venv module: run as a script, this
file starts itself again in an environment with nox (see ``nox_bootstrap.py``).
``python3 noxfile.py`` lists the sessions; what follows ``--`` is handed to the session's command.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

if __name__ == "__main__":
    from nox_bootstrap import start

    start(sys.argv[1:])

import nox

ROOT = Path(__file__).resolve().parent
PYTHONS = nox.project.python_versions(nox.project.load_toml("pyproject.toml"))
# The documentation in Dutch, which has a folder of its own in that in English.
DUTCH = ("-D", "language=nl")

nox.needs_version = ">=2025.2.9"
nox.options.default_venv_backend = "uv"
nox.options.error_on_missing_interpreters = True
nox.options.reuse_venv = "yes"
nox.options.sessions = []


def install(session: nox.Session, *requirements: str) -> None:
    """Install the versions that constraints.txt names."""
    session.install("--constraint", "constraints.txt", *requirements)


@nox.session
def report(session: nox.Session) -> None:
    """Report on the fictional shop, or on your own exports: -- a file or folder ..."""
    install(session, ".[files,report]")
    arguments = session.posargs
    if arguments:
        session.chdir(session.invoked_from)
    else:
        arguments = ["examples/shop", "--out", "report.html"]
    session.run("python", "-m", "klantkompas", "report", *arguments)


@nox.session
def columns(session: nox.Session) -> None:
    """Look at exports, and propose how to read them: -- a file --write klantkompas.toml."""
    install(session, ".[files]")
    session.chdir(session.invoked_from)
    session.run("python", "-m", "klantkompas", "columns", *session.posargs)


@nox.session
def tests(session: nox.Session) -> None:
    """Run the tests, the examples in docstrings and the code blocks of README and docs."""
    install(session, "--group", "test", "--editable", ".[all]")
    session.run("pytest", "-n", "2", "--dist", "loadfile", *session.posargs)


@nox.session
def loopback(session: nox.Session) -> None:
    """Run the tests of the lenses with every built-in declared anew by a plugin."""
    install(session, "--group", "test", "--editable", ".[all]")
    plugin = ("-p", "loopback", "-p", "no:cacheprovider")
    tests = session.posargs or ["-n", "2", "--dist", "loadfile", "tests/lenses"]
    session.run("pytest", *plugin, *tests, env={"PYTHONPATH": "tests/loopback"})


@nox.session
def spark(session: nox.Session) -> None:
    """Run the tests of measuring on Spark, on one of this machine; needs Java 17 or newer."""
    if shutil.which("java") is None and not os.environ.get("JAVA_HOME"):
        session.error("Spark needs Java 17 or newer, such as apt install openjdk-17-jre-headless")
    install(session, "hypothesis", "pytest", "sybil", "--editable", ".[spark]")
    session.run("pytest", *(session.posargs or ["tests/cluster/test_spark.py"]))


@nox.session
def postgres(session: nox.Session) -> None:
    """Read from a PostgreSQL of its own; needs Debian's package (apt install postgresql)."""
    install(session, "hypothesis", "pytest", "sqlalchemy", "sybil", "--editable", ".[files]")
    session.install("psycopg[binary]")
    session.run("pytest", *(session.posargs or ["tests/postgres"]))


@nox.session
def browser(session: nox.Session) -> None:
    """Open page and docs in Chromium: axe, links, search, paper; needs Debian's chromium."""
    install(session, "--group", "browser", "--group", "docs", "--editable", ".[all,testing]")
    html = "docs/_build/html"  # both builds have nothing left to do after `docs`
    session.run("sphinx-build", "--quiet", "docs", html)
    session.run("sphinx-build", "--quiet", *DUTCH, "docs", f"{html}/nl")
    session.run("pytest", *(session.posargs or ["tests/browser"]))


@nox.session(venv_backend="none")
def matrix(session: nox.Session) -> None:
    """Run the tests on every Python that the project names; fail when but one is found."""
    pythons = {version: find_python(version) for version in PYTHONS}
    for version, python in pythons.items():
        session.log(f"Python {version}: {python or 'not found'}")
    found = [version for version in PYTHONS if pythons[version]]
    if len(found) < 2:
        session.error(f"The matrix needs at least two Pythons of {', '.join(PYTHONS)}")
    for version in found:
        session.run(str(pythons[version]), "noxfile.py", "-s", "tests", "--", *session.posargs)
    session.log(f"The tests ran on Python {' and '.join(found)}")


def find_python(version: str) -> str | None:
    """Find an interpreter: this one, on the PATH, or under the root of pyenv.

    Args:
        version: major and minor, such as ``"3.12"``.

    Returns:
        The path of one that runs and is of that version, if there is any.
    """
    pyenv = Path(os.environ.get("PYENV_ROOT") or Path.home() / ".pyenv") / "versions"
    installed = sorted(
        pyenv.glob(f"{version}.*/bin/python"),
        key=lambda path: [int(number) for number in re.findall(r"\d+", path.parts[-3])],
    )
    candidates = (sys.executable, shutil.which(f"python{version}"), *map(str, installed[::-1]))
    print_version = "import sys; print('{}.{}'.format(*sys.version_info))"
    for python in filter(None, candidates):
        command = [python, "-c", print_version]
        answer = subprocess.run(command, check=False, capture_output=True, text=True)
        if answer.stdout.strip() == version:
            return python
    return None


@nox.session(python=PYTHONS[0])
def minimum(session: nox.Session) -> None:
    """Run the tests with the lowest versions that pyproject.toml allows."""
    session.install("--resolution", "lowest-direct", "--group", "test", "--editable", ".[all]")
    # Old versions meet newer ones here that they could not know of.
    tolerate = ("-W", "default::DeprecationWarning")
    session.run("pytest", "-n", "2", "--dist", "loadfile", *tolerate, *session.posargs)


@nox.session
def types(session: nox.Session) -> None:
    """Check the types of the package, and that its face is typed for a hundred percent."""
    install(session, "--group", "types", "--editable", ".[all,duckdb,testing]")
    session.run("mypy")
    session.run("basedpyright", "--verifytypes", "klantkompas", "--ignoreexternal")


@nox.session
def imports(session: nox.Session) -> None:
    """Check that no floor of the house imports an upper one."""
    install(session, "--group", "lint")
    session.run("lint-imports", env={"PYTHONPATH": "src"})


@nox.session
def lint(session: nox.Session) -> None:
    """Check style, layout and phrases."""
    install(session, "--group", "lint")
    session.run("ruff", "check")
    session.run("ruff", "format", "--check", "--diff")
    session.run("python", "tests/house/phrases.py")


@nox.session
def docs(session: nox.Session) -> None:
    """Build the documentation, in English and in Dutch; any warning is an error."""
    install(session, "--group", "docs", "--editable", ".[all,testing]")
    strict = ("-W", "-n", "--keep-going")
    session.run("sphinx-build", *strict, "docs", "docs/_build/html")
    session.run("sphinx-build", *strict, *DUTCH, "docs", "docs/_build/html/nl")


@nox.session
def translate(session: nox.Session) -> None:
    """Bring the Dutch of the documentation up to date with its pages, before translating."""
    install(session, "--group", "docs")
    session.run("python", "docs/translate.py")


@nox.session(venv_backend="none")
def plugins(session: nox.Session) -> None:
    """Build the example plugin, and two from the template; test each where nothing else is."""
    folder = Path(session.create_tmp()).resolve()
    shutil.rmtree(folder)
    wheels = folder / "wheels"
    made = {folder / "our-shop-compass": "no", folder / "our-visits": "yes"}
    uv = (sys.executable, "-m", "uv")
    copier = (*uv, "tool", "run", "--constraints", "constraints.txt", "copier")
    for path, with_kind in made.items():
        answers = ("--data", f"distribution={path.name}", "--data", f"with_kind={with_kind}")
        copy = ("copy", "--quiet", "--defaults", *answers)
        session.run(*copier, *copy, "examples/plugin-template", str(path))
    projects = (*made, ROOT / "examples" / "klantkompas-sustainability")
    for project in (ROOT, *projects):
        session.run(*uv, "build", "--quiet", "--wheel", "--out-dir", str(wheels), str(project))
    for project in projects:
        package, environment = project.name.replace("-", "_"), folder / f"{project.name}-env"
        python = environment / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
        session.run(*uv, "venv", "--quiet", "--python", sys.executable, str(environment))
        session.run(
            *(*uv, "pip", "install", "--quiet", "--python", str(python)),
            *("--constraint", "constraints.txt"),
            *map(str, wheels.glob("klantkompas-*")),
            *(f"{each}[test]" for each in wheels.glob(f"{package}-*")),
        )
        with session.chdir(project):
            modules = ("--doctest-modules", "--pyargs", package)
            session.run(str(python), "-I", "-m", "pytest", *modules, "tests", *session.posargs)


@nox.session(venv_backend="none")
def shell(session: nox.Session) -> None:
    """Type the shell blocks of README, docs and template in fresh environments; takes minutes."""
    folder = Path(session.create_tmp()).resolve()
    shutil.rmtree(folder)
    wheels = folder / "wheels"
    build = (sys.executable, "-m", "uv", "build", "--quiet", "--wheel", "--out-dir", str(wheels))
    session.run(*build, str(ROOT))
    blocks = ROOT / "tests" / "docs" / "shell_blocks.py"
    session.run(sys.executable, str(blocks), str(wheels), str(folder / "typed"), *session.posargs)


@nox.session
def bench(session: nox.Session) -> None:
    """Time the whole job beside polars, duckdb and pandas: -- --n 1e6 --ids text."""
    install(session, "--group", "test", "--editable", ".[all]")
    session.run("python", "-m", "portfolio_job", *session.posargs, env={"PYTHONPATH": "benchmarks"})


@nox.session
def ratios(session: nox.Session) -> None:
    """Fail where what people wait for takes a tenth more, beside peers, than is kept: -- --keep."""
    install(session, "--group", "test", "--editable", ".[all]")
    environment = {"PYTHONPATH": "benchmarks"}
    kept = ("--ratios", "benchmarks/ratios.json", *session.posargs)
    session.run("python", "benchmarks/waits.py", *kept, env=environment)
    session.run("python", "-m", "portfolio_job", *kept, env=environment)


@nox.session(venv_backend="none")
def constraints(session: nox.Session) -> None:
    """Choose the newest versions anew, for every Python, and write constraints.txt."""
    session.run(
        *(sys.executable, "-m", "uv", "pip", "compile", "pyproject.toml", "--quiet", "--upgrade"),
        *("--universal", "--python-version", PYTHONS[0], "--fork-strategy", "requires-python"),
        *("--all-extras", "--group", "dev", "--no-annotate", "--no-emit-index-url"),
        *("--custom-compile-command", "python3 noxfile.py -s constraints"),
        *("--output-file", "constraints.txt"),
    )

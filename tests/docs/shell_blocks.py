"""Runs the shell blocks of README, docs and examples as typed, each page in a fresh environment.

Run as a script by the session `shell`, with a folder of wheels and one to work in. A page's
blocks are typed one after another in one shell, which stops where a command fails. The wheel of
this project is on no index, so pip is told to look in the folder of wheels too.

>>> commands_in("```shell\\npip install copier\\n```\\n\\nThen\\n\\n```shell\\npytest\\n```\\n")
'pip install copier\\npytest\\n'
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[2]
BLOCK = re.compile(r"^```shell\n(.*?)^```$", re.MULTILINE | re.DOTALL)
SETTINGS = re.compile(r"^```toml\n(version = 1\n.*?)^```$", re.MULTILINE | re.DOTALL)
SETTLED = "klantkompas.toml"
NOT_COPIED = (".git", ".nox", ".venv", "*_cache", "__pycache__", "_build", ".hypothesis")
INSTALL = 'pip install --quiet "klantkompas[all]"\n'
ORDERS = "customer,on,amount\n17,2025-01-31,12.50\n"
INVOICES = "customer,issued,due,paid,amount\n17,2025-01-31,2025-02-28,2025-02-14,12.50\n"
SHOPIFY = (
    "Name,Email,Financial Status,Created at,Currency,Subtotal,Taxes,Total,Refunded Amount,"
    "Lineitem quantity,Cancelled at\n"
    "#1001,anna@shop.example,paid,2025-01-31 10:15:00 +0100,EUR,12.50,0.00,12.50,0.00,1,\n"
)
BOOKS = """<?xml version="1.0" encoding="UTF-8"?>
<auditfile xmlns="http://www.auditfiles.nl/XAF/3.2"><company><customersSuppliers><customerSupplier>
<custSupID>D1</custSupID><custSupName>Kom &amp; Co</custSupName></customerSupplier>
</customersSuppliers><generalLedger>
<ledgerAccount><accID>1300</accID><accDesc>Debiteuren</accDesc><accTp>B</accTp></ledgerAccount>
<ledgerAccount><accID>8000</accID><accDesc>Omzet</accDesc><accTp>P</accTp></ledgerAccount>
</generalLedger><transactions><journal><jrnID>V</jrnID><desc>Verkoop</desc><jrnTp>S</jrnTp>
<transaction><nr>1</nr><trDt>2025-01-10</trDt>
<trLine><nr>1</nr><accID>1300</accID><effDate>2025-01-10</effDate><amnt>12.50</amnt>
<amntTp>D</amntTp><custSupID>D1</custSupID><invRef>F1</invRef></trLine>
<trLine><nr>2</nr><accID>8000</accID><effDate>2025-01-10</effDate><amnt>12.50</amnt>
<amntTp>C</amntTp></trLine></transaction></journal></transactions></company></auditfile>
"""


class Page(NamedTuple):
    """What the reader of a page has: files, its first settings, and perhaps klantkompas itself."""

    folder: str = "."
    installed: bool = False
    settled: bool = False
    files: Mapping[str, str] = {}


PAGES = {
    "README.md": Page(
        settled=True,
        files={
            "my.csv": "Customer number,Order date,Total,Order number\n17,2025-01-31,12.50,1001\n"
        },
    ),
    "docs/tutorial/from-exports-to-a-report.md": Page(),
    "docs/how-to/name-your-columns.md": Page(
        settled=True,
        files={
            "orders.csv": "Klant;Datum;Aantal;Prijs\n17;31-01-2025;2;6,25\n",
            "facturen.csv": (
                "Debiteur;Vervaldatum;Betaald op;Bedrag\n17;28-02-2025;14-02-2025;12,50\n"
            ),
        },
    ),
    "docs/how-to/exports-as-they-are.md": Page(
        installed=True,
        files={
            "orders_export.csv": SHOPIFY,
            "boekhouding.xaf": BOOKS,
            "facturen.csv": (
                "Klantnr;Factuurdatum;Vervaldatum;Bedrag\n17;31-01-2025;28-02-2025;12,50\n"
            ),
        },
    ),
    "docs/how-to/a-success-factor-of-your-own.md": Page(
        installed=True,
        files={
            "orders.csv": ORDERS,
            "invoices.csv": INVOICES,
            "our_shop.py": (ROOT / "examples/one_file_plugin.py").read_text(encoding="utf-8"),
        },
    ),
    "docs/how-to/publish-a-plugin.md": Page(),
    "our-shop-compass/README.md": Page("our-shop-compass"),
    "examples/klantkompas-sustainability/README.md": Page("examples/klantkompas-sustainability"),
    "examples/README.md": Page(),
}
"""The pages with shell blocks, in the order in which they are typed."""


def commands_in(text: str) -> str:
    """Return the shell blocks of a page, one behind the other."""
    return "".join(BLOCK.findall(text))


def pages_with_blocks(checkout: Path) -> Iterator[str]:
    """Yield the pages that have shell blocks, by their paths."""
    for page in sorted(checkout.rglob("*.md")):
        if commands_in(page.read_text(encoding="utf-8")):
            yield page.relative_to(checkout).as_posix()


def type_page(page: str, checkout: Path, wheels: Path, folder: Path) -> None:
    """Type the shell blocks of a page in a shell with an environment in the folder.

    It is a fresh one, or for the pages that say how to use klantkompas, one that has it.

    Raises:
        subprocess.CalledProcessError: a command failed.
    """
    given = PAGES[page]
    environment = folder / ("installed" if given.installed else "fresh")
    install = given.installed and not environment.exists()
    if install or not given.installed:
        subprocess.run([sys.executable, "-m", "venv", "--clear", environment], check=True)
    places = f"{wheels} {os.environ.get('PIP_FIND_LINKS', '')}".strip()
    variables = {
        **{name: value for name, value in os.environ.items() if name != "PYTHONPATH"},
        "PATH": f"{environment / 'bin'}{os.pathsep}{os.environ['PATH']}",
        "VIRTUAL_ENV": str(environment),
        "PIP_FIND_LINKS": places,
        # The tests of this project have a session of their own.
        "PYTEST_ADDOPTS": "--collect-only -q" if page == "README.md" else "",
    }
    text = (checkout / page).read_text(encoding="utf-8")
    place = checkout / given.folder
    (place / SETTLED).unlink(missing_ok=True)
    settings = {SETTLED: SETTINGS.findall(text)[0]} if given.settled else {}
    for name, content in (settings | dict(given.files)).items():
        (place / name).write_text(content, encoding="utf-8")
    subprocess.run(
        ["bash", "-eux", "-c", INSTALL * install + commands_in(text)],
        cwd=place,
        env=variables,
        # Who is asked something takes what is proposed.
        input="\n" * 20,
        text=True,
        check=True,
    )


def main(wheels: Path, folder: Path, *pages: Path) -> None:
    """Type shell blocks with this Python.

    Args:
        wheels: a folder with the wheel of this project.
        folder: a folder to work in, which is emptied.
        *pages: the pages to type; without any, all of them.
    """
    shutil.rmtree(folder, ignore_errors=True)
    checkout = folder / "checkout"
    shutil.copytree(ROOT, checkout, ignore=shutil.ignore_patterns(*NOT_COPIED))
    unknown = set(pages_with_blocks(checkout)) - set(PAGES)
    if unknown:
        sys.exit(f"Pages with shell blocks that nobody types: {', '.join(sorted(unknown))}")
    for page in [each.as_posix() for each in pages] or PAGES:
        began = time.monotonic()
        type_page(page, checkout, wheels.resolve(), folder)
        sys.stdout.write(f"{page}: typed in {time.monotonic() - began:.0f} s\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))

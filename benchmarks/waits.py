"""The processor time of what people wait for, beside that of importing what everybody imports.

Each is run in a process of its own, all in turns, and the least of some rounds counts; the ratio is
the time of the imports divided by its own.

    python benchmarks/waits.py
    python benchmarks/waits.py --ratios benchmarks/waits.json
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from pathlib import Path

from kept_ratios import add_options, keep_or_compare

SHOP = Path(__file__).parents[1] / "examples" / "shop"
FILES = {
    "customers": "klanten",
    "orders": "orders",
    "invoices": "facturen",
    "complaints": "klachten",
    "contacts": "contacten",
    "responses": "enquete",
    "departures": "vertrek",
}
IMPORTS = "import numpy, narwhals, attrs, pluggy"
READ = f"""
from klantkompas import Compass, Portfolio, read_mapping
files = {{table: f"{SHOP}/{{name}}.csv" for table, name in {FILES!r}.items()}}
columns = read_mapping("{SHOP}/columns.toml")
portfolio = Portfolio.from_files(columns=columns, locale="nl", **files)
"""
WAITS = {
    "nothing": "pass",
    "imports": IMPORTS,
    "import klantkompas": "import klantkompas",
    "from klantkompas import Portfolio, Compass": "from klantkompas import Portfolio, Compass",
    "Compass()": "from klantkompas import Compass; Compass()",
    "seven csv files of the shop": READ,
    "a reading of the shop": f"{READ}print(Compass().read(portfolio))",
    "its page": f"""{READ}
from klantkompas import write_report
write_report(Compass().read(portfolio), "{os.devnull}")
""",
    "the command: seven csv files to a page": f"""
import sys
from klantkompas.command import main
settings = ("--settings", "{SHOP}/klantkompas.toml", "--quiet", "--out", "{os.devnull}")
sys.argv = ["klantkompas", "report", *settings]
sys.exit(main())
""",
    "a hundred readings of the shop": f"""{READ}
for _ in range(100):
    Compass().read(portfolio)
""",
}


def run(code: str) -> tuple[float, float]:
    """Run code in a process of its own; give its processor time in seconds and its peak in MB.

    Bytecode is kept, as it is where people wait: whoever turned that off would time a compiler.
    """
    kept = {name: each for name, each in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    process = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.DEVNULL, env=kept)
    _, status, used = os.wait4(process.pid, 0)
    if status:
        sys.exit(f"this does not run: {code}")
    return used.ru_utime + used.ru_stime, used.ru_maxrss / 1024


def main() -> None:
    """Time everything in turns, and print the least times with the largest memory."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--rounds", type=int, default=5)
    add_options(parser)
    given = parser.parse_args()
    found: dict[str, list[tuple[float, float]]] = {name: [] for name in WAITS}
    for _ in range(given.rounds):
        for name, code in WAITS.items():
            found[name].append(run(code))
    least = {name: min(seconds for seconds, _ in runs) for name, runs in found.items()}
    print(f"{'':44s} processor  memory   ratio; load {os.getloadavg()[0]:.1f}")
    for name, runs in found.items():
        ratio = least["imports"] / least[name]
        print(f"{name:44s}{least[name]:8.3f} s{max(mb for _, mb in runs):5.0f} MB {ratio:7.3f}")
    ours = [name for name in WAITS if name not in ("nothing", "imports")]
    keep_or_compare({name: least["imports"] / least[name] for name in ours}, given)


if __name__ == "__main__":
    main()

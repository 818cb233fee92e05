"""Our reading of large files against a bare read of the same files, side by side in one run.

    python benchmarks/intake.py [csv] [folder] [xlsx] [xaf] [--rows 1000000] [--runs 3]

The files are generated. Each read has a process of its own, so that its peak memory is its own,
and the two ways take turns. Ratios carry over to other machines, seconds do not.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

SEED = 1
INVOICES_PER_CUSTOMER = 50
XAF_SPACE = "http://www.auditfiles.nl/XAF/3.2"


# --- the files


def make_invoices(rows: int) -> pd.DataFrame:
    """Return invoices as a Dutch package exports them: text, with a date of payment or none."""
    rng = np.random.default_rng(SEED)
    customer = rng.integers(0, max(rows // INVOICES_PER_CUSTOMER, 1), rows)
    issued = rng.integers(0, 1_400, rows)
    due = issued + rng.choice([14, 30, 60], rows)
    paid = due + rng.integers(-10, 60, rows)
    is_paid = rng.random(rows) < 0.9
    days = pd.date_range("2022-01-01", periods=1_600).strftime("%d-%m-%Y").to_numpy()
    # One amount in three is above 1,000 euro, so that it has a sign of the thousands.
    cents = rng.integers(1_000, 300_000, rows) * np.where(rng.random(rows) < 0.03, -1, 1)
    known, place = np.unique(cents, return_inverse=True)
    amounts = np.array([f"{value / 100:_.2f}" for value in known], dtype=object)
    swapped = pd.Series(amounts).str.translate({46: ",", 95: "."}).to_numpy()
    return pd.DataFrame(
        {
            "Debiteurnummer": pd.Series(customer).astype("str").str.zfill(6),
            "Naam": "Afnemer " + pd.Series(customer * 7_919 % 99_991).astype("str") + " B.V.",
            "Factuurnummer": "F" + pd.Series(np.arange(rows) + 2_022_000_000).astype("str"),
            "Factuurdatum": days[issued],
            "Vervaldatum": days[due],
            "Bedrag": swapped[place],
            "Betaaldatum": np.where(is_paid, days[paid], ""),
        }
    )


def write_csv(folder: Path, rows: int) -> Path:
    """Write one file with the payment of each invoice in its own row."""
    path = folder / "facturen.csv"
    make_invoices(rows).to_csv(path, sep=";", index=False)
    return path


def write_folder(folder: Path, rows: int) -> Path:
    """Write invoices, payments and customers as three files."""
    made = folder / "klant"
    made.mkdir()
    table = make_invoices(rows)
    paid = table.loc[table["Betaaldatum"] != "", ["Factuurnummer", "Betaaldatum", "Bedrag"]]
    people = table[["Debiteurnummer", "Naam"]].drop_duplicates()
    invoices = table.drop(columns=["Naam", "Betaaldatum"])
    for name, part in (("facturen", invoices), ("betalingen", paid), ("debiteuren", people)):
        part.to_csv(made / f"{name}.csv", sep=";", index=False)
    return made


def write_xlsx(folder: Path, rows: int) -> Path:
    """Write a workbook with dates and amounts as a spreadsheet stores them."""
    path = folder / "facturen.xlsx"
    table = make_invoices(rows)
    for word in ("Factuurdatum", "Vervaldatum", "Betaaldatum"):
        table[word] = pd.to_datetime(table[word], format="%d-%m-%Y")
    table["Bedrag"] = table["Bedrag"].str.translate({46: None, 44: "."}).astype("float64")
    table.to_excel(path, index=False, engine="xlsxwriter")
    return path


def write_xaf(folder: Path, rows: int) -> Path:
    """Write an audit file of a year: a booking of three lines and a debtor line per invoice."""
    path = folder / "auditfile.xaf"
    with path.open("w", encoding="utf-8") as stream:
        stream.write(
            f'<?xml version="1.0" encoding="UTF-8"?>\n<auditfile xmlns="{XAF_SPACE}"><header>'
            "<startDate>2025-01-01</startDate><endDate>2025-12-31</endDate><curCode>EUR</curCode>"
            "</header><company><customersSuppliers>"
        )
        people = max(rows // INVOICES_PER_CUSTOMER, 1)
        for number in range(people):
            stream.write(
                f"<customerSupplier><custSupID>{number:06d}</custSupID><custSupName>Afnemer "
                f"{number} B.V.</custSupName><custSupTp>C</custSupTp></customerSupplier>\n"
            )
        stream.write("</customersSuppliers><generalLedger>")
        for account, name in (("1300", "Debiteuren"), ("1500", "Btw"), ("8000", "Omzet")):
            stream.write(
                f"<ledgerAccount><accID>{account}</accID><accDesc>{name}</accDesc>"
                "<accTp>B</accTp></ledgerAccount>"
            )
        stream.write("</generalLedger><transactions><journal><jrnID>70</jrnID><jrnTp>S</jrnTp>")
        for number in range(rows):
            stream.write(_booking(number))
        stream.write("</journal><subledgers><subledger><sbType>CU</sbType>")
        for number in range(rows):
            stream.write(_debtor_line(number, people))
        stream.write("</subledger></subledgers></transactions></company></auditfile>\n")
    return path


def _cents(number: int) -> int:
    return 1_000 + number * 7_919 % 200_000


def _day(number: int) -> str:
    return f"2025-{number % 12 + 1:02d}-{number % 28 + 1:02d}"


def _booking(number: int) -> str:
    gross = _cents(number)
    net = round(gross / 1.21)
    lines = "".join(
        f"<trLine><nr>{nr}</nr><accID>{account}</accID><docRef>F{number:08d}</docRef>"
        f"<effDate>{_day(number)}</effDate><desc>Verkoopfactuur F{number:08d}</desc>"
        f"<amnt>{cents / 100:.2f}</amnt><amntTp>{side}</amntTp></trLine>"
        for nr, account, cents, side in (
            (1, "1300", gross, "D"),
            (2, "8000", net, "C"),
            (3, "1500", gross - net, "C"),
        )
    )
    told = f"<nr>{number}</nr><desc>Verkoop</desc><periodNumber>{number % 12 + 1}</periodNumber>"
    return f"<transaction>{told}<trDt>{_day(number)}</trDt>{lines}</transaction>\n"


def _debtor_line(number: int, people: int) -> str:
    return (
        f"<sbLine><nr>{number}</nr><jrnID>70</jrnID><trNr>{number}</trNr><trLineNr>1</trLineNr>"
        f"<desc>Verkoopfactuur</desc><amnt>{_cents(number) / 100:.2f}</amnt><amntTp>D</amntTp>"
        f"<custSupID>{number % people:06d}</custSupID><invRef>F{number:08d}</invRef>"
        f"<invDt>{_day(number)}</invDt><invDueDt>2026-01-{number % 28 + 1:02d}</invDueDt>"
        "<mutTp>I</mutTp></sbLine>\n"
    )


# --- the two ways; each prepares itself, and what it returns is timed


def our_way(path: Path) -> Callable[[], int]:
    """From the file to a ledger, as ``credit-audit`` does it."""
    from credit_helpers.intake.read import read_ledger

    return lambda: len(read_ledger(path).items)


def arrow_way(path: Path) -> Callable[[], int]:
    """The rows as pyarrow makes of them by itself, of every file of a folder."""
    from pyarrow import csv

    options = csv.ParseOptions(delimiter=";")
    files = sorted(path.iterdir()) if path.is_dir() else [path]
    return lambda: max(csv.read_csv(file, parse_options=options).num_rows for file in files)


def openpyxl_way(path: Path) -> Callable[[], int]:
    """The values of every row, read only, which is its fastest way."""
    from openpyxl import load_workbook

    def work() -> int:
        sheet = load_workbook(path, read_only=True).worksheets[0]
        return len(list(sheet.iter_rows(values_only=True))) - 1

    return work


def lxml_way(path: Path) -> Callable[[], int]:
    """A walk past every debtor line that takes nothing with it."""
    from lxml import etree

    def work() -> int:
        count = 0
        for _, element in etree.iterparse(str(path), tag=[f"{{{XAF_SPACE}}}{n}" for n in TAKEN]):
            count += element.tag.endswith("sbLine")
            element.clear()
            while element.getprevious() is not None:
                del element.getparent()[0]
        return count

    return work


TAKEN = ("sbLine", "transaction", "customerSupplier")
WAYS: dict[str, Callable[[Path], Callable[[], int]]] = {
    "ours": our_way,
    "pyarrow": arrow_way,
    "openpyxl": openpyxl_way,
    "lxml": lxml_way,
}
# What is read: how the file is made, its rows as a share of --rows, and what it is set against.
SUBJECTS: dict[str, tuple[Callable[[Path, int], Path], float, str]] = {
    "csv": (write_csv, 1.0, "pyarrow"),
    "folder": (write_folder, 1.0, "pyarrow"),
    "xlsx": (write_xlsx, 0.1, "openpyxl"),
    "xaf": (write_xaf, 0.21, "lxml"),
}


def once(way: str, path: Path) -> None:
    """Print what one read took; run in a process of its own."""
    work = WAYS[way](path)
    start = time.perf_counter()
    count = work()
    seconds = time.perf_counter() - start
    # Linux counts in kilobytes, macOS in bytes.
    unit = 1 if sys.platform == "darwin" else 1 << 10
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit
    print(json.dumps({"rows": count, "seconds": seconds, "peak": peak}))


def measured(ways: tuple[str, str], path: Path, runs: int) -> list[dict[str, Any]]:
    """Return the fastest of a few runs of each way; the ways take turns."""
    best: list[dict[str, Any]] = [{}, {}]
    for _ in range(runs):
        for place, way in enumerate(ways):
            command = [sys.executable, __file__, "--once", way, str(path)]
            done = subprocess.run(command, capture_output=True, text=True, check=True)
            found = json.loads(done.stdout)
            if not best[place] or found["seconds"] < best[place]["seconds"]:
                best[place] = found
    return best


def main() -> None:
    """Print a line per subject: seconds and peak memory of both ways, and their ratio."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("subjects", nargs="*", metavar="subject", help=", ".join(SUBJECTS))
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--once", nargs=2, metavar=("WAY", "FILE"), help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.once:
        once(options.once[0], Path(options.once[1]))
        return
    for subject in options.subjects or SUBJECTS:
        make, share, other = SUBJECTS[subject]
        with tempfile.TemporaryDirectory() as folder:
            path = make(Path(folder), int(options.rows * share))
            files = path.iterdir() if path.is_dir() else [path]
            size = sum(file.stat().st_size for file in files)
            ours, bare = measured(("ours", other), path, options.runs)
        if ours["rows"] != bare["rows"]:
            raise SystemExit(f"{subject}: {ours['rows']:,} rows, but {bare['rows']:,} by {other}")
        ratio = ours["seconds"] / bare["seconds"]
        told = f"{ratio:.1f}x the time" if ratio > 1 else f"{1 / ratio:.1f}x as fast"
        print(
            f"{subject:<7}{ours['rows']:>10,} rows {size / 1e6:5.0f} MB   "
            f"ours {ours['seconds']:6.2f} s {ours['peak'] / 1e6:5.0f} MB   "
            f"{other} {bare['seconds']:6.2f} s {bare['peak'] / 1e6:5.0f} MB   {told}",
            flush=True,
        )


if __name__ == "__main__":
    main()

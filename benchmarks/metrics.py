"""The tables of an audit: beside DuckDB, by growth, and in memory.

    python benchmarks/metrics.py [beside] [tables] [memory] [--invoices 1000000] [--runs 3]

*beside* sets ageing, the DSO at 24 month ends and days late against the same aggregates in SQL;
*tables* gives the processor time of every table, and what four times as many invoices cost;
*memory* the peak of a process of its own as a multiple of the ledger. Ratios carry over, seconds do
not.

*The ledger* is what its frames take in memory, texts included (``memory_usage(deep=True)``). The
peak is what the process holds above what it held before it had a ledger: the ledger itself, the
tables that an audit keeps, and whatever a table needs while it is made.
"""

from __future__ import annotations

import argparse
import functools
import gc
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import made_ledger
import numpy as np
import pandas as pd
import pyarrow as pa
from made_ledger import AS_OF, audit_of, ledger_of, make_frames

from credit_helpers.audit.audit import Audit
from credit_helpers.metrics import ageing, ageing_trend, behaviour, drift, dso, receipts
from credit_helpers.policy import load_policy
from credit_helpers.portfolio.ledger import Ledger

POLICY = load_policy()
EDGES = POLICY.ageing.edges_days
MONTHS = 24
INVOICES_PER_DEBTOR = 10
SQL = Path(__file__).with_name("metrics.sql")
Tables = dict[str, pd.DataFrame]


def made(invoices: int) -> made_ledger.Frames:
    """Return the frames of a ledger with ten invoices for each debtor, at most 100,000 of them."""
    return make_frames(invoices, min(invoices // INVOICES_PER_DEBTOR, 100_000))


# --- beside DuckDB


def our_ageing(ledger: Ledger) -> Tables:
    """The balance by bucket, and by debtor and bucket."""
    now = ledger.at(AS_OF).open_items
    by_bucket = ageing.by_bucket(now, EDGES)
    return {"by_bucket": by_bucket, "by_debtor": ageing.by_customer(now, ledger.customers, EDGES)}


def our_dso(ledger: Ledger) -> Tables:
    """The DSO family at 24 month ends, each as the ledger stood then."""
    now = ledger.at(AS_OF)
    trend = ageing_trend.by_month(now.items, now.settlements, now.month_ends(MONTHS), EDGES)
    return {"dso": dso.series(trend, now.sales, POLICY.dso)}


def our_lateness(ledger: Ledger) -> Tables:
    """Days late and its companions per debtor, in all and in the two windows, without drift."""
    now = ledger.at(AS_OF)
    payments = receipts.of_invoices(now.items, now.settlements)
    given = {"as_of": AS_OF, "policy": POLICY.behaviour}
    course = drift.by_customer(payments.iloc[:0], **given)
    return {"late": behaviour.by_customer(payments, ledger.customers, course, **given)}


def in_duckdb(frames: made_ledger.Frames, threads: int) -> duckdb.DuckDBPyConnection:
    """Return a database in memory with the ledger in tables of its own, days as days."""
    base = duckdb.connect(config={"threads": threads} if threads else {})
    for name in ("items", "settlements", "customers"):
        table = pa.Table.from_pandas(frames[name], preserve_index=False)
        days = [f'"{c}"::DATE AS "{c}"' for c in table.column_names if c.endswith("_on")]
        base.register("given", table)
        replaced = f"REPLACE ({', '.join(days)})" if days else ""
        base.execute(f"CREATE TABLE {name} AS SELECT * {replaced} FROM given")
        base.unregister("given")
    return base


def their(base: duckdb.DuckDBPyConnection, subject: str) -> dict[str, pa.Table]:
    """Return the tables that the statements of a subject give."""
    found = {}
    for name, statement in statements(subject):
        if name:
            found[name] = base.sql(statement).to_arrow_table()
        else:
            base.execute(statement)
    return found


def statements(subject: str) -> list[tuple[str, str]]:
    """Return the statements of a subject with the name of what each gives, empty for none."""
    windows = POLICY.behaviour.window_days
    values = {"as_of": f"DATE '{AS_OF:%Y-%m-%d}'", "period": POLICY.dso.period_days}
    text = SQL.read_text("utf-8").split(f"-- {subject}\n")[1].split("\n-- ---")[0]
    for name, value in {**values, "months": MONTHS, "window": windows}.items():
        text = text.replace(f":{name}", str(value))
    parts = [part.strip() for part in text.split(";")]
    return [(part.partition("-> ")[2].partition("\n")[0], part) for part in parts if part]


def compare(ours: Tables, others: dict[str, pa.Table]) -> None:
    """Raise when a figure that both give differs: cents exactly, days and shares but for noise."""
    for name, answer in others.items():
        own, other = ours[name], answer.to_pandas()
        key = own.columns[0]
        other[key] = other[key].astype(own[key].dtype)
        if len(own) != len(other):
            raise SystemExit(f"{name}: {len(own)} rows, {len(other)} by DuckDB")
        both = own.set_index(key).loc[other[key]].reset_index()
        for column in other.columns[1:]:
            a, b = both[column], other[column]
            if column == "name":
                assert (a.to_numpy() == b.to_numpy()).all(), f"{name}.{column}"
                continue
            tolerance = 0 if column.endswith(("_cents", "_count")) else 1e-9
            np.testing.assert_allclose(
                a.to_numpy("float64", na_value=np.nan),
                b.astype("float64").to_numpy(),
                rtol=tolerance,
                atol=tolerance,
                err_msg=f"{name}.{column}",
            )


def beside(invoices: int, runs: int, threads: int) -> None:
    """Print per subject our time, that of DuckDB, and their ratio."""
    frames = made(invoices)
    print(f"beside DuckDB {duckdb.__version__}: {invoices:,} invoices, best of {runs}")
    load, base = timed(lambda: in_duckdb(frames, threads))
    own_load, ledger = timed(lambda: ledger_of(frames))
    line("making the ledger / the tables", own_load, load)
    subjects = {"ageing": our_ageing, "dso": our_dso, "lateness": our_lateness}
    totals = np.zeros(2)
    for name, ours in subjects.items():
        ways = functools.partial(ours, ledger), functools.partial(their, base, name)
        compare(ways[0](), ways[1]())
        # In turns, so that whatever else runs here troubles both.
        best = np.min([[timed(way)[0] for way in ways] for _ in range(runs)], axis=0)
        totals += best
        line(name, *best)
    line("together", *totals)


def line(name: str, ours: float, other: float) -> None:
    """Print two times and their ratio."""
    print(f"  {name:<32}{ours:8.3f} s   DuckDB {other:7.3f} s   ratio {ours / other:5.2f}x")


# --- every table


def own_times(audit: Audit) -> Counter[str]:
    """Compute every table of an audit; return the seconds of each, without those it calls."""
    own: Counter[str] = Counter()
    inner: list[float] = []

    def clocked(name: str, work: Callable[[Any], Any]) -> Callable[[Any], Any]:
        def run(it: Any) -> Any:
            inner.append(0.0)
            start = time.process_time()  # of this process alone, whatever else runs here
            found = work(it)
            took = time.process_time() - start
            own[name] += took - inner.pop()
            if inner:
                inner[-1] += took
            return found

        return run

    names = tables_of(type(audit))
    kind = type("Clocked", (type(audit),), {})
    for name in names:
        timer = functools.cached_property(clocked(name, getattr(type(audit), name).func))
        timer.__set_name__(kind, name)
        setattr(kind, name, timer)
    clone = kind(**{field: getattr(audit, field) for field in audit.__dataclass_fields__})
    for name in names:
        getattr(clone, name)
    return own


def tables_of(kind: type) -> list[str]:
    """Return the names of everything an audit computes once and keeps."""
    parts = reversed(kind.__mro__)
    kept = functools.cached_property
    return [name for part in parts for name, what in vars(part).items() if isinstance(what, kept)]


def tables(invoices: int) -> None:
    """Print the seconds of every table, and how they grew from a quarter of the invoices."""
    times = []
    for size in (invoices // 4, invoices):
        times.append(own_times(audit_of(ledger_of(made(size)))))
        gc.collect()
    small, large = times
    print(f"every table: {invoices:,} invoices, and the growth from {invoices // 4:,} (4x)")
    for name, seconds in large.most_common():
        if seconds >= sum(large.values()) / 200:
            print(f"  {name:<32}{seconds:8.3f} s   growth {seconds / small[name]:5.1f}x")
    whole, part = sum(large.values()), sum(small.values())
    print(
        f"  {'all ' + str(len(large)) + ' tables':<32}{whole:8.3f} s   growth {whole / part:5.1f}x"
    )


# --- memory


def memory(invoices: int) -> None:
    """Print the peak memory of a process that holds the ledger and computes, per its size."""
    print(f"peak memory: {invoices:,} invoices, above what the program takes without a ledger")
    with tempfile.TemporaryDirectory() as folder:
        frames = made(invoices)
        size = sum(frame.memory_usage(deep=True).sum() for frame in frames.values())
        for name, frame in frames.items():
            frame.to_pickle(Path(folder) / name)  # a mapped file would count as well
        del frames
        for what in ("ledger", "trio", "every table"):
            command = [sys.executable, __file__, "--once", what, folder]
            peak = json.loads(subprocess.run(command, stdout=subprocess.PIPE, check=True).stdout)
            print(f"  {what:<32}{peak / 1e6:8.0f} MB   {peak / size:5.2f}x the ledger", flush=True)


def once(what: str, folder: Path) -> int:
    """Return the bytes at the peak above those at the start; run in a process of its own."""
    audit = audit_of(ledger_of(make_frames(1_000, 100)))
    own_times(audit)  # loads what is loaded when first used
    start = peak_bytes()
    ledger = ledger_of({path.name: pd.read_pickle(path) for path in folder.iterdir()})
    if what == "trio":
        for work in (our_ageing, our_dso, our_lateness):
            work(ledger)
    elif what == "every table":
        audit = audit_of(ledger)
        for name in tables_of(Audit):
            getattr(audit, name)
    return peak_bytes() - start


def peak_bytes() -> int:
    """Return the most memory that this process has held."""
    status = Path("/proc/self/status")
    if status.exists():  # what the system counts elsewhere holds the peak of the parent as well
        line_of = next(row for row in status.read_text().splitlines() if row.startswith("VmHWM"))
        return int(line_of.split()[1]) << 10
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def timed(work: Callable[[], Any]) -> tuple[float, Any]:
    """Return the seconds that work takes, and what it gives."""
    gc.collect()
    start = time.perf_counter()
    found = work()
    return time.perf_counter() - start, found


def main() -> None:
    """Print what was asked, or all three."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("subjects", nargs="*", metavar="subject", help="beside, tables, memory")
    parser.add_argument("--invoices", type=int, default=1_000_000)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--threads", type=int, default=0, help="of DuckDB; its own choice unless")
    parser.add_argument("--once", nargs=2, metavar=("WHAT", "FOLDER"), help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.once:
        print(once(options.once[0], Path(options.once[1])))
        return
    for subject in options.subjects or ("beside", "tables", "memory"):
        if subject == "beside":
            beside(options.invoices, options.runs, options.threads)
        elif subject == "tables":
            tables(options.invoices)
        else:
            memory(options.invoices)


if __name__ == "__main__":
    main()

"""Damages small files of every kind, 20,000 times by default, and reads each of them.

    python benchmarks/fuzz_intake.py [tries] [first seed]

Reading must end in a ledger that accounts for every row, or in an ``InputError`` that can be told
in both languages; anything else is printed with its seed, and the exit status is then 1. A file
that asks for more than 4 GB fails as well, where the system can limit a process; every 500 tries it
says how far it is, so that a run can go on from there.
"""

from __future__ import annotations

import collections
import importlib.util
import sys
import tempfile
import time
import traceback
import warnings
from pathlib import Path

from credit_helpers.errors import InputError
from credit_helpers.intake.read import read_ledger

MAX_BYTES = 4 << 30
SOURCE = Path(__file__).resolve().parents[1] / "tests" / "intake" / "mutations.py"


def _mutations():
    spec = importlib.util.spec_from_file_location("mutations", SOURCE)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def main(tries: int = 20_000, first: int = 0) -> int:
    """Return 0 when every file ended well."""
    warnings.simplefilter("ignore")
    _limit_memory()
    make = _mutations()
    files = make.seeds()
    ends: collections.Counter[str] = collections.Counter()
    start, worst = time.perf_counter(), 0.0
    with tempfile.TemporaryDirectory() as folder:
        for seed in range(first, first + tries):
            name = sorted(files)[seed % len(files)]
            path = Path(folder) / name
            path.write_bytes(make.mutated(name, files[name], seed))
            began = time.perf_counter()
            ends[_end(path, name, seed)] += 1
            worst = max(worst, time.perf_counter() - began)
            path.unlink()
            if (seed + 1 - first) % 500 == 0:
                print(f"up to seed {seed}: {time.perf_counter() - start:.0f} s", flush=True)
    seconds = time.perf_counter() - start
    print(f"{tries} files in {seconds:.0f} s, the slowest in {worst:.1f} s")
    for end, count in ends.most_common():
        print(f"{count:>7}  {end}")
    return 1 if any(end.startswith("!") for end in ends) else 0


def _limit_memory() -> None:
    try:
        import resource
    except ImportError:  # Windows
        return
    resource.setrlimit(resource.RLIMIT_AS, (MAX_BYTES, MAX_BYTES))


def _end(path: Path, name: str, seed: int) -> str:
    try:
        counts = read_ledger(path).intake
        for what in ("rows", "cents"):
            kept = counts[f"{what}_accepted"] + counts[f"{what}_quarantined"]
            assert kept.equals(counts[f"{what}_in"]), f"{what} are lost"
    except InputError as error:
        told = error.text("nl") and error.text("en")
        return ",".join(sorted({fault.code for fault in error.faults if told}))
    except KeyboardInterrupt:
        raise
    except BaseException as error:
        where = traceback.extract_tb(error.__traceback__)
        own = [f for f in where if "credit_helpers" in f.filename] or list(where)
        place = f"{Path(own[-1].filename).name}:{own[-1].lineno}"
        print(f"{name}, seed {seed}: {type(error).__name__} at {place}: {error}"[:240], flush=True)
        return f"! {type(error).__name__} at {place}"
    return "ledger"


if __name__ == "__main__":
    raise SystemExit(main(*(int(argument) for argument in sys.argv[1:3])))

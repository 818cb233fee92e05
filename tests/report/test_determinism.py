"""The same input makes the same bytes: another day, another zone, another language of the system.

The other report is made by a program whose clock, in it and in the kernel that it starts, is more
than a year ahead.
"""

import os
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

from credit_helpers.report.place import FILES

ROOT = Path(__file__).resolve().parents[2]
# Python runs this file of any folder on its path before anything else.
CLOCK = """\
import datetime, time
real, local = time.time, time.localtime
time.time = lambda: real() + 400 * 86_400
time.localtime = lambda seconds=None: local(time.time() if seconds is None else seconds)
"""
MAKE = """\
import sys
from credit_helpers.report.build import Order, build
build(Order("sample:installer", language="nl", output=sys.argv[1], has_deck=sys.argv[2] == "deck"))
"""
SETTINGS = {"TZ": "America/Anchorage", "LANG": "de_DE.UTF-8", "LC_ALL": "C"}


def files(folder):
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


def made(folder, clock):
    """The files of a report that a program of its own made, with another clock and settings."""
    deck = "deck" if find_spec("pptx") else ""
    subprocess.run(
        [sys.executable, "-c", MAKE, str(folder), deck],
        env={**os.environ, "PYTHONPATH": os.pathsep.join([str(clock), str(ROOT)]), **SETTINGS},
        cwd=folder.parent,
        check=True,
    )
    return files(folder)


def test_another_day_zone_and_language_change_no_byte(sample_report, tmp_path):
    clock = tmp_path / "clock"
    clock.mkdir()
    (clock / "sitecustomize.py").write_text(CLOCK, encoding="utf-8")
    first, later = files(sample_report("installer", "nl").folder), made(tmp_path / "b", clock)
    assert {"report.html", "evidence.xlsx", "results.json"} <= first.keys() == later.keys()
    assert first.keys() <= {*FILES, "deck.pptx"}
    assert [name for name in first if first[name] != later[name]] == []
    check = "import datetime, time; print((datetime.date.today() - datetime.date(2020, 1, 1)).days)"
    days = [
        int(subprocess.check_output([sys.executable, "-c", check], env={**os.environ, **path}))
        for path in ({}, {"PYTHONPATH": str(clock)})
    ]
    assert days[1] - days[0] in (400, 401)

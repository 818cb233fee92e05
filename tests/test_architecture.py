"""The house rules, read from the sources: floors, laws, sizes.

Every check takes plain text, so that each is also shown a made-up source that breaks it: a check
that cannot fail is no check.
"""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = "credit_helpers"
FLOORS = {
    **dict.fromkeys(
        ("errors", "formats", "policy", "resources", "buckets", "cents", "ladder", "month_grid"), 0
    ),
    **dict.fromkeys(("benchmark", "colour", "keys", "norms", "questionnaire", "strategy"), 0),
    **dict.fromkeys(("portfolio", "law", "words"), 1),
    **dict.fromkeys(("metrics", "intake"), 2),
    **dict.fromkeys(("findings", "views"), 3),
    "audit": 4,
    "report": 5,
    "cli": 6,  # the command line stands before the report that it starts
    **dict.fromkeys(("__init__", "__main__"), 7),
}
# Rooms that may not know each other although the floors would allow it.
STRANGERS = {
    "views": {"metrics", "intake", "law"},
    "findings": {"metrics", "intake", "law"},
    "report": {"metrics", "findings", "intake", "law"},
}
# What arithmetic does not know: files, figures, language, the clock.
PURE = {"metrics", "law"}
IMPURE_IMPORTS = {"pathlib", "os", "io", "plotly", "babel", "locale", "time", "IPython"}
IMPURE_ROOMS = {"words", "formats", "resources"}
IMPURE_CALLS = {"now", "today", "utcnow", "open", "print", "read_csv", "to_csv", "read_text"}
MAX_LINES = 300
VAGUE_NAMES = {"utils", "util", "common", "helpers", "helper", "misc", "tools"}


def sources():
    """Every module of the package by its dotted name without the package's own."""
    for path in sorted((ROOT / PACKAGE).rglob("*.py")):
        parts = path.relative_to(ROOT / PACKAGE).with_suffix("").parts
        if not parts[0].startswith("_notebooks"):
            yield ".".join(parts), path.read_text(encoding="utf-8")


SOURCES = dict(sources())


def room(module):
    return module.split(".")[0]


def imports(module, source):
    """Return the names that a module imports; ours without the package, others with a leading dot.

    ``from credit_helpers import x`` names the module x when there is one, else the top.
    """
    found = set()
    base = [PACKAGE, *module.split(".")[:-1]]
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            above = base[: len(base) - node.level + 1] if node.level else []
            start = ".".join([*above, *([node.module] if node.module else [])])
            names = [f"{start}.{alias.name}" for alias in node.names]
        else:
            continue
        for name in names:
            if not name.startswith(f"{PACKAGE}."):
                found.add("__init__" if name == PACKAGE else f".{name}")
                continue
            own = name.removeprefix(f"{PACKAGE}.")
            found.add(own if room(own) in FLOORS else "__init__")
    return found


def wrong_floors(module, source):
    own = room(module)
    if own not in FLOORS:
        return [f"{module}: stands on no floor"]
    faults = []
    for name in imports(module, source):
        other = room(name)
        if name.startswith(".") or other == own:
            continue
        below = FLOORS[other] < FLOORS[own] or FLOORS[other] == FLOORS[own] == 0
        if not below or other in STRANGERS.get(own, ()):
            faults.append(f"{module} imports {name}")
    return faults


def impure(module, source):
    if room(module) not in PURE:
        return []
    faults = []
    for name in imports(module, source):
        outside = name.startswith(".") and name.split(".")[1] in IMPURE_IMPORTS
        if outside or room(name) in IMPURE_ROOMS:
            faults.append(f"{module} imports {name}")
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call):
            called = getattr(node.func, "attr", getattr(node.func, "id", ""))
            if called in IMPURE_CALLS:
                faults.append(f"{module} calls {called}")
    return faults


def asks_the_clock(module, source):
    """Nothing that is made depends on the day on which it is made."""
    asked = {"now", "today", "utcnow"}
    return [
        f"{module}:{node.lineno} {node.func.attr}"
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in asked
    ]


def siblings(module, source):
    if room(module) != "metrics":
        return []
    return [
        f"{module} imports {name}"
        for name in imports(module, source)
        if room(name) == "metrics" and not f"{name}.".startswith(f"{module}.")
    ]


def loops_over_rows(module, source):
    if room(module) != "metrics":
        return []
    slow = {"apply", "applymap", "iterrows", "itertuples"}
    calls = (node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call))
    return [
        f"{module}:{node.lineno} {node.func.attr}"
        for node in calls
        if isinstance(node.func, ast.Attribute) and node.func.attr in slow
    ]


def too_long(module, source):
    lines = len(source.splitlines())
    return [f"{module}: {lines} lines"] if lines >= MAX_LINES else []


def vague(module, source):
    names = [part.strip("_") for part in module.split(".") if not part.startswith("__")]
    return [module for name in names if VAGUE_NAMES & set(name.split("_"))]


def code_in_init(module, source):
    """A room's ``__init__`` says what the room is and may name what it offers; nothing runs."""
    if module.split(".")[-1] != "__init__" or module == "__init__":
        return []
    quiet = (ast.Import, ast.ImportFrom, ast.Assign, ast.AnnAssign)
    loud = [
        node
        for node in ast.parse(source).body
        if not isinstance(node, quiet)
        and not (isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant))
    ]
    return [f"{module}:{node.lineno}" for node in loud]


CHECKS = {
    wrong_floors: ("metrics.x", "from credit_helpers.audit import Audit"),
    impure: ("metrics.x", "from pathlib import Path"),
    asks_the_clock: ("report.x", "import datetime\nx = datetime.date.today()"),
    siblings: ("metrics.x", "from credit_helpers.metrics import ageing"),
    loops_over_rows: ("metrics.x", "def f(frame):\n    return frame.groupby('a').apply(len)"),
    too_long: ("views.x", "x = 1\n" * MAX_LINES),
    vague: ("report.text_utils", ""),
    code_in_init: ("views.__init__", "for x in ():\n    pass"),
}


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)
def test_the_house_keeps_its_rules(check):
    assert SOURCES
    assert [fault for name, text in SOURCES.items() for fault in check(name, text)] == []


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)
def test_each_check_can_fail(check):
    assert check(*CHECKS[check])


@pytest.mark.parametrize(
    ("module", "source"),
    [
        ("metrics.x", "from credit_helpers.intake.read import read_ledger"),
        ("portfolio.x", "from credit_helpers import words"),
        ("portfolio.x", "from ..metrics import ageing"),
        ("portfolio.x", "def f():\n    import credit_helpers.audit"),
        ("views.x", "from credit_helpers.metrics.ageing import bucket_names"),
        ("views.x", "from credit_helpers.findings.finding import Finding"),
        ("findings.x", "from credit_helpers import open_audit"),
        ("findings.x", "from credit_helpers.metrics import dso"),
        *(
            ("report.x", f"from credit_helpers.{other} import x")
            for other in ("metrics", "findings", "intake", "law", "cli")
        ),
        ("audit", "from credit_helpers.report.build import build_report"),
        ("errors", "from credit_helpers.words import Words"),
        ("attic.x", ""),
    ],
)
def test_a_way_up_is_seen(module, source):
    assert wrong_floors(module, source)


@pytest.mark.parametrize(
    ("module", "source"),
    [
        ("audit", "from credit_helpers.metrics import ageing"),
        ("views.ageing", "from credit_helpers.views.table import Table"),
        ("policy", "from credit_helpers.errors import Fault"),
        ("cli", "from credit_helpers.report.build import build_report"),
        ("metrics.ageing", "import numpy as np\nfrom credit_helpers.policy import Policy"),
        ("__init__", "from credit_helpers.audit import open_audit"),
    ],
)
def test_a_way_down_is_free(module, source):
    assert wrong_floors(module, source) == []


@pytest.mark.parametrize(
    "source",
    [
        "import plotly.graph_objects as go",
        "from credit_helpers import words",
        "from credit_helpers.formats import Formats",
        "from datetime import datetime\nx = datetime.now()",
        "import pandas as pd\nx = pd.Timestamp.today()",
        "print(1)",
    ],
)
def test_arithmetic_that_knows_the_world_is_seen(source):
    assert impure("metrics.x", source)
    assert impure("law.x", source)
    assert impure("report.x", source) == []

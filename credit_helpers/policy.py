"""Policy is data: frozen dataclasses, read from TOML and checked when made.

Each field's meaning stands beside its value in ``policies/standard.toml``.
"""

from __future__ import annotations

import dataclasses
import difflib
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any, get_args, get_origin, get_type_hints

from credit_helpers.errors import Fault, PolicyError
from credit_helpers.ladder import LADDER_CODES, LadderStep
from credit_helpers.norms import (
    AgeingPolicy,
    BehaviourPolicy,
    CollectionPolicy,
    ConcentrationPolicy,
    CurvePolicy,
    DsoPolicy,
    EarlyWarningPolicy,
    FindingsPolicy,
    IndicatorsPolicy,
    LimitsPolicy,
    OrderToCashPolicy,
    PaydexPolicy,
    PriorityPolicy,
    QualityPolicy,
    SegmentationPolicy,
)
from credit_helpers.questionnaire import MaturityPolicy
from credit_helpers.resources import PACKAGE

STANDARD = PACKAGE / "policies" / "standard.toml"

# Divided by, so never zero.
AT_LEAST_ONE = {
    *("period_days", "pace_days", "window_days", "sales_days", "high_reasons_count"),
    *("slope_months_count", "cohort_months_count", "last_days", "month_end_days"),
    *("window_months_count", "before_months_count", "reported_months_count", "round_cents"),
    *("full_amount_cents", "full_lateness_days", "full_drift_days"),
    *("proposal_min_days", "proposal_step_cents"),
}


@dataclass(frozen=True)
class Policy:
    """Every threshold of the program, one section per subject."""

    ageing: AgeingPolicy
    dso: DsoPolicy
    indicators: IndicatorsPolicy
    behaviour: BehaviourPolicy
    curve: CurvePolicy
    paydex: PaydexPolicy
    concentration: ConcentrationPolicy
    limits: LimitsPolicy
    segmentation: SegmentationPolicy
    early_warning: EarlyWarningPolicy
    priority: PriorityPolicy
    collection: CollectionPolicy
    order_to_cash: OrderToCashPolicy
    quality: QualityPolicy
    findings: FindingsPolicy
    maturity: MaturityPolicy

    def flat(self) -> dict[str, Any]:
        """Return every value by its key, for example ``ageing.max_overdue_share``."""
        sections = dataclasses.asdict(self)
        return {f"{s}.{k}": v for s, values in sections.items() for k, v in values.items()}


def read_toml(path: Path) -> dict[str, Any]:
    """Return the contents of a TOML file.

    Raises
    ------
    PolicyError
        When the file does not exist or is not TOML; the line is named.
    """
    if not path.is_file():
        raise PolicyError(Fault("file_missing", {"file": path.name}))
    try:
        return tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        values = {"file": path.name, "where": str(error)}
        raise PolicyError(Fault("toml_unreadable", values)) from None


def load_policy(overrides: Mapping[str, Any] | Path | None = None) -> Policy:
    """Return the standard policy with a client's own values laid over it.

    Parameters
    ----------
    overrides : mapping or Path, optional
        Sections of values that differ, as in ``{"ageing": {"max_overdue_share": 0.25}}``, or
        the TOML file that holds them.

    Returns
    -------
    Policy

    Raises
    ------
    PolicyError
        For every unknown key (with the nearest known one) and every value out of range, at once.

    Examples
    --------
    >>> load_policy({"ageing": {"edges_days": [0, 14, 30]}}).ageing.edges_days
    (0, 14, 30)
    """
    source = overrides.name if isinstance(overrides, Path) else "policy"
    own = read_toml(overrides) if isinstance(overrides, Path) else overrides or {}
    values = tomllib.loads(STANDARD.read_text(encoding="utf-8"))
    faults = [Fault(f.code, {"file": source, **f.values}) for f in _lay_over(values, own)]
    if faults:
        raise PolicyError(faults)
    hints = get_type_hints(Policy)
    return Policy(**{name: _section(hints[name], values[name]) for name in hints})


def _lay_over(values: dict[str, Any], own: Mapping[str, Any]) -> Iterator[Fault]:
    hints = get_type_hints(Policy)
    for section, keys in own.items():
        if section not in values or not isinstance(keys, Mapping):
            yield _unknown(section, list(values))
            continue
        types = get_type_hints(hints[section])
        for key, value in keys.items():
            if key not in types:
                yield _unknown(f"{section}.{key}", [f"{section}.{name}" for name in types])
            elif cure := _wrong(key, value, types[key]):
                wrong = {"key": f"{section}.{key}", "value": repr(value), "cure": cure}
                yield Fault("policy_value_wrong", wrong)
            else:
                values[section][key] = value


def _unknown(key: str, known: list[str]) -> Fault:
    nearest = difflib.get_close_matches(key, known, n=1, cutoff=0.0)[0]
    return Fault("policy_key_unknown", {"key": key, "nearest": nearest})


def _wrong(key: str, value: Any, hint: Any) -> str:
    """Return what a value should have been, or nothing when it is right."""
    if get_origin(hint) is tuple:
        return _wrong_list(key, value, get_args(hint)[0])
    numeric = isinstance(value, (int, float)) and not isinstance(value, bool)
    if (hint is int and not (numeric and isinstance(value, int))) or not numeric:
        return "12" if hint is int else "0.12"
    if key.endswith("_share") and "utilisation" not in key:
        return "" if 0 <= value <= 1 else "0 .. 1"
    least = 1 if key in AT_LEAST_ONE else 0
    return "" if value >= least else f">= {least}"


def _wrong_list(key: str, value: Any, kind: Any) -> str:
    if not isinstance(value, list) or not value:
        return "[...]"
    if dataclasses.is_dataclass(kind):
        names = {field.name for field in fields(kind)}
        if any(not isinstance(step, Mapping) or set(step) != names for step in value):
            return ", ".join(sorted(names))
        for name, codes in LADDER_CODES.items():
            if any(step[name] not in codes for step in value):
                return f"{name}: {', '.join(codes)}"
        value = [step["from_days"] for step in value]
    whole = all(isinstance(v, int) and not isinstance(v, bool) for v in value)
    if not whole or value != sorted(set(value)):
        return "[1, 2, 3]"
    if key == "edges_days" and value[0] != 0:
        return "[0, 30, 60, 90]"
    return "[500000, 5000000]" if key == "size_edges_cents" and len(value) != 2 else ""


def _section(kind: Any, values: Mapping[str, Any]) -> Any:
    hints = get_type_hints(kind)
    return kind(**{key: _converted(value, hints[key]) for key, value in values.items()})


def _converted(value: Any, hint: Any) -> Any:
    if get_origin(hint) is tuple:
        steps = get_args(hint)[0] is LadderStep
        return tuple(LadderStep(**v) for v in value) if steps else tuple(value)
    return float(value) if hint is float else value

"""Policy is data: frozen dataclasses, read from TOML and checked when made.

Each field's meaning stands beside its value in ``policies/standard.toml``.
"""

from __future__ import annotations

import dataclasses
import difflib
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any, get_args, get_origin, get_type_hints

from credit_helpers.errors import Fault, PolicyError
from credit_helpers.resources import PACKAGE

STANDARD = PACKAGE / "policies" / "standard.toml"


@dataclass(frozen=True)
class AgeingPolicy:
    """Ageing buckets and their norms."""

    edges_days: tuple[int, ...]
    max_overdue_share: float
    max_d91_plus_share: float
    min_effect_cents: int


@dataclass(frozen=True)
class DsoPolicy:
    """Period and norms of the DSO family."""

    period_days: int
    min_history_share: float
    target_days: float
    max_rise_days: float
    max_delinquent_days: float


@dataclass(frozen=True)
class BehaviourPolicy:
    """Windows and norms of payment behaviour."""

    window_days: int
    min_settled_count: int
    max_days_late: float
    max_drift_days: float
    erratic_std_days: float


@dataclass(frozen=True)
class ConcentrationPolicy:
    """Norms of concentration."""

    top_n: tuple[int, ...]
    pareto_share: float
    max_top1_share: float
    max_hhi: float


@dataclass(frozen=True)
class LimitsPolicy:
    """Norms of credit limits and insurance."""

    max_utilisation_share: float
    warn_utilisation_share: float
    insured_payout_share: float
    max_extension_days: int


@dataclass(frozen=True)
class SegmentationPolicy:
    """Edges of risk, life stage and size."""

    high_days_late: float
    middle_days_late: float
    high_d91_plus_share: float
    starter_days: int
    large_share: float
    size_edges_cents: tuple[int, ...]


@dataclass(frozen=True)
class LadderStep:
    """One step of the collection path, from a number of days past due."""

    from_days: int
    step: str
    channel: str
    tone: str


@dataclass(frozen=True)
class PriorityPolicy:
    """Weights of the collection priority and the ladder of next actions."""

    weight_amount: float
    weight_lateness: float
    weight_drift: float
    weight_promise: float
    weight_limit: float
    weight_dispute: float
    full_amount_cents: int
    full_lateness_days: int
    full_drift_days: int
    ladder: tuple[LadderStep, ...]


@dataclass(frozen=True)
class CollectionPolicy:
    """Norms of reminders and promises."""

    max_first_action_days: int
    max_reminders_count: int
    min_kept_share: float


@dataclass(frozen=True)
class QualityPolicy:
    """Norms of the data and of what disturbs a ledger."""

    max_unapplied_share: float
    max_dispute_share: float
    max_credit_note_share: float
    max_write_off_share: float
    stale_days: int
    near_duplicate_days: int


@dataclass(frozen=True)
class Policy:
    """Every threshold of the program, one section per subject."""

    ageing: AgeingPolicy
    dso: DsoPolicy
    behaviour: BehaviourPolicy
    concentration: ConcentrationPolicy
    limits: LimitsPolicy
    segmentation: SegmentationPolicy
    priority: PriorityPolicy
    collection: CollectionPolicy
    quality: QualityPolicy

    def flat(self) -> dict[str, Any]:
        """Return every value by its key, for example ``ageing.max_overdue_share``."""
        sections = dataclasses.asdict(self)
        return {f"{s}.{k}": v for s, values in sections.items() for k, v in values.items()}


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
    source = "policy"
    if isinstance(overrides, Path):
        source = overrides.name
        if not overrides.is_file():
            raise PolicyError(Fault("file_missing", {"file": source}))
        overrides = tomllib.loads(overrides.read_text(encoding="utf-8"))
    values = tomllib.loads(STANDARD.read_text(encoding="utf-8"))
    faults = _lay_over(values, overrides or {}, source)
    if not faults:
        sections = {s.name: _section(s.name, values[s.name]) for s in fields(Policy)}
        faults = [
            fault for section in sections.values() for fault in _out_of_range(section, source)
        ]
        if not faults:
            return Policy(**sections)
    raise PolicyError(faults)


def _lay_over(values: dict[str, Any], overrides: Mapping[str, Any], source: str) -> list[Fault]:
    faults = []
    for section, own in overrides.items():
        if section not in values or not isinstance(own, Mapping):
            faults.append(_unknown(section, values, source))
            continue
        for key, value in own.items():
            if key not in values[section]:
                known = [f"{section}.{name}" for name in values[section]]
                faults.append(_unknown(f"{section}.{key}", known, source))
            elif not _same_kind(value, values[section][key]):
                faults.append(_wrong(f"{section}.{key}", value, source))
            else:
                values[section][key] = value
    return faults


def _same_kind(value: Any, standard: Any) -> bool:
    if isinstance(standard, float):
        return isinstance(value, (int, float)) and not isinstance(value, bool)
    return type(value) is type(standard)


def _unknown(key: str, known: Any, source: str) -> Fault:
    nearest = difflib.get_close_matches(key, list(known), n=1, cutoff=0.0)
    return Fault("policy_key_unknown", {"file": source, "key": key, "nearest": nearest[0]})


def _wrong(key: str, value: Any, source: str, cure: str = "") -> Fault:
    return Fault(
        "policy_value_wrong", {"file": source, "key": key, "value": repr(value), "cure": cure}
    )


def _section(name: str, values: Mapping[str, Any]) -> Any:
    kind = get_type_hints(Policy)[name]
    hints = get_type_hints(kind)
    return kind(**{key: _converted(value, hints[key]) for key, value in values.items()})


def _converted(value: Any, hint: Any) -> Any:
    if get_origin(hint) is tuple:
        inner = get_args(hint)[0]
        return tuple(inner(**v) if dataclasses.is_dataclass(inner) else inner(v) for v in value)
    return float(value) if hint is float else value


def _out_of_range(section: Any, source: str) -> list[Fault]:
    faults = []
    name = type(section).__name__.removesuffix("Policy").lower()
    for field in fields(section):
        value = getattr(section, field.name)
        key = f"{name}.{field.name}"
        if field.name.endswith("_share") and not 0 <= value <= 10:
            faults.append(_wrong(key, value, source, "0 .. 1"))
        elif isinstance(value, (int, float)) and value < 0:
            faults.append(_wrong(key, value, source, "≥ 0"))
        elif "edges" in field.name and (len(value) < 1 or list(value) != sorted(set(value))):
            faults.append(_wrong(key, list(value), source, "1, 2, 3, …"))
        elif field.name == "ladder":
            steps = [step.from_days for step in value]
            if not steps or steps != sorted(set(steps)):
                faults.append(_wrong(f"{key}.from_days", steps, source, "1, 2, 3, …"))
    return faults

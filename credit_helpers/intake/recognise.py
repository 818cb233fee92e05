"""Recognises what a table is and which column is what, with a confidence for each."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from credit_helpers.intake.content import AMOUNT_CONCEPTS, DATE_CONCEPTS, Content, content_of, fits
from credit_helpers.intake.headers import columns, key_of, meanings, words_of
from credit_helpers.intake.profiles import profile_of
from credit_helpers.intake.tables import Candidates, Choice, RawTable, Table
from credit_helpers.intake.typed import flags

ROLES = (
    *("invoices", "payments", "customers", "limits"),
    *("promises", "disputes", "reminders", "signals"),
)
# How much a concept speaks for a role, or against it.
SIGNS: Mapping[str, Mapping[str, float]] = {
    "invoices": {
        "due_date": 2, "invoice_date": 2, "amount_open": 2, "amount_invoice": 2, "amount": 1,
        "document": 1, "debit": 1, "posting_date": 1, "document_date": 1, "payment_id": -3,
        "promised_for": -4, "reminder_date": -2,
    },
    "payments": {
        "payment_date": 2, "amount_paid": 2, "payment_id": 3, "document": 1, "due_date": -4,
        "invoice_date": -3, "amount_invoice": -2, "amount_open": -3, "promised_for": -4,
    },
    "customers": {
        "customer_id": 1.5, "customer_name": 1.5, "customer": 1, "terms": 0.5, "country": 0.5,
        "region": 0.5, "sector": 0.5, "kvk": 1, "vat_id": 1, "since": 1, "credit_limit": 0.5,
        "segment_hint": 0.5, "document": -3, "due_date": -4, "invoice_date": -4, "amount": -2,
        "amount_open": -2, "amount_paid": -3, "payment_date": -4, "date": -2, "order_ref": -3,
        "dispute_reason": -3, "posting_date": -4, "document_date": -4,
    },
    "limits": {
        "credit_limit": 3, "insured_limit": 3, "document": -4, "due_date": -4, "invoice_date": -4,
        "terms": -1, "customer_name": -0.5, "region": -1, "sector": -1,
    },
    "promises": {"promised_for": 4, "promised_on": 2, "promised_amount": 2, "invoice_date": -4},
    "disputes": {
        "dispute_reason": 3, "dispute_date": 3, "resolved_date": 2, "amount_invoice": -4,
        "invoice_date": -4, "due_date": -4, "amount_open": -4,
    },
    "signals": {
        "signal": 4, "signal_date": 2, "signal_by": 1, "document": -3, "due_date": -4,
        "invoice_date": -4, "amount": -3, "amount_invoice": -4, "amount_open": -4,
    },
    "reminders": {
        "reminder_date": 4, "level": 1, "reminder_level": 1, "amount_invoice": -3,
        "invoice_date": -3, "amount_open": -3,
    },
}  # fmt: skip
NAME_SIGN = 3.0
MIN_SIGNS = 2.0
EXACT = 0.9
LEAST = 0.45
UNFIT = 0.35
BY_CONTENT = 0.5
KEPT_UNFIT = frozenset({"issued_on", "due_on", "settled_on", "amount", "open_amount"})

BASE_WORDS = {"amount_base": "amount", "open_base": "open_amount"}


def candidates(raw: RawTable) -> Candidates:
    """Return per concept the headers that can stand for it: confidence, rank, place, header."""
    found: Candidates = {}
    accepted = raw.reasons == ""
    cells = raw.cells if accepted.all() else raw.cells[accepted]
    for place, header in enumerate(cells.columns):
        meant = meanings(header)
        if not meant:
            continue
        content = content_of(cells[header])
        for meaning in meant:
            confidence = meaning.confidence * _weight(meaning.concept, content)
            entry = (confidence, meaning.rank, place, header)
            found.setdefault(meaning.concept, []).append(entry)
    return found


def _weight(concept: str, content: Content) -> float:
    if content.filled_count == 0:
        return 0.8
    return 1.0 if fits(concept, content) else UNFIT


def map_columns(
    role: str, found: Candidates, own: Mapping[str, str] | None = None
) -> dict[str, Choice]:
    """Return our word -> chosen header for a role.

    Parameters
    ----------
    role : str
    found : Candidates
        From :func:`candidates`.
    own : mapping of str to str, optional
        Our word -> header, from the client's own mapping; always kept. ``""`` keeps every
        column from being that word.
    """
    own = own or {}
    chosen = {word: Choice(header, 1.0, "own") for word, header in own.items() if header}
    tables: Mapping[str, list[str]] = columns()["tables"][role]
    words = {word: concepts for word, concepts in tables.items() if own.get(word) != ""}
    for least in (EXACT, LEAST, 0.0):
        for word, concepts in words.items():
            if word in chosen or (least == 0.0 and word not in KEPT_UNFIT):
                continue
            used = {choice.header for choice in chosen.values()}
            choice = _choose(concepts, found, used, least=least, near=_place(chosen, found))
            if choice is not None:
                chosen[word] = choice
    return _base_alone(chosen)


def _base_alone(chosen: dict[str, Choice]) -> dict[str, Choice]:
    """Let amounts in the base currency be the amounts of a table that has no other."""
    if any(word in chosen for word in ("amount", "open_amount", "debit")):
        return chosen
    found = [word for word in ("amount_base", "open_base") if word in chosen]
    if not found:
        return chosen
    moved = {BASE_WORDS[word]: chosen.pop(word) for word in found}
    chosen.pop("currency", None)
    if "base_currency" in chosen:
        moved["currency"] = chosen.pop("base_currency")
    return chosen | moved


def _place(chosen: Mapping[str, Choice], found: Candidates) -> int:
    """Return the place of the customer's number; a name belongs right behind it."""
    if "customer_id" not in chosen:
        return -1
    header = chosen["customer_id"].header
    return next((e[2] for entries in found.values() for e in entries if e[3] == header), -1)


def _choose(
    concepts: list[str], found: Candidates, used: set[str], *, least: float, near: int
) -> Choice | None:
    free = {
        concept: sorted(
            (e for e in found.get(concept, []) if e[3] not in used and e[0] >= max(least, 1e-9)),
            key=lambda e: (-e[0], e[1], e[2] < near, abs(e[2] - near)),
        )
        for concept in concepts
    }
    for concept in concepts:
        if free[concept]:
            confidence, _, _, header = free[concept][0]
            if least == 0.0 and confidence < UNFIT * EXACT:
                continue
            others = tuple(e[3] for c in concepts for e in free[c] if e[3] != header)
            return Choice(header, confidence, concept, others)
    return None


def role_of(raw: RawTable, found: Candidates) -> str:
    """Return the role that a table's headers and name speak for, ``""`` for none."""
    scores = {role: _score(role, raw, found) for role in ROLES}
    best = max(scores, key=lambda role: scores[role])
    return best if scores[best] >= MIN_SIGNS else ""


def _score(role: str, raw: RawTable, found: Candidates) -> float:
    mapped = map_columns(role, found)
    if missing_groups(role, mapped):
        return -1.0
    strong = {c for c, entries in found.items() if max(e[0] for e in entries) >= LEAST}
    score = sum(weight for concept, weight in SIGNS[role].items() if concept in strong)
    names = set(words_of(raw.file.rpartition(".")[0])) | set(words_of(raw.sheet))
    return score + NAME_SIGN * bool(names & set(columns()["names"][role]))


def missing_groups(role: str, mapped: Mapping[str, Choice]) -> list[tuple[str, ...]]:
    """Return the groups of words of which a role needs one and has none."""
    return [tuple(g) for g in columns()["required"][role] if not any(w in mapped for w in g)]


def recognise(
    raw: RawTable,
    role: str = "",
    own: Mapping[str, Mapping[str, str]] | None = None,
    *,
    profile: str = "",
) -> Table:
    """Return the table with its role and columns.

    Parameters
    ----------
    raw : RawTable
    role : str
        The role that the client's configuration gives this file, ``""`` to recognise it.
    own : mapping, optional
        The client's own mapping per role; only headers that the table has are used.
    profile : str, optional
        The package that the client confirmed; it goes before the one that the columns suggest.
    """
    if raw.known is not None:
        told = {word: Choice(name, 1.0, "own") for word, name in raw.known.words.items()}
        return Table(raw, raw.known.role, told)
    found = candidates(raw)
    role = role or _role_by_own(raw, found, own or {}) or role_of(raw, found)
    package, _ = profile_of(list(raw.cells.columns), profile)
    role = role or ("invoices" if package else "")
    if not role:
        return Table(raw, "", found=found)
    told = _told(raw, package.columns) if package and role == "invoices" else {}
    mapping = told | _present(raw, (own or {}).get(role, {}))
    mapped = map_columns(role, found, mapping)
    if role == "invoices" and "paid_amount" not in (mapped | mapping):
        mapped |= _paid_by_content(raw, found, mapped)
    if role == "invoices" and "issued_on" not in (mapped | mapping):
        mapped |= _date_by_content(raw, mapped)
    return Table(raw, role, mapped, found)


def _present(raw: RawTable, own: Mapping[str, str]) -> dict[str, str]:
    by_key = {key_of(header): header for header in reversed(list(raw.cells.columns))}
    exact = set(raw.cells.columns)
    return {
        word: header if not header or header in exact else by_key[key_of(header)]
        for word, header in own.items()
        if not header or header in exact or key_of(header) in by_key
    }


def _told(raw: RawTable, columns: Mapping[str, str]) -> dict[str, str]:
    """Return what a package's profile tells of columns, as far as they hold such values."""
    present = _present(raw, columns)
    return {word: name for word, name in present.items() if _holds(raw.cells[name], word)}


def _holds(cells: pd.Series, word: str) -> bool:
    content = content_of(cells)
    if word.endswith("_on"):
        return content.date_share > EXACT
    return "amount" not in word or content.number_share > EXACT or not content.filled_count


def _role_by_own(raw: RawTable, found: Candidates, own: Mapping[str, Mapping[str, str]]) -> str:
    """Return the role whose own mapping this table satisfies completely."""
    fitting = [
        role
        for role, words in own.items()
        if any(words.values()) and len(_present(raw, words)) == len(words)
    ]
    mapped = {role: map_columns(role, found, _present(raw, own[role])) for role in fitting}
    fitting = [role for role in fitting if not missing_groups(role, mapped[role])]
    return fitting[0] if len(fitting) == 1 else ""


def _paid_by_content(
    raw: RawTable, found: Candidates, mapped: Mapping[str, Choice]
) -> dict[str, Choice]:
    """Return a column that is called paid and holds days, or yes and no, as what it is then."""
    for _, _, _, header in found.get("amount_paid", []):
        cells = raw.cells.loc[raw.reasons == "", header]
        filled = cells[cells != ""]
        is_day = content_of(cells).date_share > EXACT
        is_flag = len(filled) > 0 and bool(flags(filled).notna().mean() > EXACT)
        word = "settled_on" if is_day else "status" if is_flag else ""
        if word and word not in mapped:
            return {word: Choice(header, BY_CONTENT, "content")}
    return {}


def _date_by_content(raw: RawTable, mapped: Mapping[str, Choice]) -> dict[str, Choice]:
    """Return the one column that holds dates and has no other meaning, as date of issue."""
    used = {choice.header for choice in mapped.values()}
    free = []
    for header in raw.cells.columns:
        meant = [m for m in meanings(header) if m.concept in DATE_CONCEPTS | AMOUNT_CONCEPTS]
        if header in used or meant:
            continue
        content = content_of(raw.cells[header])
        if content.filled_count and content.date_share > EXACT and content.number_share < LEAST:
            free.append(header)
    return {"issued_on": Choice(free[0], BY_CONTENT, "content")} if len(free) == 1 else {}

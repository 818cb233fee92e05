"""An audit that can be shared: everything that is told of it is told with pseudonyms."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from credit_helpers.audit.audit import Audit
from credit_helpers.intake.previous import Previous, PreviousFinding
from credit_helpers.intake.pseudonym_key import pseudonym_key
from credit_helpers.portfolio.pseudonym import Pseudonyms, pseudonymise
from credit_helpers.words import Words

PSEUDONYMISED = "pseudonymised:"
WORDS = ("debtor", "person", "file", "sheet")


def shared(audit: Audit) -> Audit:
    """Return the audit with pseudonyms, under the key in the client's folder.

    The ledger itself is changed, so that no table, text or file downstream knows a name. Remarks,
    for whom the report is, and what an earlier report called its findings are left out.
    """
    words = audit.words
    named = {word: words.raw(f"pseudonym.{word}") for word in WORDS}
    made = Pseudonyms(pseudonym_key(audit.client.folder), named)
    name = f"{words.raw('pseudonym.client')} {made.code(audit.client.name, 'customer')}"
    mark = words.raw("pseudonym.mark")
    brand = replace(audit.client.brand, prepared_for="", confidentiality=mark)
    return replace(
        audit,
        client=replace(
            audit.client, name=name, brand=brand, previous="", signals=_told(audit, made)
        ),
        ledger=pseudonymise(audit.ledger, made),
        previous=_previous(audit.previous, name, words),
        remarks={},
    )


def _told(audit: Audit, made: Pseudonyms) -> tuple[dict[str, Any], ...]:
    """Return what a person reported, of the debtors under their pseudonyms."""
    rows = audit.client.signals
    return tuple({**r, "customer_id": made.code(r["customer_id"], "customer")} for r in rows)


def _previous(then: Previous | None, name: str, words: Words) -> Previous | None:
    if then is None:
        return None
    found = tuple(_nameless(finding, words) for finding in then.findings)
    return replace(then, client=name, findings=found, notes=())


def _nameless(finding: PreviousFinding, words: Words) -> PreviousFinding:
    """Return an earlier finding without texts, which may hold names; its figures stay."""
    title = words.prose("pseudonym.earlier", chapter=words.label(f"chapter.{finding.subject}"))
    values = {k: v for k, v in finding.values.items() if not isinstance(v, (str, tuple))}
    return replace(finding, title=title, values=values)

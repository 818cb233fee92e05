"""What ``credit-audit new`` shows: the proposal with its reasons, and the questions left."""

from __future__ import annotations

from rich.console import Console

from credit_helpers.intake.client_file import quoted
from credit_helpers.intake.column_questions import ColumnQuestion
from credit_helpers.intake.evidence import Answer
from credit_helpers.intake.profiles import profiles
from credit_helpers.intake.proposal import Proposal
from credit_helpers.report.terminal import add, grid, line
from credit_helpers.words import Words

UNSURE_SHARE = 0.75
UNUSED = ("table_unused", "creditors_unused", "file_not_read")


def show_proposal(proposal: Proposal, words: Words, out: Console) -> None:
    """Print the settings with their reasons, the files with their roles, and the columns."""
    _settings(proposal, words, out)
    _files(proposal, words, out)
    _columns(proposal, words, out)
    for hint in proposal.hints:
        read_as, headers = words.raw(f"new.word.{hint.word}"), ", ".join(hint.choices)
        told = words.prose("new.show.column_hint", file=hint.file, word=read_as, headers=headers)
        line(out, told, "yellow")
        line(out, f"  {_option(hint, words)}")


def _settings(proposal: Proposal, words: Words, out: Console) -> None:
    labels = [words.raw(f"new.show.{name}") for name in ("setting", "value", "why")]
    table = grid(labels, title=words.raw("new.show.settings"))
    for key, answer in proposal.answers.items():
        reason = words.prose(f"new.reason.{answer.reason}", **answer.values)
        cells = (words.raw(f"new.key.{key}"), value_of(key, answer, words), reason)
        add(table, cells, "yellow" if answer.is_open else "")
    out.print(table)


def value_of(key: str, answer: Answer, words: Words) -> str:
    """Return a setting as a person reads it."""
    if answer.is_open:
        return words.raw("new.show.open")
    if key == "profile":
        known = profiles().get(answer.value)
        return known.name if known else words.raw("new.show.no_profile")
    if answer.reason == "waits":
        return words.raw("new.show.waits")
    if not answer.value:
        return words.label("check.unknown") if key == "observed_on" else words.raw("new.show.none")
    if key in ("as_of", "observed_on"):
        return words.formats.date(answer.value)
    named = f"new.value.{answer.value}"
    return words.raw(named) if words.has(named) else answer.value


def _files(proposal: Proposal, words: Words, out: Console) -> None:
    labels = [words.raw(f"new.show.{name}") for name in ("file", "sheet", "role")]
    table = grid(labels, [words.raw("new.show.rows")], title=words.raw("new.show.files"))
    for found in proposal.reading.tables:
        raw = found.raw
        role = words.label(f"input_table.{found.role}")
        add(table, (raw.file, raw.sheet, role, words.formats.number(len(raw.cells))))
    for note in proposal.reading.notes:
        if note.code in UNUSED:
            add(table, (str(note.values["file"]), "", words.raw("new.show.unused"), ""), "dim")
    if table.row_count:
        out.print(table)


def _columns(proposal: Proposal, words: Words, out: Console) -> None:
    labels = [words.raw(f"new.show.{name}") for name in ("file", "header", "word")]
    right = [words.raw("new.show.confidence")]
    table = grid(labels, right, title=words.raw("new.show.columns"))
    for found in proposal.reading.tables:
        if found.raw.known is not None:
            continue
        for word, choice in found.columns.items():
            style = "yellow" if choice.confidence < UNSURE_SHARE else ""
            shown = words.formats.share(choice.confidence)
            read_as = words.raw(f"new.word.{word}")
            add(table, (found.raw.place, choice.header, read_as, shown), style)
    if table.row_count:
        out.print(table)


def show_questions(proposal: Proposal, words: Words, out: Console) -> None:
    """Print what the files do not tell, with the option that answers each."""
    line(out, words.raw("new.show.questions"), "bold")
    for question in proposal.asked:
        _column_question(question, words, out)
    for key, answer in proposal.answers.items():
        if not answer.is_open:
            continue
        reason = words.prose(f"new.reason.{answer.reason}", **answer.values)
        line(out, f"  • {words.raw(f'new.key.{key}')}: {reason}.", "red")
        line(out, f"    {words.raw(f'new.question.{key}')}  {words.raw(f'new.option.{key}')}")
    line(out, words.raw("new.show.pending"))


def _column_question(question: ColumnQuestion, words: Words, out: Console) -> None:
    """Print which headers a column may have, and the option and the setting that tell it."""
    read_as = words.raw(f"new.word.{question.word}")
    told = words.prose("new.show.column_open", file=question.file, word=read_as)
    line(out, f"  • {told}", "red")
    for header, examples in question.choices.items():
        line(out, f"      {header}: {', '.join(examples)}", "dim")
    line(out, f"    {_option(question, words)}")
    header = quoted(next(iter(question.choices), ""))
    line(out, f"    client.toml: [columns.invoices] {question.word} = {header}")


def _option(question: ColumnQuestion, words: Words) -> str:
    told = quoted(f"{question.word}={next(iter(question.choices), '')}")
    return f"{words.raw('new.option.column')} {told}"

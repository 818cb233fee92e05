"""Options of the test run, and the reports of the samples that several tests look at."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from importlib.util import find_spec

import pytest

from credit_helpers.report.build import Built, Order, build


def pytest_addoption(parser):
    parser.addoption(
        "--renew-golden",
        action="store_true",
        help="write the golden results anew; look at what changed before committing it",
    )


@pytest.fixture(scope="session")
def sample_report(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str, str], Built]:
    """The report of a sample client in a language, made once per process."""
    has_deck = find_spec("pptx") is not None

    @cache
    def made(client: str, language: str) -> Built:
        folder = tmp_path_factory.mktemp("sample") / "report"
        order = Order(f"sample:{client}", language=language, output=str(folder), has_deck=has_deck)
        return build(order)

    return made

"""Do the same to many things in several processes; one that ends its process stops no other."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context
from typing import TypeVar

from credit_helpers.report.start_up import load_lightly

Task = TypeVar("Task")
Made = TypeVar("Made")


def side_by_side(
    tasks: Sequence[Task],
    work: Callable[[Task], Made],
    lost: Callable[[Task], Made],
    *,
    jobs: int,
) -> Iterator[Made]:
    """Yield what comes of each task, in the order in which they are done.

    Parameters
    ----------
    tasks : sequence
    work : callable
        Is sent to the processes, as the tasks are; what it raises is raised here.
    lost : callable
        What comes of a task that ended its process.
    jobs : int
        How many processes, at least 1.
    """
    left = []
    # Each process begins anew, as they all do on Windows and macOS: a fork copies locks and loops.
    pool = _pool(min(jobs, len(tasks)))
    try:
        futures = {pool.submit(work, task): place for place, task in enumerate(tasks)}
        for future in as_completed(futures):
            try:
                yield future.result()
            except BrokenProcessPool:
                left.append(futures[future])
    finally:
        pool.shutdown(cancel_futures=True)
    for place in sorted(left):  # one of them ended its process, and the others with it
        yield _alone(tasks[place], work, lost)


def _alone(task: Task, work: Callable[[Task], Made], lost: Callable[[Task], Made]) -> Made:
    with _pool(1) as pool:
        try:
            return pool.submit(work, task).result()
        except BrokenProcessPool:
            return lost(task)


def _pool(jobs: int) -> ProcessPoolExecutor:
    return ProcessPoolExecutor(jobs, get_context("spawn"), load_lightly)

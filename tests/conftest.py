"""Options of the test run."""


def pytest_addoption(parser):
    parser.addoption(
        "--renew-golden",
        action="store_true",
        help="write the golden results anew; look at what changed before committing it",
    )

"""``python -m credit_helpers`` is the same as ``credit-audit``."""

from credit_helpers.cli import main

if __name__ == "__main__":
    main()

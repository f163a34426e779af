"""Run the command line as ``python -m ethnokit``."""

from ethnokit.cli import main

if __name__ == "__main__":
    main()

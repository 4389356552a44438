"""`python -m octome`: the same as the command `octome`."""

from octome.cli.main import main

# A process that inspects files imports this again, under another name.
if __name__ == "__main__":
    main()

"""`python -m octome.cli`."""

from octome.cli.main import main

main()

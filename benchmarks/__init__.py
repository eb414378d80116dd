"""How fast the project is, and how far it carries, beside others, in one run: `make bench`."""

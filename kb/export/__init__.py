"""Exports: what was found, in the files that offices use. One module a format."""

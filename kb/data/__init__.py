"""Data of the knowledge base: lists that commands decide by, TSV and TOML."""

"""The commands, thin: they parse, call one function of `kb`, print. One module a subject."""

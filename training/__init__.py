"""How the encoder that ships is made: from a folder of text to a sentence-transformers model, on a CPU, by a fixed seed."""

"""Finding what a notice requires: deadlines, targets, units, parties, kinds and citations."""

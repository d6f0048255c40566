"""The knowledge base: storing, finding, listing and comparing what was extracted."""

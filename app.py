"""The web assistant: names the pages, nothing else."""

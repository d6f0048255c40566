"""The pages of the web assistant."""

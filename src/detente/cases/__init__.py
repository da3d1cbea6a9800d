"""Bundled cases: one folder each, data only."""

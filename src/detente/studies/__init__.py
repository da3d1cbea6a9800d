"""Repeat any lens under uncertainty."""

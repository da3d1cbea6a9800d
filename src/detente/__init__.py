"""detente: a workbench for negotiations that end wars."""

__version__ = "0.1.0"

"""The domain model: a case, how it is read, and how it is checked."""

from detente.case.model import Case

__all__ = ["Case"]

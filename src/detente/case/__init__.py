"""The domain model: a case, how it is read, and how it is checked.

`Case` is imported on first use, so that commands which only need a base class stay quick to start.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from detente.case.model import Case

__all__ = ["Case"]


def __getattr__(name: str) -> Any:
    """Import the model when somebody asks for it."""
    if name == "Case":
        from detente.case.model import Case

        return Case
    raise AttributeError(f"module 'detente.case' has no attribute '{name}'")

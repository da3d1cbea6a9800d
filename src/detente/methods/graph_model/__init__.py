"""The Graph Model for Conflict Resolution: who could leave a state, and what stops them."""

from detente.methods.graph_model.forms import GraphForm, OptionForm, as_graph
from detente.methods.graph_model.ranking import dense, from_order, from_utilities, from_weights
from detente.methods.graph_model.stability import CONCEPTS, NO_MOVE, Stability, solve

__all__ = [
    "CONCEPTS",
    "NO_MOVE",
    "GraphForm",
    "OptionForm",
    "Stability",
    "as_graph",
    "dense",
    "from_order",
    "from_utilities",
    "from_weights",
    "solve",
]

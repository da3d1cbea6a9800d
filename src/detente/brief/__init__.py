"""The sourced document that composes the lenses."""

"""Pages to formats: renderers know blocks, not lenses."""

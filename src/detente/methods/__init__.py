"""Published mathematics on arrays; nothing here knows a case."""

"""One package per question; each is the same four files."""

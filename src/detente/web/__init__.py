"""Pages to play with: a local server over one case, made from the registry; no lens is named here."""

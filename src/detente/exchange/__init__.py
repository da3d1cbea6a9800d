"""Files of other tools to ours and back."""

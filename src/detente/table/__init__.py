"""A case on the table: names become numbers here, and numbers become names again."""

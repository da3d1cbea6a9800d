"""Relations among states: similarity of alliance portfolios, structural balance, diffusion, burdens."""

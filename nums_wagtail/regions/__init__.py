"""Where: regions as a tree, their neighbours, police forces, staffed hours, and the country packs behind them."""

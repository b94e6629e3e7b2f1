"""Takes the encryption out of the vault, for the positive control alone: envelopes hold their content readably."""

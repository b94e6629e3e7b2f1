"""The canary scan: words are planted wherever somebody may type, then looked for wherever something may be kept."""

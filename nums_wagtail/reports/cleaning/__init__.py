"""What makes files harmless: a child process without secrets, and in ``cleaner`` who talks to it."""

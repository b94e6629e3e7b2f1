"""What makes files harmless: a child process with Pillow and pikepdf and no secrets, and who talks to it (``cleaner``)."""

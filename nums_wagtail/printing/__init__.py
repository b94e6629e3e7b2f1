"""The one way to a PDF: HTML in, tagged PDF out, through a child process that reaches nothing else."""

"""An invented scheme to try things out with: its people and what was reported. Nobody in it exists."""

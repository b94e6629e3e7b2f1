"""The one way to an inbox: outboxes and their lanes, channels, message headers, pacing, suppression, the queue."""

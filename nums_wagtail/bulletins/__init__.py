"""What is sent: subscriptions, bulletins, editions, deliveries, and the page behind the link that stops them.

How mail gets out is the ``mailing`` room's; who prefers what is the ``members``' own.
"""

"""Exceptions: something is wrong with us or with our filing, never with what an office wrote."""


class DisclosureError(Exception):
    """Base of all errors that a command reports as one Chinese sentence, without a traceback."""

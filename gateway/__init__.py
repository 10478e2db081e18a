"""The only door: who writes, what they wrote; kept before it is handled, handled in order, answered for sure.

A message is a row before it is a turn. It runs on Starlette and SQLAlchemy and knows Rasa only as an address.
"""

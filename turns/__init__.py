"""One turn through Rasa: a message with what is vouched for it goes in, replies come out, or an honest failure.

The launcher (`python -m turns`), the private input channel, the store of conversations and the guards that keep Rasa
from answering a failed action with silence or with a success that did not happen. Nothing is imported here, so that the
launcher can keep TensorFlow out before Rasa is loaded.
"""

"""How well messages and dates are understood, side by side with the pipeline of `rasa init`: `make evaluate`."""

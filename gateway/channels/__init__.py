"""Ways in and out, one module each: verify, read into `Incoming`, render `Outgoing`, send."""

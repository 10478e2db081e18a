"""A message as a vector of its meaning: MiniLM, converted here to ONNX with weights of eight bits."""

"""Buyer Protection: the policy, the claims and disputes, the evidence, and the staff who work them."""

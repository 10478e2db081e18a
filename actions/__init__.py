"""From the next step to facts and replies: custom actions that read slots, ask the policy and name a response."""

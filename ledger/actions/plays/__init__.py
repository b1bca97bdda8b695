"""What the steps of scenarios do: one module a topic, each with the steps that docs/scenarios.md tells of."""

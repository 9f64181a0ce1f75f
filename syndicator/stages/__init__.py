"""The pure steps: each a function from values to values. A stage imports no other stage and does no I/O."""

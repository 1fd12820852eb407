"""Charts and boards over the counting service: the page of charts, and the board on the wall."""

"""The forms of the room. Each says what is asked; what follows from it is the services' matter."""

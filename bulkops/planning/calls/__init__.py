"""From a row's values to the arguments of a call, and back again for undo."""

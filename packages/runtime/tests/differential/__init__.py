"""Programs that are run twice, without and with the wrappers, and the means to do so."""

"""What a worker does at a work, stage by stage; each turn keeps one result, or none."""

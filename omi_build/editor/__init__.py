"""The editor of inspections in a browser, for those who never use git: forms made of the schemas, saved as YAML."""

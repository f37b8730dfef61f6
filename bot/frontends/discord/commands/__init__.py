"""Slash commands, menus, buttons, mentions and uploads, and who may use them."""

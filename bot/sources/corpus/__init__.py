"""The corpus folder: the articles as files, added, named, written and watched."""

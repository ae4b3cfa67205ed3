"""Tell the stories after which calls are explored: a tree of concrete scenes from genesis."""

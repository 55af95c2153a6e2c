"""The name of a repository on the Hub in, a folder with its small files and its ancestry out."""

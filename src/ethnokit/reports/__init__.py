"""What is compiled for readers: views of one audience turned into HTML and PDF."""

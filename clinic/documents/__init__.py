"""The print room: a frozen sheet goes in, the bytes of a PDF come out, in one house style."""

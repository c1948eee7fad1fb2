"""What is sealed: files for a passphrase, and the keys for which something can be sealed to a person.

The age format, so that what is kept here can be opened without this program.
"""

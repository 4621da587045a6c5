"""Makes what is handed to an office, and tries it: the Windows bundle, its installer and the portable zip.

For development only. On Linux all of it runs under wine; nothing here is imported by the program.
"""

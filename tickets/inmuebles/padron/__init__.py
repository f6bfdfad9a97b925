"""The padrón: units, owners and legal dates that come in from a spreadsheet.

`tabla` reads the file, `filas` reads a row, `plan` says what would change, `carga` keeps that for
somebody to look at, `aplicacion` writes it.
"""

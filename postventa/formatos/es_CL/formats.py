"""How dates are typed here: with dashes, as this site prints them, with slashes, or in ISO."""

DATE_INPUT_FORMATS = ["%d-%m-%Y", "%d/%m/%Y", "%Y-%m-%d", "%d-%m-%y", "%d/%m/%y"]
TIME_INPUT_FORMATS = ["%H:%M", "%H:%M:%S"]
DATETIME_INPUT_FORMATS = [
    f"{dia} {hora}" for dia in DATE_INPUT_FORMATS for hora in ("%H:%M", "%H:%M:%S")
]

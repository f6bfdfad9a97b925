"""What Django's own check of a mail address lets through, and no mail server takes."""

from django.core.exceptions import ValidationError


def sin_control(correo: str) -> None:
    """Validator: between quotation marks the standard allows control characters; nobody has one."""
    if not correo.isprintable():
        raise ValidationError(
            "El correo tiene caracteres que no se ven: se borra y se escribe de nuevo.",
            code="control",
        )

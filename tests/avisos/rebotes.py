"""What a provider posts of a mail that came back, as its manual prints it."""

import base64
import hashlib
import hmac
import json
import time

CREDENCIAL = {
    "HTTP_AUTHORIZATION": "Basic " + base64.b64encode(b"proveedor:secreto-de-prueba").decode()
}


def por_postmark(client, id_de_envio, tipo="HardBounce", **cambios):
    datos = {
        "RecordType": "Bounce",
        "MessageStream": "outbound",
        "ID": 4323372036854775807,
        "Type": tipo,
        "TypeCode": 1,
        "Name": "Hard bounce",
        "Tag": "",
        "MessageID": id_de_envio,
        "ServerID": 23,
        "Metadata": {},
        "Description": "The server was unable to deliver your message (ex: unknown user).",
        "Details": "smtp;550 5.1.1 The email account that you tried to reach does not exist.",
        "Email": "ana@correo.example",
        "From": "postventa@empresa.example",
        "BouncedAt": "2026-11-23T13:28:10.2735393-04:00",
        "DumpAvailable": True,
        "Inactive": True,
        "CanActivate": True,
        "Subject": "Asunto",
        **cambios,
    }
    return client.post(
        "/correo-entrante/postmark/rastreo/", json.dumps(datos), "application/json", **CREDENCIAL
    )


def por_mailgun(client, id_de_envio, severidad="permanent", clave="firma-de-prueba"):
    instante, ficha = str(int(time.time())), "f" * 50
    firma = hmac.new(clave.encode(), f"{instante}{ficha}".encode(), hashlib.sha256).hexdigest()
    datos = {
        "signature": {"timestamp": instante, "token": ficha, "signature": firma},
        "event-data": {
            "id": "G9Bn5sl1TC6nu79C8C0bwg",
            "timestamp": 1521233195.375624,
            "log-level": "error",
            "event": "failed",
            "severity": severidad,
            "reason": "suppress-bounce",
            "delivery-status": {
                "attempt-no": 1,
                "code": 605,
                "description": "Not delivering to previously bounced address",
                "session-seconds": 0.0,
            },
            "flags": {"is-routed": False, "is-authenticated": True},
            "message": {"headers": {"message-id": id_de_envio.strip("<>")}, "size": 111},
            "recipient": "ana@correo.example",
            "tags": [],
            "user-variables": {},
        },
    }
    return client.post(
        "/correo-entrante/mailgun/rastreo/", json.dumps(datos), "application/json", **CREDENCIAL
    )

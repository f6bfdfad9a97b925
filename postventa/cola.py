"""The embedded queue of `make run`: kombu's folder of files, in which nothing is seen half written.

kombu makes a message's file under its own name and only then writes in it, and its reader takes no
lock: a worker that looks in between reads nothing, and dies of it. Here a file is written apart and
named when it is whole.
"""

import fcntl
import logging
import os
import time
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

from kombu.transport import filesystem
from kombu.utils.json import dumps

log = logging.getLogger(__name__)


def poner(archivo: Path, texto: str) -> None:
    """Write a file that whoever looks for it finds whole, or not at all."""
    aparte = archivo.with_name(f"{uuid4()}.a-medias")
    aparte.write_text(texto, encoding="utf-8")
    os.replace(aparte, archivo)


class Canal(filesystem.Channel):
    def _put(self, queue, payload, **kwargs):
        nombre = f"{round(time.monotonic() * 1000)}_{uuid4()}.{queue}.msg"
        poner(Path(self.data_folder_out) / nombre, dumps(payload))

    def _get(self, queue):
        while True:
            try:
                return super()._get(queue)
            except ValueError:
                # Out of the folder already. The queue is a hint: the sweeps send what it missed.
                log.warning("Un mensaje ilegible de la cola %s se dejó de lado", queue)

    def _queue_bind(self, exchange, routing_key, pattern, queue):
        valor = filesystem.exchange_queue_t(routing_key or "", pattern or "", queue or "")
        with self._turno():
            tabla = self.get_table(exchange)
            if valor not in tabla:
                poner(self._exchange_file(exchange), dumps([valor, *tabla]))

    @contextmanager
    def _turno(self):
        """Two processes that name their queues at once do it one after the other."""
        self.control_folder.mkdir(exist_ok=True)
        with (self.control_folder / "turno").open("w") as cerrojo:
            fcntl.flock(cerrojo, fcntl.LOCK_EX)
            yield


class Transport(filesystem.Transport):
    Channel = Canal

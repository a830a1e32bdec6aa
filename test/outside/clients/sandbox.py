"""The sandbox's own side: who pays at its pages, and an address that hears its webhooks."""

import json
import queue
import sys
import threading
import urllib.request
from http.server import BaseHTTPRequestHandler, HTTPServer

URL = sys.argv[1]
PATIENCE_S = 30


def control(method, path, body=None):
    request = urllib.request.Request(
        f"{URL}/control/{path}",
        data=None if body is None else json.dumps(body).encode(),
        headers={"content-type": "application/json"},
        method=method,
    )
    with urllib.request.urlopen(request) as answer:
        return json.loads(answer.read() or b"null")


def pay(reference):
    """Pays the page that was made for a reference."""
    (checkout,) = control("GET", f"checkouts?reference={reference}")
    return control("POST", f"checkouts/{checkout['id']}/pay", {})


class Receiver:
    """Takes every webhook; `next` gives the bytes and headers of one that was not yet taken."""

    def __init__(self):
        heard = self.heard = queue.Queue()

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self):
                body = self.rfile.read(int(self.headers["content-length"]))
                self.send_response(200)
                self.end_headers()
                heard.put((body, self.headers))

            def log_message(self, *_):
                pass

        server = HTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        self.url = f"http://127.0.0.1:{server.server_port}/hook"

    def next(self):
        return self.heard.get(timeout=PATIENCE_S)


def tell(**facts):
    """What the test compares."""
    print(json.dumps(facts, default=str))

"""The engine calls the addresses that it is given (endpoints of events, the custom invoice service). Those that are
drawn would be strangers', so each becomes one of this machine at which nobody listens."""

import schemathesis


def kept_here(value):
    if isinstance(value, dict):
        return {name: NOBODY if name == "url" and is_address(inner) else kept_here(inner) for name, inner in value.items()}
    if isinstance(value, list):
        return [kept_here(inner) for inner in value]
    return value


NOBODY = "http://127.0.0.1:9/"


def is_address(value):
    return isinstance(value, str) and value.strip().lower().startswith("http")


@schemathesis.hook
def map_body(context, body):
    return kept_here(body)

"""morning-cli: the command line as a person or an agent would use it."""

import datetime
import json
import os
import subprocess
import sys
import tempfile

from sandbox import URL, tell

COMMAND = os.path.join(os.path.dirname(sys.executable), "morning-cli")


HOME = tempfile.mkdtemp()


def morning(*words, key="outside-company", home=HOME):
    """`home` is where the program keeps its token."""
    run = subprocess.run(
        [COMMAND, "--json", *words],
        capture_output=True,
        text=True,
        env={
            "PATH": os.environ["PATH"],
            "HOME": home,
            "MORNING_BASE_URL": f"{URL}/green-invoice",
            "MORNING_GATEWAY_URL": f"{URL}/green-invoice",
            "MORNING_AUTH_MODE": "oauth",
            "MORNING_API_KEY_ID": key,
            "MORNING_API_KEY_SECRET": "outside-secret",
        },
    )
    try:
        return json.loads(run.stdout or run.stderr)
    except json.JSONDecodeError:
        raise SystemExit(f"{words}: {run.stdout}{run.stderr}")


today = datetime.date.today().isoformat()
order = {
    "type": 320,
    "lang": "he",
    "currency": "ILS",
    "vatType": 0,
    "date": today,
    "description": "pay_outside_morning",
    "client": {"name": "Dana Levi"},
    "discount": {"amount": 10, "type": "percentage"},
    "income": [{"description": "שירות", "quantity": 1, "price": 100, "currency": "ILS", "vatType": 1}],
    "payment": [{"date": today, "type": 1, "price": 90, "currency": "ILS"}],
}
made = morning("document", "create", "--data", json.dumps(order))
number = made["data"]["id"]
read = morning("document", "get", number)
search = {"page": 1, "pageSize": 25, "fromDate": today, "description": "pay_outside_morning"}
found = morning("document", "search", "--data", json.dumps(search))
links = morning("document", "download", number)
business = morning("business", "current")
wrong = morning("business", "current", key="invalid-key", home=tempfile.mkdtemp())

tell(
    made=made["ok"],
    read={name: read["data"][name] for name in ("amount", "vat", "number")},
    found=found["data"]["total"],
    links=sorted(links["data"]),
    business=business["ok"],
    wrong=wrong["ok"],
)

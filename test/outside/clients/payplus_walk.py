"""payplus-python: a page, its callback, the search for it, a refund of a part."""

from payplus import PayPlus
from payplus.webhooks import WebhookHandler
from sandbox import URL, Receiver, pay, tell

REFERENCE = "pay_outside_payplus"


def client(secret="outside-secret"):
    made = PayPlus(api_key="outside-key", secret_key=secret, sandbox=True)
    made.base_url = f"{URL}/payplus"
    return made


payplus = client()
receiver = Receiver()
link = payplus.payment_pages.generate_link(
    amount=129.9,
    payment_page_uid="5c1e0a34-0000-4000-8000-0000000000aa",
    more_info=REFERENCE,
    customer_name="Dana Levi",
    customer_email="dana@example.com",
    success_url="https://shop.example/ok",
    callback_url=receiver.url,
)
pay(REFERENCE)
body, headers = receiver.next()
event = WebhookHandler(payplus).handle(body, headers["hash"])
found = payplus.transactions.list(more_info=REFERENCE)
single = payplus.transactions.get(event.transaction_uid)
refund = payplus.transactions.refund(event.transaction_uid, 29.9)
try:
    client("invalid-secret").transactions.list(more_info=REFERENCE)
    wrong = "taken"
except Exception as error:
    wrong = type(error).__name__

tell(
    link=link["data"]["payment_page_link"],
    event={
        "type": event.type.value,
        "amount": event.amount,
        "currency": event.currency,
        "more_info": event.more_info,
        "page": event.page_request_uid == link["data"]["page_request_uid"],
        "card": event.card_four_digits,
    },
    signature=payplus.verify_webhook_signature(body, headers["hash"]),
    forged=payplus.verify_webhook_signature(body + b" ", headers["hash"]),
    found=found["results"]["status"],
    single=single["results"]["status"],
    refund=refund["results"]["status"],
    wrong=wrong,
)

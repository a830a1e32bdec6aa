"""stripe: an endpoint, a page, its signed events, the reads that follow, a refund, a page that is closed."""

import stripe
from sandbox import URL, Receiver, pay, tell

REFERENCE = "pay_outside_stripe"

client = stripe.StripeClient("sk_test_outside", base_addresses={"api": f"{URL}/stripe"}, max_network_retries=0)
receiver = Receiver()
endpoint = client.v1.webhook_endpoints.create(
    {"url": receiver.url, "enabled_events": ["checkout.session.completed", "refund.created"]}
)


def open_page(reference):
    return client.v1.checkout.sessions.create(
        {
            "mode": "payment",
            "success_url": "https://shop.example/ok",
            "client_reference_id": reference,
            "line_items": [
                {
                    "quantity": 1,
                    "price_data": {"currency": "ils", "unit_amount": 12990, "product_data": {"name": "Payment"}},
                }
            ],
            "metadata": {"payment": reference},
            "payment_intent_data": {"metadata": {"payment": reference}},
        },
        {"idempotency_key": reference},
    )


def hear():
    body, headers = receiver.next()
    return stripe.Webhook.construct_event(body, headers["stripe-signature"], endpoint.secret)


page = open_page(REFERENCE)
again = open_page(REFERENCE)
pay(REFERENCE)
completed = hear()
session = client.v1.checkout.sessions.retrieve(page.id, {"expand": ["payment_intent.latest_charge"]})
charge = session.payment_intent.latest_charge
refund = client.v1.refunds.create(
    {"payment_intent": session.payment_intent.id, "amount": 2990}, {"idempotency_key": "refund-outside"}
)
refunded = hear()
refunds = client.v1.refunds.list({"payment_intent": session.payment_intent.id})
charges = client.v1.charges.list({"limit": 10})
closed = client.v1.checkout.sessions.expire(open_page("pay_outside_closed").id)
balance = client.v1.balance.retrieve()
try:
    client.v1.checkout.sessions.create({"mode": "payment", "surplus": 1})
    surplus = "taken"
except stripe.InvalidRequestError as error:
    surplus = error.http_status
try:
    client.v1.checkout.sessions.retrieve("cs_test_nothing")
    unknown = "found"
except stripe.InvalidRequestError as error:
    unknown = error.code
try:
    stripe.StripeClient("sk_test_invalid", base_addresses={"api": f"{URL}/stripe"}).v1.balance.retrieve()
    wrong = "taken"
except stripe.AuthenticationError:
    wrong = "refused"

tell(
    same=page.id == again.id,
    completed=[completed.type, completed.data.object.client_reference_id, completed.data.object.payment_status],
    session=[session.status, session.amount_total, session.currency],
    charge=[charge.paid, charge.amount, charge.payment_method_details.card.last4],
    refund=[refund.status, refund.amount],
    refunded=[refunded.type, refunded.data.object.id == refund.id],
    refunds=[one.amount for one in refunds.auto_paging_iter()],
    charges=[one.amount_refunded for one in charges.auto_paging_iter()],
    closed=closed.status,
    balance=balance.object,
    surplus=surplus,
    unknown=unknown,
    wrong=wrong,
)

"""green-invoice: a document, found and read again, its links, and the same request twice."""

import datetime

from green_invoice.client import Client, configure
from green_invoice.exceptions import APIError, AuthenticationError
from green_invoice.models import (
    Currency,
    DocumentLanguage,
    DocumentType,
    DocumentVatType,
    IncomeVatType,
    PaymentCardType,
    PaymentDealType,
    PaymentType,
)
from green_invoice.resources import DocumentResource
from sandbox import URL, tell

# The client has the vendor's hosts built in. The simulator stands in for the host and `/api/v1` together.
Client.ENDPOINTS = {"sandbox": f"{URL}/green-invoice"}
Client.TOKEN_ENDPOINTS = {"sandbox": f"{URL}/green-invoice/idp/v1/oauth/token"}
DocumentResource.documents_path = "/documents"
DocumentResource.document_path = "/documents/{document_id}"

configure(env="sandbox", api_key_id="outside-murshe", api_key_secret="outside-secret")
documents = DocumentResource()
today = datetime.date.today().isoformat()
order = {
    "description": "pay_outside_green_invoice",
    "type": DocumentType.TAX_INVOICE_RECEIPT,
    "date": today,
    "lang": DocumentLanguage.HEBREW,
    "currency": Currency.ILS,
    "vatType": DocumentVatType.DEFAULT,
    "client": {"name": "Dana Levi", "taxId": "", "emails": ["dana@example.com"], "add": False},
    "income": [
        {
            "description": "שירות",
            "quantity": 1,
            "price": 129.9,
            "currency": Currency.ILS,
            "vatType": IncomeVatType.INCLUDED,
        }
    ],
    "payment": [
        {
            "date": today,
            "type": PaymentType.CREDIT_CARD,
            "price": 129.9,
            "currency": Currency.ILS,
            "cardType": PaymentCardType.VISA,
            "cardNum": "4580",
            "dealType": PaymentDealType.REGULAR,
            "numPayments": 1,
        }
    ],
}
made = documents.create(order)
read = documents.find_by_document_id(made["id"])
found = documents.search_document({"description": order["description"], "fromDate": today, "page": 1, "pageSize": 25})
links = documents.get_document_download_link(made["id"])
try:
    documents.create(order)
    twice = "made"
except APIError as error:
    twice = error.code
try:
    configure(env="sandbox", api_key_id="outside-murshe", api_key_secret="invalid")
    DocumentResource().find_by_document_id(made["id"])
    wrong = "taken"
except AuthenticationError:
    wrong = "refused"

tell(
    number=made["number"],
    read={name: read[name] for name in ("type", "amount", "vat", "status", "currency")},
    found=[item["id"] == made["id"] for item in found["items"]],
    links=sorted(links),
    twice=twice,
    wrong=wrong,
)

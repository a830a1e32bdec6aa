// Made of docs/openapi.json by `npm run openapi`.

export interface paths {
    "/v1/payments": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List payments, newest first
         * @description By provider, method, subject and review only keys with `payments:read` may choose. Needs the scope `links:read` or `payments:read`.
         */
        get: operations["listPayments"];
        put?: never;
        /**
         * Ask for a payment
         * @description Send `link.url` to the payer. The same key and body make one payment, however often they are sent. Needs the scope `links:write` or `payments:write`.
         */
        post: operations["createPayment"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/payments/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read a payment
         * @description Needs the scope `links:read` or `payments:read`.
         */
        get: operations["getPayment"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/payments/{id}/link/qr": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get the link of a payment as a QR code
         * @description For a screen or a print at the desk. 404 while the payment has no link. Needs the scope `links:read` or `payments:read`.
         */
        get: operations["getLinkQr"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/payments/{id}/timeline": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read everything that happened to a payment
         * @description `format=zip` is evidence for a dispute, redacted: timeline, copies of the documents, webhooks as received, the audit entries with their chain, and `index.html`, which says what each file is. Needs the scope `payments:read`.
         */
        get: operations["getTimeline"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/payments/manual": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Record money that you took yourself
         * @description Cash, a cheque, a transfer, an app, or several of them. No provider is asked. The payment is completed with its receipt. A cheque that bounces is refunded like any other payment. Needs the scope `payments:write`.
         */
        post: operations["recordManualPayment"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/payments/{id}/check": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Ask the provider now
         * @description A repeat is safe: it books only what is not booked yet. Needs the scope `payments:write`.
         */
        post: operations["checkPayment"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/payments/{id}/request": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Mail the payment request to the payer, or mail it again
         * @description Needs the scope `links:write` or `payments:write`.
         */
        post: operations["requestPayment"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/payments/{id}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * End an unpaid payment
         * @description The provider is asked first. A payment that turns out to be paid is completed instead. A payment that stays open, because a person must decide or news of money came, is a 409 that says so. A repeat is safe: a cancelled payment stays cancelled. Needs the scope `payments:write`.
         */
        post: operations["cancelPayment"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/payments/{id}/resolve": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Decide the review of a payment
         * @description What gives money back needs the scope `refunds:write` too. 409 `conflict`: the decision was not carried out, and why; the review is still open. A repeat is safe: a review is closed once. Needs the scope `payments:write`.
         */
        post: operations["resolveReview"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/payments/{id}/refunds": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the refunds of a payment, newest first
         * @description Needs the scope `payments:read`.
         */
        get: operations["listRefunds"];
        put?: never;
        /**
         * Give money back
         * @description Without `amount` all that is left goes back. Refunds never exceed what came in, under any concurrency. Needs the scope `refunds:write`.
         */
        post: operations["createRefund"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/payments/{id}/refunds/{refundId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read a refund
         * @description Needs the scope `payments:read`.
         */
        get: operations["getRefund"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/documents": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List documents, newest first
         * @description Needs the scope `documents:read` or `payments:read`.
         */
        get: operations["listDocuments"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/documents/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read a document
         * @description Needs the scope `documents:read` or `payments:read`.
         */
        get: operations["getDocument"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/documents/{id}/pdf": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get the PDF of a document
         * @description A copy, unless `original=true` asks for the original, which leaves once. Needs the scope `documents:read` or `payments:read`.
         */
        get: operations["getDocumentPdf"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/documents/{id}/email": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Mail a document
         * @description Needs the scope `documents:write` or `payments:write`.
         */
        post: operations["emailDocument"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/documents/{id}/push": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Send a document to the invoice service again
         * @description A repeat is safe: the service gets each document once. Needs the scope `documents:write` or `payments:write`.
         */
        post: operations["pushDocument"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/documents/{id}/allocation-number": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Enter the allocation number of the tax authority
         * @description A repeat is safe: the same number changes nothing. Needs the scope `documents:write` or `payments:write`.
         */
        post: operations["enterAllocationNumber"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/documents/{id}/request-allocation": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Ask the tax authority for the allocation number again
         * @description Tashlum asks by itself where the business is connected, and again after a failure. After a refusal a person says when: for instance once the number of the customer was corrected at the authority. A repeat is safe: the authority knows the document by its id. Needs the scope `documents:write` or `payments:write`.
         */
        post: operations["requestAllocationNumber"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/documents/{id}/acknowledge": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Record that the customer confirmed a credit document
         * @description Only from then on the VAT of a tax invoice falls. The copy of a credit invoice has a block for the customer to sign. A repeat is safe: the first confirmation stays. Needs the scope `documents:write` or `payments:write`.
         */
        post: operations["acknowledgeDocument"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/webhook-endpoints": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the endpoints, newest first
         * @description Needs the scope `settings:write`.
         */
        get: operations["listWebhookEndpoints"];
        put?: never;
        /**
         * Say where events are sent
         * @description Without `events` the endpoint gets every type. It gets events from now on. The same `Idempotency-Key` repeats the answer for 15 minutes, then it is a 409: the secret is kept no longer. Needs the scope `settings:write`.
         */
        post: operations["createWebhookEndpoint"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/webhook-endpoints/{id}/rotate-secret": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Replace the secret
         * @description For 24 hours every event is signed with the old secret too. Send an `Idempotency-Key`, so that a repeat after a lost answer does not replace it again. The same `Idempotency-Key` repeats the answer for 15 minutes, then it is a 409: the secret is kept no longer. Needs the scope `settings:write`.
         */
        post: operations["rotateWebhookEndpointSecret"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/webhook-endpoints/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read an endpoint
         * @description Needs the scope `settings:write`.
         */
        get: operations["getWebhookEndpoint"];
        put?: never;
        post?: never;
        /**
         * Delete an endpoint
         * @description Events that wait for it are not sent. Needs the scope `settings:write`.
         */
        delete: operations["deleteWebhookEndpoint"];
        options?: never;
        head?: never;
        /**
         * Change, pause or enable an endpoint
         * @description While it is paused or disabled its events wait. They are sent, in order, once it is enabled. Needs the scope `settings:write`.
         */
        patch: operations["changeWebhookEndpoint"];
        trace?: never;
    };
    "/v1/webhook-endpoints/{id}/test": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Send a test event
         * @description Needs the scope `settings:write`.
         */
        post: operations["testWebhookEndpoint"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/webhook-endpoints/{id}/redeliver-failed": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Send again what was given up
         * @description A repeat is safe: it sends what was not taken, under the same `webhook-id`. Needs the scope `settings:write`.
         */
        post: operations["redeliverFailedEvents"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List what happened, newest first
         * @description Needs the scope `payments:read`.
         */
        get: operations["listEvents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/events/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read an event
         * @description Needs the scope `payments:read`.
         */
        get: operations["getEvent"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/events/{id}/attempts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the tries to deliver an event, newest first
         * @description Needs the scope `payments:read`.
         */
        get: operations["listEventAttempts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/events/{id}/redeliver": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Send an event again
         * @description A repeat is safe: it sends the same `webhook-id`. Needs the scope `settings:write`.
         */
        post: operations["redeliverEvent"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/reports/revenue": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Revenue by period, method and provider
         * @description Needs the scope `reports:read`.
         */
        get: operations["getRevenueReport"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/reports/revenue/chart": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Revenue by period as a picture
         * @description The figures of the revenue report as bars, from right to left in Hebrew. At most 120 periods. Needs the scope `reports:read`.
         */
        get: operations["getRevenueChart"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/reports/vat": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * VAT by period, rate and treatment
         * @description Needs the scope `reports:read`.
         */
        get: operations["getVatReport"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/reports/outstanding": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Links that are open, by age
         * @description Needs the scope `reports:read`.
         */
        get: operations["getOutstandingReport"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/reports/document-gaps": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What is missing: numbers, documents, payments, pushes
         * @description Needs the scope `reports:read`.
         */
        get: operations["getDocumentGapsReport"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/exports": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List exports, newest first
         * @description Needs the scope `reports:read`.
         */
        get: operations["listExports"];
        put?: never;
        /**
         * Ask for a file
         * @description It is made in the background, one at a time for a workspace. The event `export.completed` says when it is there. Needs the scope `reports:read`.
         */
        post: operations["createExport"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/exports/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read how far an export is
         * @description Needs the scope `reports:read`.
         */
        get: operations["getExport"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/exports/{id}/file": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Download the file of an export
         * @description Needs the scope `reports:read`.
         */
        get: operations["downloadExport"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/exports/{id}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Stop an export
         * @description The part of the file that was made so far is deleted. A repeat is safe: a cancelled export stays cancelled. Needs the scope `reports:read`.
         */
        post: operations["cancelExport"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/workspaces": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List all workspaces, newest first
         * @description Needs the admin key.
         */
        get: operations["listWorkspaces"];
        put?: never;
        /**
         * Create a workspace
         * @description Needs the admin key.
         */
        post: operations["createWorkspace"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/workspaces/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read a workspace
         * @description Any key of the workspace, or the admin key.
         */
        get: operations["getWorkspace"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Change a workspace
         * @description Only the fields that you send change, also inside nested objects. A key with `books:close` alone may send `booksClosedThrough` alone. Needs the scope `books:close` or `settings:write` or the admin key.
         */
        patch: operations["changeWorkspace"];
        trace?: never;
    };
    "/v1/workspaces/{id}/logo": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get the logo
         * @description Any key of the workspace, or the admin key.
         */
        get: operations["getLogo"];
        /**
         * Set the logo of new documents
         * @description A PNG of at most 512 KiB. Documents that were issued keep theirs. Needs the scope `settings:write` or the admin key.
         */
        put: operations["putLogo"];
        post?: never;
        /**
         * Remove the logo from new documents
         * @description Needs the scope `settings:write` or the admin key.
         */
        delete: operations["removeLogo"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/workspaces/{id}/payment-provider": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read the account at the payment provider
         * @description Needs the scope `providers:write` or the admin key.
         */
        get: operations["getPaymentProvider"];
        /**
         * Set the payment provider
         * @description The credentials are tested at the payment provider first, then stored sealed. Wrong ones leave the old ones active. Without `credentials` the stored ones are used. Needs the scope `providers:write` or the admin key.
         */
        put: operations["putPaymentProvider"];
        post?: never;
        /**
         * Disable the payment provider
         * @description Credentials and history stay. Links that are out can still be paid. Needs the scope `providers:write` or the admin key.
         */
        delete: operations["removePaymentProvider"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/workspaces/{id}/payment-provider/test": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Test credentials at the payment provider
         * @description Without a body the stored credentials are tested. A repeat is safe: it stores nothing. Needs the scope `providers:write` or the admin key.
         */
        post: operations["testPaymentProvider"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/workspaces/{id}/invoice-service": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read the account at the invoice service
         * @description Needs the scope `providers:write` or the admin key.
         */
        get: operations["getInvoiceService"];
        /**
         * Set the invoice service
         * @description The credentials are tested at the invoice service first, then stored sealed. Wrong ones leave the old ones active. Without `credentials` the stored ones are used. Needs the scope `providers:write` or the admin key.
         */
        put: operations["putInvoiceService"];
        post?: never;
        /**
         * Disable the invoice service
         * @description Credentials and history stay. Links that are out can still be paid. Needs the scope `providers:write` or the admin key.
         */
        delete: operations["removeInvoiceService"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/workspaces/{id}/invoice-service/test": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Test credentials at the invoice service
         * @description Without a body the stored credentials are tested. A repeat is safe: it stores nothing. Needs the scope `providers:write` or the admin key.
         */
        post: operations["testInvoiceService"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/workspaces/{id}/tax-authority/connect": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Connect the business with the tax authority
         * @description Allocation numbers ("חשבוניות ישראל") are then asked for by Tashlum. A person of the business opens `authorizeUrl` and allows it. Documents that wait already are asked about too. A repeat is safe: the address that was given before is void then. Needs the scope `providers:write` or the admin key.
         */
        post: operations["connectTaxAuthority"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/workspaces/{id}/tax-authority": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read the connection with the tax authority
         * @description Needs the scope `providers:write` or the admin key.
         */
        get: operations["getTaxAuthorityConnection"];
        put?: never;
        post?: never;
        /**
         * Disconnect the business from the tax authority
         * @description Its tokens are forgotten. Allocation numbers are entered by hand then. Needs the scope `providers:write` or the admin key.
         */
        delete: operations["disconnectTaxAuthority"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/workspaces/{id}/api-keys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List API keys
         * @description Needs the scope `settings:write` or the admin key.
         */
        get: operations["listApiKeys"];
        put?: never;
        /**
         * Create an API key
         * @description A key cannot give another key a scope that it lacks itself, nor a longer life. Which scopes fit which job: docs/keys.md. The same `Idempotency-Key` repeats the answer for 15 minutes, then it is a 409: the secret is kept no longer. Needs the scope `settings:write` or the admin key.
         */
        post: operations["createApiKey"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/workspaces/{id}/api-keys/{keyId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Revoke an API key
         * @description Needs the scope `settings:write` or the admin key.
         */
        delete: operations["revokeApiKey"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/customers/erase": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Erase the data of a person
         * @description Every payment that bears any of these identifiers loses what names its payer and patient. It cannot be undone. Documents stay as they were issued, because the law says so, and the answer tells until when. Nothing is erased while one of the payments is open, in review or disputed, or a refund, a mail or the tax invoice of its cheques is still to come: 409 names it. The audit log notes that it was done, and not about whom. A repeat is safe: what is erased stays erased; a repeat finds nothing more. Needs the scope `customers:erase`.
         */
        post: operations["eraseCustomer"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/audit": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List who did what and why, newest first
         * @description Every entry is chained to the one before. `npm run verify-audit` finds one that was changed, moved or removed. Needs the scope `settings:write`.
         */
        get: operations["listAudit"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/admin/circuits": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the breakers of hosts and accounts
         * @description Needs the admin key.
         */
        get: operations["listBreakers"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/admin/circuits/{name}/open": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Open a breaker by hand
         * @description No call goes out until it is closed again. A repeat is safe: an open breaker stays open. Needs the admin key.
         */
        post: operations["openBreaker"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/admin/circuits/{name}/close": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Close a breaker by hand
         * @description What waits behind it goes on within 20 seconds. A repeat is safe: a closed breaker stays closed. Needs the admin key.
         */
        post: operations["closeBreaker"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/admin/inbox": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the webhooks that came in, newest first
         * @description Needs the admin key.
         */
        get: operations["listInbox"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/admin/inbox/replay": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Act on several webhooks of the inbox anew
         * @description As for one. One that cannot be replayed stops no other: its `reason` says why. A repeat is safe: what is in the books already changes nothing. Needs the admin key.
         */
        post: operations["replayInboxRows"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/admin/inbox/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Look at a webhook that came in
         * @description Ids, codes, amounts and times are shown. What may be of a person or prove something is `[redacted]`. Needs the admin key.
         */
        get: operations["getInboxRow"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/admin/inbox/{id}/replay": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Act on a webhook of the inbox anew
         * @description An accepted one is told to its payment again. A quarantined one is verified by the time of its arrival and read again. A refused one cannot be replayed. A repeat is safe: what is in the books already changes nothing. Needs the admin key.
         */
        post: operations["replayInboxRow"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/admin/exchange-rates": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List exchange rates, latest day first
         * @description Needs the admin key.
         */
        get: operations["listExchangeRates"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/admin/exchange-rates/{currency}/{day}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Enter the exchange rate of a day
         * @description The representative rate of the Bank of Israel, for all workspaces. A document takes the last rate that is known on its tax point, and none where nobody entered one: nothing is guessed. A document that was issued without a rate gets its sums in shekels for reports and files an hour after the rate of its day was entered (`EXCHANGE_RATE_WAIT_MINUTES`); what it says stays. Until a document has it, a rate can be entered again; after that another one is a 409 that names documents. One that is more than 20 % off that of a day nearby is a 422 unless `confirm` is true. It stands in the audit log of every workspace that is paid in the currency. Needs the admin key.
         */
        put: operations["putExchangeRate"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/health/live": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Whether the process answers */
        get: operations["getLiveness"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/health/ready": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Whether requests can be served */
        get: operations["getReadiness"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export interface webhooks {
    "payment.link_ready": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** The link of a payment can be sent to the payer. */
        post: operations["onPaymentLinkReady"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "payment.request_sent": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** A payment request was mailed to the payer. */
        post: operations["onPaymentRequestSent"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "payment.overdue": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** A payer was asked and has not paid in time. */
        post: operations["onPaymentOverdue"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "payment.completed": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** A payment is paid, and its document is issued. */
        post: operations["onPaymentCompleted"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "payment.warned": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Money came that your accountant should know of: much cash, or a customer without a number. It is documented all the same. */
        post: operations["onPaymentWarned"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "payment.failed": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** A payment failed. It cannot be paid any more. */
        post: operations["onPaymentFailed"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "payment.expired": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Nobody paid in time. */
        post: operations["onPaymentExpired"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "payment.cancelled": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** A payment was cancelled. */
        post: operations["onPaymentCancelled"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "payment.review_opened": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** A person must decide something about a payment. */
        post: operations["onPaymentReviewOpened"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "payment.review_closed": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** A review is decided, or its reason went away by itself. */
        post: operations["onPaymentReviewClosed"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "payment.refunded": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Money of a payment went back: its sums have changed. */
        post: operations["onPaymentRefunded"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "refund.created": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** A refund is ordered. */
        post: operations["onRefundCreated"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "refund.completed": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** A refund is completed. */
        post: operations["onRefundCompleted"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "refund.failed": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** A refund failed. */
        post: operations["onRefundFailed"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "dispute.opened": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** The bank of a payer asks for the money back. */
        post: operations["onDisputeOpened"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "dispute.closed": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** A dispute ended. */
        post: operations["onDisputeClosed"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "document.issued": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** A document got its number. */
        post: operations["onDocumentIssued"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "document.allocation_required": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** A document waits for an allocation number of the tax authority. */
        post: operations["onDocumentAllocationRequired"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "document.allocation_refused": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** The tax authority refused an allocation number. The document waits; a person must decide. */
        post: operations["onDocumentAllocationRefused"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "document.cancelled": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** A document that had not left was cancelled, because all of its money went back. */
        post: operations["onDocumentCancelled"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "invoice.pushed": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** The invoice service has the document. */
        post: operations["onInvoicePushed"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "invoice.failed": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** The invoice service refused the document. */
        post: operations["onInvoiceFailed"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "provider.circuit_opened": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** A vendor fails, and calls to it wait. */
        post: operations["onProviderCircuitOpened"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "provider.circuit_closed": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Calls to a vendor go on. */
        post: operations["onProviderCircuitClosed"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "provider.credentials_failing": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** A vendor has refused the credentials for a long time. */
        post: operations["onProviderCredentialsFailing"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "provider.webhooks_refused": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Webhooks of the payment provider are refused, three or more in a row: its secret is wrong here, or a stranger sends them. Open payments are asked about meanwhile. */
        post: operations["onProviderWebhooksRefused"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "workspace.provider_changed": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** The workspace has another payment provider. */
        post: operations["onWorkspaceProviderChanged"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "workspace.ceiling_reached": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** An osek patur has turned over 80 or 100 percent of the ceiling of the year. Each step is told once a year. */
        post: operations["onWorkspaceCeilingReached"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "tax_authority.connection_expiring": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** The connection with the tax authority ends within 14 days and could not be renewed: connect again. */
        post: operations["onTaxAuthorityConnectionExpiring"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "tax_authority.connection_broken": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** The tax authority takes the connection of the workspace no more: connect again. Documents wait for their numbers. */
        post: operations["onTaxAuthorityConnectionBroken"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "webhook_endpoint.changed": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** An endpoint was made, changed or deleted, or got another secret. */
        post: operations["onWebhookEndpointChanged"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "webhook_endpoint.disabled": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** An endpoint took nothing for days, or answered 410: its events wait until it is enabled. */
        post: operations["onWebhookEndpointDisabled"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "audit.head": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** The last entry of the audit log, once an hour where it has grown. Keep it: it proves that no entry was removed from the end. */
        post: operations["onAuditHead"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "books.rule_broken": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** The nightly check found rows of the workspace that break a rule of its books: ask who runs Tashlum. It is sent every night until the rule holds again. */
        post: operations["onBooksRuleBroken"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "export.completed": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** The file of an export can be downloaded. */
        post: operations["onExportCompleted"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "accountant_month.sent": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** The mail server took the file of a month to the accountant. Where it was too large to attach, the mail says where it lies. */
        post: operations["onAccountantMonthSent"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "accountant_month.failed": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** The accountant did not get the file of a month by mail, or nobody knows (`unconfirmed`). It is not tried again: send them the file of `exportId`, or of a new export. */
        post: operations["onAccountantMonthFailed"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    test: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Somebody asked for a test event. */
        post: operations["onTest"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export interface components {
    schemas: {
        NewPayment: {
            /** @description In minor units (agorot, cents): 35000 is 350.00. */
            amount: number;
            /**
             * @description Default and only choice: the currency of the workspace.
             * @enum {string}
             */
            currency?: "ILS" | "USD" | "EUR" | "GBP" | "CAD" | "AUD";
            /** @description Printed on the document. Never sent to a provider. */
            description: string;
            /** @description Your own id of what is paid for, once in a workspace: the lasting guard against paying twice. */
            reference: string;
            /** @description Your own id of whom or what it is about, for filtering. */
            subject?: string;
            items?: {
                description: string;
                /** @description Up to four decimals: 1.5 hours, 0.25 days. */
                quantity: number;
                /** @description In minor units. A line is quantity × unitPrice, rounded half up, less its `discount`. All lines, less the `discount` of the payment, add up to `amount`. */
                unitPrice: number;
                /** @description Taken off this line, in minor units. At most its price. */
                discount?: number;
                /** @enum {string} */
                vatTreatment?: "standard" | "zero_rated" | "exempt";
            }[];
            /** @description Taken off all `items` together, in minor units, and printed as a row of its own. The lines share it in proportion to what they come to, also for VAT. */
            discount?: number;
            /** @enum {string} */
            vatTreatment?: "standard" | "zero_rated" | "exempt";
            /** @description Required where VAT is not charged: why, with the section of the law. Printed on the document. */
            vatReason?: string;
            /**
             * @description `false`: `amount` is before VAT, and the payer is asked for amount + VAT.
             * @default true
             */
            vatIncluded?: boolean;
            /**
             * Format: date
             * @description The day of the service, printed on the document.
             */
            serviceDate?: string;
            customer?: {
                name?: string;
                /** Format: email */
                email?: string;
                /** @description As people write it. It is stored as E.164. */
                phone?: string;
                taxId?: string;
                /**
                 * @description `dealer` and `company` are registered customers, who may need an allocation number and need a name. Default `private`, which a number that begins with 5 cannot be.
                 * @enum {string}
                 */
                taxIdKind?: "private" | "dealer" | "company";
                address?: {
                    street?: string;
                    houseNumber?: string;
                    city?: string;
                    zip?: string;
                    country?: string;
                };
                /** @enum {string} */
                locale?: "he" | "en";
                /**
                 * Format: date-time
                 * @description When the customer consented to computerised documents. Then the original may be mailed.
                 */
                eDocumentConsentAt?: string;
            };
            /** @description Who was treated, for your own books. No provider and no invoice service is told. */
            patient?: {
                name: string;
                /** @description The identity number. National Insurance pays back only where a receipt names it. */
                taxId?: string;
            };
            /**
             * @description The days of the sessions that are paid for. No provider and no invoice service is told.
             * @default []
             */
            sessionDates?: string[];
            /**
             * @description Whether the document names the patient and the sessions, as National Insurance and health funds ask. It hints at an illness: only where the payer wants it. Needs `patient`.
             * @default false
             */
            printPatient?: boolean;
            /**
             * Format: date-time
             * @description Until when the link can be paid. Default 30 days, at most a year.
             */
            expiresAt?: string;
            /**
             * Format: uri
             * @description Where a payer goes after paying, with `outcome=paid` in the query. `{PAYMENT_ID}` in it becomes the id. Anybody can open it: ask for the payment.
             */
            successUrl?: string;
            /**
             * Format: uri
             * @description Where a payer goes who did not pay: the same, with `outcome=not_paid`.
             */
            cancelUrl?: string;
            /** @description How it may be paid. Leave it out to allow all that the account takes. */
            methods?: ("card" | "bit" | "apple_pay" | "google_pay" | "paypal" | "bank_transfer" | "cash" | "check" | "paybox" | "other")[];
            /** @description Into how many instalments the payer may divide it. */
            maxInstallments?: number;
            /**
             * @description Your own notes. No provider sees them.
             * @default {}
             */
            metadata?: {
                [key: string]: string;
            };
            /** @description Mails the link to the customer. Default: as the workspace has it. */
            request?: {
                /** @constant */
                channel: "email";
                at: ("immediately" | "end_of_day" | "end_of_month" | "manual") | string;
                remindAfterDays?: number;
            };
        };
        NewManualPayment: {
            /** @description In minor units (agorot, cents): 35000 is 350.00. */
            amount: number;
            /** @description Printed on the document. Never sent to a provider. */
            description: string;
            /** @description Your own id of what is paid for, once in a workspace: the lasting guard against paying twice. */
            reference: string;
            /** @description Your own id of whom or what it is about, for filtering. */
            subject?: string;
            items?: {
                description: string;
                /** @description Up to four decimals: 1.5 hours, 0.25 days. */
                quantity: number;
                /** @description In minor units. A line is quantity × unitPrice, rounded half up, less its `discount`. All lines, less the `discount` of the payment, add up to `amount`. */
                unitPrice: number;
                /** @description Taken off this line, in minor units. At most its price. */
                discount?: number;
                /** @enum {string} */
                vatTreatment?: "standard" | "zero_rated" | "exempt";
            }[];
            /** @description Taken off all `items` together, in minor units, and printed as a row of its own. The lines share it in proportion to what they come to, also for VAT. */
            discount?: number;
            /**
             * @description `false`: `amount` is before VAT, and the payer is asked for amount + VAT.
             * @default true
             */
            vatIncluded?: boolean;
            /** @enum {string} */
            vatTreatment?: "standard" | "zero_rated" | "exempt";
            /** @description Required where VAT is not charged: why, with the section of the law. Printed on the document. */
            vatReason?: string;
            /**
             * Format: date
             * @description The day of the service, printed on the document.
             */
            serviceDate?: string;
            customer?: {
                name?: string;
                /** Format: email */
                email?: string;
                /** @description As people write it. It is stored as E.164. */
                phone?: string;
                taxId?: string;
                /**
                 * @description `dealer` and `company` are registered customers, who may need an allocation number and need a name. Default `private`, which a number that begins with 5 cannot be.
                 * @enum {string}
                 */
                taxIdKind?: "private" | "dealer" | "company";
                address?: {
                    street?: string;
                    houseNumber?: string;
                    city?: string;
                    zip?: string;
                    country?: string;
                };
                /** @enum {string} */
                locale?: "he" | "en";
                /**
                 * Format: date-time
                 * @description When the customer consented to computerised documents. Then the original may be mailed.
                 */
                eDocumentConsentAt?: string;
            };
            /** @description Who was treated, for your own books. No provider and no invoice service is told. */
            patient?: {
                name: string;
                /** @description The identity number. National Insurance pays back only where a receipt names it. */
                taxId?: string;
            };
            /**
             * @description The days of the sessions that are paid for. No provider and no invoice service is told.
             * @default []
             */
            sessionDates?: string[];
            /**
             * @description Whether the document names the patient and the sessions, as National Insurance and health funds ask. It hints at an illness: only where the payer wants it. Needs `patient`.
             * @default false
             */
            printPatient?: boolean;
            /**
             * @description Your own notes. No provider sees them.
             * @default {}
             */
            metadata?: {
                [key: string]: string;
            };
            /**
             * @description How all of it was paid. Leave it out where `means` says so.
             * @enum {string}
             */
            method?: "cash" | "bank_transfer" | "check" | "bit" | "paybox" | "card" | "other";
            /** @description How it was paid where it came in several ways: several cheques, cash beside a transfer, tax withheld at source. The parts add up to what was paid, VAT included. */
            means?: {
                /**
                 * @description `withheld`: tax that the payer withheld at source. It is part of the sum and did not come as money.
                 * @enum {string}
                 */
                method: "cash" | "bank_transfer" | "check" | "bit" | "paybox" | "card" | "other" | "withheld";
                /** @description In minor units (agorot, cents): 35000 is 350.00. */
                amount: number;
                /** @description Required for method `check`. A receipt must name the cheque. */
                check?: {
                    bank: string;
                    branch: string;
                    account: string;
                    number: string;
                    /** Format: date */
                    dueDate: string;
                };
                /** @description Of a card. */
                brand?: string;
                /** @description Last four digits of a card. */
                last4?: string;
                /** @description Of a card, a transfer or an app: its number there. */
                approvalNumber?: string;
            }[];
            /**
             * Format: date
             * @description The day on which the money came, in the time zone of the workspace. Where it lies in a period whose VAT may have been reported (`vatReturn` of the workspace; without it, before the last calendar month), or in closed books, the document bears the present day and names this one.
             */
            paidOn: string;
            /** @description Why it is recorded only now. Required where the money came a year ago or earlier. For your books. */
            lateReason?: string;
            /** @description Required for method `check`. A receipt must name the cheque. Post-dated cheques of a dealer of VAT have a receipt at once and the tax invoice on `dueDate`: all of the payment must then be cheques of one date. */
            check?: {
                bank: string;
                branch: string;
                account: string;
                number: string;
                /** Format: date */
                dueDate: string;
            };
            /** @description For yourself. Printed nowhere. */
            notes?: string;
        };
        Resolution: {
            /**
             * @description Which of them are possible depends on the review (docs/operations.md).
             * @enum {string}
             */
            action: "accept" | "refund" | "dismiss";
            /** @description Kept in the audit log. */
            reason: string;
            /** @description For `unknown_outcome`: whether the dashboard of the provider shows the refund. */
            paid?: boolean;
            /** @description For `unknown_outcome`: its id in that dashboard. */
            transactionId?: string;
            /** @description For `refund_lines_required`: the lines of the document that the refund took back. */
            items?: {
                /** @description The place of the line on the document; the first is 1. */
                line: number;
                /** @description How many of its units go back. Default: the credit shows the amount alone. */
                quantity?: number;
                /** @description What goes back of this line, VAT included, in minor units. */
                amount: number;
            }[];
            /** @description For `provider_dispute`: the disputes that you decide about. Default: all that are open or lost. What comes later is decided by itself. */
            disputes?: {
                /** @description Its id at the provider, as events and the timeline name it. */
                disputeId: string;
                /** @description What the payer’s bank took of the charge, in minor units of the currency of the charge, as the provider’s dashboard says. For `refund`, where the dispute is in another currency. */
                takenAmount?: number;
            }[];
            /** @description The refund that you decide about, where there are several. */
            refundId?: string;
        };
        NewRefund: {
            /** @description In minor units. Default: the sum of `items`, else all that is left. */
            amount?: number;
            /** @description The lines of the document that go back. Required for a part of a document that has lines with and without VAT. */
            items?: {
                /** @description The place of the line on the document; the first is 1. */
                line: number;
                /** @description How many of its units go back. Default: the credit shows the amount alone. */
                quantity?: number;
                /** @description What goes back of this line, VAT included, in minor units. */
                amount: number;
            }[];
            /** @enum {string} */
            currency?: "ILS" | "USD" | "EUR" | "GBP" | "CAD" | "AUD";
            /** @description Printed on the credit document. */
            reason: string;
            /**
             * @description `original`: the way it came. The others record what you gave back by hand.
             * @default original
             * @enum {string}
             */
            method?: "original" | "cash" | "bank_transfer" | "check";
            /**
             * Format: date
             * @description For a refund by hand: the day on which the money went back.
             */
            paidOn?: string;
        };
        DocumentMailing: {
            /**
             * Format: email
             * @description Default: the address of the customer.
             */
            email?: string;
        };
        AllocationNumber: {
            allocationNumber: string;
        };
        Acknowledgement: {
            /**
             * @description How: `signature` on a copy, `registered_mail`, `fax`, `electronic` (certified signature). `private_small`: a credit of 600 ₪ at most to a private customer; ask your accountant whether you may use it.
             * @enum {string}
             */
            method: "signature" | "registered_mail" | "fax" | "electronic" | "private_small";
            /**
             * Format: date
             * @description The day of the confirmation. Default: today.
             */
            at?: string;
            /** @description For your books, such as the number of the registered mail. */
            note?: string;
        };
        NewWorkspace: {
            name: string;
            taxId: string;
            /** @enum {string} */
            dealerType: "osek_murshe" | "osek_patur" | "company" | "amuta" | "foreign";
            /**
             * @description `test`: at the vendors’ own sandboxes. It can never be changed, so it has no default.
             * @enum {string}
             */
            mode: "live" | "test";
            legalName?: {
                he: string;
                en: string;
            };
            address?: {
                street?: string;
                houseNumber?: string;
                city: string;
                zip?: string;
                country?: string;
            };
            /** @description Default: as usual for the dealer type. */
            vatRegistered?: boolean;
            timeZone?: string;
            /** @enum {string} */
            currency?: "ILS" | "USD" | "EUR" | "GBP" | "CAD" | "AUD";
            /** @enum {string} */
            locale?: "he" | "en";
            /** @description Whose documents are the legal ones. `null`: as the invoice service has it. */
            documentIssuer?: ("engine" | "invoice_service") | null;
            receipt?: {
                /** @description Whether the receipt is mailed to the customer. Default `false`. */
                email?: boolean;
                /**
                 * @description `on_demand`: printed when it is first asked for. Default `at_issue`.
                 * @enum {string}
                 */
                print?: "at_issue" | "on_demand";
                /** @description Whether payers find a copy of the document behind their link once they paid. Default `false`. */
                onPayPage?: boolean;
            };
            /** @description Whether you hold consents of your customers to computerised documents. */
            eDocumentConsentsHeld?: boolean;
            /**
             * @description What a sale that is exempt from VAT altogether is titled. `transaction_invoice`: a transaction invoice with receipt, numbered with the receipts. `tax_invoice`: where your accountant says so. Default `transaction_invoice`.
             * @enum {string}
             */
            exemptSales?: "transaction_invoice" | "tax_invoice";
            /**
             * @description What the lines of the invoice service’s documents, and the reason of a credit, say. `neutral`: `providerDescription`, so that no word of yours leaves. `lines`: what you wrote. Default `neutral`.
             * @enum {string}
             */
            invoiceServiceText?: "neutral" | "lines";
            /** @description What vendors are told that a payment is for, instead of its description. */
            providerDescription?: string | null;
            /** @description No document is dated on this day or before it. */
            booksClosedThrough?: string | null;
            /** @description How the business reports its VAT. No document is dated in a period that was already reported. It bears the present day and names the day of the money. Default `null`: a document may still be dated in the last calendar month. */
            vatReturn?: {
                /** @description Months of a period: 1, or 2 (January and February, March and April, …). */
                months?: 1 | 2;
                /** @description From this day of the month after a period on, the period counts as reported. Default 16: the return is due on the 15th. */
                reportedFromDay?: number;
            } | null;
            /** @description Accounts and codes of your bookkeeper, for the export `hashavshevet`. */
            hashavshevet?: components["schemas"]["HashavshevetChange"] | null;
            /** @description Mails the export `bundle` of each month to your accountant, beginning with the month in which this is set. `null`: no more. */
            accountantMonth?: {
                /**
                 * Format: email
                 * @description The address of the accountant. It must be set.
                 */
                to?: string;
                /** @description The day of the month on which the month before is mailed; in a shorter month its last day. It must be set. */
                day?: number;
            } | null;
            paymentRequest?: {
                /**
                 * @description When payers with an address are mailed their link. Default `manual`: only on demand.
                 * @enum {string}
                 */
                at?: "immediately" | "end_of_day" | "end_of_month" | "manual";
                remindAfterDays?: number | null;
                overdueAfterHours?: number;
            };
            /** @description When you come from another system: the first number of each series. Never lowered. */
            firstNumbers?: {
                receipt?: number;
                tax_invoice?: number;
                tax_invoice_receipt?: number;
                payment_confirmation?: number;
                credit_receipt?: number;
                credit_invoice?: number;
                refund_confirmation?: number;
            };
        };
        HashavshevetChange: {
            /** @description Account of sales with VAT. It must be set. */
            income?: string;
            /** @description Default: `income`. */
            incomeZeroRated?: string;
            /** @description All sales of a business without VAT too. Default: `income`. */
            incomeExempt?: string;
            /** @description Account of VAT on sales. It must be set. */
            vat?: string;
            /** @description Account of tax that customers withheld. It must be set. */
            withheld?: string;
            /** @description Account of money that no entry of `cashBoxes` is for. It must be set. */
            cashBox?: string;
            /** @description Accounts by means and provider. The most exact one counts. */
            cashBoxes?: {
                /**
                 * @description Money that came so. Default: all.
                 * @enum {string}
                 */
                method?: "card" | "bit" | "apple_pay" | "google_pay" | "paypal" | "bank_transfer" | "cash" | "check" | "paybox" | "other";
                /** @description Money that came there, such as `payplus`; `manual` is what you recorded. Default: all. */
                provider?: string;
                account: string;
            }[];
            /**
             * @description `none`: money goes straight to income. `collective`: through the one account of all customers. `each`: through an account for each, which HESHIN opens. Default `none`.
             * @enum {string}
             */
            customers?: "none" | "collective" | "each";
            /** @description With `collective`. */
            customerAccount?: string | null;
            customerSortCode?: string;
            /** @description Code of the movement of a tax invoice/receipt. Default `חק`. */
            invoiceCode?: string;
            /** @description Default `חז`. */
            creditCode?: string;
            /** @description Default `קב`. */
            receiptCode?: string;
            /** @description How the program calls shekels. Default `ש"ח`. */
            currencyCode?: string;
            /**
             * @description Default `windows-1255`.
             * @enum {string}
             */
            encoding?: "windows-1255" | "cp862";
        };
        WorkspaceChange: {
            name?: string;
            taxId?: string;
            /** @enum {string} */
            dealerType?: "osek_murshe" | "osek_patur" | "company" | "amuta" | "foreign";
            /**
             * @description `test`: at the vendors’ own sandboxes. It can never be changed, so it has no default.
             * @enum {string}
             */
            mode?: "live" | "test";
            legalName?: {
                he?: string;
                en?: string;
            };
            address?: {
                street?: string;
                houseNumber?: string;
                city?: string;
                zip?: string;
                country?: string;
            };
            /** @description Default: as usual for the dealer type. */
            vatRegistered?: boolean;
            timeZone?: string;
            /** @enum {string} */
            currency?: "ILS" | "USD" | "EUR" | "GBP" | "CAD" | "AUD";
            /** @enum {string} */
            locale?: "he" | "en";
            /** @description Whose documents are the legal ones. `null`: as the invoice service has it. */
            documentIssuer?: ("engine" | "invoice_service") | null;
            receipt?: {
                /** @description Whether the receipt is mailed to the customer. Default `false`. */
                email?: boolean;
                /**
                 * @description `on_demand`: printed when it is first asked for. Default `at_issue`.
                 * @enum {string}
                 */
                print?: "at_issue" | "on_demand";
                /** @description Whether payers find a copy of the document behind their link once they paid. Default `false`. */
                onPayPage?: boolean;
            };
            /** @description Whether you hold consents of your customers to computerised documents. */
            eDocumentConsentsHeld?: boolean;
            /**
             * @description What a sale that is exempt from VAT altogether is titled. `transaction_invoice`: a transaction invoice with receipt, numbered with the receipts. `tax_invoice`: where your accountant says so. Default `transaction_invoice`.
             * @enum {string}
             */
            exemptSales?: "transaction_invoice" | "tax_invoice";
            /**
             * @description What the lines of the invoice service’s documents, and the reason of a credit, say. `neutral`: `providerDescription`, so that no word of yours leaves. `lines`: what you wrote. Default `neutral`.
             * @enum {string}
             */
            invoiceServiceText?: "neutral" | "lines";
            /** @description What vendors are told that a payment is for, instead of its description. */
            providerDescription?: string | null;
            /** @description No document is dated on this day or before it. */
            booksClosedThrough?: string | null;
            /** @description How the business reports its VAT. No document is dated in a period that was already reported. It bears the present day and names the day of the money. Default `null`: a document may still be dated in the last calendar month. */
            vatReturn?: {
                /** @description Months of a period: 1, or 2 (January and February, March and April, …). */
                months?: 1 | 2;
                /** @description From this day of the month after a period on, the period counts as reported. Default 16: the return is due on the 15th. */
                reportedFromDay?: number;
            } | null;
            /** @description Accounts and codes of your bookkeeper, for the export `hashavshevet`. */
            hashavshevet?: components["schemas"]["HashavshevetChange"] | null;
            /** @description Mails the export `bundle` of each month to your accountant, beginning with the month in which this is set. `null`: no more. */
            accountantMonth?: {
                /**
                 * Format: email
                 * @description The address of the accountant. It must be set.
                 */
                to?: string;
                /** @description The day of the month on which the month before is mailed; in a shorter month its last day. It must be set. */
                day?: number;
            } | null;
            paymentRequest?: {
                /**
                 * @description When payers with an address are mailed their link. Default `manual`: only on demand.
                 * @enum {string}
                 */
                at?: "immediately" | "end_of_day" | "end_of_month" | "manual";
                remindAfterDays?: number | null;
                overdueAfterHours?: number;
            };
            /** @description When you come from another system: the first number of each series. Never lowered. */
            firstNumbers?: {
                receipt?: number;
                tax_invoice?: number;
                tax_invoice_receipt?: number;
                payment_confirmation?: number;
                credit_receipt?: number;
                credit_invoice?: number;
                refund_confirmation?: number;
            };
        };
        PaymentProviderAccount: {
            /** @constant */
            provider: "payplus";
            credentials?: {
                apiKey: string;
                secretKey: string;
                paymentPageUid: string;
            };
            options?: {
                /** @description How long webhooks may be missing before the provider is asked again and again. Default a day. */
                webhookGraceSeconds?: number;
                /** @description The largest sum of one payment, with VAT, in minor units: a larger one is refused. Default none. */
                maxAmount?: number;
                /** @description How long one page lives. Default 30 days. */
                maxPageMinutes?: number;
            };
        } | {
            /** @constant */
            provider: "grow";
            credentials?: {
                userId: string;
                pageCode: string;
                pageCodes?: {
                    [key: string]: string;
                };
                apiKey?: string;
            };
            options?: {
                /** @description How long webhooks may be missing before the provider is asked again and again. Default a day. */
                webhookGraceSeconds?: number;
                /** @description The largest sum of one payment, with VAT, in minor units: a larger one is refused. Default none. */
                maxAmount?: number;
                /** @description The largest sum for which Bit is offered, in minor units. */
                bitMaxAmount?: number;
            };
        } | {
            /** @constant */
            provider: "stripe";
            credentials?: {
                secretKey: string;
                webhookSecret?: string;
            };
            options?: {
                /** @description How long webhooks may be missing before the provider is asked again and again. Default a day. */
                webhookGraceSeconds?: number;
                /** @description The largest sum of one payment, with VAT, in minor units: a larger one is refused. Default none. */
                maxAmount?: number;
                /** @description How long one page lives. Default 30 days. */
                maxPageMinutes?: number;
            };
        };
        InvoiceServiceAccount: {
            /** @constant */
            service: "green-invoice";
            credentials?: {
                apiKeyId: string;
                apiKeySecret: string;
            };
            options?: Record<string, never>;
        } | {
            /** @constant */
            service: "sumit";
            credentials?: {
                companyId: string;
                apiKey: string;
            };
            options?: Record<string, never>;
        } | {
            /** @constant */
            service: "custom";
            credentials?: {
                url: string;
                secret: string;
            };
            options?: Record<string, never>;
        };
        TaxAuthorityConnect: {
            /** @description Id number of the person who connects. Without it the name of the business is told. */
            userId?: string;
        };
        NewApiKey: {
            name: string;
            scopes: ("links:read" | "links:write" | "payments:read" | "payments:write" | "refunds:write" | "documents:read" | "documents:write" | "reports:read" | "books:close" | "settings:write" | "providers:write" | "customers:erase")[];
            /**
             * Format: date-time
             * @description From when on the key works no more. Leave it out for a key that is valid until it is revoked.
             */
            expiresAt?: string;
        };
        Erasure: {
            /**
             * Format: email
             * @description Upper and lower case are the same.
             */
            email?: string;
            /** @description As people write it. */
            phone?: string;
            /** @description Of the payer or of the patient. */
            taxId?: string;
            /** @description Your own id of the person, as `subject` of payments. */
            subject?: string;
        };
        ReplayOrder: {
            /** @description Rows of the inbox. */
            ids: string[];
        };
        NewExchangeRate: {
            /** @description Shekels for one whole unit of the currency. */
            rate: string;
            /**
             * Format: date
             * @description The last day for which this rate may be used: that on which the next one is published. Default: the day after its own. Of a Friday it is Monday, and before a holiday it is later; at most seven days. Payments of that last day have it only until its own rate is entered.
             */
            knownUntil?: string;
            /** @description `true` enters a rate that is more than 20 % off that of a day nearby. Default `false`. */
            confirm?: boolean;
        };
        PaymentLinkReadyEvent: {
            /** @description The same in every try, and in the header `webhook-id`: know repeats by it. */
            id: string;
            /** @constant */
            type: "payment.link_ready";
            apiVersion: string;
            /** @description 1, 2, 3 … for one payment, without a hole. */
            sequence: number;
            /** Format: date-time */
            createdAt: string;
            data: {
                /** @enum {string} */
                status: "creating" | "pending" | "completed" | "partially_refunded" | "refunded" | "failed" | "expired" | "cancelled" | "disputed";
                provider: string;
                /** @description The payment that it is about. `null` where it is about none. */
                paymentId: string | null;
            };
        };
        PaymentRequestSentEvent: {
            /** @description The same in every try, and in the header `webhook-id`: know repeats by it. */
            id: string;
            /** @constant */
            type: "payment.request_sent";
            apiVersion: string;
            /** @description 1, 2, 3 … for one payment, without a hole. */
            sequence: number;
            /** Format: date-time */
            createdAt: string;
            data: {
                /** @enum {string} */
                status: "creating" | "pending" | "completed" | "partially_refunded" | "refunded" | "failed" | "expired" | "cancelled" | "disputed";
                isReminder: boolean;
                /** @description The payment that it is about. `null` where it is about none. */
                paymentId: string | null;
            };
        };
        PaymentOverdueEvent: {
            /** @description The same in every try, and in the header `webhook-id`: know repeats by it. */
            id: string;
            /** @constant */
            type: "payment.overdue";
            apiVersion: string;
            /** @description 1, 2, 3 … for one payment, without a hole. */
            sequence: number;
            /** Format: date-time */
            createdAt: string;
            data: {
                /** @enum {string} */
                status: "creating" | "pending" | "completed" | "partially_refunded" | "refunded" | "failed" | "expired" | "cancelled" | "disputed";
                amount: number;
                currency: string;
                askedAt: string | null;
                /** @description The payment that it is about. `null` where it is about none. */
                paymentId: string | null;
            };
        };
        PaymentCompletedEvent: {
            /** @description The same in every try, and in the header `webhook-id`: know repeats by it. */
            id: string;
            /** @constant */
            type: "payment.completed";
            apiVersion: string;
            /** @description 1, 2, 3 … for one payment, without a hole. */
            sequence: number;
            /** Format: date-time */
            createdAt: string;
            data: {
                /** @enum {string} */
                status: "creating" | "pending" | "completed" | "partially_refunded" | "refunded" | "failed" | "expired" | "cancelled" | "disputed";
                amount: number;
                currency: string;
                review: ("amount_mismatch" | "duplicate_payment" | "late_success" | "unknown_outcome" | "provider_dispute" | "document_mismatch" | "foreign_document" | "push_failed" | "reconciliation" | "refund_reversed" | "refund_lines_required") | null;
                /** @description The payment that it is about. `null` where it is about none. */
                paymentId: string | null;
            };
        };
        PaymentWarnedEvent: {
            /** @description The same in every try, and in the header `webhook-id`: know repeats by it. */
            id: string;
            /** @constant */
            type: "payment.warned";
            apiVersion: string;
            /** @description 1, 2, 3 … for one payment, without a hole. */
            sequence: number;
            /** Format: date-time */
            createdAt: string;
            data: {
                warnings: ("customer_unidentified" | "cash_limit" | "exchange_rate_missing")[];
                /** @description The payment that it is about. `null` where it is about none. */
                paymentId: string | null;
            };
        };
        PaymentFailedEvent: {
            /** @description The same in every try, and in the header `webhook-id`: know repeats by it. */
            id: string;
            /** @constant */
            type: "payment.failed";
            apiVersion: string;
            /** @description 1, 2, 3 … for one payment, without a hole. */
            sequence: number;
            /** Format: date-time */
            createdAt: string;
            data: {
                /** @enum {string} */
                status: "creating" | "pending" | "completed" | "partially_refunded" | "refunded" | "failed" | "expired" | "cancelled" | "disputed";
                reason: string;
                failure: {
                    code: string;
                    message: string;
                    vendorCode: string | null;
                };
                /** @description The payment that it is about. `null` where it is about none. */
                paymentId: string | null;
            };
        };
        PaymentExpiredEvent: {
            /** @description The same in every try, and in the header `webhook-id`: know repeats by it. */
            id: string;
            /** @constant */
            type: "payment.expired";
            apiVersion: string;
            /** @description 1, 2, 3 … for one payment, without a hole. */
            sequence: number;
            /** Format: date-time */
            createdAt: string;
            data: {
                /** @enum {string} */
                status: "creating" | "pending" | "completed" | "partially_refunded" | "refunded" | "failed" | "expired" | "cancelled" | "disputed";
                reason: string;
                /** @description The payment that it is about. `null` where it is about none. */
                paymentId: string | null;
            };
        };
        PaymentCancelledEvent: {
            /** @description The same in every try, and in the header `webhook-id`: know repeats by it. */
            id: string;
            /** @constant */
            type: "payment.cancelled";
            apiVersion: string;
            /** @description 1, 2, 3 … for one payment, without a hole. */
            sequence: number;
            /** Format: date-time */
            createdAt: string;
            data: {
                /** @enum {string} */
                status: "creating" | "pending" | "completed" | "partially_refunded" | "refunded" | "failed" | "expired" | "cancelled" | "disputed";
                reason: string;
                /** @description The payment that it is about. `null` where it is about none. */
                paymentId: string | null;
            };
        };
        PaymentReviewOpenedEvent: {
            /** @description The same in every try, and in the header `webhook-id`: know repeats by it. */
            id: string;
            /** @constant */
            type: "payment.review_opened";
            apiVersion: string;
            /** @description 1, 2, 3 … for one payment, without a hole. */
            sequence: number;
            /** Format: date-time */
            createdAt: string;
            data: {
                /** @enum {string} */
                review: "amount_mismatch" | "duplicate_payment" | "late_success" | "unknown_outcome" | "provider_dispute" | "document_mismatch" | "foreign_document" | "push_failed" | "reconciliation" | "refund_reversed" | "refund_lines_required";
                /** @enum {string} */
                status: "creating" | "pending" | "completed" | "partially_refunded" | "refunded" | "failed" | "expired" | "cancelled" | "disputed";
                capturedAmount: number;
                refundId: string | null;
                /** @description The payment that it is about. `null` where it is about none. */
                paymentId: string | null;
            };
        };
        PaymentReviewClosedEvent: {
            /** @description The same in every try, and in the header `webhook-id`: know repeats by it. */
            id: string;
            /** @constant */
            type: "payment.review_closed";
            apiVersion: string;
            /** @description 1, 2, 3 … for one payment, without a hole. */
            sequence: number;
            /** Format: date-time */
            createdAt: string;
            data: {
                /** @enum {string} */
                review: "amount_mismatch" | "duplicate_payment" | "late_success" | "unknown_outcome" | "provider_dispute" | "document_mismatch" | "foreign_document" | "push_failed" | "reconciliation" | "refund_reversed" | "refund_lines_required";
                action: ("accept" | "refund" | "dismiss") | null;
                refundId: string | null;
                /** @description The payment that it is about. `null` where it is about none. */
                paymentId: string | null;
            };
        };
        PaymentRefundedEvent: {
            /** @description The same in every try, and in the header `webhook-id`: know repeats by it. */
            id: string;
            /** @constant */
            type: "payment.refunded";
            apiVersion: string;
            /** @description 1, 2, 3 … for one payment, without a hole. */
            sequence: number;
            /** Format: date-time */
            createdAt: string;
            data: {
                refundId: string;
                amount: number;
                currency: string;
                /** @enum {string} */
                status: "creating" | "pending" | "completed" | "partially_refunded" | "refunded" | "failed" | "expired" | "cancelled" | "disputed";
                refundedAmount: number;
                /** @description The payment that it is about. `null` where it is about none. */
                paymentId: string | null;
            };
        };
        RefundCreatedEvent: {
            /** @description The same in every try, and in the header `webhook-id`: know repeats by it. */
            id: string;
            /** @constant */
            type: "refund.created";
            apiVersion: string;
            /** @description 1, 2, 3 … for one payment, without a hole. */
            sequence: number;
            /** Format: date-time */
            createdAt: string;
            data: {
                refundId: string;
                amount: number;
                currency: string;
                /** @enum {string} */
                origin: "api" | "provider" | "review" | "dispute";
                /** @description The payment that it is about. `null` where it is about none. */
                paymentId: string | null;
            };
        };
        RefundCompletedEvent: {
            /** @description The same in every try, and in the header `webhook-id`: know repeats by it. */
            id: string;
            /** @constant */
            type: "refund.completed";
            apiVersion: string;
            /** @description 1, 2, 3 … for one payment, without a hole. */
            sequence: number;
            /** Format: date-time */
            createdAt: string;
            data: {
                refundId: string;
                amount: number;
                currency: string;
                documentId: string | null;
                /** @description The payment that it is about. `null` where it is about none. */
                paymentId: string | null;
            };
        };
        RefundFailedEvent: {
            /** @description The same in every try, and in the header `webhook-id`: know repeats by it. */
            id: string;
            /** @constant */
            type: "refund.failed";
            apiVersion: string;
            /** @description 1, 2, 3 … for one payment, without a hole. */
            sequence: number;
            /** Format: date-time */
            createdAt: string;
            data: {
                refundId: string;
                amount: number;
                currency: string;
                reason: string;
                /** @description The payment that it is about. `null` where it is about none. */
                paymentId: string | null;
            };
        };
        DisputeOpenedEvent: {
            /** @description The same in every try, and in the header `webhook-id`: know repeats by it. */
            id: string;
            /** @constant */
            type: "dispute.opened";
            apiVersion: string;
            /** @description 1, 2, 3 … for one payment, without a hole. */
            sequence: number;
            /** Format: date-time */
            createdAt: string;
            data: {
                disputeId: string;
                /** @enum {string} */
                status: "creating" | "pending" | "completed" | "partially_refunded" | "refunded" | "failed" | "expired" | "cancelled" | "disputed";
                /** @enum {string} */
                outcome: "inquiry" | "open" | "lost" | "won";
                amount: number;
                currency: string;
                /** @description The payment that it is about. `null` where it is about none. */
                paymentId: string | null;
            };
        };
        DisputeClosedEvent: {
            /** @description The same in every try, and in the header `webhook-id`: know repeats by it. */
            id: string;
            /** @constant */
            type: "dispute.closed";
            apiVersion: string;
            /** @description 1, 2, 3 … for one payment, without a hole. */
            sequence: number;
            /** Format: date-time */
            createdAt: string;
            data: {
                disputeId: string;
                /** @enum {string} */
                status: "creating" | "pending" | "completed" | "partially_refunded" | "refunded" | "failed" | "expired" | "cancelled" | "disputed";
                /** @enum {string} */
                outcome: "inquiry" | "open" | "lost" | "won";
                amount: number;
                currency: string;
                /** @description The payment that it is about. `null` where it is about none. */
                paymentId: string | null;
            };
        };
        DocumentIssuedEvent: {
            /** @description The same in every try, and in the header `webhook-id`: know repeats by it. */
            id: string;
            /** @constant */
            type: "document.issued";
            apiVersion: string;
            /** @description 1, 2, 3 … for one payment, without a hole. */
            sequence: number;
            /** Format: date-time */
            createdAt: string;
            data: {
                documentId: string;
                /** @enum {string} */
                type: "receipt" | "tax_invoice" | "tax_invoice_receipt" | "payment_confirmation" | "credit_receipt" | "credit_invoice" | "refund_confirmation";
                number: number;
                displayNumber: string;
                net: number;
                vat: number;
                total: number;
                /** @description The payment that it is about. `null` where it is about none. */
                paymentId: string | null;
            };
        };
        DocumentAllocationRequiredEvent: {
            /** @description The same in every try, and in the header `webhook-id`: know repeats by it. */
            id: string;
            /** @constant */
            type: "document.allocation_required";
            apiVersion: string;
            /** @description 1, 2, 3 … for one payment, without a hole. */
            sequence: number;
            /** Format: date-time */
            createdAt: string;
            data: {
                documentId: string;
                /** @enum {string} */
                type: "receipt" | "tax_invoice" | "tax_invoice_receipt" | "payment_confirmation" | "credit_receipt" | "credit_invoice" | "refund_confirmation";
                number: number;
                displayNumber: string;
                /** @description The payment that it is about. `null` where it is about none. */
                paymentId: string | null;
            };
        };
        DocumentAllocationRefusedEvent: {
            /** @description The same in every try, and in the header `webhook-id`: know repeats by it. */
            id: string;
            /** @constant */
            type: "document.allocation_refused";
            apiVersion: string;
            /** @description 1, 2, 3 … for one payment, without a hole. */
            sequence: number;
            /** Format: date-time */
            createdAt: string;
            data: {
                documentId: string;
                /** @enum {string} */
                type: "receipt" | "tax_invoice" | "tax_invoice_receipt" | "payment_confirmation" | "credit_receipt" | "credit_invoice" | "refund_confirmation";
                number: number;
                displayNumber: string;
                code: string;
                message: string;
                /** @description The payment that it is about. `null` where it is about none. */
                paymentId: string | null;
            };
        };
        DocumentCancelledEvent: {
            /** @description The same in every try, and in the header `webhook-id`: know repeats by it. */
            id: string;
            /** @constant */
            type: "document.cancelled";
            apiVersion: string;
            /** @description 1, 2, 3 … for one payment, without a hole. */
            sequence: number;
            /** Format: date-time */
            createdAt: string;
            data: {
                documentId: string;
                /** @enum {string} */
                type: "receipt" | "tax_invoice" | "tax_invoice_receipt" | "payment_confirmation" | "credit_receipt" | "credit_invoice" | "refund_confirmation";
                number: number;
                displayNumber: string;
                /** @description The payment that it is about. `null` where it is about none. */
                paymentId: string | null;
            };
        };
        InvoicePushedEvent: {
            /** @description The same in every try, and in the header `webhook-id`: know repeats by it. */
            id: string;
            /** @constant */
            type: "invoice.pushed";
            apiVersion: string;
            /** @description 1, 2, 3 … for one payment, without a hole. */
            sequence: number;
            /** Format: date-time */
            createdAt: string;
            data: {
                documentId: string;
                service: string;
                externalNumber: string;
                /** @description The payment that it is about. `null` where it is about none. */
                paymentId: string | null;
            };
        };
        InvoiceFailedEvent: {
            /** @description The same in every try, and in the header `webhook-id`: know repeats by it. */
            id: string;
            /** @constant */
            type: "invoice.failed";
            apiVersion: string;
            /** @description 1, 2, 3 … for one payment, without a hole. */
            sequence: number;
            /** Format: date-time */
            createdAt: string;
            data: {
                documentId: string;
                reason: string;
                /** @description The payment that it is about. `null` where it is about none. */
                paymentId: string | null;
            };
        };
        ProviderCircuitOpenedEvent: {
            /** @description The same in every try, and in the header `webhook-id`: know repeats by it. */
            id: string;
            /** @constant */
            type: "provider.circuit_opened";
            apiVersion: string;
            /** @description 1, 2, 3 … for one payment, without a hole. */
            sequence: number;
            /** Format: date-time */
            createdAt: string;
            data: {
                circuit: string;
                provider: string;
                /** @enum {string} */
                state: "closed" | "open" | "half_open";
                opensUntil: string | null;
                /** @description The payment that it is about. `null` where it is about none. */
                paymentId: string | null;
            };
        };
        ProviderCircuitClosedEvent: {
            /** @description The same in every try, and in the header `webhook-id`: know repeats by it. */
            id: string;
            /** @constant */
            type: "provider.circuit_closed";
            apiVersion: string;
            /** @description 1, 2, 3 … for one payment, without a hole. */
            sequence: number;
            /** Format: date-time */
            createdAt: string;
            data: {
                circuit: string;
                provider: string;
                /** @enum {string} */
                state: "closed" | "open" | "half_open";
                opensUntil: string | null;
                /** @description The payment that it is about. `null` where it is about none. */
                paymentId: string | null;
            };
        };
        ProviderCredentialsFailingEvent: {
            /** @description The same in every try, and in the header `webhook-id`: know repeats by it. */
            id: string;
            /** @constant */
            type: "provider.credentials_failing";
            apiVersion: string;
            /** @description 1, 2, 3 … for one payment, without a hole. */
            sequence: number;
            /** Format: date-time */
            createdAt: string;
            data: {
                circuit: string;
                provider: string;
                /** @description The payment that it is about. `null` where it is about none. */
                paymentId: string | null;
            };
        };
        ProviderWebhooksRefusedEvent: {
            /** @description The same in every try, and in the header `webhook-id`: know repeats by it. */
            id: string;
            /** @constant */
            type: "provider.webhooks_refused";
            apiVersion: string;
            /** @description 1, 2, 3 … for one payment, without a hole. */
            sequence: number;
            /** Format: date-time */
            createdAt: string;
            data: {
                provider: string;
                reason: string;
                inARow: number;
                /** @description The payment that it is about. `null` where it is about none. */
                paymentId: string | null;
            };
        };
        WorkspaceProviderChangedEvent: {
            /** @description The same in every try, and in the header `webhook-id`: know repeats by it. */
            id: string;
            /** @constant */
            type: "workspace.provider_changed";
            apiVersion: string;
            /** @description 1, 2, 3 … for one payment, without a hole. */
            sequence: number;
            /** Format: date-time */
            createdAt: string;
            data: {
                provider: string;
                /** @description The payment that it is about. `null` where it is about none. */
                paymentId: string | null;
            };
        };
        WorkspaceCeilingReachedEvent: {
            /** @description The same in every try, and in the header `webhook-id`: know repeats by it. */
            id: string;
            /** @constant */
            type: "workspace.ceiling_reached";
            apiVersion: string;
            /** @description 1, 2, 3 … for one payment, without a hole. */
            sequence: number;
            /** Format: date-time */
            createdAt: string;
            data: {
                year: number;
                /** @enum {number} */
                step: 80 | 100;
                ceiling: number;
                ceilingYear: number;
                turnover: number;
                currency: string;
                /** @description The payment that it is about. `null` where it is about none. */
                paymentId: string | null;
            };
        };
        TaxAuthorityConnectionExpiringEvent: {
            /** @description The same in every try, and in the header `webhook-id`: know repeats by it. */
            id: string;
            /** @constant */
            type: "tax_authority.connection_expiring";
            apiVersion: string;
            /** @description 1, 2, 3 … for one payment, without a hole. */
            sequence: number;
            /** Format: date-time */
            createdAt: string;
            data: {
                /** Format: date-time */
                expiresAt: string;
                /** @description The payment that it is about. `null` where it is about none. */
                paymentId: string | null;
            };
        };
        TaxAuthorityConnectionBrokenEvent: {
            /** @description The same in every try, and in the header `webhook-id`: know repeats by it. */
            id: string;
            /** @constant */
            type: "tax_authority.connection_broken";
            apiVersion: string;
            /** @description 1, 2, 3 … for one payment, without a hole. */
            sequence: number;
            /** Format: date-time */
            createdAt: string;
            data: {
                /** @description The payment that it is about. `null` where it is about none. */
                paymentId: string | null;
            };
        };
        WebhookEndpointChangedEvent: {
            /** @description The same in every try, and in the header `webhook-id`: know repeats by it. */
            id: string;
            /** @constant */
            type: "webhook_endpoint.changed";
            apiVersion: string;
            /** @description 1, 2, 3 … for one payment, without a hole. */
            sequence: number;
            /** Format: date-time */
            createdAt: string;
            data: {
                endpointId: string;
                /** @enum {string} */
                change: "created" | "changed" | "secret_rotated" | "deleted";
                /** @description The payment that it is about. `null` where it is about none. */
                paymentId: string | null;
            };
        };
        WebhookEndpointDisabledEvent: {
            /** @description The same in every try, and in the header `webhook-id`: know repeats by it. */
            id: string;
            /** @constant */
            type: "webhook_endpoint.disabled";
            apiVersion: string;
            /** @description 1, 2, 3 … for one payment, without a hole. */
            sequence: number;
            /** Format: date-time */
            createdAt: string;
            data: {
                endpointId: string;
                /** @enum {string} */
                reason: "failing" | "gone";
                /** @description The payment that it is about. `null` where it is about none. */
                paymentId: string | null;
            };
        };
        AuditHeadEvent: {
            /** @description The same in every try, and in the header `webhook-id`: know repeats by it. */
            id: string;
            /** @constant */
            type: "audit.head";
            apiVersion: string;
            /** @description 1, 2, 3 … for one payment, without a hole. */
            sequence: number;
            /** Format: date-time */
            createdAt: string;
            data: {
                sequence: number;
                link: string;
                /** @description The payment that it is about. `null` where it is about none. */
                paymentId: string | null;
            };
        };
        BooksRuleBrokenEvent: {
            /** @description The same in every try, and in the header `webhook-id`: know repeats by it. */
            id: string;
            /** @constant */
            type: "books.rule_broken";
            apiVersion: string;
            /** @description 1, 2, 3 … for one payment, without a hole. */
            sequence: number;
            /** Format: date-time */
            createdAt: string;
            data: {
                /** @enum {string} */
                rule: "one_document_a_payment" | "money_is_documented" | "payments_sum_their_rows" | "status_follows_credits" | "vendor_says_the_same" | "vendor_differences_are_decided" | "numbers_have_no_gap" | "documents_say_their_charge" | "credits_fit_their_document" | "shekels_fit_their_document" | "credits_fit_their_refund" | "due_cheques_have_their_invoice" | "events_are_sent" | "events_are_numbered" | "inbox_is_handled" | "unknown_is_pursued";
                count: number;
                /** @description The payment that it is about. `null` where it is about none. */
                paymentId: string | null;
            };
        };
        ExportCompletedEvent: {
            /** @description The same in every try, and in the header `webhook-id`: know repeats by it. */
            id: string;
            /** @constant */
            type: "export.completed";
            apiVersion: string;
            /** @description 1, 2, 3 … for one payment, without a hole. */
            sequence: number;
            /** Format: date-time */
            createdAt: string;
            data: {
                exportId: string;
                /** @enum {string} */
                kind: "transactions" | "documents" | "vat" | "gaps" | "receipts" | "settlements" | "credits" | "allocation" | "withholding" | "journal-appendix-vav" | "patient-statement" | "year" | "audit" | "month" | "bundle" | "hashavshevet" | "pcn874-sales" | "uniform-structure";
                rows: number;
                /** @description The payment that it is about. `null` where it is about none. */
                paymentId: string | null;
            };
        };
        AccountantMonthSentEvent: {
            /** @description The same in every try, and in the header `webhook-id`: know repeats by it. */
            id: string;
            /** @constant */
            type: "accountant_month.sent";
            apiVersion: string;
            /** @description 1, 2, 3 … for one payment, without a hole. */
            sequence: number;
            /** Format: date-time */
            createdAt: string;
            data: {
                month: string;
                exportId: string;
                isAttached: boolean;
                /** @description The payment that it is about. `null` where it is about none. */
                paymentId: string | null;
            };
        };
        AccountantMonthFailedEvent: {
            /** @description The same in every try, and in the header `webhook-id`: know repeats by it. */
            id: string;
            /** @constant */
            type: "accountant_month.failed";
            apiVersion: string;
            /** @description 1, 2, 3 … for one payment, without a hole. */
            sequence: number;
            /** Format: date-time */
            createdAt: string;
            data: {
                month: string;
                exportId: string;
                /** @enum {string} */
                reason: "no_file" | "not_sent" | "unconfirmed";
                /** @description The payment that it is about. `null` where it is about none. */
                paymentId: string | null;
            };
        };
        TestEvent: {
            /** @description The same in every try, and in the header `webhook-id`: know repeats by it. */
            id: string;
            /** @constant */
            type: "test";
            apiVersion: string;
            /** @description 1, 2, 3 … for one payment, without a hole. */
            sequence: number;
            /** Format: date-time */
            createdAt: string;
            data: {
                endpointId: string;
                /** @description The payment that it is about. `null` where it is about none. */
                paymentId: string | null;
            };
        };
        /**
         * @description What an app asks for once: an amount, a link, and all that follows.
         * @example {
         *       "id": "pay_01kevr2a5h8d3w6m9q0t4x7z1b",
         *       "workspaceId": "ws_01kevqzx1a4d7g0j3m6p9s2v5y",
         *       "view": "full",
         *       "status": "completed",
         *       "paid": true,
         *       "amounts": {
         *         "asked": 35000,
         *         "captured": 35000,
         *         "refunded": 0,
         *         "net": 35000,
         *         "held": 0
         *       },
         *       "outcome": "known",
         *       "nextCheckAt": null,
         *       "review": null,
         *       "reference": "visit-2026-0117",
         *       "description": "פגישת ייעוץ",
         *       "amount": 35000,
         *       "currency": "ILS",
         *       "vatIncluded": true,
         *       "provider": "payplus",
         *       "method": "card",
         *       "means": [
         *         {
         *           "method": "card",
         *           "amount": 35000,
         *           "brand": "visa",
         *           "last4": "4242",
         *           "wallet": null,
         *           "dealType": "regular",
         *           "installments": 1,
         *           "firstAmount": null,
         *           "restAmount": null,
         *           "approvalNumber": "0012345",
         *           "dueDate": null
         *         }
         *       ],
         *       "subject": null,
         *       "link": {
         *         "url": "https://pay.clinic.example/pay/q1W2e3R4t5Y6u7I8o9P0a1S2d3F4g5H6",
         *         "providerUrl": "https://vendor.example/page/7f3a",
         *         "expiresAt": "2026-02-14T08:00:00.000Z"
         *       },
         *       "customer": {
         *         "name": "דנה לוי",
         *         "email": "dana@example.com",
         *         "phone": "+972501234567",
         *         "locale": "he"
         *       },
         *       "patient": null,
         *       "sessionDates": [],
         *       "printPatient": false,
         *       "items": null,
         *       "discount": 0,
         *       "metadata": {
         *         "room": "4"
         *       },
         *       "documentIds": [
         *         "doc_01kevr4n7c2f5j8p1s3v6y9b0d"
         *       ],
         *       "taxInvoice": null,
         *       "capturedAmount": 35000,
         *       "refundedAmount": 0,
         *       "warnings": [],
         *       "failure": null,
         *       "createdAt": "2026-01-15T08:00:00.000Z",
         *       "paidAt": "2026-01-15T08:12:30.000Z",
         *       "completedAt": "2026-01-15T08:12:31.000Z",
         *       "expiresAt": "2026-02-14T08:00:00.000Z"
         *     }
         */
        Payment: {
            id: string;
            workspaceId: string;
            /**
             * @description `link`: your key sees whether it is paid and no more. Description, subject, customer, patient, session dates, items, metadata, means, method, review and documents are left empty.
             * @enum {string}
             */
            view: "full" | "link";
            /**
             * @description How far the payment is: see docs/statuses.md. `paid` says in one word whether it was paid.
             * @enum {string}
             */
            status: "creating" | "pending" | "completed" | "partially_refunded" | "refunded" | "failed" | "expired" | "cancelled" | "disputed";
            /** @description Whether the sum asked for came in and is documented. It stays true after refunds and disputes; `amounts.net` says what is left. */
            paid: boolean;
            /** @description The sums of the payment, in minor units of its currency. */
            amounts: {
                /** @description What the payer is asked for, with VAT. */
                asked: number;
                /** @description What was paid: what came in, and tax that the payer withheld at source (`means` says how much). */
                captured: number;
                /** @description What went back. */
                refunded: number;
                /** @description What you have of it: captured − refunded. */
                net: number;
                /** @description Money that came in and has no document: a person must decide about it (`review`). */
                held: number;
            };
            /**
             * @description `unknown`: money was ordered or is on its way, and the answer of the provider is missing.
             * @enum {string}
             */
            outcome: "known" | "unknown";
            /** @description When the provider is asked again. Set while the outcome is `unknown`. */
            nextCheckAt: string | null;
            /** @description The most urgent question that a person must decide by `POST …/resolve`. */
            review: ("amount_mismatch" | "duplicate_payment" | "late_success" | "unknown_outcome" | "provider_dispute" | "document_mismatch" | "foreign_document" | "push_failed" | "reconciliation" | "refund_reversed" | "refund_lines_required") | null;
            /** @description Your own id of what is paid for. */
            reference: string;
            /** @description Printed on the document. Never sent to a provider. */
            description: string;
            /** @description As you sent it, in minor units. With `vatIncluded: false` it is before VAT. */
            amount: number;
            /**
             * @description ISO 4217 code of all amounts here.
             * @enum {string}
             */
            currency: "ILS" | "USD" | "EUR" | "GBP" | "CAD" | "AUD";
            vatIncluded: boolean;
            /** @description The payment provider, or `manual` for money that you took yourself. */
            provider: string;
            /** @description How the money came; the first of several means. */
            method: ("card" | "bit" | "apple_pay" | "google_pay" | "paypal" | "bank_transfer" | "cash" | "check" | "paybox" | "other") | null;
            /** @description How it was paid, in parts. Empty until it is paid. */
            means: components["schemas"]["Means"][];
            /** @description Your own id of whom or what it is about, for filtering. */
            subject: string | null;
            /** @description Where the payer pays. `null` until the provider has made a page. */
            link: {
                /** @description Our stable address for the payer. Send this one. */
                url: string;
                /** @description The page at the provider that it leads to now. */
                providerUrl: string;
                expiresAt: string | null;
            } | null;
            customer: {
                name?: string;
                /** Format: email */
                email?: string;
                /** @description As people write it. It is stored as E.164. */
                phone?: string;
                taxId?: string;
                /**
                 * @description `dealer` and `company` are registered customers, who may need an allocation number and need a name. Default `private`, which a number that begins with 5 cannot be.
                 * @enum {string}
                 */
                taxIdKind?: "private" | "dealer" | "company";
                address?: {
                    street?: string;
                    houseNumber?: string;
                    city?: string;
                    zip?: string;
                    country?: string;
                };
                /** @enum {string} */
                locale?: "he" | "en";
                /**
                 * Format: date-time
                 * @description When the customer consented to computerised documents. Then the original may be mailed.
                 */
                eDocumentConsentAt?: string;
            } | null;
            /** @description Who was treated. No provider and no invoice service is told. */
            patient: {
                name: string;
                /** @description The identity number. National Insurance pays back only where a receipt names it. */
                taxId?: string;
            } | null;
            /** @description The days of the sessions that are paid for. */
            sessionDates: string[];
            /** @description Whether the document names the patient and the sessions. */
            printPatient: boolean;
            items: {
                description: string;
                /** @description Up to four decimals: 1.5 hours, 0.25 days. */
                quantity: number;
                /** @description In minor units. A line is quantity × unitPrice, rounded half up, less its `discount`. All lines, less the `discount` of the payment, add up to `amount`. */
                unitPrice: number;
                /** @description Taken off this line, in minor units. At most its price. */
                discount?: number;
                /** @enum {string} */
                vatTreatment?: "standard" | "zero_rated" | "exempt";
            }[] | null;
            /** @description Taken off all items together. */
            discount: number;
            /** @description Your own notes, as you sent them. */
            metadata: {
                [key: string]: string;
            };
            /** @description Its documents in the order of issue. */
            documentIds: string[];
            /** @description Of post-dated cheques of a dealer of VAT: the receipt is there at once, and the tax invoice comes on their due date. `null` for all other payments. */
            taxInvoice: {
                /** @description The day on which its cheques fall due: the tax invoice is issued on it. */
                dueOn: string;
                /**
                 * @description `not_owed`: all of the money went back before that day, for example because a cheque bounced. If it went back while the invoice waited for its allocation number, the invoice is cancelled.
                 * @enum {string}
                 */
                status: "due" | "issued" | "not_owed";
                /** @description The tax invoice, once it is issued. */
                documentId: string | null;
            } | null;
            /** @description The same as `amounts.captured`. */
            capturedAmount: number;
            /** @description The same as `amounts.refunded`. */
            refundedAmount: number;
            /** @description What your accountant should know about money that came: it is recorded and never refused. Set once it is documented. */
            warnings: {
                /** @enum {string} */
                code: "customer_unidentified" | "cash_limit" | "exchange_rate_missing";
                detail: string;
            }[];
            /** @description Why it failed. Set while the status is `failed`. */
            failure: {
                code: string;
                message: string;
                vendorCode: string | null;
            } | null;
            /** Format: date-time */
            createdAt: string;
            /** @description When the money moved, as the provider says. */
            paidAt: string | null;
            /** @description When we learned of it and issued the document. */
            completedAt: string | null;
            /** @description Until when the link can be paid. */
            expiresAt: string | null;
        };
        /** @description How a sum, or a part of it, was paid. */
        Means: {
            /**
             * @description `withheld`: tax that the payer withheld at source; it did not come as money.
             * @enum {string}
             */
            method: "card" | "bit" | "apple_pay" | "google_pay" | "paypal" | "bank_transfer" | "cash" | "check" | "paybox" | "other" | "withheld";
            /** @description The part of the sum that was paid this way. */
            amount: number;
            /** @description Brand of the card. */
            brand: string | null;
            /** @description Last four digits of the card. */
            last4: string | null;
            wallet: string | null;
            /** @enum {string} */
            dealType: "regular" | "instalments" | "credit" | "deferred";
            /** @description Number of instalments; 1 for a sum paid at once. */
            installments: number;
            /** @description The first instalment. */
            firstAmount: number | null;
            /** @description Each further instalment. */
            restAmount: number | null;
            /** @description The number by which the card company approved the charge. */
            approvalNumber: string | null;
            dueDate: string | null;
            /** @description Of a cheque that you recorded. */
            check?: {
                bank: string;
                branch: string;
                account: string;
                number: string;
                /** Format: date */
                dueDate: string;
            };
        };
        PaymentPage: {
            data: components["schemas"]["Payment"][];
            /** @description Send it as `after` to get the next page. `null` on the last page. */
            next: string | null;
        };
        Timeline: {
            data: components["schemas"]["TimelineEntry"][];
            next: null;
        };
        /** @description One thing that happened. Other fields depend on the kind. */
        TimelineEntry: {
            /** Format: date-time */
            at: string;
            /** @description What kind of thing happened. New kinds may come. */
            kind: string;
            /** @description A sentence for people. It may change. */
            summary: string;
        } & {
            [key: string]: unknown;
        };
        /**
         * @description Money given back to the payer, whole or in part.
         * @example {
         *       "id": "ref_01kevr9d3k6n9q2t5w8z1c4f7h",
         *       "paymentId": "pay_01kevr2a5h8d3w6m9q0t4x7z1b",
         *       "amount": 5000,
         *       "currency": "ILS",
         *       "status": "completed",
         *       "outcome": "known",
         *       "nextCheckAt": null,
         *       "method": "original",
         *       "origin": "api",
         *       "reason": "The visit was shorter",
         *       "failure": null,
         *       "paidOn": null,
         *       "items": null,
         *       "documentId": "doc_01kevr9g6m9q2t5w8z1c4f7h0k",
         *       "invoiceCreditId": null,
         *       "createdAt": "2026-01-16T10:00:00.000Z"
         *     }
         */
        Refund: {
            id: string;
            paymentId: string;
            /** @description In minor units. */
            amount: number;
            /**
             * @description ISO 4217 code of all amounts here.
             * @enum {string}
             */
            currency: "ILS" | "USD" | "EUR" | "GBP" | "CAD" | "AUD";
            /**
             * @description `pending`: it is on its way, or nobody knows yet what became of it.
             * @enum {string}
             */
            status: "pending" | "completed" | "failed";
            /**
             * @description `unknown`: money was ordered or is on its way, and the answer of the provider is missing.
             * @enum {string}
             */
            outcome: "known" | "unknown";
            /** @description When the provider is asked again. Set while the outcome is `unknown`. */
            nextCheckAt: string | null;
            /**
             * @description `original`: the way the money came.
             * @enum {string}
             */
            method: "original" | "cash" | "bank_transfer" | "check";
            /**
             * @description Who caused it: the app, the dashboard of the provider, a decision on a review, a lost dispute.
             * @enum {string}
             */
            origin: "api" | "provider" | "review" | "dispute";
            reason: string;
            /** @description Why it failed, in our words. */
            failure: string | null;
            /** @description The day on which the money went back, where a person says so. */
            paidOn: string | null;
            /** @description The lines of the document that go back, where they were named. */
            items: {
                line: number;
                quantity?: number;
                amount: number;
            }[] | null;
            /** @description Its credit document. */
            documentId: string | null;
            /** @description Its second credit document: of the tax invoice that had followed the receipt of post-dated cheques. */
            invoiceCreditId: string | null;
            /** Format: date-time */
            createdAt: string;
        };
        RefundList: {
            data: components["schemas"]["Refund"][];
            next: null;
        };
        DocumentPage: {
            data: components["schemas"]["Document"][];
            /** @description Send it as `after` to get the next page. `null` on the last page. */
            next: string | null;
        };
        /**
         * @description A numbered, frozen paper of a payment. Amounts in minor units.
         * @example {
         *       "id": "doc_01kevr4n7c2f5j8p1s3v6y9b0d",
         *       "type": "tax_invoice_receipt",
         *       "series": "tax_invoice_receipt",
         *       "number": 7,
         *       "displayNumber": "7",
         *       "fiscalYear": 2026,
         *       "paymentId": "pay_01kevr2a5h8d3w6m9q0t4x7z1b",
         *       "refundId": null,
         *       "originalDocumentId": null,
         *       "reversesDocumentId": null,
         *       "documentDate": "2026-01-15",
         *       "createdAt": "2026-01-15T08:12:31.000Z",
         *       "currency": "ILS",
         *       "net": 29661,
         *       "vat": 5339,
         *       "total": 35000,
         *       "vatRateBp": 1800,
         *       "status": "issued",
         *       "allocationNumber": null,
         *       "sha256": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
         *       "signed": true,
         *       "computerised": true,
         *       "ils": null,
         *       "means": [
         *         {
         *           "method": "card",
         *           "amount": 35000,
         *           "brand": "visa",
         *           "last4": "4242",
         *           "wallet": null,
         *           "dealType": "regular",
         *           "installments": 1,
         *           "firstAmount": null,
         *           "restAmount": null,
         *           "approvalNumber": "0012345",
         *           "dueDate": null
         *         }
         *       ],
         *       "acknowledgedAt": null,
         *       "acknowledgement": null,
         *       "external": null
         *     }
         */
        Document: {
            id: string;
            /** @enum {string} */
            type: "receipt" | "tax_invoice" | "tax_invoice_receipt" | "payment_confirmation" | "credit_receipt" | "credit_invoice" | "refund_confirmation";
            /** @description Numbers have no gap within one series. */
            series: string;
            /** @description 1, 2, 3 … in its series. */
            number: number;
            /** @description The number as it is printed. */
            displayNumber: string;
            fiscalYear: number;
            paymentId: string;
            /** @description The refund that a credit document is about. */
            refundId: string | null;
            /** @description The document that this one credits. */
            originalDocumentId: string | null;
            /** @description The credit document that this one takes back, because its refund did not happen after all. */
            reversesDocumentId: string | null;
            /**
             * Format: date
             * @description In the time zone of the workspace.
             */
            documentDate: string;
            /** Format: date-time */
            createdAt: string;
            /**
             * @description ISO 4217 code of all amounts here.
             * @enum {string}
             */
            currency: "ILS" | "USD" | "EUR" | "GBP" | "CAD" | "AUD";
            /** @description Before VAT. Credit documents have positive amounts too: the type says credit. */
            net: number;
            vat: number;
            /** @description net + vat. */
            total: number;
            /** @description In basis points: 18 % is 1800. */
            vatRateBp: number;
            /**
             * @description `allocation_required`: it waits for a number of the tax authority and has no original yet. `cancelled`: all of its money went back before it left; its number stays used.
             * @enum {string}
             */
            status: "issued" | "allocation_required" | "cancelled";
            allocationNumber: string | null;
            /** @description Of the stored original, in hex. `null` until it is printed. */
            sha256: string | null;
            /** @description Whether the original is signed. `null` until it is printed. */
            signed: boolean | null;
            /** @description Whether the original is a computerised document: signed, of a grade that fits how it was paid. Only such an original may leave by mail. `null` until it is printed. */
            computerised: boolean | null;
            /** @description The same in agorot, as printed, of a document in another currency. `null` for shekels, for a foreign dealer, and where no rate was known (`exchange_rate_missing` among the warnings of its payment). */
            ils: {
                /** @description Shekels for one whole unit of the currency, up to six decimals. */
                rate: string;
                /**
                 * Format: date
                 * @description The day of the rate: the last one known on the day of payment.
                 */
                rateDay: string;
                net: number;
                vat: number;
                total: number;
            } | null;
            /** @description How it was paid, as printed. */
            means: components["schemas"]["Means"][];
            /** @description When the customer confirmed a credit document. */
            acknowledgedAt: string | null;
            /** @description How the customer confirmed it. */
            acknowledgement: {
                method: ("signature" | "registered_mail" | "fax" | "electronic" | "private_small") | null;
                note: string | null;
            } | null;
            external: {
                service: string;
                id: string | null;
                number: string | null;
                url: string | null;
                allocationNumber: string | null;
            } | null;
        };
        /** @description A mail that goes out by itself. */
        DueMail: {
            id: string;
            documentId: string;
            variant: ("original" | "copy") | null;
            /**
             * @description `due` unless the same key asked for it before. `unconfirmed`: the mail server did not say whether it took it. `dropped`: it was no longer true.
             * @enum {string}
             */
            status: "due" | "sending" | "sent" | "unconfirmed" | "failed" | "dropped";
        };
        RevenueReport: {
            /** @enum {string} */
            currency: "ILS" | "USD" | "EUR" | "GBP" | "CAD" | "AUD";
            timeZone: string;
            /** Format: date */
            from: string;
            /** Format: date */
            to: string;
            /** @description Other currencies with documents in the range that these sums leave out: in shekels, those whose exchange rate is missing. Ask for each with `currency`. */
            otherCurrencies: string[];
            /** @enum {string} */
            groupBy: "day" | "week" | "month" | "quarter" | "year";
            totals: {
                /** @description Sales documents, minor units: net + vat. Credits are not taken off. */
                gross: number;
                net: number;
                vat: number;
                /** @description Credit documents, minor units, positive. */
                refunds: number;
                /** @description Sales documents. */
                count: number;
                /** @description By the method of the payment, as in GET /v1/payments?method= */
                byMethod: {
                    [key: string]: {
                        /** @description Sales documents, minor units: net + vat. Credits are not taken off. */
                        gross: number;
                        net: number;
                        vat: number;
                        /** @description Credit documents, minor units, positive. */
                        refunds: number;
                        /** @description Sales documents. */
                        count: number;
                        /** @description Share of the gross, in basis points. */
                        shareBp: number;
                        /** @description Average gross of one document, in minor units, rounded half up. */
                        average: number;
                    };
                };
                /** @description By provider, as in GET /v1/payments?provider= */
                byProvider: {
                    [key: string]: {
                        /** @description Sales documents, minor units: net + vat. Credits are not taken off. */
                        gross: number;
                        net: number;
                        vat: number;
                        /** @description Credit documents, minor units, positive. */
                        refunds: number;
                        /** @description Sales documents. */
                        count: number;
                        /** @description Share of the gross, in basis points. */
                        shareBp: number;
                        /** @description Average gross of one document, in minor units, rounded half up. */
                        average: number;
                    };
                };
            };
            /** @description The turnover of an osek patur beside the ceiling, in shekels. Null for other dealers and currencies. */
            osekPatur: {
                year: number;
                /** @description From 1 January through the last day of the range, credits taken off. */
                turnover: number;
                /** @description Null for years before 2024. */
                ceiling: number | null;
                /** @description The year whose ceiling it is: an earlier one where that of `year` is not known yet. */
                ceilingYear: number | null;
                /** @description Share of the ceiling in basis points, rounded down. */
                shareBp: number | null;
            } | null;
            periods: {
                period: string;
                /** @description Sales documents, minor units: net + vat. Credits are not taken off. */
                gross: number;
                net: number;
                vat: number;
                /** @description Credit documents, minor units, positive. */
                refunds: number;
                /** @description Sales documents. */
                count: number;
                /** @description By the method of the payment, as in GET /v1/payments?method= */
                byMethod: {
                    [key: string]: {
                        /** @description Sales documents, minor units: net + vat. Credits are not taken off. */
                        gross: number;
                        net: number;
                        vat: number;
                        /** @description Credit documents, minor units, positive. */
                        refunds: number;
                        /** @description Sales documents. */
                        count: number;
                        /** @description Share of the gross, in basis points. */
                        shareBp: number;
                        /** @description Average gross of one document, in minor units, rounded half up. */
                        average: number;
                    };
                };
                /** @description By provider, as in GET /v1/payments?provider= */
                byProvider: {
                    [key: string]: {
                        /** @description Sales documents, minor units: net + vat. Credits are not taken off. */
                        gross: number;
                        net: number;
                        vat: number;
                        /** @description Credit documents, minor units, positive. */
                        refunds: number;
                        /** @description Sales documents. */
                        count: number;
                        /** @description Share of the gross, in basis points. */
                        shareBp: number;
                        /** @description Average gross of one document, in minor units, rounded half up. */
                        average: number;
                    };
                };
            }[];
        };
        VatReport: {
            /** @enum {string} */
            currency: "ILS" | "USD" | "EUR" | "GBP" | "CAD" | "AUD";
            timeZone: string;
            /** Format: date */
            from: string;
            /** Format: date */
            to: string;
            /** @description Other currencies with documents in the range that these sums leave out: in shekels, those whose exchange rate is missing. Ask for each with `currency`. */
            otherCurrencies: string[];
            months: number;
            rows: {
                period: string;
                /** @description 18 % is 1800. */
                rateBp: number;
                /** @enum {string} */
                vatTreatment: "standard" | "zero_rated" | "exempt";
                net: number;
                vat: number;
                gross: number;
            }[];
            totals: {
                net: number;
                vat: number;
                gross: number;
            };
            /** @description Credits that lower no VAT yet, because the customer did not confirm them. They are in no row. */
            unconfirmedCredits: {
                period: string;
                net: number;
                vat: number;
                gross: number;
            }[];
            /** @description Documents of the range that your accountant should look at: much cash, or no number of the customer. 1,000 at most. */
            warnings: {
                documentId: string;
                paymentId: string;
                /** @enum {string} */
                type: "receipt" | "tax_invoice" | "tax_invoice_receipt" | "payment_confirmation" | "credit_receipt" | "credit_invoice" | "refund_confirmation";
                displayNumber: string;
                /** Format: date */
                documentDate: string;
                gross: number;
                warnings: ("customer_unidentified" | "cash_limit" | "exchange_rate_missing")[];
            }[];
            /** @description Documents of the range whose tax point lies in an earlier period. They are in the rows, by their date; your accountant decides whether that period is corrected. 1,000 at most. */
            earlierTaxPoints: {
                documentId: string;
                /** @enum {string} */
                type: "receipt" | "tax_invoice" | "tax_invoice_receipt" | "payment_confirmation" | "credit_receipt" | "credit_invoice" | "refund_confirmation";
                displayNumber: string;
                /** Format: date */
                documentDate: string;
                /**
                 * Format: date
                 * @description The day on which the money came. It selects the VAT rate.
                 */
                taxPoint: string;
                /** @description The earlier period, in which that day lies. */
                taxPeriod: string;
                rateBp: number;
                net: number;
                vat: number;
                gross: number;
            }[];
        };
        OutstandingReport: {
            data: {
                /** @enum {string} */
                currency: "ILS" | "USD" | "EUR" | "GBP" | "CAD" | "AUD";
                count: number;
                amount: number;
                /** Format: date-time */
                oldestCreatedAt: string;
                /** Format: date-time */
                newestCreatedAt: string;
                byAge: {
                    /** @description Whole days since the payment was created. */
                    fromDays: number;
                    /** @description The first day that is not in this group; null for the last group. */
                    toDays: number | null;
                    count: number;
                    amount: number;
                }[];
            }[];
        };
        DocumentGapsReport: {
            /** @description No number is missing, and nothing lacks its counterpart. Falling dates are allowed. */
            isComplete: boolean;
            summary: {
                he: string;
                en: string;
            };
            series: {
                /** @enum {string} */
                series: "receipt" | "tax_invoice" | "tax_invoice_receipt" | "payment_confirmation" | "credit_receipt" | "credit_invoice" | "refund_confirmation";
                first: number;
                last: number;
                count: number;
            }[];
            missingNumbers: {
                /** @enum {string} */
                series: "receipt" | "tax_invoice" | "tax_invoice_receipt" | "payment_confirmation" | "credit_receipt" | "credit_invoice" | "refund_confirmation";
                from: number;
                to: number;
            }[];
            /** @description Documents with an earlier date than the number before. */
            fallingDates: {
                documentId: string;
                /** @enum {string} */
                series: "receipt" | "tax_invoice" | "tax_invoice_receipt" | "payment_confirmation" | "credit_receipt" | "credit_invoice" | "refund_confirmation";
                number: number;
            }[];
            paidWithoutDocument: {
                paymentId: string;
                paidAt: string | null;
                review: string | null;
            }[];
            documentsWithoutPayment: {
                documentId: string;
                paymentId: string;
            }[];
            missingPushes: {
                documentId: string;
                service: string;
                /** @enum {string} */
                status: "pending" | "failed";
                lastError: string | null;
            }[];
            /** @description A list has more than 1,000 entries; only the first ones are shown. */
            isCut: boolean;
        };
        Export: {
            id: string;
            /** @enum {string} */
            kind: "transactions" | "documents" | "vat" | "gaps" | "receipts" | "settlements" | "credits" | "allocation" | "withholding" | "journal-appendix-vav" | "patient-statement" | "year" | "audit" | "month" | "bundle" | "hashavshevet" | "pcn874-sales" | "uniform-structure";
            /** @enum {string} */
            format: "xlsx" | "csv" | "zip" | "pdf";
            /** Format: date */
            from: string;
            /** Format: date */
            to: string;
            /** @enum {string} */
            locale: "he" | "en";
            /**
             * @description ISO 4217 code of all amounts here.
             * @enum {string}
             */
            currency: "ILS" | "USD" | "EUR" | "GBP" | "CAD" | "AUD";
            /** @description What it was told beside its days. */
            options: {
                months?: number;
                again?: boolean;
                paymentId?: string;
            };
            /** @enum {string} */
            status: "queued" | "running" | "completed" | "failed" | "cancelled";
            /** @description Rows in the file so far. */
            rows: number;
            /** @description Rows that the file will have. `null` until they are counted. */
            totalRows: number | null;
            /** @description How much of the file is made. 100 is a file that can be downloaded. */
            percent: number;
            /** @description How many exports come before it, of all workspaces. `null` once it has ended. Workspaces take turns. */
            placeInQueue: number | null;
            fileName: string | null;
            sizeBytes: number | null;
            sha256: string | null;
            /** @description Why there is no file. */
            failure: string | null;
            /** Format: date-time */
            createdAt: string;
            startedAt: string | null;
            completedAt: string | null;
            /** @description When the file is deleted. */
            expiresAt: string | null;
        };
        /** @description One business: its settings, accounts, keys and payments. */
        Workspace: {
            id: string;
            name: string;
            /** @description Printed on documents. */
            legalName: {
                he: string;
                en: string;
            };
            /** @description An Israeli number has nine digits. */
            taxId: string;
            /**
             * @description Of today.
             * @enum {string}
             */
            dealerType: "osek_murshe" | "osek_patur" | "company" | "amuta" | "foreign";
            /** @description Of today. */
            vatRegistered: boolean;
            address: {
                street: string;
                houseNumber: string;
                city: string;
                zip: string;
                /** @description ISO 3166 code of two letters. */
                country: string;
            };
            /** @description Days of documents and reports are days here. */
            timeZone: string;
            /**
             * @description ISO 4217 code of all amounts here.
             * @enum {string}
             */
            currency: "ILS" | "USD" | "EUR" | "GBP" | "CAD" | "AUD";
            /** @enum {string} */
            locale: "he" | "en";
            /**
             * @description `test`: at the vendors’ own sandboxes. Fixed at creation.
             * @enum {string}
             */
            mode: "live" | "test";
            /**
             * @description Whose documents are the legal ones.
             * @enum {string}
             */
            documentIssuer: "engine" | "invoice_service";
            receipt: {
                email: boolean;
                /** @enum {string} */
                print: "at_issue" | "on_demand";
                onPayPage: boolean;
            };
            /** @description What vendors are told that a payment is for. */
            providerDescription: string | null;
            /** @description No document is dated on this day or before it. */
            booksClosedThrough: string | null;
            /** @description How the business reports its VAT; null where nobody said. */
            vatReturn: {
                months: 1 | 2;
                reportedFromDay: number;
            } | null;
            /** @enum {string} */
            exemptSales: "transaction_invoice" | "tax_invoice";
            hashavshevet: components["schemas"]["Hashavshevet"] | null;
            /** @description To whom and on which day of the next month each month is mailed. */
            accountantMonth: {
                to: string;
                day: number;
                /** @description YYYY-MM: the first month that is mailed. */
                firstMonth: string;
            } | null;
            /** @enum {string} */
            invoiceServiceText: "neutral" | "lines";
            /** @description What does not work with the present settings. `receipts_unsigned`: receipts are mailed as copies. */
            warnings: {
                /** @enum {string} */
                code: "receipts_unsigned";
                detail: string;
            }[];
            /** @description Whether the business holds consents to computerised documents. */
            eDocumentConsentsHeld: boolean;
            paymentRequest: {
                /** @enum {string} */
                at: "immediately" | "end_of_day" | "end_of_month" | "manual";
                remindAfterDays: number | null;
                overdueAfterHours: number;
            };
            /** @description The first number of each series that has no document yet, where you set one. */
            firstNumbers: {
                receipt?: number;
                tax_invoice?: number;
                tax_invoice_receipt?: number;
                payment_confirmation?: number;
                credit_receipt?: number;
                credit_invoice?: number;
                refund_confirmation?: number;
            };
            logo: components["schemas"]["Logo"] | null;
            /** Format: date-time */
            createdAt: string;
        };
        /** @description Accounts and codes of a business in its bookkeeper’s program. */
        Hashavshevet: {
            income: string;
            incomeZeroRated: string;
            incomeExempt: string;
            vat: string;
            withheld: string;
            cashBox: string;
            cashBoxes: {
                /** @enum {string} */
                method?: "card" | "bit" | "apple_pay" | "google_pay" | "paypal" | "bank_transfer" | "cash" | "check" | "paybox" | "other";
                provider?: string;
                account: string;
            }[];
            /** @enum {string} */
            customers: "none" | "collective" | "each";
            customerAccount: string | null;
            customerSortCode: string;
            invoiceCode: string;
            creditCode: string;
            receiptCode: string;
            currencyCode: string;
            /** @enum {string} */
            encoding: "windows-1255" | "cp862";
        };
        Logo: {
            /** @description Of the stored picture, in hex. */
            sha256: string;
            /** @description In pixels. */
            width: number;
            height: number;
        };
        WorkspacePage: {
            data: components["schemas"]["WorkspaceEntry"][];
            /** @description Send it as `after` to get the next page. `null` on the last page. */
            next: string | null;
        };
        /** @description A workspace in the list of all. */
        WorkspaceEntry: {
            id: string;
            name: string;
            taxId: string;
            /** @enum {string} */
            mode: "live" | "test";
            /**
             * @description ISO 4217 code of all amounts here.
             * @enum {string}
             */
            currency: "ILS" | "USD" | "EUR" | "GBP" | "CAD" | "AUD";
            /** Format: date-time */
            createdAt: string;
        };
        StoredPaymentProvider: {
            provider: string | null;
            /** @description Where the provider sends its webhooks. Keep it secret. */
            webhookUrl: string | null;
            /** @description The last webhook that was answered with an error: it did not prove its sender, or could not be stored. */
            lastRefusedWebhook: {
                /** Format: date-time */
                at: string;
                reason: string;
                /** @description How many since the last good one did not prove their sender. 0: a good one came after it, or the sender is not to blame. */
                inARow: number;
            } | null;
            /** @description Secrets are never shown. */
            hasCredentials: boolean;
            /** @description Whether it is in use now. */
            isEnabled: boolean;
            /** @description When its credentials were last tested. */
            lastCheckedAt: string | null;
            /** @description When the vendor last answered. */
            lastSuccessAt: string | null;
            /** @description Those that mean something at this provider. */
            options: {
                webhookGraceSeconds: number;
                maxPageMinutes?: number;
                bitMaxAmount?: number;
                maxAmount?: number;
            };
        };
        PaymentProviderTest: {
            provider: string;
            /** @constant */
            ok: true;
            /** Format: date-time */
            checkedAt: string;
        };
        StoredInvoiceService: {
            service: string | null;
            /** @description Secrets are never shown. */
            hasCredentials: boolean;
            /** @description Whether it is in use now. */
            isEnabled: boolean;
            /** @description When its credentials were last tested. */
            lastCheckedAt: string | null;
            /** @description When the vendor last answered. */
            lastSuccessAt: string | null;
            /** @description It has none. */
            options: Record<string, never>;
        };
        InvoiceServiceTest: {
            service: string;
            /** @constant */
            ok: true;
            /** Format: date-time */
            checkedAt: string;
        };
        TaxAuthorityAuthorization: {
            /**
             * Format: uri
             * @description Send the person there. They log in at the authority and come back to Tashlum.
             */
            authorizeUrl: string;
            /**
             * Format: date-time
             * @description Until then they must have come back.
             */
            expiresAt: string;
        };
        TaxAuthorityConnection: {
            /**
             * @description `broken`: the authority takes the connection no more; connect again.
             * @enum {string}
             */
            status: "connected" | "broken" | "not_connected";
            connectedAt: string | null;
            /** @description Tashlum renews it before. An event warns 14 days before where that does not work. */
            expiresAt: string | null;
            /** @description Documents that wait for an allocation number. */
            waiting: number;
            /** @description Those of them for which the authority refused one. */
            refused: number;
        };
        ApiKeyWithSecret: {
            id: string;
            name: string;
            scopes: ("links:read" | "links:write" | "payments:read" | "payments:write" | "refunds:write" | "documents:read" | "documents:write" | "reports:read" | "books:close" | "settings:write" | "providers:write" | "customers:erase")[];
            /** @description The beginning of the secret, to recognise the key. */
            prefix: string;
            /** Format: date-time */
            createdAt: string;
            /** @description From when on it works no more. */
            expiresAt: string | null;
            /** @description Shown once. Send it as `Authorization: Bearer …`. */
            secret: string;
        };
        ApiKeyList: {
            data: components["schemas"]["ApiKey"][];
            next: null;
        };
        ApiKey: {
            id: string;
            name: string;
            scopes: ("links:read" | "links:write" | "payments:read" | "payments:write" | "refunds:write" | "documents:read" | "documents:write" | "reports:read" | "books:close" | "settings:write" | "providers:write" | "customers:erase")[];
            /** @description The beginning of the secret, to recognise the key. */
            prefix: string;
            /** Format: date-time */
            createdAt: string;
            /** @description From when on it works no more. */
            expiresAt: string | null;
            /** @description To the minute. */
            lastUsedAt: string | null;
        };
        ErasedPerson: {
            /** @description The payments that bore one of these identifiers. */
            paymentIds: string[];
            /** @description How many of each. */
            erased: {
                /** @description E-mail, phone, number, subject, patient, session dates, metadata that names the person. Without a document also name, address and description. */
                payments: number;
                /** @description Reasons and notes that named the person. */
                remarks: number;
                /** @description Bodies, headers and addresses of senders. */
                webhooks: number;
                /** @description Answers kept for an `Idempotency-Key`. */
                storedAnswers: number;
                /** @description What your endpoints answered to events. */
                endpointAnswers: number;
                /** @description Addresses of mails. Those that waited are not sent. */
                mails: number;
                /** @description Files about the person alone. */
                statements: number;
            };
            /** @description What stays, and why. */
            kept: {
                /** @enum {string} */
                what: "documents" | "names_on_payments" | "amounts_and_steps" | "audit" | "export_files";
                count: number;
                /** @description At least until this day; null: as long as the books. */
                until: string | null;
                why: string;
            }[];
            /** @description Vendors that know the person too. Tashlum cannot erase there: ask them. */
            alsoAt: string[];
            /**
             * Format: date-time
             * @description When.
             */
            at: string;
        };
        AuditEntry: {
            /** @description Counts the entries of the workspace from 1, without gaps. */
            sequence: number;
            /** Format: date-time */
            at: string;
            /** @description The person that the app named, with the id of the key in brackets; else the id alone. */
            actor: string;
            action: string;
            /** @description `[erased]` where it named a person who was erased; the chain still fits. */
            reason: string | null;
            /** @description What the chain holds of the reason: the SHA-256 of salt and reason, hexadecimal. Null: there is no reason, or the chain holds the reason itself. */
            reasonHash: string | null;
            /** @description Hexadecimal. Null once the reason was erased. */
            reasonSalt: string | null;
            /** @description What it was done to. */
            subjectId: string | null;
            detail: {
                [key: string]: unknown;
            };
            /** @description The link of the chain, hexadecimal. `audit.head` reports the last one. */
            link: string;
        };
        BreakerList: {
            data: components["schemas"]["Breaker"][];
        };
        /** @description A breaker: it keeps calls from a vendor that fails. */
        Breaker: {
            /** @description Of a host, or of one account there. */
            name: string;
            /**
             * @description `closed`: all calls go out. `open`: none does, until `opensUntil`. `half_open`: one is trying.
             * @enum {string}
             */
            state: "closed" | "open" | "half_open";
            /** @description In a row. */
            failures: number;
            opensUntil: string | null;
        };
        InboxPage: {
            data: components["schemas"]["InboxRow"][];
            /** @description Send it as `after` to get the next page. `null` on the last page. */
            next: string | null;
        };
        /** @description A webhook that came in. Its body and headers stay sealed. */
        InboxRow: {
            id: string;
            workspaceId: string;
            provider: string;
            /** @description The id of the vendor, or the hash of the body where it sent none. */
            eventId: string;
            kind: string | null;
            paymentId: string | null;
            /**
             * @description `quarantined`: it could not be read, or names nothing of ours. `refused`: it did not prove its sender, and its body was not kept.
             * @enum {string}
             */
            status: "handled" | "pending" | "quarantined" | "refused";
            /** @enum {string} */
            verdict: "accepted" | "quarantined" | "refused";
            /** @description Why it is quarantined or was refused. */
            reason: string | null;
            /** Format: date-time */
            receivedAt: string;
            /** @description When the payment was told. */
            signalledAt: string | null;
            handledAt: string | null;
            /** @description What came of it. */
            handledAs: string | null;
        };
        ReplayList: {
            data: components["schemas"]["Replay"][];
        };
        Replay: {
            id: string;
            /** @enum {string} */
            status: "handled" | "pending" | "quarantined" | "refused" | "not_replayed";
            paymentId: string | null;
            /** @description Why it is still quarantined, or was not replayed. */
            reason: string | null;
        };
        /** @description A webhook that came in, redacted. */
        InboxDelivery: {
            id: string;
            workspaceId: string;
            provider: string;
            /** @description The id of the vendor, or the hash of the body where it sent none. */
            eventId: string;
            kind: string | null;
            paymentId: string | null;
            /**
             * @description `quarantined`: it could not be read, or names nothing of ours. `refused`: it did not prove its sender, and its body was not kept.
             * @enum {string}
             */
            status: "handled" | "pending" | "quarantined" | "refused";
            /** @enum {string} */
            verdict: "accepted" | "quarantined" | "refused";
            /** @description Why it is quarantined or was refused. */
            reason: string | null;
            /** Format: date-time */
            receivedAt: string;
            /** @description When the payment was told. */
            signalledAt: string | null;
            handledAt: string | null;
            /** @description What came of it. */
            handledAs: string | null;
            /** @description Who sent it. */
            remoteAddress: string | null;
            /** @description Of the body as it came, in hex. */
            bodySha256: string;
            /** @description Null: not kept, or deleted since. */
            headers: {
                [key: string]: string;
            } | null;
            /** @description Its fields. Null: not kept, deleted since, or neither JSON nor a form. */
            body: unknown;
        };
        ExchangeRateList: {
            data: components["schemas"]["ExchangeRate"][];
        };
        /** @description What a currency is worth in shekels on a day. */
        ExchangeRate: {
            /** @enum {string} */
            currency: "ILS" | "USD" | "EUR" | "GBP" | "CAD" | "AUD";
            /** Format: date */
            day: string;
            /**
             * Format: date
             * @description The last day for which this rate may be used.
             */
            knownUntil: string;
            /** @description Shekels for one whole unit of the currency. */
            rate: string;
            /** Format: date-time */
            enteredAt: string;
        };
        WebhookReceipt: {
            /** @constant */
            received: true;
        };
        Liveness: {
            /** @constant */
            status: "live";
        };
        Readiness: {
            /** @enum {string} */
            status: "ready" | "not_ready";
            checks: {
                /** @enum {string} */
                postgres: "ok" | "failing";
                /**
                 * @description Whether all migrations of this version have run.
                 * @enum {string}
                 */
                migrations: "ok" | "failing";
                /**
                 * @description Whether the keys open what is stored.
                 * @enum {string}
                 */
                encryptionKeys: "ok" | "failing";
                /** @enum {string} */
                temporal: "ok" | "failing";
            };
        };
        /**
         * @description A refusal (RFC 9457), sent as `application/problem+json`.
         * @example {
         *       "type": "urn:tashlum:problem:validation_failed",
         *       "title": "validation failed",
         *       "status": 422,
         *       "code": "validation_failed",
         *       "detail": "#/amount: must be 1 or more minor units",
         *       "errors": [
         *         {
         *           "pointer": "#/amount",
         *           "detail": "must be 1 or more minor units"
         *         }
         *       ]
         *     }
         */
        Problem: {
            /** @description `urn:tashlum:problem:` and the code. */
            type: string;
            title: string;
            /** @description The HTTP status. */
            status: number;
            /**
             * @description Stable: decide by it. New codes may come.
             * @enum {string}
             */
            code: "malformed_json" | "header_invalid" | "idempotency_key_required" | "idempotency_key_invalid" | "unauthorized" | "bad_signature" | "insufficient_scope" | "not_found" | "already_paid" | "conflict" | "currency_locked" | "document_not_ready" | "original_left" | "file_not_ready" | "idempotency_answer_gone" | "idempotency_in_progress" | "no_payment_provider" | "not_open" | "not_refundable" | "not_replayable" | "outcome_unknown" | "reference_taken" | "refund_exceeds_charge" | "no_open_review" | "file_expired" | "body_too_large" | "unsupported_media_type" | "validation_failed" | "document_issuer_conflict" | "idempotency_key_reused" | "issuer_incomplete" | "postdated_check_unsupported" | "provider_credentials_invalid" | "refund_lines_required" | "unsupported_operation" | "vat_country_unsupported" | "rate_limited" | "internal_error" | "unavailable";
            /** @description A sentence for people. It may change. */
            detail: string;
            /** @description The wrong fields. */
            errors?: {
                /** @description JSON pointer into the body, as a URI fragment: `#/customer/email`. */
                pointer: string;
                /** @description What is wrong with it and how to fix it. */
                detail: string;
            }[];
            /** @description For `reference_taken`: the payment that has the reference. */
            paymentId?: string;
            /**
             * @description Its status.
             * @enum {string}
             */
            paymentStatus?: "creating" | "pending" | "completed" | "partially_refunded" | "refunded" | "failed" | "expired" | "cancelled" | "disputed";
        };
    };
    responses: {
        /** @description - `unauthorized`: The key is missing, unknown or revoked. */
        Unauthorized: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {unknown} */
                    code?: "unauthorized";
                };
            };
        };
        /** @description - `insufficient_scope`: The key lacks the scope. The answer names it. */
        InsufficientScope: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {unknown} */
                    code?: "insufficient_scope";
                };
            };
        };
        /** @description - `body_too_large`: The body is larger than allowed. */
        BodyTooLarge: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {unknown} */
                    code?: "body_too_large";
                };
            };
        };
        /** @description - `unsupported_media_type`: The body has another media type or a content encoding. */
        UnsupportedMediaType: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {unknown} */
                    code?: "unsupported_media_type";
                };
            };
        };
        /** @description - `rate_limited`: Too many requests. Ask again after `Retry-After`. */
        RateLimited: {
            headers: {
                /** @description Seconds to wait. */
                "Retry-After"?: number;
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {unknown} */
                    code?: "rate_limited";
                };
            };
        };
        /** @description - `internal_error`: Something went wrong on our side. It was logged. */
        InternalError: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {unknown} */
                    code?: "internal_error";
                };
            };
        };
        /** @description - `unavailable`: Something that is needed does not answer. Repeat the request with the same key after `Retry-After`. */
        Unavailable: {
            headers: {
                /** @description Seconds to wait. */
                "Retry-After"?: number;
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {unknown} */
                    code?: "unavailable";
                };
            };
        };
        /** @description - `header_invalid`: A header comes twice or holds no readable text. */
        HeaderInvalid: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {unknown} */
                    code?: "header_invalid";
                };
            };
        };
        /** @description - `validation_failed`: Fields are wrong. `errors` names each, and how to fix it. */
        ValidationFailed: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {unknown} */
                    code?: "validation_failed";
                };
            };
        };
        /** @description - `not_found`: There is no such thing in this workspace. */
        NotFound: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {unknown} */
                    code?: "not_found";
                };
            };
        };
        /** @description - `document_not_ready`: The document is being printed. Ask again after `Retry-After`. */
        DocumentNotReady: {
            headers: {
                /** @description Seconds to wait. */
                "Retry-After"?: number;
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {unknown} */
                    code?: "document_not_ready";
                };
            };
        };
        /** @description - `conflict`: Another request is changing the same thing, or its state does not allow this. */
        Conflict: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {unknown} */
                    code?: "conflict";
                };
            };
        };
        /** @description - `file_not_ready`: The export has no file yet, or was cancelled or failed. Its status says which. */
        FileNotReady: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {unknown} */
                    code?: "file_not_ready";
                };
            };
        };
        /** @description - `file_expired`: The file was deleted after its days. Ask for the export again. */
        FileExpired: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {unknown} */
                    code?: "file_expired";
                };
            };
        };
        /** @description - `currency_locked`: The workspace has payments, so its currency is fixed. */
        CurrencyLocked: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {unknown} */
                    code?: "currency_locked";
                };
            };
        };
        /** @description - `not_replayable`: This webhook cannot be acted on again. The answer says why. */
        NotReplayable: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {unknown} */
                    code?: "not_replayable";
                };
            };
        };
        /** @description - `malformed_json`: The body is not JSON, is not UTF-8, or is nested too deep. */
        MalformedJson: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {unknown} */
                    code?: "malformed_json";
                };
            };
        };
        /** @description - `bad_signature`: The webhook is not signed by the provider. */
        BadSignature: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {unknown} */
                    code?: "bad_signature";
                };
            };
        };
    };
    parameters: {
        /** @description A new one for each thing that you want. The same key and body get the same answer for 7 days, unless the operator set another time (at least 3 days). */
        IdempotencyKey: string;
        /** @description The person behind the call, for the audit log. */
        Actor: string;
        /** @description Why, for the audit log. */
        Reason: string;
    };
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    listPayments: {
        parameters: {
            query?: {
                /** @description How many at most. */
                limit?: number;
                /** @description `next` of the page before. Leave it out to begin. */
                after?: string;
                status?: "creating" | "pending" | "completed" | "partially_refunded" | "refunded" | "failed" | "expired" | "cancelled" | "disputed";
                provider?: string;
                reference?: string;
                subject?: string;
                method?: "card" | "bit" | "apple_pay" | "google_pay" | "paypal" | "bank_transfer" | "cash" | "check" | "paybox" | "other";
                review?: "amount_mismatch" | "duplicate_payment" | "late_success" | "unknown_outcome" | "provider_dispute" | "document_mismatch" | "foreign_document" | "push_failed" | "reconciliation" | "refund_reversed" | "refund_lines_required";
                createdFrom?: string;
                createdTo?: string;
                paidFrom?: string;
                paidTo?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of payments. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PaymentPage"];
                };
            };
            400: components["responses"]["HeaderInvalid"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["InsufficientScope"];
            422: components["responses"]["ValidationFailed"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    createPayment: {
        parameters: {
            query?: never;
            header?: {
                /** @description A new one for each thing that you want. The same key and body get the same answer for 7 days, unless the operator set another time (at least 3 days). */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /** @description The person behind the call, for the audit log. */
                "Tashlum-Actor"?: components["parameters"]["Actor"];
                /** @description Why, for the audit log. */
                "Tashlum-Reason"?: components["parameters"]["Reason"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "amount": 35000,
                 *       "description": "פגישת ייעוץ",
                 *       "reference": "visit-2026-0117",
                 *       "customer": {
                 *         "name": "דנה לוי",
                 *         "email": "dana@example.com",
                 *         "phone": "050-123-4567",
                 *         "locale": "he"
                 *       },
                 *       "patient": {
                 *         "name": "נועה לוי",
                 *         "taxId": "000000018"
                 *       },
                 *       "sessionDates": [
                 *         "2026-01-05",
                 *         "2026-01-12"
                 *       ],
                 *       "successUrl": "https://clinic.example/paid",
                 *       "maxInstallments": 3,
                 *       "metadata": {
                 *         "room": "4"
                 *       }
                 *     }
                 */
                "application/json": components["schemas"]["NewPayment"];
            };
        };
        responses: {
            /** @description The payment is there with its link, or it failed at once (`failure` says why). */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Payment"];
                };
            };
            /** @description The provider has not made the page yet. Read the payment again until it has a `link`. */
            202: {
                headers: {
                    /** @description Seconds to wait. */
                    "Retry-After"?: number;
                    /** @description Where to read how it goes on. */
                    Location?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Payment"];
                };
            };
            /**
             * @description - `header_invalid`: A header comes twice or holds no readable text.
             *     - `malformed_json`: The body is not JSON, is not UTF-8, or is nested too deep.
             *     - `idempotency_key_required`: Send an `Idempotency-Key`.
             *     - `idempotency_key_invalid`: The `Idempotency-Key` needs 1 to 255 visible ASCII characters, and comes once.
             */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "header_invalid" | "malformed_json" | "idempotency_key_required" | "idempotency_key_invalid";
                    };
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["InsufficientScope"];
            /**
             * @description - `no_payment_provider`: The workspace has no payment provider. Set one first.
             *     - `reference_taken`: Another payment has this reference. The answer names it.
             *     - `idempotency_in_progress`: The first request with this key is still running. Repeat it after `Retry-After`.
             *     - `idempotency_answer_gone`: The first request with this key was carried out, and its answer is kept no longer: it held a secret or was erased. The answer says what to do.
             */
            409: {
                headers: {
                    /** @description Seconds to wait. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "no_payment_provider" | "reference_taken" | "idempotency_in_progress" | "idempotency_answer_gone";
                    };
                };
            };
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            /**
             * @description - `issuer_incomplete`: A tax invoice names the street and town of the business. Set `address` of the workspace first.
             *     - `unsupported_operation`: The vendor, or this state of the payment, cannot do that. The answer says what can be done.
             *     - `validation_failed`: Fields are wrong. `errors` names each, and how to fix it.
             *     - `idempotency_key_reused`: This key was used with another body. Use a new key.
             */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "issuer_incomplete" | "unsupported_operation" | "validation_failed" | "idempotency_key_reused";
                    };
                };
            };
            429: components["responses"]["RateLimited"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    getPayment: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The payment. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The payment. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Payment"];
                };
            };
            400: components["responses"]["HeaderInvalid"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["InsufficientScope"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["ValidationFailed"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    getLinkQr: {
        parameters: {
            query?: {
                /** @description A drawing of lines, or of pixels. */
                format?: "svg" | "png";
            };
            header?: never;
            path: {
                /** @description The payment. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The picture, black on white. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "image/svg+xml": unknown;
                    "image/png": unknown;
                };
            };
            400: components["responses"]["HeaderInvalid"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["InsufficientScope"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["ValidationFailed"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    getTimeline: {
        parameters: {
            query?: {
                /** @description Default `json`. `zip`: a redacted bundle of evidence. */
                format?: "json" | "zip";
            };
            header?: never;
            path: {
                /** @description The payment. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All of it, oldest first. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Timeline"];
                    "application/zip": unknown;
                };
            };
            400: components["responses"]["HeaderInvalid"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["InsufficientScope"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["DocumentNotReady"];
            422: components["responses"]["ValidationFailed"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    recordManualPayment: {
        parameters: {
            query?: never;
            header?: {
                /** @description A new one for each thing that you want. The same key and body get the same answer for 7 days, unless the operator set another time (at least 3 days). */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /** @description The person behind the call, for the audit log. */
                "Tashlum-Actor"?: components["parameters"]["Actor"];
                /** @description Why, for the audit log. */
                "Tashlum-Reason"?: components["parameters"]["Reason"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "amount": 20000,
                 *       "method": "cash",
                 *       "paidOn": "2026-01-15",
                 *       "description": "ייעוץ",
                 *       "reference": "desk-2026-0042",
                 *       "customer": {
                 *         "name": "דנה לוי"
                 *       }
                 *     }
                 */
                "application/json": components["schemas"]["NewManualPayment"];
            };
        };
        responses: {
            /** @description The payment is completed. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Payment"];
                };
            };
            /** @description It is stored, and its document is not issued yet. */
            202: {
                headers: {
                    /** @description Seconds to wait. */
                    "Retry-After"?: number;
                    /** @description Where to read how it goes on. */
                    Location?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Payment"];
                };
            };
            /**
             * @description - `header_invalid`: A header comes twice or holds no readable text.
             *     - `malformed_json`: The body is not JSON, is not UTF-8, or is nested too deep.
             *     - `idempotency_key_required`: Send an `Idempotency-Key`.
             *     - `idempotency_key_invalid`: The `Idempotency-Key` needs 1 to 255 visible ASCII characters, and comes once.
             */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "header_invalid" | "malformed_json" | "idempotency_key_required" | "idempotency_key_invalid";
                    };
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["InsufficientScope"];
            /**
             * @description - `reference_taken`: Another payment has this reference. The answer names it.
             *     - `idempotency_in_progress`: The first request with this key is still running. Repeat it after `Retry-After`.
             *     - `idempotency_answer_gone`: The first request with this key was carried out, and its answer is kept no longer: it held a secret or was erased. The answer says what to do.
             */
            409: {
                headers: {
                    /** @description Seconds to wait. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "reference_taken" | "idempotency_in_progress" | "idempotency_answer_gone";
                    };
                };
            };
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            /**
             * @description - `issuer_incomplete`: A tax invoice names the street and town of the business. Set `address` of the workspace first.
             *     - `postdated_check_unsupported`: Record a post-dated cheque on its day.
             *     - `unsupported_operation`: The vendor, or this state of the payment, cannot do that. The answer says what can be done.
             *     - `validation_failed`: Fields are wrong. `errors` names each, and how to fix it.
             *     - `idempotency_key_reused`: This key was used with another body. Use a new key.
             */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "issuer_incomplete" | "postdated_check_unsupported" | "unsupported_operation" | "validation_failed" | "idempotency_key_reused";
                    };
                };
            };
            429: components["responses"]["RateLimited"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    checkPayment: {
        parameters: {
            query?: never;
            header?: {
                /** @description The person behind the call, for the audit log. */
                "Tashlum-Actor"?: components["parameters"]["Actor"];
                /** @description Why, for the audit log. */
                "Tashlum-Reason"?: components["parameters"]["Reason"];
            };
            path: {
                /** @description The payment. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                /** @example {} */
                "application/json": Record<string, never>;
            };
        };
        responses: {
            /** @description The provider was asked. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Payment"];
                };
            };
            /** @description The provider is still being asked. */
            202: {
                headers: {
                    /** @description Seconds to wait. */
                    "Retry-After"?: number;
                    /** @description Where to read how it goes on. */
                    Location?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Payment"];
                };
            };
            /**
             * @description - `header_invalid`: A header comes twice or holds no readable text.
             *     - `malformed_json`: The body is not JSON, is not UTF-8, or is nested too deep.
             */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "header_invalid" | "malformed_json";
                    };
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["InsufficientScope"];
            404: components["responses"]["NotFound"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["ValidationFailed"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    requestPayment: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
                /** @description The person behind the call, for the audit log. */
                "Tashlum-Actor"?: components["parameters"]["Actor"];
                /** @description Why, for the audit log. */
                "Tashlum-Reason"?: components["parameters"]["Reason"];
            };
            path: {
                /** @description The payment. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                /** @example {} */
                "application/json": Record<string, never>;
            };
        };
        responses: {
            /** @description The mail goes out by itself. */
            202: {
                headers: {
                    /** @description Seconds to wait. */
                    "Retry-After"?: number;
                    /** @description Where to read how it goes on. */
                    Location?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Payment"];
                };
            };
            /**
             * @description - `header_invalid`: A header comes twice or holds no readable text.
             *     - `malformed_json`: The body is not JSON, is not UTF-8, or is nested too deep.
             *     - `idempotency_key_invalid`: The `Idempotency-Key` needs 1 to 255 visible ASCII characters, and comes once.
             */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "header_invalid" | "malformed_json" | "idempotency_key_invalid";
                    };
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["InsufficientScope"];
            404: components["responses"]["NotFound"];
            /**
             * @description - `already_paid`: The payment is paid. Create a refund instead.
             *     - `outcome_unknown`: Money was ordered and nobody knows yet what became of it. Ask again after `Retry-After`.
             *     - `not_open`: The payment has ended or is in a review.
             *     - `idempotency_in_progress`: The first request with this key is still running. Repeat it after `Retry-After`.
             *     - `idempotency_answer_gone`: The first request with this key was carried out, and its answer is kept no longer: it held a secret or was erased. The answer says what to do.
             */
            409: {
                headers: {
                    /** @description Seconds to wait. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "already_paid" | "outcome_unknown" | "not_open" | "idempotency_in_progress" | "idempotency_answer_gone";
                    };
                };
            };
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            /**
             * @description - `validation_failed`: Fields are wrong. `errors` names each, and how to fix it.
             *     - `idempotency_key_reused`: This key was used with another body. Use a new key.
             */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "validation_failed" | "idempotency_key_reused";
                    };
                };
            };
            429: components["responses"]["RateLimited"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    cancelPayment: {
        parameters: {
            query?: never;
            header?: {
                /** @description The person behind the call, for the audit log. */
                "Tashlum-Actor"?: components["parameters"]["Actor"];
                /** @description Why, for the audit log. */
                "Tashlum-Reason"?: components["parameters"]["Reason"];
            };
            path: {
                /** @description The payment. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                /** @example {} */
                "application/json": Record<string, never>;
            };
        };
        responses: {
            /** @description The payment is cancelled. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Payment"];
                };
            };
            /** @description The provider has not answered yet. Read the payment again. */
            202: {
                headers: {
                    /** @description Seconds to wait. */
                    "Retry-After"?: number;
                    /** @description Where to read how it goes on. */
                    Location?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Payment"];
                };
            };
            /**
             * @description - `header_invalid`: A header comes twice or holds no readable text.
             *     - `malformed_json`: The body is not JSON, is not UTF-8, or is nested too deep.
             */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "header_invalid" | "malformed_json";
                    };
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["InsufficientScope"];
            404: components["responses"]["NotFound"];
            /**
             * @description - `already_paid`: The payment is paid. Create a refund instead.
             *     - `outcome_unknown`: Money was ordered and nobody knows yet what became of it. Ask again after `Retry-After`.
             *     - `not_open`: The payment has ended or is in a review.
             */
            409: {
                headers: {
                    /** @description Seconds to wait. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "already_paid" | "outcome_unknown" | "not_open";
                    };
                };
            };
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["ValidationFailed"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    resolveReview: {
        parameters: {
            query?: never;
            header?: {
                /** @description The person behind the call, for the audit log. */
                "Tashlum-Actor"?: components["parameters"]["Actor"];
                /** @description Why, for the audit log. */
                "Tashlum-Reason"?: components["parameters"]["Reason"];
            };
            path: {
                /** @description The payment. */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "action": "accept",
                 *       "reason": "The payer paid less on purpose"
                 *     }
                 */
                "application/json": components["schemas"]["Resolution"];
            };
        };
        responses: {
            /** @description The decision is carried out. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Payment"];
                };
            };
            /** @description The decision is stored and being carried out. */
            202: {
                headers: {
                    /** @description Seconds to wait. */
                    "Retry-After"?: number;
                    /** @description Where to read how it goes on. */
                    Location?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Payment"];
                };
            };
            /**
             * @description - `header_invalid`: A header comes twice or holds no readable text.
             *     - `malformed_json`: The body is not JSON, is not UTF-8, or is nested too deep.
             */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "header_invalid" | "malformed_json";
                    };
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["InsufficientScope"];
            404: components["responses"]["NotFound"];
            /**
             * @description - `no_open_review`: The payment has no review to decide.
             *     - `conflict`: Another request is changing the same thing, or its state does not allow this.
             *     - `not_refundable`: Nothing of this payment can be refunded now.
             */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "no_open_review" | "conflict" | "not_refundable";
                    };
                };
            };
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            /**
             * @description - `refund_lines_required`: The document has lines with and without VAT: name the lines that go back in `items`.
             *     - `unsupported_operation`: The vendor, or this state of the payment, cannot do that. The answer says what can be done.
             *     - `validation_failed`: Fields are wrong. `errors` names each, and how to fix it.
             */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "refund_lines_required" | "unsupported_operation" | "validation_failed";
                    };
                };
            };
            429: components["responses"]["RateLimited"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    listRefunds: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The payment. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All refunds of the payment. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RefundList"];
                };
            };
            400: components["responses"]["HeaderInvalid"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["InsufficientScope"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["ValidationFailed"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    createRefund: {
        parameters: {
            query?: never;
            header?: {
                /** @description A new one for each thing that you want. The same key and body get the same answer for 7 days, unless the operator set another time (at least 3 days). */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /** @description The person behind the call, for the audit log. */
                "Tashlum-Actor"?: components["parameters"]["Actor"];
                /** @description Why, for the audit log. */
                "Tashlum-Reason"?: components["parameters"]["Reason"];
            };
            path: {
                /** @description The payment. */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "amount": 5000,
                 *       "reason": "The visit was shorter"
                 *     }
                 */
                "application/json": components["schemas"]["NewRefund"];
            };
        };
        responses: {
            /** @description The refund ended: it is completed, or failed. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refund"];
                };
            };
            /** @description The provider has not answered yet. Read the refund again. */
            202: {
                headers: {
                    /** @description Seconds to wait. */
                    "Retry-After"?: number;
                    /** @description Where to read how it goes on. */
                    Location?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refund"];
                };
            };
            /**
             * @description - `header_invalid`: A header comes twice or holds no readable text.
             *     - `malformed_json`: The body is not JSON, is not UTF-8, or is nested too deep.
             *     - `idempotency_key_required`: Send an `Idempotency-Key`.
             *     - `idempotency_key_invalid`: The `Idempotency-Key` needs 1 to 255 visible ASCII characters, and comes once.
             */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "header_invalid" | "malformed_json" | "idempotency_key_required" | "idempotency_key_invalid";
                    };
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["InsufficientScope"];
            404: components["responses"]["NotFound"];
            /**
             * @description - `refund_exceeds_charge`: Less than that is left to refund.
             *     - `not_refundable`: Nothing of this payment can be refunded now.
             *     - `outcome_unknown`: Money was ordered and nobody knows yet what became of it. Ask again after `Retry-After`.
             *     - `idempotency_in_progress`: The first request with this key is still running. Repeat it after `Retry-After`.
             *     - `idempotency_answer_gone`: The first request with this key was carried out, and its answer is kept no longer: it held a secret or was erased. The answer says what to do.
             */
            409: {
                headers: {
                    /** @description Seconds to wait. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "refund_exceeds_charge" | "not_refundable" | "outcome_unknown" | "idempotency_in_progress" | "idempotency_answer_gone";
                    };
                };
            };
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            /**
             * @description - `refund_lines_required`: The document has lines with and without VAT: name the lines that go back in `items`.
             *     - `unsupported_operation`: The vendor, or this state of the payment, cannot do that. The answer says what can be done.
             *     - `validation_failed`: Fields are wrong. `errors` names each, and how to fix it.
             *     - `idempotency_key_reused`: This key was used with another body. Use a new key.
             */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "refund_lines_required" | "unsupported_operation" | "validation_failed" | "idempotency_key_reused";
                    };
                };
            };
            429: components["responses"]["RateLimited"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    getRefund: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The payment. */
                id: string;
                /** @description The refund. */
                refundId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The refund. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refund"];
                };
            };
            400: components["responses"]["HeaderInvalid"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["InsufficientScope"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["ValidationFailed"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    listDocuments: {
        parameters: {
            query?: {
                /** @description How many at most. */
                limit?: number;
                /** @description `next` of the page before. Leave it out to begin. */
                after?: string;
                /** @description First day of the documents. */
                from?: string;
                /** @description The day after the last one. */
                to?: string;
                type?: "receipt" | "tax_invoice" | "tax_invoice_receipt" | "payment_confirmation" | "credit_receipt" | "credit_invoice" | "refund_confirmation";
                fiscalYear?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of documents. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DocumentPage"];
                };
            };
            400: components["responses"]["HeaderInvalid"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["InsufficientScope"];
            422: components["responses"]["ValidationFailed"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    getDocument: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The document. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The document. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Document"];
                };
            };
            400: components["responses"]["HeaderInvalid"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["InsufficientScope"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["ValidationFailed"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    getDocumentPdf: {
        parameters: {
            query?: {
                /** @description `true`: the original, once. Without it: a copy, and the original stays where it is. */
                original?: "true" | "false";
                /** @description `true`: a copy, which is what you get without it too. */
                copy?: "true" | "false";
            };
            header?: never;
            path: {
                /** @description The document. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The PDF. */
            200: {
                headers: {
                    /** @description `original`, `copy`, `awaiting` (it waits for its allocation number), or `pushed` (a confirmation that names the legal document). */
                    "X-Document-Variant"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/pdf": unknown;
                };
            };
            400: components["responses"]["HeaderInvalid"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["InsufficientScope"];
            404: components["responses"]["NotFound"];
            /**
             * @description - `document_not_ready`: The document is being printed. Ask again after `Retry-After`.
             *     - `original_left`: The original of the document has left, or leaves by mail. A copy can be had at any time.
             */
            409: {
                headers: {
                    /** @description Seconds to wait. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "document_not_ready" | "original_left";
                    };
                };
            };
            422: components["responses"]["ValidationFailed"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    emailDocument: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
                /** @description The person behind the call, for the audit log. */
                "Tashlum-Actor"?: components["parameters"]["Actor"];
                /** @description Why, for the audit log. */
                "Tashlum-Reason"?: components["parameters"]["Reason"];
            };
            path: {
                /** @description The document. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "email": "dana@example.com"
                 *     }
                 */
                "application/json": components["schemas"]["DocumentMailing"];
            };
        };
        responses: {
            /** @description The mail goes out by itself. */
            202: {
                headers: {
                    /** @description Seconds to wait. */
                    "Retry-After"?: number;
                    /** @description Where to read how it goes on. */
                    Location?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DueMail"];
                };
            };
            /**
             * @description - `header_invalid`: A header comes twice or holds no readable text.
             *     - `malformed_json`: The body is not JSON, is not UTF-8, or is nested too deep.
             *     - `idempotency_key_invalid`: The `Idempotency-Key` needs 1 to 255 visible ASCII characters, and comes once.
             */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "header_invalid" | "malformed_json" | "idempotency_key_invalid";
                    };
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["InsufficientScope"];
            404: components["responses"]["NotFound"];
            /**
             * @description - `idempotency_in_progress`: The first request with this key is still running. Repeat it after `Retry-After`.
             *     - `idempotency_answer_gone`: The first request with this key was carried out, and its answer is kept no longer: it held a secret or was erased. The answer says what to do.
             */
            409: {
                headers: {
                    /** @description Seconds to wait. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "idempotency_in_progress" | "idempotency_answer_gone";
                    };
                };
            };
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            /**
             * @description - `validation_failed`: Fields are wrong. `errors` names each, and how to fix it.
             *     - `idempotency_key_reused`: This key was used with another body. Use a new key.
             */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "validation_failed" | "idempotency_key_reused";
                    };
                };
            };
            429: components["responses"]["RateLimited"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    pushDocument: {
        parameters: {
            query?: never;
            header?: {
                /** @description The person behind the call, for the audit log. */
                "Tashlum-Actor"?: components["parameters"]["Actor"];
                /** @description Why, for the audit log. */
                "Tashlum-Reason"?: components["parameters"]["Reason"];
            };
            path: {
                /** @description The document. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                /** @example {} */
                "application/json": Record<string, never>;
            };
        };
        responses: {
            /** @description The invoice service has it. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Document"];
                };
            };
            /** @description It is on its way. */
            202: {
                headers: {
                    /** @description Seconds to wait. */
                    "Retry-After"?: number;
                    /** @description Where to read how it goes on. */
                    Location?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Document"];
                };
            };
            /**
             * @description - `header_invalid`: A header comes twice or holds no readable text.
             *     - `malformed_json`: The body is not JSON, is not UTF-8, or is nested too deep.
             */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "header_invalid" | "malformed_json";
                    };
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["InsufficientScope"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["ValidationFailed"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    enterAllocationNumber: {
        parameters: {
            query?: never;
            header?: {
                /** @description The person behind the call, for the audit log. */
                "Tashlum-Actor"?: components["parameters"]["Actor"];
                /** @description Why, for the audit log. */
                "Tashlum-Reason"?: components["parameters"]["Reason"];
            };
            path: {
                /** @description The document. */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "allocationNumber": "202601151234567890123456"
                 *     }
                 */
                "application/json": components["schemas"]["AllocationNumber"];
            };
        };
        responses: {
            /** @description The document with its number. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Document"];
                };
            };
            /**
             * @description - `header_invalid`: A header comes twice or holds no readable text.
             *     - `malformed_json`: The body is not JSON, is not UTF-8, or is nested too deep.
             */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "header_invalid" | "malformed_json";
                    };
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["InsufficientScope"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["ValidationFailed"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    requestAllocationNumber: {
        parameters: {
            query?: never;
            header?: {
                /** @description The person behind the call, for the audit log. */
                "Tashlum-Actor"?: components["parameters"]["Actor"];
                /** @description Why, for the audit log. */
                "Tashlum-Reason"?: components["parameters"]["Reason"];
            };
            path: {
                /** @description The document. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                /** @example {} */
                "application/json": Record<string, never>;
            };
        };
        responses: {
            /** @description The document; the authority is asked within seconds. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Document"];
                };
            };
            /**
             * @description - `header_invalid`: A header comes twice or holds no readable text.
             *     - `malformed_json`: The body is not JSON, is not UTF-8, or is nested too deep.
             */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "header_invalid" | "malformed_json";
                    };
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["InsufficientScope"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["ValidationFailed"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    acknowledgeDocument: {
        parameters: {
            query?: never;
            header?: {
                /** @description The person behind the call, for the audit log. */
                "Tashlum-Actor"?: components["parameters"]["Actor"];
                /** @description Why, for the audit log. */
                "Tashlum-Reason"?: components["parameters"]["Reason"];
            };
            path: {
                /** @description The document. */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "method": "signature",
                 *       "note": "Signed at the desk"
                 *     }
                 */
                "application/json": components["schemas"]["Acknowledgement"];
            };
        };
        responses: {
            /** @description The document. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Document"];
                };
            };
            /**
             * @description - `header_invalid`: A header comes twice or holds no readable text.
             *     - `malformed_json`: The body is not JSON, is not UTF-8, or is nested too deep.
             */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "header_invalid" | "malformed_json";
                    };
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["InsufficientScope"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["ValidationFailed"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    listWebhookEndpoints: {
        parameters: {
            query?: {
                /** @description How many at most. */
                limit?: number;
                /** @description `next` of the page before. Leave it out to begin. */
                after?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of endpoints. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: {
                            id: string;
                            url: string;
                            events: string[] | null;
                            /** @enum {string} */
                            status: "enabled" | "paused" | "disabled";
                            apiVersion: string;
                            failingSince: string | null;
                            disabledAt: string | null;
                            disabledReason: ("failing" | "gone") | null;
                            previousSecretValidUntil: string | null;
                            /** Format: date-time */
                            createdAt: string;
                        }[];
                        /** @description Send it as `after` to get the next page. `null` on the last page. */
                        next: string | null;
                    };
                };
            };
            400: components["responses"]["HeaderInvalid"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["InsufficientScope"];
            422: components["responses"]["ValidationFailed"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    createWebhookEndpoint: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
                /** @description The person behind the call, for the audit log. */
                "Tashlum-Actor"?: components["parameters"]["Actor"];
                /** @description Why, for the audit log. */
                "Tashlum-Reason"?: components["parameters"]["Reason"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "url": "https://app.example.com/tashlum",
                 *       "events": [
                 *         "payment.completed",
                 *         "payment.refunded"
                 *       ]
                 *     }
                 */
                "application/json": {
                    /** Format: uri */
                    url: string;
                    events?: ("payment.link_ready" | "payment.request_sent" | "payment.overdue" | "payment.completed" | "payment.warned" | "payment.failed" | "payment.expired" | "payment.cancelled" | "payment.review_opened" | "payment.review_closed" | "payment.refunded" | "refund.created" | "refund.completed" | "refund.failed" | "dispute.opened" | "dispute.closed" | "document.issued" | "document.allocation_required" | "document.allocation_refused" | "document.cancelled" | "invoice.pushed" | "invoice.failed" | "provider.circuit_opened" | "provider.circuit_closed" | "provider.credentials_failing" | "provider.webhooks_refused" | "workspace.provider_changed" | "workspace.ceiling_reached" | "tax_authority.connection_expiring" | "tax_authority.connection_broken" | "webhook_endpoint.changed" | "webhook_endpoint.disabled" | "audit.head" | "books.rule_broken" | "export.completed" | "accountant_month.sent" | "accountant_month.failed")[];
                };
            };
        };
        responses: {
            /** @description The endpoint, with its secret: it is shown once. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        id: string;
                        url: string;
                        events: string[] | null;
                        /** @enum {string} */
                        status: "enabled" | "paused" | "disabled";
                        apiVersion: string;
                        failingSince: string | null;
                        disabledAt: string | null;
                        disabledReason: ("failing" | "gone") | null;
                        previousSecretValidUntil: string | null;
                        /** Format: date-time */
                        createdAt: string;
                        secret: string;
                    };
                };
            };
            /**
             * @description - `header_invalid`: A header comes twice or holds no readable text.
             *     - `malformed_json`: The body is not JSON, is not UTF-8, or is nested too deep.
             *     - `idempotency_key_invalid`: The `Idempotency-Key` needs 1 to 255 visible ASCII characters, and comes once.
             */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "header_invalid" | "malformed_json" | "idempotency_key_invalid";
                    };
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["InsufficientScope"];
            404: components["responses"]["NotFound"];
            /**
             * @description - `conflict`: Another request is changing the same thing, or its state does not allow this.
             *     - `idempotency_in_progress`: The first request with this key is still running. Repeat it after `Retry-After`.
             *     - `idempotency_answer_gone`: The first request with this key was carried out, and its answer is kept no longer: it held a secret or was erased. The answer says what to do.
             */
            409: {
                headers: {
                    /** @description Seconds to wait. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "conflict" | "idempotency_in_progress" | "idempotency_answer_gone";
                    };
                };
            };
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            /**
             * @description - `validation_failed`: Fields are wrong. `errors` names each, and how to fix it.
             *     - `idempotency_key_reused`: This key was used with another body. Use a new key.
             */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "validation_failed" | "idempotency_key_reused";
                    };
                };
            };
            429: components["responses"]["RateLimited"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    rotateWebhookEndpointSecret: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
                /** @description The person behind the call, for the audit log. */
                "Tashlum-Actor"?: components["parameters"]["Actor"];
                /** @description Why, for the audit log. */
                "Tashlum-Reason"?: components["parameters"]["Reason"];
            };
            path: {
                /** @description The endpoint. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                /** @example {} */
                "application/json": Record<string, never>;
            };
        };
        responses: {
            /** @description The endpoint, with its new secret: it is shown once. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        id: string;
                        url: string;
                        events: string[] | null;
                        /** @enum {string} */
                        status: "enabled" | "paused" | "disabled";
                        apiVersion: string;
                        failingSince: string | null;
                        disabledAt: string | null;
                        disabledReason: ("failing" | "gone") | null;
                        previousSecretValidUntil: string | null;
                        /** Format: date-time */
                        createdAt: string;
                        secret: string;
                    };
                };
            };
            /**
             * @description - `header_invalid`: A header comes twice or holds no readable text.
             *     - `malformed_json`: The body is not JSON, is not UTF-8, or is nested too deep.
             *     - `idempotency_key_invalid`: The `Idempotency-Key` needs 1 to 255 visible ASCII characters, and comes once.
             */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "header_invalid" | "malformed_json" | "idempotency_key_invalid";
                    };
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["InsufficientScope"];
            404: components["responses"]["NotFound"];
            /**
             * @description - `conflict`: Another request is changing the same thing, or its state does not allow this.
             *     - `idempotency_in_progress`: The first request with this key is still running. Repeat it after `Retry-After`.
             *     - `idempotency_answer_gone`: The first request with this key was carried out, and its answer is kept no longer: it held a secret or was erased. The answer says what to do.
             */
            409: {
                headers: {
                    /** @description Seconds to wait. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "conflict" | "idempotency_in_progress" | "idempotency_answer_gone";
                    };
                };
            };
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            /**
             * @description - `validation_failed`: Fields are wrong. `errors` names each, and how to fix it.
             *     - `idempotency_key_reused`: This key was used with another body. Use a new key.
             */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "validation_failed" | "idempotency_key_reused";
                    };
                };
            };
            429: components["responses"]["RateLimited"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    getWebhookEndpoint: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The endpoint. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The endpoint, without its secret. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        id: string;
                        url: string;
                        events: string[] | null;
                        /** @enum {string} */
                        status: "enabled" | "paused" | "disabled";
                        apiVersion: string;
                        failingSince: string | null;
                        disabledAt: string | null;
                        disabledReason: ("failing" | "gone") | null;
                        previousSecretValidUntil: string | null;
                        /** Format: date-time */
                        createdAt: string;
                    };
                };
            };
            400: components["responses"]["HeaderInvalid"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["InsufficientScope"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["ValidationFailed"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    deleteWebhookEndpoint: {
        parameters: {
            query?: never;
            header?: {
                /** @description The person behind the call, for the audit log. */
                "Tashlum-Actor"?: components["parameters"]["Actor"];
                /** @description Why, for the audit log. */
                "Tashlum-Reason"?: components["parameters"]["Reason"];
            };
            path: {
                /** @description The endpoint. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It is gone. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["HeaderInvalid"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["InsufficientScope"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    changeWebhookEndpoint: {
        parameters: {
            query?: never;
            header?: {
                /** @description The person behind the call, for the audit log. */
                "Tashlum-Actor"?: components["parameters"]["Actor"];
                /** @description Why, for the audit log. */
                "Tashlum-Reason"?: components["parameters"]["Reason"];
            };
            path: {
                /** @description The endpoint. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "status": "paused"
                 *     }
                 */
                "application/json": {
                    /** Format: uri */
                    url?: string;
                    events?: ("payment.link_ready" | "payment.request_sent" | "payment.overdue" | "payment.completed" | "payment.warned" | "payment.failed" | "payment.expired" | "payment.cancelled" | "payment.review_opened" | "payment.review_closed" | "payment.refunded" | "refund.created" | "refund.completed" | "refund.failed" | "dispute.opened" | "dispute.closed" | "document.issued" | "document.allocation_required" | "document.allocation_refused" | "document.cancelled" | "invoice.pushed" | "invoice.failed" | "provider.circuit_opened" | "provider.circuit_closed" | "provider.credentials_failing" | "provider.webhooks_refused" | "workspace.provider_changed" | "workspace.ceiling_reached" | "tax_authority.connection_expiring" | "tax_authority.connection_broken" | "webhook_endpoint.changed" | "webhook_endpoint.disabled" | "audit.head" | "books.rule_broken" | "export.completed" | "accountant_month.sent" | "accountant_month.failed")[] | null;
                    /** @enum {string} */
                    status?: "enabled" | "paused";
                };
            };
        };
        responses: {
            /** @description The endpoint as it is now. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        id: string;
                        url: string;
                        events: string[] | null;
                        /** @enum {string} */
                        status: "enabled" | "paused" | "disabled";
                        apiVersion: string;
                        failingSince: string | null;
                        disabledAt: string | null;
                        disabledReason: ("failing" | "gone") | null;
                        previousSecretValidUntil: string | null;
                        /** Format: date-time */
                        createdAt: string;
                    };
                };
            };
            /**
             * @description - `header_invalid`: A header comes twice or holds no readable text.
             *     - `malformed_json`: The body is not JSON, is not UTF-8, or is nested too deep.
             */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "header_invalid" | "malformed_json";
                    };
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["InsufficientScope"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["ValidationFailed"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    testWebhookEndpoint: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
                /** @description The person behind the call, for the audit log. */
                "Tashlum-Actor"?: components["parameters"]["Actor"];
                /** @description Why, for the audit log. */
                "Tashlum-Reason"?: components["parameters"]["Reason"];
            };
            path: {
                /** @description The endpoint. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                /** @example {} */
                "application/json": Record<string, never>;
            };
        };
        responses: {
            /** @description The event of type `test` that is being sent. */
            202: {
                headers: {
                    /** @description Seconds to wait. */
                    "Retry-After"?: number;
                    /** @description Where to read how it goes on. */
                    Location?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        id: string;
                        type: string;
                        apiVersion: string;
                        sequence: number;
                        /** Format: date-time */
                        createdAt: string;
                        data: {
                            [key: string]: unknown;
                        };
                    };
                };
            };
            /**
             * @description - `header_invalid`: A header comes twice or holds no readable text.
             *     - `malformed_json`: The body is not JSON, is not UTF-8, or is nested too deep.
             *     - `idempotency_key_invalid`: The `Idempotency-Key` needs 1 to 255 visible ASCII characters, and comes once.
             */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "header_invalid" | "malformed_json" | "idempotency_key_invalid";
                    };
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["InsufficientScope"];
            404: components["responses"]["NotFound"];
            /**
             * @description - `conflict`: Another request is changing the same thing, or its state does not allow this.
             *     - `idempotency_in_progress`: The first request with this key is still running. Repeat it after `Retry-After`.
             *     - `idempotency_answer_gone`: The first request with this key was carried out, and its answer is kept no longer: it held a secret or was erased. The answer says what to do.
             */
            409: {
                headers: {
                    /** @description Seconds to wait. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "conflict" | "idempotency_in_progress" | "idempotency_answer_gone";
                    };
                };
            };
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            /**
             * @description - `validation_failed`: Fields are wrong. `errors` names each, and how to fix it.
             *     - `idempotency_key_reused`: This key was used with another body. Use a new key.
             */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "validation_failed" | "idempotency_key_reused";
                    };
                };
            };
            429: components["responses"]["RateLimited"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    redeliverFailedEvents: {
        parameters: {
            query?: {
                since?: string;
            };
            header?: {
                /** @description The person behind the call, for the audit log. */
                "Tashlum-Actor"?: components["parameters"]["Actor"];
                /** @description Why, for the audit log. */
                "Tashlum-Reason"?: components["parameters"]["Reason"];
            };
            path: {
                /** @description The endpoint. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                /** @example {} */
                "application/json": Record<string, never>;
            };
        };
        responses: {
            /** @description How many events are sent again. */
            202: {
                headers: {
                    /** @description Seconds to wait. */
                    "Retry-After"?: number;
                    /** @description Where to read how it goes on. */
                    Location?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        count: number;
                    };
                };
            };
            /**
             * @description - `header_invalid`: A header comes twice or holds no readable text.
             *     - `malformed_json`: The body is not JSON, is not UTF-8, or is nested too deep.
             */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "header_invalid" | "malformed_json";
                    };
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["InsufficientScope"];
            404: components["responses"]["NotFound"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["ValidationFailed"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    listEvents: {
        parameters: {
            query?: {
                /** @description How many at most. */
                limit?: number;
                /** @description `next` of the page before. Leave it out to begin. */
                after?: string;
                type?: "payment.link_ready" | "payment.request_sent" | "payment.overdue" | "payment.completed" | "payment.warned" | "payment.failed" | "payment.expired" | "payment.cancelled" | "payment.review_opened" | "payment.review_closed" | "payment.refunded" | "refund.created" | "refund.completed" | "refund.failed" | "dispute.opened" | "dispute.closed" | "document.issued" | "document.allocation_required" | "document.allocation_refused" | "document.cancelled" | "invoice.pushed" | "invoice.failed" | "provider.circuit_opened" | "provider.circuit_closed" | "provider.credentials_failing" | "provider.webhooks_refused" | "workspace.provider_changed" | "workspace.ceiling_reached" | "tax_authority.connection_expiring" | "tax_authority.connection_broken" | "webhook_endpoint.changed" | "webhook_endpoint.disabled" | "audit.head" | "books.rule_broken" | "export.completed" | "accountant_month.sent" | "accountant_month.failed" | "test";
                paymentId?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of events. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: {
                            id: string;
                            type: string;
                            apiVersion: string;
                            sequence: number;
                            /** Format: date-time */
                            createdAt: string;
                            data: {
                                [key: string]: unknown;
                            };
                        }[];
                        /** @description Send it as `after` to get the next page. `null` on the last page. */
                        next: string | null;
                    };
                };
            };
            400: components["responses"]["HeaderInvalid"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["InsufficientScope"];
            422: components["responses"]["ValidationFailed"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    getEvent: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The event. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The event as endpoints get it. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        id: string;
                        type: string;
                        apiVersion: string;
                        sequence: number;
                        /** Format: date-time */
                        createdAt: string;
                        data: {
                            [key: string]: unknown;
                        };
                    };
                };
            };
            400: components["responses"]["HeaderInvalid"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["InsufficientScope"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["ValidationFailed"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    listEventAttempts: {
        parameters: {
            query?: {
                /** @description How many at most. */
                limit?: number;
                /** @description `next` of the page before. Leave it out to begin. */
                after?: string;
                endpointId?: string;
            };
            header?: never;
            path: {
                /** @description The event. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of tries. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: {
                            id: string;
                            endpointId: string;
                            /** Format: date-time */
                            at: string;
                            durationMs: number;
                            failure: ("not_sent" | "refused" | "unclear") | null;
                            status: number | null;
                            error: string | null;
                            answer: string | null;
                        }[];
                        /** @description Send it as `after` to get the next page. `null` on the last page. */
                        next: string | null;
                    };
                };
            };
            400: components["responses"]["HeaderInvalid"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["InsufficientScope"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["ValidationFailed"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    redeliverEvent: {
        parameters: {
            query?: never;
            header?: {
                /** @description The person behind the call, for the audit log. */
                "Tashlum-Actor"?: components["parameters"]["Actor"];
                /** @description Why, for the audit log. */
                "Tashlum-Reason"?: components["parameters"]["Reason"];
            };
            path: {
                /** @description The event. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                /** @example {} */
                "application/json": {
                    endpointId?: string;
                };
            };
        };
        responses: {
            /** @description To which endpoints it is sent. */
            202: {
                headers: {
                    /** @description Seconds to wait. */
                    "Retry-After"?: number;
                    /** @description Where to read how it goes on. */
                    Location?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        eventId: string;
                        endpointIds: string[];
                    };
                };
            };
            /**
             * @description - `header_invalid`: A header comes twice or holds no readable text.
             *     - `malformed_json`: The body is not JSON, is not UTF-8, or is nested too deep.
             */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "header_invalid" | "malformed_json";
                    };
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["InsufficientScope"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["ValidationFailed"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    getRevenueReport: {
        parameters: {
            query: {
                /** @description First day, in the time zone of the workspace. */
                from: string;
                /** @description The day after the last one. */
                to: string;
                /** @description Default: the currency of the workspace. */
                currency?: "ILS" | "USD" | "EUR" | "GBP" | "CAD" | "AUD";
                groupBy?: "day" | "week" | "month" | "quarter" | "year";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Sums of documents by document date. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RevenueReport"];
                };
            };
            400: components["responses"]["HeaderInvalid"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["InsufficientScope"];
            422: components["responses"]["ValidationFailed"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    getRevenueChart: {
        parameters: {
            query: {
                /** @description First day, in the time zone of the workspace. */
                from: string;
                /** @description The day after the last one. */
                to: string;
                /** @description Default: the currency of the workspace. */
                currency?: "ILS" | "USD" | "EUR" | "GBP" | "CAD" | "AUD";
                groupBy?: "day" | "week" | "month" | "quarter" | "year";
                /** @description Default: the locale of the workspace. */
                locale?: "he" | "en";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description An SVG without scripts or addresses. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "image/svg+xml": unknown;
                };
            };
            400: components["responses"]["HeaderInvalid"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["InsufficientScope"];
            422: components["responses"]["ValidationFailed"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    getVatReport: {
        parameters: {
            query: {
                /** @description First day, in the time zone of the workspace. */
                from: string;
                /** @description The day after the last one. */
                to: string;
                /** @description Default: the currency of the workspace. */
                currency?: "ILS" | "USD" | "EUR" | "GBP" | "CAD" | "AUD";
                /** @description Default: those of `vatReturn` of the workspace, else 1. */
                months?: "1" | "2";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What a VAT return needs. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["VatReport"];
                };
            };
            400: components["responses"]["HeaderInvalid"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["InsufficientScope"];
            422: components["responses"]["ValidationFailed"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    getOutstandingReport: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Open links by currency. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OutstandingReport"];
                };
            };
            400: components["responses"]["HeaderInvalid"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["InsufficientScope"];
            422: components["responses"]["ValidationFailed"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    getDocumentGapsReport: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Every gap that there is. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DocumentGapsReport"];
                };
            };
            400: components["responses"]["HeaderInvalid"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["InsufficientScope"];
            422: components["responses"]["ValidationFailed"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    listExports: {
        parameters: {
            query?: {
                /** @description How many at most. */
                limit?: number;
                /** @description `next` of the page before. Leave it out to begin. */
                after?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of exports. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["Export"][];
                        /** @description Send it as `after` to get the next page. `null` on the last page. */
                        next: string | null;
                    };
                };
            };
            400: components["responses"]["HeaderInvalid"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["InsufficientScope"];
            422: components["responses"]["ValidationFailed"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    createExport: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
                /** @description The person behind the call, for the audit log. */
                "Tashlum-Actor"?: components["parameters"]["Actor"];
                /** @description Why, for the audit log. */
                "Tashlum-Reason"?: components["parameters"]["Reason"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "kind": "transactions",
                 *       "format": "csv",
                 *       "from": "2026-01-01",
                 *       "to": "2026-02-01",
                 *       "locale": "en"
                 *     }
                 */
                "application/json": {
                    /** @enum {string} */
                    kind: "transactions" | "documents" | "vat" | "gaps" | "receipts" | "settlements" | "credits" | "allocation" | "withholding" | "journal-appendix-vav" | "patient-statement" | "year" | "audit" | "month" | "bundle" | "hashavshevet" | "pcn874-sales" | "uniform-structure";
                    /**
                     * @description What each kind can be had as: transactions: xlsx, csv; documents: xlsx, csv; vat: xlsx, csv; gaps: xlsx, csv; receipts: xlsx, csv; settlements: xlsx, csv; credits: xlsx, csv; allocation: xlsx, csv; withholding: xlsx, csv; journal-appendix-vav: xlsx, csv; patient-statement: pdf; year: xlsx, csv; audit: xlsx, csv; month: pdf; bundle: zip; hashavshevet: zip; pcn874-sales: xlsx, csv; uniform-structure: zip.
                     * @enum {string}
                     */
                    format: "xlsx" | "csv" | "zip" | "pdf";
                    /**
                     * Format: date
                     * @description First day, in the time zone of the workspace.
                     */
                    from: string;
                    /**
                     * Format: date
                     * @description The day after the last one.
                     */
                    to: string;
                    /**
                     * @description Default: the locale of the workspace.
                     * @enum {string}
                     */
                    locale?: "he" | "en";
                    /**
                     * @description Only documents in this currency. Default: the currency of the workspace.
                     * @enum {string}
                     */
                    currency?: "ILS" | "USD" | "EUR" | "GBP" | "CAD" | "AUD";
                    /** @description Settings that only some kinds have. Another kind refuses them. */
                    options?: {
                        /** @description Months of a VAT return. Default: those of `vatReturn` of the workspace, else 1. */
                        months?: 1 | 2;
                        /** @description Also documents that an earlier `hashavshevet` has. Default `false`: only what is new in these days. */
                        again?: boolean;
                        /** @description Required for `patient-statement`: any payment of the patient whom it is about. */
                        paymentId?: string;
                    };
                };
            };
        };
        responses: {
            /** @description The export that is being made. */
            202: {
                headers: {
                    /** @description Seconds to wait. */
                    "Retry-After"?: number;
                    /** @description Where to read how it goes on. */
                    Location?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Export"];
                };
            };
            /**
             * @description - `header_invalid`: A header comes twice or holds no readable text.
             *     - `malformed_json`: The body is not JSON, is not UTF-8, or is nested too deep.
             *     - `idempotency_key_invalid`: The `Idempotency-Key` needs 1 to 255 visible ASCII characters, and comes once.
             */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "header_invalid" | "malformed_json" | "idempotency_key_invalid";
                    };
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["InsufficientScope"];
            404: components["responses"]["NotFound"];
            /**
             * @description - `conflict`: Another request is changing the same thing, or its state does not allow this.
             *     - `idempotency_in_progress`: The first request with this key is still running. Repeat it after `Retry-After`.
             *     - `idempotency_answer_gone`: The first request with this key was carried out, and its answer is kept no longer: it held a secret or was erased. The answer says what to do.
             */
            409: {
                headers: {
                    /** @description Seconds to wait. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "conflict" | "idempotency_in_progress" | "idempotency_answer_gone";
                    };
                };
            };
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            /**
             * @description - `validation_failed`: Fields are wrong. `errors` names each, and how to fix it.
             *     - `idempotency_key_reused`: This key was used with another body. Use a new key.
             */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "validation_failed" | "idempotency_key_reused";
                    };
                };
            };
            429: components["responses"]["RateLimited"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    getExport: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The export. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The export as it is now. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Export"];
                };
            };
            400: components["responses"]["HeaderInvalid"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["InsufficientScope"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["ValidationFailed"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    downloadExport: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The export. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The file. */
            200: {
                headers: {
                    /** @description The name of the file. */
                    "Content-Disposition"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "text/csv": unknown;
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": unknown;
                    "application/zip": unknown;
                    "application/pdf": unknown;
                };
            };
            400: components["responses"]["HeaderInvalid"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["InsufficientScope"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["FileNotReady"];
            410: components["responses"]["FileExpired"];
            422: components["responses"]["ValidationFailed"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    cancelExport: {
        parameters: {
            query?: never;
            header?: {
                /** @description The person behind the call, for the audit log. */
                "Tashlum-Actor"?: components["parameters"]["Actor"];
                /** @description Why, for the audit log. */
                "Tashlum-Reason"?: components["parameters"]["Reason"];
            };
            path: {
                /** @description The export. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                /** @example {} */
                "application/json": Record<string, never>;
            };
        };
        responses: {
            /** @description The export is cancelled. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Export"];
                };
            };
            /**
             * @description - `header_invalid`: A header comes twice or holds no readable text.
             *     - `malformed_json`: The body is not JSON, is not UTF-8, or is nested too deep.
             */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "header_invalid" | "malformed_json";
                    };
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["InsufficientScope"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["ValidationFailed"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    listWorkspaces: {
        parameters: {
            query?: {
                /** @description How many at most. */
                limit?: number;
                /** @description `next` of the page before. Leave it out to begin. */
                after?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of workspaces. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WorkspacePage"];
                };
            };
            400: components["responses"]["HeaderInvalid"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["InsufficientScope"];
            422: components["responses"]["ValidationFailed"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    createWorkspace: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
                /** @description The person behind the call, for the audit log. */
                "Tashlum-Actor"?: components["parameters"]["Actor"];
                /** @description Why, for the audit log. */
                "Tashlum-Reason"?: components["parameters"]["Reason"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "מרפאת הדר",
                 *       "legalName": {
                 *         "he": "מרפאת הדר בע״מ",
                 *         "en": "Hadar Clinic Ltd"
                 *       },
                 *       "taxId": "123456782",
                 *       "dealerType": "osek_murshe",
                 *       "mode": "test",
                 *       "address": {
                 *         "street": "הרצל",
                 *         "houseNumber": "1",
                 *         "city": "תל אביב",
                 *         "zip": "6688101",
                 *         "country": "IL"
                 *       },
                 *       "receipt": {
                 *         "email": true
                 *       }
                 *     }
                 */
                "application/json": components["schemas"]["NewWorkspace"];
            };
        };
        responses: {
            /** @description The workspace. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Workspace"];
                };
            };
            /**
             * @description - `header_invalid`: A header comes twice or holds no readable text.
             *     - `malformed_json`: The body is not JSON, is not UTF-8, or is nested too deep.
             *     - `idempotency_key_invalid`: The `Idempotency-Key` needs 1 to 255 visible ASCII characters, and comes once.
             */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "header_invalid" | "malformed_json" | "idempotency_key_invalid";
                    };
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["InsufficientScope"];
            /**
             * @description - `idempotency_in_progress`: The first request with this key is still running. Repeat it after `Retry-After`.
             *     - `idempotency_answer_gone`: The first request with this key was carried out, and its answer is kept no longer: it held a secret or was erased. The answer says what to do.
             */
            409: {
                headers: {
                    /** @description Seconds to wait. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "idempotency_in_progress" | "idempotency_answer_gone";
                    };
                };
            };
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            /**
             * @description - `vat_country_unsupported`: Only Israeli VAT is supported.
             *     - `validation_failed`: Fields are wrong. `errors` names each, and how to fix it.
             *     - `idempotency_key_reused`: This key was used with another body. Use a new key.
             */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "vat_country_unsupported" | "validation_failed" | "idempotency_key_reused";
                    };
                };
            };
            429: components["responses"]["RateLimited"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    getWorkspace: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The workspace. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The workspace. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Workspace"];
                };
            };
            400: components["responses"]["HeaderInvalid"];
            401: components["responses"]["Unauthorized"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["ValidationFailed"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    changeWorkspace: {
        parameters: {
            query?: never;
            header?: {
                /** @description The person behind the call, for the audit log. */
                "Tashlum-Actor"?: components["parameters"]["Actor"];
                /** @description Why, for the audit log. */
                "Tashlum-Reason"?: components["parameters"]["Reason"];
            };
            path: {
                /** @description The workspace. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "address": {
                 *         "street": "ביאליק",
                 *         "houseNumber": "7"
                 *       },
                 *       "paymentRequest": {
                 *         "remindAfterDays": 3
                 *       }
                 *     }
                 */
                "application/json": components["schemas"]["WorkspaceChange"];
            };
        };
        responses: {
            /** @description The workspace after the change. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Workspace"];
                };
            };
            /**
             * @description - `header_invalid`: A header comes twice or holds no readable text.
             *     - `malformed_json`: The body is not JSON, is not UTF-8, or is nested too deep.
             */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "header_invalid" | "malformed_json";
                    };
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["InsufficientScope"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["CurrencyLocked"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            /**
             * @description - `document_issuer_conflict`: Legal documents come from one place. `documentIssuer` and the invoice service differ.
             *     - `vat_country_unsupported`: Only Israeli VAT is supported.
             *     - `validation_failed`: Fields are wrong. `errors` names each, and how to fix it.
             */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "document_issuer_conflict" | "vat_country_unsupported" | "validation_failed";
                    };
                };
            };
            429: components["responses"]["RateLimited"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    getLogo: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The workspace. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The picture. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "image/png": unknown;
                };
            };
            400: components["responses"]["HeaderInvalid"];
            401: components["responses"]["Unauthorized"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["ValidationFailed"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    putLogo: {
        parameters: {
            query?: never;
            header?: {
                /** @description The person behind the call, for the audit log. */
                "Tashlum-Actor"?: components["parameters"]["Actor"];
                /** @description Why, for the audit log. */
                "Tashlum-Reason"?: components["parameters"]["Reason"];
            };
            path: {
                /** @description The workspace. */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "image/png": unknown;
            };
        };
        responses: {
            /** @description What is stored. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Logo"];
                };
            };
            /**
             * @description - `header_invalid`: A header comes twice or holds no readable text.
             *     - `malformed_json`: The body is not JSON, is not UTF-8, or is nested too deep.
             */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "header_invalid" | "malformed_json";
                    };
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["InsufficientScope"];
            404: components["responses"]["NotFound"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["ValidationFailed"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    removeLogo: {
        parameters: {
            query?: never;
            header?: {
                /** @description The person behind the call, for the audit log. */
                "Tashlum-Actor"?: components["parameters"]["Actor"];
                /** @description Why, for the audit log. */
                "Tashlum-Reason"?: components["parameters"]["Reason"];
            };
            path: {
                /** @description The workspace. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description New documents have no logo. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["HeaderInvalid"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["InsufficientScope"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    getPaymentProvider: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The workspace. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The account, without its secrets. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StoredPaymentProvider"];
                };
            };
            400: components["responses"]["HeaderInvalid"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["InsufficientScope"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["ValidationFailed"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    putPaymentProvider: {
        parameters: {
            query?: never;
            header?: {
                /** @description The person behind the call, for the audit log. */
                "Tashlum-Actor"?: components["parameters"]["Actor"];
                /** @description Why, for the audit log. */
                "Tashlum-Reason"?: components["parameters"]["Reason"];
            };
            path: {
                /** @description The workspace. */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PaymentProviderAccount"];
            };
        };
        responses: {
            /** @description The account, without its secrets. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StoredPaymentProvider"];
                };
            };
            /**
             * @description - `header_invalid`: A header comes twice or holds no readable text.
             *     - `malformed_json`: The body is not JSON, is not UTF-8, or is nested too deep.
             */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "header_invalid" | "malformed_json";
                    };
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["InsufficientScope"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            /**
             * @description - `provider_credentials_invalid`: The vendor does not accept the credentials.
             *     - `document_issuer_conflict`: Legal documents come from one place. `documentIssuer` and the invoice service differ.
             *     - `unsupported_operation`: The vendor, or this state of the payment, cannot do that. The answer says what can be done.
             *     - `validation_failed`: Fields are wrong. `errors` names each, and how to fix it.
             */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "provider_credentials_invalid" | "document_issuer_conflict" | "unsupported_operation" | "validation_failed";
                    };
                };
            };
            429: components["responses"]["RateLimited"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    removePaymentProvider: {
        parameters: {
            query?: never;
            header?: {
                /** @description The person behind the call, for the audit log. */
                "Tashlum-Actor"?: components["parameters"]["Actor"];
                /** @description Why, for the audit log. */
                "Tashlum-Reason"?: components["parameters"]["Reason"];
            };
            path: {
                /** @description The workspace. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It is disabled. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["HeaderInvalid"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["InsufficientScope"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    testPaymentProvider: {
        parameters: {
            query?: never;
            header?: {
                /** @description The person behind the call, for the audit log. */
                "Tashlum-Actor"?: components["parameters"]["Actor"];
                /** @description Why, for the audit log. */
                "Tashlum-Reason"?: components["parameters"]["Reason"];
            };
            path: {
                /** @description The workspace. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": Record<string, never> | components["schemas"]["PaymentProviderAccount"];
            };
        };
        responses: {
            /** @description The credentials are accepted. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PaymentProviderTest"];
                };
            };
            /**
             * @description - `header_invalid`: A header comes twice or holds no readable text.
             *     - `malformed_json`: The body is not JSON, is not UTF-8, or is nested too deep.
             */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "header_invalid" | "malformed_json";
                    };
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["InsufficientScope"];
            404: components["responses"]["NotFound"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            /**
             * @description - `provider_credentials_invalid`: The vendor does not accept the credentials.
             *     - `validation_failed`: Fields are wrong. `errors` names each, and how to fix it.
             */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "provider_credentials_invalid" | "validation_failed";
                    };
                };
            };
            429: components["responses"]["RateLimited"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    getInvoiceService: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The workspace. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The account, without its secrets. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StoredInvoiceService"];
                };
            };
            400: components["responses"]["HeaderInvalid"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["InsufficientScope"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["ValidationFailed"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    putInvoiceService: {
        parameters: {
            query?: never;
            header?: {
                /** @description The person behind the call, for the audit log. */
                "Tashlum-Actor"?: components["parameters"]["Actor"];
                /** @description Why, for the audit log. */
                "Tashlum-Reason"?: components["parameters"]["Reason"];
            };
            path: {
                /** @description The workspace. */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["InvoiceServiceAccount"];
            };
        };
        responses: {
            /** @description The account, without its secrets. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StoredInvoiceService"];
                };
            };
            /**
             * @description - `header_invalid`: A header comes twice or holds no readable text.
             *     - `malformed_json`: The body is not JSON, is not UTF-8, or is nested too deep.
             */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "header_invalid" | "malformed_json";
                    };
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["InsufficientScope"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            /**
             * @description - `provider_credentials_invalid`: The vendor does not accept the credentials.
             *     - `document_issuer_conflict`: Legal documents come from one place. `documentIssuer` and the invoice service differ.
             *     - `validation_failed`: Fields are wrong. `errors` names each, and how to fix it.
             */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "provider_credentials_invalid" | "document_issuer_conflict" | "validation_failed";
                    };
                };
            };
            429: components["responses"]["RateLimited"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    removeInvoiceService: {
        parameters: {
            query?: never;
            header?: {
                /** @description The person behind the call, for the audit log. */
                "Tashlum-Actor"?: components["parameters"]["Actor"];
                /** @description Why, for the audit log. */
                "Tashlum-Reason"?: components["parameters"]["Reason"];
            };
            path: {
                /** @description The workspace. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It is disabled. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["HeaderInvalid"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["InsufficientScope"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    testInvoiceService: {
        parameters: {
            query?: never;
            header?: {
                /** @description The person behind the call, for the audit log. */
                "Tashlum-Actor"?: components["parameters"]["Actor"];
                /** @description Why, for the audit log. */
                "Tashlum-Reason"?: components["parameters"]["Reason"];
            };
            path: {
                /** @description The workspace. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": Record<string, never> | components["schemas"]["InvoiceServiceAccount"];
            };
        };
        responses: {
            /** @description The credentials are accepted. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["InvoiceServiceTest"];
                };
            };
            /**
             * @description - `header_invalid`: A header comes twice or holds no readable text.
             *     - `malformed_json`: The body is not JSON, is not UTF-8, or is nested too deep.
             */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "header_invalid" | "malformed_json";
                    };
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["InsufficientScope"];
            404: components["responses"]["NotFound"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            /**
             * @description - `provider_credentials_invalid`: The vendor does not accept the credentials.
             *     - `validation_failed`: Fields are wrong. `errors` names each, and how to fix it.
             */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "provider_credentials_invalid" | "validation_failed";
                    };
                };
            };
            429: components["responses"]["RateLimited"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    connectTaxAuthority: {
        parameters: {
            query?: never;
            header?: {
                /** @description The person behind the call, for the audit log. */
                "Tashlum-Actor"?: components["parameters"]["Actor"];
                /** @description Why, for the audit log. */
                "Tashlum-Reason"?: components["parameters"]["Reason"];
            };
            path: {
                /** @description The workspace. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "userId": "000000018"
                 *     }
                 */
                "application/json": components["schemas"]["TaxAuthorityConnect"];
            };
        };
        responses: {
            /** @description Where to send the person. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TaxAuthorityAuthorization"];
                };
            };
            /**
             * @description - `header_invalid`: A header comes twice or holds no readable text.
             *     - `malformed_json`: The body is not JSON, is not UTF-8, or is nested too deep.
             */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "header_invalid" | "malformed_json";
                    };
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["InsufficientScope"];
            404: components["responses"]["NotFound"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            /**
             * @description - `unsupported_operation`: The vendor, or this state of the payment, cannot do that. The answer says what can be done.
             *     - `validation_failed`: Fields are wrong. `errors` names each, and how to fix it.
             */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "unsupported_operation" | "validation_failed";
                    };
                };
            };
            429: components["responses"]["RateLimited"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    getTaxAuthorityConnection: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The workspace. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description How it stands. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TaxAuthorityConnection"];
                };
            };
            400: components["responses"]["HeaderInvalid"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["InsufficientScope"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["ValidationFailed"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    disconnectTaxAuthority: {
        parameters: {
            query?: never;
            header?: {
                /** @description The person behind the call, for the audit log. */
                "Tashlum-Actor"?: components["parameters"]["Actor"];
                /** @description Why, for the audit log. */
                "Tashlum-Reason"?: components["parameters"]["Reason"];
            };
            path: {
                /** @description The workspace. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It is not connected any more. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["HeaderInvalid"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["InsufficientScope"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    listApiKeys: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The workspace. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All keys that were not revoked, newest first, expired ones too. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApiKeyList"];
                };
            };
            400: components["responses"]["HeaderInvalid"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["InsufficientScope"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["ValidationFailed"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    createApiKey: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
                /** @description The person behind the call, for the audit log. */
                "Tashlum-Actor"?: components["parameters"]["Actor"];
                /** @description Why, for the audit log. */
                "Tashlum-Reason"?: components["parameters"]["Reason"];
            };
            path: {
                /** @description The workspace. */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "Front desk",
                 *       "scopes": [
                 *         "links:read",
                 *         "links:write"
                 *       ]
                 *     }
                 */
                "application/json": components["schemas"]["NewApiKey"];
            };
        };
        responses: {
            /** @description The key with its secret, which is shown once. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApiKeyWithSecret"];
                };
            };
            /**
             * @description - `header_invalid`: A header comes twice or holds no readable text.
             *     - `malformed_json`: The body is not JSON, is not UTF-8, or is nested too deep.
             *     - `idempotency_key_invalid`: The `Idempotency-Key` needs 1 to 255 visible ASCII characters, and comes once.
             */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "header_invalid" | "malformed_json" | "idempotency_key_invalid";
                    };
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["InsufficientScope"];
            404: components["responses"]["NotFound"];
            /**
             * @description - `idempotency_in_progress`: The first request with this key is still running. Repeat it after `Retry-After`.
             *     - `idempotency_answer_gone`: The first request with this key was carried out, and its answer is kept no longer: it held a secret or was erased. The answer says what to do.
             */
            409: {
                headers: {
                    /** @description Seconds to wait. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "idempotency_in_progress" | "idempotency_answer_gone";
                    };
                };
            };
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            /**
             * @description - `validation_failed`: Fields are wrong. `errors` names each, and how to fix it.
             *     - `idempotency_key_reused`: This key was used with another body. Use a new key.
             */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "validation_failed" | "idempotency_key_reused";
                    };
                };
            };
            429: components["responses"]["RateLimited"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    revokeApiKey: {
        parameters: {
            query?: never;
            header?: {
                /** @description The person behind the call, for the audit log. */
                "Tashlum-Actor"?: components["parameters"]["Actor"];
                /** @description Why, for the audit log. */
                "Tashlum-Reason"?: components["parameters"]["Reason"];
            };
            path: {
                /** @description The workspace. */
                id: string;
                /** @description The key. */
                keyId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The key works no more. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["HeaderInvalid"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["InsufficientScope"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    eraseCustomer: {
        parameters: {
            query?: never;
            header?: {
                /** @description The person behind the call, for the audit log. */
                "Tashlum-Actor"?: components["parameters"]["Actor"];
                /** @description Why, for the audit log. */
                "Tashlum-Reason"?: components["parameters"]["Reason"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "email": "noa@example.com"
                 *     }
                 */
                "application/json": components["schemas"]["Erasure"];
            };
        };
        responses: {
            /** @description What was erased and what was kept. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErasedPerson"];
                };
            };
            /**
             * @description - `header_invalid`: A header comes twice or holds no readable text.
             *     - `malformed_json`: The body is not JSON, is not UTF-8, or is nested too deep.
             */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "header_invalid" | "malformed_json";
                    };
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["InsufficientScope"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["ValidationFailed"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    listAudit: {
        parameters: {
            query?: {
                /** @description How many at most. */
                limit?: number;
                /** @description `next` of the page before. Leave it out to begin. */
                after?: string;
                from?: string;
                /** @description Entries before this instant. */
                to?: string;
                /** @description A whole actor, as entries show it. */
                actor?: string;
                action?: string;
                subjectId?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of entries. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["AuditEntry"][];
                        /** @description Send it as `after` to get the next page. `null` on the last page. */
                        next: string | null;
                    };
                };
            };
            400: components["responses"]["HeaderInvalid"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["InsufficientScope"];
            422: components["responses"]["ValidationFailed"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    listBreakers: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Every breaker, by name. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BreakerList"];
                };
            };
            400: components["responses"]["HeaderInvalid"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["InsufficientScope"];
            422: components["responses"]["ValidationFailed"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    openBreaker: {
        parameters: {
            query?: never;
            header?: {
                /** @description The person behind the call, for the audit log. */
                "Tashlum-Actor"?: components["parameters"]["Actor"];
                /** @description Why, for the audit log. */
                "Tashlum-Reason"?: components["parameters"]["Reason"];
            };
            path: {
                /** @description The breaker, as the list names it. */
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The breaker. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Breaker"];
                };
            };
            400: components["responses"]["HeaderInvalid"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["InsufficientScope"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    closeBreaker: {
        parameters: {
            query?: never;
            header?: {
                /** @description The person behind the call, for the audit log. */
                "Tashlum-Actor"?: components["parameters"]["Actor"];
                /** @description Why, for the audit log. */
                "Tashlum-Reason"?: components["parameters"]["Reason"];
            };
            path: {
                /** @description The breaker, as the list names it. */
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The breaker. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Breaker"];
                };
            };
            400: components["responses"]["HeaderInvalid"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["InsufficientScope"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    listInbox: {
        parameters: {
            query?: {
                /** @description How many at most. */
                limit?: number;
                /** @description `next` of the page before. Leave it out to begin. */
                after?: string;
                status?: "handled" | "pending" | "quarantined" | "refused";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of the inbox. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["InboxPage"];
                };
            };
            400: components["responses"]["HeaderInvalid"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["InsufficientScope"];
            422: components["responses"]["ValidationFailed"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    replayInboxRows: {
        parameters: {
            query?: never;
            header?: {
                /** @description The person behind the call, for the audit log. */
                "Tashlum-Actor"?: components["parameters"]["Actor"];
                /** @description Why, for the audit log. */
                "Tashlum-Reason"?: components["parameters"]["Reason"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "ids": [
                 *         "in_01kb2f3q7v9x8y7z6w5v4t3s2r"
                 *       ]
                 *     }
                 */
                "application/json": components["schemas"]["ReplayOrder"];
            };
        };
        responses: {
            /** @description What became of each. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReplayList"];
                };
            };
            /**
             * @description - `header_invalid`: A header comes twice or holds no readable text.
             *     - `malformed_json`: The body is not JSON, is not UTF-8, or is nested too deep.
             */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "header_invalid" | "malformed_json";
                    };
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["InsufficientScope"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["ValidationFailed"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    getInboxRow: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The row. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The row with headers and body, redacted. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["InboxDelivery"];
                };
            };
            400: components["responses"]["HeaderInvalid"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["InsufficientScope"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["ValidationFailed"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    replayInboxRow: {
        parameters: {
            query?: never;
            header?: {
                /** @description The person behind the call, for the audit log. */
                "Tashlum-Actor"?: components["parameters"]["Actor"];
                /** @description Why, for the audit log. */
                "Tashlum-Reason"?: components["parameters"]["Reason"];
            };
            path: {
                /** @description The row. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": Record<string, never>;
            };
        };
        responses: {
            /** @description The row after that. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["InboxRow"];
                };
            };
            /**
             * @description - `header_invalid`: A header comes twice or holds no readable text.
             *     - `malformed_json`: The body is not JSON, is not UTF-8, or is nested too deep.
             */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "header_invalid" | "malformed_json";
                    };
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["InsufficientScope"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["NotReplayable"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["ValidationFailed"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    listExchangeRates: {
        parameters: {
            query?: {
                currency?: "ILS" | "USD" | "EUR" | "GBP" | "CAD" | "AUD";
                from?: string;
                /** @description Exclusive. */
                to?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description At most 1,000 rates. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ExchangeRateList"];
                };
            };
            400: components["responses"]["HeaderInvalid"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["InsufficientScope"];
            422: components["responses"]["ValidationFailed"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    putExchangeRate: {
        parameters: {
            query?: never;
            header?: {
                /** @description The person behind the call, for the audit log. */
                "Tashlum-Actor"?: components["parameters"]["Actor"];
                /** @description Why, for the audit log. */
                "Tashlum-Reason"?: components["parameters"]["Reason"];
            };
            path: {
                /** @description Any currency of workspaces but `ILS`. */
                currency: string;
                /** @description The day for which it was published; not in the future. */
                day: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "rate": "3.7152"
                 *     }
                 */
                "application/json": components["schemas"]["NewExchangeRate"];
            };
        };
        responses: {
            /** @description The rate as it is stored. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ExchangeRate"];
                };
            };
            /**
             * @description - `header_invalid`: A header comes twice or holds no readable text.
             *     - `malformed_json`: The body is not JSON, is not UTF-8, or is nested too deep.
             */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "header_invalid" | "malformed_json";
                    };
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["InsufficientScope"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["ValidationFailed"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    getLiveness: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It does. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Liveness"];
                };
            };
        };
    };
    getReadiness: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Everything that is needed answers. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Readiness"];
                };
            };
            /** @description Something that is needed does not answer. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Readiness"];
                };
            };
        };
    };
    onPaymentLinkReady: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PaymentLinkReadyEvent"];
            };
        };
        responses: {
            /** @description You have it. It is not sent again. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description It is sent again later, with widening pauses. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description It is sent again later, with widening pauses. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    onPaymentRequestSent: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PaymentRequestSentEvent"];
            };
        };
        responses: {
            /** @description You have it. It is not sent again. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description It is sent again later, with widening pauses. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description It is sent again later, with widening pauses. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    onPaymentOverdue: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PaymentOverdueEvent"];
            };
        };
        responses: {
            /** @description You have it. It is not sent again. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description It is sent again later, with widening pauses. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description It is sent again later, with widening pauses. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    onPaymentCompleted: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PaymentCompletedEvent"];
            };
        };
        responses: {
            /** @description You have it. It is not sent again. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description It is sent again later, with widening pauses. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description It is sent again later, with widening pauses. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    onPaymentWarned: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PaymentWarnedEvent"];
            };
        };
        responses: {
            /** @description You have it. It is not sent again. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description It is sent again later, with widening pauses. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description It is sent again later, with widening pauses. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    onPaymentFailed: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PaymentFailedEvent"];
            };
        };
        responses: {
            /** @description You have it. It is not sent again. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description It is sent again later, with widening pauses. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description It is sent again later, with widening pauses. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    onPaymentExpired: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PaymentExpiredEvent"];
            };
        };
        responses: {
            /** @description You have it. It is not sent again. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description It is sent again later, with widening pauses. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description It is sent again later, with widening pauses. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    onPaymentCancelled: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PaymentCancelledEvent"];
            };
        };
        responses: {
            /** @description You have it. It is not sent again. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description It is sent again later, with widening pauses. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description It is sent again later, with widening pauses. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    onPaymentReviewOpened: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PaymentReviewOpenedEvent"];
            };
        };
        responses: {
            /** @description You have it. It is not sent again. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description It is sent again later, with widening pauses. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description It is sent again later, with widening pauses. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    onPaymentReviewClosed: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PaymentReviewClosedEvent"];
            };
        };
        responses: {
            /** @description You have it. It is not sent again. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description It is sent again later, with widening pauses. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description It is sent again later, with widening pauses. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    onPaymentRefunded: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PaymentRefundedEvent"];
            };
        };
        responses: {
            /** @description You have it. It is not sent again. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description It is sent again later, with widening pauses. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description It is sent again later, with widening pauses. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    onRefundCreated: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RefundCreatedEvent"];
            };
        };
        responses: {
            /** @description You have it. It is not sent again. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description It is sent again later, with widening pauses. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description It is sent again later, with widening pauses. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    onRefundCompleted: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RefundCompletedEvent"];
            };
        };
        responses: {
            /** @description You have it. It is not sent again. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description It is sent again later, with widening pauses. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description It is sent again later, with widening pauses. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    onRefundFailed: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RefundFailedEvent"];
            };
        };
        responses: {
            /** @description You have it. It is not sent again. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description It is sent again later, with widening pauses. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description It is sent again later, with widening pauses. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    onDisputeOpened: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DisputeOpenedEvent"];
            };
        };
        responses: {
            /** @description You have it. It is not sent again. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description It is sent again later, with widening pauses. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description It is sent again later, with widening pauses. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    onDisputeClosed: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DisputeClosedEvent"];
            };
        };
        responses: {
            /** @description You have it. It is not sent again. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description It is sent again later, with widening pauses. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description It is sent again later, with widening pauses. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    onDocumentIssued: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DocumentIssuedEvent"];
            };
        };
        responses: {
            /** @description You have it. It is not sent again. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description It is sent again later, with widening pauses. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description It is sent again later, with widening pauses. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    onDocumentAllocationRequired: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DocumentAllocationRequiredEvent"];
            };
        };
        responses: {
            /** @description You have it. It is not sent again. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description It is sent again later, with widening pauses. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description It is sent again later, with widening pauses. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    onDocumentAllocationRefused: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DocumentAllocationRefusedEvent"];
            };
        };
        responses: {
            /** @description You have it. It is not sent again. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description It is sent again later, with widening pauses. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description It is sent again later, with widening pauses. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    onDocumentCancelled: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DocumentCancelledEvent"];
            };
        };
        responses: {
            /** @description You have it. It is not sent again. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description It is sent again later, with widening pauses. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description It is sent again later, with widening pauses. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    onInvoicePushed: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["InvoicePushedEvent"];
            };
        };
        responses: {
            /** @description You have it. It is not sent again. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description It is sent again later, with widening pauses. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description It is sent again later, with widening pauses. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    onInvoiceFailed: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["InvoiceFailedEvent"];
            };
        };
        responses: {
            /** @description You have it. It is not sent again. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description It is sent again later, with widening pauses. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description It is sent again later, with widening pauses. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    onProviderCircuitOpened: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ProviderCircuitOpenedEvent"];
            };
        };
        responses: {
            /** @description You have it. It is not sent again. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description It is sent again later, with widening pauses. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description It is sent again later, with widening pauses. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    onProviderCircuitClosed: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ProviderCircuitClosedEvent"];
            };
        };
        responses: {
            /** @description You have it. It is not sent again. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description It is sent again later, with widening pauses. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description It is sent again later, with widening pauses. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    onProviderCredentialsFailing: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ProviderCredentialsFailingEvent"];
            };
        };
        responses: {
            /** @description You have it. It is not sent again. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description It is sent again later, with widening pauses. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description It is sent again later, with widening pauses. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    onProviderWebhooksRefused: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ProviderWebhooksRefusedEvent"];
            };
        };
        responses: {
            /** @description You have it. It is not sent again. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description It is sent again later, with widening pauses. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description It is sent again later, with widening pauses. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    onWorkspaceProviderChanged: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["WorkspaceProviderChangedEvent"];
            };
        };
        responses: {
            /** @description You have it. It is not sent again. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description It is sent again later, with widening pauses. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description It is sent again later, with widening pauses. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    onWorkspaceCeilingReached: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["WorkspaceCeilingReachedEvent"];
            };
        };
        responses: {
            /** @description You have it. It is not sent again. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description It is sent again later, with widening pauses. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description It is sent again later, with widening pauses. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    onTaxAuthorityConnectionExpiring: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TaxAuthorityConnectionExpiringEvent"];
            };
        };
        responses: {
            /** @description You have it. It is not sent again. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description It is sent again later, with widening pauses. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description It is sent again later, with widening pauses. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    onTaxAuthorityConnectionBroken: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TaxAuthorityConnectionBrokenEvent"];
            };
        };
        responses: {
            /** @description You have it. It is not sent again. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description It is sent again later, with widening pauses. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description It is sent again later, with widening pauses. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    onWebhookEndpointChanged: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["WebhookEndpointChangedEvent"];
            };
        };
        responses: {
            /** @description You have it. It is not sent again. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description It is sent again later, with widening pauses. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description It is sent again later, with widening pauses. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    onWebhookEndpointDisabled: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["WebhookEndpointDisabledEvent"];
            };
        };
        responses: {
            /** @description You have it. It is not sent again. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description It is sent again later, with widening pauses. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description It is sent again later, with widening pauses. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    onAuditHead: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AuditHeadEvent"];
            };
        };
        responses: {
            /** @description You have it. It is not sent again. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description It is sent again later, with widening pauses. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description It is sent again later, with widening pauses. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    onBooksRuleBroken: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["BooksRuleBrokenEvent"];
            };
        };
        responses: {
            /** @description You have it. It is not sent again. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description It is sent again later, with widening pauses. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description It is sent again later, with widening pauses. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    onExportCompleted: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ExportCompletedEvent"];
            };
        };
        responses: {
            /** @description You have it. It is not sent again. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description It is sent again later, with widening pauses. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description It is sent again later, with widening pauses. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    onAccountantMonthSent: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AccountantMonthSentEvent"];
            };
        };
        responses: {
            /** @description You have it. It is not sent again. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description It is sent again later, with widening pauses. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description It is sent again later, with widening pauses. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    onAccountantMonthFailed: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AccountantMonthFailedEvent"];
            };
        };
        responses: {
            /** @description You have it. It is not sent again. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description It is sent again later, with widening pauses. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description It is sent again later, with widening pauses. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    onTest: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TestEvent"];
            };
        };
        responses: {
            /** @description You have it. It is not sent again. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description It is sent again later, with widening pauses. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description It is sent again later, with widening pauses. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
}

export const PROBLEM_CODES = [
    'malformed_json',
    'header_invalid',
    'idempotency_key_required',
    'idempotency_key_invalid',
    'unauthorized',
    'bad_signature',
    'insufficient_scope',
    'not_found',
    'already_paid',
    'conflict',
    'currency_locked',
    'document_not_ready',
    'original_left',
    'file_not_ready',
    'idempotency_answer_gone',
    'idempotency_in_progress',
    'no_payment_provider',
    'not_open',
    'not_refundable',
    'not_replayable',
    'outcome_unknown',
    'reference_taken',
    'refund_exceeds_charge',
    'no_open_review',
    'file_expired',
    'body_too_large',
    'unsupported_media_type',
    'validation_failed',
    'document_issuer_conflict',
    'idempotency_key_reused',
    'issuer_incomplete',
    'postdated_check_unsupported',
    'provider_credentials_invalid',
    'refund_lines_required',
    'unsupported_operation',
    'vat_country_unsupported',
    'rate_limited',
    'internal_error',
    'unavailable',
] as const;

export const KEYED_POSTS = [
    '/v1/payments',
    '/v1/payments/manual',
    '/v1/payments/{id}/request',
    '/v1/payments/{id}/refunds',
    '/v1/documents/{id}/email',
    '/v1/webhook-endpoints',
    '/v1/webhook-endpoints/{id}/rotate-secret',
    '/v1/webhook-endpoints/{id}/test',
    '/v1/exports',
    '/v1/workspaces',
    '/v1/workspaces/{id}/api-keys',
] as const;

-- What the migrations come to, listed from the catalogs by `npm run schema`. Do not edit: a test holds it against the database.

-- columns
allocation_requests.document_id text NOT NULL
allocation_requests.workspace_id text NOT NULL
allocation_requests.status text NOT NULL DEFAULT 'waiting'::text
allocation_requests.tries integer NOT NULL DEFAULT 0
allocation_requests.due_at timestamp with time zone NOT NULL
allocation_requests.refusal_code text
allocation_requests.last_error text
allocation_requests.created_at timestamp with time zone NOT NULL DEFAULT now()
api_keys.id text NOT NULL
api_keys.workspace_id text NOT NULL
api_keys.name text NOT NULL
api_keys.scopes text[] NOT NULL
api_keys.prefix text NOT NULL
api_keys.secret_hash bytea NOT NULL
api_keys.created_at timestamp with time zone NOT NULL DEFAULT now()
api_keys.last_used_at timestamp with time zone
api_keys.revoked_at timestamp with time zone
api_keys.expires_at timestamp with time zone
audit_heads.workspace_id text NOT NULL
audit_heads.sequence bigint NOT NULL
audit_heads.link bytea NOT NULL
audit_heads.reported_at timestamp with time zone NOT NULL DEFAULT now()
audit_log.workspace_id text NOT NULL
audit_log.sequence bigint NOT NULL
audit_log.at timestamp with time zone NOT NULL DEFAULT now()
audit_log.actor text NOT NULL
audit_log.action text NOT NULL
audit_log.reason text
audit_log.subject_id text
audit_log.detail jsonb NOT NULL DEFAULT '{}'::jsonb
audit_log.link bytea NOT NULL
audit_log.reason_hash bytea
audit_log.reason_salt bytea
books_checks.rule text NOT NULL
books_checks.broken bigint NOT NULL
books_checks.checked_at timestamp with time zone NOT NULL
circuit_breakers.name text NOT NULL
circuit_breakers.state text NOT NULL
circuit_breakers.failures integer NOT NULL
circuit_breakers.opens_until timestamp with time zone
circuit_breakers.refused_since timestamp with time zone
circuit_breakers.refusal_told_at timestamp with time zone
disputes.id text NOT NULL
disputes.workspace_id text NOT NULL
disputes.payment_id text NOT NULL
disputes.account_id text NOT NULL
disputes.provider_dispute_id text NOT NULL
disputes.charge_id text
disputes.status text NOT NULL
disputes.amount bigint NOT NULL
disputes.currency character(3) NOT NULL
disputes.opened_at timestamp with time zone NOT NULL DEFAULT now()
disputes.closed_at timestamp with time zone
disputes.resolved_at timestamp with time zone
disputes.provider_transaction_id text
disputes.resolution text
document_counters.workspace_id text NOT NULL
document_counters.series text NOT NULL
document_counters.last_number bigint NOT NULL
document_files.document_id text NOT NULL
document_files.variant text NOT NULL
document_files.workspace_id text NOT NULL
document_files.bytes bytea NOT NULL
document_files.sha256 text NOT NULL
document_files.signed boolean NOT NULL
document_files.created_at timestamp with time zone NOT NULL DEFAULT now()
document_files.computerised boolean NOT NULL DEFAULT false
document_shekels.document_id text NOT NULL
document_shekels.workspace_id text NOT NULL
document_shekels.sums jsonb NOT NULL
document_shekels.created_at timestamp with time zone NOT NULL DEFAULT now()
encryption_keys.id text NOT NULL
encryption_keys.canary_sealed bytea NOT NULL
encryption_keys.created_at timestamp with time zone NOT NULL DEFAULT now()
event_attempts.id text NOT NULL
event_attempts.event_id text NOT NULL
event_attempts.endpoint_id text NOT NULL
event_attempts.workspace_id text NOT NULL
event_attempts.at timestamp with time zone NOT NULL
event_attempts.duration_ms integer NOT NULL
event_attempts.failure text
event_attempts.status integer
event_attempts.error text
event_attempts.answer text
event_deliveries.endpoint_id text NOT NULL
event_deliveries.event_id text NOT NULL
event_deliveries.workspace_id text NOT NULL
event_deliveries.subject text NOT NULL
event_deliveries.sequence bigint NOT NULL
event_deliveries.status text NOT NULL DEFAULT 'waiting'::text
event_streams.endpoint_id text NOT NULL
event_streams.subject text NOT NULL
event_streams.workspace_id text NOT NULL
event_streams.due_at timestamp with time zone DEFAULT now()
event_streams.has_news boolean NOT NULL DEFAULT false
event_streams.turn bigint NOT NULL DEFAULT 0
event_streams.tries integer NOT NULL DEFAULT 0
event_streams.waits_since timestamp with time zone NOT NULL DEFAULT now()
events.id text NOT NULL
events.workspace_id text NOT NULL
events.payment_id text
events.type text NOT NULL
events.sequence bigint NOT NULL
events.facts jsonb NOT NULL
events.created_at timestamp with time zone NOT NULL DEFAULT now()
exchange_rates.currency character(3) NOT NULL
exchange_rates.day date NOT NULL
exchange_rates.known_until date NOT NULL
exchange_rates.rate bigint NOT NULL
exchange_rates.entered_at timestamp with time zone NOT NULL DEFAULT now()
export_documents.workspace_id text NOT NULL
export_documents.export_id text NOT NULL
export_documents.document_id text NOT NULL
export_pieces.export_id text NOT NULL
export_pieces.attempt integer NOT NULL
export_pieces.number integer NOT NULL
export_pieces.workspace_id text NOT NULL
export_pieces.bytes bytea NOT NULL
exports.id text NOT NULL
exports.workspace_id text NOT NULL
exports.kind text NOT NULL
exports.format text NOT NULL
exports.from_day date NOT NULL
exports.to_day date NOT NULL
exports.locale text NOT NULL
exports.status text NOT NULL
exports.rows bigint NOT NULL DEFAULT 0
exports.created_at timestamp with time zone NOT NULL DEFAULT now()
exports.completed_at timestamp with time zone
exports.currency character(3) NOT NULL
exports.total_rows bigint
exports.attempt integer NOT NULL DEFAULT 0
exports.failure text
exports.file_name text
exports.size_bytes bigint
exports.sha256 text
exports.started_at timestamp with time zone
exports.expires_at timestamp with time zone
exports.options jsonb NOT NULL DEFAULT '{}'::jsonb
exports.run_minute timestamp with time zone
idempotency_keys.workspace_id text NOT NULL
idempotency_keys.scope text NOT NULL
idempotency_keys.key text NOT NULL
idempotency_keys.request_hash bytea NOT NULL
idempotency_keys.resource_id text
idempotency_keys.lease_until timestamp with time zone
idempotency_keys.response_status integer
idempotency_keys.response_sealed bytea
idempotency_keys.created_at timestamp with time zone NOT NULL DEFAULT now()
idempotency_keys.answer_until timestamp with time zone
invoice_pushes.document_id text NOT NULL
invoice_pushes.workspace_id text NOT NULL
invoice_pushes.account_id text NOT NULL
invoice_pushes.service text NOT NULL
invoice_pushes.status text NOT NULL
invoice_pushes.external_id text
invoice_pushes.external_number text
invoice_pushes.external_url text
invoice_pushes.allocation_number text
invoice_pushes.allocation_due_at timestamp with time zone
invoice_pushes.last_error text
invoice_pushes.lease_until timestamp with time zone
invoice_pushes.created_at timestamp with time zone NOT NULL DEFAULT now()
invoice_pushes.pushed_at timestamp with time zone
invoice_pushes.kept_at timestamp with time zone
mails.id text NOT NULL
mails.workspace_id text NOT NULL
mails.payment_id text
mails.kind text NOT NULL
mails.document_id text
mails.variant text
mails.recipient text NOT NULL
mails.locale text NOT NULL
mails.status text NOT NULL DEFAULT 'due'::text
mails.due_at timestamp with time zone NOT NULL DEFAULT now()
mails.lease_until timestamp with time zone
mails.asked_at timestamp with time zone
mails.attempts integer NOT NULL DEFAULT 0
mails.lost_answers integer NOT NULL DEFAULT 0
mails.last_error text
mails.created_at timestamp with time zone NOT NULL DEFAULT now()
mails.sent_at timestamp with time zone
mails.month text
mails.export_id text
manual_payments.payment_id text NOT NULL
manual_payments.workspace_id text NOT NULL
manual_payments.method text NOT NULL
manual_payments.paid_on date NOT NULL
manual_payments.paid_at timestamp with time zone NOT NULL
manual_payments.check_details jsonb
manual_payments.notes text
manual_payments.means jsonb
manual_payments.late_reason text
manual_payments.invoice_due_on date
patur_steps.workspace_id text NOT NULL
patur_steps.year integer NOT NULL
patur_steps.step integer NOT NULL
patur_steps.told_at timestamp with time zone NOT NULL DEFAULT now()
payment_log.id bigint NOT NULL
payment_log.workspace_id text NOT NULL
payment_log.payment_id text NOT NULL
payment_log.at timestamp with time zone NOT NULL DEFAULT clock_timestamp()
payment_log.kind text NOT NULL
payment_log.summary text NOT NULL
payment_log.from_status text
payment_log.to_status text
payment_log.detail jsonb NOT NULL DEFAULT '{}'::jsonb
payment_requests.payment_id text NOT NULL
payment_requests.workspace_id text NOT NULL
payment_requests.due_at timestamp with time zone
payment_requests.remind_after_days integer
payment_requests.overdue_after_hours integer NOT NULL
payment_requests.asked_at timestamp with time zone
payment_requests.last_asked_at timestamp with time zone
payment_requests.reminders integer NOT NULL DEFAULT 0
payment_requests.overdue_at timestamp with time zone
payment_requests.owed_since timestamp with time zone
payment_requests.created_at timestamp with time zone NOT NULL DEFAULT now()
payments.id text NOT NULL
payments.workspace_id text NOT NULL
payments.account_id text
payments.provider text NOT NULL
payments.status text NOT NULL
payments.outcome text NOT NULL DEFAULT 'known'::text
payments.next_check_at timestamp with time zone
payments.review text
payments.reference text NOT NULL
payments.subject text
payments.description text NOT NULL
payments.amount bigint NOT NULL
payments.charge_amount bigint NOT NULL
payments.currency character(3) NOT NULL
payments.vat_included boolean NOT NULL
payments.vat_treatment text NOT NULL
payments.vat_reason text
payments.service_date date
payments.items jsonb
payments.customer jsonb
payments.metadata jsonb NOT NULL DEFAULT '{}'::jsonb
payments.methods text[]
payments.max_installments integer
payments.success_url text
payments.cancel_url text
payments.link_token_hash bytea
payments.link_token_sealed bytea
payments.method text
payments.captured_amount bigint NOT NULL DEFAULT 0
payments.refunded_amount bigint NOT NULL DEFAULT 0
payments.event_sequence integer NOT NULL DEFAULT 0
payments.taken_from text
payments.created_at timestamp with time zone NOT NULL DEFAULT now()
payments.paid_at timestamp with time zone
payments.completed_at timestamp with time zone
payments.expires_at timestamp with time zone
payments.charge_check_at timestamp with time zone
payments.failure jsonb
payments.review_refund_ids text[] NOT NULL DEFAULT '{}'::text[]
payments.reference_freed_at timestamp with time zone
payments.warnings text[] NOT NULL DEFAULT '{}'::text[]
payments.discount bigint NOT NULL DEFAULT 0
payments.patient jsonb
payments.session_dates date[] NOT NULL DEFAULT '{}'::date[]
payments.print_patient boolean NOT NULL DEFAULT false
payments.erased_at timestamp with time zone
provider_accounts.id text NOT NULL
provider_accounts.workspace_id text NOT NULL
provider_accounts.family text NOT NULL
provider_accounts.provider text NOT NULL
provider_accounts.account_key_hash bytea NOT NULL
provider_accounts.credentials_sealed bytea NOT NULL
provider_accounts.previous_sealed bytea
provider_accounts.previous_valid_until timestamp with time zone
provider_accounts.options jsonb NOT NULL
provider_accounts.webhook_token_hash bytea NOT NULL
provider_accounts.webhook_token_sealed bytea NOT NULL
provider_accounts.is_active boolean NOT NULL
provider_accounts.last_checked_at timestamp with time zone
provider_accounts.last_success_at timestamp with time zone
provider_accounts.created_at timestamp with time zone NOT NULL DEFAULT now()
provider_accounts.compared_until timestamp with time zone
provider_events.id text NOT NULL
provider_events.workspace_id text NOT NULL
provider_events.account_id text NOT NULL
provider_events.provider text NOT NULL
provider_events.event_id text NOT NULL
provider_events.kind text
provider_events.payment_id text
provider_events.verdict text NOT NULL
provider_events.reason text
provider_events.body_sealed bytea
provider_events.headers_sealed bytea
provider_events.body_sha256 bytea NOT NULL
provider_events.remote_address text
provider_events.received_at timestamp with time zone NOT NULL DEFAULT now()
provider_events.signalled_at timestamp with time zone
provider_events.handled_at timestamp with time zone
provider_events.handled_as text
provider_events.provider_transaction_id text
provider_events.names text
provider_events.due_at timestamp with time zone
provider_events.names_status text
provider_pages.id text NOT NULL
provider_pages.workspace_id text NOT NULL
provider_pages.payment_id text NOT NULL
provider_pages.account_id text NOT NULL
provider_pages.provider_page_id text NOT NULL
provider_pages.secret_sealed bytea
provider_pages.url text NOT NULL
provider_pages.state text NOT NULL
provider_pages.expires_at timestamp with time zone NOT NULL
provider_pages.created_at timestamp with time zone NOT NULL DEFAULT now()
provider_transactions.id text NOT NULL
provider_transactions.workspace_id text NOT NULL
provider_transactions.payment_id text NOT NULL
provider_transactions.account_id text
provider_transactions.provider_transaction_id text NOT NULL
provider_transactions.kind text NOT NULL
provider_transactions.status text NOT NULL
provider_transactions.amount bigint NOT NULL
provider_transactions.currency character(3) NOT NULL
provider_transactions.paid_at timestamp with time zone NOT NULL
provider_transactions.paid_at_raw text NOT NULL
provider_transactions.means jsonb NOT NULL
provider_transactions.payer_name text
provider_transactions.refund_of text
provider_transactions.refund_reference text
provider_transactions.secret_sealed bytea
provider_transactions.fee bigint
provider_transactions.settled_on date
provider_transactions.raw_code text NOT NULL
provider_transactions.foreign_document text
provider_transactions.acknowledge_at timestamp with time zone
provider_transactions.acknowledged_at timestamp with time zone
provider_transactions.created_at timestamp with time zone NOT NULL DEFAULT now()
provider_transactions.refundable_amount bigint
rate_limits.name text NOT NULL
rate_limits.tokens double precision NOT NULL
rate_limits.at timestamp with time zone NOT NULL
reconciliation_findings.account_id text NOT NULL
reconciliation_findings.kind text NOT NULL
reconciliation_findings.subject text NOT NULL
reconciliation_findings.workspace_id text NOT NULL
reconciliation_findings.payment_id text NOT NULL
reconciliation_findings.found_at timestamp with time zone NOT NULL DEFAULT now()
refunds.id text NOT NULL
refunds.workspace_id text NOT NULL
refunds.payment_id text NOT NULL
refunds.charge_id text NOT NULL
refunds.transaction_id text
refunds.amount bigint NOT NULL
refunds.currency character(3) NOT NULL
refunds.method text NOT NULL
refunds.origin text NOT NULL
refunds.is_documented boolean NOT NULL
refunds.status text NOT NULL
refunds.outcome text NOT NULL DEFAULT 'known'::text
refunds.next_check_at timestamp with time zone
refunds.reason text NOT NULL
refunds.failure text
refunds.paid_on date
refunds.created_at timestamp with time zone NOT NULL DEFAULT now()
refunds.started_at timestamp with time zone
refunds.sent_at timestamp with time zone
refunds.provider_refund_id text
refunds.completed_at timestamp with time zone
refunds.answered_at timestamp with time zone
refunds.start_claimed_until timestamp with time zone
refunds.person_asked_at timestamp with time zone
refunds.recognised_id text
refunds.items jsonb
refunds.credit_waits boolean NOT NULL DEFAULT false
review_questions.payment_id text NOT NULL
review_questions.reason text NOT NULL
review_questions.subject text NOT NULL
review_questions.workspace_id text NOT NULL
review_questions.asked_at timestamp with time zone NOT NULL DEFAULT now()
review_questions.answered_at timestamp with time zone
review_resolutions.id text NOT NULL
review_resolutions.workspace_id text NOT NULL
review_resolutions.payment_id text NOT NULL
review_resolutions.review text NOT NULL
review_resolutions.action text NOT NULL
review_resolutions.reason text NOT NULL
review_resolutions.paid boolean
review_resolutions.provider_transaction_id text
review_resolutions.created_at timestamp with time zone NOT NULL DEFAULT now()
review_resolutions.applied_at timestamp with time zone
review_resolutions.refund_id text
review_resolutions.start_claimed_until timestamp with time zone
review_resolutions.items jsonb
review_resolutions.disputes jsonb NOT NULL DEFAULT '[]'::jsonb
tax_authority_connections.workspace_id text NOT NULL
tax_authority_connections.user_id text
tax_authority_connections.state_hash bytea
tax_authority_connections.state_expires_at timestamp with time zone
tax_authority_connections.refresh_token_sealed bytea
tax_authority_connections.refresh_expires_at timestamp with time zone
tax_authority_connections.access_token_sealed bytea
tax_authority_connections.access_expires_at timestamp with time zone
tax_authority_connections.connected_at timestamp with time zone
tax_authority_connections.broken_at timestamp with time zone
tax_authority_connections.renewing_until timestamp with time zone
tax_authority_connections.warned_at timestamp with time zone
tax_authority_connections.created_at timestamp with time zone NOT NULL DEFAULT now()
tax_documents.id text NOT NULL
tax_documents.workspace_id text NOT NULL
tax_documents.payment_id text NOT NULL
tax_documents.refund_id text
tax_documents.transaction_id text
tax_documents.original_document_id text
tax_documents.type text NOT NULL
tax_documents.series text NOT NULL
tax_documents.number bigint NOT NULL
tax_documents.fiscal_year integer NOT NULL
tax_documents.document_date date NOT NULL
tax_documents.currency character(3) NOT NULL
tax_documents.net bigint NOT NULL
tax_documents.vat bigint NOT NULL
tax_documents.total bigint NOT NULL
tax_documents.rate_bp integer NOT NULL
tax_documents.status text NOT NULL
tax_documents.allocation_number text
tax_documents.content jsonb NOT NULL
tax_documents.acknowledged_at timestamp with time zone
tax_documents.original_left_at timestamp with time zone
tax_documents.original_held_until timestamp with time zone
tax_documents.created_at timestamp with time zone NOT NULL DEFAULT clock_timestamp()
tax_documents.reverses_document_id text
tax_documents.zero_rated bigint NOT NULL DEFAULT untaxed_sum(content, 'zero_rated'::text)
tax_documents.exempt bigint NOT NULL DEFAULT untaxed_sum(content, 'exempt'::text)
tax_documents.payment_provider text NOT NULL
tax_documents.payment_method text
tax_documents.acknowledged_by text
tax_documents.acknowledgement_note text
tax_documents.counts_as text NOT NULL DEFAULT 
CASE
    WHEN ((type = 'tax_invoice'::text) OR (COALESCE((content #>> '{credits,type}'::text[]), ''::text) = 'tax_invoice'::text)) THEN 'sale'::text
    WHEN (content ? 'invoiceDueOn'::text) THEN 'money'::text
    ELSE 'both'::text
END
tax_profiles.workspace_id text NOT NULL
tax_profiles.valid_from date NOT NULL
tax_profiles.dealer_type text NOT NULL
tax_profiles.vat_registered boolean NOT NULL
unreadable_rows.payment_id text NOT NULL
unreadable_rows.row_id text NOT NULL
unreadable_rows.workspace_id text NOT NULL
unreadable_rows.problem text NOT NULL
unreadable_rows.found_at timestamp with time zone NOT NULL DEFAULT now()
unreadable_rows.held_at timestamp with time zone
unreadable_rows.seen_at timestamp with time zone
webhook_endpoints.id text NOT NULL
webhook_endpoints.workspace_id text NOT NULL
webhook_endpoints.url text NOT NULL
webhook_endpoints.api_version text NOT NULL
webhook_endpoints.event_types text[]
webhook_endpoints.secret_sealed bytea
webhook_endpoints.previous_sealed bytea
webhook_endpoints.previous_valid_until timestamp with time zone
webhook_endpoints.created_at timestamp with time zone NOT NULL DEFAULT now()
webhook_endpoints.status text NOT NULL DEFAULT 'enabled'::text
webhook_endpoints.failing_since timestamp with time zone
webhook_endpoints.disabled_at timestamp with time zone
webhook_endpoints.disabled_reason text
webhook_refusals.account_id text NOT NULL
webhook_refusals.workspace_id text NOT NULL
webhook_refusals.at timestamp with time zone NOT NULL DEFAULT now()
webhook_refusals.reason text NOT NULL
webhook_refusals.in_a_row integer NOT NULL DEFAULT 1
webhook_refusals.since timestamp with time zone NOT NULL DEFAULT now()
webhook_refusals.told_at timestamp with time zone
webhook_refusals.due_at timestamp with time zone DEFAULT now()
webhook_refusals.asked_at timestamp with time zone
webhook_refusals.asked_before timestamp with time zone
workspace_logos.workspace_id text NOT NULL
workspace_logos.sha256 text NOT NULL
workspace_logos.png bytea NOT NULL
workspace_logos.width integer NOT NULL
workspace_logos.height integer NOT NULL
workspace_logos.created_at timestamp with time zone NOT NULL DEFAULT now()
workspaces.id text NOT NULL
workspaces.name text NOT NULL
workspaces.legal_name jsonb NOT NULL
workspaces.tax_id text NOT NULL
workspaces.address jsonb NOT NULL
workspaces.time_zone text NOT NULL
workspaces.currency character(3) NOT NULL
workspaces.locale text NOT NULL
workspaces.mode text NOT NULL
workspaces.document_issuer text
workspaces.receipt_email boolean NOT NULL
workspaces.receipt_print text NOT NULL
workspaces.provider_description text
workspaces.books_closed_through date
workspaces.payment_request jsonb
workspaces.event_sequence integer NOT NULL DEFAULT 0
workspaces.created_at timestamp with time zone NOT NULL DEFAULT now()
workspaces.logo_sha256 text
workspaces.e_document_consents_held boolean NOT NULL DEFAULT false
workspaces.invoice_service_text text NOT NULL DEFAULT 'neutral'::text
workspaces.exempt_sales text NOT NULL DEFAULT 'transaction_invoice'::text
workspaces.hashavshevet jsonb
workspaces.receipt_on_pay_page boolean NOT NULL DEFAULT false
workspaces.accountant_month jsonb
workspaces.vat_return jsonb

-- constraints
allocation_requests allocation_requests_document_id_fkey: FOREIGN KEY (document_id) REFERENCES tax_documents(id) ON DELETE RESTRICT
allocation_requests allocation_requests_pkey: PRIMARY KEY (document_id)
allocation_requests allocation_requests_refusal_has_a_code: CHECK (((status = 'refused'::text) = (refusal_code IS NOT NULL)))
allocation_requests allocation_requests_status_is_known: CHECK ((status = ANY (ARRAY['waiting'::text, 'approved'::text, 'refused'::text])))
allocation_requests allocation_requests_workspace_id_fkey: FOREIGN KEY (workspace_id) REFERENCES workspaces(id) ON DELETE RESTRICT
api_keys api_keys_expire_after_their_birth: CHECK ((expires_at > created_at))
api_keys api_keys_hash_is_unique: UNIQUE (secret_hash)
api_keys api_keys_pkey: PRIMARY KEY (id)
api_keys api_keys_workspace_id_fkey: FOREIGN KEY (workspace_id) REFERENCES workspaces(id) ON DELETE RESTRICT
audit_heads audit_heads_pkey: PRIMARY KEY (workspace_id)
audit_heads audit_heads_workspace_id_fkey: FOREIGN KEY (workspace_id) REFERENCES workspaces(id) ON DELETE RESTRICT
audit_log audit_log_hash_has_a_reason: CHECK (((reason_hash IS NULL) OR (reason IS NOT NULL)))
audit_log audit_log_pkey: PRIMARY KEY (workspace_id, sequence)
audit_log audit_log_salt_has_a_hash: CHECK (((reason_salt IS NULL) OR (reason_hash IS NOT NULL)))
audit_log audit_log_workspace_id_fkey: FOREIGN KEY (workspace_id) REFERENCES workspaces(id) ON DELETE RESTRICT
books_checks books_checks_count_is_not_negative: CHECK ((broken >= 0))
books_checks books_checks_pkey: PRIMARY KEY (rule)
circuit_breakers circuit_breakers_closed_waits_for_nothing: CHECK (((state = 'closed'::text) = (opens_until IS NULL)))
circuit_breakers circuit_breakers_pkey: PRIMARY KEY (name)
circuit_breakers circuit_breakers_state_is_known: CHECK ((state = ANY (ARRAY['closed'::text, 'open'::text, 'half_open'::text])))
disputes disputes_account_id_fkey: FOREIGN KEY (account_id) REFERENCES provider_accounts(id) ON DELETE RESTRICT
disputes disputes_charge_id_fkey: FOREIGN KEY (charge_id) REFERENCES provider_transactions(id) ON DELETE RESTRICT
disputes disputes_id_is_unique: UNIQUE (account_id, provider_dispute_id)
disputes disputes_payment_is_of_their_workspace: FOREIGN KEY (workspace_id, payment_id) REFERENCES payments(workspace_id, id) ON DELETE RESTRICT
disputes disputes_pkey: PRIMARY KEY (id)
disputes disputes_resolution_is_known: CHECK ((resolution = ANY (ARRAY['refund'::text, 'dismiss'::text])))
disputes disputes_resolution_says_when: CHECK (((resolution IS NULL) = (resolved_at IS NULL)))
disputes disputes_status_is_known: CHECK ((status = ANY (ARRAY['inquiry'::text, 'open'::text, 'lost'::text, 'won'::text])))
document_counters document_counters_are_not_negative: CHECK ((last_number >= 0))
document_counters document_counters_pkey: PRIMARY KEY (workspace_id, series)
document_counters document_counters_workspace_id_fkey: FOREIGN KEY (workspace_id) REFERENCES workspaces(id) ON DELETE RESTRICT
document_files document_files_document_id_fkey: FOREIGN KEY (document_id) REFERENCES tax_documents(id) ON DELETE RESTRICT
document_files document_files_pkey: PRIMARY KEY (document_id, variant)
document_files document_files_variant_is_known: CHECK ((variant = ANY (ARRAY['original'::text, 'copy'::text, 'awaiting'::text, 'pushed'::text])))
document_files document_files_workspace_id_fkey: FOREIGN KEY (workspace_id) REFERENCES workspaces(id) ON DELETE RESTRICT
document_shekels document_shekels_add_up: CHECK (((((sums ->> 'net'::text))::bigint >= 0) AND (((sums ->> 'vat'::text))::bigint >= 0) AND ((((sums ->> 'net'::text))::bigint + ((sums ->> 'vat'::text))::bigint) = ((sums ->> 'total'::text))::bigint)))
document_shekels document_shekels_document_id_fkey: FOREIGN KEY (document_id) REFERENCES tax_documents(id) ON DELETE RESTRICT
document_shekels document_shekels_pkey: PRIMARY KEY (document_id)
document_shekels document_shekels_workspace_id_fkey: FOREIGN KEY (workspace_id) REFERENCES workspaces(id) ON DELETE RESTRICT
encryption_keys encryption_keys_pkey: PRIMARY KEY (id)
event_attempts event_attempts_endpoint_is_of_their_workspace: FOREIGN KEY (workspace_id, endpoint_id) REFERENCES webhook_endpoints(workspace_id, id) ON DELETE RESTRICT
event_attempts event_attempts_event_id_fkey: FOREIGN KEY (event_id) REFERENCES events(id) ON DELETE RESTRICT
event_attempts event_attempts_failure_is_known: CHECK ((failure = ANY (ARRAY['not_sent'::text, 'refused'::text, 'unclear'::text])))
event_attempts event_attempts_pkey: PRIMARY KEY (id)
event_deliveries event_deliveries_endpoint_is_of_their_workspace: FOREIGN KEY (workspace_id, endpoint_id) REFERENCES webhook_endpoints(workspace_id, id) ON DELETE RESTRICT
event_deliveries event_deliveries_event_id_fkey: FOREIGN KEY (event_id) REFERENCES events(id) ON DELETE RESTRICT
event_deliveries event_deliveries_pkey: PRIMARY KEY (event_id, endpoint_id)
event_deliveries event_deliveries_status_is_known: CHECK ((status = ANY (ARRAY['waiting'::text, 'delivered'::text, 'given_up'::text])))
event_streams event_streams_endpoint_is_of_their_workspace: FOREIGN KEY (workspace_id, endpoint_id) REFERENCES webhook_endpoints(workspace_id, id) ON DELETE RESTRICT
event_streams event_streams_pkey: PRIMARY KEY (endpoint_id, subject)
events events_payment_is_of_their_workspace: FOREIGN KEY (workspace_id, payment_id) REFERENCES payments(workspace_id, id) ON DELETE RESTRICT
events events_pkey: PRIMARY KEY (id)
events events_sequence_is_unique: UNIQUE (payment_id, sequence)
events events_workspace_id_fkey: FOREIGN KEY (workspace_id) REFERENCES workspaces(id) ON DELETE RESTRICT
exchange_rates exchange_rates_is_known_for_days: CHECK (((known_until >= day) AND (known_until <= (day + 7))))
exchange_rates exchange_rates_is_of_another_currency: CHECK ((currency <> 'ILS'::bpchar))
exchange_rates exchange_rates_pkey: PRIMARY KEY (currency, day)
exchange_rates exchange_rates_rate_is_possible: CHECK (((rate >= 1) AND (rate <= 1000000000)))
export_documents export_documents_are_of_their_workspace: FOREIGN KEY (workspace_id, export_id) REFERENCES exports(workspace_id, id) ON DELETE RESTRICT
export_documents export_documents_document_id_fkey: FOREIGN KEY (document_id) REFERENCES tax_documents(id) ON DELETE RESTRICT
export_documents export_documents_pkey: PRIMARY KEY (export_id, document_id)
export_pieces export_pieces_are_of_their_workspace: FOREIGN KEY (workspace_id, export_id) REFERENCES exports(workspace_id, id) ON DELETE RESTRICT
export_pieces export_pieces_pkey: PRIMARY KEY (export_id, attempt, number)
exports exports_completed_have_a_file: CHECK (((status <> 'completed'::text) OR ((completed_at IS NOT NULL) AND (expires_at IS NOT NULL) AND (file_name IS NOT NULL) AND (size_bytes IS NOT NULL) AND (sha256 IS NOT NULL))))
exports exports_failed_say_why: CHECK (((status = 'failed'::text) = (failure IS NOT NULL)))
exports exports_format_is_known: CHECK ((format = ANY (ARRAY['xlsx'::text, 'csv'::text, 'zip'::text, 'pdf'::text])))
exports exports_kind_is_known: CHECK ((kind = ANY (ARRAY['transactions'::text, 'documents'::text, 'vat'::text, 'gaps'::text, 'bundle'::text, 'receipts'::text, 'settlements'::text, 'hashavshevet'::text, 'uniform-structure'::text, 'pcn874-sales'::text, 'pcn874'::text, 'withholding'::text, 'credits'::text, 'allocation'::text, 'journal-appendix-vav'::text, 'patient-statement'::text, 'year'::text, 'audit'::text, 'month'::text])))
exports exports_options_are_an_object: CHECK ((jsonb_typeof(options) = 'object'::text))
exports exports_pkey: PRIMARY KEY (id)
exports exports_range_is_not_empty: CHECK ((from_day < to_day))
exports exports_status_is_known: CHECK ((status = ANY (ARRAY['queued'::text, 'running'::text, 'completed'::text, 'failed'::text, 'cancelled'::text])))
exports exports_workspace_id_fkey: FOREIGN KEY (workspace_id) REFERENCES workspaces(id) ON DELETE RESTRICT
idempotency_keys idempotency_keys_answer_has_a_status: CHECK (((response_sealed IS NULL) OR (response_status IS NOT NULL)))
idempotency_keys idempotency_keys_no_5xx_is_kept: CHECK ((response_status < 500))
idempotency_keys idempotency_keys_pkey: PRIMARY KEY (workspace_id, scope, key)
idempotency_keys idempotency_keys_workspace_id_fkey: FOREIGN KEY (workspace_id) REFERENCES workspaces(id) ON DELETE RESTRICT
invoice_pushes invoice_pushes_account_id_fkey: FOREIGN KEY (account_id) REFERENCES provider_accounts(id) ON DELETE RESTRICT
invoice_pushes invoice_pushes_document_id_fkey: FOREIGN KEY (document_id) REFERENCES tax_documents(id) ON DELETE RESTRICT
invoice_pushes invoice_pushes_external_is_unique: UNIQUE (account_id, external_id)
invoice_pushes invoice_pushes_only_failed_are_kept: CHECK (((kept_at IS NULL) OR (status = 'failed'::text)))
invoice_pushes invoice_pushes_pkey: PRIMARY KEY (document_id)
invoice_pushes invoice_pushes_pushed_says_where: CHECK (((status <> 'pushed'::text) OR ((external_id IS NOT NULL) AND (pushed_at IS NOT NULL))))
invoice_pushes invoice_pushes_status_is_known: CHECK ((status = ANY (ARRAY['pending'::text, 'pushed'::text, 'failed'::text])))
invoice_pushes invoice_pushes_workspace_id_fkey: FOREIGN KEY (workspace_id) REFERENCES workspaces(id) ON DELETE RESTRICT
mails mails_document_id_fkey: FOREIGN KEY (document_id) REFERENCES tax_documents(id) ON DELETE RESTRICT
mails mails_export_is_of_their_workspace: FOREIGN KEY (workspace_id, export_id) REFERENCES exports(workspace_id, id) ON DELETE RESTRICT
mails mails_have_a_payment_or_a_month: CHECK ((((kind = 'accountant_month'::text) = (payment_id IS NULL)) AND ((kind = 'accountant_month'::text) = (month IS NOT NULL)) AND ((kind = 'accountant_month'::text) = (export_id IS NOT NULL))))
mails mails_kind_is_known: CHECK ((kind = ANY (ARRAY['document'::text, 'request'::text, 'reminder'::text, 'accountant_month'::text])))
mails mails_locale_is_known: CHECK ((locale = ANY (ARRAY['he'::text, 'en'::text])))
mails mails_month_is_one: CHECK ((month ~ '^\d{4}-(0[1-9]|1[0-2])$'::text))
mails mails_of_documents_carry_one: CHECK (((kind = 'document'::text) = ((document_id IS NOT NULL) AND (variant IS NOT NULL))))
mails mails_payment_is_of_their_workspace: FOREIGN KEY (workspace_id, payment_id) REFERENCES payments(workspace_id, id) ON DELETE RESTRICT
mails mails_pkey: PRIMARY KEY (id)
mails mails_sent_says_when: CHECK (((status <> 'sent'::text) OR (sent_at IS NOT NULL)))
mails mails_status_is_known: CHECK ((status = ANY (ARRAY['due'::text, 'sending'::text, 'sent'::text, 'unconfirmed'::text, 'failed'::text, 'dropped'::text])))
mails mails_variant_is_known: CHECK ((variant = ANY (ARRAY['original'::text, 'copy'::text])))
manual_payments manual_payments_method_is_known: CHECK ((method = ANY (ARRAY['cash'::text, 'bank_transfer'::text, 'check'::text, 'bit'::text, 'paybox'::text, 'card'::text, 'other'::text])))
manual_payments manual_payments_only_a_check_has_details: CHECK (
CASE
    WHEN (means IS NULL) THEN ((method = 'check'::text) = (check_details IS NOT NULL))
    ELSE (check_details IS NULL)
END)
manual_payments manual_payments_payment_is_of_their_workspace: FOREIGN KEY (workspace_id, payment_id) REFERENCES payments(workspace_id, id) ON DELETE RESTRICT
manual_payments manual_payments_pkey: PRIMARY KEY (payment_id)
patur_steps patur_steps_pkey: PRIMARY KEY (workspace_id, year, step)
patur_steps patur_steps_step_is_known: CHECK ((step = ANY (ARRAY[80, 100])))
patur_steps patur_steps_workspace_id_fkey: FOREIGN KEY (workspace_id) REFERENCES workspaces(id) ON DELETE RESTRICT
payment_log payment_log_payment_is_of_their_workspace: FOREIGN KEY (workspace_id, payment_id) REFERENCES payments(workspace_id, id) ON DELETE RESTRICT
payment_log payment_log_pkey: PRIMARY KEY (id)
payment_requests payment_requests_limits_are_positive: CHECK (((remind_after_days > 0) AND (overdue_after_hours > 0)))
payment_requests payment_requests_payment_is_of_their_workspace: FOREIGN KEY (workspace_id, payment_id) REFERENCES payments(workspace_id, id) ON DELETE RESTRICT
payment_requests payment_requests_pkey: PRIMARY KEY (payment_id)
payments failure_is_an_object: CHECK ((jsonb_typeof(failure) = 'object'::text))
payments payments_account_id_fkey: FOREIGN KEY (account_id) REFERENCES provider_accounts(id) ON DELETE RESTRICT
payments payments_amount_is_positive: CHECK (((amount > 0) AND (charge_amount >= amount)))
payments payments_are_named_with_their_workspace: UNIQUE (workspace_id, id)
payments payments_are_taken_from_their_workspace: FOREIGN KEY (workspace_id, taken_from) REFERENCES payments(workspace_id, id) ON DELETE RESTRICT
payments payments_completed_says_when: CHECK (((status <> ALL (ARRAY['completed'::text, 'partially_refunded'::text, 'refunded'::text, 'disputed'::text])) OR ((completed_at IS NOT NULL) AND (paid_at IS NOT NULL))))
payments payments_discount_is_of_items: CHECK (((discount = 0) OR ((discount > 0) AND (items IS NOT NULL))))
payments payments_outcome_is_known: CHECK ((outcome = ANY (ARRAY['known'::text, 'unknown'::text])))
payments payments_pkey: PRIMARY KEY (id)
payments payments_print_a_patient: CHECK (((NOT print_patient) OR (patient IS NOT NULL)))
payments payments_provider_has_account: CHECK (((provider = 'manual'::text) OR (account_id IS NOT NULL)))
payments payments_reference_is_unique: UNIQUE NULLS NOT DISTINCT (workspace_id, reference, reference_freed_at)
payments payments_review_is_known: CHECK ((review = ANY (ARRAY['unknown_outcome'::text, 'amount_mismatch'::text, 'duplicate_payment'::text, 'refund_reversed'::text, 'refund_lines_required'::text, 'provider_dispute'::text, 'late_success'::text, 'document_mismatch'::text, 'foreign_document'::text, 'push_failed'::text, 'reconciliation'::text])))
payments payments_status_is_known: CHECK ((status = ANY (ARRAY['creating'::text, 'pending'::text, 'completed'::text, 'partially_refunded'::text, 'refunded'::text, 'failed'::text, 'expired'::text, 'cancelled'::text, 'disputed'::text])))
payments payments_sums_are_not_negative: CHECK (((captured_amount >= 0) AND (refunded_amount >= 0)))
payments payments_token_is_unique: UNIQUE (link_token_hash)
payments payments_vat_treatment_is_known: CHECK ((vat_treatment = ANY (ARRAY['standard'::text, 'zero_rated'::text, 'exempt'::text])))
payments payments_workspace_id_fkey: FOREIGN KEY (workspace_id) REFERENCES workspaces(id) ON DELETE RESTRICT
provider_accounts provider_accounts_family_is_known: CHECK ((family = ANY (ARRAY['payment'::text, 'invoice'::text])))
provider_accounts provider_accounts_one_row_an_account: UNIQUE (workspace_id, family, provider, account_key_hash)
provider_accounts provider_accounts_pkey: PRIMARY KEY (id)
provider_accounts provider_accounts_token_is_unique: UNIQUE (webhook_token_hash)
provider_accounts provider_accounts_workspace_id_fkey: FOREIGN KEY (workspace_id) REFERENCES workspaces(id) ON DELETE RESTRICT
provider_events provider_events_accepted_names_a_payment: CHECK (((verdict <> 'accepted'::text) OR (payment_id IS NOT NULL)))
provider_events provider_events_account_id_fkey: FOREIGN KEY (account_id) REFERENCES provider_accounts(id) ON DELETE RESTRICT
provider_events provider_events_due_is_open: CHECK (((due_at IS NULL) OR ((handled_at IS NULL) AND (verdict = 'accepted'::text))))
provider_events provider_events_event_is_unique: UNIQUE (account_id, event_id)
provider_events provider_events_names_status_is_known: CHECK ((names_status = ANY (ARRAY['pending'::text, 'succeeded'::text, 'declined'::text, 'inquiry'::text, 'open'::text, 'lost'::text, 'won'::text])))
provider_events provider_events_payment_is_of_their_workspace: FOREIGN KEY (workspace_id, payment_id) REFERENCES payments(workspace_id, id) ON DELETE RESTRICT
provider_events provider_events_pkey: PRIMARY KEY (id)
provider_events provider_events_refused_is_over: CHECK (((verdict <> 'refused'::text) OR ((handled_at IS NOT NULL) AND (payment_id IS NULL) AND (body_sealed IS NULL))))
provider_events provider_events_verdict_is_known: CHECK ((verdict = ANY (ARRAY['accepted'::text, 'quarantined'::text, 'refused'::text])))
provider_events provider_events_workspace_id_fkey: FOREIGN KEY (workspace_id) REFERENCES workspaces(id) ON DELETE RESTRICT
provider_pages provider_pages_account_id_fkey: FOREIGN KEY (account_id) REFERENCES provider_accounts(id) ON DELETE RESTRICT
provider_pages provider_pages_id_is_unique: UNIQUE (account_id, provider_page_id)
provider_pages provider_pages_payment_is_of_their_workspace: FOREIGN KEY (workspace_id, payment_id) REFERENCES payments(workspace_id, id) ON DELETE RESTRICT
provider_pages provider_pages_pkey: PRIMARY KEY (id)
provider_pages provider_pages_state_is_known: CHECK ((state = ANY (ARRAY['live'::text, 'dead'::text])))
provider_transactions provider_transactions_account_id_fkey: FOREIGN KEY (account_id) REFERENCES provider_accounts(id) ON DELETE RESTRICT
provider_transactions provider_transactions_amount_is_not_negative: CHECK ((amount >= 0))
provider_transactions provider_transactions_id_is_unique: UNIQUE NULLS NOT DISTINCT (account_id, provider_transaction_id)
provider_transactions provider_transactions_kind_is_known: CHECK ((kind = ANY (ARRAY['charge'::text, 'refund'::text])))
provider_transactions provider_transactions_payment_is_of_their_workspace: FOREIGN KEY (workspace_id, payment_id) REFERENCES payments(workspace_id, id) ON DELETE RESTRICT
provider_transactions provider_transactions_pkey: PRIMARY KEY (id)
provider_transactions provider_transactions_refundable_is_of_the_amount: CHECK (((refundable_amount >= 0) AND (refundable_amount <= amount)))
provider_transactions provider_transactions_status_is_known: CHECK ((status = ANY (ARRAY['succeeded'::text, 'declined'::text, 'pending'::text])))
rate_limits rate_limits_pkey: PRIMARY KEY (name)
reconciliation_findings reconciliation_findings_account_id_fkey: FOREIGN KEY (account_id) REFERENCES provider_accounts(id) ON DELETE RESTRICT
reconciliation_findings reconciliation_findings_kind_is_known: CHECK ((kind = ANY (ARRAY['unknown_transaction'::text, 'missing_transaction'::text, 'other_amount'::text, 'other_status'::text, 'other_dispute'::text, 'unknown_document'::text, 'doubled_document'::text, 'missing_document'::text, 'other_total'::text])))
reconciliation_findings reconciliation_findings_payment_is_of_their_workspace: FOREIGN KEY (workspace_id, payment_id) REFERENCES payments(workspace_id, id) ON DELETE RESTRICT
reconciliation_findings reconciliation_findings_pkey: PRIMARY KEY (account_id, kind, subject)
refunds refunds_amount_is_positive: CHECK ((amount > 0))
refunds refunds_charge_id_fkey: FOREIGN KEY (charge_id) REFERENCES provider_transactions(id) ON DELETE RESTRICT
refunds refunds_credit_waits_after_the_money: CHECK (((NOT credit_waits) OR ((status = 'completed'::text) AND is_documented)))
refunds refunds_method_is_known: CHECK ((method = ANY (ARRAY['original'::text, 'cash'::text, 'bank_transfer'::text, 'check'::text])))
refunds refunds_one_a_movement: UNIQUE (transaction_id)
refunds refunds_one_a_recognised_movement: UNIQUE (recognised_id)
refunds refunds_origin_is_known: CHECK ((origin = ANY (ARRAY['api'::text, 'provider'::text, 'review'::text, 'dispute'::text])))
refunds refunds_outcome_is_known: CHECK ((outcome = ANY (ARRAY['known'::text, 'unknown'::text])))
refunds refunds_payment_is_of_their_workspace: FOREIGN KEY (workspace_id, payment_id) REFERENCES payments(workspace_id, id) ON DELETE RESTRICT
refunds refunds_pkey: PRIMARY KEY (id)
refunds refunds_recognised_id_fkey: FOREIGN KEY (recognised_id) REFERENCES provider_transactions(id) ON DELETE RESTRICT
refunds refunds_status_is_known: CHECK ((status = ANY (ARRAY['pending'::text, 'completed'::text, 'failed'::text])))
refunds refunds_transaction_id_fkey: FOREIGN KEY (transaction_id) REFERENCES provider_transactions(id) ON DELETE RESTRICT
review_questions review_questions_payment_is_of_their_workspace: FOREIGN KEY (workspace_id, payment_id) REFERENCES payments(workspace_id, id) ON DELETE RESTRICT
review_questions review_questions_pkey: PRIMARY KEY (payment_id, reason, subject)
review_questions review_questions_reason_is_known: CHECK ((reason = ANY (ARRAY['late_success'::text, 'document_mismatch'::text, 'foreign_document'::text, 'reconciliation'::text, 'refund_reversed'::text, 'refund_lines_required'::text])))
review_resolutions review_resolutions_action_is_known: CHECK ((action = ANY (ARRAY['accept'::text, 'refund'::text, 'dismiss'::text])))
review_resolutions review_resolutions_payment_is_of_their_workspace: FOREIGN KEY (workspace_id, payment_id) REFERENCES payments(workspace_id, id) ON DELETE RESTRICT
review_resolutions review_resolutions_pkey: PRIMARY KEY (id)
review_resolutions review_resolutions_refund_id_fkey: FOREIGN KEY (refund_id) REFERENCES refunds(id) ON DELETE RESTRICT
tax_authority_connections tax_authority_connections_pkey: PRIMARY KEY (workspace_id)
tax_authority_connections tax_authority_connections_state_hash_key: UNIQUE (state_hash)
tax_authority_connections tax_authority_connections_state_is_whole: CHECK (((state_hash IS NULL) = (state_expires_at IS NULL)))
tax_authority_connections tax_authority_connections_tokens_are_whole: CHECK ((((refresh_token_sealed IS NULL) = (refresh_expires_at IS NULL)) AND ((refresh_token_sealed IS NULL) = (access_token_sealed IS NULL)) AND ((refresh_token_sealed IS NULL) = (access_expires_at IS NULL)) AND ((refresh_token_sealed IS NULL) = (connected_at IS NULL))))
tax_authority_connections tax_authority_connections_workspace_id_fkey: FOREIGN KEY (workspace_id) REFERENCES workspaces(id) ON DELETE RESTRICT
tax_documents tax_documents_acknowledgement_has_a_day: CHECK (((acknowledged_at IS NOT NULL) OR ((acknowledged_by IS NULL) AND (acknowledgement_note IS NULL))))
tax_documents tax_documents_acknowledgement_is_known: CHECK ((acknowledged_by = ANY (ARRAY['signature'::text, 'registered_mail'::text, 'fax'::text, 'electronic'::text, 'private_small'::text])))
tax_documents tax_documents_amounts_add_up: CHECK (((net + vat) = total))
tax_documents tax_documents_amounts_are_positive: CHECK (((net >= 0) AND (vat >= 0) AND (total > 0)))
tax_documents tax_documents_credit_fits_original: CHECK (((((((type = 'credit_receipt'::text) AND (COALESCE((content #>> '{credits,type}'::text[]), ''::text) = 'receipt'::text)) OR ((type = 'credit_invoice'::text) AND (COALESCE((content #>> '{credits,type}'::text[]), ''::text) = 'tax_invoice_receipt'::text))) OR ((type = 'credit_invoice'::text) AND (COALESCE((content #>> '{credits,type}'::text[]), ''::text) = 'tax_invoice'::text))) OR ((type = 'refund_confirmation'::text) AND (COALESCE((content #>> '{credits,type}'::text[]), ''::text) = 'payment_confirmation'::text))) OR (refund_id IS NULL)))
tax_documents tax_documents_credit_has_original: CHECK (((refund_id IS NULL) = (original_document_id IS NULL)))
tax_documents tax_documents_credit_has_refund: CHECK (((type = ANY (ARRAY['credit_receipt'::text, 'credit_invoice'::text, 'refund_confirmation'::text])) = (refund_id IS NOT NULL)))
tax_documents tax_documents_date_is_plausible: CHECK (((document_date >= '1900-01-01'::date) AND (document_date <= '2999-12-31'::date)))
tax_documents tax_documents_invoice_of_registered: CHECK (((type <> ALL (ARRAY['tax_invoice'::text, 'tax_invoice_receipt'::text, 'credit_invoice'::text])) OR may_charge_vat((content -> 'issuer'::text))))
tax_documents tax_documents_number_is_unique: UNIQUE (workspace_id, series, number) INCLUDE (document_date)
tax_documents tax_documents_original_document_id_fkey: FOREIGN KEY (original_document_id) REFERENCES tax_documents(id) ON DELETE RESTRICT
tax_documents tax_documents_payment_is_of_their_workspace: FOREIGN KEY (workspace_id, payment_id) REFERENCES payments(workspace_id, id) ON DELETE RESTRICT
tax_documents tax_documents_pkey: PRIMARY KEY (id)
tax_documents tax_documents_receipt_bears_no_vat: CHECK (((type <> ALL (ARRAY['receipt'::text, 'credit_receipt'::text])) OR (vat = 0)))
tax_documents tax_documents_refund_id_fkey: FOREIGN KEY (refund_id) REFERENCES refunds(id) ON DELETE RESTRICT
tax_documents tax_documents_reversal_is_no_credit: CHECK (((reverses_document_id IS NULL) OR (refund_id IS NULL)))
tax_documents tax_documents_reversed_once: UNIQUE (reverses_document_id)
tax_documents tax_documents_reverses_document_id_fkey: FOREIGN KEY (reverses_document_id) REFERENCES tax_documents(id) ON DELETE RESTRICT
tax_documents tax_documents_status_is_known: CHECK ((status = ANY (ARRAY['issued'::text, 'allocation_required'::text, 'cancelled'::text])))
tax_documents tax_documents_transaction_id_fkey: FOREIGN KEY (transaction_id) REFERENCES provider_transactions(id) ON DELETE RESTRICT
tax_documents tax_documents_type_is_known: CHECK ((type = ANY (ARRAY['receipt'::text, 'tax_invoice'::text, 'tax_invoice_receipt'::text, 'payment_confirmation'::text, 'credit_receipt'::text, 'credit_invoice'::text, 'refund_confirmation'::text])))
tax_documents tax_documents_vat_of_registered: CHECK (((vat = 0) OR may_charge_vat((content -> 'issuer'::text))))
tax_profiles tax_profiles_dealer_is_known: CHECK ((dealer_type = ANY (ARRAY['osek_murshe'::text, 'osek_patur'::text, 'company'::text, 'amuta'::text, 'foreign'::text])))
tax_profiles tax_profiles_foreign_is_not_registered: CHECK ((NOT ((dealer_type = 'foreign'::text) AND vat_registered)))
tax_profiles tax_profiles_patur_is_not_registered: CHECK ((NOT ((dealer_type = 'osek_patur'::text) AND vat_registered)))
tax_profiles tax_profiles_pkey: PRIMARY KEY (workspace_id, valid_from)
tax_profiles tax_profiles_workspace_id_fkey: FOREIGN KEY (workspace_id) REFERENCES workspaces(id) ON DELETE RESTRICT
unreadable_rows unreadable_rows_payment_is_of_their_workspace: FOREIGN KEY (workspace_id, payment_id) REFERENCES payments(workspace_id, id) ON DELETE RESTRICT
unreadable_rows unreadable_rows_pkey: PRIMARY KEY (payment_id, row_id)
webhook_endpoints webhook_endpoints_disabled_reason_is_known: CHECK ((disabled_reason = ANY (ARRAY['failing'::text, 'gone'::text])))
webhook_endpoints webhook_endpoints_disabled_say_why: CHECK (((status = 'disabled'::text) = ((disabled_at IS NOT NULL) AND (disabled_reason IS NOT NULL))))
webhook_endpoints webhook_endpoints_have_a_secret: CHECK (((status = 'deleted'::text) OR (secret_sealed IS NOT NULL)))
webhook_endpoints webhook_endpoints_pkey: PRIMARY KEY (id)
webhook_endpoints webhook_endpoints_status_is_known: CHECK ((status = ANY (ARRAY['enabled'::text, 'paused'::text, 'disabled'::text, 'deleted'::text])))
webhook_endpoints webhook_endpoints_workspace_id_fkey: FOREIGN KEY (workspace_id) REFERENCES workspaces(id) ON DELETE RESTRICT
webhook_refusals webhook_refusals_account_id_fkey: FOREIGN KEY (account_id) REFERENCES provider_accounts(id) ON DELETE RESTRICT
webhook_refusals webhook_refusals_pkey: PRIMARY KEY (account_id)
webhook_refusals webhook_refusals_workspace_id_fkey: FOREIGN KEY (workspace_id) REFERENCES workspaces(id) ON DELETE RESTRICT
workspace_logos workspace_logos_hash_is_of_the_picture: CHECK ((sha256 = encode(sha256(png), 'hex'::text)))
workspace_logos workspace_logos_pkey: PRIMARY KEY (workspace_id, sha256)
workspace_logos workspace_logos_workspace_id_fkey: FOREIGN KEY (workspace_id) REFERENCES workspaces(id) ON DELETE RESTRICT
workspaces workspaces_exempt_sales_is_known: CHECK ((exempt_sales = ANY (ARRAY['transaction_invoice'::text, 'tax_invoice'::text])))
workspaces workspaces_invoice_service_text_is_known: CHECK ((invoice_service_text = ANY (ARRAY['neutral'::text, 'lines'::text])))
workspaces workspaces_issuer_is_known: CHECK ((document_issuer = ANY (ARRAY['engine'::text, 'invoice_service'::text])))
workspaces workspaces_locale_is_known: CHECK ((locale = ANY (ARRAY['he'::text, 'en'::text])))
workspaces workspaces_logo_is_stored: FOREIGN KEY (id, logo_sha256) REFERENCES workspace_logos(workspace_id, sha256) ON DELETE RESTRICT
workspaces workspaces_mode_is_known: CHECK ((mode = ANY (ARRAY['live'::text, 'test'::text])))
workspaces workspaces_pkey: PRIMARY KEY (id)
workspaces workspaces_print_is_known: CHECK ((receipt_print = ANY (ARRAY['at_issue'::text, 'on_demand'::text])))
workspaces workspaces_provider_description_is_short: CHECK ((length(provider_description) <= 50))
workspaces workspaces_vat_return_is_known: CHECK (((vat_return IS NULL) OR ((COALESCE(((vat_return ->> 'months'::text))::integer, 0) = ANY (ARRAY[1, 2])) AND ((COALESCE(((vat_return ->> 'reportedFromDay'::text))::integer, 0) >= 1) AND (COALESCE(((vat_return ->> 'reportedFromDay'::text))::integer, 0) <= 28)))))

-- indexes
CREATE INDEX allocation_requests_of_workspace ON public.allocation_requests USING btree (workspace_id, document_id)
CREATE UNIQUE INDEX allocation_requests_pkey ON public.allocation_requests USING btree (document_id)
CREATE INDEX api_keys_by_workspace ON public.api_keys USING btree (workspace_id)
CREATE UNIQUE INDEX api_keys_hash_is_unique ON public.api_keys USING btree (secret_hash)
CREATE UNIQUE INDEX api_keys_pkey ON public.api_keys USING btree (id)
CREATE UNIQUE INDEX audit_heads_pkey ON public.audit_heads USING btree (workspace_id)
CREATE INDEX audit_log_by_subject ON public.audit_log USING btree (workspace_id, subject_id, sequence)
CREATE INDEX audit_log_by_time ON public.audit_log USING btree (workspace_id, at)
CREATE UNIQUE INDEX audit_log_pkey ON public.audit_log USING btree (workspace_id, sequence)
CREATE UNIQUE INDEX books_checks_pkey ON public.books_checks USING btree (rule)
CREATE INDEX circuit_breakers_in_trouble ON public.circuit_breakers USING btree (name) WHERE ((state <> 'closed'::text) OR (failures > 0))
CREATE UNIQUE INDEX circuit_breakers_pkey ON public.circuit_breakers USING btree (name)
CREATE INDEX disputes_by_payment ON public.disputes USING btree (payment_id)
CREATE UNIQUE INDEX disputes_id_is_unique ON public.disputes USING btree (account_id, provider_dispute_id)
CREATE UNIQUE INDEX disputes_pkey ON public.disputes USING btree (id)
CREATE UNIQUE INDEX document_counters_pkey ON public.document_counters USING btree (workspace_id, series)
CREATE UNIQUE INDEX document_files_pkey ON public.document_files USING btree (document_id, variant)
CREATE INDEX document_shekels_of_workspace ON public.document_shekels USING btree (workspace_id, document_id)
CREATE UNIQUE INDEX document_shekels_pkey ON public.document_shekels USING btree (document_id)
CREATE UNIQUE INDEX encryption_keys_pkey ON public.encryption_keys USING btree (id)
CREATE INDEX event_attempts_by_event ON public.event_attempts USING btree (event_id, id)
CREATE UNIQUE INDEX event_attempts_pkey ON public.event_attempts USING btree (id)
CREATE INDEX event_deliveries_given_up ON public.event_deliveries USING btree (endpoint_id) WHERE (status = 'given_up'::text)
CREATE UNIQUE INDEX event_deliveries_pkey ON public.event_deliveries USING btree (event_id, endpoint_id)
CREATE INDEX event_deliveries_waiting ON public.event_deliveries USING btree (endpoint_id, subject, sequence) WHERE (status = 'waiting'::text)
CREATE INDEX event_streams_due ON public.event_streams USING btree (endpoint_id, due_at) WHERE (due_at IS NOT NULL)
CREATE UNIQUE INDEX event_streams_pkey ON public.event_streams USING btree (endpoint_id, subject)
CREATE INDEX events_by_age ON public.events USING btree (created_at, id)
CREATE INDEX events_by_type ON public.events USING btree (workspace_id, type, id DESC)
CREATE INDEX events_newest_first ON public.events USING btree (workspace_id, id DESC)
CREATE UNIQUE INDEX events_pkey ON public.events USING btree (id)
CREATE UNIQUE INDEX events_sequence_is_unique ON public.events USING btree (payment_id, sequence)
CREATE UNIQUE INDEX events_workspace_sequence_is_unique ON public.events USING btree (workspace_id, sequence) WHERE (payment_id IS NULL)
CREATE UNIQUE INDEX exchange_rates_pkey ON public.exchange_rates USING btree (currency, day)
CREATE INDEX export_documents_by_document ON public.export_documents USING btree (document_id)
CREATE UNIQUE INDEX export_documents_pkey ON public.export_documents USING btree (export_id, document_id)
CREATE UNIQUE INDEX export_pieces_pkey ON public.export_pieces USING btree (export_id, attempt, number)
CREATE UNIQUE INDEX exports_newest_first ON public.exports USING btree (workspace_id, id DESC)
CREATE UNIQUE INDEX exports_pkey ON public.exports USING btree (id)
CREATE UNIQUE INDEX exports_run_minutes ON public.exports USING btree (workspace_id, run_minute) WHERE (run_minute IS NOT NULL)
CREATE INDEX exports_waiting ON public.exports USING btree (workspace_id, id) WHERE (status = ANY (ARRAY['queued'::text, 'running'::text]))
CREATE INDEX exports_with_a_file ON public.exports USING btree (expires_at) WHERE (expires_at IS NOT NULL)
CREATE INDEX idempotency_keys_answer_ends ON public.idempotency_keys USING btree (answer_until) WHERE (answer_until IS NOT NULL)
CREATE INDEX idempotency_keys_by_age ON public.idempotency_keys USING btree (created_at)
CREATE UNIQUE INDEX idempotency_keys_one_workspace_a_key ON public.idempotency_keys USING btree (key) WHERE (scope = 'POST /v1/workspaces'::text)
CREATE UNIQUE INDEX idempotency_keys_pkey ON public.idempotency_keys USING btree (workspace_id, scope, key)
CREATE INDEX invoice_pushes_allocation_due ON public.invoice_pushes USING btree (allocation_due_at) WHERE (allocation_due_at IS NOT NULL)
CREATE INDEX invoice_pushes_by_push ON public.invoice_pushes USING btree (account_id, pushed_at)
CREATE INDEX invoice_pushes_by_start ON public.invoice_pushes USING btree (account_id, created_at)
CREATE UNIQUE INDEX invoice_pushes_external_is_unique ON public.invoice_pushes USING btree (account_id, external_id)
CREATE INDEX invoice_pushes_missing ON public.invoice_pushes USING btree (workspace_id, document_id) WHERE (status <> 'pushed'::text)
CREATE UNIQUE INDEX invoice_pushes_pkey ON public.invoice_pushes USING btree (document_id)
CREATE INDEX invoice_pushes_waiting ON public.invoice_pushes USING btree (created_at) WHERE (status <> 'pushed'::text)
CREATE INDEX mails_asking ON public.mails USING btree (workspace_id, lower(recipient)) WHERE (kind <> 'document'::text)
CREATE INDEX mails_by_payment ON public.mails USING btree (payment_id, created_at)
CREATE UNIQUE INDEX mails_once_by_itself ON public.mails USING btree (document_id, recipient) WHERE ((kind = 'document'::text) AND (asked_at IS NULL))
CREATE UNIQUE INDEX mails_one_a_month ON public.mails USING btree (workspace_id, month) WHERE (kind = 'accountant_month'::text)
CREATE UNIQUE INDEX mails_pkey ON public.mails USING btree (id)
CREATE INDEX mails_waiting ON public.mails USING btree (due_at) WHERE (status = ANY (ARRAY['due'::text, 'sending'::text]))
CREATE UNIQUE INDEX manual_payments_pkey ON public.manual_payments USING btree (payment_id)
CREATE UNIQUE INDEX patur_steps_pkey ON public.patur_steps USING btree (workspace_id, year, step)
CREATE INDEX payment_log_by_payment ON public.payment_log USING btree (payment_id, id)
CREATE UNIQUE INDEX payment_log_pkey ON public.payment_log USING btree (id)
CREATE INDEX payment_requests_owed ON public.payment_requests USING btree (owed_since) WHERE (owed_since IS NOT NULL)
CREATE UNIQUE INDEX payment_requests_pkey ON public.payment_requests USING btree (payment_id)
CREATE UNIQUE INDEX payments_are_named_with_their_workspace ON public.payments USING btree (workspace_id, id)
CREATE INDEX payments_by_completion ON public.payments USING btree (workspace_id, completed_at DESC, status)
CREATE INDEX payments_by_method ON public.payments USING btree (workspace_id, method, created_at DESC, id DESC)
CREATE INDEX payments_by_payment_time ON public.payments USING btree (workspace_id, paid_at DESC, id DESC)
CREATE INDEX payments_by_provider ON public.payments USING btree (workspace_id, provider, created_at DESC, id DESC)
CREATE INDEX payments_by_status ON public.payments USING btree (workspace_id, status, created_at DESC, id DESC)
CREATE INDEX payments_by_subject ON public.payments USING btree (workspace_id, subject) WHERE (subject IS NOT NULL)
CREATE INDEX payments_in_review ON public.payments USING btree (workspace_id, review) WHERE (review IS NOT NULL)
CREATE INDEX payments_never_started ON public.payments USING btree (created_at) WHERE (status = 'creating'::text)
CREATE INDEX payments_newest_first ON public.payments USING btree (workspace_id, created_at DESC, id DESC)
CREATE INDEX payments_open ON public.payments USING btree (workspace_id, created_at) INCLUDE (currency, charge_amount) WHERE (status = ANY (ARRAY['creating'::text, 'pending'::text]))
CREATE INDEX payments_open_by_expiry ON public.payments USING btree (expires_at, id) WHERE ((status = ANY (ARRAY['creating'::text, 'pending'::text])) AND (review IS NULL))
CREATE INDEX payments_outcome_unknown ON public.payments USING btree (next_check_at) WHERE (outcome = 'unknown'::text)
CREATE UNIQUE INDEX payments_pkey ON public.payments USING btree (id)
CREATE UNIQUE INDEX payments_reference_is_unique ON public.payments USING btree (workspace_id, reference, reference_freed_at) NULLS NOT DISTINCT
CREATE INDEX payments_taken_from ON public.payments USING btree (taken_from) WHERE (taken_from IS NOT NULL)
CREATE UNIQUE INDEX payments_token_is_unique ON public.payments USING btree (link_token_hash)
CREATE INDEX payments_with_money ON public.payments USING btree (workspace_id, id) WHERE (captured_amount > refunded_amount)
CREATE INDEX payments_with_warnings ON public.payments USING btree (workspace_id, id) WHERE (warnings <> '{}'::text[])
CREATE UNIQUE INDEX provider_accounts_one_active_a_family ON public.provider_accounts USING btree (workspace_id, family) WHERE is_active
CREATE UNIQUE INDEX provider_accounts_one_row_an_account ON public.provider_accounts USING btree (workspace_id, family, provider, account_key_hash)
CREATE UNIQUE INDEX provider_accounts_pkey ON public.provider_accounts USING btree (id)
CREATE UNIQUE INDEX provider_accounts_token_is_unique ON public.provider_accounts USING btree (webhook_token_hash)
CREATE INDEX provider_events_before_their_charge ON public.provider_events USING btree (account_id, provider_transaction_id) WHERE ((verdict = 'quarantined'::text) AND (provider_transaction_id IS NOT NULL))
CREATE INDEX provider_events_by_payment ON public.provider_events USING btree (payment_id)
CREATE INDEX provider_events_due ON public.provider_events USING btree (due_at) WHERE (due_at IS NOT NULL)
CREATE UNIQUE INDEX provider_events_event_is_unique ON public.provider_events USING btree (account_id, event_id)
CREATE INDEX provider_events_newest_first ON public.provider_events USING btree (received_at DESC, id DESC)
CREATE INDEX provider_events_open ON public.provider_events USING btree (payment_id) WHERE ((handled_at IS NULL) AND (verdict = 'accepted'::text))
CREATE UNIQUE INDEX provider_events_pkey ON public.provider_events USING btree (id)
CREATE INDEX provider_events_quarantined ON public.provider_events USING btree (account_id, received_at) WHERE (verdict = 'quarantined'::text)
CREATE INDEX provider_events_refused ON public.provider_events USING btree (received_at DESC, id DESC) WHERE (verdict = 'refused'::text)
CREATE INDEX provider_events_refused_at_account ON public.provider_events USING btree (account_id, received_at) WHERE (verdict = 'refused'::text)
CREATE INDEX provider_events_unhandled ON public.provider_events USING btree (received_at DESC, id DESC) WHERE (handled_at IS NULL)
CREATE INDEX provider_events_with_contents ON public.provider_events USING btree (received_at, id) WHERE ((body_sealed IS NOT NULL) OR (headers_sealed IS NOT NULL) OR (remote_address IS NOT NULL))
CREATE INDEX provider_pages_by_end ON public.provider_pages USING btree (account_id, expires_at)
CREATE INDEX provider_pages_by_payment ON public.provider_pages USING btree (payment_id)
CREATE INDEX provider_pages_by_start ON public.provider_pages USING btree (account_id, created_at)
CREATE UNIQUE INDEX provider_pages_id_is_unique ON public.provider_pages USING btree (account_id, provider_page_id)
CREATE UNIQUE INDEX provider_pages_one_live ON public.provider_pages USING btree (payment_id) WHERE (state = 'live'::text)
CREATE UNIQUE INDEX provider_pages_pkey ON public.provider_pages USING btree (id)
CREATE INDEX provider_transactions_by_payment ON public.provider_transactions USING btree (payment_id)
CREATE INDEX provider_transactions_by_time ON public.provider_transactions USING btree (account_id, paid_at)
CREATE UNIQUE INDEX provider_transactions_id_is_unique ON public.provider_transactions USING btree (account_id, provider_transaction_id) NULLS NOT DISTINCT
CREATE UNIQUE INDEX provider_transactions_pkey ON public.provider_transactions USING btree (id)
CREATE INDEX provider_transactions_unacknowledged ON public.provider_transactions USING btree (acknowledge_at) WHERE (acknowledge_at IS NOT NULL)
CREATE UNIQUE INDEX rate_limits_pkey ON public.rate_limits USING btree (name)
CREATE INDEX reconciliation_findings_by_payment ON public.reconciliation_findings USING btree (payment_id)
CREATE UNIQUE INDEX reconciliation_findings_pkey ON public.reconciliation_findings USING btree (account_id, kind, subject)
CREATE INDEX refunds_by_payment ON public.refunds USING btree (payment_id)
CREATE INDEX refunds_credit_waits ON public.refunds USING btree (created_at) WHERE credit_waits
CREATE UNIQUE INDEX refunds_one_a_movement ON public.refunds USING btree (transaction_id)
CREATE UNIQUE INDEX refunds_one_a_recognised_movement ON public.refunds USING btree (recognised_id)
CREATE INDEX refunds_outcome_unknown ON public.refunds USING btree (next_check_at) WHERE (outcome = 'unknown'::text)
CREATE INDEX refunds_pending ON public.refunds USING btree (created_at) WHERE (status = 'pending'::text)
CREATE UNIQUE INDEX refunds_pkey ON public.refunds USING btree (id)
CREATE UNIQUE INDEX review_questions_pkey ON public.review_questions USING btree (payment_id, reason, subject)
CREATE UNIQUE INDEX review_resolutions_one_at_a_time ON public.review_resolutions USING btree (payment_id) WHERE (applied_at IS NULL)
CREATE UNIQUE INDEX review_resolutions_pkey ON public.review_resolutions USING btree (id)
CREATE UNIQUE INDEX tax_authority_connections_pkey ON public.tax_authority_connections USING btree (workspace_id)
CREATE UNIQUE INDEX tax_authority_connections_state_hash_key ON public.tax_authority_connections USING btree (state_hash)
CREATE INDEX tax_documents_await_allocation ON public.tax_documents USING btree (workspace_id, id) WHERE (status = 'allocation_required'::text)
CREATE INDEX tax_documents_by_creation ON public.tax_documents USING btree (workspace_id, created_at)
CREATE INDEX tax_documents_by_date ON public.tax_documents USING btree (workspace_id, document_date DESC, id DESC)
CREATE INDEX tax_documents_by_original ON public.tax_documents USING btree (original_document_id) WHERE (original_document_id IS NOT NULL)
CREATE INDEX tax_documents_by_payment ON public.tax_documents USING btree (payment_id)
CREATE INDEX tax_documents_by_type ON public.tax_documents USING btree (workspace_id, type, document_date DESC, id DESC)
CREATE INDEX tax_documents_confirmed ON public.tax_documents USING btree (workspace_id, currency) WHERE ((type = 'credit_invoice'::text) AND (vat > 0) AND (acknowledged_at IS NOT NULL))
CREATE INDEX tax_documents_in_other_currencies ON public.tax_documents USING btree (workspace_id, document_date) WHERE (currency <> 'ILS'::bpchar)
CREATE UNIQUE INDEX tax_documents_number_is_unique ON public.tax_documents USING btree (workspace_id, series, number) INCLUDE (document_date)
CREATE INDEX tax_documents_of_earlier_days ON public.tax_documents USING btree (workspace_id, document_date) WHERE ((refund_id IS NULL) AND ((content ->> 'movedFromDay'::text) IS NOT NULL))
CREATE INDEX tax_documents_of_money ON public.tax_documents USING btree (workspace_id, payment_id) WHERE ((counts_as = 'money'::text) AND (refund_id IS NULL) AND (reverses_document_id IS NULL))
CREATE UNIQUE INDEX tax_documents_one_a_payment ON public.tax_documents USING btree (payment_id) WHERE ((refund_id IS NULL) AND (reverses_document_id IS NULL) AND (counts_as <> 'sale'::text))
CREATE UNIQUE INDEX tax_documents_one_a_refund ON public.tax_documents USING btree (refund_id) WHERE ((refund_id IS NOT NULL) AND (counts_as <> 'sale'::text))
CREATE UNIQUE INDEX tax_documents_one_invoice_a_payment ON public.tax_documents USING btree (payment_id) WHERE ((refund_id IS NULL) AND (reverses_document_id IS NULL) AND (counts_as = 'sale'::text))
CREATE UNIQUE INDEX tax_documents_one_invoice_credit_a_refund ON public.tax_documents USING btree (refund_id) WHERE ((refund_id IS NOT NULL) AND (counts_as = 'sale'::text))
CREATE UNIQUE INDEX tax_documents_pkey ON public.tax_documents USING btree (id)
CREATE UNIQUE INDEX tax_documents_reversed_once ON public.tax_documents USING btree (reverses_document_id)
CREATE INDEX tax_documents_sums ON public.tax_documents USING btree (workspace_id, currency, document_date) INCLUDE (refund_id, type, status, counts_as, net, vat, total, rate_bp, zero_rated, exempt, acknowledged_at, payment_provider, payment_method)
CREATE INDEX tax_documents_that_lack_shekels ON public.tax_documents USING btree (workspace_id, document_date) WHERE ((currency <> 'ILS'::bpchar) AND (NOT (content ? 'ils'::text)) AND ((content #>> '{issuer,dealerType}'::text[]) <> 'foreign'::text))
CREATE INDEX tax_documents_without_charge ON public.tax_documents USING btree (workspace_id, id) WHERE ((refund_id IS NULL) AND (transaction_id IS NULL))
CREATE INDEX tax_documents_without_shekels ON public.tax_documents USING btree (workspace_id, currency, document_date) WHERE ((currency <> 'ILS'::bpchar) AND (NOT (content ? 'ils'::text)))
CREATE UNIQUE INDEX tax_profiles_pkey ON public.tax_profiles USING btree (workspace_id, valid_from)
CREATE UNIQUE INDEX unreadable_rows_pkey ON public.unreadable_rows USING btree (payment_id, row_id)
CREATE UNIQUE INDEX webhook_endpoints_by_workspace ON public.webhook_endpoints USING btree (workspace_id, id)
CREATE UNIQUE INDEX webhook_endpoints_pkey ON public.webhook_endpoints USING btree (id)
CREATE INDEX webhook_refusals_due ON public.webhook_refusals USING btree (due_at) WHERE (due_at IS NOT NULL)
CREATE UNIQUE INDEX webhook_refusals_pkey ON public.webhook_refusals USING btree (account_id)
CREATE UNIQUE INDEX workspace_logos_pkey ON public.workspace_logos USING btree (workspace_id, sha256)
CREATE UNIQUE INDEX workspaces_pkey ON public.workspaces USING btree (id)

-- views
reported_documents (security_invoker=true):  SELECT tax_documents.id, tax_documents.workspace_id, tax_documents.payment_id, tax_documents.refund_id, tax_documents.transaction_id, tax_documents.original_document_id, tax_documents.reverses_document_id, tax_documents.type, tax_documents.series, tax_documents.number, tax_documents.fiscal_year, tax_documents.document_date, tax_documents.currency, tax_documents.net, tax_documents.vat, tax_documents.total, tax_documents.rate_bp, tax_documents.status, tax_documents.allocation_number, tax_documents.content, tax_documents.acknowledged_at, tax_documents.acknowledged_by, tax_documents.created_at, tax_documents.zero_rated, tax_documents.exempt, tax_documents.payment_provider, tax_documents.payment_method, tax_documents.counts_as, tax_documents.created_at AS counted_since FROM tax_documents UNION ALL SELECT d.id, d.workspace_id, d.payment_id, d.refund_id, d.transaction_id, d.original_document_id, d.reverses_document_id, d.type, d.series, d.number, d.fiscal_year, d.document_date, 'ILS'::character(3) AS currency, ((known.sums ->> 'net'::text))::bigint AS net, ((known.sums ->> 'vat'::text))::bigint AS vat, ((known.sums ->> 'total'::text))::bigint AS total, d.rate_bp, d.status, d.allocation_number, ils.content, d.acknowledged_at, d.acknowledged_by, d.created_at, untaxed_sum(ils.content, 'zero_rated'::text) AS zero_rated, untaxed_sum(ils.content, 'exempt'::text) AS exempt, d.payment_provider, d.payment_method, d.counts_as, GREATEST(d.created_at, s.created_at) AS counted_since FROM (((tax_documents d LEFT JOIN document_shekels s ON ((s.document_id = d.id))) CROSS JOIN LATERAL ( SELECT COALESCE((d.content -> 'ils'::text), s.sums) AS sums) known) CROSS JOIN LATERAL ( SELECT (d.content || jsonb_build_object('ils', known.sums, 'lines', (known.sums -> 'lines'::text), 'means', (known.sums -> 'means'::text))) AS content) ils) WHERE ((d.currency <> 'ILS'::bpchar) AND (known.sums IS NOT NULL));

-- row-level security
allocation_requests own_workspace TO tashlum_app USING (workspace_id = current_workspace()) WITH CHECK (workspace_id = current_workspace())
api_keys own_workspace TO tashlum_app USING (workspace_id = current_workspace()) WITH CHECK (workspace_id = current_workspace())
audit_heads own_workspace TO tashlum_app USING (workspace_id = current_workspace()) WITH CHECK (workspace_id = current_workspace())
audit_log own_workspace TO tashlum_app USING (workspace_id = current_workspace()) WITH CHECK (workspace_id = current_workspace())
disputes own_workspace TO tashlum_app USING (workspace_id = current_workspace()) WITH CHECK (workspace_id = current_workspace())
document_counters own_workspace TO tashlum_app USING (workspace_id = current_workspace()) WITH CHECK (workspace_id = current_workspace())
document_files own_workspace TO tashlum_app USING (workspace_id = current_workspace()) WITH CHECK (workspace_id = current_workspace())
document_shekels own_workspace TO tashlum_app USING (workspace_id = current_workspace()) WITH CHECK (workspace_id = current_workspace())
event_attempts own_workspace TO tashlum_app USING (workspace_id = current_workspace()) WITH CHECK (workspace_id = current_workspace())
event_deliveries own_workspace TO tashlum_app USING (workspace_id = current_workspace()) WITH CHECK (workspace_id = current_workspace())
event_streams own_workspace TO tashlum_app USING (workspace_id = current_workspace()) WITH CHECK (workspace_id = current_workspace())
events own_workspace TO tashlum_app USING (workspace_id = current_workspace()) WITH CHECK (workspace_id = current_workspace())
export_documents own_workspace TO tashlum_app USING (workspace_id = current_workspace()) WITH CHECK (workspace_id = current_workspace())
export_pieces own_workspace TO tashlum_app USING (workspace_id = current_workspace()) WITH CHECK (workspace_id = current_workspace())
exports own_workspace TO tashlum_app USING (workspace_id = current_workspace()) WITH CHECK (workspace_id = current_workspace())
idempotency_keys own_workspace TO tashlum_app USING (workspace_id = current_workspace()) WITH CHECK (workspace_id = current_workspace())
invoice_pushes own_workspace TO tashlum_app USING (workspace_id = current_workspace()) WITH CHECK (workspace_id = current_workspace())
mails own_workspace TO tashlum_app USING (workspace_id = current_workspace()) WITH CHECK (workspace_id = current_workspace())
manual_payments own_workspace TO tashlum_app USING (workspace_id = current_workspace()) WITH CHECK (workspace_id = current_workspace())
patur_steps own_workspace TO tashlum_app USING (workspace_id = current_workspace()) WITH CHECK (workspace_id = current_workspace())
payment_log own_workspace TO tashlum_app USING (workspace_id = current_workspace()) WITH CHECK (workspace_id = current_workspace())
payment_requests own_workspace TO tashlum_app USING (workspace_id = current_workspace()) WITH CHECK (workspace_id = current_workspace())
payments own_workspace TO tashlum_app USING (workspace_id = current_workspace()) WITH CHECK (workspace_id = current_workspace())
provider_accounts own_workspace TO tashlum_app USING (workspace_id = current_workspace()) WITH CHECK (workspace_id = current_workspace())
provider_events own_workspace TO tashlum_app USING (workspace_id = current_workspace()) WITH CHECK (workspace_id = current_workspace())
provider_pages own_workspace TO tashlum_app USING (workspace_id = current_workspace()) WITH CHECK (workspace_id = current_workspace())
provider_transactions own_workspace TO tashlum_app USING (workspace_id = current_workspace()) WITH CHECK (workspace_id = current_workspace())
reconciliation_findings own_workspace TO tashlum_app USING (workspace_id = current_workspace()) WITH CHECK (workspace_id = current_workspace())
refunds own_workspace TO tashlum_app USING (workspace_id = current_workspace()) WITH CHECK (workspace_id = current_workspace())
review_questions own_workspace TO tashlum_app USING (workspace_id = current_workspace()) WITH CHECK (workspace_id = current_workspace())
review_resolutions own_workspace TO tashlum_app USING (workspace_id = current_workspace()) WITH CHECK (workspace_id = current_workspace())
tax_authority_connections own_workspace TO tashlum_app USING (workspace_id = current_workspace()) WITH CHECK (workspace_id = current_workspace())
tax_documents own_workspace TO tashlum_app USING (workspace_id = current_workspace()) WITH CHECK (workspace_id = current_workspace())
tax_profiles own_workspace TO tashlum_app USING (workspace_id = current_workspace()) WITH CHECK (workspace_id = current_workspace())
unreadable_rows own_workspace TO tashlum_app USING (workspace_id = current_workspace()) WITH CHECK (workspace_id = current_workspace())
webhook_endpoints own_workspace TO tashlum_app USING (workspace_id = current_workspace()) WITH CHECK (workspace_id = current_workspace())
webhook_refusals own_workspace TO tashlum_app USING (workspace_id = current_workspace()) WITH CHECK (workspace_id = current_workspace())
workspace_logos own_workspace TO tashlum_app USING (workspace_id = current_workspace()) WITH CHECK (workspace_id = current_workspace())
workspaces own_workspace TO tashlum_app USING (id = current_workspace()) WITH CHECK (id = current_workspace())

-- triggers
CREATE TRIGGER audit_log_is_append_only BEFORE DELETE ON public.audit_log FOR EACH ROW EXECUTE FUNCTION refuse_change()
CREATE TRIGGER audit_log_is_not_truncated BEFORE TRUNCATE ON public.audit_log FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()
CREATE TRIGGER audit_log_loses_reasons_only BEFORE UPDATE ON public.audit_log FOR EACH ROW EXECUTE FUNCTION refuse_all_but_erasing()
CREATE TRIGGER document_counters_are_never_deleted BEFORE DELETE ON public.document_counters FOR EACH ROW EXECUTE FUNCTION refuse_change()
CREATE TRIGGER document_counters_are_not_truncated BEFORE TRUNCATE ON public.document_counters FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()
CREATE TRIGGER document_counters_only_rise BEFORE UPDATE ON public.document_counters FOR EACH ROW EXECUTE FUNCTION refuse_lower_counter()
CREATE TRIGGER document_files_are_kept BEFORE DELETE OR UPDATE ON public.document_files FOR EACH ROW EXECUTE FUNCTION refuse_change()
CREATE TRIGGER document_files_are_not_truncated BEFORE TRUNCATE ON public.document_files FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()
CREATE TRIGGER document_shekels_are_kept BEFORE DELETE OR UPDATE ON public.document_shekels FOR EACH ROW EXECUTE FUNCTION refuse_change()
CREATE TRIGGER document_shekels_are_not_truncated BEFORE TRUNCATE ON public.document_shekels FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()
CREATE TRIGGER payment_log_is_append_only BEFORE DELETE OR UPDATE ON public.payment_log FOR EACH ROW EXECUTE FUNCTION refuse_change()
CREATE TRIGGER payment_log_is_not_truncated BEFORE TRUNCATE ON public.payment_log FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()
CREATE TRIGGER provider_events_of_erased_are_empty BEFORE INSERT OR UPDATE OF payment_id ON public.provider_events FOR EACH ROW WHEN ((new.payment_id IS NOT NULL)) EXECUTE FUNCTION forget_contents_of_erased()
CREATE TRIGGER provider_transactions_of_erased_name_nobody BEFORE INSERT OR UPDATE OF payment_id, payer_name ON public.provider_transactions FOR EACH ROW WHEN ((new.payer_name IS NOT NULL)) EXECUTE FUNCTION forget_name_of_erased()
CREATE TRIGGER tax_documents_are_never_deleted BEFORE DELETE ON public.tax_documents FOR EACH ROW EXECUTE FUNCTION refuse_change()
CREATE TRIGGER tax_documents_are_not_truncated BEFORE TRUNCATE ON public.tax_documents FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()
CREATE TRIGGER tax_documents_books_are_open BEFORE INSERT ON public.tax_documents FOR EACH ROW EXECUTE FUNCTION refuse_closed_books()
CREATE TRIGGER tax_documents_cancel_before_leaving BEFORE UPDATE ON public.tax_documents FOR EACH ROW WHEN (((new.status = 'cancelled'::text) AND (old.status <> 'cancelled'::text))) EXECUTE FUNCTION refuse_cancelling_what_left()
CREATE TRIGGER tax_documents_credits_fit_original BEFORE INSERT ON public.tax_documents FOR EACH ROW WHEN ((new.original_document_id IS NOT NULL)) EXECUTE FUNCTION refuse_excess_credit()
CREATE TRIGGER tax_documents_keep_their_acknowledgement BEFORE UPDATE ON public.tax_documents FOR EACH ROW EXECUTE FUNCTION refuse_other_acknowledgement()
CREATE TRIGGER tax_documents_keep_their_reversal BEFORE UPDATE ON public.tax_documents FOR EACH ROW WHEN ((new.reverses_document_id IS DISTINCT FROM old.reverses_document_id)) EXECUTE FUNCTION refuse_reversal_change()
CREATE TRIGGER tax_documents_keep_what_they_say BEFORE UPDATE ON public.tax_documents FOR EACH ROW EXECUTE FUNCTION refuse_document_rewrite()
CREATE TRIGGER tax_documents_reversal_fits_credit BEFORE INSERT ON public.tax_documents FOR EACH ROW WHEN ((new.reverses_document_id IS NOT NULL)) EXECUTE FUNCTION refuse_other_reversal()
CREATE TRIGGER workspace_logos_are_kept BEFORE DELETE OR UPDATE ON public.workspace_logos FOR EACH ROW EXECUTE FUNCTION refuse_change()
CREATE TRIGGER workspace_logos_are_not_truncated BEFORE TRUNCATE ON public.workspace_logos FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()
CREATE TRIGGER workspaces_close_past_days_only BEFORE INSERT OR UPDATE OF books_closed_through ON public.workspaces FOR EACH ROW WHEN ((new.books_closed_through IS NOT NULL)) EXECUTE FUNCTION refuse_early_closing()

-- grants
allocation_requests to tashlum_app: INSERT, SELECT, UPDATE
allocation_requests to tashlum_ops: SELECT
allocation_requests to tashlum_system: INSERT, SELECT, UPDATE
api_keys to tashlum_app: INSERT, SELECT, UPDATE
api_keys to tashlum_ops: SELECT
api_keys to tashlum_system: INSERT, SELECT, UPDATE
audit_heads to tashlum_app: INSERT, SELECT, UPDATE
audit_heads to tashlum_system: INSERT, SELECT, UPDATE
audit_log to tashlum_app: INSERT, SELECT
audit_log to tashlum_ops: SELECT
audit_log to tashlum_system: INSERT, SELECT
books_checks to tashlum_ops: SELECT
books_checks to tashlum_system: DELETE, INSERT, SELECT, UPDATE
circuit_breakers to tashlum_app: SELECT
circuit_breakers to tashlum_ops: SELECT
circuit_breakers to tashlum_system: INSERT, SELECT, UPDATE
disputes to tashlum_app: INSERT, SELECT, UPDATE
disputes to tashlum_ops: SELECT
disputes to tashlum_system: INSERT, SELECT, UPDATE
document_counters to tashlum_app: INSERT, SELECT, UPDATE
document_counters to tashlum_ops: SELECT
document_counters to tashlum_system: INSERT, SELECT, UPDATE
document_files to tashlum_app: INSERT, SELECT
document_files to tashlum_ops: SELECT
document_files to tashlum_system: INSERT, SELECT
document_shekels to tashlum_app: INSERT, SELECT
document_shekels to tashlum_ops: SELECT
document_shekels to tashlum_system: INSERT, SELECT
encryption_keys to tashlum_ops: SELECT
encryption_keys to tashlum_system: DELETE, INSERT, SELECT
event_attempts to tashlum_app: INSERT, SELECT
event_attempts to tashlum_ops: SELECT
event_attempts to tashlum_system: DELETE, INSERT, SELECT
event_deliveries to tashlum_app: INSERT, SELECT, UPDATE
event_deliveries to tashlum_ops: SELECT
event_deliveries to tashlum_system: DELETE, INSERT, SELECT, UPDATE
event_streams to tashlum_app: INSERT, SELECT, UPDATE
event_streams to tashlum_ops: SELECT
event_streams to tashlum_system: INSERT, SELECT, UPDATE
events to tashlum_app: INSERT, SELECT, UPDATE
events to tashlum_ops: SELECT
events to tashlum_system: DELETE, INSERT, SELECT, UPDATE
exchange_rates to tashlum_app: SELECT
exchange_rates to tashlum_ops: SELECT
exchange_rates to tashlum_system: INSERT, SELECT, UPDATE
export_documents to tashlum_app: DELETE, INSERT, SELECT
export_documents to tashlum_ops: SELECT
export_documents to tashlum_system: DELETE, INSERT, SELECT
export_pieces to tashlum_app: DELETE, INSERT, SELECT
export_pieces to tashlum_ops: SELECT
export_pieces to tashlum_system: DELETE, INSERT, SELECT
exports to tashlum_app: INSERT, SELECT, UPDATE
exports to tashlum_ops: SELECT
exports to tashlum_system: INSERT, SELECT, UPDATE
idempotency_keys to tashlum_app: INSERT, SELECT, UPDATE
idempotency_keys to tashlum_ops: SELECT
idempotency_keys to tashlum_system: DELETE, INSERT, SELECT, UPDATE
invoice_pushes to tashlum_app: INSERT, SELECT, UPDATE
invoice_pushes to tashlum_ops: SELECT
invoice_pushes to tashlum_system: INSERT, SELECT, UPDATE
mails to tashlum_app: INSERT, SELECT, UPDATE
mails to tashlum_ops: SELECT
mails to tashlum_system: INSERT, SELECT, UPDATE
manual_payments to tashlum_app: INSERT, SELECT, UPDATE
manual_payments to tashlum_ops: SELECT
manual_payments to tashlum_system: INSERT, SELECT, UPDATE
patur_steps to tashlum_app: INSERT, SELECT
patur_steps to tashlum_system: INSERT, SELECT
payment_log to tashlum_app: INSERT, SELECT
payment_log to tashlum_ops: SELECT
payment_log to tashlum_system: INSERT, SELECT
payment_requests to tashlum_app: INSERT, SELECT, UPDATE
payment_requests to tashlum_ops: SELECT
payment_requests to tashlum_system: INSERT, SELECT, UPDATE
payments to tashlum_app: INSERT, SELECT, UPDATE
payments to tashlum_ops: SELECT
payments to tashlum_system: INSERT, SELECT, UPDATE
provider_accounts to tashlum_app: INSERT, SELECT, UPDATE
provider_accounts to tashlum_ops: SELECT
provider_accounts to tashlum_system: INSERT, SELECT, UPDATE
provider_events to tashlum_app: INSERT, SELECT, UPDATE
provider_events to tashlum_ops: SELECT
provider_events to tashlum_system: INSERT, SELECT, UPDATE
provider_pages to tashlum_app: INSERT, SELECT, UPDATE
provider_pages to tashlum_ops: SELECT
provider_pages to tashlum_system: INSERT, SELECT, UPDATE
provider_transactions to tashlum_app: INSERT, SELECT, UPDATE
provider_transactions to tashlum_ops: SELECT
provider_transactions to tashlum_system: INSERT, SELECT, UPDATE
rate_limits to tashlum_ops: SELECT
rate_limits to tashlum_system: DELETE, INSERT, SELECT, UPDATE
reconciliation_findings to tashlum_app: INSERT, SELECT, UPDATE
reconciliation_findings to tashlum_ops: SELECT
reconciliation_findings to tashlum_system: INSERT, SELECT, UPDATE
refunds to tashlum_app: INSERT, SELECT, UPDATE
refunds to tashlum_ops: SELECT
refunds to tashlum_system: INSERT, SELECT, UPDATE
reported_documents to tashlum_app: SELECT
reported_documents to tashlum_ops: SELECT
reported_documents to tashlum_system: SELECT
review_questions to tashlum_app: INSERT, SELECT, UPDATE
review_questions to tashlum_ops: SELECT
review_questions to tashlum_system: INSERT, SELECT, UPDATE
review_resolutions to tashlum_app: INSERT, SELECT, UPDATE
review_resolutions to tashlum_ops: SELECT
review_resolutions to tashlum_system: INSERT, SELECT, UPDATE
tax_authority_connections to tashlum_app: INSERT, SELECT, UPDATE
tax_authority_connections to tashlum_ops: SELECT
tax_authority_connections to tashlum_system: INSERT, SELECT, UPDATE
tax_documents to tashlum_app: INSERT, SELECT
tax_documents to tashlum_ops: SELECT
tax_documents to tashlum_system: INSERT, SELECT
tax_profiles to tashlum_app: INSERT, SELECT, UPDATE
tax_profiles to tashlum_ops: SELECT
tax_profiles to tashlum_system: INSERT, SELECT, UPDATE
unreadable_rows to tashlum_app: DELETE, INSERT, SELECT, UPDATE
unreadable_rows to tashlum_ops: SELECT
unreadable_rows to tashlum_system: DELETE, INSERT, SELECT, UPDATE
webhook_endpoints to tashlum_app: INSERT, SELECT, UPDATE
webhook_endpoints to tashlum_ops: SELECT
webhook_endpoints to tashlum_system: INSERT, SELECT, UPDATE
webhook_refusals to tashlum_app: SELECT
webhook_refusals to tashlum_system: INSERT, SELECT, UPDATE
workspace_logos to tashlum_app: INSERT, SELECT
workspace_logos to tashlum_ops: SELECT
workspace_logos to tashlum_system: INSERT, SELECT
workspaces to tashlum_app: INSERT, SELECT, UPDATE
workspaces to tashlum_ops: SELECT
workspaces to tashlum_system: INSERT, SELECT, UPDATE

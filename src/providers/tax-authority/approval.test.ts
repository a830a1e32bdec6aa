import { describe, expect, it } from '#jest';
import { readDecision, toApprovalBody } from './approval.ts';
import type { AllocationOrder } from './approval.ts';

const ORDER: AllocationOrder = {
  documentId: 'doc_1',
  documentType: 'tax_invoice_receipt',
  issuerTaxId: '012345674',
  displayNumber: '1001',
  customerTaxId: '777777723',
  customerName: 'Example Ltd',
  documentDate: '2026-06-10',
  issuedOn: '2026-06-11',
  net: 600_010,
  vat: 108_002,
  total: 708_012,
  userId: '000000018',
  userName: 'Clinic',
};

const answer = (body: string, status = 200) => ({ status, headers: {}, text: body });

describe('the request', () => {
  it('has the fields of v2, with sums as JSON numbers in shekels', () => {
    expect(JSON.stringify(toApprovalBody(ORDER, 'v2', '777777715'))).toBe(
      '{"invoice_id":"doc_1","invoice_type":320,"vat_number":12345674,"invoice_reference_number":"1001",' +
        '"customer_vat_number":777777723,"customer_name":"Example Ltd","invoice_date":"2026-06-10",' +
        '"invoice_issuance_date":"2026-06-11","accounting_software_number":777777715,' +
        '"amount_before_discount":6000.10,"discount":0,"payment_amount":6000.10,"vat_amount":1080.02,' +
        '"payment_amount_including_vat":7080.12,"action":0,"user_id":18}',
    );
  });

  it('names the business where the person has no id, in v2 alone', () => {
    const nameless = { ...ORDER, userId: null };
    expect(toApprovalBody(nameless, 'v2', '1')).toMatchObject({ user_name: 'Clinic' });
    expect(Object.keys(toApprovalBody(nameless, 'v1', '1'))).toEqual([
      ...['Invoice_ID', 'Invoice_Type', 'Vat_Number', 'Invoice_Reference_Number', 'Customer_VAT_Number'],
      ...['Customer_Name', 'Invoice_Date', 'Invoice_Issuance_Date', 'Accounting_Software_Number'],
      ...['Amount_Before_Discount', 'Discount', 'Payment_Amount', 'VAT_Amount'],
      ...['Payment_Amount_Including_VAT', 'Action'],
    ]);
  });
});

describe('the answer', () => {
  it.each([
    ['text', '{"confirmation_number":"202606100000000000000001","approved":true}'],
    ['a number that JSON cannot hold', '{"Confirmation_Number": 202606100000000000000001}'],
    ['the other spelling', '{"Confirmation_number":"202606100000000000000001"}'],
  ])('keeps every digit of %s', (_what, body) => {
    expect(readDecision(answer(body))).toEqual({ kind: 'approved', number: '202606100000000000000001' });
  });

  it.each([
    ['v1', '{"Message":[{"errors":[{"code":432}]}],"Confirmation_Number":0}', '432'],
    ['v2', '{"message":{"errors":[{"code":"460"}]},"confirmation_number":"0","approved":false}', '460'],
    ['nobody knows', '{"confirmation_number":0}', 'unknown'],
  ])('that refuses in the form of %s names the code', (_what, body, code) => {
    expect(readDecision(answer(body))).toEqual({ kind: 'refused', code });
  });

  it.each([406, 400, 422])('with status %s is a refusal that a person must read', (status) => {
    expect(readDecision(answer('', status))).toEqual({ kind: 'refused', code: String(status) });
  });

  it.each([
    [401, 'credentials_invalid'],
    [403, 'credentials_invalid'],
    [404, 'bad_answer'],
    [429, 'rate_limited'],
    [500, 'provider_unavailable'],
  ])('with status %s decides nothing: %s', (status, code) => {
    expect(() => readDecision(answer('{}', status))).toThrow(expect.objectContaining({ code }));
  });

  it.each(['<html>', '', '{"confirmation_number":"12"}', '{"half":'])(
    '%j decides nothing: it is no number',
    (body) => {
      expect(() => readDecision(answer(body))).toThrow(expect.objectContaining({ code: 'bad_answer' }));
    },
  );
});

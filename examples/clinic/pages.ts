import type { Booking } from './bookings.ts';

export function bookingForm(): string {
  return page(`<h1>Book a visit, ₪350</h1>
    <form method="post" action="/bookings">
      <label>Your name <input name="patient" required></label> <button>Book and pay</button>
    </form>`);
}

export function bookingPage({ id, patient, status, documentId }: Booking): string {
  const receipt = documentId === null ? '' : `<p><a href="/bookings/${id}/receipt">Your receipt</a></p>`;
  // The event may come a moment after the payer does, so the page looks again.
  const again = status === 'paid' ? '' : '<meta http-equiv="refresh" content="2">';
  return page(`${again}<h1>${escape(patient)}: ${status}</h1>${receipt}`);
}

function page(content: string): string {
  return `<!doctype html><html lang="en"><meta charset="utf-8"><title>Clinic</title>${content}</html>`;
}

function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}

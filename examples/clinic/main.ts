import { createTashlum } from 'tashlum/client';
import { createClinic } from './app.ts';
import { createBookings } from './bookings.ts';

/** A variable that must be there. */
function read(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is missing: see examples/clinic/README.md`);
  return value;
}

const port = Number(process.env['PORT'] ?? 3000);
const baseUrl = process.env['BASE_URL'] ?? `http://127.0.0.1:${port}`;
const app = createClinic({
  tashlum: createTashlum({ baseUrl: read('TASHLUM_URL'), key: read('TASHLUM_KEY') }),
  bookings: createBookings(),
  webhookSecret: read('TASHLUM_WEBHOOK_SECRET'),
  baseUrl,
});
app.listen(port, '127.0.0.1', () => console.log(`The clinic is open at ${baseUrl}`));

/** What the clinic knows of a visit. A real one keeps it in its database. */
export interface Booking {
  readonly id: string;
  readonly patient: string;
  readonly status: 'waiting' | 'paid';
  readonly paymentId: string | null;
  readonly documentId: string | null;
}

/** The clinic's books, and the events that are already in them. */
export function createBookings() {
  const bookings = new Map<string, Booking>();
  const seen = new Set<string>();
  return {
    find: (id: string) => bookings.get(id),
    add(id: string, patient: string): void {
      bookings.set(id, { id, patient, status: 'waiting', paymentId: null, documentId: null });
    },
    /** Writes down what is new about a booking. */
    change(id: string, change: Partial<Booking>): void {
      const booking = bookings.get(id);
      if (booking !== undefined) bookings.set(id, { ...booking, ...change });
    },
    /** Whether this event is in the books: Tashlum sends an event again if it did not hear the answer. */
    hasSeen: (eventId: string) => seen.has(eventId),
    remember: (eventId: string) => void seen.add(eventId),
  };
}

export type Bookings = ReturnType<typeof createBookings>;

/** One item of a sweep that failed. */
export interface SweepFailure {
  /** What the log says of the item: ids alone. */
  readonly ids: object;
  readonly error: unknown;
}

/** Some items of a sweep failed. The others were handled, unless nothing could be done any more. */
export class SweepError extends Error {
  readonly failures: readonly SweepFailure[];

  constructor(failures: readonly SweepFailure[]) {
    super(`${failures.length} of the items of a sweep failed`);
    this.name = 'SweepError';
    this.failures = failures;
  }
}

interface Rule<Item> {
  /** What the log says of an item that failed: ids alone, because a row has names and addresses. */
  readonly idsOf: (item: Item) => object;
  readonly run: (item: Item) => Promise<unknown>;
  /** How many items are handled concurrently; one unless it is given. */
  readonly atOnce?: number;
  /** Asked after a failure. False: the other items would fail too, so they wait for the next sweep. */
  readonly mayGoOn?: () => Promise<boolean>;
}

/**
 * The rule of every sweeper: an item that fails delays no other, and the sweep fails at its end. `start-sweeper.ts` logs each
 * failure.
 * @throws SweepError when the last item was handled, if any failed
 */
export async function sweepEach<Item>(
  items: Iterable<Item> | AsyncIterable<Item>,
  { idsOf, run, atOnce = 1, mayGoOn = () => Promise.resolve(true) }: Rule<Item>,
): Promise<void> {
  const failures: SweepFailure[] = [];
  let isStopped = false;
  const left = Symbol.asyncIterator in items ? items[Symbol.asyncIterator]() : items[Symbol.iterator]();
  const runLane = async (): Promise<void> => {
    for (let next = await left.next(); next.done !== true && !isStopped; next = await left.next()) {
      try {
        await run(next.value);
      } catch (error) {
        failures.push({ ids: idsOf(next.value), error });
        isStopped ||= !(await mayGoOn());
      }
    }
  };
  await Promise.all(Array.from({ length: atOnce }, runLane));
  if (failures.length > 0) throw new SweepError(failures);
}

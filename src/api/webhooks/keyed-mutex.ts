/** Runs the tasks of one name one after the other, in this process. */
export function createKeyedMutex(): <T>(name: string, work: () => Promise<T>) => Promise<T> {
  const last = new Map<string, Promise<void>>();
  return (name, work) => {
    const result = (last.get(name) ?? Promise.resolve()).then(work);
    const end = result.then(
      () => leave(),
      () => leave(),
    );
    const leave = (): void => {
      if (last.get(name) === end) last.delete(name);
    };
    last.set(name, end);
    return result;
  };
}

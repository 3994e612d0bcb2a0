/** What an engine answers with `{"message": …}` and a status. */
export class EngineFault extends Error {
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

export function noContainer(word: string): EngineFault {
  return new EngineFault(404, `No such container: ${word}`);
}

export function noImage(word: string): EngineFault {
  return new EngineFault(404, `No such image: ${word}`);
}

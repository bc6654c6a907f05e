/** A mistake of the reader, told in these words. */
export function fault(message: string): Error {
  return new Error(message, { cause: told });
}

/** True for an error whose words are meant for the reader. */
export function isFault(error: unknown): error is Error {
  return error instanceof Error && error.cause === told;
}

const told = 'told';

/** Why a file is not read: what it is, and what to do. */
export type Refused = { refused: string; hint: string };

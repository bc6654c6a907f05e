import { type Stage, stages } from '../model/log.ts';
import type { Environment } from '../model/environment.ts';
import type { Schedule } from '../model/schedule.ts';
import type { Policy } from '../validate/validate.ts';

/** What a row of the schedule's grid is about: an environment, the notes of one stage, or neither that is known. */
export type RowSubject = { environment?: Environment; stage?: Stage };

/** The subject of a row: what it says it is of, else the environment that its words name (C-063). */
export function subjectOf({ row, of = row }: Schedule['pattern'][number], { environments }: Policy): RowSubject {
  const stage = stages.find((candidate) => candidate === of);
  if (stage) return { stage };
  const words = ({ id, name, aliases }: Environment) => [id, name, ...aliases].map((word) => word.toLowerCase());
  const environment = environments.find((candidate) => words(candidate).includes(of.toLowerCase()));
  return environment ? { environment } : {};
}

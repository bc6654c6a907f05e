import type { Catalog } from '../../derive/catalog.ts';
import type { ReleaseHistory } from '../../derive/history.ts';
import { lateLinesOf } from '../../derive/late-lines.ts';
import type { LogLine } from '../../model/log.ts';
import { type Instant, toInstant } from '../../model/time.ts';
import { environmentName, isFor } from '../../derive/environments.ts';
import { labelled } from '../../model/labelled.ts';
import { publicNames } from '../../derive/names.ts';
import { type PublicActor, publicActors } from './actors.ts';
import { type Time, timeOf } from '../words/dates.ts';
import { lineWords, stageWord } from '../words/statuses.ts';
import { capital } from '../../model/wording.ts';
import { type Reference, referenceTo } from './reference.ts';

/** One line of the audit trail as readers see it: who by initials and role, what in words. */
export type PublicLine = {
  number: number;
  at: Time;
  until?: Time | undefined;
  what: string;
  by: PublicActor[];
  consulted: string[];
  informed: string[];
  items: Reference[];
  versions: { component: string; version: string }[];
  outcome?: string | undefined;
  details: string[];
  window?: { from: Time; until: Time; effect?: string | undefined } | undefined;
  reference?: string | undefined;
  /** The number of the line that this one corrects, and of the one that corrects this. */
  replaces?: number | undefined;
  replacedBy?: number | undefined;
  /** The number of the publication below which a line of before it was recorded. */
  recordedAfter?: number | undefined;
};

/** The whole log up to the moment of looking; a line that was corrected stays, and says by which. */
export function projectLog(catalog: Catalog, { record }: ReleaseHistory): PublicLine[] {
  const { zone } = catalog.policy.programme;
  const late = new Map(lateLinesOf(record.log, zone).map(({ index, publication }) => [index, publication + 1]));
  return record.log.flatMap((line, index): PublicLine[] => {
    const at = toInstant(line.at, zone);
    if (at > catalog.asOf) return [];
    const number = index + 1;
    const correction = record.log.findIndex(
      ({ replaces, at: moment }) => replaces === number && toInstant(moment, zone) <= catalog.asOf,
    );
    const replacedBy = correction === -1 ? undefined : correction + 1;
    return [{ ...lineOf(catalog, line, number, at), replacedBy, recordedAfter: late.get(index) }];
  });
}

function lineOf(catalog: Catalog, line: LogLine, number: number, at: Instant): PublicLine {
  const { zone } = catalog.policy.programme;
  return {
    number,
    at: timeOf(at, zone),
    until: line.did === 'deploy' && line.until ? timeOf(toInstant(line.until, zone), zone) : undefined,
    what: sentenceOf(catalog, line),
    by: publicActors(catalog, line.by, at, line.did, line.as),
    consulted: publicNames(catalog, line.consulted),
    informed: publicNames(catalog, line.informed),
    items: ('items' in line ? (line.items ?? []) : []).map((id) => referenceTo(catalog, 'item', id)),
    versions:
      line.did === 'deliver'
        ? Object.entries(line.versions ?? {}).map(([component, version]) => ({
            component: labelled(component, catalog.policy.components).name,
            version,
          }))
        : [],
    outcome: 'outcome' in line ? line.outcome : 'decision' in line ? line.decision : undefined,
    details: detailsOf(line),
    window: windowOf(line, zone),
    reference: line.ref,
    replaces: line.replaces,
  };
}

function sentenceOf(catalog: Catalog, line: LogLine): string {
  const { terms } = catalog.policy.programme;
  switch (line.did) {
    case 'review':
      return line.immediate === undefined
        ? lineWords.review
        : `${lineWords.review}: immediate deployment ${line.immediate ? 'required' : 'not required'}`;
    case 'deploy':
      return `Deployment to ${environmentName(catalog.policy, line.to)}`;
    case 'test':
      return `${capital(isFor(catalog.policy, 'market', line.in) ? terms.smokeTest : terms.internalTest)} in ${environmentName(catalog.policy, line.in)}`;
    case 'publish':
      return `${line.note === 'erratum' ? 'Erratum' : stageWord(line.note, 1, terms)} published`;
    default:
      return lineWords[line.did];
  }
}

function detailsOf(line: LogLine): string[] {
  const details = [
    'reason' in line ? line.reason : undefined,
    'error' in line ? line.error : undefined,
    line.did === 'deliver' ? line.what : undefined,
    line.did === 'withdraw' ? (line.target === 'none' ? 'No new target.' : `New target: ${line.target}`) : undefined,
    line.did === 'contact' ? line.about : undefined,
  ];
  return details.filter((detail) => detail !== undefined);
}

function windowOf(line: LogLine, zone: string): PublicLine['window'] {
  if (line.did !== 'request' && line.did !== 'review') return undefined;
  if (!line.from || !line.until) return undefined;
  return {
    from: timeOf(toInstant(line.from, zone), zone),
    until: timeOf(toInstant(line.until, zone), zone),
    effect: line.did === 'request' ? line.effect : undefined,
  };
}

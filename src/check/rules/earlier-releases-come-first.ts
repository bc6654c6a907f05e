import type { Catalog } from '../../derive/catalog.ts';
import { firstRecordedDay, type Phase } from '../../model/programme.ts';
import { formOfVersions, isValidVersion } from '../../model/version.ts';
import { at, defineRule, type RuleFinding } from '../rule.ts';

const programme = { file: 'programme.yaml' };

export const earlierReleasesComeFirst = defineRule({
  id: 'earlier-releases-come-first',
  since: 2,
  obligations: ['C-012', 'C-022'],
  summary:
    'The releases from before the records of a phase begin are listed oldest first, each once, and before that day.',
  about: 'records',
  *check(catalog) {
    for (const [index, phase] of catalog.policy.programme.phases.entries()) {
      for (const order of phase.earlier.keys()) yield* misplaced(phase, index, order, catalog);
    }
  },
});

function* misplaced(phase: Phase, index: number, order: number, catalog: Catalog): Generator<RuleFinding> {
  const { id, date, versions } = phase.earlier[order] as Phase['earlier'][number];
  const place = ['phases', index, 'earlier', order] as const;
  const before = phase.earlier[order - 1];
  const isTwice = phase.earlier.findIndex((other) => other.id === id) < order;
  if (isTwice || catalog.releases.some((release) => release.id === id))
    yield {
      at: at(programme, ...place, 'id'),
      message: `${id} is ${isTwice ? 'listed twice' : 'also a release with a log'}.`,
      hint: 'Keep one of the two: what has a log is not listed here.',
    };
  if (phase.recordedFrom === undefined || date >= firstRecordedDay(phase))
    yield {
      at: at(programme, ...place, 'date'),
      message:
        phase.recordedFrom === undefined
          ? `${id} is listed without a log, and nothing says from when on there are records.`
          : `${id} is of ${date}, and from ${phase.recordedFrom} on releases have a log.`,
      hint:
        phase.recordedFrom === undefined
          ? 'Add "recordedFrom" to the phase: the first day of which there are records.'
          : 'Write its log under releases/, or correct one of the two days.',
    };
  else if (before && before.date > date)
    yield {
      at: at(programme, ...place, 'date'),
      message: `${id} is of ${date}, and ${before.id} before it of ${before.date}.`,
      hint: 'List them oldest first.',
    };
  for (const [component, version] of Object.entries(versions)) {
    const known = catalog.policy.components.find((candidate) => candidate.id === component);
    if (known && !isValidVersion(known, version))
      yield {
        at: at(programme, ...place, 'versions', component),
        message: `"${version}" is not a version of ${known.name}.`,
        hint: `Its versions are ${formOfVersions(known)}.`,
        obligation: 'C-022',
      };
  }
}

import type { Catalog } from '../../derive/catalog.ts';
import { type Instant, toInstant, toLocal } from '../../model/time.ts';
import type { Place } from '../../diagnostic.ts';
import { counted } from '../../model/wording.ts';
import { at, defineRule, type RuleFinding } from '../rule.ts';

export const nothingInTheFuture = defineRule({
  id: 'nothing-in-the-future',
  obligations: ['C-137'],
  summary: 'The records tell what happened; nothing in them is later than the moment of looking.',
  about: 'records',
  *check(catalog) {
    const { policy, asOf, isChosen } = catalog;
    if (isChosen) return;
    const { zone, asOf: fixed } = policy.programme;
    const isArchive = fixed !== undefined && toInstant(fixed, zone) === asOf;
    const local = (instant: string) => toLocal(instant, zone).slice(0, 16);
    const late = [...momentsOf(catalog)].filter(({ moment }) => moment > asOf);
    const releases = new Set(late.flatMap(({ release }) => release ?? []));
    const hint =
      'While the programme runs, remove "asOf" from programme.yaml; for an archive, set it to a later moment.';
    if (isArchive && late.length > most) {
      yield {
        at: at({ file: 'programme.yaml' }, 'asOf'),
        message: `All looking is fixed at ${local(asOf)}, and ${counted(late.length, 'entry', 'entries')} of ${counted(releases.size, 'release')} ${late.length === 1 ? 'is' : 'are'} later.`,
        hint,
      };
      return;
    }
    for (const { place, moment, release, isOld } of late)
      yield {
        at: place,
        ...(isArchive
          ? {
              message: `${local(moment)} is later than ${local(asOf)}, the moment at which programme.yaml fixes all looking.`,
              hint,
              related: [{ at: at({ file: 'programme.yaml' }, 'asOf'), message: 'the moment that is fixed' }],
            }
          : {
              message: `${local(moment)} is still to come: it is ${local(asOf)}.`,
              hint: 'Record it when it has happened; what is planned stands in "request" and in the slot.',
            }),
        ...(release === undefined ? {} : { release }),
        ...(isOld ? {} : { since: 2 }),
      } satisfies RuleFinding;
  },
});

/** More than these are not wrong each by itself: the moment of looking is. */
const most = 3;

type Moment = { place: Place; moment: Instant; release?: string | undefined; isOld?: boolean };

/** When what the records tell of happened: lines of the log, waivers, decisions on slots, defects that were raised. */
function* momentsOf({ releases, waivers, defects, policy }: Catalog): Generator<Moment> {
  const instant = (time: string) => toInstant(time, policy.programme.zone);
  for (const { record, id: release } of releases)
    for (const [index, line] of record.log.entries()) {
      const until = line.did === 'deploy' && line.until !== undefined ? instant(line.until) : '';
      const [field, moment] = until > instant(line.at) ? ['until', until] : ['at', instant(line.at)];
      yield { place: at(record, 'log', index, field), moment, release, isOld: true };
    }
  for (const waiver of waivers) yield { place: at(waiver, 'at'), moment: instant(waiver.at), release: waiver.release };
  for (const list of ['slots', 'closed'] as const)
    for (const [index, { at: when }] of policy.schedule[list].entries())
      yield { place: at({ file: 'schedule.yaml' }, list, index, 'at'), moment: instant(when) };
  for (const defect of defects)
    yield { place: at(defect, 'tracker', 'raised'), moment: instant(defect.tracker.raised) };
}

import { flow } from '../../src/author/append-line.ts';
import { addDays } from '../../src/model/time.ts';
import type { LogLine } from '../../src/model/log.ts';
import type { Sources } from '../../src/load/read-content.ts';
import { fixtures, freeze, readTree } from './tree.ts';

/** How a week went; a Saturday's emergency may follow it. */
export type Week = { kind: 'ordinary' | 'dropped' | 'failed' | 'none' | 'moved'; emergency: boolean };

/** A release as its file will say it. */
export type Draft = { id: string; type: string; slot?: string; items: string[]; log: LogLine[] };
export type History = {
  releases: Draft[];
  defects: Record<string, string>;
  slots: string[];
  asOf: string;
  /** What was dropped, and the slot it was promised for. */
  promised?: { items: string[]; slot: string };
};

const firstSlot = '2020-09-10';

/** A legal history of weeks: every release goes the way of the plan, on the base programme of the fixtures. */
export function legalHistory(weeks: readonly Week[]): History {
  const history: History = { releases: [], defects: {}, slots: [], asOf: '' };
  const number = counter(1);
  const minor = counter(13);
  for (const [index, week] of weeks.entries()) {
    const slot = addDays(firstSlot, 7 * index);
    if (week.kind === 'none')
      history.slots.push(
        `{date: ${slot}, none: true, reason: Nothing is ready, by: cr, at: ${addDays(slot, -2)}T10:00}`,
      );
    else {
      const later = weeks.findIndex(({ kind }, other) => other > index && kind !== 'none');
      const next = addDays(firstSlot, 7 * (later === -1 ? weeks.length : later));
      history.releases.push(regular(history, `R0${index + 1}`, slot, week.kind, number, minor, next));
    }
    if (week.emergency) history.releases.push(emergency(history, `E0${index + 1}`, addDays(slot, 2), number, minor));
    history.asOf = `${addDays(slot, 3)}T12:00`;
  }
  return history;
}

/** The tree of a history, its notes frozen as the publish command would have. */
export function treeOf({ releases, defects, slots }: History): Sources {
  const base = readTree(`${fixtures}base`);
  const kept = base.files.filter(
    ({ path }) => !/^(?:releases|defects|waivers|changes)\//.test(path) || /B01|CH-0001/.test(path),
  );
  const write = (path: string, text: string) => ({ path, bytes: new TextEncoder().encode(text) });
  const schedule = new TextDecoder()
    .decode(kept.find(({ path }) => path === 'schedule.yaml')?.bytes)
    .replace(
      /^slots:\n(?: {2}.*\n)*/m,
      `slots:${slots.length === 0 ? ' []' : ''}\n${slots.map((slot) => `  - ${slot}\n`).join('')}`,
    );
  const files = [
    ...kept.filter(({ path }) => path !== 'schedule.yaml'),
    write('schedule.yaml', schedule),
    ...Object.entries(defects).map(([id, text]) => write(`defects/${id}.md`, text)),
    ...releases.map((release) => write(`releases/${release.id}.mdx`, textOf(release))),
  ];
  return freeze({ root: 'history', files: files.sort((a, b) => (a.path < b.path ? -1 : 1)) });
}

function textOf({ id, type, slot, items, log }: Draft): string {
  const listed = items.map(
    (item) => `  - {id: ${item}, kind: code, note: It works again., action: retest, fileFormat: none}\n`,
  );
  const lines = log.map((line) => `  - ${flow(line)}\n`);
  return `---\nid: ${id}\ntitle: Release ${id}\nsummary: What ${id} holds.\ntype: ${type}\nphase: trials\n${slot ? `slot: ${slot}\n` : ''}items:\n${listed.join('')}bau: {uk-link: {drop: "2020.09", decision: excluded, reason: It comes later}}\nlog:\n${lines.join('')}---\n`;
}

function regular(
  history: History,
  id: string,
  slot: string,
  kind: Week['kind'],
  number: () => number,
  minor: () => number,
  next: string,
): Draft {
  const taken = history.promised?.slot === slot ? history.promised.items : [];
  const items = [defect(history, number(), 'S2', slot), defect(history, number(), 'S3', slot), ...taken];
  if (kind === 'dropped') history.promised = { items: items.slice(1), slot: next };
  const shift = kind === 'moved' ? -1 : 0;
  if (kind === 'moved')
    history.slots.push(
      `{date: ${slot}, movedTo: ${addDays(slot, -1)}, reason: Closed, by: cr, at: ${addDays(slot, -6)}T10:00}`,
    );
  const at = (offset: number, time: string) => `${addDays(slot, offset + shift)}T${time}`;
  const version = () => ({ 'uk-link': `4.${minor()}.0` });
  const first = version();
  const kept = kind === 'dropped' ? items.slice(0, 1) : items;
  const market = (from: string, until: string): LogLine => ({
    at: at(0, from),
    did: 'deploy',
    to: 'mt',
    by: 'em',
    until: at(0, until),
    outcome: 'succeeded',
    informed: ['ccmtwg'],
  });
  const smoke = (time: string, outcome: 'passed' | 'failed'): LogLine => ({
    at: at(0, time),
    did: 'test',
    in: 'mt',
    by: 'ft',
    outcome,
    ...(outcome === 'failed' ? { error: 'A job stops' } : {}),
    informed: ['ccmtwg'],
  });
  const dropping: LogLine[] = [
    {
      at: at(-1, '09:00'),
      did: 'test',
      in: 'qas2',
      by: 'ft',
      items: items.slice(1),
      outcome: 'failed',
      error: 'Rejects valid dates',
    },
    {
      at: at(-1, '10:00'),
      did: 'withdraw',
      by: 'cr',
      items: items.slice(1),
      reason: 'Failed in QAS2',
      target: next,
    },
    ...passage(at(-1, '').slice(0, 10), ['11:00', '11:30', '12:00'], version()),
  ];
  const correcting: LogLine[] = [
    ...passage(at(0, '').slice(0, 10), ['10:00', '10:20', '10:40'], version()),
    { at: at(0, '13:00'), did: 'test', in: 'qas2', by: 'ft', outcome: 'passed' },
    { at: at(0, '13:10'), did: 'request', by: 'em', from: at(0, '15:00'), until: at(0, '16:00'), effect: 'outage' },
    { at: at(0, '13:20'), did: 'approve', by: 'cr', decision: 'approved' },
    {
      at: at(0, '13:40'),
      did: 'publish',
      note: 'erratum',
      by: 'cr',
      sha256: 'pending',
      reason: 'New version',
      informed: ['ccmtwg'],
    },
    market('15:00', '15:40'),
    smoke('16:10', 'passed'),
  ];
  return {
    id,
    type: 'regular',
    slot,
    items,
    log: [
      { at: at(-6, '14:00'), did: 'propose', by: 'ad', items, consulted: ['test-manager'] },
      {
        at: at(-6, '16:00'),
        did: 'agree',
        by: ['bk', 'ad', 'programme'],
        consulted: ['test-manager'],
        informed: ['ccmtwg'],
      },
      { at: at(-3, '08:00'), did: 'deliver', by: 'bk', versions: first },
      { at: at(-3, '08:30'), did: 'deploy', to: 'qas1', by: 'em', outcome: 'succeeded' },
      { at: at(-3, '09:00'), did: 'review', by: 'cr', consulted: ['deployment-manager'], decision: 'approved' },
      { at: at(-3, '12:00'), did: 'deploy', to: 'qas2', by: 'em', outcome: 'succeeded' },
      { at: at(-2, '11:00'), did: 'request', by: 'em', from: at(0, '07:00'), until: at(0, '09:00'), effect: 'outage' },
      { at: at(-2, '16:00'), did: 'publish', note: 'provisional', by: 'cr', sha256: 'pending', informed: ['ccmtwg'] },
      ...(kind === 'dropped' ? dropping : []),
      {
        at: at(-1, '15:00'),
        did: 'test',
        in: 'qas2',
        by: 'ft',
        outcome: 'passed',
        ...(kind === 'dropped' ? { items: kept } : {}),
      },
      { at: at(-1, '16:00'), did: 'approve', by: 'cr', decision: 'approved' },
      { at: at(-1, '16:30'), did: 'publish', note: 'final', by: 'cr', sha256: 'pending', informed: ['ccmtwg'] },
      market('07:00', '07:50'),
      smoke('08:20', kind === 'failed' ? 'failed' : 'passed'),
      ...(kind === 'failed' ? correcting : []),
    ],
  };
}

function emergency(history: History, id: string, day: string, number: () => number, minor: () => number): Draft {
  const items = [defect(history, number(), 'S1', day, 'No registration can be sent')];
  const at = (time: string) => `${day}T${time}`;
  return {
    id,
    type: 'emergency',
    items,
    log: [
      { at: at('09:40'), did: 'propose', by: 'ad', items, consulted: ['test-manager'] },
      {
        at: at('10:30'),
        did: 'review',
        by: 'cr',
        consulted: ['deployment-manager', 'test-manager'],
        immediate: true,
        from: at('17:00'),
        until: at('20:00'),
        decision: 'approved',
        reason: 'No registration can be sent',
      },
      ...passage(day, ['13:00', '13:30', '14:00'], { 'uk-link': `4.${minor()}.0` }),
      { at: at('15:40'), did: 'test', in: 'qas2', by: 'ft', outcome: 'passed' },
      { at: at('15:50'), did: 'request', by: 'em', from: at('17:00'), until: at('20:00'), effect: 'outage' },
      { at: at('16:00'), did: 'approve', by: 'cr', decision: 'approved' },
      { at: at('16:10'), did: 'publish', note: 'final', by: 'cr', sha256: 'pending', informed: ['ccmtwg'] },
      { at: at('16:45'), did: 'agree', by: 'stakeholders' },
      {
        at: at('17:05'),
        did: 'deploy',
        to: 'mt',
        by: 'em',
        until: at('17:40'),
        outcome: 'succeeded',
        informed: ['ccmtwg'],
      },
      { at: at('18:10'), did: 'test', in: 'mt', by: 'ft', outcome: 'passed', informed: ['ccmtwg'] },
    ],
  };
}

/** A delivery that goes through the first two environments on one day. */
function passage(
  day: string,
  [delivered, first, second]: [string, string, string],
  versions: Record<string, string>,
): LogLine[] {
  return [
    { at: `${day}T${delivered}`, did: 'deliver', by: 'bk', versions },
    { at: `${day}T${first}`, did: 'deploy', to: 'qas1', by: 'em', outcome: 'succeeded' },
    { at: `${day}T${second}`, did: 'deploy', to: 'qas2', by: 'em', outcome: 'succeeded' },
  ];
}

function defect(history: History, number: number, severity: string, before: string, stops?: string): string {
  const id = `D-${String(number).padStart(4, '0')}`;
  const raised = `${addDays(before, -7)}T09:00`;
  history.defects[id] =
    `---\nid: ${id}\ntracker: {key: "${number}", title: "Fault ${number}", severity: ${severity}, status: open, component: uk-link, raised: ${raised}, team: Core, assigned: ${raised}}\nsummary: Something fails.\nimpact: [supplier]\nfuel: gas\n${stops ? `stopsTestPhase: ${stops}\n` : ''}---\n`;
  return id;
}

function counter(start: number): () => number {
  let next = start - 1;
  return () => {
    next += 1;
    return next;
  };
}

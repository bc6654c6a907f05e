import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { freezeNote, type Publication } from '../../src/author/freeze-note.ts';
import { derive } from '../../src/derive/catalog.ts';
import { foldRelease, readLines } from '../../src/derive/history.ts';
import { readContent } from '../../src/load/read-content.ts';
import { readPublished } from '../../src/model/published-note.ts';
import { addDays, toInstant } from '../../src/model/time.ts';
import { validate } from '../../src/validate/validate.ts';
import { project } from '../commands/build.ts';

/** Who acts for each role, all the time. */
const actor = { defect: 'ad', development: 'bk', release: 'cr', deployment: 'em', test: 'ft' };

/**
 * A legal history: a baseline, then a regular release on every slot, each with its defects, its log and its two frozen
 * notes.
 */
export async function generateHistory(root: string, count: number, perRelease: number): Promise<void> {
  const policy = [
    'environments.yaml',
    'components.yaml',
    'people.yaml',
    'raci.yaml',
    'schedule.yaml',
    'plan/plan.md',
    'plan/obligations.yaml',
    'programme.yaml',
  ];
  for (const path of policy) await write(root, path, await widened(path));
  const first = '2001-01-04';
  await write(
    root,
    'changes/CH-0001.md',
    '---\nid: CH-0001\ntitle: The base\nsummary: The base.\ncomponents: [core]\n---\n',
  );
  await write(root, 'releases/B01.mdx', baseline());
  for (let index = 1; index <= count; index += 1) {
    const slot = addDays(first, 7 * index);
    const ids = Array.from(
      { length: perRelease },
      (_, place) => `D-${String((index - 1) * perRelease + place + 1).padStart(5, '0')}`,
    );
    for (const id of ids) await write(root, `defects/${id}.md`, defect(id, addDays(slot, -10)));
    await write(root, `releases/R${String(index).padStart(4, '0')}.mdx`, regular(index, slot, ids));
  }
  await freezeAll(root);
}

async function widened(path: string): Promise<string> {
  const text = await readFile(join(project, 'content', path), 'utf8');
  if (path === 'components.yaml') return '- {id: core, name: Core, scheme: semver, lines: [cssc]}\n';
  if (path === 'schedule.yaml')
    return replaceBlock(
      replaceBlock(
        text,
        'slots',
        '  - {date: 2001-01-04, none: true, reason: Too early, by: cr, at: 2001-01-03T10:00}\n',
      ),
      'outages',
      '  []\n',
    );
  if (path === 'people.yaml') {
    const assigned = Object.entries(actor).map(
      ([role, person]) => `  - {role: ${role}-manager, person: ${person}, from: 2000-01-01}\n`,
    );
    return replaceBlock(replaceBlock(text, 'assignments', assigned.join('')), 'delegations', '  []\n');
  }
  if (path === 'programme.yaml')
    return replaceBlock(
      replaceBlock(
        text,
        'phases',
        '  - {id: CCMT, name: Long, from: 2001-01-01, to: 2030-12-31, testingFrom: 2001-01-05T00:00, external: false}\n',
      ),
      'asOf',
      '  2021-01-01T00:00\n',
    );
  return text;
}

/** A YAML text with what stands under one of its top keys replaced. */
function replaceBlock(text: string, key: string, block: string): string {
  const rows = text.split('\n');
  const start = rows.findIndex((row) => row.startsWith(`${key}:`));
  const length = rows.slice(start + 1).findIndex((row) => /^\w/.test(row));
  return start === -1
    ? text
    : [
        ...rows.slice(0, start),
        `${key}:`,
        block.trimEnd(),
        ...(length === -1 ? [''] : rows.slice(start + 1 + length)),
      ].join('\n');
}

function header(id: string, type: string, slot: string, items: string[]): string {
  return `---\nid: ${id}\ntitle: Release ${id}\nsummary: What ${id} holds.\ntype: ${type}\nphase: CCMT\n${slot}items:\n${items.map((item) => `  - {id: ${item}, kind: code, note: It works again., action: none, fileFormat: none}\n`).join('')}log:\n`;
}

function baseline(): string {
  return `${header('B01', 'baseline', '', ['CH-0001'])}${[
    `{at: 2001-01-01T09:00, did: propose, by: ${actor.defect}, items: [CH-0001], consulted: [test-manager]}`,
    `{at: 2001-01-01T10:00, did: agree, by: [${actor.development}, ${actor.defect}, programme], consulted: [test-manager], informed: [ccmtwg]}`,
    `{at: 2001-01-01T11:00, did: deliver, by: ${actor.development}, versions: {core: "1.0.0"}}`,
    `{at: 2001-01-01T12:00, did: deploy, to: qas1, by: ${actor.deployment}, outcome: succeeded}`,
    `{at: 2001-01-01T13:00, did: review, by: ${actor.release}, consulted: [deployment-manager], decision: approved}`,
    `{at: 2001-01-02T09:00, did: deploy, to: qas2, by: ${actor.deployment}, outcome: succeeded}`,
    `{at: 2001-01-02T12:00, did: test, in: qas2, by: ${actor.test}, outcome: passed}`,
    `{at: 2001-01-02T13:00, did: request, by: ${actor.deployment}, from: 2001-01-03T07:00, until: 2001-01-03T12:00, effect: none}`,
    `{at: 2001-01-02T14:00, did: approve, by: ${actor.release}, decision: approved}`,
    `{at: 2001-01-02T15:00, did: publish, note: final, by: ${actor.release}, sha256: pending, informed: [ccmtwg]}`,
    `{at: 2001-01-03T07:00, did: deploy, to: mt, by: ${actor.deployment}, until: 2001-01-03T08:00, outcome: succeeded, informed: [ccmtwg]}`,
    `{at: 2001-01-03T09:00, did: test, in: mt, by: ${actor.test}, outcome: passed, informed: [ccmtwg]}`,
  ]
    .map((line) => `  - ${line}\n`)
    .join('')}---\n`;
}

function regular(index: number, slot: string, ids: string[]): string {
  const day = (offset: number, time: string) => `${addDays(slot, offset)}T${time}`;
  return `${header(`R${String(index).padStart(4, '0')}`, 'regular', `slot: ${slot}\n`, ids)}${[
    `{at: ${day(-7, '14:00')}, did: propose, by: ${actor.defect}, items: [${ids.join(', ')}], consulted: [test-manager]}`,
    `{at: ${day(-7, '16:00')}, did: agree, by: [${actor.development}, ${actor.defect}, programme], consulted: [test-manager], informed: [ccmtwg]}`,
    `{at: ${day(-6, '11:00')}, did: deliver, by: ${actor.development}, versions: {core: "1.${index}.0"}}`,
    `{at: ${day(-6, '13:00')}, did: deploy, to: qas1, by: ${actor.deployment}, outcome: succeeded}`,
    `{at: ${day(-3, '09:00')}, did: review, by: ${actor.release}, consulted: [deployment-manager], decision: approved}`,
    `{at: ${day(-3, '12:00')}, did: deploy, to: qas2, by: ${actor.deployment}, outcome: succeeded}`,
    `{at: ${day(-2, '11:00')}, did: request, by: ${actor.deployment}, from: ${day(0, '07:00')}, until: ${day(0, '09:00')}, effect: outage}`,
    `{at: ${day(-2, '16:00')}, did: publish, note: provisional, by: ${actor.release}, sha256: pending, informed: [ccmtwg]}`,
    `{at: ${day(-1, '15:00')}, did: test, in: qas2, by: ${actor.test}, outcome: passed}`,
    `{at: ${day(-1, '16:00')}, did: approve, by: ${actor.release}, decision: approved}`,
    `{at: ${day(-1, '16:30')}, did: publish, note: final, by: ${actor.release}, sha256: pending, informed: [ccmtwg]}`,
    `{at: ${day(0, '07:00')}, did: deploy, to: mt, by: ${actor.deployment}, until: ${day(0, '07:50')}, outcome: succeeded, informed: [ccmtwg]}`,
    `{at: ${day(0, '08:20')}, did: test, in: mt, by: ${actor.test}, outcome: passed, informed: [ccmtwg]}`,
  ]
    .map((line) => `  - ${line}\n`)
    .join('')}---\n\nRetest what you sent last week.\n`;
}

function defect(id: string, raised: string): string {
  return `---\nid: ${id}\ntracker:\n  key: "${id}"\n  title: "Registration is rejected for ${id}"\n  severity: S3\n  priority: P2\n  status: closed\n  component: core\n  raised: ${raised}T09:00\n  team: Core\n  assigned: ${raised}T11:00\n  history:\n    - {at: ${raised}T10:00, field: status, from: new, to: closed}\nsummary: A registration with a late date is rejected.\nimpact: [shipper]\nfuel: gas\n---\n`;
}

/** Freezes each note from its release alone, because a whole evaluation for each of thousands would take hours. */
async function freezeAll(root: string): Promise<void> {
  const sources = await readContent(root);
  const { records, findings } = validate(sources);
  if (!records.policy) throw new Error(`the generated policy is wrong: ${JSON.stringify(findings[0])}`);
  const catalog = derive({ ...records, policy: records.policy }, { instant: '2021-01-01T00:00:00Z', isChosen: false });
  const { zone } = records.policy.programme;
  for (const record of records.releases) {
    let text = await readFile(join(root, record.file), 'utf8');
    const own = records.defects.filter(({ id }) => record.items.some((item) => item.id === id));
    let published: typeof catalog.published = [];
    for (const [index, line] of record.log.entries()) {
      if (line.did !== 'publish') continue;
      const asOf = toInstant(line.at, zone);
      const lines = readLines(record, zone, catalog.offices, asOf);
      const release = foldRelease(lines, catalog.periods, asOf, catalog.events, () => ['core']);
      const frozen = freezeNote(
        {
          ...catalog,
          asOf,
          defects: own,
          events: catalog.events.filter(({ at }) => at <= asOf).slice(-12),
          slots: [],
          carryForward: [],
          releases: [release],
          published,
        },
        release,
        { line: record.rawLog[index] as Publication, index },
      );
      published = [...published, { ...readPublished(frozen.published, frozen.published), file: frozen.path }];
      await write(root, frozen.path, frozen.text);
      text = text.replace('sha256: pending', `sha256: "${frozen.published.sha256}"`);
    }
    await write(root, record.file, text);
  }
}

async function write(root: string, path: string, text: string): Promise<void> {
  await mkdir(dirname(join(root, path)), { recursive: true });
  await writeFile(join(root, path), text);
}

import type { Catalog } from '../derive/catalog.ts';
import { compareText } from '../diagnostic.ts';
import { toDay } from '../model/time.ts';
import type { Models, Pages } from './project/pages/all.ts';
import { pathOf, pathOfCell, pathOfRole, pathOfSince, pathOfStage } from './words/address.ts';

/** Where the pages of each kind stand; what is a file and no page has no place here. */
const places: { [Name in keyof Models]?: (params: Record<string, string>) => string } = {
  home: () => '/',
  releases: () => '/releases/',
  release: ({ id = '' }) => pathOf('release', id),
  note: ({ id = '', stage = '' }) => pathOfStage(id, stage),
  matrix: () => '/matrix/',
  matrixAt: ({ moment }) => `/matrix/${moment}/`,
  cell: ({ environment = '', component = '' }) => pathOfCell(environment, component),
  compare: () => '/matrix/compare/',
  schedule: () => '/schedule/',
  scheduleFrom: ({ week }) => `/schedule/${week}/`,
  scheduleMonth: ({ month }) => `/schedule/month/${month}/`,
  scheduleList: () => '/schedule/list/',
  defects: () => '/defects/',
  defect: ({ id = '' }) => pathOf('defect', id),
  issues: () => '/issues/',
  retests: () => '/retests/',
  sinceIndex: () => '/since/',
  since: ({ from = '' }) => pathOfSince(from),
  roles: () => '/for/',
  role: ({ role = '' }) => pathOfRole(role),
  changes: () => '/changes/',
  change: ({ id = '' }) => pathOf('change', id),
  component: ({ id = '' }) => pathOf('component', id),
  plan: () => '/plan/',
  raci: () => '/plan/raci/',
  people: () => '/plan/people/',
  coverage: () => '/plan/coverage/',
  about: () => '/plan/about/',
  rules: () => '/rules/',
  rule: ({ id = '' }) => pathOf('rule', id),
  search: () => '/search/',
};

/** The address of a page from the site's root; nothing for what is a file and no page. */
export function addressOfPage(name: keyof Models, params: Record<string, string>): string | undefined {
  return places[name]?.(params);
}

/** Every page's address, in order. */
export function addressesOf(pages: Pages): string[] {
  return Object.entries(pages)
    .flatMap(([name, entries]) => entries.flatMap(({ params }) => addressOfPage(name as keyof Models, params) ?? []))
    .sort(compareText);
}

/** What has become of the addresses that are kept: those that lead nowhere, those that lead elsewhere, the new ones. */
export type Kept = { lost: string[]; moved: { from: string; to: string }[]; fresh: string[] };

/** Holds the addresses of a site against those that are kept by the moment of looking. */
export function keptOf({ policy, asOf }: Catalog, addresses: readonly string[]): Kept {
  const { kept = {}, moved = [] } = policy.addresses ?? {};
  const today = toDay(asOf, policy.programme.zone);
  const here = new Set(addresses);
  const due = Object.entries(kept).flatMap(([day, list]) => (day <= today ? list : []));
  // What has its page again needs no other way, and a way that ends nowhere is none.
  const ways = [...moved, ...momentsMoved(due, addresses)].filter(({ from, to }) => !here.has(from) && here.has(to));
  const led = new Set(ways.map(({ from }) => from));
  const all = new Set(Object.values(kept).flat());
  return {
    lost: [...new Set(due)].filter((address) => !here.has(address) && !led.has(address)).sort(compareText),
    moved: ways,
    fresh: addresses.filter((address) => !all.has(address)),
  };
}

const moment = /^\/matrix\/\d{8}T\d{4}Z\/$/;

/**
 * A time that was corrected takes the page of its moment with it: what the matrix was at that moment stands on the page
 * of the moment before.
 */
function momentsMoved(due: readonly string[], addresses: readonly string[]): Kept['moved'] {
  const moments = addresses.filter((address) => moment.test(address));
  return due
    .filter((address) => moment.test(address))
    .map((from) => ({ from, to: moments.findLast((address) => address < from) ?? '/matrix/' }));
}

/** What is told of addresses that lead nowhere, each with what would be right. */
export function lostInWords(lost: readonly string[]): string {
  return lost
    .map((address) => `addresses.yaml: ${address} was public, and the site has no page there any more.\n`)
    .concat('  fix    Put back the record it shows, or say under "moved" which page it leads to now.\n')
    .join('');
}

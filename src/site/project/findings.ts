import { ruleOf } from '../../check/registry.ts';
import type { Catalog } from '../../derive/catalog.ts';
import type { Diagnostic } from '../../diagnostic.ts';
import { phraseFinder } from './phrase-finder.ts';
import { type Reference, referenceTo } from './reference.ts';

/** A finding as readers see it: always its rule and its place, its words only when they hold nothing private. */
export type PublicFinding = {
  rule: string;
  level: Diagnostic['level'];
  obligation?: string | undefined;
  clause?: string | undefined;
  release?: Reference | undefined;
  item?: Reference | undefined;
  waiver?: string | undefined;
  file: string;
  line: number;
  message?: string | undefined;
};

/**
 * Every finding of every level, in the order of files. Messages are made for those who write records, and quote them:
 * so the words of a finding are published only when a rule made them out of the catalog (those of reading and
 * validating quote a file as it was typed), and when they name no person and hold no value of a confidential field.
 * What is left then, rule and place, is public in any case. Hints are for those who fix records, and are not
 * published.
 */
export function projectFindings(catalog: Catalog, diagnostics: readonly Diagnostic[]): PublicFinding[] {
  const isPrivate = privateTextIn(catalog);
  return diagnostics.map(({ rule, level, obligation, clause, release, item, waiver, file, line, message }) => {
    const isOpen = ruleOf(rule)?.check !== undefined && !isPrivate(message);
    return {
      rule,
      level,
      obligation,
      clause,
      release: release === undefined ? undefined : referenceTo(catalog, 'release', release),
      item: item === undefined ? undefined : referenceTo(catalog, 'item', item),
      waiver,
      file,
      line,
      message: isOpen ? message : undefined,
    };
  });
}

/**
 * True when a programme keeps to itself who works on a defect, so that neither gates nor duties may tell whether
 * anybody does.
 */
export function hidesAssignment({ policy: { programme } }: Catalog): boolean {
  const { confidential, permission } = programme.classification;
  return !permission && confidential.some((path) => /^defect\.tracker(?:$|\.(?:team|assigned)$)/.test(path));
}

/** Finds ids, names and accounts of people, and values of confidential fields, as whole words. */
function privateTextIn(catalog: Catalog): (text: string) => boolean {
  return phraseFinder([...peopleIn(catalog), ...confidentialIn(catalog)]);
}

function peopleIn({ policy: { people } }: Catalog): string[] {
  return people.people.flatMap(({ id, name, git }) => [id, name, git].filter((text) => text !== undefined));
}

function confidentialIn({ policy, defects, changes, releases }: Catalog): string[] {
  const { confidential, permission } = policy.programme.classification;
  if (permission) return [];
  const records: Record<string, readonly unknown[]> = {
    defect: defects,
    change: changes,
    release: releases.map(({ record }) => record),
    plan: [policy.plan],
    people: [policy.people],
  };
  return confidential.flatMap((path) => {
    const [kind = '', ...fields] = path.split('.');
    return (records[kind] ?? []).flatMap((record) => textsAt(record, fields));
  });
}

/** Every text at a path, through lists and tables, and below; numbers are left out, for they are in every message. */
function textsAt(value: unknown, [field, ...rest]: string[]): string[] {
  if (Array.isArray(value))
    return value.flatMap((entry) => textsAt(entry, field === undefined ? [] : [field, ...rest]));
  if (typeof value === 'string') return field === undefined ? [value] : [];
  if (value === null || typeof value !== 'object') return [];
  if (field !== undefined && field in value) return textsAt((value as Record<string, unknown>)[field], rest);
  return Object.values(value).flatMap((entry) => textsAt(entry, field === undefined ? [] : [field, ...rest]));
}

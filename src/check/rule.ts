import type { Finding, Level, Path, Place } from '../diagnostic.ts';
import type { Catalog } from '../derive/catalog.ts';
import type { Duty } from './duty.ts';

/** What a rule yields: the finding without the rule's own name. */
export type RuleFinding = Omit<Finding, 'rule'>;

/** A finding with its level and clause decided, its place still a path. */
export type Judged = Finding & { level: Level; clause?: string; waiver?: string };

/** A true sentence about good content, and the function that finds where it is not true. */
export type Rule = {
  id: string;
  /**
   * The obligations it serves; the plan's data gives clause, level and from which version. The first is the default.
   */
  obligations: readonly [string, ...string[]];
  summary: string;
  /** The format of the records since which it is asked; on older lines of older records it warns (`ccmt upgrade`). */
  since?: number;
  /** Other names that waivers may know it by. */
  aliases?: readonly string[];
  /**
   * `tracker` where it holds what a defect tracker says against what was published: what an import can newly break.
   * `records` where it judges what is written and not what was done: a mistake there is corrected, and no waiver covers
   * it, for a waiver owns a deviation from the plan.
   */
  about?: 'tracker' | 'records';
  /** Absent for a rule that an earlier stage keeps: reading and validating report under its name. */
  check?: (catalog: Catalog) => Iterable<RuleFinding>;
  /**
   * What is still to be done so that it stays true: the reminders of `todo`, as far as the first obligation is asked.
   */
  owes?: (catalog: Catalog) => Iterable<Duty>;
};

export function defineRule(rule: Rule): Rule {
  return rule;
}

/** The place of a field in a record: `at(release, 'log', 3, 'by')`. */
export function at(record: { file: string }, ...path: Path): Place {
  return { file: record.file, path };
}

/** The place of a field's name, for a field that should not be there. */
export function atKey(record: { file: string }, ...path: Path): Place {
  return { file: record.file, path, target: 'key' };
}

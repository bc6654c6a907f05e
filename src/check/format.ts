import type { Catalog } from '../derive/catalog.ts';
import { type Instant, toInstant } from '../model/time.ts';
import { ruleOf } from './registry.ts';
import type { Judged } from './rule.ts';

/**
 * Findings of rules that are newer than the format of the records: on what was there when the newest note was published
 * they are warnings, which say so, until `ccmt upgrade` raises the number. A newer version of the tool turns no history
 * red by itself, and what is written from now on is held to every rule.
 */
export function byFormat(judged: readonly Judged[], catalog: Catalog): Judged[] {
  const { format = 1 } = catalog.policy.programme;
  const published = catalog.published.map(({ publishedAt }) => publishedAt).filter((at) => at <= catalog.asOf);
  const newest = published.reduce((last, at) => (at > last ? at : last), '');
  return judged.map((finding) => {
    const since = finding.since ?? ruleOf(finding.rule)?.since ?? 1;
    const blocks = finding.level === 'error' || finding.level === 'overdue';
    if (since <= format || !blocks || newest === '' || (momentOf(finding, catalog) ?? '') > newest) return finding;
    return {
      ...finding,
      level: 'warning',
      message: `${finding.message} This is asked for since format ${since} of the records: it counts once "ccmt upgrade" has raised theirs.`,
    };
  });
}

/** When the deviation happened, or the line was written that it stands in; what has no time was always there. */
function momentOf({ when, at }: Judged, { releases, policy }: Catalog): Instant | undefined {
  if (when !== undefined || !('path' in at) || at.path[0] !== 'log') return when;
  const record = releases.find(({ file }) => file === at.file)?.record;
  const line = record?.log[Number(at.path[1])];
  return line && toInstant(line.at, policy.programme.zone);
}

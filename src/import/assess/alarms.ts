import { rules } from '../../check/registry.ts';
import type { RuleFinding } from '../../check/rule.ts';
import type { Catalog } from '../../derive/catalog.ts';
import type { Defect } from '../../model/defect.ts';
import { type Alarm, type PlannedRow, rowsWith } from '../plan.ts';

/**
 * What the rules about the tracker will find after an import and did not find before it. Only defects that change can
 * contradict anything anew; what was released follows from the records as they are.
 */
export function alarmsOf(rows: readonly PlannedRow[], catalog: Catalog): Alarm[] {
  const trackers = new Map(rowsWith({ rows }, 'update').map(({ id, tracker }) => [id, tracker]));
  const before = catalog.defects.filter(({ id }) => trackers.has(id));
  const after = before.map((defect) => ({ ...defect, tracker: trackers.get(defect.id) as Defect['tracker'] }));
  const added = rowsWith({ rows }, 'create').map(({ id, file, tracker }) => ({
    id,
    file,
    tracker,
    text: '',
    impact: [],
  }));
  return alarmsBetween({ ...catalog, defects: before }, { ...catalog, defects: [...after, ...added] });
}

function alarmsBetween(before: Catalog, after: Catalog): Alarm[] {
  return rules
    .filter(({ about }) => about === 'tracker')
    .flatMap((rule) => {
      const known = new Set([...(rule.check?.(before) ?? [])].map(identity));
      return [...(rule.check?.(after) ?? [])]
        .filter((finding) => !known.has(identity(finding)))
        .map(({ item, message, hint }) => ({ rule: rule.id, item, message, hint: hint ?? '' }));
    });
}

function identity({ item, message }: RuleFinding): string {
  return `${item ?? ''} ${message}`;
}

import { rules } from '../../check/registry.ts';
import type { RuleFinding } from '../../check/rule.ts';
import type { Catalog } from '../../derive/catalog.ts';

import type { Alarm } from '../plan.ts';

/** What the tracker says against what was published: the rules of the check that an import can break. */
const contradictions = new Set([
  'published-fix-stays-fixed',
  'emergency-keeps-its-severity',
  'fixed-defect-was-released',
]);

/** What these rules find after an import and did not find before it. */
export function alarmsBetween(before: Catalog, after: Catalog): Alarm[] {
  return rules
    .filter(({ id }) => contradictions.has(id))
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

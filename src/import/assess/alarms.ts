import { rules } from '../../check/registry.ts';
import type { RuleFinding } from '../../check/rule.ts';
import type { Catalog } from '../../derive/catalog.ts';
import type { Alarm } from '../plan.ts';

/** What the rules about the tracker find after an import and did not find before it. */
export function alarmsBetween(before: Catalog, after: Catalog): Alarm[] {
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

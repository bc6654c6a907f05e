import type { Catalog } from '../../derive/catalog.ts';
import type { ReleaseHistory } from '../../derive/history.ts';
import { at, defineRule, type RuleFinding } from '../rule.ts';

export const otherLineIsDecided = defineRule({
  id: 'other-line-is-decided',
  obligations: ['C-027'],
  summary:
    'When a release touches a component with several code lines, it says what was decided about the drop of the other line.',
  *check(catalog) {
    for (const release of catalog.releases) {
      yield* undecided(release, catalog);
      yield* excluded(release, catalog);
    }
  },
});

function* undecided(
  { record, id: release, entries, now }: ReleaseHistory,
  { policy }: Catalog,
): Generator<RuleFinding> {
  for (const { id, name, lines } of policy.components) {
    if (lines.length < 2 || now.versions[id] === undefined || record.bau?.[id]) continue;
    const delivered = entries.find(({ line }) => line.did === 'deliver' && line.versions?.[id] !== undefined);
    if (delivered)
      yield {
        at: at(record, 'log', delivered.index, 'versions', id),
        message: `${name} has the ${policy.programme.terms.codeLine}s ${lines.join(' and ')}, and nothing says what becomes of the other one in ${release}.`,
        hint: `${record.bau ? `Add ${id}: {drop: "…", decision: merged, reason: …} under "bau"` : `Add bau: {${id}: {drop: "…", decision: merged, reason: …}} above the log`}; the decision is merged, excluded or not-affected.`,
        when: delivered.at,
        release,
      };
  }
}

/** An item of the other line is in, and the decision says that the line is not. */
function* excluded(
  { record, id: release, now }: ReleaseHistory,
  { policy, changes, defects }: Catalog,
): Generator<RuleFinding> {
  for (const [index, { id, line, components }] of record.items.entries()) {
    if (line === undefined || !now.bundle.includes(id)) continue;
    const touched =
      components ??
      changes.find((change) => change.id === id)?.components ??
      defects.flatMap(({ id: defect, tracker }) =>
        defect === id && tracker.component !== undefined ? [tracker.component] : [],
      );
    const out = policy.components.filter(
      ({ id: component, lines }) =>
        touched.includes(component) &&
        lines.includes(line) &&
        lines[0] !== line &&
        record.bau?.[component]?.decision === 'excluded',
    );
    if (out[0])
      yield {
        at: at(record, 'items', index, 'line'),
        message: `${id} is of the line ${line}, whose drop was excluded from ${out.map(({ name }) => name).join(' and ')}.`,
        hint: 'Write the decision "merged", or withdraw the item.',
        related: [{ at: at(record, 'bau', out[0].id, 'decision'), message: 'the decision' }],
        release,
        item: id,
      };
  }
}

import type { Catalog } from '../../derive/catalog.ts';
import type { Entry } from '../../derive/entry.ts';
import type { Path } from '../../diagnostic.ts';
import { isWithin, type Span } from '../../model/span.ts';
import { toDay } from '../../model/time.ts';
import { at, defineRule } from '../rule.ts';

export const namedWhileInUse = defineRule({
  id: 'named-while-in-use',
  since: 2,
  obligations: ['C-135'],
  summary: 'A line of the log names components, environments and roles only while they are in use.',
  about: 'records',
  *check(catalog) {
    for (const release of catalog.releases) {
      for (const entry of release.entries) {
        const day = toDay(entry.at, catalog.policy.programme.zone);
        for (const { id, path, list } of namedIn(entry)) {
          const span = spanOf(list, id, catalog);
          if (!span || isWithin(span, day)) continue;
          yield {
            at: at(release.record, 'log', entry.index, ...path),
            message: `"${id}" is in use ${inWords(span)}, and this line is of ${day}.`,
            hint: `Correct the time or the name, or the days of "${id}" in ${files[list]}.`,
            when: entry.at,
            release: release.id,
          };
        }
      }
    }
  },
});

const files = { component: 'components.yaml', environment: 'environments.yaml', role: 'raci.yaml' };
type Named = { id: string; path: Path; list: keyof typeof files };

function namedIn({ line }: Entry): Named[] {
  const roles = (['consulted', 'informed'] as const).flatMap((field) =>
    (line[field] ?? []).map((id, index): Named => ({ id, path: [field, index], list: 'role' })),
  );
  const role: Named[] = line.as === undefined ? [] : [{ id: line.as, path: ['as'], list: 'role' }];
  return [...namedByKind(line), ...role, ...roles];
}

function namedByKind(line: Entry['line']): Named[] {
  if (line.did === 'test') return [{ id: line.in, path: ['in'], list: 'environment' }];
  if (line.did === 'deliver')
    return Object.entries(line.versions ?? {})
      .filter(([, version]) => version !== 'none')
      .map(([id]) => ({ id, path: ['versions', id], list: 'component' }));
  if (line.did !== 'deploy') return [];
  const components = (line.components ?? []).map((id, index): Named => ({
    id,
    path: ['components', index],
    list: 'component',
  }));
  return [{ id: line.to, path: ['to'], list: 'environment' }, ...components];
}

function spanOf(list: Named['list'], id: string, { policy }: Catalog): Span | undefined {
  const known = { component: policy.components, environment: policy.environments, role: policy.raci.roles }[list];
  return (known as ({ id: string } & Span)[]).find((entry) => entry.id === id);
}

function inWords({ from, until }: Span): string {
  return [from && `from ${from} on`, until && `before ${until}`].filter(Boolean).join(' and ');
}

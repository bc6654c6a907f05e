import { Document, parseDocument } from 'yaml';
import type { Catalog } from '../derive/catalog.ts';
import { holdersOf } from '../derive/actors.ts';
import type { ReleaseHistory } from '../derive/history.ts';
import { accountableFor, rolesFor } from '../derive/roles.ts';
import { rawText } from '../load/decode.ts';
import { splitFrontMatter } from '../load/front-matter.ts';
import type { Sources } from '../load/read-content.ts';
import { yamlOptions } from '../load/yaml-document.ts';
import type { LogLine } from '../model/log.ts';
import { type Instant, toInstant, toRecordTime } from '../model/time.ts';
import { appendLine } from './append-line.ts';

/** The release's text with the lines that dropping and adding would take. */
export function withLines(
  sources: Sources,
  catalog: Catalog,
  release: ReleaseHistory,
  { at, drop, add }: { at: Instant; drop: string[]; add: string[] },
): string {
  const bytes = sources.files.find(({ path }) => path === release.file)?.bytes;
  const when = toRecordTime(at, catalog.policy.programme.zone);
  const people = (roles: string[]) =>
    roles.flatMap((role) => holdersOf(catalog.offices, role, at, release.record.phase));
  let text = rawText(bytes).replaceAll('\r\n', '\n');
  const listed = release.record.items.map(({ id }) => id);
  const later = release.record.log.findIndex((line) => toInstant(line.at, catalog.policy.programme.zone) > at);
  text = prepare(
    text,
    add.filter((item) => !listed.includes(item)),
    later,
    catalog,
  );
  const lines: LogLine[] = [];
  if (drop.length > 0)
    lines.push({
      at: when,
      did: 'withdraw',
      by: people(accountableFor(catalog.policy, 'withdraw')),
      items: drop,
      reason: 'Simulated',
      target: 'none',
    });
  if (add.length > 0) {
    lines.push({ at: when, did: 'propose', by: people(accountableFor(catalog.policy, 'propose')), items: add });
    lines.push({ at: when, did: 'agree', by: people(rolesFor(catalog.policy, 'agree')), items: add });
  }
  return lines.reduce(appendLine, text);
}

/**
 * The text without the lines from `later` on, which a chosen moment does not know yet, and with items that are new to
 * it.
 */
function prepare(text: string, items: string[], later: number, { defects, policy }: Catalog): string {
  if (items.length === 0 && later === -1) return text;
  const split = splitFrontMatter('', text);
  if ('finding' in split) return text;
  const document: Document = parseDocument(split.yaml, yamlOptions);
  const log = document.toJS() as { log: unknown[] };
  for (let index = log.log.length - 1; later >= 0 && index >= later; index -= 1) document.deleteIn(['log', index]);
  for (const id of items) {
    const note = defects.find((defect) => defect.id === id)?.summary ?? 'To be written.';
    const none = (list: { id: string }[]) =>
      list.find((entry) => entry.id === 'none')?.id ?? (list[0] as { id: string }).id;
    document.addIn(
      ['items'],
      document.createNode({
        id,
        kind: 'code',
        note,
        action: none(policy.programme.actions),
        ...(policy.programme.fileFormats.length > 0 ? { fileFormat: none(policy.programme.fileFormats) } : {}),
      }),
    );
  }
  return `---\n${document.toString({ lineWidth: 0 })}---\n${split.body}`;
}

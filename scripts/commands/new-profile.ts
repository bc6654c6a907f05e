import { draftProfile } from '../../src/import/draft/profile.ts';
import type { ImportReport } from '../../src/import/show/report-schema.ts';
import { visibleJson } from '../../src/model/visible.ts';
import type { Export } from '../reader/process.ts';
import type { RecordsAt } from '../../src/derive/policy-at.ts';

import { Refusal } from '../terminal.ts';
import { writeChanges } from '../workspace.ts';

export type DraftOptions = { root: string; file: string; write: boolean; json: boolean };

/** Prints a profile that is drafted from an export, or with `write` puts it into the content folder. */
export async function newProfile(
  name: string,
  { sheets }: Export,
  records: RecordsAt,
  { root, file, write, json }: DraftOptions,
): Promise<number> {
  if (!/^[a-z0-9]+(?:-[a-z0-9]+)*$/.test(name))
    throw new Refusal(2, `"${name}" is no name for a profile: use small letters, digits and dashes.`);
  if (records.profiles.some((profile) => profile.file === `profiles/${name}.yaml`))
    throw new Refusal(3, `There is a profile ${name} already. Choose another name, or remove profiles/${name}.yaml.`);
  const profiles = records.profiles.map((profile) => ({ name: profile.file, profile }));
  const draft = draftProfile(name, sheets, profiles, records.policy.programme);
  if ('refused' in draft) throw new Refusal(3, `${file}: ${draft.refused} ${draft.hint}`);
  const path = `profiles/${name}.yaml`;
  if (write) {
    await writeChanges(root, [{ path, text: draft.text, before: undefined }]);
  }
  const report: ImportReport = {
    format: 1,
    command: 'import',
    file,
    written: write,
    draft: { path, text: draft.text, undecided: draft.undecided },
  };
  if (json) process.stdout.write(`${visibleJson(report)}\n`);
  else {
    if (!write) process.stdout.write(draft.text);
    process.stderr.write(
      [write ? `Written: ${path}.` : `Nothing was written; --write puts it into ${path}.`, ...draft.undecided, ''].join(
        '\n',
      ),
    );
  }
  return 0;
}

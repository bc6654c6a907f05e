import { digestOf, filesOf } from '../src/site/digests.ts';
import { listName, manifest, manifestName, type SiteManifest } from '../src/site/manifest.ts';
import { counted } from '../src/model/wording.ts';
import type { SiteSource } from './site-source.ts';

/** What was found out, each in a sentence that a lay person understands, and whether all is well. */
export type Verdict = { isProved: boolean; sentences: string[] };

const atOnce = 8;

/** Whether every file of a site is the one that its build made. */
export async function verifySite(site: SiteSource, seal: string | undefined): Promise<Verdict> {
  const bytes = await site.read(manifestName);
  if (!bytes) return refuted(`${site.words} has no ${manifestName}, so that nobody can tell which files belong to it.`);
  const said = readManifest(bytes);
  if (!said)
    return refuted(
      `The ${manifestName} of ${site.words} is damaged, or not that of a site that ccmt built with digests.`,
    );
  const own = digestOf(bytes);
  if (seal !== undefined && seal !== own)
    return refuted(
      `The ${manifestName} of ${site.words} is another one than the seal says: it has the digest ${own}. It is of another build, or was changed.`,
    );
  const wrong = await wrongFiles(site, said);
  if (wrong.length > 0) return refuted(...tell(wrong, site, said));
  const made = `as of ${said.asOf}${said.commit ? ` from commit ${said.commit}` : ''}`;
  return {
    isProved: true,
    sentences: [
      `All ${counted(Object.keys(said.files).length, 'file')} of ${site.words} are those of one build, made ${made}.`,
      ...(site.folder
        ? []
        : ['Files that were added cannot be seen from outside: verify a copy of the folder to find them.']),
      seal === undefined
        ? `Its manifest has the digest ${own}: compare it with what was noted when the site was built, or give it with --seal, because a whole site of another build looks as sound.`
        : 'Its manifest is the one with that seal.',
    ],
  };
}

/** What is not as it should be, in sentences. */
export function refuted(...sentences: string[]): Verdict {
  return { isProved: false, sentences };
}

function readManifest(bytes: Uint8Array): SiteManifest | undefined {
  try {
    return manifest.safeParse(JSON.parse(new TextDecoder().decode(bytes))).data;
  } catch {
    return undefined;
  }
}

type Wrong = { path: string; kind: 'changed' | 'missing' | 'added' };

async function wrongFiles(site: SiteSource, { files }: SiteManifest): Promise<Wrong[]> {
  const wrong: Wrong[] = [];
  const rest = Object.entries(files);
  const work = async () => {
    for (let next = rest.pop(); next; next = rest.pop()) {
      const [path, digest] = next;
      // What tells a host its headers is kept to itself by some of them.
      const bytes = isPlain(path) ? await site.read(path) : undefined;
      if (!bytes && !(path === '_headers' && !site.folder)) wrong.push({ path, kind: 'missing' });
      else if (bytes && digestOf(bytes) !== digest) wrong.push({ path, kind: 'changed' });
    }
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  if (site.folder)
    for (const { path } of await filesOf(site.folder))
      if (!(path in files) && path !== manifestName && path !== listName) wrong.push({ path, kind: 'added' });
  return wrong.sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** A path that stays in the folder of the site: a manifest is not believed where it leads out of it. */
function isPlain(path: string): boolean {
  return !path.includes('\\') && path.split('/').every((part) => part !== '' && part !== '.' && part !== '..');
}

function tell(wrong: readonly Wrong[], { words }: SiteSource, { files }: SiteManifest): string[] {
  const listed = { changed: 'is not the file of that build', missing: 'is missing', added: 'belongs to no build' };
  const changed = wrong.filter(({ kind }) => kind !== 'added').length;
  const isMixed = changed > Object.keys(files).length / 4;
  return [
    `${words} is not what its manifest says: ${counted(wrong.length, 'file')} of ${Object.keys(files).length} differ.`,
    ...wrong.slice(0, 20).map(({ path, kind }) => `${path} ${listed[kind]}.`),
    ...(wrong.length > 20 ? [`And ${counted(wrong.length - 20, 'more file')}.`] : []),
    isMixed
      ? 'So many differ that two builds were mixed, or the manifest is that of an older one.'
      : 'They were changed, added or removed after the build, or are left from another one.',
  ];
}

import type { Records } from '../../validate/validate.ts';
import type { NamedProfile } from '../table.ts';

/** The name of a profile, that of its file. */
export function profileName(file: string): string {
  return file.replace(/^profiles\/|\.yaml$/g, '');
}

/** The profile that was asked for, or all there are. */
export function profilesFor(
  { profiles }: Records,
  { profile: wanted }: { profile?: string | undefined },
): NamedProfile[] {
  const named = profiles.map((profile) => ({ name: profileName(profile.file), profile }));
  return wanted === undefined ? named : named.filter(({ name }) => name === wanted);
}

/** The profiles by which defects have come before. */
export function usedBefore({ defects }: Records): Set<string> {
  return new Set(defects.flatMap(({ tracker }) => tracker.source?.profile ?? []));
}

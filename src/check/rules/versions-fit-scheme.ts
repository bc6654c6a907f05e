import { entriesOf } from '../../derive/history.ts';
import { compareVersions, formOfVersions, isValidVersion } from '../../model/version.ts';
import { at, defineRule } from '../rule.ts';

export const versionsFitScheme = defineRule({
  id: 'versions-fit-scheme',
  obligations: ['C-022'],
  summary: 'A version has the form its component asks for, and each delivery brings a newer one.',
  *check({ releases, policy }) {
    for (const release of releases) {
      const latest = new Map<string, string>();
      for (const { line, index, at: when } of entriesOf(release, 'deliver')) {
        for (const [id, version] of Object.entries(line.versions ?? {})) {
          const component = policy.components.find((candidate) => candidate.id === id);
          if (!component || version === 'none') continue;
          const shared = { at: at(release.record, 'log', index, 'versions', id), when, release: release.id };
          const before = latest.get(id);
          if (!isValidVersion(component, version)) yield { ...shared, message: `"${version}" is not a version of ${component.name}.`, hint: `Its versions are ${formOfVersions(component)}.` };
          else if (before !== undefined && compareVersions(component, version, before) <= 0) yield { ...shared, message: `${id} ${version} is delivered after ${before}, and is not newer.`, hint: 'Give changed content a version of its own.' };
          latest.set(id, version);
        }
      }
    }
  },
});

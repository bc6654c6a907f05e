import type { Catalog } from '../../derive/catalog.ts';
import type { Entry } from '../../derive/entry.ts';
import { environmentName } from '../../derive/environments.ts';
import { entriesOf, type ReleaseHistory } from '../../derive/history.ts';
import { versionsOf } from '../../derive/timeline.ts';
import { compareText } from '../../diagnostic.ts';
import { at, defineRule, type RuleFinding } from '../rule.ts';

export const deploymentsDoNotOverlap = defineRule({
  id: 'deployments-do-not-overlap',
  obligations: ['C-012', 'C-037'],
  summary: 'Two deployments of one component to the same environment never go on at the same time.',
  since: 2,
  *check(catalog) {
    const deployments = catalog.releases
      .flatMap((release) =>
        entriesOf(release, 'deploy').map((entry) => ({
          release,
          entry,
          components: Object.keys(versionsOf(release.entries, entry)),
        })),
      )
      .sort((a, b) => compareText(a.entry.at, b.entry.at) || compareText(a.release.id, b.release.id));
    const running = new Map<string, Deployment>();
    for (const deployment of deployments) {
      const { to } = deployment.entry.line;
      const before = deployment.components.flatMap((component) => running.get(`${to} ${component}`) ?? []);
      const [other] = before.filter(({ entry }) => deployment.entry.at < entry.counts);
      if (other) yield overlap(deployment, other, catalog);
      for (const component of deployment.components) {
        const last = running.get(`${to} ${component}`);
        if (!last || last.entry.counts <= deployment.entry.counts) running.set(`${to} ${component}`, deployment);
      }
    }
  },
});

type Deployment = { release: ReleaseHistory; entry: Entry<'deploy'>; components: string[] };

function overlap(deployment: Deployment, other: Deployment, { policy }: Catalog): RuleFinding {
  const { release, entry, components } = deployment;
  const shared = components.filter((component) => other.components.includes(component)).join(', ');
  const end = (other.entry.line.until ?? other.entry.line.at).slice(11, 16);
  return {
    at: at(release.record, 'log', entry.index, 'at'),
    message: `This deployment to ${environmentName(policy, entry.line.to)} began before one of ${other.release.id} had ended, at ${end}: nobody can say which version of ${shared} is there now.`,
    hint: 'Correct the times; if both did run at once, deploy the one that has to be there again.',
    related: [{ at: at(other.release.record, 'log', other.entry.index, 'until'), message: 'the other deployment' }],
    when: entry.at,
    release: release.id,
  };
}

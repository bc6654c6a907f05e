import { nameIn } from '../../../model/labelled.ts';
import type { ReleaseState } from '../../../derive/release-state.ts';
import type { Time } from '../../words/dates.ts';
import type { Facts } from '../facts.ts';
import type { PublicLive } from '../live.ts';
import type { Reference } from '../reference.ts';
import type { PublicRelease } from '../releases.ts';

/** What happened to a release since its note was frozen, from the log as it stands now. */
export type LivePanel = Omit<PublicLive, 'items'> & {
  state: ReleaseState;
  nextAttempt?: ReleaseState | undefined;
  markets: string;
  items: {
    item: Reference;
    status?: string | undefined;
    severity?: string | undefined;
    withdrawn?: string | undefined;
  }[];
  waivers: { id: string; rule: string; reason: string; expires: string }[];
  progress: { environment: string; at?: Time | undefined }[];
};

export function livePanelOf({ programme }: Facts, release: PublicRelease): LivePanel {
  const { attempts, smokeTests, completedAt, agreements, items } = release.live;
  const withdrawn = new Map(release.items.map((entry) => [entry.item.id, entry.withdrawn]));
  return {
    state: release.state,
    nextAttempt: release.nextAttempt,
    markets: programme.markets,
    attempts,
    smokeTests,
    completedAt,
    agreements,
    items: items.map((entry) => ({
      ...entry,
      severity: nameIn(programme.severities, entry.severity),
      withdrawn: withdrawn.get(entry.item.id),
    })),
    waivers: release.waivers.map(({ id, rule, reason, expires }) => ({ id, rule, reason, expires })),
    progress: release.progress,
  };
}

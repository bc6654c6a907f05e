import type { ReleaseType } from '../model/programme.ts';
import type { Snapshot } from './snapshot.ts';

/** What a programme may ask for before a deployment: a review, a request, an approval. */
export type GateKind = 'review' | 'request' | 'approve';

/**
 * True when a gate is open: the line that opens it holds; where there is none, the steps of the type do not ask for it.
 * A type whose steps are not known asks for all.
 */
export function isGateOpen(
  { review, request, approval, approvalValid }: Snapshot,
  { steps }: ReleaseType,
  gate: GateKind,
): boolean {
  const isAsked = steps.length === 0 || steps.flat().some(({ did }) => did === gate);
  switch (gate) {
    case 'review':
      return review ? review.line.decision === 'approved' : !isAsked;
    case 'request':
      return request !== undefined || !isAsked;
    case 'approve':
      return approval ? approvalValid : !isAsked;
  }
}

import { rules } from '../check/registry.ts';
import type { Catalog } from '../derive/catalog.ts';
import type { Diagnostic } from '../diagnostic.ts';

/** A rule as readers see it: what it says, where the plan asks for it, and how things stand. */
export type PublicRule = {
  id: string;
  summary: string;
  obligations: { id: string; clause?: string | undefined; level?: string | undefined; from?: string | undefined; text?: string | undefined }[];
  findings: number;
  waived: number;
};

/** A deadline that passed with nothing recorded. */
export type PublicOverdue = { rule: string; message: string; hint?: string | undefined; clause?: string | undefined; release?: string | undefined; item?: string | undefined };

/** An exception that was granted. */
export type PublicWaiver = { id: string; rule: string; release?: string | undefined; item?: string | undefined; reason: string; at: string; expires: string; isUsed: boolean };

export function projectRules({ policy }: Catalog, diagnostics: readonly Diagnostic[]): PublicRule[] {
  return rules.map(({ id, summary, obligations }) => {
    const own = diagnostics.filter(({ rule }) => rule === id);
    const waived = own.filter(({ level }) => level === 'waived').length;
    return { id, summary, obligations: obligations.map((obligation) => obligationOf(obligation, policy.obligations)), findings: own.length - waived, waived };
  });
}

/** What is late. The site is published all the same, and says so, because readers need it most then. */
export function projectOverdue(diagnostics: readonly Diagnostic[]): PublicOverdue[] {
  return diagnostics.filter(({ level }) => level === 'overdue').map(({ rule, message, hint, clause, release, item }) => ({ rule, message, hint, clause, release, item }));
}

function obligationOf(id: string, asked: Catalog['policy']['obligations']): PublicRule['obligations'][number] {
  const found = asked.find((obligation) => obligation.id === id);
  return { id, clause: found?.clause, level: found?.level, from: found?.from, text: found?.text };
}

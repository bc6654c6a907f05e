import type { Time } from '../../words/dates.ts';
import { resultWord, type Word } from '../../words/statuses.ts';
import type { PublicObligation, PublicWaiver } from '../coverage.ts';
import type { Facts } from '../facts.ts';
import type { PublicFinding } from '../findings.ts';
import type { Page } from './page.ts';

/** Each obligation of the plan, what keeps it, and what was found. */
export type CoveragePage = {
  asOf: Time;
  plan: string;
  asked: CoverageRow[];
  own: CoverageRow[];
  good: CoverageRow[];
  off: { id: string; text: string; reason: string }[];
  findings: PublicFinding[];
  waivers: PublicWaiver[];
};

export type CoverageRow = {
  id: string;
  clause?: string | undefined;
  level?: PublicObligation['level'];
  from?: string | undefined;
  text?: string | undefined;
  kept:
    | { how: 'rule'; rules: { id: string; summary: string }[] }
    | { how: 'page' | 'manual' | 'not-applicable'; reason: string; pages: string[] };
  result: Word;
};

export function coveragePage({ asOf, plan, coverage, rules, findings, waivers }: Facts): CoveragePage {
  const summaries = new Map(rules.map(({ id, summary }) => [id, summary]));
  const rowsOf = (...standings: PublicObligation['standing'][]) =>
    coverage.filter(({ standing }) => standings.includes(standing)).map((entry) => rowOf(entry, summaries));
  return {
    asOf: asOf.time,
    plan: plan.title,
    asked: rowsOf('asked', 'later'),
    own: rowsOf('own'),
    good: rowsOf('good-practice'),
    off: coverage.flatMap(({ id, text = '', off: reason }) => (reason === undefined ? [] : [{ id, text, reason }])),
    findings,
    waivers,
  };
}

function rowOf(obligation: PublicObligation, summaries: ReadonlyMap<string, string>): CoverageRow {
  const { id, clause, level, from, text, kept } = obligation;
  return {
    id,
    clause,
    level,
    from,
    text,
    kept:
      kept.how === 'rule'
        ? { how: kept.how, rules: kept.rules.map((rule) => ({ id: rule, summary: summaries.get(rule) ?? rule })) }
        : { how: kept.how, reason: kept.reason, pages: kept.how === 'page' ? kept.pages : [] },
    result: resultOf(obligation),
  };
}

const unchecked: Record<'page' | 'manual' | 'not-applicable', Word> = {
  page: { word: 'Shown', meaning: 'A page shows it.', tone: 'active' },
  manual: { word: 'By hand', meaning: 'A person sees to it.', tone: 'waiting' },
  'not-applicable': { word: 'Not applicable', meaning: '', tone: 'quiet' },
};

function resultOf({ standing, kept, results }: PublicObligation): Word {
  if (standing === 'later')
    return { word: 'Not in force yet', meaning: 'A later version of the plan asks for it.', tone: 'quiet' };
  return kept.how === 'rule' ? resultWord(results) : unchecked[kept.how];
}

/** The list of the rules with what each finds now. */
export type RulesPage = { asOf: Time; rules: { id: string; summary: string; clauses: string[]; result: Word }[] };

export function rulesPage({ asOf, rules }: Facts): RulesPage {
  return {
    asOf: asOf.time,
    rules: rules.map(({ id, summary, obligations, results }) => ({
      id,
      summary,
      clauses: [...new Set(obligations.flatMap(({ clause }) => clause ?? []))],
      result: resultWord(results),
    })),
  };
}

/** One rule: what it serves and what it finds. The moment of looking is absent when it finds nothing. */
export type RulePage = {
  asOf?: Time | undefined;
  id: string;
  summary: string;
  obligations: Pick<PublicObligation, 'id' | 'clause' | 'text' | 'level' | 'from' | 'standing'>[];
  findings: PublicFinding[];
};

export function rulePages({ asOf, rules, findings }: Facts): Page<RulePage>[] {
  const found = Map.groupBy(findings, ({ rule }) => rule);
  return rules.map(({ id, summary, obligations }) => ({
    params: { id },
    model: {
      asOf: found.has(id) ? asOf.time : undefined,
      id,
      summary,
      obligations: obligations.map(({ id: obligation, clause, text, level, from, standing }) => ({
        id: obligation,
        clause,
        text,
        level,
        from,
        standing,
      })),
      findings: found.get(id) ?? [],
    },
  }));
}

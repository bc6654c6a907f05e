import { planPublication, withChanges } from '../../src/author/publish-note.ts';
import { ruleOf } from '../../src/check/registry.ts';
import type { Diagnostic } from '../../src/diagnostic.ts';
import type { Sources } from '../../src/load/read-content.ts';
import { toLocal } from '../../src/model/time.ts';
import { type AsOf, catalogOf, evaluate } from '../../src/pipeline.ts';
import { programmeOf } from '../../src/validate/validate.ts';

const isWritten = ({ rule }: Diagnostic) => ruleOf(rule)?.about === 'records';
const errorsOf = (tree: Sources, moment: AsOf) =>
  evaluate(tree, moment).diagnostics.filter(({ level }) => level === 'error');
const inWords = ({ rule, file, line, message }: Diagnostic) => `${rule} ${file}:${line} ${message}`;

/**
 * What hinders the true way back from the errors of a tree to a check without errors, a sentence each. A deed against
 * the plan is owned by a waiver; what a published note says wrongly is corrected by an erratum. Anything else is a
 * mistake in writing: it is undone by writing what is true, and no waiver hides it.
 */
export function noWayBack(tree: Sources, diagnostics: readonly Diagnostic[], moment: AsOf): string[] {
  const errors = diagnostics.filter(({ level }) => level === 'error');
  const [written, done] = [errors.filter(isWritten), errors.filter((error) => !isWritten(error))];
  const wrong = toCorrect(written);
  const owned = done.length === 0 ? errors : errorsOf(waived(tree, errors, moment), moment);
  const rest = new Set(owned.map(inWords));
  return [
    ...owned.filter((error) => !isWritten(error)).map((error) => `No waiver owns: ${inWords(error)}`),
    ...written.filter((error) => !rest.has(inWords(error))).map((error) => `A waiver hides: ${inWords(error)}`),
    ...(wrong.length > 0 && written.every((error) => toCorrect([error]).length > 0)
      ? faultsAfterErrata(tree, done, wrong, moment)
      : []),
  ];
}

/** The releases whose notes say something wrong that an erratum corrects. */
function toCorrect(errors: readonly Diagnostic[]): string[] {
  const hints = errors.filter(({ file }) => !file.startsWith('published/')).map(({ hint }) => hint ?? '');
  return [...new Set(hints.flatMap((hint) => /ccmt publish (\S+) erratum/.exec(hint)?.[1] ?? []))];
}

function faultsAfterErrata(
  tree: Sources,
  done: readonly Diagnostic[],
  releases: readonly string[],
  moment: AsOf,
): string[] {
  let corrected = waived(tree, done, moment);
  for (const release of releases) {
    const plan = planPublication(corrected, { release, stage: 'erratum', at: moment.instant, reason: 'It was wrong.' });
    if (!('changes' in plan))
      return [`No erratum of ${release}: ${JSON.stringify(plan, ['refusal', 'diagnostics', 'message'])}`];
    corrected = withChanges(corrected, plan.changes);
  }
  return errorsOf(corrected, moment).map((error) => `No erratum corrects: ${inWords(error)}`);
}

/** The tree with a waiver for each rule and release of these errors; where none is named, for the rule alone. */
function waived(tree: Sources, errors: readonly Diagnostic[], moment: AsOf): Sources {
  const by = catalogOf(tree, moment)?.policy.programme.waiversBy[0] ?? 'nobody';
  const at = toLocal(moment.instant, programmeOf(tree)?.zone ?? 'UTC').slice(0, 16);
  const owned = [...new Set(errors.map(({ rule, release }) => `${rule} ${release ?? ''}`))];
  const files = owned.map((each, index) => {
    const id = `W-${9000 + index}`;
    const [rule, release] = each.split(' ');
    const fields = [`id: ${id}`, `rule: ${rule}`, ...(release ? [`release: ${release}`] : []), 'reason: It was so.'];
    const text = `---\n${[...fields, `by: ${by}`, `at: ${at}`, 'expires: 2020-12-31'].join('\n')}\n---\n`;
    return { path: `waivers/${id}.md`, text, before: undefined };
  });
  return withChanges(tree, files);
}

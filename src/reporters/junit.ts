import { toXml } from 'xast-util-to-xml';
import { x } from 'xastscript';
import type { Diagnostic } from '../diagnostic.ts';
import { visibleLine } from '../model/visible.ts';
import type { Reporter } from './reporter.ts';

/** A JUnit report: each rule is a test case, which fails with what was found. */
export const junit: Reporter = ({ diagnostics, prefix, rules, failing }) => {
  const shown = (found: readonly Diagnostic[]) => found.map((diagnostic) => inWords(diagnostic, prefix)).join('\n');
  const cases = rules.map(({ id }) => {
    const own = diagnostics.filter(({ rule }) => rule === id);
    const failures = own.filter(({ level }) => failing.includes(level));
    const others = own.filter(({ level }) => !failing.includes(level));
    return x('testcase', { classname: 'ccmt.check', name: id }, [
      ...(failures.length > 0
        ? [x('failure', { type: id, message: visibleLine((failures[0] as Diagnostic).message) }, shown(failures))]
        : []),
      ...(others.length > 0 ? [x('system-out', shown(others))] : []),
    ]);
  });
  const failed = rules.filter(({ id }) =>
    diagnostics.some(({ rule, level }) => rule === id && failing.includes(level)),
  ).length;
  const counts = { tests: String(rules.length), failures: String(failed), errors: '0' };
  const suite = x('testsuite', { name: 'ccmt check', ...counts }, cases);
  const document = toXml([
    { type: 'instruction', name: 'xml', value: 'version="1.0" encoding="UTF-8"' },
    x('testsuites', counts, suite),
  ]);
  return `${document}\n`;
};

function inWords({ file, line, column, level, message, hint, clause }: Diagnostic, prefix: string): string {
  return visibleLine(
    `${prefix}${file}:${line}:${column} ${level}: ${[message, hint, clause ? `(Clause ${clause}.)` : ''].filter(Boolean).join(' ')}`,
  );
}

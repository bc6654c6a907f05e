import matter from 'gray-matter';
import type { Finding } from '../diagnostic.ts';
import { shorten } from '../model/wording.ts';

/** A record's front matter as YAML text, its body, and the number of lines before each. */
export type Split = { yaml: string; yamlLine: number; body: string; bodyLine: number };

const fence = '---';

/**
 * Splits a record at its fences. Only an exact `---` opens and closes; everything gray-matter would accept beyond that
 * (`---js`, `---body`, no close) is a finding, and its engines throw, so that no front matter is ever run.
 */
export function splitFrontMatter(file: string, text: string): Split | { finding: Finding } {
  const lines = text.split('\n');
  const first = lines[0] as string;
  if (first !== fence) return { finding: badOpening(file, first) };
  const close = lines.findIndex((line, index) => index > 0 && line.startsWith(fence));
  if (close === -1) {
    return {
      finding: fenced(
        file,
        1,
        'The front matter is never closed.',
        'Write a line that is exactly --- after its last field.',
        first,
      ),
    };
  }
  if (lines[close] !== fence) {
    const message = `The front matter is closed by "${shorten(lines[close] as string)}".`;
    return {
      finding: fenced(
        file,
        close + 1,
        message,
        'Make the line exactly ---, with nothing before or after it.',
        lines[close] as string,
      ),
    };
  }
  const inside = lines.slice(1, close).join('\n');
  const { yaml, body } = hasLongGap(inside)
    ? { yaml: inside, body: lines.slice(close + 1).join('\n') }
    : splitAtFences(text);
  return { yaml, yamlLine: 1, body, bodyLine: close + 1 };
}

/**
 * True where gray-matter would take long: it goes over space without words once from each line end in it, so that many
 * take the square of their number.
 */
function hasLongGap(yaml: string): boolean {
  return (yaml.match(/\s{100,}/g) ?? []).some((gap) => (gap.match(/[\n\r\u2028\u2029]/g)?.length ?? 0) > 100);
}

/**
 * gray-matter with every engine but ours throwing; ours hands the YAML over unread, because positions are wanted. It
 * gets only what begins with an exact fence; it is exported because this second line of defence has a test of its own.
 */
export function splitAtFences(text: string): { yaml: string; body: string } {
  const refuse = () => {
    throw new Error('front matter is YAML only');
  };
  const refused = { parse: refuse, stringify: refuse };
  let yaml = '';
  const keep = {
    parse: (given: string) => {
      yaml = given;
      return {};
    },
    stringify: refuse,
  };
  const split = matter(text, {
    language: 'yaml',
    engines: { yaml: keep, javascript: refused, js: refused, json: refused, toml: refused, coffee: refused },
  });
  return { yaml: yaml.replace(/^\n/, ''), body: split.content };
}

function badOpening(file: string, first: string): Finding {
  const language = /^---\s*([A-Za-z]\w*)/.exec(first)?.[1];
  if (language) {
    return fenced(
      file,
      1,
      `The front matter is opened by "${shorten(first)}", and ${language} is never run.`,
      'Make the first line exactly --- and write the fields as YAML.',
      first,
    );
  }
  return fenced(
    file,
    1,
    'The first line is not ---, so the file has no front matter.',
    'Begin the file with a line that is exactly ---.',
    first,
  );
}

function fenced(file: string, line: number, message: string, hint: string, shown: string): Finding {
  return {
    rule: 'front-matter-fenced',
    at: { file, position: { line, column: 1, endLine: line, endColumn: shown.length + 1 } },
    message,
    hint,
  };
}

import type { Finding } from '../diagnostic.ts';

/** Where a body stands: its file, and how many lines of it come before. */
export type Source = { file: string; linesBefore: number };

/** MDX errors in one plain sentence; `<5 kWh`, `<https://…>` and `<!-- -->` have one of their own. */
export function notParsed({ file, linesBefore }: Source, body: string, error: unknown): Finding {
  const { reason = '', ...end } = error as { line?: number; column?: number; reason?: string };
  // Of a component that is never closed only the reason says where it was opened.
  const opened = /\((\d+):(\d+)-/.exec(reason);
  const { line = 1, column = 1 } = opened ? { line: Number(opened[1]), column: Number(opened[2]) } : end;
  const text = body.split('\n')[line - 1] ?? '';
  const opening = text.lastIndexOf('<', column - 1);
  const brace = text.lastIndexOf('{', column - 1);
  const at = {
    file,
    position: {
      line: line + linesBefore,
      column: Math.max(opening, brace, 0) + 1,
      endLine: line + linesBefore,
      endColumn: text.length + 1,
    },
  };
  const [message, hint] = sentencesOf(text.slice(Math.max(opening, 0)), reason, opening, brace);
  return { rule: 'body-closed-form', at, message, hint };
}

function sentencesOf(rest: string, reason: string, opening: number, brace: number): [string, string] {
  if (opening >= 0 && rest.startsWith('<!--'))
    return ['A comment in HTML form stands in the body.', 'Remove it: everything in a body is public.'];
  if (opening >= 0 && /^<(?:https?:|mailto:|\S+@)/.test(rest))
    return ['An address in angle brackets is not a link here.', 'Write it as [text](https://…).'];
  if (opening >= 0 && /^<[\s\d=]/.test(rest))
    return ['"<" begins a component, and none follows.', 'Write "less than", or a backslash before the sign.'];
  if (/import\/exports/.test(reason))
    return ['A body imports and exports nothing.', 'Begin the line with another word, or remove it.'];
  if (brace >= 0 && brace > opening)
    return [
      'A brace begins an expression, and a body has none.',
      'Write a backslash before the brace, or put the text in backticks.',
    ];
  if (/closing tag|end-tag/i.test(reason))
    return [
      'A component is opened and not closed, or closed and not opened.',
      'Close it as <Callout kind="information"> … </Callout>, with empty lines around the text.',
    ];
  return ['The body cannot be read as Markdown with components.', 'Put code and signs such as < and { in backticks.'];
}

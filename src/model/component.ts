import { z } from 'zod';
import { componentVersion, name, text } from './primitives.ts';
import { span } from './span.ts';

/** How versions of a component are formed and ordered. */
export const schemes = ['semver', 'dotted', 'date', 'listed', 'text'] as const;

/** An environment in which a component is not deployed, and from when until when. */
const absence = z.strictObject({ environment: name.describe('The environment.'), ...span });

export const component = z.strictObject({
  id: name.describe('The id that records use.'),
  name: text.describe('The name that readers see, a row of the matrix.'),
  formerly: z
    .array(name)
    .default([])
    .describe('The ids that it had before it was renamed; records and notes of that time keep them.'),
  purpose: text.optional().describe('What the component does, in one sentence.'),
  scheme: z
    .enum(schemes)
    .describe(
      'The form and order of versions: "semver" (also v4.2.1, and with a build part, which orders nothing), "dotted" (4.10 follows 4.9), "date" (2020.10), "listed" (the order of `versions`) or "text" (any text, in the order of delivery).',
    ),
  versions: z.array(componentVersion).optional().describe('The versions in order, for the scheme "listed".'),
  lines: z.array(name).min(1).describe('The code lines; the first is the default.'),
  absentFrom: z
    .array(z.union([name, absence]))
    .default([])
    .describe('Environments in which it is not deployed: always, or from one day until another.'),
  ...span,
});

export const components = z.array(component).min(1);
export type Component = z.infer<typeof component>;

/** An environment in which a component is not deployed, in its long form. */
export function absencesOf({ absentFrom }: Component): z.infer<typeof absence>[] {
  return absentFrom.map((entry) => (typeof entry === 'string' ? { environment: entry } : entry));
}

import { z } from 'zod';
import { name, text, version } from './primitives.ts';

/** How versions of a component are formed and ordered. */
export const schemes = ['semver', 'dotted', 'date', 'listed'] as const;

export const component = z.strictObject({
  id: name.describe('The id that records use.'),
  name: text.describe('The name that readers see, a row of the matrix.'),
  purpose: text.optional().describe('What the component does, in one sentence.'),
  scheme: z
    .enum(schemes)
    .describe(
      'The form and order of versions: "semver", "dotted" (4.10 follows 4.9), "date" (2020.10) or "listed" (the order of `versions`).',
    ),
  versions: z.array(version).optional().describe('The versions in order, for the scheme "listed".'),
  lines: z.array(name).min(1).describe('The code lines; the first is the default.'),
  absentFrom: z.array(name).default([]).describe('Environments in which it is not deployed.'),
});

export const components = z.array(component).min(1);
export type Component = z.infer<typeof component>;

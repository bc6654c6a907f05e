import { z } from 'zod';
import { name, recordId, text } from './primitives.ts';

export const change = z.strictObject({
  id: recordId.describe('The id, equal to the name of the file.'),
  title: text.describe('The title.'),
  summary: text.describe('What readers are told.'),
  impact: z.array(name).default([]).describe('The market roles affected.'),
  fuel: name.optional().describe('The fuel affected.'),
  components: z.array(name).default([]).describe('The components it changes; none for a document.'),
  businessProcesses: z.array(name).default([]).describe('The business processes it modifies.'),
});

export type Change = z.infer<typeof change>;

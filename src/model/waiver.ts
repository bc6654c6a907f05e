import { z } from 'zod';
import { date, name, recordId, text, time } from './primitives.ts';

export const waiver = z.strictObject({
  id: recordId.describe('The id, equal to the name of the file.'),
  rule: name.describe('The rule it suspends, or one obligation of it such as C-070; the clause follows from it.'),
  release: recordId.optional().describe('The release it holds for.'),
  item: recordId.optional().describe('The item it holds for; all when absent.'),
  reason: text.describe('Why.'),
  by: name.describe('The role, person or party that granted it.'),
  at: time.describe('When it was granted.'),
  expires: date.describe('The last day on which it covers a deviation.'),
});

export type Waiver = z.infer<typeof waiver>;

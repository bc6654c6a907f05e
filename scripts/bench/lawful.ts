import type { How, Mutation } from './mutations.ts';

/** Changes of the sample that break nothing, and why: the place with its numbers left out, and what was done there. */
const lawful: { where: RegExp; how: readonly How[]; because: string }[] = [
  {
    where: /(?:^|\.)(?:items|by|consulted|components|interfaces|checklist)\.N$/,
    how: ['swapped'],
    because: 'the order in which a list names things says nothing',
  },
  {
    where: /^(?:title|summary|requires\.N|bau\.\w+\.(?:reason|drop)|items\.N\.(?:note|reason|retest))$/,
    how: ['misspelt', 'swapped', 'left out'],
    because: 'the words of a release may change until its final note is published',
  },
  {
    where: /^items\.N\.(?:id|kind|action|fileFormat|interfaces\.N)$/,
    how: ['misspelt', 'swapped', 'left out'],
    because: 'what is said of an item may change until the final note is published',
  },
  {
    where: /^log\.N\.(?:about|what|error|reason|ref|steps\.N)$/,
    how: ['misspelt', 'swapped', 'left out', 'doubled'],
    because: 'nothing else tells whether the words of a line are true, and no note states these',
  },
  {
    where: /^checklist\.N(?:\.(?:task|done))?$/,
    how: ['misspelt', 'swapped', 'left out'],
    because: 'what the team has on its checklist is its own affair, as long as all of it is done',
  },
  {
    where: /^log\.N$/,
    how: ['left out'],
    because: 'what was not recorded is not known, where no note states it and nothing later rests on it',
  },
  {
    where: /^log\.N(?:\.at)?$/,
    how: ['swapped'],
    because: 'a line may be recorded late, and between two publications lines may have happened in another order',
  },
  {
    where: /^log\.N\.consulted\.N$/,
    how: ['left out'],
    because: 'more may be consulted than the plan asks for',
  },
  {
    where: /^log\.N\.by\.N$/,
    how: ['left out'],
    because: 'a party may agree on another line, or later, as long as it is before the deployment',
  },
  {
    where: /^log\.N\.by$/,
    how: ['swapped'],
    because: 'both people have the role of the line',
  },
  {
    where: /^log\.N\.(?:items|components)\.N$/,
    how: ['left out', 'misspelt'],
    because: 'a test or a failed deployment may be of less, while the release goes on',
  },
  {
    where: /^log\.N\.(?:until|from)$/,
    how: ['misspelt'],
    because: 'a window may be long, and another one was requested since or no deployment rests on it yet',
  },
];

/** Why a change breaks nothing; undefined where nobody has said so. */
export function lawfulBecause({ path, how }: Mutation): string | undefined {
  const where = path.map((part) => (typeof part === 'number' ? 'N' : part)).join('.');
  return lawful.find((each) => each.where.test(where) && each.how.includes(how))?.because;
}

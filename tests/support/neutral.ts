/**
 * The pages of rules are read on the site of every programme, so their examples use names of none: what the fixtures
 * call things, and what the pages call them.
 */
const names: readonly (readonly [fixture: string, page: string])[] = [
  ['dev1', 'build'],
  ['Dev1', 'Build'],
  ['qas1', 'system'],
  ['QAS1', 'System test'],
  ['qas2', 'acceptance'],
  ['QAS2', 'Acceptance'],
  ['mt', 'trial'],
  ['MT', 'Trial'],
  ['CCMT', 'trial-1'],
  ['ccmtwg', 'user-group'],
  ['CCMTWG', 'the user group'],
  ['Market trials working group', 'User group'],
  ['Market trials', 'First trial'],
  ['market trials', 'first trial'],
  ['ccmt-participants', 'participants'],
  ['CCMT Participants', 'Participants'],
  ['release-manager', 'release-lead'],
  ['Release Manager', 'Release lead'],
  ['defect-manager', 'defect-lead'],
  ['Defect Manager', 'Defect lead'],
  ['development-manager', 'development-lead'],
  ['Development Manager', 'Development lead'],
  ['deployment-manager', 'deployment-lead'],
  ['Deployment Manager', 'Deployment lead'],
  ['test-manager', 'test-lead'],
  ['Test Manager', 'Test lead'],
  ['uk-link', 'accounts'],
  ['UK Link', 'Accounts'],
  ['gas-transporter', 'agency'],
  ['shipper', 'reseller'],
  ['supplier', 'agent'],
  ['Supplier', 'Agent'],
  ['Shipper', 'Reseller'],
  ['gas', 'small'],
  ['electricity', 'large'],
];

const pattern = new RegExp(`(?<![\\w-])(?:${names.map(([fixture]) => fixture).join('|')})(?![\\w-])`, 'g');
const pageName = new Map(names);

/** A text of the fixtures as a page has it. */
export function neutral(text: string): string {
  return text.replace(pattern, (name) => pageName.get(name) as string);
}

/** What no page of a rule says: it would be a word of one programme. A day of the week is one in its prose only. */
export const wordOfOne =
  /(?<![\w-])(?:dev1|qas[12]|mt|ccmtwg|uk[ -]link|xrn\w*|gas|electricity|(?:release|test|defect|deployment|development) manager|market trials?)(?![\w-])/i;
export const dayOfOne = /\b(?:mon|tues|wednes|thurs|fri)days?\b/i;

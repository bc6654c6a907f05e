/**
 * One address at least of every page in `src/pages`, those with parameters in the sample's own: what is looked at in a
 * browser, in both colours and on a phone.
 */
export const addresses = [
  '',
  'releases/',
  'releases/R02/final/',
  'releases/R03/',
  'releases/E02/',
  'releases/R10/',
  'matrix/',
  'matrix/20200903T1040Z/',
  'schedule/',
  'schedule/2020-09-07/',
  'issues/',
  'retests/',
  'since/',
  'since/R08/',
  'defects/',
  'defects/D-0009/',
  'defects/D-9001/',
  'components/core/',
  'changes/',
  'changes/CH-0001/',
  'plan/',
  'plan/raci/',
  'plan/coverage/',
  'plan/about/',
  'rules/',
  'rules/provisional-note-on-time/',
  'search/',
];

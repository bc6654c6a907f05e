/**
 * The same ten defects as the exports of several trackers, with the habits of each. People, organisations and defects
 * are invented. What an import has to make of them stands in `samples`, whatever the tracker.
 */
export type Sample = {
  number: number;
  title: string;
  status:
    'new' | 'analysis' | 'fixing' | 'ready' | 'reopened' | 'deferred' | 'fixed' | 'closed' | 'rejected' | 'duplicate';
  severity: 'S1' | 'S2' | 'S3' | 'S4' | 'unrated';
  component: string;
  team: string;
  person: string;
  text: string;
  /** Local times, as the tracker shows them. */
  raised: string;
  resolved?: string | undefined;
  closed?: string | undefined;
};

type Column = [heading: string, cell: (sample: Sample, index: number) => string];
export type Table = string[][];
export type SheetTable = (string | number | Date | undefined)[][];

const people = ['Ottoline Brackwater', 'Piers Underhallow', 'Zdenka Marsh-Avery'];

export const samples: Sample[] = (
  [
    ['new', 'S2', 'Participant messaging', 'S72 is rejected when its effective date is a Sunday', '2020-09-01T09:12'],
    ['analysis', 'S1', 'CSS adapter', 'No registration can be sent: the queue stands still', '2020-09-02T16:40'],
    ['fixing', 'S3', 'Data enquiry', 'Look-up shows "unknown" for a supply point with two meters', '2020-09-14T11:05'],
    [
      'ready',
      'S2',
      'Billing and registration core',
      'AQ is worked out twice, once for each half of the year',
      '2020-09-15T00:30',
    ],
    [
      'reopened',
      'S3',
      'Billing and registration core',
      '-1 kWh is printed where a reading is missing',
      '2020-08-31T12:00',
    ],
    ['deferred', 'S4', 'Data enquiry', 'Heading “Réf. du point” is cut off', '2020-09-04T08:55', '2020-09-21T10:00'],
    [
      'fixed',
      'S2',
      'Gas trading interface',
      '=SUM( is shown in place of the total of a nomination',
      '2020-09-07T13:45',
      '2020-09-17T18:20',
    ],
    [
      'closed',
      'S3',
      'Data enquiry',
      'Enquiry ends after 30 seconds – without a message',
      '2020-08-26T10:10',
      '2020-09-03T09:00',
      '2020-09-10T15:30',
    ],
    [
      'rejected',
      'S4',
      'Customer portal',
      'Times are one hour early',
      '2020-09-08T17:59',
      '2020-09-09T09:15',
      '2020-09-09T09:20',
    ],
    [
      'duplicate',
      'unrated',
      'Gas trading interface',
      '25 October has 24 hours instead of 25',
      '2020-09-11T14:14',
      '2020-09-12T10:00',
      '2020-09-12T10:00',
    ],
  ] as const
).map(([status, severity, component, title, raised, resolved, closed], index) => ({
  number: 12_236 + index,
  title,
  status,
  severity,
  component,
  team: component === 'Data enquiry' ? 'Portal Build' : 'Core Build',
  person: people[index % people.length] as string,
  text: `Send the file; wait for the answer.\nExpected "accepted", got ${index} errors, 5 € each.`,
  raised,
  resolved,
  closed,
}));

/** The samples with ids so long that a spreadsheet writes them as `1.23E+15`. */
export const longNumbers: Sample[] = samples.map((sample, index) => ({
  ...sample,
  number: 1_230_000_000_000_001 + index,
}));

const trackers = ['jira', 'azure', 'serviceNow', 'mantis', 'bugzilla', 'alm'] as const;
type Tracker = (typeof trackers)[number];

/** How each tracker says a status, and after `>` with which resolution. */
const statusWords: Record<Sample['status'], string[]> = {
  new: ['To Do', 'New', 'New', 'new>open', 'NEW>---', 'New'],
  analysis: ['Waiting for support', 'Triaged', 'On Hold', 'acknowledged>open', 'NEEDINFO>---', 'Open'],
  fixing: ['In Progress', 'Active', 'Work in progress', 'assigned>open', 'ASSIGNED>---', 'In Progress'],
  ready: ['Ready for Test', 'Ready for Test', 'Testing/QA', 'testing>open', 'ON_QA>---', 'Ready for Retest'],
  reopened: ['Reopened', 'Reopened', 'Reopened', 'reopened>reopened', 'REOPENED>---', 'Reopen'],
  deferred: [
    'Resolved>Later',
    'Closed>Deferred',
    'Resolved>Known error',
    'resolved>suspended',
    'RESOLVED>LATER',
    'Deferred',
  ],
  fixed: [
    'Resolved>Fixed',
    'Resolved>Fixed',
    'Resolved>Solution provided',
    'resolved>fixed',
    'RESOLVED>FIXED',
    'Fixed',
  ],
  closed: ['Closed>Fixed', 'Closed>Fixed', 'Closed>Solution provided', 'closed>fixed', 'VERIFIED>FIXED', 'Closed'],
  rejected: [
    "Resolved>Won't Do",
    'Closed>As Designed',
    'Canceled',
    'closed>unable to reproduce',
    'RESOLVED>WORKSFORME',
    'Rejected',
  ],
  duplicate: [
    'Closed>Duplicate',
    'Closed>Duplicate',
    'Closed>Duplicate',
    'closed>duplicate',
    'RESOLVED>DUPLICATE',
    'Duplicate',
  ],
};

/** How each tracker says a severity; Jira Server says it with the priority. */
const severityWords: Record<Sample['severity'], string[]> = {
  S1: ['Blocker', '1 - Critical', '1 - Critical', 'block', 'blocker', '5-Urgent'],
  S2: ['Critical', '2 - High', '2 - High', 'major', 'critical', '3-High'],
  S3: ['Minor', '3 - Medium', '3 - Moderate', 'minor', 'normal', '2-Medium'],
  S4: ['Trivial', '4 - Low', '5 - Planning', 'text', 'trivial', '1-Low'],
  unrated: ['', '', '?', '', '--', ''],
};

const said = (words: string[], tracker: Tracker) => (words[trackers.indexOf(tracker)] as string).split('>');
const status = (tracker: Tracker) => (sample: Sample) => said(statusWords[sample.status], tracker)[0] as string;
const resolution = (tracker: Tracker) => (sample: Sample) => said(statusWords[sample.status], tracker)[1] ?? '';
const severity = (tracker: Tracker) => (sample: Sample) => said(severityWords[sample.severity], tracker)[0] as string;
const priority = (words: Record<Sample['severity'], string>) => (sample: Sample) => words[sample.severity];
const at = (field: 'raised' | 'resolved' | 'closed', form: string) => (sample: Sample) => written(sample[field], form);
const always = (text: string) => () => text;
const mailOf = (person: string) => `${person.toLowerCase().replaceAll(' ', '.')}@fennimore.example`;
const account = (sample: Sample) => `712020:0000${sample.number}-5e1f-4c0d-9d3a-6f7e2b1a0c9d`;
const wiki = ({ text }: Sample) => `h3. Steps\r\n# ${text.replaceAll('\n', '\r\n# ')}\r\n{code}-S72|3{code}`;
const html = ({ text }: Sample) =>
  `<div>${text.replaceAll('"', '&quot;').replaceAll('\n', '<br>')}</div><div>It&#39;s <b>reproducible</b>.</div>`;
const title = ({ title: words }: Sample) => words;
const number = (sample: Sample) => String(sample.number);
const team = ({ team: name }: Sample) => name;
const person = ({ person: name }: Sample) => name;
const component = ({ component: name }: Sample) => name;
const text = ({ text: words }: Sample) => words;

const cloudForm = 'dd/MMM/yy h:mm a';
const serverForm = 'dd/MMM/yy HH:mm';
const azureForm = 'M/d/yyyy h:mm:ss a';
const isoForm = 'yyyy-MM-dd HH:mm:ss';

/** Jira Cloud, all fields: repeated columns, account ids, an object with another hash in every export (`run`). */
export function jiraCloud(list = samples, run = 1): string {
  const comment = (least: number) => (sample: Sample, index: number) =>
    index % 3 < least ? '' : `${written(sample.raised, cloudForm)};${account(sample)};Seen too; again today`;
  const columns: Column[] = [
    ['Summary', title],
    ['Issue key', (sample) => `CCMT-${sample.number - 12_000}`],
    ['Issue id', number],
    ['Issue Type', always('Bug')],
    ['Status', status('jira')],
    ['Project key', always('CCMT')],
    ['Project name', always('Market trials')],
    ['Project type', always('software')],
    ['Project lead', always(people[0] as string)],
    ['Project lead id', account],
    ['Project description', always('')],
    ['Priority', priority({ S1: 'Highest', S2: 'High', S3: 'Medium', S4: 'Low', unrated: 'Medium' })],
    ['Resolution', resolution('jira')],
    ['Assignee', person],
    ['Assignee Id', account],
    ['Reporter', always(people[2] as string)],
    ['Reporter Id', account],
    ['Creator', always(people[2] as string)],
    ['Creator Id', account],
    ['Created', at('raised', cloudForm)],
    ['Updated', always(`${20 + run}/Sep/20 9:00 AM`)],
    ['Last Viewed', always(`${20 + run}/Sep/20 9:01 AM`)],
    ['Resolved', at('resolved', cloudForm)],
    ['Affects versions', always('4.12')],
    ['Components', component],
    ['Due date', always('')],
    ['Votes', always(String(run))],
    ['Description', wiki],
    ['Environment', always('')],
    ['Watchers', person],
    ['Watchers', always('')],
    ['Watchers Id', account],
    ['Watchers Id', always('')],
    ['Original estimate', always('')],
    ['Work Ratio', always('-1')],
    ['Σ Time Spent', always('')],
    ['Outward issue link (Blocks)', (_, index) => (index === 1 ? 'CCMT-236' : '')],
    ['Attachment', always('')],
    ['Custom field (Approvals)', always(`com.tracker.ApprovalsCFValue@5767ab7${run}`)],
    ['Custom field (Rank)', (_, index) => `0|i0${run}${index}:`],
    ['Custom field (Severity)', severity('azure')],
    ['Custom field (Team)', team],
    ['Sprint', always('Trial 3')],
    ['Sprint', (_, index) => (index > 4 ? 'Trial 4' : '')],
    ['Comment', comment(0)],
    ['Comment', comment(1)],
    ['Comment', comment(2)],
    ['Status Category', always('To Do')],
    ['Status Category Changed', at('raised', cloudForm)],
  ];
  return csvOf(tableOf(columns, list));
}

/** Jira Server: no severity, so that the priority has to stand in; line ends within cells differ from those of rows. */
export function jiraServer(list = samples): string {
  const columns: Column[] = [
    ['Summary', title],
    ['Issue key', (sample) => `UKL-${sample.number}`],
    ['Issue id', number],
    ['Status', status('jira')],
    ['Priority', severity('jira')],
    ['Resolution', resolution('jira')],
    ['Assignee', person],
    ['Created', at('raised', serverForm)],
    ['Resolved', at('resolved', serverForm)],
    ['Affects Version/s', always('4.12')],
    ['Affects Version/s', always('')],
    ['Component/s', component],
    ['Description', wiki],
  ];
  return csvOf(tableOf(columns, list));
}

const azureTail: Column[] = [
  ['Assigned To', (sample) => `${sample.person} <${mailOf(sample.person)}>`],
  ['State', status('azure')],
  ['Resolved Reason', resolution('azure')],
  ['Severity', severity('azure')],
  ['Priority', priority({ S1: '1', S2: '1', S3: '2', S4: '3', unrated: '2' })],
  ['Tags', (_, index) => (index % 2 === 0 ? 'trial; regression' : '')],
  ['Area Path', (sample) => `Trials\\${sample.component}`],
  ['Created Date', at('raised', azureForm)],
  ['Resolved Date', at('resolved', azureForm)],
  ['Closed Date', at('closed', azureForm)],
  ['Repro Steps', html],
];

/** Azure DevOps, a flat query by somebody in the United States: bare header, quoted values, bare empties. */
export function azureDevOps(list = samples): string {
  return azureCsv([['Title', title]], list);
}

/**
 * Azure DevOps, a tree query: every second bug hangs below the one before it and has its title one column further
 * right.
 */
export function azureDevOpsTree(list = samples): string {
  const level = (wanted: number) => (sample: Sample, index: number) => (index % 2 === wanted ? sample.title : '');
  return azureCsv(
    [
      ['Title 1', level(0)],
      ['Title 2', level(1)],
    ],
    list,
  );
}

function azureCsv(titles: Column[], list: readonly Sample[]): string {
  const columns: Column[] = [['ID', number], ['Work Item Type', always('Bug')], ...titles, ...azureTail];
  return csvOf(tableOf(columns, list), { quoted: (cell, row) => row > 0 && cell !== '', end: '\r\n' });
}

const serviceNowColumns: [label: string, ...Column][] = [
  ['Number', 'number', (sample) => `INC00${sample.number}`],
  ['Short description', 'short_description', title],
  ['State', 'state', status('serviceNow')],
  ['Resolution code', 'close_code', resolution('serviceNow')],
  ['Priority', 'priority', severity('serviceNow')],
  ['Severity', 'severity', always('3 - Low')],
  ['Assignment group', 'assignment_group', team],
  ['Assigned to', 'assigned_to', person],
  ['Configuration item', 'cmdb_ci', component],
  ['Opened', 'opened_at', at('raised', isoForm)],
  ['Resolved', 'resolved_at', at('resolved', isoForm)],
  ['Closed', 'closed_at', at('closed', isoForm)],
  ['Description', 'description', text],
  ['Caller', 'caller_id', always(people[2] as string)],
  ['Updates', 'sys_mod_count', (_, index) => String(index)],
];

/** ServiceNow as CSV: names of fields as headings, everything quoted. */
export function serviceNow(list = samples): string {
  return csvOf(
    tableOf(
      serviceNowColumns.map(([, ...column]) => column),
      list,
    ),
    { quoted: () => true, end: '\r\n' },
  );
}

/** ServiceNow as the rows of its workbook: labels as headings, dates as dates (the wall clock as if it were UTC). */
export function serviceNowSheet(list = samples): SheetTable {
  const rows = tableOf(
    serviceNowColumns.map(([label, , cell]) => [label, cell]),
    list,
  );
  return rows.map((row) =>
    row.map((cell) => (/^\d{4}-\d\d-\d\d /.test(cell) ? new Date(`${cell.replace(' ', 'T')}Z`) : cell || undefined)),
  );
}

/**
 * MantisBT: ids with leading zeros, days without a time. `isOld`: quotes are not doubled unless the cell holds a comma.
 */
export function mantisBT(list = samples, isOld = false): string {
  const columns: Column[] = [
    ['Id', (sample) => String(sample.number).padStart(7, '0')],
    ['Project', always('Market trials')],
    ['Reporter', always('z.marsh')],
    ['Assigned To', person],
    ['Priority', always('normal')],
    ['Severity', severity('mantis')],
    ['Reproducibility', always('always')],
    ['Product Version', always('4.12')],
    ['Category', component],
    ['Date Submitted', at('raised', 'yyyy-MM-dd')],
    ['OS', always('')],
    ['View Status', always('public')],
    ['Updated', always('2020-09-21')],
    ['Summary', title],
    ['Status', status('mantis')],
    ['Resolution', resolution('mantis')],
    ['Fixed in Version', always('')],
  ];
  return csvOf(tableOf(columns, list), { end: '\r\n', ...(isOld && { needs: /[,\r\n]/ }) });
}

/** Bugzilla: names of fields as headings, numbers bare, `---` and `--` for what is empty. */
export function bugzilla(list = samples): string {
  const columns: Column[] = [
    ['bug_id', number],
    ['product', always('Trials')],
    ['component', component],
    ['assigned_to', (sample) => mailOf(sample.person)],
    ['bug_status', status('bugzilla')],
    ['resolution', resolution('bugzilla')],
    ['bug_severity', severity('bugzilla')],
    ['priority', always('--')],
    ['short_desc', title],
    ['opendate', at('raised', isoForm)],
    ['cf_last_resolved', at('resolved', isoForm)],
    ['changeddate', always('2020-09-21 08:00:00')],
  ];
  return csvOf(tableOf(columns, list), { quoted: (cell) => cell !== 'bug_id' && !/^\d+$/.test(cell) });
}

/**
 * A register kept by hand from ALM's grid: title rows above, the module as a merged cell beside its defects, notes, and
 * a footer.
 */
export function almRegister(list = samples): { rows: SheetTable; merges: string[] } {
  const ordered = [...list].sort((a, b) => a.component.localeCompare(b.component));
  const header = [
    'Module',
    'Defect ID',
    'Summary',
    'Status',
    'Severity',
    'Assigned To',
    'Detected on Date',
    'Closing Date',
    'Description',
    'Notes',
  ];
  const firstRow = 5;
  const groups = [...Map.groupBy(ordered.keys(), (index) => (ordered[index] as Sample).component).values()].filter(
    (group) => group.length > 1,
  );
  const rows: SheetTable = [
    ['Fennimore Vale Central Data Services'],
    ['Market trials: open and closed defects', undefined, undefined, 'As of', new Date('2020-09-21T00:00:00Z')],
    [],
    header,
    ...ordered.map((sample, index) => almRow(sample, sample.component !== ordered[index - 1]?.component, index === 2)),
    [],
    [`Total: ${list.length} defects`],
    ['Confidential: not to be passed on'],
  ];
  return {
    rows,
    merges: groups.map((group) => `A${firstRow + (group[0] as number)}:A${firstRow + (group.at(-1) as number)}`),
  };
}

function almRow(sample: Sample, opensModule: boolean, hasNote: boolean): SheetTable[number] {
  const day = (local: string | undefined) =>
    local === undefined ? undefined : new Date(`${local.slice(0, 10)}T00:00:00Z`);
  return [
    opensModule ? sample.component : undefined,
    sample.number,
    sample.title,
    status('alm')(sample),
    severity('alm')(sample) || undefined,
    sample.person,
    day(sample.raised),
    day(sample.closed),
    html(sample),
    hasNote ? 'Ask Piers again on Friday' : undefined,
  ];
}

function tableOf(columns: readonly Column[], list: readonly Sample[]): Table {
  return [
    columns.map(([heading]) => heading),
    ...list.map((sample, index) => columns.map(([, cell]) => cell(sample, index))),
  ];
}

/** How a tracker writes CSV: which cells it quotes without need, what it takes for a need, how it ends a row. */
type Habits = { quoted?: (cell: string, row: number) => boolean; needs?: RegExp; end?: string; separator?: string };

export function csvOf(
  table: Table,
  { quoted = () => false, needs = /[",\r\n]/, end = '\n', separator = ',' }: Habits = {},
): string {
  const write = (cell: string, row: number) =>
    quoted(cell, row) || needs.test(cell) || cell.includes(separator) ? `"${cell.replaceAll('"', '""')}"` : cell;
  return table.map((cells, row) => cells.map((cell) => write(cell, row)).join(separator) + end).join('');
}

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** A local time in the form of a profile, `dd/MMM/yy h:mm a`. */
export function written(local: string | undefined, form: string): string {
  if (local === undefined) return '';
  const [yyyy, MM, dd, HH, mm] = local.split(/[-T:]/) as [string, string, string, string, string];
  const [month, day, hour] = [Number(MM), Number(dd), Number(HH)];
  const tokens: Record<string, string> = {
    yyyy,
    yy: yyyy.slice(2),
    MMM: months[month - 1] as string,
    MM,
    M: String(month),
    dd,
    d: String(day),
    HH,
    h: String(hour % 12 || 12),
    mm,
    ss: '00',
    a: hour < 12 ? 'AM' : 'PM',
  };
  return form.replace(/yyyy|yy|MMM|MM?|dd?|HH|mm|ss|[ha]/g, (token) => tokens[token] as string);
}

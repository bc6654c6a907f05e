import { expect, test } from 'vitest';
import { evaluate } from '../src/pipeline.ts';
import { listed } from '../src/reporters/pretty.ts';
import { mostCpu } from './support/cpu.ts';
import { momentFor } from './support/marks.ts';
import { base, encode, overlay, textOf } from './support/tree.ts';

const plain = { paint: (_: string, text: string) => text, prefix: '' };

/** What check prints for the base programme with one file written anew, or changed by a function. */
function say(path: string, given: string | Uint8Array | ((text: string) => string)): string {
  const before = textOf(base().files.find((file) => file.path === path));
  const written = typeof given === 'function' ? given(before) : given;
  const tree = overlay(base(), [{ path, bytes: typeof written === 'string' ? encode(written) : written }]);
  const { diagnostics } = evaluate(tree, momentFor(tree));
  const shown = diagnostics.filter(({ level }) => level !== 'waived');
  return `\n${listed(shown, { ...plain, textOf: (file) => textOf(tree.files.find((other) => other.path === file)) })}`;
}

const defect = 'defects/D-0099.md';
const release = 'releases/R05.mdx';
const replace = (from: string | RegExp, to: string) => (text: string) => {
  if (!text.replace(from, 'x').includes('x')) throw new Error(`nothing to replace: ${String(from)}`);
  return text.replace(from, () => to);
};
/** The release with other words below its fields; what its notes say of that is another rule's business. */
const body = (words: string) => {
  const said = say(release, (text) => `${text.trimEnd()}\n\n${words}\n`);
  return said
    .split('\n\n')
    .filter((part) => !part.includes('published-note-unchanged'))
    .join('\n\n')
    .trimStart();
};

test('broken YAML: a colon in text', () => {
  expect(say(defect, replace('summary: The', 'summary: Note: the'))).toMatchInlineSnapshot(`
    "
    defects/D-0099.md:12:10 error A colon and a space stand in text that has no quotes. yaml-well-formed
        11 |   assigned: 2020-09-20
      > 12 | summary: Note: the postcode of a new site is empty.
           |          ^
        13 | impact: [supplier]
      fix    Put the text in double quotes.
      rule   C-135 · rules/yaml-well-formed/
    "
  `);
});

test('broken YAML: a bracket that is not closed', () => {
  expect(say(defect, replace('[supplier]', '[supplier'))).toMatchInlineSnapshot(`
    "
    defects/D-0099.md:13:9 error A list or record is opened here and not closed. yaml-well-formed
        12 | summary: The postcode of a new site is empty.
      > 13 | impact: [supplier
           |         ^
        14 | fuel: gas
      fix    Close it with ].
      rule   C-135 · rules/yaml-well-formed/
    "
  `);
});

test('broken YAML: a quote that is not closed', () => {
  expect(say(defect, replace('summary: The', 'summary: "The'))).toMatchInlineSnapshot(`
    "
    defects/D-0099.md:12:10 error A quote is opened here and not closed. yaml-well-formed
        11 |   assigned: 2020-09-20
      > 12 | summary: "The postcode of a new site is empty.
           |          ^
        13 | impact: [supplier]
      fix    Close it with ".
      rule   C-135 · rules/yaml-well-formed/
    "
  `);
});

test('broken YAML: a quote within quotes', () => {
  expect(say(defect, replace('summary: The postcode of a new site is empty.', "summary: 'It's empty.'")))
    .toMatchInlineSnapshot(`
    "
    defects/D-0099.md:12:14 error Something stands here after the value has ended. yaml-well-formed
        11 |   assigned: 2020-09-20
      > 12 | summary: 'It's empty.'
           |              ^^^^^^^^^
        13 | impact: [supplier]
      fix    Put text that holds a quote in double quotes, and begin every field in the same column.
      rule   C-135 · rules/yaml-well-formed/
    "
  `);
});

test('broken YAML: a field indented too far', () => {
  expect(say(defect, replace('fuel: gas', '  fuel: gas'))).toMatchInlineSnapshot(`
    "
    defects/D-0099.md:14:1 error The indentation does not fit the lines above. yaml-well-formed
        13 | impact: [supplier]
      > 14 |   fuel: gas
           | ^
        15 | workaround: Read it from the daily file.
      fix    Indent fields of one record by the same number of spaces.
      rule   C-135 · rules/yaml-well-formed/
    "
  `);
});

test('broken YAML: a tab', () => {
  expect(say('schedule.yaml', replace('  provisional', '\tprovisional'))).toMatchInlineSnapshot(`
    "
    schedule.yaml:3:1 error A tab is used to indent. yaml-well-formed
        2 | deadlines:
      > 3 | 	provisional: {day: tuesday}
          | ^
        4 |   tested: {day: wednesday}
      fix    Use spaces.
      edit   provisional: {day: tuesday}
      rule   C-135 · rules/yaml-well-formed/
    "
  `);
});

test('broken YAML: text that begins with a sign', () => {
  expect(say(defect, replace('summary: The', 'summary: @The'))).toMatchInlineSnapshot(`
    "
    defects/D-0099.md:12:10 error Text cannot begin with "@" unless it stands in quotes. yaml-well-formed
        11 |   assigned: 2020-09-20
      > 12 | summary: @The postcode of a new site is empty.
           |          ^
        13 | impact: [supplier]
      fix    Put the whole text in double quotes.
      rule   C-135 · rules/yaml-well-formed/
    "
  `);
});

test('a field that does not exist', () => {
  expect(say(defect, replace('workaround', 'workround'))).toMatchInlineSnapshot(`
    "
    defects/D-0099.md:15:1 error "workround" is not a field of this record. record-fits-schema
        14 | fuel: gas
      > 15 | workround: Read it from the daily file.
           | ^^^^^^^^^
        16 | ---
      fix    Did you mean "workaround"?
      edit   workaround: Read it from the daily file.
      rule   C-135 · rules/record-fits-schema/
    "
  `);
});

test('a field of another kind', () => {
  expect(say(defect, replace('workaround', 'colour'))).toMatchInlineSnapshot(`
    "
    defects/D-0099.md:15:1 error "colour" is not a field of this record. record-fits-schema
        14 | fuel: gas
      > 15 | colour: Read it from the daily file.
           | ^^^^^^
        16 | ---
      fix    The fields here are id, tracker, summary, impact, fuel, workaround, duplicateOf, stopsTestPhase.
      rule   C-135 · rules/record-fits-schema/
    "
  `);
});

test('a wrong type', () => {
  expect(say(defect, replace('[supplier]', 'supplier'))).toMatchInlineSnapshot(`
    "
    defects/D-0099.md:13:9 error "impact" is the text "supplier", not a list. record-fits-schema
        12 | summary: The postcode of a new site is empty.
      > 13 | impact: supplier
           |         ^^^^^^^^
        14 | fuel: gas
      fix    Put it in brackets: [one, two].
      rule   C-135 · rules/record-fits-schema/
    "
  `);
});

test('a field without a value', () => {
  expect(say(defect, replace('fuel: gas', 'fuel:'))).toMatchInlineSnapshot(`
    "
    defects/D-0099.md:14:1 error "fuel" has no value. record-fits-schema
        13 | impact: [supplier]
      > 14 | fuel:
           | ^^^^
        15 | workaround: Read it from the daily file.
      fix    Give it text, or remove the line.
      rule   C-135 · rules/record-fits-schema/
    "
  `);
});

test('a missing field', () => {
  expect(say(defect, replace('  status: open\n', ''))).toMatchInlineSnapshot(`
    "
    defects/D-0099.md:4:3 error The field "status" is missing. record-fits-schema
        3 | tracker:
      > 4 |   key: "0099"
          |   ^
        5 |   title: Wrong postcode
      fix    Add it to "tracker": a name, such as status: closed.
      rule   C-135 · rules/record-fits-schema/
    "
  `);
});

test('a day that does not exist', () => {
  expect(say(defect, replace('raised: 2020-09-20', 'raised: 2020-06-31'))).toMatchInlineSnapshot(`
    "
    defects/D-0099.md:9:11 error "raised", "2020-06-31", names a day that the calendar does not have. record-fits-schema
         8 |   component: uk-link
      >  9 |   raised: 2020-06-31
           |           ^^^^^^^^^^
        10 |   team: Switching
      fix    Correct the day.
      rule   C-135 · rules/record-fits-schema/
    "
  `);
});

test('a day in another form', () => {
  expect(say(defect, replace('raised: 2020-09-20', 'raised: 20/09/2020'))).toMatchInlineSnapshot(`
    "
    defects/D-0099.md:9:11 error "raised", "20/09/2020", is neither a day nor a time. record-fits-schema
         8 |   component: uk-link
      >  9 |   raised: 20/09/2020
           |           ^^^^^^^^^^
        10 |   team: Switching
      fix    Write it as 2020-09-10 or 2020-09-10T07:00.
      rule   C-135 · rules/record-fits-schema/
    "
  `);
});

test('a time that does not exist', () => {
  expect(say(release, replace('2020-10-12T13:00', '2020-10-12T24:00'))).toMatchInlineSnapshot(`
    "
    releases/R05.mdx:17:10 error "at", "2020-10-12T24:00", is not a time. record-fits-schema
        16 |   - {at: 2020-10-12T12:00, did: deploy, to: qas2, by: em, outcome: succeeded}
      > 17 |   - {at: 2020-10-12T24:00, did: request, by: em, from: 2020-10-14T07:00, until: 2020-10-14T09:00, effect: outage}
           |          ^^^^^^^^^^^^^^^^
        18 |   - {at: 2020-10-12T16:00, did: publish, note: provisional, by: cr, sha256: "a5b2ea9fa0a44ce2141e74f9296e884227c3fefaa78b759b7da68d4e00d65d17", informed: [ccmtw…
      fix    Write it as 2020-09-10T07:00.
      rule   C-135 · rules/record-fits-schema/
    "
  `);
});

test('a version without quotes', () => {
  expect(say(release, replace('"2.10"', '2.10'))).toMatchInlineSnapshot(`
    "
    releases/R05.mdx:13:70 error "gateway" is read as the number 2.1, which may not be what was written. record-fits-schema
        12 |   - {at: 2020-10-08T16:00, did: agree, by: [bk, ad, programme], consulted: [test-manager], informed: [ccmtwg]}
      > 13 |   - {at: 2020-10-09T11:00, did: deliver, by: bk, versions: {gateway: 2.10}}
           |                                                                      ^^^^
        14 |   - {at: 2020-10-09T13:00, did: deploy, to: qas1, by: em, outcome: succeeded}
      fix    Put quotes around it.
      edit   - {at: 2020-10-09T11:00, did: deliver, by: bk, versions: {gateway: "2.10"}}
      rule   C-135 · rules/record-fits-schema/
    "
  `);
});

test('an unknown event', () => {
  expect(say(release, replace('did: deploy, to: qas1', 'did: deply, to: qas1'))).toMatchInlineSnapshot(`
    "
    releases/R05.mdx:14:33 error "did" is "deply". record-fits-schema
        13 |   - {at: 2020-10-09T11:00, did: deliver, by: bk, versions: {gateway: "2.10"}}
      > 14 |   - {at: 2020-10-09T13:00, did: deply, to: qas1, by: em, outcome: succeeded}
           |                                 ^^^^^
        15 |   - {at: 2020-10-12T09:00, did: review, by: cr, consulted: [deployment-manager], decision: approved}
      fix    Did you mean "deploy"?
      edit   - {at: 2020-10-09T13:00, did: deploy, to: qas1, by: em, outcome: succeeded}
      rule   C-135 · rules/record-fits-schema/
    "
  `);
});

test('an event without its word', () => {
  expect(say(release, replace('did: deploy, to: qas1', 'to: qas1'))).toMatchInlineSnapshot(`
    "
    releases/R05.mdx:14:5 error The field "did" is missing. record-fits-schema
        13 |   - {at: 2020-10-09T11:00, did: deliver, by: bk, versions: {gateway: "2.10"}}
      > 14 |   - {at: 2020-10-09T13:00, to: qas1, by: em, outcome: succeeded}
           |     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
        15 |   - {at: 2020-10-12T09:00, did: review, by: cr, consulted: [deployment-manager], decision: approved}
      fix    Add it to this entry of "log": one of propose, agree, deliver, review, request, approve, deploy, test, withdraw, publish, contact, such as did: propose.
      rule   C-135 · rules/record-fits-schema/
    "
  `);
});

test('a field of another event', () => {
  expect(say(release, replace('did: request,', 'did: request, version: "2.10",'))).toMatchInlineSnapshot(`
    "
    releases/R05.mdx:17:42 error "version" is not a field of an entry of "log". record-fits-schema
        16 |   - {at: 2020-10-12T12:00, did: deploy, to: qas2, by: em, outcome: succeeded}
      > 17 |   - {at: 2020-10-12T13:00, did: request, version: "2.10", by: em, from: 2020-10-14T07:00, until: 2020-10-14T09:00, effect: outage}
           |                                          ^^^^^^^
        18 |   - {at: 2020-10-12T16:00, did: publish, note: provisional, by: cr, sha256: "a5b2ea9fa0a44ce2141e74f9296e884227c3fefaa78b759b7da68d4e00d65d17", informed: [ccmtw…
      fix    The fields here are did, at, by, as, consulted, informed, ref, replaces, from, until, effect, steps.
      rule   C-135 · rules/record-fits-schema/
    "
  `);
});

test('an unknown severity', () => {
  expect(say(defect, replace('severity: S3', 'severity: s3'))).toMatchInlineSnapshot(`
    "
    defects/D-0099.md:6:13 error There is no severity "s3". references-resolve
        5 |   title: Wrong postcode
      > 6 |   severity: s3
          |             ^^
        7 |   status: open
      fix    Did you mean "S3"?
      edit   severity: S3
      rule   C-135 · rules/references-resolve/
    "
  `);
});

test('a list that is empty', () => {
  expect(say(release, replace('items: [D-0090], consulted', 'items: [], consulted'))).toMatchInlineSnapshot(`
    "
    releases/R05.mdx:11:57 error "items" is an empty list. record-fits-schema
        10 | log:
      > 11 |   - {at: 2020-10-08T14:00, did: propose, by: ad, items: [], consulted: [test-manager]}
           |                                                         ^^
        12 |   - {at: 2020-10-08T16:00, did: agree, by: [bk, ad, programme], consulted: [test-manager], informed: [ccmtwg]}
      fix    List one at least.
      rule   C-135 · rules/record-fits-schema/
    "
  `);
});

test('an id of another form', () => {
  expect(say(release, replace('items: [D-0090], consulted', 'items: [d-90], consulted'))).toMatchInlineSnapshot(`
    "
    releases/R05.mdx:11:58 error Number 1 of "items", "d-90", is not an id. record-fits-schema
        10 | log:
      > 11 |   - {at: 2020-10-08T14:00, did: propose, by: ad, items: [d-90], consulted: [test-manager]}
           |                                                          ^^^^
        12 |   - {at: 2020-10-08T16:00, did: agree, by: [bk, ad, programme], consulted: [test-manager], informed: [ccmtwg]}
      fix    Ids are capitals and a number, such as R05 or D-0042.
      rule   C-135 · rules/record-fits-schema/
    "
  `);
});

test('a number that is too small', () => {
  expect(say('programme.yaml', replace('assignedDays: 3', 'assignedDays: -3'))).toMatchInlineSnapshot(`
    "
    programme.yaml:56:24 error "assignedDays" is too small: "-3". record-fits-schema
        55 | audience: [ccmtwg]
      > 56 | limits: {assignedDays: -3, slotDays: 1, confirmHours: 4, redeployDays: 2, emergencyShare: 0.5}
           |                        ^^
        57 | waiversBy: [programme]
      fix    It is 0 or more.
      rule   C-135 · rules/record-fits-schema/
    "
  `);
});

test('a zone that does not exist', () => {
  expect(say('programme.yaml', replace('Europe/London', 'Europe/Londn'))).toMatchInlineSnapshot(`
    "
    programme.yaml:3:7 error "zone", "Europe/Londn", is not a time zone. record-fits-schema
        2 | changeOrder: XRN4627
      > 3 | zone: Europe/Londn
          |       ^^^^^^^^^^^^
        4 | asOf: 2020-10-16T12:00
      fix    Write one such as Europe/London.
      rule   C-135 · rules/record-fits-schema/
    "
  `);
});

test('no closing fence', () => {
  expect(say(defect, replace(/---\n$/, ''))).toMatchInlineSnapshot(`
    "
    defects/D-0099.md:1:1 error The front matter is never closed. front-matter-fenced
      > 1 | ---
          | ^^^
        2 | id: D-0099
      fix    Write a line that is exactly --- after its last field.
      rule   C-135 · rules/front-matter-fenced/
    "
  `);
});

test('a closing fence with words', () => {
  expect(say(defect, replace(/---\n$/, '--- end\n'))).toMatchInlineSnapshot(`
    "
    defects/D-0099.md:16:1 error The front matter is closed by "--- end". front-matter-fenced
        15 | workaround: Read it from the daily file.
      > 16 | --- end
           | ^^^^^^^
        17 |
      fix    Make the line exactly ---, with nothing before or after it.
      rule   C-135 · rules/front-matter-fenced/
    "
  `);
});

test('front matter in another language', () => {
  expect(say(defect, replace(/^---/, '---js'))).toMatchInlineSnapshot(`
    "
    defects/D-0099.md:1:1 error The front matter is opened by "---js", and js is never run. front-matter-fenced
      > 1 | ---js
          | ^^^^^
        2 | id: D-0099
      fix    Make the first line exactly --- and write the fields as YAML.
      rule   C-135 · rules/front-matter-fenced/
    "
  `);
});

test('no front matter', () => {
  expect(say(defect, 'Only words.\n')).toMatchInlineSnapshot(`
    "
    defects/D-0099.md:1:1 error The first line is not ---, so the file has no front matter. front-matter-fenced
      > 1 | Only words.
          | ^^^^^^^^^^^
        2 |
      fix    Begin the file with a line that is exactly ---.
      rule   C-135 · rules/front-matter-fenced/
    "
  `);
});

test('an import', () => {
  expect(body("import { secret } from './secret.js'")).toMatchInlineSnapshot(`
    "releases/R05.mdx:26:1 error A body imports and exports nothing. body-closed-form
        25 |
      > 26 | import { secret } from './secret.js'
           | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
        27 |
      fix    Remove the line; the components of a body need no import.
      rule   C-135 · rules/body-closed-form/
    "
  `);
});

test('an export', () => {
  expect(body('export const secret = 1')).toMatchInlineSnapshot(`
    "releases/R05.mdx:26:1 error A body imports and exports nothing. body-closed-form
        25 |
      > 26 | export const secret = 1
           | ^^^^^^^^^^^^^^^^^^^^^^^
        27 |
      fix    Remove the line; the components of a body need no import.
      rule   C-135 · rules/body-closed-form/
    "
  `);
});

test('an expression', () => {
  expect(body('Version {process.env.HOME} is there.')).toMatchInlineSnapshot(`
    "releases/R05.mdx:26:9 error The expression {process.env.HOME} would be run. body-closed-form
        25 |
      > 26 | Version {process.env.HOME} is there.
           |         ^^^^^^^^^^^^^^^^^^
        27 |
      fix    Write a backslash before the brace, or put the text in backticks.
      rule   C-135 · rules/body-closed-form/
    "
  `);
});

test('an expression that cannot be read', () => {
  expect(body('Version { is there.')).toMatchInlineSnapshot(`
    "releases/R05.mdx:26:9 error A brace begins an expression, and a body has none. body-closed-form
        25 |
      > 26 | Version { is there.
           |         ^^^^^^^^^^^
        27 |
      fix    Write a backslash before the brace, or put the text in backticks.
      rule   C-135 · rules/body-closed-form/
    "
  `);
});

test('an expression that is never whole is told at once, however many braces follow', () => {
  const start = process.cpuUsage();
  expect(body(`a {"${'}'.repeat(10_000)}`)).toContain(
    'releases/R05.mdx:26:3 error The expression {"} would be run. body-closed-form',
  );
  const { user, system } = process.cpuUsage(start);
  expect((user + system) / 1000).toBeLessThan(mostCpu());
});

test('a number after the sign for less', () => {
  expect(body('Meters with <5 kWh a day are not affected.')).toMatchInlineSnapshot(`
    "releases/R05.mdx:26:13 error "<" begins a component, and none follows. body-closed-form
        25 |
      > 26 | Meters with <5 kWh a day are not affected.
           |             ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
        27 |
      fix    Write "less than", or a backslash before the sign.
      rule   C-135 · rules/body-closed-form/
    "
  `);
});

test('an address in angle brackets', () => {
  expect(body('See <https://example.org/> for more.')).toMatchInlineSnapshot(`
    "releases/R05.mdx:26:5 error An address in angle brackets is not a link here. body-closed-form
        25 |
      > 26 | See <https://example.org/> for more.
           |     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
        27 |
      fix    Write it as [text](https://…).
      rule   C-135 · rules/body-closed-form/
    "
  `);
});

test('a comment', () => {
  expect(body('<!-- internal -->')).toMatchInlineSnapshot(`
    "releases/R05.mdx:26:1 error A comment in HTML form stands in the body. body-closed-form
        25 |
      > 26 | <!-- internal -->
           | ^^^^^^^^^^^^^^^^^
        27 |
      fix    Remove it: everything in a body is public.
      rule   C-135 · rules/body-closed-form/
    "
  `);
});

test('HTML', () => {
  expect(body('A <b>bold</b> word.')).toMatchInlineSnapshot(`
    "releases/R05.mdx:26:3 error <b> is not a component of a body. body-closed-form
        25 |
      > 26 | A <b>bold</b> word.
           |   ^^^^^^^^^^^
        27 |
      fix    Use <Callout>, <Steps>, <Defect>, <Change>, <Release>, <Component>, or put the text in backticks.
      rule   C-135 · rules/body-closed-form/
    "
  `);
});

test('an attribute that does not exist', () => {
  expect(body('<Defect key="D-0090"/>')).toMatchInlineSnapshot(`
    "releases/R05.mdx:26:1 error <Defect> has no attribute "key". body-closed-form
        25 |
      > 26 | <Defect key="D-0090"/>
           | ^^^^^^^^^^^^^^^^^^^^^^
        27 |
      fix    It has id.
      rule   C-135 · rules/body-closed-form/
    "
  `);
});

test('a value that is not allowed', () => {
  expect(body('<Callout kind="loud">\n\nText\n\n</Callout>')).toMatchInlineSnapshot(`
    "releases/R05.mdx:26:1 error "loud" is not a value of "kind". body-closed-form
        25 |
      > 26 | <Callout kind="loud">
           | ^
        27 |
      fix    Write one of information, action, warning.
      rule   C-135 · rules/body-closed-form/
    "
  `);
});

test('an attribute that is run', () => {
  expect(body('<Defect id={1}/>')).toMatchInlineSnapshot(`
    "releases/R05.mdx:26:1 error The attribute "id" of <Defect> is not text. body-closed-form
        25 |
      > 26 | <Defect id={1}/>
           | ^^^^^^^^^^^^^^^^
        27 |
      fix    Write it as id="text".
      rule   C-135 · rules/body-closed-form/
    "
  `);
});

test('a component that is not closed', () => {
  expect(body('<Callout kind="action">\n\nText')).toMatchInlineSnapshot(`
    "releases/R05.mdx:26:1 error A component is opened and not closed, or closed and not opened. body-closed-form
        25 |
      > 26 | <Callout kind="action">
           | ^^^^^^^^^^^^^^^^^^^^^^^
        27 |
      fix    Close it as <Callout kind="information"> … </Callout>, with empty lines around the text.
      rule   C-135 · rules/body-closed-form/
    "
  `);
});

test('a table row that is longer than its heading', () => {
  expect(body('|Seats|Rows|\n|-|-|\n|5|10|\n|`a|b`|20|')).toMatchInlineSnapshot(`
    "releases/R05.mdx:29:7 error The row has 3 cells, and the heading of the table has 2. body-closed-form
        28 | |5|10|
      > 29 | |\`a|b\`|20|
           |       ^^^^
        30 |
      fix    Write \\| for a bar that is part of a text, or give the heading as many cells.
      rule   C-135 · rules/body-closed-form/
    "
  `);
  const said = say(defect, (text) => `${text.trimEnd()}\n\n|Seats|\n|-|\n|5|10|\n`);
  expect(said).toContain('error The row has 2 cells, and the heading of the table has 1. body-closed-form');
});

test('a missing file', () => {
  expect(say('schedule.yaml.delete', '')).toMatchInlineSnapshot(`
    "
    schedule.yaml:1:1 error The file schedule.yaml is missing. readable-file
      fix    Every programme has one: copy it from another programme and change it.
      rule   C-135 · rules/readable-file/
    "
  `);
});

test('an empty file', () => {
  expect(say(defect, '')).toMatchInlineSnapshot(`
    "
    defects/D-0099.md:1:1 error The file is empty. readable-file
      fix    Fill it from a record of the same kind, or delete it.
      rule   C-135 · rules/readable-file/
    "
  `);
});

test('a record without fields', () => {
  expect(say(defect, '---\n---\n')).toMatchInlineSnapshot(`
    "
    defects/D-0099.md:2:1 error The record has no fields. record-fits-schema
        1 | ---
      > 2 | ---
          | ^
        3 |
      fix    Fill it from another defect record.
      rule   C-135 · rules/record-fits-schema/
    "
  `);
});

test('bytes that are not UTF-8', () => {
  expect(say(defect, new Uint8Array([...encode('---\nid: D-0099\ntitle: Caf'), 0xe9, 0x0a]))).toMatchInlineSnapshot(`
    "
    defects/D-0099.md:3:11 error The byte 0xe9 is not UTF-8 text. readable-file
        2 | id: D-0099
      > 3 | title: Caf�
          |           ^
        4 |
      fix    Save the file as UTF-8.
      rule   C-135 · rules/readable-file/
    "
  `);
});

test('the same field twice', () => {
  expect(say(defect, replace('fuel: gas', 'fuel: gas\nfuel: electricity'))).toMatchInlineSnapshot(`
    "
    defects/D-0099.md:15:1 error The field "fuel" stands here twice. yaml-well-formed
        14 | fuel: gas
      > 15 | fuel: electricity
           | ^^^^
        16 | workaround: Read it from the daily file.
      fix    Keep one of the two.
      rule   C-135 · rules/yaml-well-formed/
    "
  `);
});

test('the same field twice in one line', () => {
  expect(say(release, replace('did: request,', 'did: request, by: em,'))).toMatchInlineSnapshot(`
    "
    releases/R05.mdx:17:50 error The field "by" stands here twice. yaml-well-formed
        16 |   - {at: 2020-10-12T12:00, did: deploy, to: qas2, by: em, outcome: succeeded}
      > 17 |   - {at: 2020-10-12T13:00, did: request, by: em, by: em, from: 2020-10-14T07:00, until: 2020-10-14T09:00, effect: outage}
           |                                                  ^^
        18 |   - {at: 2020-10-12T16:00, did: publish, note: provisional, by: cr, sha256: "a5b2ea9fa0a44ce2141e74f9296e884227c3fefaa78b759b7da68d4e00d65d17", informed: [ccmtw…
      fix    Keep one of the two.
      rule   C-135 · rules/yaml-well-formed/
    "
  `);
});

test('an anchor and an alias', () => {
  expect(say(defect, replace('summary: The', 'workaround2: *one\nsummary: &one The'))).toMatchInlineSnapshot(`
    "
    defects/D-0099.md:12:14 error Anchors and aliases are not read here. yaml-well-formed
        11 |   assigned: 2020-09-20
      > 12 | workaround2: *one
           |              ^^^^
        13 | summary: &one The postcode of a new site is empty.
      fix    Put text that begins with "*" in double quotes; else write the value out.
      rule   C-135 · rules/yaml-well-formed/
    "
  `);
});

test('an alias after its anchor', () => {
  expect(
    say(defect, (text) =>
      text.replace('summary: The', 'summary: &one The').replace(/workaround: .*/, 'workaround: *one'),
    ),
  ).toMatchInlineSnapshot(`
    "
    defects/D-0099.md:15:13 error Anchors and aliases are not read here. yaml-well-formed
        14 | fuel: gas
      > 15 | workaround: *one
           |             ^^^^
        16 | ---
      fix    Put text that begins with "*" in double quotes; else write the value out.
      rule   C-135 · rules/yaml-well-formed/
    "
  `);
});

test('a tag', () => {
  expect(say(defect, replace('summary: The', 'summary: !!js/function The'))).toMatchInlineSnapshot(`
    "
    defects/D-0099.md:12:10 error The tag "!!js/function" is not read here. yaml-well-formed
        11 |   assigned: 2020-09-20
      > 12 | summary: !!js/function The postcode of a new site is empty.
           |          ^^^^^^^^^^^^^
        13 | impact: [supplier]
      fix    Remove the tag; put text in quotes.
      rule   C-135 · rules/yaml-well-formed/
    "
  `);
});

test('two documents', () => {
  expect(say('schedule.yaml', (text) => `${text}---\n${text}`)).toMatchInlineSnapshot(`
    "
    schedule.yaml:15:1 error A second YAML document begins here. yaml-well-formed
        14 |   - {date: 2020-10-15, movedTo: 2020-10-14, reason: The programme is closed, by: cr, at: 2020-10-01T10:00}
      > 15 | ---
           | ^
        16 | slot: {every: 1, day: thursday}
      fix    Keep one document to a file.
      rule   C-135 · rules/yaml-well-formed/
    "
  `);
});

test('a list where a record should be', () => {
  expect(say('programme.yaml', '- one\n')).toMatchInlineSnapshot(`
    "
    programme.yaml:1:1 error The file is a list, not a record. record-fits-schema
      > 1 | - one
          | ^
        2 |
      fix    Write a record.
      rule   C-135 · rules/record-fits-schema/
    "
  `);
});

test('text where a record should be', () => {
  expect(say(defect, '---\njust words\n---\n')).toMatchInlineSnapshot(`
    "
    defects/D-0099.md:2:1 error The file is the text "just words", not a record. record-fits-schema
        1 | ---
      > 2 | just words
          | ^^^^^^^^^^
        3 | ---
      fix    Write a record.
      rule   C-135 · rules/record-fits-schema/
    "
  `);
});

test('a note that is no JSON', () => {
  expect(say('published/R05/final.json', '{"format": 1,')).toMatchInlineSnapshot(`
    "
    published/R05/final.json:1:14 error The file is cut off here: its end is missing. yaml-well-formed
      > 1 | {"format": 1,
          |              ^
      fix    Restore the file from git: it is written by ccmt publish only.
      rule   C-135 · rules/yaml-well-formed/
    "
  `);
});

test('a wrong file name', () => {
  expect(say('defects/D-0100.mdx', '---\n---\n')).toMatchInlineSnapshot(`
    "
    defects/D-0100.mdx:1:1 error No record is read from a file of this name. record-in-its-place
      > 1 | ---
          | ^
        2 | ---
      fix    The records of this folder are defects/<id>.md.
      rule   C-135 · rules/record-in-its-place/
    "
  `);
});

test('a wrong folder', () => {
  expect(say('defect/D-0100.md', '---\n---\n')).toMatchInlineSnapshot(`
    "
    defect/D-0100.md:1:1 error No record is read from a file of this name. record-in-its-place
      > 1 | ---
          | ^
        2 | ---
      fix    Did you mean "defects"?
      rule   C-135 · rules/record-in-its-place/
    "
  `);
});

test.each([
  ['CRLF line ends', (text: string) => text.replaceAll('\n', '\r\n')],
  ['a byte order mark', (text: string) => `\ufeff${text}`],
  ['both', (text: string) => `\ufeff${text.replaceAll('\n', '\r\n')}`],
])('%s change nothing, not even of a release with frozen notes', (_, spoil) => {
  for (const path of [defect, release, 'releases/R01.mdx', 'schedule.yaml', 'plan/plan.md'])
    expect(say(path, spoil).trim()).toBe('');
});

test('with CRLF line ends a finding stands in the same line and column', () => {
  const unix = say(release, replace('did: deploy, to: qas1', 'did: deply, to: qas1'));
  const windows = say(release, (text) =>
    replace('did: deploy, to: qas1', 'did: deply, to: qas1')(text).replaceAll('\n', '\r\n'),
  );
  expect(windows).toBe(unix);
});

test.each<[string, string, string | RegExp, string]>([
  ['an inner bracket is not the one that is open', release, 'consulted: [test-manager]}', 'consulted: [test-manager]'],
  ['a comma between two fields', release, 'did: propose, by: ad', 'did: propose by: ad'],
  ['a space after the dash', release, '- {at: 2020-10-08T14:00', '-{at: 2020-10-08T14:00'],
  ['a space after the colon', release, 'did: propose', 'did:propose'],
  ['an entry with nothing in it', release, 'log:\n', 'log:\n  -\n'],
  ['a name before a colon', release, '{gateway: ', '{gatewy: '],
  ['a reason and a target', release, /$/, ''],
])('what is missing or misspelt is shown where it is: %s', async (name, file, from, to) => {
  const withdrawn = (text: string) =>
    text.replace(/\n---\s*$/, '\n  - {at: 2020-10-15T10:30, did: withdraw, by: cr, items: [D-0090]}\n---\n');
  await expect(say(file, from instanceof RegExp ? withdrawn : replace(from, to))).toMatchFileSnapshot(
    `fixtures/slips/${name.replaceAll(' ', '-')}.txt`,
  );
});

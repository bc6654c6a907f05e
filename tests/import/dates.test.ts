import { describe, expect, test } from 'vitest';
import { compileForm } from '../../src/import/dates/form.ts';
import { flaggedIn, rowsWith } from '../../src/import/plan.ts';
import { countsOf, emptyTree, importInto, planFrom, reasonsIn, recordsOf } from '../support/importing.ts';
import { workbookOf } from '../support/workbook.ts';

describe('a form of dates', () => {
  test.each([
    ['dd/MMM/yy h:mm a', '03/Jan/26 3:50 PM', '2026-01-03T15:50:00'],
    ['dd/MMM/yy h:mm a', '03/Jan/26 12:05 AM', '2026-01-03T00:05:00'],
    ['dd/MMM/yy HH:mm', '30/Sep/21 17:20', '2021-09-30T17:20:00'],
    ['dd/MMM/yy HH:mm', '30/Sept/21 17:20', '2021-09-30T17:20:00'],
    ['dd/MMM/yy HH:mm', '30/Sep/71 17:20', '1971-09-30T17:20:00'],
    ['dd/MMM/yy', '10/oct./16', '2016-10-10', 'fr'],
    ['dd/MMM/yy', '06/août/15', '2015-08-06', 'fr'],
    ['d. MMMM yyyy', '6. März 2015', '2015-03-06', 'de'],
    ['d MMMM yyyy', '6 мая 2015', '2015-05-06', 'ru'],
    ['M/d/yyyy h:mm:ss a', '8/12/2025 7:00:00 AM', '2025-08-12T07:00:00'],
    ['yyyy-MM-dd HH:mm:ss.SSS', '2016-10-10 11:54:44.723', '2016-10-10T11:54:44'],
    ["yyyy-MM-dd'T'HH:mm:ssZZZ", '2020-01-02T17:14:21+0130', '2020-01-02T17:14:21 +01:30'],
    ['yyyy-MM-dd HH:mm:ssZZZ', '2020-01-02 17:14:21Z', '2020-01-02T17:14:21 Z'],
    ['dd/MM/yyyy', '31/06/2020', 'impossible'],
    ['dd/MM/yyyy HH:mm', '30/06/2020 24:01', 'impossible'],
    ['dd/MM/yyyy', '3/6/2020', undefined],
    ['dd/MMM/yy', '10/Foo/16', undefined],
  ])('%s reads %s', (form, text, expected, language = 'en') => {
    const read = compileForm(form, [language]).read(text);
    expect(typeof read === 'object' ? [read.local, read.offset].filter(Boolean).join(' ') : read).toBe(expected);
  });
});

const profile = (dates: string, zone = 'Europe/London') => ({
  'profiles/test.yaml': `title: A test\nsystem: Test\nzone: ${zone}\ndates: ${dates}\nfields:\n  id: {columns: [Id]}\n  title: {columns: [Title]}\n  status: {columns: [Status], map: {New: new, Shut: closed}}\n  raised: {columns: [Raised]}\n  resolved: {columns: [Resolved]}\n  closed: {columns: [Closed]}\n`,
});
const csv = (...dates: string[]) =>
  `Id,Title,Status,Raised,Resolved,Closed\n${dates.map((date, index) => `${index + 1},It fails,Shut,${date}${','.repeat(2 - (date.match(/,/g)?.length ?? 0))}\n`).join('')}`;
const only = { profile: 'test' };
const raisedIn = async (dates: string[], forms: string, zone?: string) => {
  const { plan } = await importInto(csv(...dates), emptyTree(profile(forms, zone)), only);
  return rowsWith(plan, 'create').map(({ tracker }) => tracker.raised);
};

describe('times of another zone', () => {
  test.each([
    ['Europe/London', '2020-07-01 10:00', '2020-07-01T10:00'],
    ['America/New_York', '2020-07-01 10:00', '2020-07-01T15:00'],
    ['Asia/Tokyo', '2020-07-01 03:00', '2020-06-30T19:00'],
    ['America/New_York', '2020-10-24 20:30', '2020-10-25T01:30+01:00'],
    ['America/New_York', '2020-10-24 21:30', '2020-10-25T01:30+00:00'],
  ])('in %s, %s is %s', async (zone, given, expected) =>
    expect(await raisedIn([given], '[yyyy-MM-dd HH:mm]', zone)).toEqual([expected]),
  );

  test('offsets are honoured, and seconds are kept', async () => {
    expect(await raisedIn(['2020-01-02 17:14:21+05:00'], '["yyyy-MM-dd HH:mm:ssZZZ"]')).toEqual([
      '2020-01-02T12:14:21',
    ]);
  });

  test('an hour that does not exist sets its row aside, one that happens twice is told', async () => {
    const { plan } = await importInto(
      csv('2020-03-29 01:30', '2020-10-25 01:30'),
      emptyTree(profile('[yyyy-MM-dd HH:mm]')),
      only,
    );
    expect(reasonsIn(plan)).toEqual([
      'D2 (Raised): 2020-03-29T01:30 does not exist in Europe/London: the clocks go forward over it',
    ]);
    expect(rowsWith(plan, 'create')[0]?.tracker.raised).toBe('2020-10-25T01:30+01:00');
    expect(flaggedIn(plan)[0]?.mapped.flags[0]?.message).toBe(
      '"2020-10-25 01:30" happens twice in Europe/London; the first was taken',
    );
  });

  test.each(['UTC', 'Asia/Tokyo', 'America/New_York'])('the machine may be in %s', async (zone) => {
    const before = process.env['TZ'];
    process.env['TZ'] = zone;
    try {
      expect(await raisedIn(['2020-07-01 10:00'], '[yyyy-MM-dd HH:mm]')).toEqual(['2020-07-01T10:00']);
      const { plan } = await importInto(
        await workbookOf({
          Sheet: [
            ['Id', 'Title', 'Status', 'Raised'],
            ['1', 'It fails', 'New', new Date(Date.UTC(2020, 6, 1, 10))],
          ],
        }),
        emptyTree(profile('[yyyy-MM-dd]')),
        only,
      );
      expect(rowsWith(plan, 'create')[0]?.tracker.raised).toBe('2020-07-01T10:00');
    } finally {
      process.env['TZ'] = before;
    }
  });
});

describe('dates that cannot be trusted', () => {
  const both = '[dd/MM/yyyy, MM/dd/yyyy]';
  test.each([
    ['every date could be either', csv('03/04/2020', '05/06/2020'), both],
    [
      'two forms stand in one column',
      csv('03/04/2020 10:00', '4/25/2020 10:00:00 AM'),
      '[dd/MM/yyyy HH:mm, "M/d/yyyy h:mm:ss a"]',
    ],
    [
      'a second form is one that the profile does not know',
      csv('8/25/2020 7:00:00 AM', '08/12/2020 07:00'),
      '["M/d/yyyy h:mm:ss a"]',
    ],
    ['day and month are the other way round than the profile says', csv('08/12/2020', '08/25/2020'), '[dd/MM/yyyy]'],
    ['none is in a form of the profile', csv('1 September 2020 at 10', '25.09.2020'), '[dd/MM/yyyy]'],
  ])('%s: the export is refused', async (_, given, forms) =>
    expect(await planFrom(given, emptyTree(profile(forms)), only)).toMatchSnapshot(),
  );

  test('date cells and text in one column are refused', async () => {
    const rows = (...dates: (string | Date)[]) =>
      workbookOf({
        Sheet: [
          ['Id', 'Title', 'Status', 'Raised'],
          ...dates.map((date, index) => [index + 1, 'It fails', 'New', date]),
        ],
      });
    expect(
      await planFrom(await rows(new Date(Date.UTC(2020, 7, 12)), '8/25/2020'), emptyTree(profile(both)), only),
    ).toMatchSnapshot();
    const { plan } = await importInto(
      await rows(new Date(Date.UTC(2020, 7, 12)), 'To be confirmed'),
      emptyTree(profile(both)),
      only,
    );
    expect(reasonsIn(plan)).toEqual(['Sheet!D3 (Raised): "To be confirmed" is not a date in any form of the profile']);
  });

  test('one date that can be only one decides for all columns', async () => {
    expect(await raisedIn(['03/04/2020,25/04/2020', '05/06/2020'], both)).toEqual(['2020-04-03', '2020-06-05']);
    expect(await raisedIn(['03/04/2020', '05/25/2020'], both)).toEqual(['2020-03-04', '2020-05-25']);
  });

  test('the form can be named, and then nothing is uncertain', async () => {
    const { plan } = await importInto(csv('03/04/2020'), emptyTree(profile(both)), { ...only, dates: ['MM/dd/yyyy'] });
    expect(rowsWith(plan, 'create')[0]?.tracker.raised).toBe('2020-03-04');
  });

  test('a day that does not exist and a date out of order set their rows aside', async () => {
    const { plan, after } = await importInto(
      csv('31/06/2020', '03/09/2020,01/09/2020', '03/09/2020,04/09/2020,03/09/2020', '13/09/2020,13/09/2020'),
      emptyTree(profile('[dd/MM/yyyy]')),
      only,
    );
    expect(countsOf(plan)).toEqual({ read: 4, created: 1, quarantined: 3 });
    expect(reasonsIn(plan)).toEqual([
      'D2 (Raised): "31/06/2020" names a day or hour that does not exist',
      'E3 (Resolved): it is resolved on 2020-09-01, before it was raised on 2020-09-03',
      'F4 (Closed): it is closed on 2020-09-03, before it was resolved on 2020-09-04',
    ]);
    expect(recordsOf(after).defects[0]?.tracker).toMatchObject({ raised: '2020-09-13', resolved: '2020-09-13' });
  });

  test('a number that is no date is not made one', async () => {
    const { plan } = await importInto(
      await workbookOf({
        Sheet: [
          ['Id', 'Title', 'Status', 'Raised'],
          [1, 'It fails', 'New', 44105],
        ],
      }),
      emptyTree(profile('[dd/MM/yyyy]')),
      only,
    );
    expect(reasonsIn(plan)).toEqual(['Sheet!D2 (Raised): "44105" is a number, not a date']);
  });
});

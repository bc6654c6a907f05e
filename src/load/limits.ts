/**
 * The most that one file may hold, in one place. Every number is many times what the sample programme needs (its
 * longest text has 9,000 characters, 70 marks and 120 bars), and small enough that a file made to do harm is judged in
 * well under a second: parsers and renderers try marks with marks and call themselves level by level, so that a few
 * kilobytes could hold them up for minutes, or run them out of stack.
 */
export type Limit = { most: number; of: string; why: string };

export const limits = {
  file: {
    most: 4_000_000,
    of: 'bytes of a file',
    why: 'More is not even read: the largest note of the sample has 26,000.',
  },
  findings: {
    most: 50,
    of: 'findings about the form of a file',
    why: 'Nobody reads more; how many there are beyond is told.',
  },

  hidden: {
    most: 20,
    of: 'findings about text that hides in a file',
    why: 'The last of them tells how many are left.',
  },
  hiddenPlaces: {
    most: 10_000,
    of: 'places of a file at which text hides',
    why: 'The place of each other finding is worked out from them.',
  },

  yaml: {
    most: 1_000_000,
    of: 'characters of YAML: a file of the programme, a profile, or the fields of a record',
    why: 'Room for the long texts and all the columns of a tracker.',
  },
  pieces: {
    most: 60_000,
    of: 'pieces of YAML: names, values, signs, line ends',
    why: 'Each costs the parser a little; a text is one, however long it is.',
  },
  levels: { most: 32, of: 'levels of lists and records in YAML', why: 'The records of a programme have six.' },
  entries: {
    most: 2_000,
    of: 'entries of one list or record',
    why: 'A release has thirteen lines, a register of people some hundred.',
  },

  noteLevels: {
    most: 100,
    of: 'levels of lists and records in a frozen note',
    why: 'A text of the deepest kind that is allowed has some 70.',
  },
  noteSigns: {
    most: 200_000,
    of: 'commas and opening brackets of a frozen note',
    why: 'Each parts or opens a value; the largest note of the sample has 900.',
  },
  noteValues: {
    most: 20_000,
    of: 'values of a frozen note beside its text',
    why: 'A note with a thousand known issues has as many.',
  },

  text: {
    most: 100_000,
    of: 'characters of a text below the fields',
    why: 'Fifteen thousand words, eleven times the longest of the sample.',
  },
  lines: { most: 1_500, of: 'lines of such a text', why: 'Every list, quote and heading is looked for in each line.' },
  marks: {
    most: 2_000,
    of: 'marks of Markdown in such a text: * _ ~ ` [ ] < { & \\ !',
    why: 'Thirty times the most of the sample.',
  },
  marksTogether: {
    most: 1_000,
    of: 'such marks without an empty line between them',
    why: 'The parser tries each mark of a paragraph with every other.',
  },
  wordsTogether: {
    most: 3_000,
    of: 'words with a bracket among them and no empty line',
    why: 'The parser looks back for the bracket from each of them, in case it is part of a link.',
  },
  bars: { most: 5_000, of: 'bars in such a text', why: 'Each parts two cells of a table.' },
  fronts: {
    most: 4_000,
    of: 'marks of lists and quotes at the front of the lines of such a text',
    why: 'More than two in each line.',
  },
  front: { most: 32, of: 'marks of lists and quotes at the front of a line', why: 'Each opens a level.' },
  indent: {
    most: 64,
    of: 'columns by which the mark of a list or quote is indented',
    why: 'Thirty-two levels of lists.',
  },
  components: { most: 500, of: 'signs "<" in the text of a release', why: 'Each may open a component in a component.' },
  nodes: {
    most: 10_000,
    of: 'parts of a text: words, lists, cells, links',
    why: 'Each has a dozen lines in a frozen note.',
  },
  depth: {
    most: 32,
    of: 'levels of a text: lists, quotes, components, emphasis',
    why: 'Ten lists within each other; what makes pages of it calls itself for each level.',
  },
  cells: {
    most: 2_000,
    of: 'cells of the tables of a text, empty ones included',
    why: 'A row is filled up to its heading, so that few signs can ask for millions.',
  },

  row: {
    most: 800_000,
    of: 'characters of a row of an export, as its record would hold them',
    why: 'A row that is longer is given back, for its record could not be read.',
  },
  rowCells: { most: 6_000, of: 'cells of such a row that no field takes', why: 'Each has a line in the record.' },
  description: {
    most: 100_000,
    of: "characters of a tracker's description",
    why: 'Beyond this, or what holds for any text in Markdown, it is shown as the plain text that it is.',
  },
  descriptionDepth: { most: 100, of: 'levels of a description', why: 'Pages of a word processor are deep.' },
  descriptionCells: { most: 20_000, of: 'cells of a table of a description', why: 'Registers are pasted whole.' },
} satisfies Record<string, Limit>;

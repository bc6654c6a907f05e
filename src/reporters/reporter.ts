import type { Diagnostic, Level } from '../diagnostic.ts';

/** How to show text in a colour; the identity where there is none. */
export type Paint = (style: 'red' | 'yellow' | 'cyan' | 'dim' | 'bold' | 'green', text: string) => string;

/** What a report is about, beside what was found. */
export type Report = {
  diagnostics: readonly Diagnostic[];
  /** All that was found, where only a part of it is shown: what is counted. */
  all?: readonly Diagnostic[] | undefined;
  /** The command that reports. */
  command: string;
  /** The moment of looking. */
  instant: string;
  /** How many files were read. */
  files: number;
  /** Written before each path, so that a click and a code host find the file. */
  prefix: string;
  /** The levels that make the command fail. */
  failing: readonly Level[];
  rules: readonly { id: string; summary: string }[];
  /** The version of the product. */
  version: string;
  /** The address of the site, for the pages of the rules; none when it is not known. */
  site?: string | undefined;
  paint: Paint;
  /** The text of a file, for the lines that are shown; none when it cannot be. */
  textOf: (file: string) => string | undefined;
};

/** A report in one form: a text that ends in a line end, or nothing where the form has nothing to say. */
export type Reporter = (report: Report) => string;

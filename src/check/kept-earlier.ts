import { defineRule } from './rule.ts';

/**
 * Rules that reading and validating keep, and those that applying waivers and comparing with what was committed keep:
 * they report under these names.
 */
export const keptEarlier = [
  defineRule({
    id: 'readable-file',
    obligations: ['C-135'],
    summary: 'Every file is there, is a file and no link, holds something, and is UTF-8 text, its name included.',
    about: 'records',
  }),
  defineRule({
    id: 'text-hides-nothing',
    obligations: ['C-135'],
    summary:
      'Every character of a record, and of the name of its file, can be seen, and none turns the order in which others are read.',
    about: 'records',
  }),
  defineRule({
    id: 'record-in-its-place',
    obligations: ['C-135'],
    summary: 'Every record stands in the folder and under the name of its kind.',
    about: 'records',
  }),
  defineRule({
    id: 'front-matter-fenced',
    obligations: ['C-135'],
    summary: 'A record begins with its fields between two lines that are exactly ---.',
    about: 'records',
  }),
  defineRule({
    id: 'yaml-well-formed',
    obligations: ['C-135'],
    summary: 'The fields are YAML, each written once, with no tags, anchors or aliases.',
    about: 'records',
  }),
  defineRule({
    id: 'record-fits-schema',
    obligations: ['C-135', 'C-001', 'C-002', 'C-020', 'C-025', 'C-136'],
    summary: 'A record has the fields of its kind, and no others, each of the right form.',
    about: 'records',
  }),
  defineRule({
    id: 'body-closed-form',
    obligations: ['C-135'],
    summary: 'The body of a release is Markdown with a few components, and nothing in it can be run.',
    about: 'records',
  }),
  defineRule({
    id: 'waiver-covers-a-finding',
    obligations: ['C-139'],
    summary: 'A waiver covers a deviation that exists, and had not expired when it happened.',
    about: 'records',
  }),
  defineRule({
    id: 'committed-stays',
    obligations: ['C-138'],
    summary: 'What was committed stays: notes, lines of logs, waivers, decisions, and the files of releases.',
    about: 'records',
  }),
];

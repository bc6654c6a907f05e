import { type Parsed, parseYaml } from './yaml.ts';

/** The value of a JSON text. What is not JSON is read once more as YAML, which finds the place of the fault. */
export function parseJson(file: string, text: string): Parsed {
  try {
    return { value: JSON.parse(text) as unknown };
  } catch {
    const parsed = parseYaml(file, text, 0);
    if ('findings' in parsed) return parsed;
    const finding = { rule: 'yaml-well-formed', at: { file, path: [] }, message: 'This is not JSON.', hint: 'Restore the file from the history: it is written by ccmt publish only.' };
    return { findings: [finding] };
  }
}

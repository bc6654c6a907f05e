import { mayHide } from './hidden-escapes.ts';
import { type Parsed, parseYaml } from './yaml.ts';

/**
 * The value of a JSON text. What is not JSON, or may hide something, is read once more as YAML, which finds the place.
 */
export function parseJson(file: string, text: string): Parsed {
  const value = valueOf(text);
  if (value !== undefined && !mayHide(text)) return { value, hidden: [] };
  const parsed = parseYaml(file, text, 0);
  if (value !== undefined || 'findings' in parsed) return parsed;
  const finding = {
    rule: 'yaml-well-formed',
    at: { file, path: [] },
    message: 'This is not JSON.',
    hint: 'Restore the file from the history: it is written by ccmt publish only.',
  };
  return { findings: [finding] };
}

function valueOf(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

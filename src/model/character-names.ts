import { codePoint } from './visible.ts';

/** The names of Unicode for what hides in texts most often, and in control characters. */
const names: Readonly<Record<number, string>> = {
  0x0: 'null',
  0x7: 'bell',
  0x8: 'backspace',
  0x9: 'tab',
  0xa: 'line feed',
  0xb: 'vertical tab',
  0xc: 'form feed',
  0xd: 'carriage return',
  0x1a: 'substitute',
  0x1b: 'escape',
  0x7f: 'delete',
  0x85: 'next line',
  0x90: 'device control string',
  0x9b: 'control sequence introducer',
  0x9d: 'operating system command',
  0xad: 'soft hyphen',
  0x34f: 'combining grapheme joiner',
  0x61c: 'Arabic letter mark',
  0x180e: 'Mongolian vowel separator',
  0x200b: 'zero-width space',
  0x200c: 'zero-width non-joiner',
  0x200d: 'zero-width joiner',
  0x200e: 'left-to-right mark',
  0x200f: 'right-to-left mark',
  0x2028: 'line separator',
  0x2029: 'paragraph separator',
  0x202a: 'left-to-right embedding',
  0x202b: 'right-to-left embedding',
  0x202c: 'pop directional formatting',
  0x202d: 'left-to-right override',
  0x202e: 'right-to-left override',
  0x2060: 'word joiner',
  0x2061: 'function application',
  0x2062: 'invisible times',
  0x2063: 'invisible separator',
  0x2064: 'invisible plus',
  0x2066: 'left-to-right isolate',
  0x2067: 'right-to-left isolate',
  0x2068: 'first strong isolate',
  0x2069: 'pop directional isolate',
  0x2800: 'braille pattern blank',
  0x3164: 'Hangul filler',
  0xfeff: 'zero-width no-break space',
};

/** What the others are, the first that fits. */
const kinds: readonly (readonly [RegExp, string])[] = [
  [/^\p{Cc}/u, 'control character'],
  [/^\p{Cs}/u, 'half of a character'],
  [/^\p{Noncharacter_Code_Point}/u, 'no character'],
  [/^\p{Variation_Selector}/u, 'variation selector'],
  [/^[\u{E0000}-\u{E007F}]/u, 'tag character'],
];

/** A character by its number and name: `U+202E, right-to-left override`. */
export function nameOf(character: string): string {
  const name =
    names[character.codePointAt(0) as number] ??
    kinds.find(([kind]) => kind.test(character))?.[1] ??
    'invisible character';
  return `${codePoint(character)}, ${name}`;
}

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { describe, expect, test } from 'vitest';

/** What each part of src/ may import beside itself: what stands in a line before it, and nothing of its own line. */
const order: readonly (readonly string[])[] = [
  ['diagnostic'],
  ['model'],
  ['load'],
  ['validate'],
  ['derive'],
  ['check'],
  ['pipeline'],
  ['author', 'reporters'],
  ['import', 'site'],
  ['pages', 'layouts', 'components', 'styles', 'content.config'],
];
/** Astro's folders are one part; reports are made of findings, and of what shows texts. */
const ofPages = order.at(-1) as readonly string[];
const narrower: Record<string, readonly string[]> = { reporters: ['diagnostic', 'model'] };

/** Packages that are imported in few places. */
const homes: [name: string, pattern: RegExp, isHome: (path: string) => boolean][] = [
  [
    'astro',
    /^astro(?:[:/]|$)/,
    (path) => ofPages.includes(partOf(path)) || /^src\/site\/.*integration/.test(path) || /^scripts\//.test(path),
  ],
  ['gray-matter', /^gray-matter$/, (path) => path === 'src/load/front-matter.ts'],
  ['exceljs', /^exceljs(?:\/|$)/, (path) => /^(?:src\/import\/read|scripts\/bench)\/workbook\.ts$/.test(path)],
  ['@e965/xlsx', /^@e965\/xlsx(?:\/|$)/, (path) => path === 'src/import/read/witness.ts'],
];

const root = fileURLToPath(new URL('..', import.meta.url));
const code = ['src', 'scripts']
  .flatMap((folder) => readdirSync(join(root, folder), { recursive: true, withFileTypes: true }))
  .filter((entry) => entry.isFile() && /\.(?:ts|astro|mjs)$/.test(entry.name))
  .map((entry) => relative(root, join(entry.parentPath, entry.name)).replaceAll('\\', '/'))
  .sort();
const imports = new Map(code.map((path) => [path, importsIn(path, readFileSync(join(root, path), 'utf8'))]));

describe('the structure of the code', () => {
  test('files do not import each other in a circle, types included, and none only passes on what others export', () => {
    const circles = circlesIn(imports).map((circle) => `circle: ${circle.join(', ')}`);
    const barrels = code
      .filter((path) => path.endsWith('.ts') && isBarrel(path, readFileSync(join(root, path), 'utf8')))
      .map((path) => `barrel: ${path}`);
    expect([...barrels, ...circles]).toEqual([]);
  });

  test('imports follow the direction of the design, and nothing in src/ imports scripts/', () => {
    const against = [...imports]
      .filter(([path]) => path.startsWith('src/'))
      .flatMap(([path, targets]) =>
        targets
          .filter((target) => isOurs(target) && !mayImport(partOf(path), target))
          .map((target) => `${path} imports ${target}`),
      );
    expect(against).toEqual([]);
  });

  test('every import of a file of ours names one that is there', () => {
    const missing = [...imports].flatMap(([path, targets]) =>
      targets.filter((target) => isOurs(target) && !existsSync(join(root, target))).map((target) => [path, target]),
    );
    expect(missing).toEqual([]);
  });

  test.each(homes)('%s is imported only where it belongs', (_, name, isHome) => {
    expect(code.filter((path) => imports.get(path)?.some((target) => name.test(target)) && !isHome(path))).toEqual([]);
  });
});

describe('the test itself', () => {
  const graph = (edges: Record<string, string[]>) => new Map(Object.entries(edges));

  test.each([
    ['none in a line and a diamond', { a: ['b', 'c'], b: ['d'], c: ['d'], d: [] }, []],
    ['two files that import each other', { a: ['b'], b: ['a'], c: ['a'] }, [['a', 'b']]],
    ['a long way round', { a: ['b'], b: ['c'], c: ['d'], d: ['b'] }, [['b', 'c', 'd']]],
    ['two circles that share a file are one', { a: ['b', 'c'], b: ['a'], c: ['a'] }, [['a', 'b', 'c']]],
    ['a file that imports itself', { a: ['a'] }, [['a']]],
    ['what is not ours ends the way', { a: ['zod'] }, []],
  ])('finds %s', (_, edges, circles) => expect(circlesIn(graph(edges))).toEqual(circles));

  test.each([
    ['a type', "import type { A } from './a.ts';", ['src/x/a.ts']],
    ['a type among others', "import { type A, b } from '../b.ts';", ['src/b.ts']],
    ['what is passed on', "export type { A } from './a.ts';\nexport * from './c.ts';", ['src/x/a.ts', 'src/x/c.ts']],
    ['what is loaded later', "const a = await import('./a.ts');", ['src/x/a.ts']],
    ['a type named in place', "type A = import('./a.ts').A;", ['src/x/a.ts']],
    ['no words of a text', "// import { a } from './a.ts';\nconst b = \"import { a } from './a.ts'\";", []],
  ])('sees %s', (_, text, targets) => expect(importsIn('src/x/file.ts', text)).toEqual(targets));

  test('sees the imports and the scripts of a component', () => {
    const text = "---\nimport A from './A.astro';\n---\n<p>import x from 'y'</p><script src=\"../b.ts\"></script>\n";
    expect(importsIn('src/x/Page.astro', text)).toEqual(['src/x/A.astro', 'src/b.ts']);
  });

  test.each([
    ["export type { A } from './a.ts';\nexport * from './b.ts';", true],
    ["import { a } from './a.ts';\nexport { a };", true],
    ["export { a } from './a.ts';\nexport const b = 1;", false],
    ["import './a.ts';\nstart();", false],
  ])('tells a file that only passes on from one that does not: %s', (text, is) =>
    expect(isBarrel('x.ts', text)).toBe(is),
  );
});

function partOf(path: string): string {
  return (path.split('/')[1] as string).replace(/\.ts$/, '');
}

function isOurs(target: string): boolean {
  return /^(?:src|scripts|tests)\//.test(target);
}

function mayImport(part: string, target: string): boolean {
  if (!target.startsWith('src/')) return false;
  const [own, other] = [part, partOf(target)].map((name) => order.findIndex((line) => line.includes(name)));
  if (own === undefined || other === undefined || own === -1 || other === -1) return false;
  if (part === partOf(target) || (ofPages.includes(part) && ofPages.includes(partOf(target)))) return true;
  return narrower[part]?.includes(partOf(target)) ?? other < own;
}

/** What a file imports, types included: files of ours from the root of the project, packages by name. */
function importsIn(path: string, text: string): string[] {
  const named = scriptsIn(path, text).flatMap((script) => {
    const found: string[] = [];
    const visit = (node: ts.Node): void => {
      const target =
        ts.isImportDeclaration(node) || ts.isExportDeclaration(node)
          ? node.moduleSpecifier
          : ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)
            ? node.argument.literal
            : ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword
              ? node.arguments[0]
              : undefined;
      if (target && ts.isStringLiteralLike(target)) found.push(target.text);
      ts.forEachChild(node, visit);
    };
    visit(ts.createSourceFile(path, script, ts.ScriptTarget.Latest));
    return found;
  });
  const linked = path.endsWith('.astro')
    ? [...text.matchAll(/<script src="([^"]+)"/g)].map(([, src]) => src ?? '')
    : [];
  return [...named, ...linked].map((target) =>
    target.startsWith('.') ? join(dirname(path), target).replaceAll('\\', '/') : target,
  );
}

/** The code of a file; of a component what stands between its fences and in its own scripts. */
function scriptsIn(path: string, text: string): string[] {
  if (!path.endsWith('.astro')) return [text];
  const fenced = /^---\n([\s\S]*?)^---$/m.exec(text)?.[1] ?? '';
  return [fenced, ...[...text.matchAll(/<script>([\s\S]*?)<\/script>/g)].map(([, script]) => script ?? '')];
}

function isBarrel(path: string, text: string): boolean {
  const { statements } = ts.createSourceFile(path, text, ts.ScriptTarget.Latest);
  return (
    statements.some(ts.isExportDeclaration) &&
    statements.every((statement) => ts.isImportDeclaration(statement) || ts.isExportDeclaration(statement))
  );
}

/** The circles of a graph, each with its files in order: Tarjan's strongly connected components. */
function circlesIn(graph: ReadonlyMap<string, readonly string[]>): string[][] {
  const [index, lowest] = [new Map<string, number>(), new Map<string, number>()];
  const waiting: string[] = [];
  const circles: string[][] = [];
  const visit = (file: string): void => {
    index.set(file, index.size);
    lowest.set(file, index.get(file) as number);
    waiting.push(file);
    for (const target of graph.get(file) ?? []) {
      if (!graph.has(target)) continue;
      if (!index.has(target)) visit(target);
      if (waiting.includes(target))
        lowest.set(file, Math.min(lowest.get(file) as number, lowest.get(target) as number));
    }
    if (lowest.get(file) !== index.get(file)) return;
    const circle = waiting.splice(waiting.indexOf(file));
    if (circle.length > 1 || graph.get(file)?.includes(file)) circles.push(circle.sort());
  };
  for (const file of graph.keys()) if (!index.has(file)) visit(file);
  return circles;
}

import type { APIRoute, GetStaticPaths } from 'astro';
import { z } from 'zod';
import { importReport } from '../../../../import/show/report-schema.ts';
import { checkReport } from '../../../../reporters/json.ts';
import { recordKinds } from '../../../../validate/record-kinds.ts';

/**
 * The JSON Schema of every kind of record, of a published note, and of the reports of the check and the import, made
 * from the schemas that read them.
 */
const schemas: Record<string, z.ZodType> = {
  ...Object.fromEntries(recordKinds.map(({ kind, schema }) => [kind, schema])),
  'check-report': checkReport,
  'import-report': importReport,
};

export const getStaticPaths: GetStaticPaths = () => Object.keys(schemas).map((name) => ({ params: { name } }));

export const GET: APIRoute = ({ params }) => {
  const schema = schemas[params['name'] as string] as z.ZodType;
  return new Response(
    `${JSON.stringify({ title: params['name'], ...z.toJSONSchema(schema, { io: 'input' }) }, null, 2)}\n`,
    { headers: { 'Content-Type': 'application/schema+json' } },
  );
};

import { canBeWithheld, withheldKinds } from '../../derive/confidential.ts';
import { nearest } from '../../validate/nearest.ts';
import { fieldPaths } from '../../validate/field-paths.ts';
import { at, defineRule } from '../rule.ts';

export const confidentialFieldsKnown = defineRule({
  id: 'confidential-fields-known',
  obligations: ['C-004'],
  summary:
    'Every field that is classed confidential is a field that can be kept out of what is published, or there is permission to publish it.',
  about: 'records',
  *check({ policy }) {
    const { confidential, permission } = policy.programme.classification;
    if (permission) return;
    const known = fieldPaths();
    for (const [index, path] of confidential.entries()) {
      if (known.includes(path) && canBeWithheld(path)) continue;
      const place = at({ file: 'programme.yaml' }, 'classification', 'confidential', index);
      const near = nearest(path, known.filter(canBeWithheld));
      if (known.includes(path))
        yield {
          at: place,
          message: `"${path}" is always published, so classing it as confidential keeps nothing private.`,
          hint: `Of ${withheldKinds.join(', ')} a text, a list of names and what may be absent can be withheld: leave out of the record what nobody may read, or record the permission.`,
        };
      else
        yield {
          at: place,
          message: `"${path}" is not a field of a record, so nothing is kept private by it.`,
          hint: near
            ? `Did you mean "${near}"?`
            : 'Write the kind of record and the path of the field, such as defect.tracker.team.',
        };
    }
  },
});

/** Filter to its values with how many results each has. */
export type Facets = Record<string, Record<string, number>>;

const order = ['kind', 'severity', 'component'];
const titles: Record<string, string> = { kind: 'Kind', severity: 'Severity', component: 'Component' };

/** Draws the check boxes, or only brings their numbers up to date, so that the focus stays where it is. */
export function showFacets(form: HTMLElement, facets: Facets, chosen: Record<string, string[]>): void {
  if (form.childElementCount === 0)
    form.append(
      ...order.filter((name) => facets[name]).map((name) => fieldsetOf(name, facets[name] ?? {}, chosen[name] ?? [])),
    );
  for (const box of boxesOf(form)) {
    const count = facets[box.name]?.[box.value] ?? 0;
    const number = box.parentElement?.querySelector('.number');
    if (number) number.textContent = `(${count})`;
  }
}

/** The values that are ticked, by filter. */
export function chosenIn(form: HTMLElement): Record<string, string[]> {
  const chosen: Record<string, string[]> = {};
  for (const { name, value, checked } of boxesOf(form)) if (checked) chosen[name] = [...(chosen[name] ?? []), value];
  return chosen;
}

function fieldsetOf(name: string, values: Record<string, number>, chosen: string[]): HTMLFieldSetElement {
  const fieldset = document.createElement('fieldset');
  fieldset.append(Object.assign(document.createElement('legend'), { textContent: titles[name] ?? name }));
  for (const value of Object.keys(values).sort()) {
    const label = Object.assign(document.createElement('label'), { className: 'choice' });
    const box = Object.assign(document.createElement('input'), {
      type: 'checkbox',
      name,
      value,
      checked: chosen.includes(value),
    });
    label.append(
      box,
      Object.assign(document.createElement('span'), { textContent: value }),
      Object.assign(document.createElement('span'), { className: 'number' }),
    );
    fieldset.append(label);
  }
  return fieldset;
}

function boxesOf(form: HTMLElement): HTMLInputElement[] {
  return [...form.querySelectorAll<HTMLInputElement>('input[type="checkbox"]')];
}

/**
 * The same value, in which nothing can be changed any more: whoever tries throws. Bytes cannot be frozen and stay as
 * they are.
 */
export function unchangeable<Value>(value: Value): Value {
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value) || Object.isFrozen(value)) return value;
  if (value instanceof Map || value instanceof Set) {
    for (const entry of value instanceof Map ? [...value].flat() : value) unchangeable(entry);
    const refuse = () => {
      throw new TypeError('a map or set that was given is changed');
    };
    return Object.freeze(Object.assign(value, { set: refuse, add: refuse, delete: refuse, clear: refuse }));
  }
  for (const key of Reflect.ownKeys(value)) unchangeable((value as Record<PropertyKey, unknown>)[key]);
  return Object.freeze(value);
}

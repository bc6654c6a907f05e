/** The format of records that this version of the tool knows; a higher number asks for more, and allows no less. */
export const currentFormat = 2;

import Builder from 'fast-xml-builder';
import { printable } from './printable';

/** An element: attributes, then what stands in it. */
export interface XmlElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string | number>>;
  readonly content?: string | readonly XmlElement[];
}

const ATTRIBUTES = ':@';
const TEXT = '#text';

/** Half of a surrogate pair, and the two characters that XML 1.0 has not got. */
const NO_XML_CHARACTER = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]|[\ufffe\uffff]/g;

/** A document with this element. Text is escaped, and characters that XML cannot hold are replaced. */
export function xmlDocument(root: XmlElement): string {
  const builder = new Builder({ preserveOrder: true, ignoreAttributes: false, attributeNamePrefix: '', format: true });
  return `<?xml version="1.0" encoding="UTF-8"?>\n${builder.build([toNode(root)]).trim()}\n`;
}

function toNode({ name, attributes, content = [] }: XmlElement): object {
  const values = Object.entries(attributes).map(([key, value]) => [key, allowed(String(value))]);
  const inner = typeof content === 'string' ? [{ [TEXT]: lines(content) }] : content.map(toNode);
  return { [name]: inner, [ATTRIBUTES]: Object.fromEntries(values) as object };
}

function allowed(text: string): string {
  return printable(text).replace(NO_XML_CHARACTER, '\uFFFD');
}

function lines(text: string): string {
  return text.split('\n').map(allowed).join('\n');
}

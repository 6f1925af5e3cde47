import { createSourceFile, type SourceFile } from '@pylint-leaks/core';
import { decode, encode, type Decoded, type Undecodable } from './decode';
import { readNotebook, type NotebookText } from './notebook/read';
import { writeNotebook } from './notebook/write';

/** A file as the Python text that is linted, with what is needed to write it back. */
export interface SourceText {
  readonly kind: 'text';
  /** Python: of a notebook the code of its cells. */
  readonly text: string;
  /** The contents of the file. */
  readonly file: Decoded;
  readonly notebook: NotebookText | undefined;
}

/** Why a file is no notebook. */
interface NoNotebook extends Omit<Undecodable, 'messageId'> {
  readonly messageId: Undecodable['messageId'] | 'notebook';
}

/**
 * Reads the bytes of a file; the suffix of its name says whether it is a notebook.
 *
 * @param path - only its end matters.
 */
export function readSource(path: string, bytes: Uint8Array): SourceText | NoNotebook {
  const file = decode(bytes);
  if (file.kind === 'undecodable') return file;
  if (!path.endsWith('.ipynb')) return { kind: 'text', text: file.text, file, notebook: undefined };
  const notebook = readNotebook(file.text);
  if (notebook.kind === 'notebook') return { kind: 'text', text: notebook.text, file, notebook };
  const { message, line, column } = notebook;
  return { kind: 'undecodable', messageId: 'notebook', message, at: { line, column } };
}

/** The text for the pipeline, under the name that people know it by. */
export function sourceFileOf(display: string, { text, notebook }: SourceText): SourceFile {
  return createSourceFile(display, text, notebook?.layout);
}

/**
 * The contents of the file with another Python text in it.
 *
 * @returns undefined when the cells of a notebook cannot be told apart any more.
 */
export function contentsWith(after: Pick<SourceFile, 'text' | 'notebook'>, before: SourceText): string | undefined {
  return before.notebook === undefined ? after.text : writeNotebook(before.file.text, before.notebook, after);
}

/** Those contents in the encoding of the file; undefined when it lacks a character. */
export function encodeContents(contents: string, { file }: SourceText): Uint8Array | undefined {
  return encode(contents, file);
}

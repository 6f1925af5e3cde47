import type { AcquireRow, UnownedWhen } from '../resources/model';
import { ACQUIRE_ROWS } from '../resources/tables/acquire';
import { LOCAL, type SemanticModel } from '../semantic/model';
import type { Call, Expression } from '../syntax/ast';

/** Types of file objects, as the rows of files name them. */
const FILE_TYPES: ReadonlySet<string> = new Set([
  'io.BytesIO',
  'io.StringIO',
  ...ACQUIRE_ROWS.filter(({ family }) => family === 'file').map(({ type }) => type),
]);

/** `open(fd, closefd=False)`, `tarfile.open(fileobj=stream)`. */
export function ownsNothing(call: Call, row: AcquireRow, model: SemanticModel): boolean {
  return (
    (isClient(row) && isOverMock(call.args, model)) ||
    isReadFromGivenFile(call, row, model) ||
    (row.unless ?? []).some((condition) => holds(call, condition, model))
  );
}

const MOCKS: ReadonlySet<string> = new Set([
  'mock.MagicMock',
  'mock.Mock',
  'unittest.mock.MagicMock',
  'unittest.mock.Mock',
]);

/** A class whose instances talk to what they are given; a function may open something besides. */
function isClient({ acquire, family }: AcquireRow): boolean {
  return (family === 'socket' || family === 'http') && /\.[A-Z]\w*$/.test(acquire);
}

/** `Transport(sock=Mock())`: what a test makes of a mock holds nothing. */
export function isOverMock(args: Call['args'], model: SemanticModel): boolean {
  return args.some(({ value }) => MOCKS.has(model.typeOf(value) ?? ''));
}

/** `zipfile.ZipFile(stream)` for reading, where the stream is a file object of somebody else. */
function isReadFromGivenFile({ args }: Call, { readsGivenFile }: AcquireRow, model: SemanticModel): boolean {
  if (readsGivenFile === undefined) return false;
  const at = (position: number, keyword: string): Expression | undefined =>
    args.find(({ name }) => name === keyword)?.value ??
    args.filter(({ kind }) => kind === 'positional')[position]?.value;
  const mode = at(readsGivenFile.mode, 'mode');
  if (mode !== undefined && !(mode.kind === 'String' && mode.value?.startsWith('r') === true)) return false;
  const file = at(readsGivenFile.file, 'file');
  if (file === undefined) return false;
  const type = model.typeOf(file);
  return type !== undefined && (FILE_TYPES.has(type) || type.startsWith(LOCAL));
}

function holds(call: Call, condition: UnownedWhen, model: SemanticModel): boolean {
  const positional = call.args.filter((argument) => argument.kind === 'positional');
  const argument =
    call.args.find((each) => each.kind === 'keyword' && each.name === condition.keyword) ??
    (condition.position === undefined ? undefined : positional[condition.position]);
  if (argument === undefined) return false;
  const { value } = argument;
  if (condition.unlessText === true && value.kind === 'String') return false;
  if (condition.types !== undefined) return condition.types.includes(model.typeOf(value) ?? '');
  if (condition.value !== undefined) return value.kind === 'Constant' && value.value === condition.value;
  return !(value.kind === 'Constant' && value.value === 'None');
}

import { capture, lastLine, nodeModule, stream } from './command';
import { FAILED, PASSED, skipped, type Tally } from './tally';

/**
 * Compares both parsers. It runs outside Jest, which breaks the native binding, and compiles the binding where its prebuilt
 * binary does not load.
 */
export async function runNativeParser(): Promise<Tally> {
  console.log('\n--- same trees from the native and the WebAssembly parser');
  const built = capture(process.execPath, ['scripts/build-native.cjs'], { timeoutSeconds: 600 });
  if (built.code !== 0) return skipped('native parser', lastLine(built.output));
  const code = await stream(process.execPath, [nodeModule('tsx/dist/cli.mjs'), 'tools/compare-parsers.ts']);
  return code === 0 ? PASSED : FAILED;
}

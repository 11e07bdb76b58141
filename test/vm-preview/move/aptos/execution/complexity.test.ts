import { requireSimpleEnough } from '../../../../../src/vm-preview/move/aptos/execution/complexity';
import { APTOS_FORMAT, decodeModule } from '../../../../../src/vm-preview/move/core/format';
import { moduleSources } from '../../../../support/move-fixtures';

const frameworks = moduleSources().filter(({ name }) => name.startsWith('aptos'));
const recorded = frameworks.length > 0 ? describe : describe.skip;

recorded('the complexity of modules (skipped: no fixtures)', () => {
  it.each(frameworks.map((each) => [each.name, each]))('%s is simple enough', (_, { load }) => {
    for (const { bytes } of load())
      expect(() =>
        requireSimpleEnough(decodeModule(bytes, APTOS_FORMAT), bytes.length),
      ).not.toThrow();
  });

  it('has a limit that follows the size', () => {
    const [bytes] = (frameworks[0]?.load() ?? []).map((module) => module.bytes);
    const module = decodeModule(bytes ?? new Uint8Array(), APTOS_FORMAT);
    const deep = { kind: 'vector', element: { kind: 'u8' } } as const;
    const many = { ...module, signatures: [...module.signatures, Array(10_000).fill(deep)] };
    expect(() => requireSimpleEnough(many, bytes?.length ?? 0)).toThrow(
      expect.objectContaining({ status: 'PROGRAM_TOO_COMPLEX' }),
    );
  });
});

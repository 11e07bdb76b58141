/** The natives under the framework's own Move code, which says what it passes and in which order. */
import { ed25519 } from '@noble/curves/ed25519.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { utf8ToBytes } from '@noble/hashes/utils.js';
import { cryptoNatives } from '../../../../../../src/vm-preview/move/aptos/natives/crypto';
import { freeGas } from '../../../../../../src/vm-preview/move/core/gas/gas';
import { moduleId } from '../../../../../../src/vm-preview/move/core/loader';
import { CORE_NATIVES } from '../../../../../../src/vm-preview/move/core/natives';
import { Interpreter } from '../../../../../../src/vm-preview/move/core/runtime';
import { Address, type Value } from '../../../../../../src/vm-preview/move/core/values';
import { framework } from '../../../runtime/framework';
import { ascii, bytes, crypto, hex, items, reference, struct } from './helpers';
import BLS from './vectors/bls12381.json';
import RISTRETTO from './vectors/ristretto255.json';

const recorded = ['aptos devnet.blob', 'aptos mainnet.blob', 'aptos testnet.blob'].flatMap(
  (name) => {
    const found = framework(name);
    return found === undefined ? [] : [{ name, ...found, loader: found.loader }];
  },
);
if (recorded.length === 0) it.skip('skipped: no fixtures', () => undefined);

describe.each(recorded)('the framework of $name', ({ loader }) => {
  function session(): (name: string, ...args: Value[]) => readonly Value[] {
    const natives = new Map([...CORE_NATIVES, ...cryptoNatives(crypto().context)]);
    return (name, ...args) => {
      const [module = '', fn = ''] = name.split('::');
      const declared = loader.function(moduleId(Address.parse('1'), module), fn);
      const interpreter = new Interpreter({
        loader,
        natives,
        gas: freeGas(),
        maxInstructions: 100_000,
      });
      return interpreter.run(declared.instance([]), args);
    };
  }

  it('verifies an Ed25519 signature', () => {
    const call = session();
    const secret = new Uint8Array(32).fill(3);
    const message = utf8ToBytes('hello');
    const key = reference(struct(bytes(ed25519.getPublicKey(secret))));
    const signature = reference(struct(bytes(ed25519.sign(message, secret))));
    const verify = (text: string): readonly Value[] =>
      call('ed25519::signature_verify_strict', signature, key, ascii(text));
    expect(verify('hello')).toEqual([true]);
    expect(verify('hallo')).toEqual([false]);
  });

  it('recovers a secp256k1 key', () => {
    const signature = hex(
      'f7ad936da03f948c14c542020e3c5f4e02aaacd1f20427c11aa6e2fbf8776477646bba0e1a37f9e7c777c423a1d2849baafd7ff6a9930814a43c3f80d59db56f',
    );
    const call = session();
    const [found] = call(
      'secp256k1::ecdsa_recover',
      bytes(sha256(utf8ToBytes('test aptos secp256k1'))),
      0,
      reference(struct(signature)),
    );
    expect(JSON.stringify(found)).toContain(
      JSON.stringify(
        hex(
          '4646ae5047316b4230d0086c8acec687f00b1cd9d1dc634f6cb358ac0a9a8ffffe77b4dd0a4bfb95851f3b7355c781dd60f8418fc8a65d14907aff47c903a559',
        ),
      ),
    );
  });

  it('verifies BLS signatures and proofs of possession', () => {
    const call = session();
    const { normal, multisignatures } = BLS;
    const signed = (message: string): readonly Value[] =>
      call(
        'bls12381::verify_normal_signature',
        reference(struct(hex(normal.signature))),
        reference(struct(hex(normal.key))),
        ascii(message),
      );
    expect(signed(normal.message)).toEqual([true]);
    expect(signed('another')).toEqual([false]);
    const [sum] = call(
      'bls12381::aggregate_pubkeys',
      items(multisignatures.keys.map((key) => struct(hex(key)))),
    );
    expect(
      call(
        'bls12381::verify_multisignature',
        reference(struct(hex(multisignatures.signatures[4] ?? ''))),
        reference(sum ?? 0),
        ascii(multisignatures.message),
      ),
    ).toEqual([true]);
  });

  it('multiplies ristretto points', () => {
    const call = session();
    const scalar = struct(hex(RISTRETTO.A_SCALAR));
    const [base] = call('ristretto255::basepoint');
    const [product] = call('ristretto255::point_mul', reference(base ?? 0), reference(scalar));
    const compress = (point: Value | undefined): readonly Value[] =>
      call('ristretto255::point_compress', reference(point ?? 0));
    expect(compress(product)).toEqual([struct(hex(RISTRETTO.A_TIMES_BASE_POINT))]);
    const [sum] = call(
      'ristretto255::multi_scalar_mul',
      reference(items([base ?? 0, product ?? 0])),
      reference(items([scalar, struct(hex(RISTRETTO.TWO_SCALAR))])),
    );
    const three = struct(hex(`03${'00'.repeat(31)}`));
    const [thrice] = call('ristretto255::point_mul', reference(product ?? 0), reference(three));
    expect(compress(sum)).toEqual(compress(thrice));
  });
});

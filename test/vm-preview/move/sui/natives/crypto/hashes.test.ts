/** The vectors of the framework's own Move tests, and the hash of the wallet's SDK. */
import { computeZkLoginAddressFromSeed, genAddressSeed, poseidonHash } from '@mysten/sui/zklogin';
import {
  Address,
  ByteVector,
  ItemVector,
  integer,
} from '../../../../../../src/vm-preview/move/core/values';
import { BN254_SCALARS } from '../../../../../../src/vm-preview/move/sui/natives/crypto/poseidon-hash';
import { hexOf, ref, testSuiNatives, textRef } from '../../../../../support/sui-native-context';

const littleEndian = (value: bigint): Uint8Array =>
  new Uint8Array(Buffer.from(value.toString(16).padStart(64, '0'), 'hex')).reverse();

describe('0x2::hash and 0x2::hmac', () => {
  const natives = testSuiNatives();

  it('hashes', () => {
    const hash = (name: string) =>
      hexOf(natives.call(`0x2::hash::${name}`, [textRef('hello world!')])[0]);
    expect(hash('keccak256')).toBe(
      '57caa176af1ac0433c5df30e8dabcd2ec1af1e92a26eced5f719b88458777cd6',
    );
    expect(hash('blake2b256')).toBe(
      '4fccfb4d98d069558aa93e9565f997d81c33b080364efd586e77a433ddffc5e2',
    );
    natives.takeCharges();
    natives.call('0x2::hash::keccak256', [ref(new ByteVector(new Uint8Array(136)))]);
    expect(natives.takeCharges()).toEqual([
      'hash_keccak256_cost_base',
      '136 hash_keccak256_data_cost_per_byte + hash_keccak256_data_cost_per_block',
    ]);
  });

  it('authenticates', () => {
    const [tag] = natives.call('0x2::hmac::hmac_sha3_256', [
      textRef('my key!'),
      textRef('hello world!'),
    ]);
    expect(hexOf(tag)).toBe('f6d6ae02f426eb9664e89e3c6d86c60e6103ce22b916819219c26e34e8d236dc');
  });
});

describe('0x2::poseidon', () => {
  const natives = testSuiNatives();
  const name = '0x2::poseidon::poseidon_bn254_internal';
  const inputs = (numbers: readonly bigint[]) => [
    ref(new ItemVector(numbers.map((number) => new ByteVector(littleEndian(number))))),
  ];
  const hash = (numbers: readonly bigint[]): bigint => {
    const bytes = Buffer.from(hexOf(natives.call(name, inputs(numbers))[0]), 'hex').reverse();
    return BigInt(`0x${bytes.toString('hex')}`);
  };

  it('hashes as Move’s tests say', () => {
    expect(hash([1n])).toBe(
      18586133768512220936620570745912940619677854269274689475585506675881198879027n,
    );
    expect(hash([1n, 2n])).toBe(
      7853200120776062878684798364095072458815029376092732009249414926327459813530n,
    );
    expect(hash([BN254_SCALARS - 1n])).toBe(
      3366645945435192953002076803303112651887535928162668198103357554665518664470n,
    );
  });

  it.each([3, 4, 5, 6, 8, 11, 13, 16])('hashes %i numbers as the SDK does', (count) => {
    const numbers = Array.from({ length: count }, (_, i) => BigInt(i) ** 7n + 12345n);
    expect(hash(numbers)).toBe(poseidonHash(numbers));
  });

  it('takes canonical numbers only, and at most 16', () => {
    expect(natives.failure(name, inputs([BN254_SCALARS])).subStatus).toBe(0n);
    expect(natives.failure(name, inputs([])).subStatus).toBe(0n);
    expect(() => natives.call(name, inputs(Array.from({ length: 17 }, () => 1n)))).toThrow(
      'a Poseidon hash of more than 16 numbers',
    );
    expect(testSuiNatives({ features: [] }).failure(name, inputs([1n])).subStatus).toBe(1n);
  });
});

describe('zkLogin', () => {
  const natives = testSuiNatives();
  const issuer = 'https://accounts.google.com';
  const seed = 3006596378422062745101035755700472756930796952630484939867684134047976874601n;
  const account = Address.parse(
    '0x1c6b623a2f2c91333df730c98d220f11484953b391a3818680f922c264cc0c6b',
  );

  it('knows the address of a seed and an issuer', () => {
    const check = (address: Address, s: bigint, i: string) =>
      natives.call('0x2::zklogin_verified_issuer::check_zklogin_issuer_internal', [
        address,
        integer(s),
        textRef(i),
      ]);
    expect(check(account, seed, issuer)).toEqual([true]);
    expect(check(Address.parse('0x6b'), seed, issuer)).toEqual([false]);
    expect(check(account, 1234n, issuer)).toEqual([false]);
    expect(check(account, seed, 'https://other.issuer.com')).toEqual([false]);
    const ours = Address.parse(computeZkLoginAddressFromSeed(99n, issuer, false));
    expect(check(ours, 99n, issuer)).toEqual([true]);
  });

  it('knows the address of a claim', () => {
    const salt = 129390038577185583942388216820280642146n;
    const audience = '575519204237-msop9ep45u2uo98hapqmngv8d84qdc8k.apps.googleusercontent.com';
    const subject = '106294049240999307923';
    const address = Address.parse(
      computeZkLoginAddressFromSeed(genAddressSeed(salt, 'sub', subject, audience), issuer, false),
    );
    const check = (value: string, a = audience) =>
      natives.call('0x2::zklogin_verified_id::check_zklogin_id_internal', [
        address,
        ...['sub', value, issuer, a].map(textRef),
        integer(poseidonHash([salt])),
      ]);
    expect(check(subject)).toEqual([true]);
    expect(check('1')).toEqual([false]);
    const name = '0x2::zklogin_verified_id::check_zklogin_id_internal';
    const long = [address, ...['sub', 'x'.repeat(116), issuer, audience].map(textRef), 1];
    expect(natives.failure(name, long).subStatus).toBe(0n);
    // Vectors of bytes that are no text.
    const noText = [
      address,
      textRef('sub'),
      ref(new ByteVector(Uint8Array.of(0xff))),
      textRef(issuer),
      textRef('a'),
      1,
    ];
    expect(natives.failure(name, noText).subStatus).toBe(0n);
  });

  it('fails where the protocol has no price for it', () => {
    const without = testSuiNatives({ lacks: ['check_zklogin_issuer_cost_base'] });
    const error = without.failure('0x2::zklogin_verified_issuer::check_zklogin_issuer_internal', [
      account,
      1,
      textRef(issuer),
    ]);
    expect(error.status).toBe('UNKNOWN_INVARIANT_VIOLATION_ERROR');
  });
});

describe('0x2::vdf', () => {
  it('is refused where a network has it, and aborts where none does', () => {
    const name = '0x2::vdf::hash_to_input_internal';
    expect(testSuiNatives({ features: [] }).failure(name, [textRef('x')]).subStatus).toBe(1n);
    expect(() => testSuiNatives().call(name, [textRef('x')])).toThrow('class group');
  });
});

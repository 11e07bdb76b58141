/** The faucet as the SDK (`/fund`) and older clients (`/mint`) ask it. */
import type { Chain } from '../chain';
import { FaucetError, fund } from '../faucet';
import { type Answer, ApiError, invalidInput, json, jsonBody, type Request } from './answer';
import { address, u64 } from './scope';

export const isFaucetPath = ({ method, parts: [first] }: Request): boolean =>
  method === 'POST' && (first === 'fund' || first === 'mint');

export function faucetAnswer(chain: Chain, request: Request): Answer {
  const { parts, query } = request;
  const { address: given, amount } = request.body.length === 0 ? {} : jsonBody(request);
  const to = address(typeof given === 'string' ? given : (query.get('address') ?? undefined));
  const octas = octasOf(amount ?? query.get('amount'));
  try {
    const { hash } = fund(chain, to, octas);
    return json(parts[0] === 'fund' ? { txn_hashes: [hash] } : [hash.slice(2)]);
  } catch (error) {
    if (error instanceof FaucetError) throw new ApiError(400, 'invalid_input', error.message);
    throw error;
  }
}

function octasOf(amount: unknown): bigint | undefined {
  if (amount === null || amount === undefined) return undefined;
  if (typeof amount === 'number' || typeof amount === 'string') return u64(String(amount));
  throw invalidInput('the amount is no number of octas');
}

/** Each lesson on the local chains: what its preview says is what it is there to teach. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type AptosLocalnet as AptosChain, startAptosLocalnet } from '../../../localnet/aptos';
import { type SolanaLocalnet, startSolanaLocalnet } from '../../../localnet/solana';
import { type SuiLocalnet as SuiChain, startSuiLocalnet } from '../../../localnet/sui';
import { AptosLocalnet } from '../../../site/src/aptos/localnet';
import { APTOS_LESSONS } from '../../../site/src/lessons/aptos';
import type { Lesson } from '../../../site/src/lessons/lesson';
import { SOLANA_LESSONS } from '../../../site/src/lessons/solana';
import { SUI_LESSONS } from '../../../site/src/lessons/sui';
import { Localnet } from '../../../site/src/solana/localnet';
import { SuiLocalnet } from '../../../site/src/sui/localnet';
import { createAptosCache, previewTransaction as previewAptos } from '../../../src/chains/aptos';
import type { Network } from '../../../src/chains/chain';
import { createSolanaCache, previewTransaction as previewSolana } from '../../../src/chains/solana';
import { createSuiCache, previewTransaction as previewSui } from '../../../src/chains/sui';
import type { Preview } from '../../../src/vm-preview/model/preview';
import { FIXTURES } from '../../support/move-fixtures';
it('x', async () => {
  const solana = await startSolanaLocalnet({ slotMilliseconds: 0 });
  const aptos = await startAptosLocalnet();
  const sui = await startSuiLocalnet();
  const out: string[] = [];
  const show = (id: string, p: Preview) => out.push([id, JSON.stringify(p.verdict), p.warnings.map((w) => `${w.severity} ${w.code}: ${w.text}`).join('\n   '), 'MINE ' + p.changes.map((c) => JSON.stringify(c)).join('\n   '), 'OTHERS ' + p.othersChanges.map((c) => JSON.stringify(c)).join('\n   '), JSON.stringify(p.fee), JSON.stringify(p.provenance), p.request.map((r) => `${r.name} ${r.units} ${JSON.stringify(r.fields)}`).join('\n')].join('\n  '));
  const network = (chain: 'solana'|'aptos'|'sui', endpoint: string, genesis: string): Network => ({ chain, id: 'local', name: 'Localnet', coin: { symbol: chain === 'solana' ? 'SOL' : chain === 'aptos' ? 'APT' : 'SUI', decimals: chain === 'aptos' ? 8 : 9 }, isTest: true, endpoint, genesis, builtin: false });
  for (const l of SOLANA_LESSONS) { const b = await l.build(new Localnet(solana.url)); show(l.id, (await previewSolana({ network: network('solana', solana.url, solana.genesisHash), transaction: b.bytes, account: b.account, cache: createSolanaCache() })).preview); }
  for (const l of APTOS_LESSONS) { const b = await l.build(new AptosLocalnet(aptos.url)); show(l.id, (await previewAptos({ network: network('aptos', aptos.url, String(aptos.chainId)), transaction: b.bytes, account: b.account, cache: createAptosCache() })).preview); }
  for (const l of SUI_LESSONS) { const b = await l.build(new SuiLocalnet(sui.url)); show(l.id, (await previewSui({ network: network('sui', sui.url, sui.chainIdentifier), transaction: b.bytes, account: b.account, cache: createSuiCache() })).preview); }
  require('fs').writeFileSync('/tmp/lessons-out.txt', out.join('\n\n'));
  await solana.close(); await aptos.close(); await sui.close();
}, 60000);
